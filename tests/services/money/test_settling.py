"""What a person says of rows in doubt: they count, they are not ours, they wait; and what that does to balances."""

from dataclasses import replace

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused
from collector_desk.domain.money.payments import RowDoubt, Settling
from collector_desk.domain.vocabulary import Flag
from collector_desk.services.book import cases, placements
from collector_desk.services.desk.seat import acting
from collector_desk.services.money import settling
from collector_desk.services.record import flags
from collector_desk.store.verify import verify


@pytest.fixture
def doubtful(bank, debtor, clock):
    """Two who overpaid, one of them twice; a clash; a row of nobody's."""
    first, second = debtor(balance=100_000), debtor(balance=500_000)
    clock.forward(days=4)
    bank.tells((first, 24, 1000, "R1"), (first, 25, 1000, "R2"), (second, 24, 100, "R3"))
    bank.tells((second, 24, 150, "R3"), ("6299999999999999", 25, 7, "R9"))
    return first, second


def doubts(seat):
    return [row.doubt for row in settling.waiting(seat)]


def owed(agent, who):
    return cases.open_case(agent, who).file.balance


def test_the_surest_stand_first_and_nobodys_last(manager, doubtful):
    assert doubts(manager) == [RowDoubt.PERHAPS_TWICE, RowDoubt.CLASH, None]
    twice, clash, nobodys = settling.waiting(manager)
    assert (twice.amount, twice.allocated, twice.beyond) == (Money(100_000), Money(0), Money(100_000))
    assert (clash.filename, clash.line, clash.case_number.startswith("K7M-")) == ("还款2.csv", 2, True)
    assert nobodys.masked.endswith("9999")
    assert "6299999999999999" not in nobodys.masked


def test_a_clash_that_is_accepted_counts_as_a_payment_of_its_own(manager, agent, doubtful):
    _, second = doubtful
    assert owed(agent, second) == Money(490_000)
    (clash,) = [row for row in settling.waiting(manager) if row.doubt is RowDoubt.CLASH]
    settling.settle(manager, [clash], Settling.ACCEPT)
    assert owed(agent, second) == Money(475_000)
    assert RowDoubt.CLASH not in doubts(manager)
    assert verify(manager.store).ok


def test_what_is_more_than_owed_stands_as_credit_and_moves_no_balance(manager, agent, doubtful):
    first, _ = doubtful
    (twice, *_) = settling.waiting(manager)
    settling.settle(manager, [twice], Settling.ACCEPT, reason="银行确认为多还")
    assert owed(agent, first) == Money(0)
    assert RowDoubt.PERHAPS_TWICE not in doubts(manager)


def test_not_ours_takes_a_row_out_and_is_several_at_once(manager, agent, doubtful):
    _, second = doubtful
    before = owed(agent, second)
    settling.settle(manager, settling.waiting(manager), Settling.NOT_OURS)
    assert settling.waiting(manager) == ()
    assert owed(agent, second) == before
    assert verify(manager.store).ok


def test_what_is_put_off_stays_at_the_end(manager, doubtful):
    (first, *_) = settling.waiting(manager)
    settling.settle(manager, [first], Settling.LATER)
    last = settling.waiting(manager)[-1]
    assert (last.row_id, last.put_off) == (first.row_id, True)


def test_a_row_of_nobodys_cannot_be_counted_and_an_agent_settles_nothing(manager, agent, doubtful):
    nobodys = settling.waiting(manager)[-1]
    with pytest.raises(Refused) as refused:
        settling.settle(manager, [nobodys], Settling.ACCEPT)
    assert refused.value.message.code == "money.settling.nobodys"
    with pytest.raises(Refused):
        settling.waiting(agent)
    with pytest.raises(Refused):
        settling.settle(agent, [nobodys], Settling.NOT_OURS)


def test_two_seats_that_settle_one_row_write_it_once(manager, seat_of, doubtful):
    rows = settling.waiting(manager)
    settling.settle(manager, rows[:2], Settling.NOT_OURS)
    settling.settle(manager, rows[:2], Settling.ACCEPT)  # the list was read before
    assert [row.row_id for row in settling.waiting(manager)] == [rows[2].row_id]
    assert verify(manager.store).ok


def flag(seat, who, which, *, on):
    with acting(seat, "flag") as act:
        flags.put(act, who, which, on=on, reason="客户来电")


@pytest.mark.parametrize("which", [Flag.DISPUTED, Flag.DECEASED])
def test_what_comes_for_who_disputes_or_died_counts_and_is_looked_at(manager, agent, bank, debtor, clock, which):
    who, another = debtor(balance=500_000), debtor(balance=500_000)
    clock.forward(days=4)
    bank.tells((who, 24, 100, "R1"), (another, 24, 100, "R2"))
    clock.forward(minutes=1)
    flag(manager, who, which, on=True)
    assert doubts(manager) == []  # what came before it was known is beyond doubt
    assert verify(manager.store).ok
    clock.forward(minutes=1)
    bank.tells((who, 25, 100, "R3"), (another, 25, 100, "R4"))
    assert doubts(manager) == [RowDoubt.FLAGGED]
    assert owed(agent, who) == Money(480_000)
    assert verify(manager.store).ok
    flag(manager, who, which, on=False)
    assert doubts(manager) == []
    assert verify(manager.store).ok


def test_what_was_said_of_such_a_row_stays_said(manager, bank, debtor, clock):
    who = debtor(balance=500_000)
    flag(manager, who, Flag.DISPUTED, on=True)
    clock.forward(days=4)
    bank.tells((who, 24, 100, "R1"))
    (row,) = settling.waiting(manager)
    settling.settle(manager, [row], Settling.ACCEPT)
    flag(manager, who, Flag.DECEASED, on=True)
    assert doubts(manager) == []
    assert verify(manager.store).ok


def test_terms_entered_later_explain_what_stood_as_more_than_owed(manager, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=4)
    bank.tells((who, 26, 1001, "R1"))
    assert doubts(manager) == [RowDoubt.MORE_THAN_OWED]
    (placement,) = placements.placements(manager)
    placements.set_terms(manager, placement.id, replace(placement.terms, daily_ppm=500))
    assert doubts(manager) == [RowDoubt.PERHAPS_INTEREST]
    assert verify(manager.store).ok
