"""Calls left open by somebody who can't enter their outcome any more: a lead takes them over, draft and all.

Who left, or may no longer work cases, has no seat to end the call from. Nothing is guessed in their place: the
attempt stays open, counts for every cap, and waits here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.states import DraftKind
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import attempts
from collector_desk.store import calls
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
        if calls.open_of(act.conn, seat.person.id):
            raise Refused("calls.other_open")
        attempts.hand_over(act, attempt_id, found.debtor_id, caller_id=found.caller_id)
        drafts.hand_over(act.conn, DraftKind.CALL, attempt_id, seat.person.id)
        holding.take(act.conn, found.debtor_id, seat.person.id, act.at)
    return Changes(debtors=frozenset({found.debtor_id}))


def _waiting(conn: Connection) -> tuple[LeftOpen, ...]:
    return tuple(
        LeftOpen(one.id, one.debtor_id, one.debtor_name, one.caller_id, one.caller, one.begun_at)
        for one in calls.waiting_calls(conn)
        if not one.active or not may(one.roles, Act.WORK_CASE)
    )
