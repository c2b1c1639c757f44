"""Bringing an older store up to today's schema, on opening: backup first, all steps in one transaction, checked.

The version is read by hand; Alembic (half a second to import) is loaded only when there is something to do.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from collector_desk.domain.message import Trouble
from collector_desk.exchange.outgoing import make_folder
from collector_desk.exchange.store_folder import free_name
from collector_desk.store.backup_file import backup_database, drop_scratch
from collector_desk.store.engine import make_engine, translated, writer
from collector_desk.store.migrations.first import DIGEST
from collector_desk.store.presence import alone

KNOWN = ("0001",)
"""Every schema version there ever was, oldest first."""

HEAD = KNOWN[-1]
MIGRATIONS = Path(__file__).parent / "migrations"


def read_version(conn: Connection) -> str | None:
    """The schema version of the store behind the connection; None for an empty database."""
    known = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    if known is None:
        return None
    found = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def stamp(conn: Connection) -> None:
    """Say that a schema made by ``schema.create_all`` is of today, and which first one it goes back to."""
    conn.exec_driver_sql(f"PRAGMA user_version = {DIGEST}")
    conn.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    conn.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (HEAD,))


def refuse_trial(conn: Connection, folder: Path) -> None:
    """Raises Trouble ``store.older_store`` where the first schema was another one: of before the first release."""
    if conn.exec_driver_sql("PRAGMA user_version").scalar() != DIGEST:
        raise Trouble("store.older_store", folder=str(folder))


def migrate_if_due(engine: Engine, database: Path, key: bytes) -> bool:
    """Bring the store to ``HEAD`` if it is older; True if something was done.

    Raises Trouble ``store.newer_program`` and ``store.older_store`` (nothing is touched), ``store.in_use`` (another
    seat has it open), ``store.migration_failed`` (rolled back; the backup is in the folder ``backups`` beside the
    store), and what a backup raises.
    """
    with translated(database), engine.connect() as conn:
        version = read_version(conn)
        if version in KNOWN:
            refuse_trial(conn, database.parent)
    if version == HEAD:
        return False
    if version is None:  # a file without our tables: emptied, or cut off
        raise Trouble("store.damaged", file=database.name)
    if version not in KNOWN:
        raise Trouble("store.newer_program", found=version, known=HEAD)
    with alone(database.parent):
        now = datetime.now(UTC)
        # one of the same second: of a migration that was killed
        target = free_name(database.parent / "backups" / f"before-{HEAD}-{now:%Y%m%dT%H%M%S}", ".cdbackup")
        make_folder(target.parent)
        drop_scratch(target.parent)  # of a copy that was killed: nobody else is here
        backup_database(database, key, target, at=now, own=True)
        _migrate(database, key, target)
    return True


def _migrate(database: Path, key: bytes, saved: Path) -> None:
    engine = make_engine(database, key)
    try:
        with translated(database), writer(engine) as conn:
            raw: Any = conn.connection.driver_connection
            # before BEGIN: inside a transaction it is ignored, and a table made anew would take its children along
            raw.execute("PRAGMA foreign_keys = OFF")
            with conn.begin():
                before = row_counts(conn)
                upgrade(conn, HEAD)
                after = row_counts(conn)
                lost = sorted(name for name in before if name in after and after[name] != before[name])
                if lost or conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise Trouble("store.migration_failed", tables=", ".join(lost) or "-", backup=saved.name)
    finally:
        engine.dispose()


def row_counts(conn: Connection) -> dict[str, int]:
    """Rows in every table but FTS5's and Alembic's own."""
    names = (
        conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
    )
    return {
        name: int(conn.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())  # noqa: S608
        for name in names
        if not name.startswith(("search_digits", "alembic_version", "sqlite_"))
    }


def upgrade(conn: Connection, revision: str) -> None:
    """Run Alembic's steps up to ``revision`` in the connection's own transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, revision)
