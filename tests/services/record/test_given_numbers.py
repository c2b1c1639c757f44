"""A number given in a call, in whatever spelling: what is known as somebody else's waits for a lead."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

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
    Speaker,
    TaskKind,
    Verdict,
)
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.permits import tasks
from collector_desk.services.record import given_numbers
from collector_desk.store import tables as t

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
TALK = CallLog(
    Outcome.REFUSES,
    Speaker.DEBTOR,
    CHECKED,
    talk_seconds=60,
    note="客户称暂时无力偿还，给了另一个号码。",
    reason=ArrearsReason.OTHER,
    recording="R-1",
)
CONTACT = "16188007777"
SPELLINGS = [
    "16188007777",
    "+86 161-8800-7777",
    "008616188007777",
    "016188007777",
    "１６１８８００７７７７（本人）",
    "tel:+86-161-8800-7777",
]


def give(agent, who, number, **other):
    """A talk with the debtor, who gives a number."""
    begun = calling.begin(agent, debtor_id=who, phone_id=None, direction=Direction.IN)
    log = replace(TALK, new_number=number, note=f"{TALK.note}{begun.attempt.id[-6:]}", **other)
    calling.finish(agent, begun.attempt.id, log)


def number_of(seat, who, digits):
    return next(card for card in cases.open_case(seat, who).numbers if card.phone.number == digits)


def codes(card):
    return {reason.detail.code for reason in card.decision.reasons if reason.verdict is Verdict.BLOCK}


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_contact_stays_a_contact_in_any_spelling(agent, manager, debtor, typed):
    who = debtor(numbers=(("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    give(agent, who, typed)
    case = cases.open_case(agent, who)
    assert [phone.number for phone in case.file.phones] == ["16188005001", CONTACT]
    card = number_of(agent, who, CONTACT)
    assert card.phone.kind is NumberKind.CONTACT
    assert not card.callable_now
    (task,) = tasks.open_tasks(manager)
    assert task.kind == TaskKind.GIVEN_NUMBER
    assert given_numbers.of_task(manager, task.id).kind is NumberKind.CONTACT


@pytest.mark.parametrize("typed", SPELLINGS)
def test_what_another_file_knows_is_held_until_a_lead_decides(agent, manager, debtor, clock, typed):
    debtor("王某", numbers=(("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    who = debtor()
    give(agent, who, typed)
    card = number_of(agent, who, CONTACT)
    assert card.phone.standing is NumberStanding.HELD
    assert "conduct.held_number" in codes(card)
    assert card.decision.next_allowed_at is None
    assert not card.decision.overridable
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=who, phone_id=card.phone.id)
    assert cases.open_case(agent, who).file.queue_class is not QueueClass.WAITING, (
        "one number waits, not the debtor"
    )
    (task,) = tasks.open_tasks(manager)
    clock.forward(days=1)
    with pytest.raises(Refused):
        tasks.settle(agent, task.id, approve=True, reason="客户本人确认过的号码。")
    tasks.settle(manager, task.id, approve=True, reason="已听录音，确为本人号码。")
    assert number_of(agent, who, CONTACT).callable_now


def test_left_closed_a_number_is_somebody_elses(agent, manager, debtor, clock):
    debtor("王某", numbers=(("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    who = debtor()
    give(agent, who, CONTACT)
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=False, reason="号码属于另一案件的联系人。")
    assert number_of(agent, who, CONTACT).phone.standing is NumberStanding.WRONG
    clock.forward(days=1)
    give(agent, who, f"+86{CONTACT}")
    assert len(tasks.open_tasks(manager)) == 1, "given again it is asked again"
    give(agent, who, f"0{CONTACT}")
    assert len(tasks.open_tasks(manager)) == 1, "but once at a time"
    assert not number_of(agent, who, CONTACT).callable_now


@pytest.mark.plants_state
@pytest.mark.parametrize("standing", [NumberStanding.WRONG, NumberStanding.STOPPED])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_wrong_or_stopped_number_keeps_its_standing(agent, manager, debtor, standing, elsewhere):
    who = debtor(numbers=(("16188005001", NumberKind.MOBILE), ("16188005002", NumberKind.MOBILE)))
    with manager.store.write() as conn:
        conn.execute(update(t.phone).where(t.phone.c.number == "16188005002").values(standing=standing.value))
    asked = debtor("王某") if elsewhere else who
    give(agent, asked, "86 161 8800 5002")
    card = number_of(agent, asked, "16188005002")
    assert card.phone.standing is (NumberStanding.HELD if elsewhere else standing)
    assert not card.callable_now
    assert len(tasks.open_tasks(manager)) == 1


def test_a_number_logged_wrong_is_the_debtors_once_a_lead_says_so(agent, manager, debtor, clock):
    who = debtor()
    phone = cases.open_case(agent, who).next_number.phone
    begun = calling.begin(agent, debtor_id=who, phone_id=phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER))
    give(agent, who, f"+86 {phone.number}")
    assert not number_of(agent, who, phone.number).callable_now
    (task,) = tasks.open_tasks(manager)
    tasks.settle(manager, task.id, approve=True, reason="本人来电显示该号码，已核实身份。")
    clock.forward(days=1)
    assert number_of(agent, who, phone.number).callable_now
    begun = calling.begin(agent, debtor_id=who, phone_id=phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.WRONG_NUMBER))
    clock.forward(days=1)
    assert not number_of(agent, who, phone.number).callable_now, "wrong once more it is wrong"


def test_the_switchboard_of_a_blocked_extension_is_held_and_the_other_way_round(agent, manager, debtor):
    debtor("王某", numbers=(("16188005001", NumberKind.MOBILE), ("010-02345678-8001", NumberKind.CONTACT)))
    first, second = debtor(), debtor("李某")
    give(agent, first, "+86 10 0234 5678")
    assert number_of(agent, first, "010-02345678").phone.standing is NumberStanding.HELD
    give(agent, second, "(010)02345678转8002")
    assert number_of(agent, second, "010-02345678-8002").phone.standing is NumberStanding.HELD


@pytest.mark.parametrize("typed", ["161 8812 3456", "+8616188123456（新手机）"])
def test_an_unknown_number_is_the_debtors(agent, manager, debtor, clock, typed):
    who = debtor()
    give(agent, who, typed)
    card = number_of(agent, who, "16188123456")
    assert card.phone.standing is NumberStanding.UNKNOWN
    assert card.phone.relation == ("新手机" if "新" in typed else "")
    assert tasks.open_tasks(manager) == ()
    clock.forward(days=1)
    assert number_of(agent, who, "16188123456").callable_now


def test_a_number_of_their_own_given_again_is_left_as_it_is(agent, manager, debtor):
    who = debtor()
    give(agent, who, f"+86 {cases.open_case(agent, who).file.phones[0].number}")
    assert len(cases.open_case(agent, who).file.phones) == 1
    assert tasks.open_tasks(manager) == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("110", "bad_number"),
        ("12356", "bad_number"),
        ("86", "bad_number"),
        ("11111111111", "bad_number"),
        ("62345678", "number_no_area"),
        ("16188123456、86", "bad_number"),
    ],
)
def test_what_is_no_number_is_refused_at_its_field(agent, debtor, typed, code):
    who = debtor()
    with pytest.raises(Refused) as refused:
        give(agent, who, typed)
    assert refused.value.field_name == "new_number"
    assert refused.value.message.code == f"calls.{code}"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110", "short_number"),
        ("120", "short_number"),
        ("12356", "short_number"),
        ("95588", "short_number"),
        ("86", "not_a_number"),
        ("0", "not_a_number"),
        ("11111111111", "not_a_number"),
        ("12345678901", "not_a_number"),
        ("138****0041", "not_a_number"),
        ("62345678", "no_area_code"),
    ],
)
def test_what_is_no_number_is_shown_and_never_dialled(agent, debtor, number, code):
    who = debtor(numbers=((number, NumberKind.MOBILE), ("16188005001", NumberKind.MOBILE)))
    card = number_of(agent, who, number)
    assert codes(card) == {f"conduct.{code}"}
    assert not card.decision.overridable
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=who, phone_id=card.phone.id)
    assert cases.open_case(agent, who).next_number.phone.number == "16188005001"


@pytest.mark.plants_state
def test_a_contact_who_said_stop_is_left_alone_on_every_file(agent, manager, debtor):
    numbers = (("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT))
    debtor("王某", numbers=numbers)
    who = debtor(numbers=(("16188005009", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    with manager.store.write() as conn:
        first = conn.execute(select(t.phone.c.id).where(t.phone.c.number == CONTACT).limit(1)).scalar_one()
        conn.execute(update(t.phone).where(t.phone.c.id == first).values(standing=NumberStanding.STOPPED.value))
    assert "conduct.stopped_number" in codes(number_of(agent, who, CONTACT))


def test_taken_back_the_question_stays_with_the_number(agent, manager, debtor):
    debtor("王某", numbers=(("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT)))
    who = debtor()
    give(agent, who, CONTACT)
    calling.take_back(agent)
    assert number_of(agent, who, CONTACT).phone.standing is NumberStanding.HELD
    assert [task.kind for task in tasks.open_tasks(manager)] == [TaskKind.GIVEN_NUMBER]


def test_the_guarantors_number_stays_the_guarantors(agent, manager, debtor):
    who = debtor(numbers=(("16188005001", NumberKind.MOBILE), (CONTACT, NumberKind.GUARANTOR)))
    give(agent, who, f"0086-{CONTACT}")
    assert number_of(agent, who, CONTACT).phone.kind is NumberKind.GUARANTOR
    assert Addressee.GUARANTOR  # the gate goes by the kind
    assert len(tasks.open_tasks(manager)) == 1


@pytest.mark.parametrize(
    "typed", ["K7M-1001", "k7m1001", "1001", "Ｋ７Ｍ－１００１", " K7M 1001\n", "\u200bk7m—1001", " 1001 "]
)
def test_a_case_is_found_by_its_number_in_any_spelling(agent, debtor, typed):
    who = debtor()
    assert cases.by_number(agent, typed).file.debtor.id == who
