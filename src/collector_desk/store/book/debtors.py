"""Questions about debtors, accounts and numbers; answers are the frozen values of ``domain.book.debts``."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, exists, func, literal, select
from sqlalchemy.sql import ColumnElement

from collector_desk.domain.book.ageing import StageLimits, bucket_bounds, carried_days, days_past_due, stage_bounds
from collector_desk.domain.book.debts import (
    CaseFacts,
    DebtorFile,
    PhoneFacts,
    PlacementTerms,
    PromiseFacts,
    QueueRow,
    message_from_plain,
)
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.message import Message
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.plain import from_plain
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import (
    AddressKind,
    CaseState,
    Flag,
    NumberKind,
    NumberStanding,
    PayChannel,
    PromiseState,
)
from collector_desk.store import tables as t
from collector_desk.store.calls import HOLDS
from collector_desk.store.numbers import shown

ROW_COLUMNS = (
    t.debtor.c.id,
    t.debtor.c.queue_case,
    t.debtor.c.cases,
    t.debtor.c.name,
    t.debtor.c.balance_minor,
    t.debtor.c.currency,
    t.debtor.c.lead_due,
    t.debtor.c.queue_class,
    t.debtor.c.queue_why,
    t.debtor.c.queue_back_at,
    t.debtor.c.holder_id,
    t.debtor.c.attempts,
)
_OF: BindParameter[str] = bindparam("debtor_id")
# Statements asked at every call are built once: building one costs five times what running it does.
_ONE_ROW = select(*ROW_COLUMNS).where(t.debtor.c.id == _OF)
QUEUE_ORDER = (
    t.debtor.c.queue_class,
    t.debtor.c.queue_key,
    t.debtor.c.queue_amount,
    t.debtor.c.queue_case,
)


def queue_page(
    conn: Connection,
    *,
    today: date,
    viewer_id: str,
    limit: int,
    offset: int = 0,
    where: QueueFilter | None = None,
    limits: StageLimits | None = None,
) -> tuple[QueueRow, ...]:
    """A page of the queue in its one order: the pool and what the viewer holds, not what others hold."""
    bounds = limits or StageLimits()
    statement = _page(where or QueueFilter(), today, viewer_id, bounds)
    rows = conn.execute(statement, {"rows": limit, "skipped": offset})
    return tuple(queue_row_of(row, today, bounds) for row in rows)


@lru_cache(maxsize=32)
def _page(where: QueueFilter, today: date, viewer_id: str, limits: StageLimits) -> Select[Any]:
    """The statement of a filter, built once; it is run at every key."""
    return (
        select(*ROW_COLUMNS)
        .where(*conditions(where, today, viewer_id, limits))
        .order_by(*QUEUE_ORDER)
        .limit(bindparam("rows"))
        .offset(bindparam("skipped"))
    )


_COUNT = select(t.debtor.c.queue_class, func.count()).group_by(t.debtor.c.queue_class)
# All of a big store are counted along a narrow index; the few held by others are taken off by theirs.
_ALL = _COUNT.where(t.debtor.c.visible.is_(True))
_HELD_BY_OTHERS = select(t.debtor.c.queue_class).where(
    t.debtor.c.holder_id.is_not(None), t.debtor.c.holder_id != bindparam("viewer")
)


def queue_counts(
    conn: Connection,
    *,
    today: date,
    viewer_id: str,
    where: QueueFilter | None = None,
    limits: StageLimits | None = None,
) -> dict[QueueClass, int]:
    """How many debtors stand in each class under the filter."""
    if where is None or where == QueueFilter():
        counts: dict[int, int] = dict(conn.execute(_ALL).all())
        for queue_class in conn.execute(_HELD_BY_OTHERS, {"viewer": viewer_id}).scalars():
            counts[queue_class] -= 1
    else:
        asked = conditions(where, today, viewer_id, limits or StageLimits())
        counts = dict(conn.execute(_COUNT.where(*asked)).all())
    return {QueueClass(queue_class): count for queue_class, count in counts.items() if count}


def queue_row(
    conn: Connection, debtor_id: str, *, today: date, limits: StageLimits | None = None
) -> QueueRow | None:
    """The queue line of one debtor, wherever it stands."""
    row = conn.execute(_ONE_ROW, {"debtor_id": debtor_id}).first()
    return queue_row_of(row, today, limits or StageLimits()) if row else None


def conditions(where: QueueFilter, today: date, viewer_id: str, limits: StageLimits) -> list[ColumnElement[bool]]:
    """What a filter asks of a debtor's row, for this viewer."""
    debtor = t.debtor.c
    found: list[ColumnElement[bool]] = (
        [debtor.holder_id == viewer_id]  # whom somebody holds is visible
        if where.mine_only
        else [debtor.visible.is_(True), (debtor.holder_id.is_(None)) | (debtor.holder_id == viewer_id)]
    )
    if where.classes:
        found.append(debtor.queue_class.in_([int(item) for item in where.classes]))
    for bounds in (
        stage_bounds(where.stage, limits) if where.stage else None,
        bucket_bounds(where.bucket) if where.bucket else None,
    ):
        if bounds is None:
            continue
        first, last = bounds
        if first is not None:
            found.append(debtor.lead_due <= today - timedelta(days=first))
        if last is not None:
            found.append(debtor.lead_due >= today - timedelta(days=last))
    if where.amount_from is not None:  # by the order's own column, which is in its index
        found.append(debtor.queue_amount <= -where.amount_from)
    if where.amount_to is not None:
        found.append(debtor.queue_amount >= -where.amount_to)
    if where.promise_due:
        found.append(
            debtor.queue_class.in_([QueueClass.DUE_NOW, QueueClass.PROMISE_BROKEN, QueueClass.PROMISED_TODAY])
        )
    if where.open_before is not None:
        found.append((debtor.queue_class != QueueClass.PROMISED_TODAY) | (debtor.queue_back_at < where.open_before))
    if where.days_to is not None:
        found.append(debtor.lead_due.is_(None) | (debtor.lead_due >= today - timedelta(days=where.days_to)))
    if where.never_tried:
        found.append(debtor.attempts == 0)
    return found


def queue_row_of(row: Any, today: date, limits: StageLimits) -> QueueRow:
    """The line of a debtor from its ``ROW_COLUMNS``."""
    return QueueRow(
        debtor_id=row.id,
        case_number=row.queue_case,
        cases=row.cases,
        name=row.name,
        balance=Money(row.balance_minor, row.currency),
        days=days_past_due(row.lead_due, today) if row.lead_due else 0,
        queue_class=QueueClass(row.queue_class),
        why=message_from_plain(row.queue_why),
        back_at=row.queue_back_at,
        holder_id=row.holder_id,
        attempts=row.attempts,
        limits=limits,
    )


_DEBTOR = select(t.debtor).where(t.debtor.c.id == _OF)


def debtor_file(conn: Connection, debtor_id: str, *, today: date) -> DebtorFile | None:
    """Everything about one debtor, or None where there is no such debtor."""
    row = conn.execute(_DEBTOR, {"debtor_id": debtor_id}).first()
    if row is None:
        return None
    return DebtorFile(
        id=row.id,
        bank_name=row.bank_name,
        customer_no=row.customer_no,
        name=row.name,
        id_type=row.id_type,
        id_number=row.id_number,
        employer=row.employer,
        zone=row.zone,
        holder_id=row.holder_id,
        flags=frozenset(Flag(flag) for flag in row.flags),
        queue_class=QueueClass(row.queue_class),
        why=message_from_plain(row.queue_why),
        cases=_cases(conn, debtor_id, today),
        phones=phones_of(conn, debtor_id),
        addresses=_addresses(conn, debtor_id),
        promises=promises_of(conn, debtor_id),
        promises_made=row.promises_made,
        promises_broken=row.promises_broken,
        attempts=row.attempts,
        last_note=_last_note(conn, debtor_id),
    )


_CASES = (
    select(
        t.account_case,
        shown(t.account_case),
        t.placement.c.number.label("placement_number"),
        t.placement.c.terms,
    )
    .join(t.placement, t.placement.c.id == t.account_case.c.placement_id)
    .where(t.account_case.c.debtor_id == _OF)
    .order_by(t.account_case.c.issuer, t.account_case.c.serial)
)


def _cases(conn: Connection, debtor_id: str, today: date) -> tuple[CaseFacts, ...]:
    return tuple(_case(row, today) for row in conn.execute(_CASES, {"debtor_id": debtor_id}))


def _case(row: Any, today: date) -> CaseFacts:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    if row.bank_days is not None:
        days = carried_days(row.bank_days, row.balance_as_of, today)
    else:
        days = days_past_due(row.due_on, today) if row.due_on else 0
    terms = from_plain(PlacementTerms, row.terms)
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
        in_mandate=terms.mandate_ends is None or today <= terms.mandate_ends,
    )


_OTHER = t.phone.alias("other")
_SHARED = (
    select(_OTHER.c.id)
    .where(_OTHER.c.number == t.phone.c.number, _OTHER.c.debtor_id != t.phone.c.debtor_id)
    .exists()
)
_PHONES = select(t.phone, _SHARED.label("shared")).where(t.phone.c.debtor_id == _OF).order_by(t.phone.c.position)


def phones_of(conn: Connection, debtor_id: str) -> tuple[PhoneFacts, ...]:
    """The debtor's numbers, their own first (rules: a contact only when the gate opens)."""
    order = list(NumberKind)
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
        for row in conn.execute(_PHONES, {"debtor_id": debtor_id})
    ]
    return tuple(sorted(found, key=lambda phone: order.index(phone.kind)))


_ADDRESSES = (
    select(t.address.c.id, t.address.c.kind, t.address.c.line)
    .where(t.address.c.debtor_id == _OF)
    .order_by(t.address.c.position)
)


def _addresses(conn: Connection, debtor_id: str) -> tuple[tuple[str, AddressKind, str], ...]:
    rows = conn.execute(_ADDRESSES, {"debtor_id": debtor_id})
    return tuple((row.id, AddressKind(row.kind), row.line) for row in rows)


_PROMISES = (
    select(t.promise, t.promise_state.c.state, t.promise_state.c.followed_up)
    .join(t.promise_state, t.promise_state.c.promise_id == t.promise.c.id)
    .where(t.promise_state.c.debtor_id == _OF)
    .order_by(t.promise.c.due_at, t.promise.c.id)
)


def promises_of(conn: Connection, debtor_id: str) -> tuple[PromiseFacts, ...]:
    """The debtor's promises with their present state, oldest first."""
    return tuple(
        PromiseFacts(
            row.id,
            row.case_id,
            Money(row.amount_minor, row.currency),
            row.due_at,
            PayChannel(row.channel),
            row.full,
            PromiseState(row.state),
            row.followed_up,
            row.attempt_id,
        )
        for row in conn.execute(_PROMISES, {"debtor_id": debtor_id})
    )


_LAST_NOTE = (
    select(t.attempt_end.c.note)
    .join(t.attempt, t.attempt.c.id == t.attempt_end.c.attempt_id)
    # one taken back is written again with the same words
    .where(t.attempt.c.debtor_id == _OF, t.attempt_end.c.note.is_not(None), HOLDS)
    .order_by(t.attempt_end.c.id.desc())
    .limit(1)
)


def _last_note(conn: Connection, debtor_id: str) -> str:
    return conn.execute(_LAST_NOTE, {"debtor_id": debtor_id}).scalar() or ""


_VISIT_UNDER_WAY = exists().where(
    t.visit_state.c.debtor_id == _OF,
    t.visit_state.c.state.not_in(
        [VisitState.REFUSED, VisitState.FILED, VisitState.ACCEPTED, VisitState.NOT_CARRIED_OUT]
    ),
)
_OPEN_TASK = exists().where(
    t.task_state.c.debtor_id == _OF,
    t.task_state.c.open.is_(True),
    t.task.c.id == t.task_state.c.task_id,
    t.task.c.kind.not_in([kind for kind, rule in TASK_RULES.items() if not rule.holds_debtor]),
)
_SCHEDULED = (
    select(t.scheduled.c.id)
    .where(t.scheduled.c.debtor_id == _OF)
    .order_by(t.scheduled.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
# One statement: it is asked with every call that is saved.
_WAITS = select(
    _VISIT_UNDER_WAY.label("visit"),
    _OPEN_TASK.label("task"),
    t.scheduled.c.due_at,
    t.scheduled.c.why,
    t.scheduled.c.attempts,
).select_from(select(literal(1)).subquery().outerjoin(t.scheduled, t.scheduled.c.id == _SCHEDULED))


@dataclass(frozen=True, slots=True)
class WaitsFor:
    """What a debtor waits for: somebody else (a visit under way, a task before the lead), an instant set."""

    on: Message | None = None
    scheduled_at: datetime | None = None
    scheduled_why: Message | None = None
    scheduled_after: int = 0  # attempts made when it was set


def waits_of(conn: Connection, debtor_id: str) -> WaitsFor:
    """What the debtor waits for, from one indexed read."""
    row = conn.execute(_WAITS, {"debtor_id": debtor_id}).one()
    on = Message("book.waits_for_visit", {}) if row.visit else None
    on = on or (Message("book.waits_for_lead", {}) if row.task else None)
    if row.due_at is None:
        return WaitsFor(on)
    return WaitsFor(on, row.due_at, message_from_plain(row.why), row.attempts)
