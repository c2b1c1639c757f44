"""No kind of rule is loaded and then without effect: a changed value of each changes what somebody is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.conduct import (
    Action,
    Content,
    Facts,
    Pack,
    PastEvent,
    PlannedVisit,
    Share,
    decide,
    silence,
)
from collector_desk.domain.conduct.mandate import warned_days
from collector_desk.domain.conduct.records import Record, deadlines, keeping, plan_terms, promise_keeping
from collector_desk.domain.conduct.rules import KINDS, Rule
from collector_desk.domain.conduct.values import Debt, Disclosure, Purpose
from collector_desk.domain.vocabulary import Addressee, Channel, Direction, Flag, Result
from collector_desk.packs.rules import load_shipped, shipped_ids

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
CALL = Action(channel=Channel.CALL, to=Addressee.DEBTOR, number_id="n1")
CHINESE = ("cn-card", "house")
Packs = Sequence[Pack]


def past(result: Result, hour: int = 9, day: int = 23) -> PastEvent:
    at = datetime(2026, 11, day, hour, tzinfo=SHANGHAI)
    return PastEvent(at, Channel.CALL, Direction.OUT, Addressee.DEBTOR, "n1", result)


def asked(action: Action = CALL, at: datetime = NOW, **facts: Any) -> Callable[[Packs], object]:
    """The gate's whole answer: its reasons and its duties."""
    known = Facts(**{"debtor_id": "d1", "zones": ("Asia/Shanghai",), "share": Share(3, 3), **facts})

    def ask(packs: Packs) -> object:
        told = decide(action, known, packs, at)
        return told.verdict, told.reasons, told.must_do, told.next_allowed_at

    return ask


@dataclass(frozen=True)
class Planted:
    """A rule of a shipped pack, another value for one of its fields, and who is told something else then."""

    rule: str
    changes: dict[str, Any]
    ask: Callable[[Packs], object]
    packs: tuple[str, ...] = CHINESE


def _written(kind: str, channel: Channel, *parts: str, hits: frozenset[str] = frozenset()) -> Action:
    return Action(channel=channel, to=Addressee.DEBTOR, content=Content(kind, frozenset(parts), hits))


AT_HOME = PlannedVisit(people=2, carried=frozenset({"badge", "authorisation_letter"}), place="doorstep")
PLANTED = {
    "contact_window": Planted("cn.hours", {"end": 18 * 3600}, asked(at=NOW.replace(hour=19))),
    "attempt_cap": Planted("cn.unanswered_cap", {"max": 1}, asked(history=(past(Result.NO_ANSWER),))),
    "conversation_cooldown": Planted(
        "us.cooldown", {"days": 1}, asked(history=(past(Result.EFFECTIVE, day=21),)), ("us-regf",)
    ),
    "third_party_gate": Planted(
        "cn.third_gate",
        {"approval": None},
        asked(replace(CALL, to=Addressee.CONTACT, number_id="n9"), flags=frozenset({Flag.DECEASED})),
        ("cn-card",),
    ),
    "third_party_contact": Planted(
        "cn.third_party",
        {"purposes": frozenset({Purpose.COLLECT})},
        asked(replace(CALL, to=Addressee.CONTACT, number_id="n9", purpose=Purpose.ASK_TO_PASS_ON)),
    ),
    "identity_check": Planted(
        "house.identity", {"max_failures": 1}, asked(replace(CALL, discloses=Disclosure.DEBT), identity_failures=1)
    ),
    "opening_disclosure": Planted("house.open", {"say": ("recorded",)}, asked()),
    "recording": Planted("cn.record", {"missing": "block"}, asked(replace(CALL, recording=False))),
    "retention": Planted(
        "house.delete",
        {"delete_after_days": 900},
        lambda packs: keeping(
            Record(kind="file", event=date(2024, 1, 1), case_close=date(2024, 1, 1)), packs, date(2026, 11, 23)
        ),
    ),
    "visit": Planted(
        "house.visit", {"min_people": 3}, asked(Action(channel=Channel.VISIT, to=Addressee.DEBTOR, visit=AT_HOME))
    ),
    "channel_ban": Planted(
        "house.means", {"ban": frozenset({"postcard"})}, asked(replace(CALL, means=frozenset({"number_rotation"})))
    ),
    "message_content": Planted(
        "house.sms", {"must_not_have": frozenset({"id_number"})}, asked(_written("sms", Channel.SMS, "amount"))
    ),
    "letter_content": Planted(
        "cn.letter", {"must_have": frozenset({"name"})}, asked(_written("letter", Channel.LETTER, "name"))
    ),
    "prohibited_phrase": Planted(
        "cn.phrases",
        {"action": "ask"},
        asked(_written("sms", Channel.SMS, hits=frozenset({"cn-threat-v1"}))),
    ),
    "state_stop": Planted(
        "house.pause", {"flags": frozenset({Flag.MINOR})}, asked(flags=frozenset({Flag.COMPLAINT_OPEN}))
    ),
    "repayment_plan": Planted("cn.plan", {"max_months": 12}, plan_terms),
    "deadline": Planted(
        "cn.complaint", {"due_days": 7}, lambda packs: deadlines("complaint_received", NOW.date(), packs)
    ),
    "smallest_sum": Planted("house.remainder", {"least": 1}, asked(debts=(Debt("1", remainder=Money(6_320)),))),
    "bank_silence": Planted(
        "house.silence", {"board_after": 3}, lambda packs: (silence.board_after(packs), silence.cases_after(packs))
    ),
    "mandate_warning": Planted("house.mandate", {"days": (9,)}, warned_days),
    "promise_keeping": Planted("house.promise", {"grace_bank_days": 3}, promise_keeping),
}


def with_rule(packs: Packs, rule_id: str, change: Callable[[Rule], Rule]) -> list[Pack]:
    return [
        replace(pack, rules=tuple(change(rule) if rule.id == rule_id else rule for rule in pack.rules))
        for pack in packs
    ]


def test_every_kind_the_loader_takes_is_tried_here():
    assert set(PLANTED) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_another_value_is_another_answer(kind):
    planted = PLANTED[kind]
    packs = [load_shipped(name) for name in planted.packs]
    (rule,) = [rule for pack in packs for rule in pack.rules if rule.id == planted.rule]
    assert rule.kind == kind
    changed = with_rule(packs, planted.rule, lambda rule: replace(rule, **planted.changes))
    assert planted.ask(changed) != planted.ask(packs)
    assert planted.ask(with_rule(packs, planted.rule, lambda rule: rule)) == planted.ask(packs)


def test_no_shipped_pack_holds_a_kind_that_is_not_tried_here():
    kinds = {rule.kind for name in shipped_ids() for rule in load_shipped(name).rules}
    assert kinds <= set(PLANTED)
