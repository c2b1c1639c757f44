"""Questions about contacts that go to a bank: what there is of a placement, and what went out already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from collector_desk.domain.book.debts import CaseFacts
from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.contacts import ContactRecord, Ended, SentBefore, SentPlace, Span
from collector_desk.domain.exports.lists import ExportLine
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Channel,
    Direction,
    NumberKind,
    Outcome,
    Speaker,
)
from collector_desk.store import tables as t
from collector_desk.store.book import rows
from collector_desk.store.book.history import ACCOUNT_COLUMNS
from collector_desk.store.calls import ATTEMPTS_NOW, COUNTS
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal

_END, _CASE = t.attempt_end.c, t.account_case.c
_EXPORT, _SENT = t.contacts_export.c, t.contact_sent.c
_THEIRS = select(_CASE.debtor_id).where(_CASE.placement_id == bindparam("placement_id"))
"""Whoever has an account in the placement; which account a contact was about is told by the contact."""

_ACCOUNTS = (
    select(*ACCOUNT_COLUMNS)
    .join(t.placement, t.placement.c.id == _CASE.placement_id)
    .where(_CASE.debtor_id.in_(_THEIRS))
)
_PROMISES = (
    select(t.promise)
    .where(t.promise.c.debtor_id.in_(_THEIRS), t.promise.c.attempt_id.is_not(None))
    .order_by(t.promise.c.due_at.desc(), t.promise.c.id)  # of one in parts the first one counts
)
_ADDRESSES = (
    select(t.address.c.debtor_id, t.address.c.line)
    .where(t.address.c.debtor_id.in_(_THEIRS))
    .order_by(t.address.c.position.desc())
)
_ATTEMPTS = (
    select(
        t.attempt.c.id,
        t.attempt.c.debtor_id,
        t.attempt.c.case_id,
        t.attempt.c.channel,
        t.attempt.c.direction,
        t.attempt.c.begun_at,
        _END.id.label("end_id"),
        _END.outcome,
        _END.speaker,
        _END.arrears_reason,
        _END.next_at,
        _END.note,
        t.debtor.c.name,
        t.debtor.c.customer_no,
        t.debtor.c.id_number,
        t.phone.c.number,
        t.phone.c.kind,
        t.phone.c.owner_name,
        t.phone.c.relation,
        t.person.c.name.label("collector"),
        shown(t.person).label("collector_no"),
    )
    .select_from(
        ATTEMPTS_NOW.join(t.debtor, t.debtor.c.id == t.attempt.c.debtor_id)
        .outerjoin(t.phone, t.phone.c.id == t.attempt.c.phone_id)
        .outerjoin(t.person, t.person.c.id == t.attempt.c.actor_id)
    )
    .where(
        t.attempt.c.debtor_id.in_(_THEIRS),
        COUNTS,
        t.attempt.c.salt.is_not(None),  # of who was erased nothing goes out any more
        or_(_END.id.is_(None), _END.salt.is_not(None)),
    )
)


def contacts_of(
    conn: Connection, placement_id: str, sent: Mapping[str, SentBefore], today: date, *, addresses: bool
) -> Iterator[ContactRecord]:
    """Every attempt about an account of a placement, and what was ``sent`` under it and is about another now.

    An attempt is about the account on which something was promised in it, else about the one it was begun for.
    The figures are those of ``today``. ``addresses``: whether the debtors' are wanted.
    """
    asked = {"placement_id": placement_id}
    cases: dict[str, tuple[str, CaseFacts]] = {
        row.id: (row.placement_id, facts)
        for row in conn.execute(_ACCOUNTS, asked)
        for facts in rows.accounts([row], today, today)
    }
    promises = {row.attempt_id: row for row in conn.execute(_PROMISES, asked)}
    homes: Mapping[str, str] = (
        {row.debtor_id: row.line for row in conn.execute(_ADDRESSES, asked)} if addresses else {}
    )
    for row in conn.execute(_ATTEMPTS, asked):
        promise = promises.get(row.id)
        about = promise.case_id if promise is not None and row.end_id else row.case_id
        place, case = cases.get(about, ("", None))
        here = place == placement_id
        if not here:
            _, case = cases.get(sent[row.id].case_id, ("", None)) if row.id in sent else ("", None)
        if case is not None:
            yield _contact(row, case, promise if here else None, homes.get(row.debtor_id, ""), here=here)


def _contact(row: Any, case: CaseFacts, promise: Any, home: str, *, here: bool) -> ContactRecord:
    return ContactRecord(
        attempt_id=row.id,
        debtor_id=row.debtor_id,
        at=row.begun_at,
        channel=Channel(row.channel),
        direction=Direction(row.direction),
        end=_ended(row) if here and row.end_id else None,
        name=row.name,
        customer_no=row.customer_no,
        id_number=row.id_number,
        number=row.number or "",
        number_kind=NumberKind(row.kind) if row.kind else None,
        owner_name=row.owner_name or "",
        relation=row.relation or "",
        address=home,
        collector=row.collector or "",
        collector_no=row.collector_no or "",
        case=case,
        promised=Money(promise.amount_minor, promise.currency) if promise is not None else None,
        promised_at=promise.due_at if promise is not None else None,
    )


def _ended(row: Any) -> Ended:
    return Ended(
        row.end_id,
        Outcome(row.outcome),
        Speaker(row.speaker),
        ArrearsReason(row.arrears_reason) if row.arrears_reason else None,
        row.next_at,
        row.note or "",
    )


_SENT_HERE = (
    select(t.contact_sent, shown(t.contacts_export))
    .join(t.contacts_export, _EXPORT.id == _SENT.export_id)
    .where(_EXPORT.placement_id == bindparam("placement_id"), _EXPORT.layout_id == bindparam("layout_id"))
    .order_by(_SENT.id)
)


def sent_before(conn: Connection, placement_id: str, layout_id: str) -> dict[str, SentBefore]:
    """By what a row was about, what the bank has of it in this layout."""
    found: dict[str, SentBefore] = {}
    for row in conn.execute(_SENT_HERE, {"placement_id": placement_id, "layout_id": layout_id}):
        known = found.get(row.about_id)
        first = known.first if known else SentPlace(row.id, row.number, row.line)
        found[row.about_id] = SentBefore(first, row.said_id, row.case_id)
    return found


_SPANS = (
    select(_EXPORT.id, _EXPORT.since, _EXPORT.until)
    .where(_EXPORT.placement_id == bindparam("placement_id"), _EXPORT.layout_id == bindparam("layout_id"))
    .order_by(_EXPORT.id)
)


@dataclass(frozen=True, slots=True)
class Covered:
    """What the exports of a placement in a layout covered so far; ``last`` is the newest one's id."""

    spans: tuple[Span, ...]
    last: str | None


def covered(conn: Connection, placement_id: str, layout_id: str) -> Covered:
    """The exports of a placement in a layout, the oldest first."""
    found = conn.execute(_SPANS, {"placement_id": placement_id, "layout_id": layout_id}).all()
    return Covered(tuple(Span(row.since, row.until) for row in found), found[-1].id if found else None)


_LINES = (
    select(t.contacts_export, shown(t.contacts_export), journal.c.at, t.person.c.name)
    .select_from(
        t.contacts_export.join(journal, journal.c.row_id == _EXPORT.id).outerjoin(
            t.person, t.person.c.id == journal.c.actor_id
        )
    )
    .where(_EXPORT.placement_id == bindparam("placement_id"), journal.c.table_name == t.contacts_export.name)
    .order_by(_EXPORT.id.desc())
    .limit(bindparam("most"))
)


def export_lines(conn: Connection, placement_id: str, *, most: int) -> tuple[ExportLine, ...]:
    """The exports of a placement, the newest first."""
    rows_found = conn.execute(_LINES, {"placement_id": placement_id, "most": most})
    return tuple(
        ExportLine(
            number=row.number,
            layout_id=row.layout_id,
            at=row.at,
            by=row.name or "",
            rows=row.rows,
            filename=row.filename or "",
            sha256=row.sha256,
        )
        for row in rows_found
    )


def placed_on(conn: Connection, placement_id: str) -> date | None:
    """The day on which the bank placed it, as its file says."""
    found: date | None = conn.execute(
        select(t.placement.c.placed_on).where(t.placement.c.id == placement_id)
    ).scalar_one()
    return found
