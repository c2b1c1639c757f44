"""What another store knows of payments comes with its lines: claims and decisions do, rows of a bank's file don't.

What an account owes follows from rows alone, so another store's word never moves a balance here: a claim of it
waits for the bank's days as one of our own does, and a decision on a row that lies only there decides nothing here.
"""

import pytest
from sqlalchemy import select

from collector_desk.domain.money.payments import Settling
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.intake import coverage, undoing
from collector_desk.services.money import settling
from collector_desk.store import tables as t
from collector_desk.store.money.digest import digest_of_money
from collector_desk.store.verify import verify
from tests.samples.full_life import dialled
from tests.services.money.conftest import Bank
from tests.services.money.test_claims import now_of, said
from tests.services.money.test_undoing import A, B, placement, taken
from tests.services.office.test_foreign import digest_of, takes, their_store, theirs

__all__ = ["their_store", "theirs"]


@pytest.fixture
def their_bank(theirs, tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    return Bank(theirs, folder)


@pytest.fixture
def who(manager, debtor, theirs, clock):
    """Placed here with 1,000, known there; a day later."""
    placed = debtor(balance=100_000)
    takes(theirs, manager)
    for one in (clock, theirs.clock):
        one.forward(days=1)
    return placed


def money(seat):
    with seat.store.read() as conn:
        return digest_of_money(conn)


def owed(seat, who):
    return cases.open_case(seat, who).file.lead_case.balance.minor


def rows_now(seat):
    with seat.store.read() as conn:
        return conn.execute(select(t.payment_now.c.id)).scalars().all()


def test_a_claim_told_there_takes_nothing_off_here_and_is_answered_by_rows_here(manager, agent, bank, theirs, who):
    calling.finish(theirs, dialled(theirs, who).id, said())
    takes(manager, theirs)
    assert (owed(manager, who), rows_now(manager)) == (100_000, [])
    assert [state for state, _ in now_of(agent, who)] == ["waiting"]
    bank.tells((who, 24, 500, "R1"), covers=(24, 24))
    assert [state for state, _ in now_of(agent, who)] == ["confirmed"]
    assert owed(manager, who) == 50_000
    assert verify(manager.store).ok


def test_rows_of_a_file_stay_where_they_came_in_and_the_same_file_comes_to_the_same_money(
    manager, bank, theirs, their_bank, who
):
    their_bank.tells((who, 24, 300, "R1"), covers=(24, 24))
    assert owed(theirs, who) == 70_000
    takes(manager, theirs)
    assert (owed(manager, who), rows_now(manager)) == (100_000, [])
    assert [told.known_up_to for told in coverage.banks(manager)] == [None], "nor do the days it told of"
    assert verify(manager.store).ok
    bank.tells((who, 24, 300, "R1"), covers=(24, 24))
    assert owed(manager, who) == 70_000
    assert money(manager) == money(theirs)
    assert verify(manager.store).ok


def test_a_decision_on_a_row_that_lies_only_there_decides_nothing_here(manager, bank, theirs, their_bank, who):
    their_bank.tells((who, 24, 1500, "R1"))
    settling.settle(theirs, settling.waiting(theirs), Settling.ACCEPT)
    takes(manager, theirs)
    with manager.store.read() as conn:
        assert len(conn.execute(select(t.payment_decision)).all()) == 1
    assert (owed(manager, who), rows_now(manager)) == (100_000, [])
    bank.tells((who, 24, 1500, "R1"))
    assert len(settling.waiting(manager)) == 1, "the same row here waits for its own word: it is another row"
    assert verify(manager.store).ok


def test_a_file_undone_there_counts_no_more_here(manager, bank, theirs, clock):
    report = taken(bank, placement(bank, A, B))
    takes(theirs, manager)
    with theirs.store.read() as conn:
        here = conn.execute(select(t.account_case.c.debtor_id)).scalars().all()
    assert len(here) == 2
    undoing.undo(manager, report.batch)
    takes(theirs, manager)
    with theirs.store.read() as conn:
        assert conn.execute(select(t.account_case.c.id)).all() == []
        assert conn.execute(select(t.debtor.c.id)).all() == []
    assert [digest_of(manager, one) for one in here] == [digest_of(theirs, one) for one in here]
    assert verify(theirs.store).ok
    assert verify(manager.store).ok
