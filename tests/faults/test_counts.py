"""kill -9 while counts are taken over, and two who take them over at once: all of a file is in force or none."""

import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.message import Trouble
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import counts, recovery
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.intake import counts as filed
from collector_desk.store.verify import verify
from tests.faults.killing import KILLS, Victim, no_kill, victim
from tests.samples.store import DebtorMaker

WORKER = "tests.faults.counts_worker"
DEBTORS = 40
LINES = 36  # about as many as taking a whole file over says

pytestmark = no_kill


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A store with some debtors, of whose cases the files tell."""
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    debtor = DebtorMaker(made)
    for _ in range(DEBTORS):
        debtor()
    yield made
    made.store.close()


@pytest.fixture
def worker(seat: Seat) -> Iterator[Victim]:
    with victim(WORKER, seat.store.folder) as made:
        yield made


def a_file(folder: Path, turn: int) -> Path:
    """A reading a turn, each a little later than the one before."""
    at = datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=turn)
    lines = ["案件编号,有效通话,接通,截至时间"]
    lines += [f"K7M-{n},{1 + turn % 3},{turn + 3},{at.isoformat()}" for n in range(1001, 1001 + DEBTORS)]
    path = folder / f"{turn}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def in_force(seat: Seat) -> list[int]:
    """How many figures each file that counts has in the store."""
    figure, taken = t.external_count.c, t.counts_taken.c
    statement = (
        select(func.count())
        .select_from(t.external_count.join(t.counts_taken, taken.id == figure.counts_id))
        .group_by(taken.id)
    )
    with seat.store.read() as conn:
        return list(conn.execute(statement).scalars())


def test_a_kill_leaves_all_of_a_file_in_force_or_nothing(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    moments = random.Random(20261123)  # noqa: S311 -- the same moments in every run
    turn = 1
    for _ in range(KILLS):
        path = a_file(tmp_path, turn)
        before = in_force(seat)
        confirmed = worker.run(path, moments.randrange(1, LINES))
        recovery.recover(seat)
        with seat.store.read() as conn:
            assert filed.unfinished(conn) is None
        after = in_force(seat)
        assert set(after) <= {DEBTORS}
        if len(after) == len(before):
            assert not confirmed  # what was confirmed is there
            continue
        assert counts.preview(seat, path).already
        turn += 1
    assert turn > 1
    report = counts.import_counts(seat, counts.preview(seat, a_file(tmp_path, turn + 1)))
    assert report.accepted == DEBTORS
    assert verify(seat.store).ok


def test_two_at_once_one_takes_over_and_the_other_is_told(seat: Seat, tmp_path: Path) -> None:
    other = people.sign_in(seat.store.folder, "王", "correct horse")
    path = a_file(tmp_path, 1)
    seats, told, taken = (seat, other), [], []
    start = threading.Barrier(2)

    def take(one: Seat) -> None:
        seen = counts.preview(one, path)
        start.wait()
        try:
            taken.append(counts.import_counts(one, seen))
        except Trouble as trouble:
            told.append(trouble.message.code)

    threads = [threading.Thread(target=take, args=(one,)) for one in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.store.close()
    assert in_force(seat) == [DEBTORS]
    fresh = [report for report in taken if not report.already]
    assert len(fresh) == 1
    assert told in ([], ["intake.import_running"])
    assert len(taken) + len(told) == 2
