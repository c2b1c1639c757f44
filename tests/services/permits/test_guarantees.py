"""A guarantor is called as such once the contract was seen; until then the strictest reading stands (edge 26)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.scripts import ScriptPurpose
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    Direction,
    NumberKind,
    NumberStanding,
    Outcome,
    PayChannel,
    Result,
    Role,
    Speaker,
    TaskKind,
)
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.gate.facts import facts_of
from collector_desk.services.permits import guarantees, tasks

OWN, CONTACT, SECOND = "16188005778", "16188009999", "16188008888"
PROOF = Guarantee("薛建国", "11010519491231002X", "BZ-2021-77", date(2021, 5, 6), "杭州市西湖区文三路1号")
NOTE = "担保人说明月底可以代为处理，请我方月底再联系，已复述。"


@pytest.fixture
def who(debtor):
    numbers = ((OWN, NumberKind.MOBILE), (CONTACT, NumberKind.CONTACT), (SECOND, NumberKind.CONTACT))
    return debtor(numbers=numbers)


def card(seat, who, digits):
    return next(card for card in cases.open_case(seat, who).numbers if card.phone.number == digits)


def ask(seat, who, **other) -> None:
    values = {name: getattr(PROOF, name) for name in PROOF.__slots__}
    guarantees.prove(seat, who, card(seat, who, CONTACT).phone.id, Guarantee(**values | other))


@pytest.fixture
def prove(manager):
    """One enters the contract, the lead looks at it and agrees."""

    def by_two(seat, who) -> None:
        ask(seat, who)
        (task,) = [task for task in tasks.open_tasks(manager) if task.kind == TaskKind.GUARANTEE]
        tasks.settle(manager, task.id, approve=True, reason="已核对合同原件")

    return by_two


def test_edge_26_a_contact_stays_one_until_the_contract_is_proven(agent, who, prove):
    before = card(agent, who, CONTACT)
    assert not before.callable_now
    prove(agent, who)
    after = card(agent, who, CONTACT)
    assert after.phone.kind is NumberKind.GUARANTOR
    assert after.callable_now
    assert card(agent, who, SECOND).phone.kind is NumberKind.GUARANTOR  # the same person's other number
    case = cases.open_case(agent, who)
    assert [line.detail[0].code for line in case.timeline[:2]] == [
        "book.timeline.task_approved",
        "book.timeline.guarantee",
    ]
    assert case.numbers[0].phone.number == OWN
    guarantees.end(agent, who, after.phone.id, "合同已到期，保证期间届满。")
    assert card(agent, who, CONTACT).phone.kind is NumberKind.CONTACT
    assert not card(agent, who, CONTACT).callable_now


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("name", " ", "name"),
        ("id_number", "12", "id_number"),
        ("id_number", "0000", "id_number"),
        ("contract", "", "proof"),
        ("contract", "x", "proof"),
        ("contract", "合同编号", "proof"),
        ("contract", "111111", "proof"),
        ("signed_on", None, "day"),
        ("signed_on", date(2027, 1, 1), "day"),
    ],
)
def test_the_proof_wants_all_it_is_asked_for(agent, who, field, value, at):
    with pytest.raises(Refused) as refused:
        ask(agent, who, **{field: value})
    assert refused.value.field_name == at
    assert card(agent, who, CONTACT).phone.kind is NumberKind.CONTACT


def test_a_junior_proves_nothing_and_nobody_makes_the_debtor_a_guarantor(seat_of, agent, who):
    junior = seat_of("新人", Role.AGENT)
    with pytest.raises(Refused):
        ask(junior, who)
    with pytest.raises(Refused):
        guarantees.prove(agent, who, card(agent, who, OWN).phone.id, PROOF)


def test_the_call_is_the_guarantors_own(agent, who, clock, prove):
    prove(agent, who)
    call = LiveCall(agent, "zh_CN")
    call.open(who)
    assert call.walk.home is ScriptPurpose.POLITE  # unasked it is the debtor who is called
    call.choose_number(card(agent, who, CONTACT).phone.id)
    assert call.walk.here.purpose is ScriptPurpose.GUARANTOR
    call.begin()
    assert call.attempt.to is Addressee.GUARANTOR
    assert "薛" in call.spoken()
    call.choose("1")
    file = call.case.file
    assert not call.answer(Factor.NAME, file.debtor.name)  # the debtor's own facts are not the guarantor's
    assert call.answer(Factor.NAME, PROOF.name)
    assert call.answer(Factor.ID_LAST4, "002X")
    assert call.speaker is Speaker.GUARANTOR
    assert call.facts_open
    clock.forward(seconds=90)
    call.set_outcome(Outcome.CALL_BACK)
    call.form.day, call.form.at, call.form.note, call.form.recording = "30", "15:00", NOTE, "R-1"
    call.finish()
    with agent.store.read() as conn:
        (event,) = facts_of(conn, who, agent.now()).history
    assert (event.to, event.result, event.number_id) == (Addressee.GUARANTOR, Result.CONNECTED, CONTACT)
    clock.forward(minutes=5)
    again = card(agent, who, CONTACT)
    assert not again.callable_now
    assert again.decision.reasons[0].rule == "house.one_guarantor_talk"
    assert card(agent, who, OWN).callable_now  # the debtor was not talked with
    assert again.phone.standing is NumberStanding.LIVE


def test_a_guarantor_may_call_back_as_such(agent, who, prove):
    prove(agent, who)
    call = LiveCall(agent, "zh_CN")
    call.open(who)
    call.choose_number(card(agent, who, CONTACT).phone.id)
    call.begin(inbound=True)
    assert (call.attempt.direction, call.attempt.to) == (Direction.IN, Addressee.GUARANTOR)
    assert call.walk.here.purpose is ScriptPurpose.GUARANTOR


def test_nobody_speaks_as_guarantor_unchecked_or_on_another_line(agent, who, prove):
    log = CallLog(
        Outcome.REFUSES,
        Speaker.GUARANTOR,
        IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        60,
        NOTE,
        ArrearsReason.WILL_NOT_PAY,
        recording="R-1",
    )
    begun = calling.begin(agent, debtor_id=who, phone_id=card(agent, who, OWN).phone.id)
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, log)
    assert refused.value.message.code == "calls.not_with_speaker"
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    prove(agent, who)
    begun = calling.begin(agent, debtor_id=who, phone_id=card(agent, who, CONTACT).phone.id)
    with pytest.raises(Refused) as refused:
        calling.finish(agent, begun.attempt.id, replace(log, identity=IdentityCheck()))
    assert refused.value.field_name == "identity"


def test_a_guarantor_who_does_not_answer_makes_no_debtor_lost(agent, who, clock, prove):
    prove(agent, who)
    for _ in range(4):
        begun = calling.begin(agent, debtor_id=who, phone_id=card(agent, who, CONTACT).phone.id)
        calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
        clock.forward(days=1)
    assert cases.open_case(agent, who).file.queue_class is not QueueClass.LOST_CONTACT
    assert cases.open_case(agent, who).file.attempts == 4


def test_a_guarantors_promise_is_kept_with_the_case(agent, who, clock, prove):
    prove(agent, who)
    begun = calling.begin(agent, debtor_id=who, phone_id=card(agent, who, CONTACT).phone.id)
    log = CallLog(
        Outcome.PROMISE_PART,
        Speaker.GUARANTOR,
        IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        60,
        NOTE,
        ArrearsReason.OTHER_TO_PAY,
        amount=Money(5000),
        day=agent.today() + timedelta(days=1),
        at=time(18),
        channel=PayChannel.BRANCH,
        recording="R-1",
    )
    calling.finish(agent, begun.attempt.id, log)
    assert cases.open_case(agent, who).file.open_promise.amount == Money(5000)


def test_unless_the_guarantors_number_was_chosen_it_is_the_debtor_who_calls_back(agent, debtor, prove):
    only_theirs = debtor(numbers=((CONTACT, NumberKind.CONTACT),))
    prove(agent, only_theirs)
    call = LiveCall(agent, "zh_CN")
    call.open(only_theirs)
    call.begin(inbound=True)
    assert call.attempt.to is Addressee.DEBTOR
    assert call.walk.home is ScriptPurpose.INBOUND
