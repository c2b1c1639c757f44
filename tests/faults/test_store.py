"""What the surroundings do to a store: kill -9, full disks, damaged and exchanged files, seats at the same time."""

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.proof import FaultKind
from collector_desk.exchange.store_folder import KEYS, is_store
from collector_desk.store import keyfile, keys
from collector_desk.store.backup import backup, inspect
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.journal import record, record_many
from collector_desk.store.store import Store
from collector_desk.store.tables import flag_event
from collector_desk.store.tables.history import journal
from collector_desk.store.verify import verify
from tests.samples.ids import an_id

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "24"))
WORKER = "tests.faults.store_worker"

posix = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_MEMORY_KIB", 64), ("_PASSES", 1), ("_LANES", 1)):
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store, person, _ = Store.create(tmp_path / "store", name="王", password="pw", at=AT)
    row = {"debtor_id": an_id("d"), "flag": "disputed", "on": True, "reason": "x" * 2000}
    with store, store.write() as conn:
        for _ in range(40):
            record(conn, flag_event, row, kind="flag", actor_id=person.person_id, at=AT)
    return tmp_path / "store"


def opened(folder: Path) -> Store:
    return Store.open(folder, "王", "pw")[0]


def code(caught: pytest.ExceptionInfo[Trouble]) -> str:
    return caught.value.message.code


class Worker:
    """The worker's children, one after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.child = 0

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        self.child = 0

    def lines(self) -> Iterator[str]:
        """What the child confirmed, until it is over."""
        assert self.process.stdout is not None
        for raw in self.process.stdout:
            line = raw.strip()
            if line.startswith("child "):
                self.child = int(line.removeprefix("child "))
            elif line == "over":
                return
            else:
                yield line

    def kill_after(self, count: int) -> list[str]:
        """Everything confirmed by a child that is killed after ``count`` confirmations, wherever it then is."""
        self.start()
        confirmed: list[str] = []
        killed = False
        for line in self.lines():
            confirmed.append(line)
            if len(confirmed) > count and self.child and not killed:
                os.kill(self.child, signal.SIGKILL)
                killed = True
        return confirmed


@contextlib.contextmanager
def worker(folder: Path, mode: str) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, "-m", WORKER, str(folder), mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield Worker(process)
        assert process.stdin is not None
        process.stdin.close()
    assert process.returncode == 0


@posix
def test_kill_loses_nothing_that_was_confirmed(folder: Path) -> None:
    moments = random.Random(20261122)  # noqa: S311 -- the same moments in every run
    confirmed: set[str] = set()
    with worker(folder, "act") as children:
        for _ in range(KILLS):
            for line in children.kill_after(moments.randrange(12)):
                assert not line.startswith("trouble")
                confirmed.update(line.split())
            with opened(folder) as store, store.read() as conn:
                present = set(conn.exec_driver_sql("SELECT lower(hex(id)) FROM flag_event").scalars())
                assert confirmed <= present
    assert len(confirmed) > KILLS
    with opened(folder) as store:
        assert verify(store).ok
    assert [person.name for person in keys.people(folder)] == ["王"]


@posix
def test_kill_while_a_store_is_made(tmp_path: Path) -> None:
    """Either it is a store that opens, or none, and one can be made there."""
    with worker(tmp_path, "create") as children:
        for count in range(max(3, KILLS // 8)):
            made = children.kill_after(count)
            for name in made:
                opened(tmp_path / name).close()
            last = tmp_path / str(len(made))
            if is_store(last):
                opened(last).close()
            else:
                Store.create(last, name="王", password="pw", at=AT)[0].close()
            for path in list(tmp_path.iterdir()):
                path.rename(tmp_path.parent / f"{tmp_path.name}-{count}-{path.name}")


@posix
def test_kill_while_a_backup_is_made(folder: Path) -> None:
    with worker(folder, "save") as children:
        for count in range(max(3, KILLS // 8)):
            children.kill_after(count)
    saved = list(folder.parent.glob("*.cdbackup"))
    assert saved
    for file in saved:  # what has the name is whole
        assert inspect(file).last_seq == 43


@posix
def test_seats_write_at_the_same_time(folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        seats = [stack.enter_context(worker(folder, "some")) for _ in range(3)]
        for seat in seats:
            seat.start()
        said = [list(seat.lines()) for seat in seats]
    assert [lines[-1] for lines in said] == ["done"] * 3
    confirmed = {row_id for lines in said for line in lines[:-1] for row_id in line.split()}
    assert len(confirmed) == 3 * (10 + 4 * 100)
    with opened(folder) as store:
        assert verify(store).ok
        with store.read() as conn:
            assert confirmed <= set(conn.exec_driver_sql("SELECT lower(hex(id)) FROM flag_event").scalars())


# --- the disk --------------------------------------------------------------------------------------------


def raw_writer(store: Store) -> Any:
    return store._writer.connection.driver_connection


def test_a_full_disk_keeps_nothing_half_done(folder: Path) -> None:
    with opened(folder) as store:
        pages = raw_writer(store).execute("PRAGMA page_count").fetchone()[0]
        raw_writer(store).execute(f"PRAGMA max_page_count = {pages + 3}")
        row = {"debtor_id": an_id("d"), "flag": "disputed", "on": True, "reason": "x" * 5000}
        with pytest.raises(Trouble) as caught, store.write() as conn:
            record_many(conn, flag_event, [row] * 40, kind="flag", actor_id=an_id("a"), at=AT)
        assert code(caught) == "store.disk_full"
        raw_writer(store).execute("PRAGMA max_page_count = 1000000")
        with store.write() as conn:
            record(conn, flag_event, row, kind="flag", actor_id=an_id("a"), at=AT)
        report = verify(store)
        assert report.ok
        assert report.lines == 44


@posix
def test_a_limit_of_the_system_is_told(folder: Path) -> None:
    """A file may not grow (quota): the write fails, the store goes on."""
    import resource

    with opened(folder) as store:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
        try:
            row = {"debtor_id": an_id("d"), "flag": "disputed", "on": True, "reason": "x" * 300_000}
            with pytest.raises(Trouble) as caught, store.write() as conn:
                record(conn, flag_event, row, kind="flag", actor_id=an_id("a"), at=AT)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, handler)
        assert code(caught) in ("store.disk_full", "store.disk_failed")
        with store.write() as conn:
            record(conn, flag_event, row, kind="flag", actor_id=an_id("a"), at=AT)
        assert verify(store).ok


@posix
@pytest.mark.parametrize("most", [0, 40_000, 200_000])
def test_a_backup_the_disk_can_not_hold_is_told_and_leaves_nothing(folder: Path, tmp_path: Path, most: int) -> None:
    """The copying of pages raises without SQLite's own code."""
    import resource

    place = tmp_path / "stick"
    place.mkdir()
    with opened(folder) as store:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        try:
            with pytest.raises(Trouble) as caught:
                backup(store, place / "a.cdbackup", at=AT)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, handler)
        assert code(caught) in ("store.disk_full", "store.disk_failed")
        assert list(place.iterdir()) == []
        backup(store, place / "a.cdbackup", at=AT)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, "store.disk_full"), (errno.EROFS, "store.read_only"), (errno.EIO, "store.disk_failed")],
)
def test_the_key_file_survives_a_failed_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    before = (folder / KEYS).read_bytes()

    def fails(_descriptor: int) -> None:
        raise OSError(number, "no")

    store, boss = Store.open(folder, "王", "pw")
    with store:
        slot = store.prepare_slot(name="陈", password="x", root=boss.root)
        monkeypatch.setattr(keyfile.os, "fsync", fails)
        with pytest.raises(Trouble) as caught, store.write() as conn:
            store.admit(conn, slot, by=boss, at=AT)
        monkeypatch.undo()
        assert code(caught) == expected
        with store.read() as conn:  # and nothing of it is in the history
            assert conn.exec_driver_sql("SELECT count(*) FROM key_event").scalar() == 1
    assert (folder / KEYS).read_bytes() == before
    assert not list(folder.glob("*.part"))


# --- the file --------------------------------------------------------------------------------------------


def test_another_program_holds_the_file(folder: Path) -> None:
    with opened(folder) as one, opened(folder) as other:
        other.patience = 0.01
        with one.write():
            with pytest.raises(Trouble) as caught, other.write():
                pass
            with other.read() as conn:  # readers never wait
                assert conn.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 43
        assert code(caught) == "store.locked"
        assert caught.value.message.params["file"] == DATABASE
        with other.write():
            pass


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "store.damaged"),
        (b"just some text" * 1000, "store.wrong_key"),
        (b"SQLite format 3\x00" + bytes(8000), "store.wrong_key"),
        (None, "store.database_missing"),
    ],
)
def test_something_else_in_the_files_place(folder: Path, content: bytes | None, expected: str) -> None:
    path = folder / DATABASE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Trouble) as caught:
        opened(folder)
    assert code(caught) == expected


def test_the_database_of_another_store(folder: Path, tmp_path: Path) -> None:
    Store.create(tmp_path / "other", name="王", password="pw", at=AT)[0].close()
    (tmp_path / "other" / DATABASE).replace(folder / DATABASE)
    with pytest.raises(Trouble) as caught:
        opened(folder)
    assert code(caught) == "store.wrong_key"


def test_every_damaged_page_ends_in_words(folder: Path) -> None:
    """One flipped bit in any page: opening or verifying says so."""
    path = folder / DATABASE
    whole = path.read_bytes()
    noticed = 0
    pages = len(whole) // 4096
    places = random.Random(1)  # noqa: S311
    for page in places.sample(range(pages), min(40, pages)):
        data = bytearray(whole)
        data[page * 4096 + places.randrange(4096)] ^= 1 << places.randrange(8)
        path.write_bytes(data)
        try:
            with opened(folder) as store:
                report = verify(store)
            if not report.ok:
                assert report.first is not None
                assert report.first.fault in (FaultKind.PAGES, FaultKind.UNREADABLE)
                noticed += 1
        except Trouble as trouble:
            assert trouble.message.code in ("store.damaged", "store.wrong_key")  # noqa: PT017
            noticed += 1
    assert noticed == min(40, pages)


def test_half_a_file_is_noticed(folder: Path) -> None:
    path = folder / DATABASE
    whole = path.read_bytes()
    for length in (len(whole) // 2, 4096, 5000, 100):
        path.write_bytes(whole[:length])
        try:
            with opened(folder) as store:
                assert not verify(store).ok
        except Trouble as trouble:
            assert trouble.message.code in ("store.damaged", "store.wrong_key")  # noqa: PT017


def test_a_folder_that_may_not_be_written(folder: Path) -> None:
    with opened(folder) as store:
        raw_writer(store).execute("PRAGMA query_only = ON")
        with pytest.raises(Trouble) as caught, store.write() as conn:
            conn.execute(journal.insert(), {"seq": 1})
        assert code(caught) == "store.read_only"
