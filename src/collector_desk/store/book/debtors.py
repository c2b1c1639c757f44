"""Questions about debtors, accounts and numbers; answers are the frozen values of ``domain.book.debts``."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select
from sqlalchemy.sql import ColumnElement

from collector_desk.domain.book.ageing import StageLimits, bucket_bounds, days_past_due, stage_bounds
from collector_desk.domain.book.debts import (
    DebtorFile,
    QueueRow,
    message_from_plain,
)
from collector_desk.domain.book.money import Money, money_of
from collector_desk.domain.book.queue import QueueClass, QueueFilter, QueueOrder
from collector_desk.domain.vocabulary import (
    AddressKind,
    CaseState,
)
from collector_desk.store import tables as t
from collector_desk.store.book import history

ROW_COLUMNS = (
    t.debtor.c.id,
    t.debtor.c.queue_case,
    t.debtor.c.cases,
    t.debtor.c.name,
    t.debtor.c.balance_minor,
    t.debtor.c.currency,
    t.debtor.c.owed_beside,
    t.debtor.c.product,
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


def order_of(where: QueueFilter) -> tuple[ColumnElement[Any], ...]:
    """By which columns the rows of a filter stand."""
    debtor = t.debtor.c
    match where.order:
        case QueueOrder.AMOUNT:
            return debtor.queue_amount, debtor.queue_case
        case QueueOrder.AGE:
            return debtor.lead_due.is_(None), debtor.lead_due, debtor.queue_case
    return QUEUE_ORDER


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
    """A page of the queue in the filter's order: the pool and what the viewer holds, not what others hold."""
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
        .order_by(*order_of(where))
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
    if where is None or replace(where, order=QueueOrder.TRADE) == QueueFilter():
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


_ROWS = select(*ROW_COLUMNS).where(t.debtor.c.id.in_(bindparam("ids", expanding=True)))


def queue_rows(conn: Connection, debtor_ids: Sequence[str], *, today: date) -> list[QueueRow]:
    """The same of several, in their order; who is not there is left out."""
    found = {row.id: queue_row_of(row, today, StageLimits()) for row in conn.execute(_ROWS, {"ids": debtor_ids})}
    return [found[debtor_id] for debtor_id in debtor_ids if debtor_id in found]


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
        product=row.product,
        beside=money_of(row.owed_beside),
    )


_NUMBERS = (
    select(t.phone.c.debtor_id, t.phone.c.number)
    .where(t.phone.c.debtor_id.in_(bindparam("ids", expanding=True)))
    .order_by(t.phone.c.position)
)
_IDS = select(t.debtor.c.id, t.debtor.c.id_number).where(t.debtor.c.id.in_(bindparam("ids", expanding=True)))


def numbers_of(conn: Connection, ids: Collection[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each one's identity number and telephone numbers, to tell people of one name apart."""
    phones: dict[str, list[str]] = {}
    for row in conn.execute(_NUMBERS, {"ids": list(ids)}):
        phones.setdefault(row.debtor_id, []).append(row.number)
    return {
        row.id: (row.id_number, tuple(phones.get(row.id, ()))) for row in conn.execute(_IDS, {"ids": list(ids)})
    }


def debtor_file(conn: Connection, debtor_id: str, *, today: date, law_day: date) -> DebtorFile | None:
    """Everything about one debtor that the screen and the papers show, or None where there is no such debtor."""
    past = history.of(conn, debtor_id, today, law_day)
    return past.file(addresses_of(conn, debtor_id)) if past else None


_GONE = (
    select(t.account_case.c.debtor_id)
    .where(t.account_case.c.debtor_id.in_(bindparam("ids", expanding=True)))
    .group_by(t.account_case.c.debtor_id)
    .having(func.sum(t.account_case.c.state != CaseState.RETURNED) == 0)
)


def gone(conn: Connection, debtor_ids: Collection[str]) -> frozenset[str]:
    """Those of them of whom every case went back to the bank."""
    return frozenset(conn.execute(_GONE, {"ids": list(debtor_ids)}).scalars())


_ADDRESSES = (
    select(t.address.c.id, t.address.c.kind, t.address.c.line)
    .where(t.address.c.debtor_id == _OF)
    .order_by(t.address.c.position)
)


def addresses_of(conn: Connection, debtor_id: str) -> tuple[tuple[str, AddressKind, str], ...]:
    """The debtor's addresses: each one's id, kind and line."""
    rows = conn.execute(_ADDRESSES, {"debtor_id": debtor_id})
    return tuple((row.id, AddressKind(row.kind), row.line) for row in rows)
