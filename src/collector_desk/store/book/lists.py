"""Lists over the whole book: the batches as they came in, and every case by its number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, tuple_

from collector_desk.domain.book.ageing import carried_days, days_past_due, round_order
from collector_desk.domain.book.lists import BatchLine, CaseLine, CaseOrder, HiddenColumn
from collector_desk.domain.book.money import Money, money_of
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.domain.vocabulary import CaseState
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown


def batch_lines(conn: Connection) -> tuple[BatchLine, ...]:
    """All batches that count, the latest first."""
    statement = (
        select(
            t.batch,
            t.placement.c.number,
            t.placement.c.bank_name,
            t.received_file.c.filename,
            t.received_file.c.sha256,
            t.person.c.name,
            t.payments_taken.c.bank_name.label("paid_by"),
        )
        .outerjoin(t.payments_taken, t.payments_taken.c.id == t.batch.c.id)
        .outerjoin(t.placement, t.placement.c.id == t.batch.c.placement_id)
        .join(t.received_file, t.received_file.c.id == t.batch.c.file_id)
        .outerjoin(t.person, t.person.c.id == t.batch.c.imported_by)
        .where(t.batch.c.state.in_((BatchState.VISIBLE, BatchState.WITHDRAWN)))
        .order_by(t.batch.c.imported_at.desc(), t.batch.c.id.desc())
    )
    return tuple(
        BatchLine(
            id=row.id,
            placement_id=row.placement_id,
            placement_number=row.number or "",
            bank_name=row.bank_name or row.paid_by or "",
            filename=row.filename,
            sha256=row.sha256,
            rounds=_rounds(conn, row.id),
            accepted=row.accepted,
            set_aside=row.set_aside,
            duplicates=row.duplicates,
            amounts=money_of(row.amounts),
            imported_at=row.imported_at,
            imported_by=row.name or "",
            hidden=tuple(from_plain(HiddenColumn, column) for column in row.hidden),
            kind=BatchKind(row.kind),
            withdrawn=row.state == BatchState.WITHDRAWN,
        )
        for row in conn.execute(statement)
    )


def _rounds(conn: Connection, batch_id: str) -> tuple[str, ...]:
    case = t.account_case.c
    rows = conn.execute(select(case.round).where(case.batch_id == batch_id).distinct())
    return tuple(sorted((name for (name,) in rows if name), key=round_order))


# Not the bare column: its index would tempt the planner to sort the whole book for every page (2 s, not 1 ms).
_SHOWN = func.coalesce(t.debtor.c.visible, False).is_(True)


def _lines() -> Select[Any]:
    case, debtor = t.account_case, t.debtor
    return (
        select(
            case.c.id,
            shown(case),
            case.c.debtor_id,
            case.c.balance_minor,
            case.c.currency,
            case.c.bank_days,
            case.c.balance_as_of,
            case.c.due_on,
            case.c.state,
            debtor.c.name,
            debtor.c.queue_class,
            t.placement.c.bank_name,
            t.placement.c.number.label("placement_number"),
            t.person.c.name.label("holder"),
        )
        .join(debtor, debtor.c.id == case.c.debtor_id)
        .join(t.placement, t.placement.c.id == case.c.placement_id)
        .outerjoin(t.person, t.person.c.id == debtor.c.holder_id)
        .where(_SHOWN)
    )


def case_lines(conn: Connection, *, today: date, after: str, limit: int) -> tuple[CaseLine, ...]:
    """Cases by number, those behind the case with the id ``after``: a page costs the same wherever it lies."""
    case, lines = t.account_case.c, _lines()
    last = conn.execute(select(case.issuer, case.serial).where(case.id == after)).first() if after else None
    if last is not None:
        place = tuple_(literal(last.issuer, case.issuer.type), literal(last.serial))
        lines = lines.where(tuple_(case.issuer, case.serial) > place)
    rows = conn.execute(lines.order_by(case.issuer, case.serial).limit(limit))
    return tuple(_line(row, today) for row in rows)


def ordered_lines(
    conn: Connection, order: CaseOrder, *, falling: bool, today: date, limit: int
) -> tuple[CaseLine, ...]:
    """The first cases in an order; equal ones by their number. It reads the whole book to find them."""
    case = t.account_case.c
    keys = [key.desc() if falling else key.asc() for key in _KEYS[order]]
    rows = conn.execute(_lines().order_by(*keys, case.issuer, case.serial).limit(limit))
    return tuple(_line(row, today) for row in rows)


_KEYS: Mapping[CaseOrder, tuple[ColumnElement[Any], ...]] = {
    CaseOrder.NUMBER: (t.account_case.c.issuer, t.account_case.c.serial),
    CaseOrder.BANK: (t.placement.c.bank_name,),
    CaseOrder.PLACEMENT: (t.placement.c.number,),
    # the day from which it counts, turned round: the oldest has the most days
    CaseOrder.AGE: (
        -func.coalesce(
            func.julianday(t.account_case.c.balance_as_of) - t.account_case.c.bank_days,
            func.julianday(t.account_case.c.due_on),
            func.julianday("9999-12-31"),
        ),
    ),
    CaseOrder.BALANCE: (t.account_case.c.currency, t.account_case.c.balance_minor),
    CaseOrder.STATE: (t.account_case.c.state, t.debtor.c.queue_class),
    CaseOrder.HOLDER: (func.coalesce(t.person.c.name, ""),),
}


def lines_of_debtors(conn: Connection, debtor_ids: Sequence[str], *, today: date) -> tuple[CaseLine, ...]:
    """The cases of these debtors, in the order of the ids (the likeliest first)."""
    place = {debtor_id: position for position, debtor_id in enumerate(debtor_ids)}
    case = t.account_case.c
    rows = conn.execute(_lines().where(case.debtor_id.in_(debtor_ids)).order_by(case.issuer, case.serial))
    return tuple(sorted((_line(row, today) for row in rows), key=lambda line: place[line.debtor_id]))


def count_cases(conn: Connection) -> int:
    """How many cases there are, staged imports apart; by an index alone, so that it stays cheap."""
    staged = select(t.batch.c.id).where(t.batch.c.state == BatchState.STAGED)
    statement = select(func.count()).select_from(t.account_case).where(t.account_case.c.batch_id.not_in(staged))
    return int(conn.execute(statement).scalar_one())


def _line(row: Any, today: date) -> CaseLine:
    if row.bank_days is not None:
        days = carried_days(row.bank_days, row.balance_as_of, today)
    else:
        days = days_past_due(row.due_on, today) if row.due_on else 0
    return CaseLine(
        id=row.id,
        number=row.number,
        debtor_id=row.debtor_id,
        name=row.name,
        bank_name=row.bank_name,
        placement_number=row.placement_number,
        days=days,
        balance=Money(row.balance_minor, row.currency),
        state=CaseState(row.state),
        queue_class=QueueClass(row.queue_class),
        holder=row.holder or "",
    )
