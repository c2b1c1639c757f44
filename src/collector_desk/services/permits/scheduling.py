"""A case at a shut gate is set for the instant at which it opens again: one act, one line of history."""

from dataclasses import dataclass
from datetime import datetime

from collector_desk.domain.book.debts import message_to_plain
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import decide
from collector_desk.domain.conduct.known import action_for
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services.desk import standing
from collector_desk.services.desk.clock import doubt_of
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.gate.answers import strictest_reason, who_must_act
from collector_desk.services.gate.facts import active_packs, facts_of, past_of
from collector_desk.store import tables as t
from collector_desk.store.record.open_attempts import is_called


@dataclass(frozen=True, slots=True)
class Scheduled:
    """When the case comes up again, in the words of why."""

    at: datetime
    why: Message
    changes: Changes


def schedule(seat: Seat, debtor_id: str, phone_id: str) -> Scheduled:
    """Set the case for the first instant at which this number may be called; the gate is asked anew for it.

    Any later attempt settles it. Raises Refused where it may be called now, and where time alone does not help:
    then the words say who has to act.
    """
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "call.schedule") as act:
        if is_called(act.conn, debtor_id):
            raise Refused("calls.held_by_other")
        past = past_of(act.conn, debtor_id, act.at)
        phone = next((one for one in past.phones if one.id == phone_id), None)
        if phone is None:
            raise Refused("calls.no_such_number")
        against = standing.doubt(seat, act.conn)
        facts = facts_of(act.conn, debtor_id, act.at, doubt_of(seat.clock), against)
        action = action_for(phone, seat.person.id)
        decision = decide(action, facts, active_packs(act.conn), act.at)
        if decision.verdict not in (Verdict.BLOCK, Verdict.ASK):
            raise Refused("calls.may_be_called")
        first = strictest_reason(decision)
        if decision.next_allowed_at is None:
            raise Refused("calls.no_time_helps", why=first.detail, who=who_must_act(decision))
        row = {
            "debtor_id": debtor_id,
            "phone_id": phone_id,
            "due_at": decision.next_allowed_at,
            "why": message_to_plain(first.detail),
            "attempts": past.debtor.figures["attempts"],
        }
        act.record(t.scheduled, row)
    return Scheduled(decision.next_allowed_at, first.detail, Changes(debtors=frozenset({debtor_id})))
