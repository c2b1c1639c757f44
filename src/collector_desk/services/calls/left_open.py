"""Calls left open by somebody who can't enter their outcome any more: a lead takes them over, draft and all.

Who left, or may no longer work cases, has no seat to end the call from. Nothing is guessed in their place: the
attempt stays open, counts for every cap, and waits here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import DraftKind
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import attempts
from collector_desk.store import tables as t
from collector_desk.store.desk import drafts
from collector_desk.store.engine import Connection
from collector_desk.store.record import holding


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An open attempt that its own caller can't end."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    caller_id: str
    caller: str
    begun_at: datetime


def waiting(seat: Seat) -> tuple[LeftOpen, ...]:
    """The calls nobody can end but a lead, the oldest first."""
    with seat.store.read() as conn:
        return _waiting(conn)


def take_over(seat: Seat, attempt_id: str) -> Changes:
    """Take such a call over: it is the lead's to end now, with what was typed of it; a line of history.

    It goes on counting as the caller's attempt. Raises Refused where it is ended or its caller can end it, and
    while the lead has a call open.
    """
    require(seat.person, Act.TAKE_OVER_CALL)
    with acting(seat, "call.take_over") as act:
        found = next((one for one in _waiting(act.conn) if one.id == attempt_id), None)
        if found is None:
            raise Refused("calls.not_left_open")
        mine = t.open_attempt.c.person_id == seat.person.id
        if act.conn.execute(select(t.open_attempt.c.attempt_id).where(mine)).first():
            raise Refused("calls.other_open")
        attempts.hand_over(act, attempt_id, found.debtor_id, caller_id=found.caller_id)
        drafts.hand_over(act.conn, DraftKind.CALL, attempt_id, seat.person.id)
        holding.take(act.conn, found.debtor_id, seat.person.id, act.at)
    return Changes(debtors=frozenset({found.debtor_id}))


_OPEN = (
    select(
        t.open_attempt.c.attempt_id,
        t.open_attempt.c.begun_at,
        t.open_attempt.c.debtor_id,
        t.debtor.c.name.label("debtor_name"),
        t.person.c.id.label("person_id"),
        t.person.c.name,
        t.person.c.roles,
        t.person.c.active,
    )
    .join(t.debtor, t.debtor.c.id == t.open_attempt.c.debtor_id)
    .join(t.person, t.person.c.id == t.open_attempt.c.person_id)
    .order_by(t.open_attempt.c.begun_at)
)


def _waiting(conn: Connection) -> tuple[LeftOpen, ...]:
    return tuple(
        LeftOpen(row.attempt_id, row.debtor_id, row.debtor_name, row.person_id, row.name, row.begun_at)
        for row in conn.execute(_OPEN)
        if not row.active or not may(row.roles, Act.WORK_CASE)
    )
