"""Taking an outcome back leaves everything as it was before it; the attempt and the talk still count."""

from datetime import date, time

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Direction,
    Flag,
    NumberStanding,
    Outcome,
    PayChannel,
    PromiseState,
    Role,
    Speaker,
    TaskKind,
)
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk.seat import acting
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.permits import consents, tasks
from collector_desk.services.permits.consents import ConsentScope, ConsentWish
from collector_desk.services.record import promises

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
NOTE = "客户说明了情况并约定了下一步安排，已经复述确认无误。"

LATER = "再次来电改变了先前的说法，已另行登记并告知后续处理时间。"


def talk(outcome: Outcome, **other) -> CallLog:
    values = {
        "speaker": Speaker.DEBTOR,
        "identity": CHECKED,
        "talk_seconds": 90,
        "note": NOTE,
        "reason": ArrearsReason.WAITING_WAGES,
        "recording": "R-1",
    }
    return CallLog(outcome, **values | other)


def promise(day: int, **other) -> CallLog:
    values = {"amount": Money(100000), "day": date(2026, 11, day), "at": time(18), "channel": PayChannel.BANK_APP}
    return talk(Outcome.PROMISE_PART, **values | other)


def called(seat, who: str, log: CallLog) -> str:
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    calling.finish(seat, begun.attempt.id, log)
    return begun.attempt.id


def more_talks(seat, lead, who: str) -> None:
    """The debtor asks for more calls, and the lead agrees: the house's one talk a day does not stand in the way."""
    now = seat.now()
    wish = ConsentWish(ConsentScope.MORE_TALKS, now, now.replace(day=now.day + 1), "请随时打给我", "R-1")
    consents.note_consent(seat, who, wish)
    (task,) = [task for task in tasks.open_tasks(lead) if task.kind == TaskKind.CONSENT]
    tasks.settle(lead, task.id, approve=True, reason="已核听录音")


def test_the_promise_it_had_replaced_stands_again(agent, manager, debtor, clock):
    who = debtor()
    called(agent, who, promise(24))
    clock.forward(minutes=10)
    more_talks(agent, manager, who)
    called(agent, who, promise(25, note=LATER))
    assert cases.open_case(agent, who).file.open_promise.due_at.day == 25
    clock.forward(minutes=1)
    calling.take_back(agent)
    file = cases.open_case(agent, who).file
    assert [one.state for one in file.promises] == ["open", "cancelled"]
    assert file.open_promise.due_at.day == 24


def test_a_broken_promise_the_talk_had_followed_up_is_to_be_followed_up_again(agent, debtor, clock):
    who = debtor()
    called(agent, who, promise(24))
    clock.forward(hours=32, minutes=10)  # ten past six, the next day
    (first,) = cases.open_case(agent, who).file.promises
    with acting(agent, "payment.take") as act:
        promises.set_state(act, first.id, who, PromiseState.BROKEN)
    called(agent, who, talk(Outcome.REFUSES, note=LATER))
    (first,) = cases.open_case(agent, who).file.promises
    assert (first.state, first.followed_up) == ("broken", True)
    clock.forward(minutes=1)
    calling.take_back(agent)
    (first,) = cases.open_case(agent, who).file.promises
    assert (first.state, first.followed_up) == ("broken", False)


def test_a_promise_asked_after_in_its_hour_waits_for_the_bank_and_a_new_one_stands_beside_it(agent, debtor, clock):
    who = debtor()
    called(agent, who, promise(24))
    clock.forward(hours=32, minutes=10)  # ten past six, the next day
    queueing.tick(agent)
    assert cases.open_case(agent, who).file.queue_class is QueueClass.DUE_NOW
    called(agent, who, promise(25, note=LATER))
    file = cases.open_case(agent, who).file
    assert [one.state for one in file.promises] == ["open", "open"]
    assert file.why.code == "book.promised_later"


def test_a_flag_raised_before_by_somebody_else_stays(agent, debtor, clock):
    who = debtor()
    called(agent, who, talk(Outcome.COMPLAINT))
    clock.forward(minutes=10)
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=calling.Direction.IN)
    calling.finish(agent, begun.attempt.id, talk(Outcome.COMPLAINT, note=LATER))
    clock.forward(minutes=1)
    calling.take_back(agent)
    assert cases.open_case(agent, who).file.flags == {Flag.COMPLAINT_OPEN}
    assert cases.open_case(agent, who).file.queue_class is QueueClass.PAUSED


def test_what_was_chosen_of_the_number_is_taken_back_too(agent, debtor, clock):
    who = debtor()
    called(agent, who, talk(Outcome.REFUSES, number_standing=NumberStanding.DEAD))
    assert cases.open_case(agent, who).file.phones[0].standing is NumberStanding.DEAD
    clock.forward(minutes=1)
    calling.take_back(agent)
    assert cases.open_case(agent, who).file.phones[0].standing is NumberStanding.UNKNOWN


@pytest.mark.parametrize("standing", [NumberStanding.WRONG, NumberStanding.STOPPED])
def test_a_number_that_was_shut_opens_again_by_a_lead_alone(agent, manager, debtor, clock, standing):
    who = debtor()
    called(agent, who, talk(Outcome.REFUSES, number_standing=standing))
    clock.forward(minutes=1)
    calling.take_back(agent)
    assert cases.open_case(agent, who).file.phones[0].standing is standing
    (asked,) = tasks.open_tasks(manager)
    assert asked.kind == "number_again"
    tasks.settle(manager, asked.id, approve=True, reason="已核听录音，系误选")
    assert cases.open_case(agent, who).file.phones[0].standing is NumberStanding.UNKNOWN


def test_a_payment_shown_is_struck_out_with_its_outcome(agent, debtor, clock):
    who = debtor()
    called(agent, who, talk(Outcome.PAID_ALREADY, amount=Money(5000), day=date(2026, 11, 22)))
    clock.forward(minutes=1)
    calling.take_back(agent)
    lines = {line.kind: line.taken_back for line in cases.open_case(agent, who).timeline}
    assert lines["payment"] is True


def test_a_talk_stays_a_talk_for_the_caps_whatever_it_is_corrected_to(agent, debtor, clock):
    who = debtor()
    called(agent, who, talk(Outcome.REFUSES))
    clock.forward(minutes=1)
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    clock.forward(minutes=1)
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)


def test_its_clock_does_not_run_on(agent, debtor, clock):
    who = debtor()
    called(agent, who, talk(Outcome.REFUSES, talk_seconds=75))
    clock.forward(hours=1)
    attempt, _ = calling.take_back(agent)
    assert attempt.talked == 75


def test_a_lead_does_not_agree_to_a_promise_that_was_replaced(agent, manager, debtor, clock):
    who = debtor()
    called(agent, who, promise(30))
    (asked,) = tasks.open_tasks(manager)
    clock.forward(minutes=10)
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=calling.Direction.IN)
    calling.finish(agent, begun.attempt.id, promise(24, note=LATER))
    assert tasks.open_tasks(manager) == ()
    with pytest.raises(calling.Refused):
        tasks.settle(manager, asked.id, approve=True, reason="同意")
    file = cases.open_case(agent, who).file
    assert [one.state for one in file.promises] == ["open", "cancelled"]
    assert file.queue_class is QueueClass.LATER


def test_a_pause_ends_with_the_last_matter_that_needs_it(agent, manager, debtor, clock, seat_of):
    other = seat_of("李明", Role.SENIOR_AGENT)
    who = debtor()
    called(agent, who, talk(Outcome.HARDSHIP))
    clock.forward(minutes=10)
    queueing.release(agent)
    begun = calling.begin(other, debtor_id=who, phone_id=None, direction=calling.Direction.IN)
    calling.finish(other, begun.attempt.id, talk(Outcome.RISK_TO_LIFE, note=LATER))
    hardship = next(task for task in tasks.open_tasks(manager) if task.kind == "hardship")
    tasks.settle(manager, hardship.id, approve=True, reason="已提供分期方案")
    assert cases.open_case(agent, who).file.flags == {Flag.VULNERABLE}
    (life,) = tasks.open_tasks(manager)
    tasks.settle(manager, life.id, approve=True, reason="已联系家属，情况平稳")
    assert cases.open_case(agent, who).file.flags == frozenset()


# --- the corrected outcome counts everywhere ---------------------------------------------------------------


def corrected(seat, who: str, first: CallLog, then: CallLog) -> None:
    called(seat, who, first)
    attempt, _ = calling.take_back(seat)
    calling.finish(seat, attempt.id, then)


def test_an_outcome_corrected_after_a_take_back_counts_in_the_day(agent, debtor):
    corrected(agent, debtor(), CallLog(Outcome.NO_ANSWER), promise(24))
    line = queueing.day_line(agent)
    assert (line.tried, line.reached, line.promised) == (1, 1, 1)


def test_what_was_corrected_away_counts_no_longer(agent, debtor):
    corrected(agent, debtor(), promise(24), CallLog(Outcome.NO_ANSWER))
    line = queueing.day_line(agent)
    assert (line.tried, line.reached, line.promised) == (1, 0, 0)


def test_corrected_twice_it_still_is_one_call(agent, debtor):
    corrected(agent, debtor(), CallLog(Outcome.NO_ANSWER), talk(Outcome.REFUSES))
    attempt, _ = calling.take_back(agent)
    calling.finish(agent, attempt.id, promise(24))
    line = queueing.day_line(agent)
    assert (line.tried, line.reached, line.promised) == (1, 1, 1)


def test_open_again_it_was_tried_and_nothing_else(agent, debtor):
    called(agent, debtor(), promise(24))
    calling.take_back(agent)
    line = queueing.day_line(agent)
    assert (line.tried, line.reached, line.promised) == (1, 0, 0)


def test_the_day_tells_calls_made_and_promises_that_hold(agent, debtor):
    """Who rings up was not called, and a promise that waits for a lead is none yet."""
    begun = calling.begin(agent, debtor_id=debtor(), phone_id=None, direction=Direction.IN)
    calling.finish(agent, begun.attempt.id, talk(Outcome.REFUSES))
    assert (queueing.day_line(agent).tried, queueing.day_line(agent).reached) == (0, 0)
    called(agent, debtor(), promise(30))
    line = queueing.day_line(agent)
    assert (line.tried, line.reached, line.promised) == (1, 1, 0)
    called(agent, debtor(), promise(24))
    assert queueing.day_line(agent).promised == 1


def test_a_matter_tells_the_words_that_hold(agent, debtor, manager):
    corrected(agent, debtor(), talk(Outcome.COMPLAINT), talk(Outcome.DISPUTE, note=LATER))
    matters = [(task.kind, task.note, task.taken_back) for task in tasks.open_tasks(manager)]
    assert matters == [("complaint", LATER, True), ("dispute", LATER, False)]


def test_a_promise_a_dispute_had_voided_stands_again(agent, debtor, clock):
    who = debtor()
    called(agent, who, promise(25))
    clock.forward(hours=24)
    called(agent, who, talk(Outcome.DISPUTE, note=LATER, reason=ArrearsReason.DISPUTED_CHARGE))
    assert [one.state for one in cases.open_case(agent, who).file.promises] == ["void"]
    clock.forward(minutes=1)
    calling.take_back(agent)
    assert [one.state for one in cases.open_case(agent, who).file.promises] == ["open"]
