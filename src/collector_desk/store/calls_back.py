"""What an outcome did to promises and numbers, and what was so before it: read to take the outcome back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.book.debts import NumberSource
from collector_desk.domain.vocabulary import NumberStanding, PromiseState
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal


@dataclass(frozen=True, slots=True)
class PromiseMove:
    """A promise became something else. ``by_this``: the outcome in question did it."""

    promise_id: str
    state: PromiseState
    by_this: bool


_OF_END = journal.alias("of_end")
_MOVES = (
    select(t.promise_event.c.promise_id, t.promise_event.c.state, _OF_END.c.row_id.label("of_end"))
    .select_from(
        t.promise_event.join(journal, journal.c.row_id == t.promise_event.c.id).outerjoin(
            _OF_END,
            (_OF_END.c.row_id == bindparam("end_id", type_=journal.c.row_id.type))
            & (_OF_END.c.at == journal.c.at)
            & (journal.c.kind == "call.finish"),
        )
    )
    .where(t.promise_event.c.promise_id.in_(bindparam("ids", expanding=True)))
    .order_by(t.promise_event.c.id)
)


_CLAIMED = select(t.payment.c.id).where(
    t.payment.c.attempt_end_id == bindparam("end_id", type_=t.payment.c.attempt_end_id.type)
)


def claimed(conn: Connection, end_id: str) -> bool:
    """Whether an outcome told of a payment."""
    return conn.execute(_CLAIMED, {"end_id": end_id}).first() is not None


def promise_moves(conn: Connection, promise_ids: Sequence[str], end_id: str) -> dict[str, list[PromiseMove]]:
    """What became of these promises, by the promise, the first first."""
    found: dict[str, list[PromiseMove]] = {}
    for row in conn.execute(_MOVES, {"ids": promise_ids, "end_id": end_id}):
        move = PromiseMove(row.promise_id, PromiseState(row.state), row.of_end is not None)
        found.setdefault(row.promise_id, []).append(move)
    return found


@dataclass(frozen=True, slots=True)
class SaidOfNumber:
    """A number of which an outcome told something, and as what it is known. ``before``: without that outcome."""

    phone_id: str
    debtor_id: str
    standing: NumberStanding
    before: NumberStanding


_MINE = t.phone.alias("mine")
_SAID = (
    select(
        t.phone.c.id,
        t.phone.c.debtor_id,
        t.phone.c.standing,
        t.phone_event.c.attempt_id,
        t.phone_event.c.source,
        t.phone_event.c.standing.label("said"),
    )
    .select_from(
        t.attempt.join(_MINE, _MINE.c.id == t.attempt.c.phone_id)
        .join(t.phone, t.phone.c.number == _MINE.c.number)
        .join(t.phone_event, t.phone_event.c.phone_id == t.phone.c.id)
    )
    .where(t.attempt.c.id == bindparam("attempt_id"))
    .order_by(t.phone.c.id, t.phone_event.c.id)
)
_BY_CALLS = (NumberSource.CALL, NumberSource.OTHER_CASE)


def said_of_numbers(conn: Connection, attempt_id: str) -> Sequence[SaidOfNumber]:
    """The number an attempt dialled, on every file that has it, where its outcome told something of it."""
    by_phone: dict[str, list[Any]] = {}
    for row in conn.execute(_SAID, {"attempt_id": attempt_id}):
        by_phone.setdefault(row.id, []).append(row)
    return tuple(filter(None, (_said(rows, attempt_id) for rows in by_phone.values())))


def _said(rows: Sequence[Any], attempt_id: str) -> SaidOfNumber | None:
    if not any(row.attempt_id == attempt_id and row.source in _BY_CALLS for row in rows):
        return None
    before = [row.said for row in rows if row.attempt_id != attempt_id]
    first = rows[0]
    return SaidOfNumber(
        first.id,
        first.debtor_id,
        NumberStanding(first.standing),
        NumberStanding(before[-1]) if before else NumberStanding.UNKNOWN,
    )
