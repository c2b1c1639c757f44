from datetime import date, time, timedelta

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Flag, NumberKind, Outcome, PayChannel, Speaker, TaskKind
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.permits import contacts, tasks

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


def logged(seat, who, **log) -> None:
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    values = {"speaker": Speaker.DEBTOR, "identity": CHECKED, "talk_seconds": 70, "recording": "R-1"}
    calling.finish(seat, begun.attempt.id, CallLog(**values | log))


def test_a_complaint_pauses_until_the_lead_has_settled_it(agent, manager, debtor):
    who = debtor()
    logged(agent, who, outcome=Outcome.COMPLAINT, note="客户投诉来电过于频繁，要求书面答复，已安抚并登记。")
    assert cases.open_case(agent, who).file.flags == {Flag.COMPLAINT_OPEN}
    assert cases.open_case(agent, who).file.queue_class is QueueClass.PAUSED
    (task,) = tasks.open_tasks(manager)
    assert task.kind == "complaint"
    assert task.due_at == agent.now() + timedelta(hours=24)
    with pytest.raises(Refused):
        tasks.settle(manager, task.id, approve=True, reason="")
    tasks.settle(manager, task.id, approve=True, reason="已电话答复客户，调整联系频次，客户认可。")
    assert cases.open_case(agent, who).file.flags == frozenset()
    assert tasks.open_tasks(manager) == ()
    with pytest.raises(Refused) as refused:
        tasks.settle(manager, task.id, approve=True, reason="再来一次")
    assert refused.value.message.code == "permits.tasks.settled"


def test_a_promise_far_out_counts_once_the_lead_agrees(agent, manager, debtor):
    who = debtor()
    logged(
        agent,
        who,
        outcome=Outcome.PROMISE_PART,
        note="客户月底发工资，先还一万，已说明需主管同意。",
        reason=ArrearsReason.WAITING_WAGES,
        amount=Money(1_000_000),
        day=date(2026, 11, 30),
        at=time(18, 0),
        channel=PayChannel.BANK_APP,
    )
    assert cases.open_case(agent, who).file.open_promise.state == "proposed"
    (task,) = tasks.open_tasks(manager)
    with pytest.raises(Refused):
        tasks.settle(agent, task.id, approve=True, reason="我自己批")
    tasks.settle(manager, task.id, approve=True, reason="工资单已核实，同意。")
    file = cases.open_case(agent, who).file
    assert file.open_promise.state == "open"
    assert file.queue_class is QueueClass.LATER


def test_what_was_taken_back_stays_paused_until_a_lead_agrees(agent, manager, debtor, clock):
    who = debtor()
    logged(
        agent,
        who,
        outcome=Outcome.DISPUTE,
        note="客户称有一笔消费不是本人所为，要求核查。",
        reason=ArrearsReason.DISPUTED_CHARGE,
    )
    assert cases.open_case(agent, who).file.queue_class is QueueClass.PAUSED
    clock.forward(minutes=1)
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    assert cases.open_case(agent, who).file.flags == {Flag.DISPUTED}
    assert cases.open_case(agent, who).file.queue_class is QueueClass.PAUSED
    (task,) = tasks.open_tasks(manager)
    assert (task.kind, task.taken_back, task.outcome) == ("dispute", True, "no_answer")
    tasks.settle(manager, task.id, approve=True, reason="已核听录音，确系误选")
    assert cases.open_case(agent, who).file.flags == frozenset()


def unanswered(agent, who, clock) -> None:
    """Tried on several days at different hours: the debtor counts as lost."""
    for _ in range(4):
        own = cases.open_case(agent, who).numbers[0].phone.id
        begun = calling.begin(agent, debtor_id=who, phone_id=own)
        calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
        clock.forward(days=1, hours=1)


def test_contacts_open_only_by_the_leads_word_and_after_failed_days(agent, manager, debtor, clock):
    who = debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    unanswered(agent, who, clock)
    contact = cases.open_case(agent, who).numbers[-1]
    assert not contact.callable_now
    contacts.approve(manager, who, until=None, reason="连续四天不同时段未接通，同意联系预留联系人一次。")
    assert cases.open_case(agent, who).numbers[-1].callable_now


@pytest.mark.parametrize("agree", [True, False])
def test_the_leads_answer_to_an_agents_question_opens_the_contacts_or_not(agent, manager, debtor, clock, agree):
    who = debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    unanswered(agent, who, clock)
    contacts.ask(agent, who, "连续四天未接通。")
    (task,) = tasks.open_tasks(manager)
    assert (task.kind, task.note, task.opened_by) == (TaskKind.CONTACTS, "连续四天未接通。", agent.person.id)
    with pytest.raises(Refused):
        tasks.settle(agent, task.id, approve=True, reason="自己同意自己")
    tasks.settle(manager, task.id, approve=agree, reason="已核对拨打记录。")
    assert cases.open_case(agent, who).numbers[-1].callable_now is agree
    if agree:
        clock.forward(days=8)
        assert not cases.open_case(agent, who).numbers[-1].callable_now, "it ran out"
    contacts.ask(agent, who, "再次请示。")  # a new question, once the first is answered


def test_danger_to_a_life_stands_before_what_runs_out_earlier(agent, manager, debtor, clock):
    first, second = debtor(), debtor("王明")
    logged(agent, second, outcome=Outcome.COMPLAINT, note="客户投诉来电过于频繁，要求书面答复，已安抚并登记。")
    clock.forward(hours=25)
    logged(agent, first, outcome=Outcome.RISK_TO_LIFE, note="客户说不想活了，已安抚并告知求助电话，主管接手。")
    waiting = tasks.open_tasks(manager)
    assert [task.debtor_id for task in waiting] == [first, second]
    assert waiting[0].due_at > waiting[1].due_at
