"""Write a migration: ``python -m collector_desk.store.migrations.make "add x"`` compares the tables with the steps
so far. ``--first`` writes 0001 anew, which is right only until the first release.

What it writes is frozen: it names no live table, so that a later column can't break an old step. Read it before you
commit it; then raise ``migrate.HEAD``.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import BLOB, BigInteger, Connection

from collector_desk.store.engine import make_engine
from collector_desk.store.metadata import Id, UtcMicros, metadata
from collector_desk.store.migrate import KNOWN, MIGRATIONS, upgrade
from collector_desk.store.search import SEARCH_DDL
from collector_desk.store.tables.history import history_triggers

_HEADER = '''"""{title}"""

# ruff: noqa: E501 -- written by make.py and frozen

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {previous!r}


def upgrade() -> None:
    """One step forward; there is no way back but the backup made before it."""
    {body}
'''


FIRST = Path(__file__).with_name("first.py")
_FIRST = '''"""Which first schema this is, in the header of every store: that of a trial version is refused."""

DIGEST = {digest}
'''
_DIGITS = 7  # of the digest, hex: the header has room for 31 bits


def own_name(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic may look at the table: FTS5's own tables are nobody's business."""
    return not (kind == "table" and name is not None and name.startswith(("search_digits", "alembic_version")))


def _frozen(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own types as what they are in the file."""
    if kind == "type" and isinstance(item, UtcMicros):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Id):
        return "sa.BLOB()"
    return False


def same_type(_context: object, _found: Any, _wanted: Any, found_type: Any, wanted_type: Any) -> bool | None:
    """Alembic's question whether a type differs; None leaves it to Alembic."""
    for own, kept in ((UtcMicros, BigInteger), (Id, BLOB)):
        if isinstance(wanted_type, own) and isinstance(found_type, kept):
            return False
    return None


def migration_context(conn: Connection) -> MigrationContext:
    """A context that compares the connection's schema with the tables of today."""
    import collector_desk.store.schema  # noqa: F401 -- hangs every table on the metadata

    options = {"include_name": own_name, "render_item": _frozen, "compare_type": same_type, "render_as_batch": True}
    return MigrationContext.configure(conn, opts={**options, "target_metadata": metadata})


def write(title: str, *, first: bool) -> Path:
    """Write the step's file and return it."""
    known = () if first else KNOWN
    revision = f"{len(known) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "empty.db", bytes(32))
        with engine.connect() as conn, conn.begin():
            if known:
                upgrade(conn, known[-1])
            context = migration_context(conn)
            operations = produce_migrations(context, metadata).upgrade_ops
            assert operations is not None  # noqa: S101
            body = render_python_code(operations, render_item=_frozen)
            present: dict[str, str] = dict(conn.exec_driver_sql("SELECT name, sql FROM sqlite_master").all())
        engine.dispose()
    lines = [body]
    for name, statement in history_triggers():
        if present.get(name) != statement:
            if name in present:
                lines.append(f"op.execute({f'DROP TRIGGER {name}'!r})")
            lines.append(f"op.execute({statement!r})")
    if first:
        lines += [f"op.execute({statement!r})" for statement in SEARCH_DDL]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]
        FIRST.write_text(_FIRST.format(digest=int(digest, 16)), "utf-8")
    slug = re.sub(r"\W+", "_", title.lower()).strip("_")
    if first:
        for old in (MIGRATIONS / "versions").glob("0001_*.py"):
            old.unlink()
    target = MIGRATIONS / "versions" / f"{revision}_{slug}.py"
    previous = known[-1] if known else None
    text = _HEADER.format(title=title, revision=revision, previous=previous, body="\n    ".join(lines))
    target.write_text(text, "utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(target)], check=True)  # noqa: S603
    return target


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--first"]
    is_first = "--first" in sys.argv
    write(arguments[0] if arguments else "The first schema", first=is_first)
