"""A case at a shut gate is set for the instant at which it opens again: one act, one line of history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import decide
from collector_desk.domain.conduct.values import Decision, Reason
from collector_desk.domain.debts import message_to_plain
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services import gate, standing
from collector_desk.services.clock import doubt_of
from collector_desk.services.desk import Seat, acting
from collector_desk.store import tables as t
from collector_desk.store.debts import phones_of

_WHO_BY_FACT = {
    "institution_total": "calling.who_lead_counts",
    "lead_approval": "calling.who_lead_approves",
    "date_confirmed": "calling.who_lead_clock",
    "zone": "calling.who_wrote_file",
}
_WHO_BY_CODE = {
    "conduct.nothing_owed": "calling.who_nobody",
    "conduct.debt_returned": "calling.who_nobody",
    "conduct.mandate_over": "calling.who_bank_extends",
    "conduct.stopped_number": "calling.who_other_number",
    "conduct.held_number": "calling.who_lead_number",
    "conduct.not_a_number": "calling.who_other_number",
    "conduct.short_number": "calling.who_other_number",
    "conduct.no_area_code": "calling.who_other_number",
    "conduct.third_party_refused": "calling.who_other_number",
    "conduct.gate_shut": "calling.who_other_number",
    "conduct.no_pack": "calling.who_releases_packs",
    "conduct.pack_expired": "calling.who_releases_packs",
    "conduct.zone_data": "calling.who_wrote_file",
}


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
        busy = select(t.open_attempt.c.person_id).where(t.open_attempt.c.debtor_id == debtor_id)
        if act.conn.execute(busy).first():
            raise Refused("calling.held_by_other")
        phones = phones_of(act.conn, debtor_id)
        phone = next((one for one in phones if one.id == phone_id), None)
        if phone is None:
            raise Refused("calling.no_such_number")
        facts = gate.facts_of(act.conn, debtor_id, act.at, phones, doubt_of(seat.clock))
        action = gate.action_for(phone, seat.person.id)
        decision = decide(action, facts, gate.active_packs(act.conn), act.at)
        if decision.verdict not in (Verdict.BLOCK, Verdict.ASK):
            raise Refused("calling.may_be_called")
        first = strictest_reason(decision)
        if decision.next_allowed_at is None:
            raise Refused("calling.no_time_helps", why=first.detail, who=who_must_act(decision))
        row = {
            "debtor_id": debtor_id,
            "phone_id": phone_id,
            "due_at": decision.next_allowed_at,
            "why": message_to_plain(first.detail),
            "attempts": _attempts(act.conn, debtor_id),
        }
        act.record(t.scheduled, row)
        standing.refresh(act.conn, [debtor_id], act.at)
    return Scheduled(decision.next_allowed_at, first.detail, Changes(debtors=frozenset({debtor_id})))


def strictest_reason(decision: Decision) -> Reason:
    """The reason to say first: of those that decided, the one that holds longest or that no time ends."""
    strict = [reason for reason in decision.reasons if reason.verdict is decision.verdict] or list(decision.reasons)
    unending = [reason for reason in strict if reason.until is None]
    if unending:
        return unending[0]
    return max(strict, key=lambda reason: (reason.until is not None, reason.until))


def who_must_act(decision: Decision) -> Message:
    """Who can open the gate where waiting can't."""
    first = strictest_reason(decision)
    if first.ask_for in _WHO_BY_FACT:
        return msg(_WHO_BY_FACT[first.ask_for])
    if first.detail.params.get("flag") == "wrong_person":
        return msg("calling.who_other_number")
    return msg(_WHO_BY_CODE.get(first.detail.code, "calling.who_lead_releases"))


def _attempts(conn: Connection, debtor_id: str) -> int:
    return int(conn.execute(select(t.debtor.c.attempts).where(t.debtor.c.id == debtor_id)).scalar_one())
