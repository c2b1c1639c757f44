"""A case at a shut gate is set for the instant at which it opens again: one act, one line of history."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from collector_desk.domain.book.debts import message_to_plain
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import decide
from collector_desk.domain.conduct.values import Decision, Reason
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services.book import refresh
from collector_desk.services.desk.clock import doubt_of
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.gate.facts import action_for, active_packs, facts_of
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import phones_of

_WHO_BY_FACT = {
    "institution_total": "calls.who_lead_counts",
    "lead_approval": "calls.who_lead_approves",
    "date_confirmed": "calls.who_lead_clock",
    "zone": "calls.who_wrote_file",
}
_WHO_BY_CODE = {
    "conduct.nothing_owed": "calls.who_nobody",
    "conduct.debt_returned": "calls.who_nobody",
    "conduct.mandate_over": "calls.who_bank_extends",
    "conduct.stopped_number": "calls.who_other_number",
    "conduct.held_number": "calls.who_lead_number",
    "conduct.not_a_number": "calls.who_other_number",
    "conduct.short_number": "calls.who_other_number",
    "conduct.no_area_code": "calls.who_other_number",
    "conduct.third_party_refused": "calls.who_other_number",
    "conduct.gate_shut": "calls.who_other_number",
    "conduct.no_pack": "calls.who_releases_packs",
    "conduct.pack_expired": "calls.who_releases_packs",
    "conduct.zone_data": "calls.who_wrote_file",
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
            raise Refused("calls.held_by_other")
        phones = phones_of(act.conn, debtor_id)
        phone = next((one for one in phones if one.id == phone_id), None)
        if phone is None:
            raise Refused("calls.no_such_number")
        facts = facts_of(act.conn, debtor_id, act.at, phones, doubt_of(seat.clock))
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
            "attempts": _attempts(act.conn, debtor_id),
        }
        act.record(t.scheduled, row)
        refresh.refresh(act.conn, [debtor_id], act.at)
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
        return msg("calls.who_other_number")
    return msg(_WHO_BY_CODE.get(first.detail.code, "calls.who_lead_releases"))


def _attempts(conn: Connection, debtor_id: str) -> int:
    return int(conn.execute(select(t.debtor.c.attempts).where(t.debtor.c.id == debtor_id)).scalar_one())
