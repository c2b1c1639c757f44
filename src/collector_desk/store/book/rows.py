"""Rows of a debtor's history as values: each function takes the rows of one debtor in their statement's order."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from collector_desk.domain.book.ageing import carried_days, days_past_due
from collector_desk.domain.book.debts import (
    CaseFacts,
    ClaimFacts,
    PhoneFacts,
    PlacementTerms,
    PromiseFacts,
    message_from_plain,
)
from collector_desk.domain.book.history import (
    Guarantee,
    NotedConsent,
    PastAttempt,
    PastEnd,
    PastVisit,
    SetFor,
)
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.conduct.mandate import holds
from collector_desk.domain.conduct.values import Approval, ApprovalKind, Consent, ConsentScope, External, Override
from collector_desk.domain.office.tasks import WaitingTask
from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import AfterVisit, VisitLine
from collector_desk.domain.visits.steps import VisitState, VisitStep
from collector_desk.domain.visits.visit import TapKind
from collector_desk.domain.vocabulary import (
    Addressee,
    CaseState,
    Channel,
    ClaimState,
    Direction,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    PayChannel,
    PromiseState,
    Result,
    Speaker,
    TaskKind,
)

Rows = Sequence[Any]


def accounts(rows: Rows, today: date, law_day: date) -> tuple[CaseFacts, ...]:
    """The accounts as they stand on a local day; ``law_day``: by which mandates hold."""
    return tuple(_account(row, today, law_day) for row in rows)


def _account(row: Any, today: date, law_day: date) -> CaseFacts:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    if row.bank_days is not None:
        days = carried_days(row.bank_days, row.balance_as_of, today)
    else:
        days = days_past_due(row.due_on, today) if row.due_on else 0
    terms = _terms(row.terms, row.mandate_ends)
    return CaseFacts(
        id=row.id,
        number=row.number,
        account_number=row.account_number,
        card_tail=row.card_tail,
        placement_number=row.placement_number,
        round=row.round,
        balance=Money(row.balance_minor, row.currency),
        balance_as_of=row.balance_as_of,
        placed=Money(row.placed_minor, row.currency),
        principal=money(row.principal_minor),
        interest=money(row.interest_minor),
        penalty=money(row.penalty_minor),
        minimum=money(row.minimum_minor),
        limit=money(row.limit_minor),
        days=days,
        bank_days=row.bank_days,
        due_on=row.due_on,
        statement_day=row.statement_day,
        last_paid_on=row.last_paid_on,
        last_paid=money(row.last_paid_minor),
        previous_overdue=row.previous_overdue,
        opened_on=row.opened_on,
        remark=row.remark,
        extras=tuple((str(key), str(value)) for key, value in row.extras.items()),
        state=CaseState(row.state),
        terms=terms,
        in_mandate=holds(terms.mandate_ends, law_day),
        stopped_on=row.stopped_on,
        extended=row.mandate_ends is not None,
        figure=money(row.figure_minor),
        minimum_as_of=row.minimum_as_of,
        overdue=money(row.overdue_minor),
        overdue_as_of=row.overdue_as_of,
        remainder=bool(row.remainder),
    )


@lru_cache(maxsize=256)
def _terms(plain: str, own_end: date | None) -> PlacementTerms:
    """Read once of all who were placed on the same terms; ``own_end`` is the case's, by the bank's word."""
    terms = from_plain(PlacementTerms, json.loads(plain))
    return terms if own_end is None else replace(terms, mandate_ends=own_end)


_ORDER = {kind: place for place, kind in enumerate(NumberKind)}


def phones(rows: Rows) -> tuple[PhoneFacts, ...]:
    """Their own numbers first (rules: a contact only when the gate opens)."""
    found = [
        PhoneFacts(
            row.id,
            row.number,
            NumberKind(row.kind),
            row.owner_name,
            row.relation,
            NumberStanding(row.standing),
            bool(row.shared),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda phone: _ORDER[phone.kind]))


def numbers(rows: Rows) -> frozenset[str]:
    """The numbers alone."""
    return frozenset(row.number for row in rows)


_CHANNEL = {one.value: one for one in Channel}
_DIRECTION = {one.value: one for one in Direction}
_ADDRESSEE = {one.value: one for one in Addressee}
_OUTCOME = {one.value: one for one in Outcome}
_RESULT = {one.value: one for one in Result}
_SPEAKER = {one.value: one for one in Speaker}
_STEP = {one.value: one for one in StepKind}
"""Of these a catch-up makes a million: a table is ten times as quick as asking the enum."""


def attempts(rows: Rows) -> tuple[PastAttempt, ...]:
    """Attempts from a row an end, or one row where there is none."""
    return tuple(_attempt(some) for some in _by_attempt(rows))


def others(rows: Rows) -> tuple[PastAttempt, ...]:
    """The same of other debtors, each with the number it was made on."""
    return tuple(_attempt(some, some[0].number) for some in _by_attempt(rows))


def _by_attempt(rows: Rows) -> Iterable[Rows]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[1], []).append(row)
    return found.values()


def _attempt(rows: Rows, number: str | None = None) -> PastAttempt:
    ends = []
    outcome: Outcome | None = None
    result: Result | None = None
    speaker, step, next_at, words = Speaker.UNKNOWN, None, None, ""
    for row in rows:
        # fmt: off
        (
            _, attempt_id, begun_at, channel, direction, to, debtor_id, phone_id,
            end_id, said, led_to, spoke, then, then_at, ended_at, note, holds, *_,
        ) = row
        # fmt: on
        if end_id is None:
            continue
        ends.append(PastEnd(end_id, _RESULT[led_to], ended_at, bool(holds)))
        if holds:
            outcome, result, speaker = _OUTCOME[said], _RESULT[led_to], _SPEAKER[spoke]
            step, next_at, words = _STEP.get(then), then_at, note or ""
    return PastAttempt(
        attempt_id,
        begun_at,
        outcome,
        result,
        speaker,
        step,
        next_at,
        _ADDRESSEE[to],
        _CHANNEL[channel],
        _DIRECTION[direction],
        debtor_id,
        phone_id,
        number,
        tuple(ends),
        words,
    )


_LED_TO = {
    VisitStep.FINISH: Result.CONNECTED,
    VisitStep.BREAK_OFF: Result.CONNECTED,
    VisitStep.FIND_NOBODY: Result.NO_ANSWER,
}


def visits(rows: Rows) -> tuple[PastVisit, ...]:
    """Visits from a row a line of theirs: when somebody stood at the door, and what it led to."""
    arrived: dict[str, datetime] = {}
    led_to: dict[str, Result] = {}
    last: dict[str, Any] = {}
    for row in rows:
        last[row.visit_id] = row
        if row.line_kind == VisitLine.TAP and row.content["kind"] == TapKind.ARRIVED:
            arrived[row.visit_id] = datetime.fromisoformat(row.content["at"])
        elif row.step in _LED_TO:
            led_to[row.visit_id] = _LED_TO[row.step]
    return tuple(
        PastVisit(
            id=visit_id,
            state=VisitState(row.state),
            changed_at=row.changed_at,
            next_step=AfterVisit(row.next_step) if row.next_step else None,
            next_at=row.next_at,
            arrived_at=arrived.get(visit_id),
            led_to=led_to.get(visit_id),
        )
        for visit_id, row in last.items()
    )


def counts(rows: Rows) -> tuple[External, ...]:
    """The institution's figures, the newest first."""
    return tuple(External(row.as_of, row.effective_today, row.connected_today, row.ours_included) for row in rows)


def flags(rows: Rows) -> frozenset[Flag]:
    """The flags as the last event of each left them."""
    last: dict[str, bool] = {row.flag: row.on for row in rows}
    return frozenset(Flag(flag) for flag, on in last.items() if on)


def claims(rows: Rows) -> tuple[ClaimFacts, ...]:
    """What they say they have paid, the first told first."""
    return tuple(
        ClaimFacts(
            row.case_id,
            Money(row.minor, row.currency),
            row.paid_on,
            row.told_at,
            ClaimState(row.state),
            row.silent_from,
            row.told_to,
        )
        for row in rows
    )


def promises(rows: Rows) -> tuple[PromiseFacts, ...]:
    """Promises with their present state, oldest first."""
    return tuple(
        PromiseFacts(
            row.id,
            row.case_id,
            Money(row.amount_minor, row.currency),
            row.given_at,
            row.due_at,
            PayChannel(row.channel),
            row.full,
            PromiseState(row.state),
            row.followed_up,
            row.attempt_id,
            row.needs_lead,
        )
        for row in rows
    )


def consents(rows: Rows) -> tuple[NotedConsent, ...]:
    """Consents with where they stand in the history."""
    return tuple(
        NotedConsent(
            id=row.id,
            noted_at=row.noted_at,
            by=row.kind,
            attempt_id=row.attempt_id,
            task_id=row.task_id,
            agreed=bool(row.agreed),
            consent=Consent(
                scope=ConsentScope(row.scope),
                since=row.since,
                until=row.until,
                window=None if row.window_from is None else (row.window_from, row.window_to),
                words=row.words or "",
                proof=row.proof,
                withdrawn_at=row.withdrawn_at,
            ),
        )
        for row in rows
    )


def approvals(rows: Rows) -> tuple[Approval, ...]:
    """What leads approved."""
    return tuple(
        Approval(
            ApprovalKind(row.approval_kind),
            row.approved_by,
            row.approved_at,
            row.until,
            Flag(row.flag) if row.flag else None,
        )
        for row in rows
    )


def overrides(rows: Rows) -> tuple[Override, ...]:
    """Which rules leads let somebody go past."""
    return tuple(Override(row.rule, row.approved_by, row.reason or "", row.approved_at, row.until) for row in rows)


def tasks(rows: Rows) -> tuple[WaitingTask, ...]:
    """What waits for a lead."""
    return tuple(WaitingTask(row.id, TaskKind(row.kind), row.attempt_id) for row in rows)


def set_for(rows: Rows) -> SetFor:
    """When the case comes up again, as last set."""
    row = rows[-1]
    return SetFor(row.due_at, message_from_plain(row.why), row.attempts)


def guarantee(row: Any) -> Guarantee:
    """A row of the history of guarantees as the value it was written from."""
    return Guarantee(row.name or "", row.id_number or "", row.contract or "", row.signed_on, row.address or "")


def guarantees(rows: Iterable[Any]) -> Mapping[str, Guarantee]:
    """By the number, what the last word on it says, where that is that somebody stands surety."""
    last = {row.phone_id: row for row in rows}
    return {phone_id: guarantee(row) for phone_id, row in last.items() if row.proven}
