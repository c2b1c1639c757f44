"""One promise stands on an account, wherever it was given; nobody still has to agree to one that was replaced."""

from datetime import date, time, timedelta

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.permits import tasks
from tests.samples.visit_story import NEXT_DAY, planned, promised_at_the_door, requested

FAR, NEAR = date(2026, 11, 30), date(2026, 11, 26)  # a promise further out waits for a lead


@pytest.fixture
def on_the_way(agent, manager, debtor, team, clock):
    """Nobody answers, a visit is planned for the next day."""
    who = debtor(days=75)
    visit_id = requested(agent, who)
    planned(manager, team, visit_id)
    clock.forward(minutes=10)
    return who, visit_id


def promised(seat, who, day: date, *, case_id: str | None = None) -> None:
    """They ring up and promise."""
    begun = calling.begin(seat, debtor_id=who, phone_id=None, direction=calling.Direction.IN)
    log = CallLog(
        Outcome.PROMISE_PART,
        speaker=Speaker.DEBTOR,
        identity=IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90,
        note=f"客户来电说{day:%d}日发工资后先还一部分，已复述确认。",
        reason=ArrearsReason.WAITING_WAGES,
        recording="R-1",
        amount=Money(1_000_000),
        day=day,
        at=time(18),
        channel=PayChannel.BANK_APP,
        case_id=case_id,
    )
    calling.finish(seat, begun.attempt.id, log)


def states(seat, who) -> list[tuple[str, int]]:
    return sorted((one.state, one.amount.minor) for one in cases.open_case(seat, who).file.promises)


def test_a_promise_at_the_door_takes_the_leads_matter_of_the_one_it_replaces_along(
    agent, manager, team, on_the_way, clock
):
    who, visit_id = on_the_way
    promised(agent, who, FAR)
    (asked,) = tasks.open_tasks(manager)
    promised_at_the_door(manager, team, visit_id, clock)
    assert states(agent, who) == [("cancelled", 1_000_000), ("open", 500_000)]
    assert tasks.open_tasks(manager) == ()
    assert cases.open_case(agent, who).file.queue_class is QueueClass.LATER
    with pytest.raises(Refused) as refused:
        tasks.settle(manager, asked.id, approve=True, reason="同意")
    assert refused.value.message.code == "permits.tasks.settled"


def test_an_open_promise_is_replaced_at_the_door_too(agent, manager, team, on_the_way, clock):
    who, visit_id = on_the_way
    promised(agent, who, NEAR)
    promised_at_the_door(manager, team, visit_id, clock)
    assert states(agent, who) == [("cancelled", 1_000_000), ("open", 500_000)]


def test_what_was_promised_on_another_account_still_waits_for_the_lead(
    agent, manager, team, on_the_way, debtor, clock
):
    who, visit_id = on_the_way
    other = debtor.another(who, balance=1_000_000)
    promised(agent, who, FAR, case_id=other)
    promised_at_the_door(manager, team, visit_id, clock)
    assert states(agent, who) == [("open", 500_000), ("proposed", 1_000_000)]
    (asked,) = tasks.open_tasks(manager)
    tasks.settle(manager, asked.id, approve=True, reason="同意")
    assert states(agent, who) == [("open", 500_000), ("open", 1_000_000)]


def test_taking_a_call_back_brings_the_promise_of_the_door_back(agent, manager, team, on_the_way, clock):
    who, visit_id = on_the_way
    promised_at_the_door(manager, team, visit_id, clock)
    promised(agent, who, FAR + timedelta(days=2))
    assert states(agent, who) == [("cancelled", 500_000), ("proposed", 1_000_000)]
    clock.forward(minutes=1)
    calling.take_back(agent)
    assert states(agent, who) == [("cancelled", 1_000_000), ("open", 500_000)]
    assert tasks.open_tasks(manager) == ()


def test_taking_back_the_call_whose_promise_the_door_replaced_changes_nothing(
    agent, manager, team, on_the_way, clock
):
    who, visit_id = on_the_way
    clock.at = NEXT_DAY
    promised(agent, who, FAR + timedelta(days=2))
    promised_at_the_door(manager, team, visit_id, clock)
    clock.forward(minutes=5)
    calling.take_back(agent)
    assert states(agent, who) == [("cancelled", 1_000_000), ("open", 500_000)]
    assert tasks.open_tasks(manager) == ()
