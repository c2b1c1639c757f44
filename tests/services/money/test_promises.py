"""What becomes of promises by the bank's payment files: kept, kept in part, broken, and only by its word."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.parts import FurtherPart
from collector_desk.domain.packs.life import PackKind
from collector_desk.domain.people import Role
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, PromiseState, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.packs import releases, workshop
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.services.money.conftest import nov


@pytest.fixture
def promised(agent, debtor):
    """A debtor who promised 1,000 yuan for the 24th, six in the evening."""
    return promise(agent, debtor())


def promise(agent, who):
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


def house_rules(seat, version=None):
    """The version of the house's rules that is in use, or the one of a name."""
    found = [one for one in releases.states(seat) if (one.kind, one.id) == (PackKind.RULES, "house")]
    return next(one for one in found if (one.version == version if version else one.in_use))


def test_a_promise_is_decided_by_the_rules_it_was_given_under(seat_of, agent, bank, promised, debtor, clock):
    """Nine tenths are enough from now on, and two days more: what was promised before stays as it was told."""
    lead, legal = seat_of("周组长", Role.LEAD), seat_of("许法务", Role.LEGAL)
    draft = workshop.copy(lead, house_rules(lead))
    text = draft.files["house.toml"].replace("kept_from = 100", "kept_from = 90")
    text = text.replace("grace_bank_days = 1", "grace_bank_days = 3")
    draft = replace(draft, files={**draft.files, "house.toml": text})
    workshop.hand_in(lead, draft)
    clock.forward(minutes=1)
    workshop.release(legal, house_rules(legal, draft.version))
    clock.forward(minutes=1)
    later, silent = promise(agent, debtor()), promise(agent, debtor())
    clock.forward(days=3)
    bank.tells((promised, 24, 950, "R1"), (later, 24, 950, "R2"), covers=(23, 25))
    assert standing(agent, promised)[0] == [PromiseState.PARTLY]
    assert standing(agent, later)[0] == [PromiseState.KEPT]
    assert standing(agent, silent)[0] == [PromiseState.OPEN]  # in time until the 27th
    clock.forward(days=2)
    bank.tells((later, 27, 10, "R3"), covers=(26, 27))
    assert standing(agent, silent)[0] == [PromiseState.BROKEN]
    assert standing(agent, promised)[0] == [PromiseState.PARTLY]
    assert verify(agent.store).ok


def test_each_part_is_decided_by_itself_and_later_money_serves_the_next(agent, bank, debtor, clock):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    log = CallLog(
        Outcome.PROMISE_PART, Speaker.DEBTOR, IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90, recording="R-1", reason=ArrearsReason.WAITING_WAGES, amount=Money(100_000), day=nov(24),
        at=time(18), channel=PayChannel.BANK_APP, note="客户承诺分两次从手机银行各还一千元，已复述确认。",
        parts=(FurtherPart(Money(100_000), nov(25), time(18)),),
    )  # fmt: skip
    calling.finish(agent, begun.attempt.id, log)
    clock.forward(days=3)
    bank.tells((who, 24, 600, "R1"), (who, 26, 1400, "R2"), covers=(23, 26))
    states, _, _ = standing(agent, who)
    assert states == [PromiseState.PARTLY, PromiseState.KEPT]
    assert verify(agent.store).ok
