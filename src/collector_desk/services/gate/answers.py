"""The gate's answers in words: what is refused and why, which reason to say first, who can open what waiting
can't.
"""

import hashlib
import json

from collector_desk.domain.conduct.values import Action, Decision, Reason
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.states import StoreDoubt
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services.desk.seat import Writing
from collector_desk.services.gate.facts import active_packs, reasons_to_plain
from collector_desk.store import tables as t
from collector_desk.store.gate.grounds import ground_like, rule_set_like

LEAD_APPROVAL = "lead_approval"
"""What the gate asks for before a debtor's contacts may be asked (``permits/contacts``)."""

_WHO_BY_FACT = {
    "institution_total": "calls.who_lead_counts",
    LEAD_APPROVAL: "calls.who_lead_approves",
    "date_confirmed": "calls.who_lead_clock",
    "zone": "calls.who_wrote_file",
    "bank_word": "calls.who_bank_tells",
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
    **{f"conduct.store_{doubt}": "calls.who_lead_store" for doubt in StoreDoubt},
}


def asks_lead(decision: Decision) -> bool:
    """Whether the rules would let a third party be asked, once a lead says so."""
    return any(reason.ask_for == LEAD_APPROVAL for reason in decision.reasons)


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


class GateRefused(Refused):
    """The conduct gate said no (or asked for a fact); its decision is stored and carried here."""

    def __init__(self, decision: Decision) -> None:
        first = strictest_reason(decision)
        if decision.next_allowed_at:
            super().__init__("calls.gate_until", why=first.detail, until=decision.next_allowed_at)
        else:
            super().__init__("calls.gate", why=first.detail)
        self.decision = decision


def reasons_of(decision: Decision) -> tuple[Message, ...]:
    """The decision in words, what holds longest first: before any hour what waits for somebody's word.

    A time is named once, and only where nothing else stands in the way by then.
    """
    first = strictest_reason(decision) if decision.reasons else None
    told = [reason for reason in decision.reasons if reason.verdict is not Verdict.ALLOW]
    told.sort(key=lambda reason: reason is not first)
    found: list[Message] = []
    for detail in (reason.detail for reason in told):
        if detail not in found:  # law and house often say the same
            found.append(detail)
    again = decision.next_allowed_at
    return tuple(
        msg("calls.gate_until", why=detail, until=again) if again and not place else msg("calls.gate", why=detail)
        for place, detail in enumerate(found)
    )


def keep(act: Writing, debtor_id: str, action: Action, decision: Decision, *, phone_id: str | None = None) -> None:
    """Write the gate's answer into the history: a no, or whatever it is where no attempt follows."""
    act.record(
        t.gate_decision,
        {
            "debtor_id": debtor_id,
            "phone_id": phone_id,
            "channel": action.channel.value,
            "addressee": action.to.value,
            "verdict": decision.verdict.value,
            "reasons": reasons_to_plain(decision),
            "rule_set_id": _rule_set(act, decision.pack_hash),
            "next_allowed_at": decision.next_allowed_at,
        },
    )


def ground(act: Writing, decision: Decision, script_hash: str) -> str:
    """The id of what an attempt is begun on: the gate's yes with its reasons and packs, and the scripts in use.

    Thousands of attempts are begun on the same; it is written where there is none like it yet.
    """
    reasons = reasons_to_plain(decision)
    said = json.dumps([decision.verdict, decision.pack_hash, reasons, script_hash], sort_keys=True)
    content_hash = hashlib.sha256(said.encode()).digest()
    known = ground_like(act.conn, content_hash)
    if known is not None:
        return known
    return act.record(
        t.ground,
        {
            "content_hash": content_hash,
            "verdict": decision.verdict.value,
            "reasons": reasons,
            "rule_set_id": _rule_set(act, decision.pack_hash),
            "script_hash": bytes.fromhex(script_hash),
        },
    )


def _rule_set(act: Writing, pack_hash: str) -> str:
    """The id of the packs a decision went by, which are those in use."""
    raw = bytes.fromhex(pack_hash)
    known = rule_set_like(act.conn, raw)
    if known is not None:
        return known
    packs = {pack.id: pack.hash for pack in active_packs(act.conn)}
    return act.record(t.rule_set, {"pack_hash": raw, "packs": packs})
