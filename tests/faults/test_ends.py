"""kill -9 while a list of cases is taken in: all of it holds, or none of it; what follows is made up for."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.states import BatchKind
from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book.refresh import odd_places
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import case_words, recovery
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.intake import batches, unfinished
from collector_desk.store.verify import verify
from tests.samples.store import DebtorMaker

WORKER = "tests.faults.ends_worker"
KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "12"))
DEBTORS = 30
LINES = 40  # about as many as taking a whole list in says
CASES = t.account_case.c

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = people.create_store(tmp_path / "store", name="王", password="correct horse").seat
    debtor = DebtorMaker(made)
    for _ in range(DEBTORS):
        debtor()
    yield made
    made.store.close()


@pytest.fixture
def worker(seat: Seat) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-m", WORKER, str(seat.store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    yield started
    started.communicate(timeout=60)


def run(worker: subprocess.Popen[str], asked: str, kill_at: int) -> bool:
    """Ask for it in a child and kill that once it said ``kill_at`` lines; whether it confirmed."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{asked}\n")
    worker.stdin.flush()
    child, said, confirmed, killed = 0, 0, False, False
    while True:
        word, _, rest = worker.stdout.readline().strip().partition(" ")
        if word == "child":
            child = int(rest)
        elif word == "ended":
            return confirmed
        else:
            said += 1
            confirmed = confirmed or word == "done"
        if child and said >= kill_at and not killed:
            killed = True
            with suppress(ProcessLookupError):  # it may have ended this moment
                os.kill(child, signal.SIGKILL)


def a_list(seat: Seat, folder: Path, turn: int, word: str) -> Path:
    """The same word on every case."""
    with seat.store.read() as conn:
        accounts = conn.execute(select(CASES.account_number).order_by(CASES.id)).scalars()
        lines = ["账户号,姓名,处理方式,原因", *[f"{account},某某,{word},第{turn}次" for account in accounts]]
    path = folder / f"{turn}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def stopped(seat: Seat) -> int:
    with seat.store.read() as conn:
        return conn.execute(select(func.count()).where(CASES.stopped_on.is_not(None))).scalar_one()


def recalled(seat: Seat) -> int:
    with seat.store.read() as conn:
        return conn.execute(select(func.count()).where(CASES.state == CaseState.RETURNED)).scalar_one()


def whole(seat: Seat) -> None:
    """Nothing is left half done."""
    with seat.store.read() as conn:
        assert unfinished.batch_of(conn, BatchKind.WORDS) is None
        assert batches.staged_batches(conn, BatchKind.WORDS) == []
    at = partial(odd_places, now=seat.now())
    assert verify(seat.store, places=at).ok


def test_a_kill_leaves_all_of_a_list_holding_or_nothing(
    seat: Seat, worker: subprocess.Popen[str], tmp_path: Path
) -> None:
    moments = random.Random(20261130)  # noqa: S311 -- the same moments in every run
    turn, taken = 1, 0
    for _ in range(KILLS):
        before = stopped(seat)
        path = a_list(seat, tmp_path, turn, "恢复催收" if before else "停催")
        confirmed = run(worker, str(path), moments.randrange(1, LINES))
        recovery.recover(seat)
        after = stopped(seat)
        assert {before, after} <= {0, DEBTORS}
        if after == before:
            assert not confirmed  # what was confirmed is there
            continue
        with seat.store.read() as conn:
            assert batches.batch_of_file(conn, case_words.preview(seat, path).file.sha256, BatchKind.WORDS)
        turn, taken = turn + 1, taken + 1
    assert taken
    path = a_list(seat, tmp_path, turn, "撤案")
    for moment in (2, 9, 14, 20, 26, 60):
        run(worker, str(path), moment)
        recovery.recover(seat)
        assert recalled(seat) in (0, DEBTORS)
    assert recalled(seat) == DEBTORS
    whole(seat)
