"""Questions about numbers and addresses that are asked before something is written of them."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select

from collector_desk.domain.book.debts import OTHERS, SHUT, GivenNumber
from collector_desk.domain.vocabulary import NumberKind, NumberStanding
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_PHONE = t.phone.c
_KNOWN_ELSEWHERE = (
    select(_PHONE.id)
    .where(
        _PHONE.debtor_id != bindparam("debtor_id"),
        # an extension stands behind a dash, and nothing else begins with the whole line
        or_(
            _PHONE.number == bindparam("line"),
            and_(_PHONE.number >= bindparam("first"), _PHONE.number < bindparam("last")),
        ),
        or_(_PHONE.kind.in_(OTHERS), _PHONE.standing.in_(SHUT)),
    )
    .limit(1)
)


def is_somebody_elses(conn: Connection, debtor_id: str, line: str) -> bool:
    """Whether another debtor's file holds this line, by any extension, as a contact's or guarantor's or as shut."""
    asked = {"debtor_id": debtor_id, "line": line, "first": f"{line}-", "last": f"{line}."}
    return conn.execute(_KNOWN_ELSEWHERE, asked).first() is not None


@dataclass(frozen=True, slots=True)
class NumberOf:
    """A number on one debtor's file."""

    phone_id: str
    debtor_id: str


_UNMET = select(_PHONE.id, _PHONE.debtor_id).where(
    _PHONE.number == bindparam("number"),
    _PHONE.debtor_id != bindparam("debtor_id"),
    _PHONE.kind.in_([NumberKind.MOBILE, NumberKind.HOME]),
    _PHONE.standing.in_([NumberStanding.UNKNOWN, NumberStanding.DEAD]),
)


def unmet_on(conn: Connection, number: str, *, besides: str) -> tuple[NumberOf, ...]:
    """Where other debtors than this one have the number as their own, and none was met on it."""
    rows = conn.execute(_UNMET, {"number": number, "debtor_id": besides})
    return tuple(NumberOf(row.id, row.debtor_id) for row in rows)


_ASKED = (
    select(t.given_number.c.id)
    .join(t.task_state, t.task_state.c.task_id == t.given_number.c.task_id)
    .where(
        t.task_state.c.debtor_id == bindparam("debtor_id"),
        t.task_state.c.open.is_(True),
        t.given_number.c.phone_id == bindparam("phone_id"),
    )
)


def is_asked_about(conn: Connection, debtor_id: str, phone_id: str) -> bool:
    """Whether a question about this number waits for a lead."""
    return conn.execute(_ASKED, {"debtor_id": debtor_id, "phone_id": phone_id}).first() is not None


_OF_TASK = (
    select(_PHONE.id, _PHONE.number, _PHONE.kind, _PHONE.standing)
    .join(t.given_number, t.given_number.c.phone_id == _PHONE.id)
    .where(t.given_number.c.task_id == bindparam("task_id"))
)


def number_asked_about(conn: Connection, task_id: str) -> GivenNumber | None:
    """The number a task is about; None where it is about none."""
    row = conn.execute(_OF_TASK, {"task_id": task_id}).first()
    return GivenNumber(row.id, row.number, NumberKind(row.kind), NumberStanding(row.standing)) if row else None


_LINES = select(t.address.c.line, t.address.c.position).where(t.address.c.debtor_id == bindparam("debtor_id"))


def address_places(conn: Connection, debtor_id: str) -> dict[str, int]:
    """A debtor's addresses, each with its place in their order."""
    return {row.line: row.position for row in conn.execute(_LINES, {"debtor_id": debtor_id})}
