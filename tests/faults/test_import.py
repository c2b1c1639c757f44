"""kill -9 while a file is imported: all of it or none, and the store still proves its history."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.services.book import queueing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import placements, recovery, set_aside
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.intake import batches
from collector_desk.store.verify import verify
from tests.faults.killing import KILLS, Victim, no_kill, victim

WORKER = "tests.faults.import_worker"
ROWS = 60
LINES = 60  # about as many as a whole import says

pytestmark = no_kill


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    yield made
    made.store.close()


@pytest.fixture
def worker(seat: Seat) -> Iterator[Victim]:
    with victim(WORKER, seat.store.folder) as made:
        yield made


def a_file(folder: Path, turn: int) -> Path:
    """Half the debtors of each file are on file from the one before."""
    lines = ["批次号,客户号,姓名,证件类型,证件号码,账户号,欠款总额,手机"]
    for n in range(ROWS):
        debtor = (turn - 1) * ROWS // 2 + n
        lines.append(f"XK-1,C{debtor},张三,其他,ID{debtor},{turn:03d}{n:05d}9999,10.00,161{debtor:08d}")
    path = folder / f"{turn}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def figures(seat: Seat) -> tuple[int, ...]:
    tables = (
        t.account_case,
        t.debtor,
        t.phone,
        t.batch,
        t.received_file,
        t.received_piece,
        t.set_aside_row,
        t.import_event,
    )
    with seat.store.read() as conn:
        counts = [conn.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]
        indexed = conn.exec_driver_sql("SELECT count(*) FROM search_debtor").scalar_one()
        assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    return (*counts, indexed)


def test_kill_leaves_all_of_a_file_or_nothing(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    moments = random.Random(20261102)  # noqa: S311 -- the same moments in every run
    turn, kills, before = 1, 0, figures(seat)
    while kills < KILLS:
        path = a_file(tmp_path, turn)
        confirmed = worker.run(path, moments.randrange(1, LINES))
        kills += 1
        recovery.recover(seat)
        with seat.store.read() as conn:
            assert batches.staged_batches(conn) == batches.unfinished_batches(conn) == []
        seen = placements.preview(seat, path)
        if seen.already is None:
            assert confirmed is None  # what was confirmed is there
            assert figures(seat) == before
            continue
        before = figures(seat)
        assert before[0] == turn * ROWS
        assert queueing.page(seat, limit=1).total == before[1] == before[8] == (turn + 1) * ROWS // 2
        with seat.store.read() as conn:
            assert not conn.execute(select(t.debtor.c.id).where(t.debtor.c.bank_name == batches.STAND_IN)).all()
        turn += 1
    assert turn > 1
    if worker.run(a_file(tmp_path, turn), None):
        assert queueing.page(seat, limit=1).total == (turn + 1) * ROWS // 2
    assert verify(seat.store).ok


def test_kill_while_a_row_set_aside_is_taken_in(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    path = a_file(tmp_path, 1)
    path.write_text(path.read_text("utf-8").replace("10.00", "ten", 1), encoding="utf-8")
    seen = placements.preview(seat, path)
    report = placements.import_placement(seat, seen, dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行")))
    (line,) = set_aside.lines(seat, report.batch or "")
    set_aside.correct(seat, line.id, {6: "10.00"}, "the bank's letter", corrections=0)
    kill_at, before = 1, figures(seat)
    while not set_aside.open_row(seat, line.id).line.taken:
        assert figures(seat) == before
        worker.run(f"row {line.id}", kill_at)
        recovery.recover(seat)
        kill_at += 2  # a moment later each time, until one is late enough
    after = figures(seat)
    assert after[0] == before[0] + 1 == ROWS
    assert after[4:6] == before[4:6], "the file is there once"
    assert queueing.page(seat, limit=1).total == ROWS
    assert verify(seat.store).ok


def a_refresh(folder: Path, turn: int) -> Path:
    """The accounts of the first file with the figures of another day."""
    day = date(2026, 1, 1) + timedelta(days=turn)
    lines = ["批次号,客户号,姓名,证件类型,证件号码,账户号,最新欠款,数据日期"]
    lines += [f"XK-1,C{n},张三,其他,ID{n},001{n:05d}9999,{1000 + turn}.00,{day}" for n in range(ROWS)]
    path = folder / f"refresh {turn}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def owed(seat: Seat) -> set[int]:
    with seat.store.read() as conn:
        return set(conn.execute(select(t.account_case.c.balance_minor)).scalars())


def test_kill_leaves_all_newer_figures_of_a_file_or_none(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    first = a_file(tmp_path, 1)
    first.write_text(
        first.read_text("utf-8")
        .replace("手机", "手机,委案日期")
        .replace("\n", ",2026-01-01\n")
        .replace("委案日期,2026-01-01", "委案日期")
        + ",2026-01-01",
        "utf-8",
    )
    worker.run(first, None)
    assert owed(seat) == {1000}
    moments = random.Random(20261110)  # noqa: S311 -- the same moments in every run
    turn, before = 1, {1000}
    for _ in range(KILLS):
        path = a_refresh(tmp_path, turn)
        confirmed = worker.run(path, moments.randrange(1, LINES))
        recovery.recover(seat)
        with seat.store.read() as conn:
            assert batches.staged_batches(conn) == batches.unfinished_batches(conn) == []
        if owed(seat) == before:
            assert confirmed is None
            continue
        before = {100_000 + 100 * turn}
        assert owed(seat) == before
        turn += 1
    assert turn > 1  # some of them came in before they were killed
    worker.run(a_refresh(tmp_path, turn), None)
    assert owed(seat) == {100_000 + 100 * turn}
    again = placements.preview(seat, a_refresh(tmp_path, turn))
    assert again.already is not None  # the same file twice
    assert verify(seat.store).ok
