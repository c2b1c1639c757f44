"""Contacts by hand: what a test says of one, the rest is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from collector_desk.domain.book.debts import CaseFacts, PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.contacts import ContactRecord, Ended
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    CaseState,
    Channel,
    Direction,
    NumberKind,
    Outcome,
    Speaker,
)

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CASE = CaseFacts(
    id="c1",
    number="K7M-1001",
    account_number="6200000000001234",
    card_tail="1234",
    placement_number="XK202611-01",
    round="一手",
    balance=Money(3391162),
    balance_as_of=date(2026, 11, 20),
    placed=Money(3500000),
    principal=None,
    interest=None,
    penalty=None,
    minimum=None,
    limit=None,
    days=23,
    bank_days=20,
    due_on=None,
    statement_day=None,
    last_paid_on=None,
    last_paid=None,
    previous_overdue=None,
    opened_on=None,
    remark="",
    extras=(("个案序列号", "BK-77"),),
    state=CaseState.OPEN,
    terms=PlacementTerms("某某银行", mandate_ends=date(2026, 12, 31)),
)


def ended(outcome: Outcome = Outcome.REFUSES, /, **said: Any) -> Ended:
    known = Ended(
        "e1", outcome, Speaker.DEBTOR, ArrearsReason.WAITING_WAGES, None, "客户称暂时无力还款，下周再议。"
    )
    return replace(known, **said)


def contact(end: Ended | None = None, /, **said: Any) -> ContactRecord:
    known = ContactRecord(
        attempt_id="a1",
        debtor_id="d1",
        at=TEN,
        channel=Channel.CALL,
        direction=Direction.OUT,
        end=end,
        name="朱雪彩",
        customer_no="C100001",
        id_number="000103198201010001",
        number="16188000001",
        number_kind=NumberKind.MOBILE,
        owner_name="",
        relation="",
        address="广州市天河区和平街25号9栋2601室",
        collector="张晓",
        collector_no="K7M-C1002",
        case=CASE,
    )
    return replace(known, **said)
