import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from sqlalchemy import Connection

from collector_desk.domain.message import Trouble
from collector_desk.store import migrate
from collector_desk.store.backup import backup, inspect, restore
from collector_desk.store.engine import make_engine
from collector_desk.store.journal import record
from collector_desk.store.keys import Unlocked
from collector_desk.store.metadata import metadata
from collector_desk.store.migrations import make
from collector_desk.store.migrations.first import DIGEST
from collector_desk.store.migrations.make import migration_context
from collector_desk.store.schema import create_all
from collector_desk.store.store import Store
from collector_desk.store.tables import access
from collector_desk.store.verify import verify
from collector_desk.words.messages import LANGUAGES, render

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HINT = (
    "the tables changed: run python -m collector_desk.store.migrations.make --first (a new step once 0.1.0 is out)"
)


def schema(conn: Connection) -> dict[str, list[str]]:
    """The statements that made everything, their parts in an order of their own."""
    rows = conn.exec_driver_sql("SELECT name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE '%alembic%'")
    parts = {name: re.split(r"[(),]+", re.sub(r"[\s\"]+", "", sql)) for name, sql in rows}
    return {name: sorted(filter(None, found)) for name, found in parts.items()}


def test_the_steps_lead_to_the_tables_of_today(tmp_path: Path) -> None:
    stepped, straight = (make_engine(tmp_path / name, bytes(32)) for name in ("stepped", "straight"))
    with stepped.connect() as conn, conn.begin():
        migrate.upgrade(conn, migrate.HEAD)
        assert migrate.read_version(conn) == migrate.HEAD
        assert compare_metadata(migration_context(conn), metadata) == [], HINT
        by_steps = schema(conn)
    with straight.connect() as conn, conn.begin():
        create_all(conn)
        at_once = schema(conn)
    stepped.dispose()
    straight.dispose()
    assert by_steps.keys() == at_once.keys(), HINT
    for name, made in by_steps.items():
        assert made == at_once[name], HINT


def test_known_versions_are_the_files() -> None:
    files = sorted(path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("0*.py"))
    assert tuple(files) == migrate.KNOWN


def test_a_store_of_a_newer_program_is_refused_untouched(opened: tuple[Store, Unlocked]) -> None:
    store, _ = opened
    with store.write() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = store.database_path.read_bytes()
    with pytest.raises(Trouble) as caught:
        Store.open(store.folder, "王", "pw")
    assert caught.value.message.code == "store.newer_program"
    assert caught.value.message.params == {"found": "9999", "known": migrate.HEAD}
    assert store.database_path.read_bytes() == before
    assert not (store.folder / "backups").exists()


@pytest.mark.parametrize("made_by", [0, DIGEST ^ 1])
def test_a_store_of_an_earlier_trial_version_is_refused_untouched(
    opened: tuple[Store, Unlocked], tmp_path: Path, made_by: int
) -> None:
    """Its first schema was another one, under the same number; nothing was released, so no step leads from it."""
    store, _ = opened
    saved = tmp_path / "trial.cdbackup"
    with store.write() as conn:
        conn.exec_driver_sql(f"PRAGMA user_version = {made_by}")
    backup(store, saved, at=AT)
    store.close()
    before = store.database_path.read_bytes()
    for open_it in (
        lambda: Store.open(store.folder, "王", "pw"),
        lambda: restore(saved, tmp_path / "restored", at=AT, who="王", password="pw"),
    ):
        with pytest.raises(Trouble) as caught:
            open_it()
        assert caught.value.message.code == "store.older_store"
        for lang in LANGUAGES:
            assert str(tmp_path) in render(caught.value.message, lang)
    assert store.database_path.read_bytes() == before
    assert not (tmp_path / "restored").exists()


def test_the_first_schema_is_the_one_its_digest_names(
    opened: tuple[Store, Unlocked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it comes along with a backup and under another key: both copy the header."""
    store, _ = opened
    with store.read() as conn:
        assert conn.exec_driver_sql("PRAGMA user_version").scalar() == DIGEST
    (tmp_path / "versions").mkdir()
    monkeypatch.setattr(make, "MIGRATIONS", tmp_path)
    monkeypatch.setattr(make, "FIRST", tmp_path / "first.py")
    make.write("The first schema", first=True)
    assert f"DIGEST = {DIGEST}\n" in (tmp_path / "first.py").read_text("utf-8"), HINT
    backup(store, tmp_path / "a.cdbackup", at=AT)
    restore(tmp_path / "a.cdbackup", tmp_path / "back", at=AT, who="王", password="pw")
    Store.open(tmp_path / "back", "王", "pw")[0].close()


STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{previous}"


def upgrade() -> None:
    {body}
"""


ORPHAN = """op.execute('CREATE TABLE child (a REFERENCES setting (key))')
    op.execute('INSERT INTO child VALUES (1)')"""


def with_step(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> str:
    """A next program that knows one more step."""
    steps = folder / "migrations"
    shutil.copytree(migrate.MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    previous, revision = migrate.HEAD, f"{len(migrate.KNOWN) + 1:04d}"
    text = STEP.format(revision=revision, previous=previous, body=body)
    (steps / "versions" / f"{revision}_next.py").write_text(text, "utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", steps)
    monkeypatch.setattr(migrate, "KNOWN", (*migrate.KNOWN, revision))
    monkeypatch.setattr(migrate, "HEAD", revision)
    return revision


def worked_on(opened: tuple[Store, Unlocked]) -> Path:
    store, person = opened
    with store.write() as conn:
        record(conn, access, {"what": "x", "subject_id": "y"}, kind="k", actor_id=person.person_id, at=AT)
        conn.exec_driver_sql("INSERT INTO worked_out (key, value) VALUES ('k', '1')")
    store.close()
    return store.folder


def test_an_older_store_is_backed_up_and_brought_up(
    opened: tuple[Store, Unlocked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = worked_on(opened)
    body = "op.add_column('setting', sa.Column('note', sa.Text(), nullable=True))"
    revision = with_step(monkeypatch, tmp_path, body)
    again, _ = Store.open(folder, "王", "pw")
    with again:
        with again.read() as conn:
            assert migrate.read_version(conn) == revision
            assert conn.exec_driver_sql("SELECT count(note) FROM setting").scalar() == 0
        assert verify(again).ok
    (saved,) = (folder / "backups").iterdir()
    assert inspect(saved).last_seq == 4
    Store.open(folder, "王", "pw")[0].close()  # nothing more to do
    assert list((folder / "backups").iterdir()) == [saved]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("op.execute('DELETE FROM worked_out')", "store.migration_failed"),  # rows lost
        (
            ORPHAN,
            "store.migration_failed",  # a child without its parent
        ),
        ("op.execute('CREATE TABLE half (a)'); raise RuntimeError('a bug of the step')", None),
    ],
)
def test_a_failed_step_leaves_the_store_as_it_was(
    opened: tuple[Store, Unlocked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str | None
) -> None:
    folder = worked_on(opened)
    with monkeypatch.context() as next_program:
        with_step(next_program, tmp_path, body)
        with pytest.raises((Trouble, RuntimeError)) as caught:
            Store.open(folder, "王", "pw")
        if code:
            assert isinstance(caught.value, Trouble)
            assert caught.value.message.code == code
    again, _ = Store.open(folder, "王", "pw")  # the older program goes on
    with again:
        assert verify(again).ok
        with again.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM worked_out").scalar() == 1
            assert "half" not in migrate.row_counts(conn)


def test_no_migration_under_another_seat(
    opened: tuple[Store, Unlocked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_step(monkeypatch, tmp_path, "pass")
    with pytest.raises(Trouble) as caught:
        Store.open(opened[0].folder, "王", "pw")
    assert caught.value.message.code == "store.in_use"
