"""A shut gate sets the case for the instant at which it opens."""

import pytest

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Share
from collector_desk.services.permits import scheduling

REFUSAL = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
    60,
    "客户表示目前不愿意还款，已说明后续安排。",
    ArrearsReason.WILL_NOT_PAY,
    recording="R-1",
)


def number(seat, who, place=0):
    return cases.open_case(seat, who).numbers[place].phone.id


def test_the_case_comes_up_at_that_instant_and_says_why(agent, debtor, clock):
    who, other = debtor(), debtor("王明")
    clock.forward(hours=13)  # 23:00
    queueing.claim(agent, who)
    found = scheduling.schedule(agent, who, number(agent, who))
    assert (agent.local(found.at).day, f"{agent.local(found.at):%H:%M:%S}") == (24, "08:00:00")
    assert found.why.code == "conduct.outside_hours"
    file = cases.open_case(agent, who).file
    assert file.queue_class is QueueClass.LATER
    assert file.why.code == "book.scheduled"
    assert file.why.params["why"] == found.why
    assert queueing.next_row(agent).debtor_id == other
    assert cases.open_case(agent, who).timeline[0].detail[0].code == "book.timeline.scheduled"
    clock.at = found.at
    queueing.tick(agent)
    row = queueing.next_row(agent)
    assert (row.debtor_id, row.queue_class, row.why.code) == (who, QueueClass.DUE_NOW, "book.scheduled_due")


def test_a_call_settles_it_and_nothing_is_left_of_it(agent, debtor, clock):
    who = debtor()
    clock.forward(hours=13)
    clock.at = scheduling.schedule(agent, who, number(agent, who)).at
    begun = calling.begin(agent, debtor_id=who, phone_id=number(agent, who))
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    assert cases.open_case(agent, who).file.why.code == "book.try_again"


def test_it_goes_before_a_call_back_agreed_for_later(agent, debtor, clock):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=number(agent, who))
    calling.finish(agent, begun.attempt.id, REFUSAL)
    clock.forward(minutes=5)
    found = scheduling.schedule(agent, who, number(agent, who))
    assert found.why.code == "conduct.cap_used"
    assert agent.local(found.at).day == 24
    assert cases.open_case(agent, who).file.why.code == "book.scheduled"


def test_what_may_be_called_is_not_set(agent, debtor):
    who = debtor()
    with pytest.raises(Refused) as refused:
        scheduling.schedule(agent, who, number(agent, who))
    assert refused.value.message.code == "calls.may_be_called"


def test_where_time_does_not_help_it_says_who_has_to_act(agent, manager, debtor, clock):
    who = debtor()
    settings.change(manager, Share())
    with pytest.raises(Refused) as refused:
        scheduling.schedule(agent, who, number(agent, who))
    message = refused.value.message
    assert message.code == "calls.no_time_helps"
    assert message.params["who"].code == "calls.who_lead_counts"


@pytest.mark.parametrize(
    ("outcome", "who_acts"),
    [(Outcome.COMPLAINT, "calls.who_lead_releases"), (Outcome.WRONG_NUMBER, "calls.who_other_number")],
)
def test_a_pause_or_a_strangers_number_is_set_for_no_time(agent, debtor, clock, outcome, who_acts):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=number(agent, who))
    log = CallLog(
        outcome,
        *(() if outcome is Outcome.WRONG_NUMBER else (Speaker.DEBTOR, REFUSAL.identity)),
        talk_seconds=60,
        note="客户投诉来电过于频繁，要求书面答复，已安抚并登记。",
        recording="R-2",
    )
    calling.finish(agent, begun.attempt.id, log)
    clock.forward(minutes=5)
    with pytest.raises(Refused) as refused:
        scheduling.schedule(agent, who, number(agent, who))
    assert refused.value.message.params["who"].code == who_acts


def test_a_contact_before_the_gate_opens_is_set_for_no_time(agent, debtor):
    who = debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    with pytest.raises(Refused) as refused:
        scheduling.schedule(agent, who, number(agent, who, 1))
    assert refused.value.message.params["who"].code == "calls.who_other_number"
