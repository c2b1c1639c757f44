"""What becomes of promises by the bank's payment files: kept, kept in part, broken, and only by its word."""

from datetime import time

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, PromiseState, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.store import tables as t
from tests.services.money.conftest import nov


@pytest.fixture
def promised(agent, debtor):
    """A debtor who promised 1,000 yuan for the 24th, six in the evening."""
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    log = CallLog(
        Outcome.PROMISE_PART, Speaker.DEBTOR, IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90, recording="R-1", reason=ArrearsReason.WAITING_WAGES, amount=Money(100_000), day=nov(24),
        at=time(18), channel=PayChannel.BANK_APP, note="客户承诺明天下午六点前从手机银行还一千元，已复述确认。",
    )  # fmt: skip
    calling.finish(agent, begun.attempt.id, log)
    return who


def standing(agent, who):
    file = cases.open_case(agent, who).file
    return [one.state for one in file.promises], file.queue_class, file.why.code


def test_nothing_told_breaks_nothing_and_the_file_that_covers_its_grace_does(agent, bank, promised, debtor, clock):
    payer = debtor()
    clock.forward(days=3)
    queueing.catch_up(agent)
    assert standing(agent, promised) == ([PromiseState.OPEN], QueueClass.WAITING, "book.promise_passed")
    report = bank.tells((payer, 24, 500, "R1"), covers=(23, 24))  # grace is the 25th, a Wednesday
    assert report.promises == {}
    assert standing(agent, promised)[0] == [PromiseState.OPEN]
    report = bank.tells((payer, 25, 500, "R2"), covers=(25, 25))  # it names the one who promised nowhere
    assert report.promises == {PromiseState.BROKEN: 1}
    assert standing(agent, promised) == ([PromiseState.BROKEN], QueueClass.PROMISE_BROKEN, "book.promise_broken")


def test_what_came_in_early_keeps_it_at_once(agent, bank, promised, clock):
    clock.forward(days=1)
    report = bank.tells((promised, 24, 1000, "R1"))
    assert report.promises == {PromiseState.KEPT: 1}
    states, place, _ = standing(agent, promised)
    assert states == [PromiseState.KEPT]
    assert place is not QueueClass.PROMISED_TODAY
    assert cases.open_case(agent, promised).file.balance == Money(3391162 - 100_000)


def test_a_part_of_it_is_kept_in_part_and_not_held_against_them(agent, bank, promised, clock):
    clock.forward(days=4)
    report = bank.tells((promised, 24, 300, "R1"), covers=(23, 26))
    assert report.promises == {PromiseState.PARTLY: 1}
    assert standing(agent, promised)[0] == [PromiseState.PARTLY]
    with agent.store.read() as conn:
        assert conn.execute(select(t.debtor.c.promises_broken).where(t.debtor.c.id == promised)).scalar() == 0


def test_a_late_row_decides_it_again(agent, bank, promised, debtor, clock):
    other = debtor()
    clock.forward(days=4)
    bank.tells((other, 24, 1, "R1"), covers=(23, 26))
    assert standing(agent, promised)[0] == [PromiseState.BROKEN]
    report = bank.tells((promised, 24, 1000, "R2"))
    assert report.promises == {PromiseState.KEPT: 1}
    bank.tells((promised, 26, -1000, "R2"))  # and taken back
    assert standing(agent, promised)[0] == [PromiseState.BROKEN]


def test_a_hole_before_its_day_holds_it(agent, bank, promised, debtor, clock):
    other = debtor()
    clock.forward(days=5)
    bank.tells((other, 26, 1, "R1"), covers=(25, 27))
    assert standing(agent, promised)[0] == [PromiseState.OPEN]
    report = bank.tells((other, 24, 1, "R2"), covers=(23, 24))
    assert report.promises == {PromiseState.BROKEN: 1}
    assert standing(agent, promised)[0] == [PromiseState.BROKEN]
