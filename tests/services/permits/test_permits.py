from datetime import time, timedelta

import pytest
from sqlalchemy import select

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Role, Speaker, TaskKind, Verdict
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.permits import consents, tasks
from collector_desk.store import tables as t

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


def first_number(seat, who):
    return cases.open_case(seat, who).numbers[0]


def talk(seat, who) -> None:
    begun = calling.begin(seat, debtor_id=who, phone_id=first_number(seat, who).phone.id)
    refusal = CallLog(
        Outcome.REFUSES,
        Speaker.DEBTOR,
        CHECKED,
        60,
        "客户表示目前不愿意还款，已说明后续安排。",
        ArrearsReason.WILL_NOT_PAY,
        recording="R-1",
    )
    calling.finish(seat, begun.attempt.id, refusal)


def wish(seat, **other) -> consents.ConsentWish:
    values = {
        "scope": ConsentScope.AGREED_HOURS,
        "since": seat.now(),
        "until": seat.now() + timedelta(days=7),
        "words": "晚上十点半以后打给我",
        "proof": "录音 20261123-7",
        "window": (time(22, 30), time(23, 30)),
    }
    return consents.ConsentWish(**values | other)


def agreed(lead) -> None:
    (task,) = tasks.open_tasks(lead)
    assert task.kind == TaskKind.CONSENT
    tasks.settle(lead, task.id, approve=True, reason="已核听录音，客户确有此意")


def test_agreed_hours_open_the_evening_once_a_lead_agrees_and_until_withdrawn(agent, manager, debtor, clock):
    who = debtor()
    clock.forward(hours=12, minutes=45)  # 22:45
    assert first_number(agent, who).decision.verdict is Verdict.BLOCK
    consents.note_consent(agent, who, wish(agent))
    assert first_number(agent, who).decision.verdict is Verdict.BLOCK
    assert [one.agreed for one in consents.in_force(agent, who)] == [False]
    agreed(manager)
    assert [one.agreed for one in consents.in_force(agent, who)] == [True]
    assert first_number(agent, who).callable_now
    with agent.store.read() as conn:
        consent_id = conn.execute(select(t.consent.c.id)).scalar_one()
    consents.withdraw_consent(agent, consent_id)
    assert first_number(agent, who).decision.verdict is Verdict.BLOCK
    with pytest.raises(Refused):
        consents.withdraw_consent(agent, consent_id)


@pytest.mark.parametrize(("field", "value"), [("words", " "), ("proof", ""), ("window", None)])
def test_a_consent_needs_its_words_proof_and_hours(agent, debtor, field, value):
    with pytest.raises(Refused) as refused:
        consents.note_consent(agent, debtor(), wish(agent, **{field: value}))
    assert refused.value.field_name == field


def test_a_lead_may_override_a_house_rule_and_never_a_hard_one(agent, seat_of, debtor, clock):
    lead = seat_of("陈组长", Role.LEAD)
    who = debtor()
    talk(agent, who)
    clock.forward(hours=3)
    decision = first_number(agent, who).decision
    assert decision.overridable
    ask = {"debtor_id": who, "caller_id": agent.person.id, "until": agent.now() + timedelta(hours=1)}
    with pytest.raises(Refused):
        consents.override(lead, **ask, decision=decision, reason=" ")
    with pytest.raises(Refused):
        consents.override(lead, **ask | {"caller_id": lead.person.id}, decision=decision, reason="客户要求今日回电")
    consents.override(lead, **ask, decision=decision, reason="客户要求今日回电确认金额")
    assert first_number(agent, who).callable_now
    clock.forward(hours=9)  # past 22:00, and past the override
    hard = first_number(agent, who).decision
    with pytest.raises(Refused) as refused:
        consents.override(lead, **ask | {"until": agent.now() + timedelta(hours=1)}, decision=hard, reason="试试")
    assert refused.value.message.code == "permits.permits.not_overridable"
