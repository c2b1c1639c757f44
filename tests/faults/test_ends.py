"""kill -9 while a list of cases is taken in, or cases are given back: all or none; what follows is made up for."""

import random
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Trouble
from collector_desk.domain.states import BatchKind
from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book import bank_lists, placements, returning
from collector_desk.services.book.refresh import odd_places
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import case_words, recovery
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.intake import batches, unfinished
from collector_desk.store.verify import verify
from tests.faults.killing import KILLS, Victim, no_kill, victim
from tests.samples.store import DebtorMaker

WORKER = "tests.faults.ends_worker"
DEBTORS = 30
LINES = 40  # about as many as taking a whole list in says
CASES = t.account_case.c

pytestmark = no_kill


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
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


def test_a_kill_leaves_all_of_a_list_holding_or_nothing(seat: Seat, worker: Victim, tmp_path: Path) -> None:
    moments = random.Random(20261130)  # noqa: S311 -- the same moments in every run
    turn, taken = 1, 0
    for _ in range(KILLS):
        before = stopped(seat)
        path = a_list(seat, tmp_path, turn, "恢复催收" if before else "停催")
        confirmed = worker.run(path, moments.randrange(1, LINES))
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
        worker.run(path, moment)
        recovery.recover(seat)
        assert recalled(seat) in (0, DEBTORS)
    assert recalled(seat) == DEBTORS
    whole(seat)


def test_a_kill_leaves_all_cases_given_back_with_their_list_or_none(
    seat: Seat, worker: Victim, tmp_path: Path
) -> None:
    with seat.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    placements.set_terms(seat, placement, PlacementTerms("某某银行", mandate_ends=date(2020, 1, 31)))
    for number, moment in enumerate((1, 2, 3, 4, 5, 6, 8, 11, 60)):
        file = tmp_path / f"退案{number}.xlsx"
        before = recalled(seat)
        if before == DEBTORS:
            break
        worker.run(f"return {file}", moment)
        recovery.recover(seat)
        after = recalled(seat)
        assert after in (0, DEBTORS)
        with seat.store.read() as conn:
            lists = conn.execute(select(func.count()).select_from(t.bank_list)).scalar_one()
            assert unfinished.batch_of(conn, "return") is None
        assert lists == (1 if after else 0)
    assert recalled(seat) == DEBTORS
    whole(seat)


def test_two_who_give_back_at_once_do_it_once(seat: Seat, tmp_path: Path) -> None:
    with seat.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    placements.set_terms(seat, placement, PlacementTerms("某某银行", mandate_ends=date(2020, 1, 31)))
    (mandate,) = bank_lists.board(seat)
    other = people.sign_in(seat.store.folder, "王", "correct horse")
    start, said = threading.Barrier(2), []

    def give(one: Seat, name: str) -> None:
        start.wait()
        try:
            said.append(returning.give_back(one, mandate, tmp_path / name).rows)
        except Trouble as trouble:
            said.append(trouble.message.code)

    both = [threading.Thread(target=give, args=(one, name)) for one, name in ((seat, "a.xlsx"), (other, "b.xlsx"))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    other.store.close()
    assert DEBTORS in said
    assert set(said) - {DEBTORS} <= {"intake.import_running", "exports.lists.nothing_left"}
    assert len(list(tmp_path.glob("*.xlsx"))) == 1
    assert recalled(seat) == DEBTORS
    whole(seat)
