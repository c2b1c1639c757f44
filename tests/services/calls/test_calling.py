from datetime import date, time, timedelta

import pytest
from sqlalchemy import delete, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    Direction,
    NumberKind,
    NumberStanding,
    Outcome,
    PayChannel,
    PromiseState,
    Result,
    Speaker,
)
from collector_desk.packs.rules import DEFAULT_PACKS
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.gate.facts import facts_of, reasons_to_plain
from collector_desk.services.packs import releases
from collector_desk.services.permits import contacts, tasks
from collector_desk.store import tables as t

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


def promise(**other) -> CallLog:
    values = {
        "outcome": Outcome.PROMISE_FULL,
        "speaker": Speaker.DEBTOR,
        "identity": CHECKED,
        "talk_seconds": 90,
        "recording": "R-1",
        "note": "客户说工资明天到账，下午六点前从手机银行还清，已复述确认。",
        "reason": ArrearsReason.WAITING_WAGES,
        "amount": Money(3391162),
        "day": date(2026, 11, 24),
        "at": time(18, 0),
        "channel": PayChannel.BANK_APP,
    }
    return CallLog(**values | other)


def test_a_call_from_the_queue_to_a_promise(agent, debtor):
    who = debtor()
    assert queueing.next_row(agent).debtor_id == who
    queueing.claim(agent, who)
    case = cases.open_case(agent, who)
    begun = calling.begin(agent, debtor_id=who, phone_id=case.next_number.phone.id)
    assert begun.attempt.number == case.file.phones[0].number
    changes = calling.finish(agent, begun.attempt.id, promise())
    assert who in changes.debtors
    after = cases.open_case(agent, who)
    assert after.file.open_promise.amount == Money(3391162)
    assert after.file.queue_class is QueueClass.LATER
    assert after.timeline[-1].kind in {"phone_event", "promise", "attempt_end"}
    assert calling.open_attempt(agent) is None
    assert queueing.day_line(agent).promised == 1


def test_what_is_missing_is_named_and_nothing_is_written(agent, debtor):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, promise(note="好好好好好好"))
    assert refused.value.field_name == "note"
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, promise(identity=IdentityCheck()))
    assert refused.value.field_name == "identity"
    assert calling.open_attempt(agent).id == begun.attempt.id


def test_an_open_attempt_comes_first(agent, debtor):
    first, second = debtor(), debtor("王某")
    calling.begin(agent, debtor_id=first, phone_id=cases.open_case(agent, first).next_number.phone.id)
    with pytest.raises(Refused) as refused:
        calling.begin(agent, debtor_id=second, phone_id=cases.open_case(agent, second).next_number.phone.id)
    assert refused.value.message.code == "calls.other_open"


def test_no_answer_goes_to_later_and_back_by_take_back(agent, debtor, clock):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    assert cases.open_case(agent, who).file.queue_class is QueueClass.LATER
    clock.forward(minutes=1)
    attempt, _ = calling.take_back(agent)
    assert attempt.id == begun.attempt.id
    assert calling.open_attempt(agent).id == begun.attempt.id
    calling.finish(agent, attempt.id, CallLog(Outcome.BUSY))
    case = cases.open_case(agent, who)
    assert case.file.attempts == 1
    assert [line.taken_back for line in case.timeline if line.kind == "attempt_end"] == [False, True]


def test_a_second_talk_the_same_day_is_blocked_until_tomorrow(agent, debtor, clock):
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone.id
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    calling.finish(agent, begun.attempt.id, promise())
    clock.forward(hours=2)
    with pytest.raises(GateRefused) as refused:
        calling.begin(agent, debtor_id=who, phone_id=phone)
    allowed = refused.value.decision.next_allowed_at.astimezone(agent.local(agent.now()).tzinfo)
    assert (allowed.day, allowed.hour) == (24, 8)


def test_two_seats_cannot_hold_the_same_debtor(agent, seat_of, debtor):
    from collector_desk.domain.vocabulary import Role

    other = seat_of("李明", Role.AGENT)
    who = debtor()
    queueing.claim(agent, who)
    assert queueing.next_row(other) is None
    with pytest.raises(Refused):
        queueing.claim(other, who)
    queueing.release(agent)
    assert queueing.next_row(other).debtor_id == who


def test_a_passed_promise_waits_for_the_bank_and_comes_back_where_it_is_silent(agent, debtor, clock):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, promise())
    clock.forward(hours=32, minutes=5)  # 18:05 the next day
    queueing.tick(agent)
    assert cases.open_case(agent, who).file.queue_class is QueueClass.DUE_NOW
    clock.forward(hours=1)
    queueing.tick(agent)
    file = cases.open_case(agent, who).file
    assert (file.queue_class, file.why.code) == (QueueClass.WAITING, "book.promise_passed")
    assert [promise.state for promise in file.promises] == [PromiseState.OPEN]  # the clock breaks none
    clock.forward(days=14)
    queueing.tick(agent)
    file = cases.open_case(agent, who).file
    assert file.queue_class.workable
    assert file.why.code == "book.bank_silent"


def test_the_contact_is_closed_while_the_debtor_can_be_reached(agent, debtor):
    who = debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    cards = cases.open_case(agent, who).numbers
    assert [card.callable_now for card in cards] == [True, False]


def test_a_talk_names_its_recording_or_why_there_is_none(agent, debtor):
    who = debtor()
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, promise(recording="  "))
    assert (refused.value.message.code, refused.value.field_name) == ("calls.no_recording", "recording")
    assert calling.open_attempt(agent) is not None
    calling.finish(agent, begun.attempt.id, promise(recording="", recording_missing="recorder_failed"))
    assert calling.open_attempt(agent) is None


def test_who_calls_back_is_the_debtor_even_where_only_a_contact_is_on_file(agent, debtor):
    who = debtor(numbers=(("16188009999", NumberKind.CONTACT),))
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    assert begun.attempt.to is Addressee.DEBTOR
    calling.finish(agent, begun.attempt.id, promise())
    with agent.store.read() as conn:
        facts = facts_of(conn, who, agent.now())
    assert [(event.to, event.direction, event.result) for event in facts.history] == [
        (Addressee.DEBTOR, Direction.IN, Result.EFFECTIVE)
    ]


@pytest.mark.plants_state
def test_who_has_no_number_on_file_may_still_call_back(agent, debtor, manager):
    who = debtor()
    with manager.store.write() as conn:
        conn.execute(delete(t.phone).where(t.phone.c.debtor_id == who))
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    calling.finish(agent, begun.attempt.id, promise())
    assert cases.open_case(agent, who).file.open_promise


def test_edge_23_a_talk_with_the_debtor_on_a_contacts_telephone_is_the_debtors_talk(agent, manager, debtor, clock):
    who = debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    for _ in range(4):
        begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).numbers[0].phone.id)
        calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
        clock.forward(days=1, hours=1)
    contacts.approve(manager, who, until=None, reason="连续四天不同时段未接通，同意联系预留联系人一次。")
    contact = cases.open_case(agent, who).numbers[-1].phone.id
    begun = calling.begin(agent, debtor_id=who, phone_id=contact)
    assert begun.attempt.to is Addressee.CONTACT
    calling.finish(agent, begun.attempt.id, promise(day=agent.today() + timedelta(days=1)))
    clock.forward(minutes=5)
    own = cases.open_case(agent, who).numbers[0]
    assert not own.callable_now
    assert own.decision.reasons[0].rule == "house.one_talk"


def test_edge_23_the_debtor_who_hands_the_telephone_on_was_talked_with(agent, debtor, clock):
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone.id
    begun = calling.begin(agent, debtor_id=who, phone_id=phone)
    log = CallLog(
        Outcome.THIRD_PARTY,
        Speaker.THIRD_PARTY,
        CHECKED,
        talk_seconds=60,
        note="客户核身后把电话交给家人，家人只同意转告回电，未谈欠款。",
        recording="R-1",
        debtor_spoken=True,
    )
    calling.finish(agent, begun.attempt.id, log)
    clock.forward(minutes=5)
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=who, phone_id=phone)


def test_edge_24_a_wrong_number_is_called_for_no_other_debtor(agent, manager, debtor, clock):
    shared = (("16188007777", NumberKind.MOBILE),)
    first, second = debtor(numbers=shared), debtor("王明", numbers=shared)
    begun = calling.begin(agent, debtor_id=first, phone_id=cases.open_case(agent, first).numbers[0].phone.id)
    changes = calling.finish(agent, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER))
    assert changes.debtors == {first, second}
    other = cases.open_case(agent, second)
    assert other.file.phones[0].standing is NumberStanding.WRONG
    assert not other.numbers[0].callable_now
    assert [line.kind for line in other.timeline] == ["phone_event"]
    clock.forward(days=40)  # long after the history the rules look at
    assert not cases.open_case(agent, second).numbers[0].callable_now
    clock.forward(days=-40, minutes=1)
    _, changes = calling.take_back(agent)
    assert changes.debtors == {first, second}
    assert cases.open_case(agent, second).file.phones[0].standing is NumberStanding.WRONG
    matters = tasks.open_tasks(manager)
    assert {(task.kind, task.debtor_id) for task in matters} == {("number_again", first), ("number_again", second)}
    for task in matters:
        tasks.settle(manager, task.id, approve=True, reason="已核实，系误选错号")
    assert cases.open_case(agent, second).file.phones[0].standing is NumberStanding.UNKNOWN


def test_edge_3_what_was_prepared_in_time_is_asked_again_at_the_dial(agent, debtor, clock):
    who = debtor()
    clock.forward(hours=11, minutes=58)
    card = cases.open_case(agent, who).next_number
    assert card.callable_now
    clock.forward(minutes=3)
    with pytest.raises(GateRefused) as refused:
        calling.begin(agent, debtor_id=who, phone_id=card.phone.id)
    assert agent.local(refused.value.decision.next_allowed_at).hour == 8


def test_what_calls_are_begun_on_is_written_once_and_every_attempt_names_it(agent, debtor, clock):
    people = [debtor() for _ in range(3)]
    for who in people:
        phone = cases.open_case(agent, who).next_number.phone.id
        begun = calling.begin(agent, debtor_id=who, phone_id=phone)
        calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
        clock.forward(minutes=5)
    with agent.store.read() as conn:
        (ground,) = conn.execute(select(t.ground)).all()
        (rules,) = conn.execute(select(t.rule_set)).all()
        named = conn.execute(select(t.attempt.c.ground_id)).scalars().all()
        assert conn.execute(select(t.gate_decision)).all() == []
        assert ground.script_hash.hex() == releases.script_hash(conn)
    assert named == [ground.id] * 3
    assert (ground.verdict, ground.reasons) == (begun.decision.verdict.value, reasons_to_plain(begun.decision))
    assert (ground.rule_set_id, rules.pack_hash.hex()) == (rules.id, begun.decision.pack_hash)
    assert set(rules.packs) == set(DEFAULT_PACKS)


def test_a_refusal_is_kept_with_its_reasons_and_the_packs_it_went_by(agent, debtor, clock):
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone.id
    calling.finish(agent, calling.begin(agent, debtor_id=who, phone_id=phone).attempt.id, promise())
    for _ in range(2):
        clock.forward(hours=1)
        with pytest.raises(GateRefused) as refused:
            calling.begin(agent, debtor_id=who, phone_id=phone)
    with agent.store.read() as conn:
        kept = conn.execute(select(t.gate_decision).order_by(t.gate_decision.c.id)).all()
        (rules,) = conn.execute(select(t.rule_set)).all()
    assert [row.verdict for row in kept] == ["block", "block"]
    assert kept[-1].reasons == reasons_to_plain(refused.value.decision)
    assert {row.rule_set_id for row in kept} == {rules.id}


def test_a_number_that_answers_again_is_told_of_once(agent, debtor, clock):
    who = debtor()
    for days in (0, 1):
        clock.forward(days=days)
        phone = cases.open_case(agent, who).next_number.phone
        begun = calling.begin(agent, debtor_id=who, phone_id=phone.id)
        calling.finish(
            agent,
            begun.attempt.id,
            promise(
                day=agent.today() + timedelta(days=1), note=f"客户说第{days + 1}笔工资明天到账，下午六点前还清。"
            ),
        )
    with agent.store.read() as conn:
        assert len(conn.execute(select(t.phone_event.c.id)).all()) == 1
        assert conn.execute(select(t.phone.c.standing)).scalar_one() == NumberStanding.LIVE
    calling.take_back(agent)  # this talk told nothing new of the number, so there is nothing to take back of it
    assert cases.open_case(agent, who).file.phones[0].standing is NumberStanding.LIVE
