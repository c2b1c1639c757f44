"""What opens the gate for one debtor: consents and a lead's override. (The institution's counts: ``counts``.)

Each is a line of history with who, when and why; the gate reads them back as facts (``services.gate``).
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import BindParameter, bindparam, or_, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import ConsentScope, Decision
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.text import cleaned
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services import standing
from collector_desk.services.desk import Seat, acting
from collector_desk.store import tables as t
from collector_desk.store.history import journal


@dataclass(frozen=True, slots=True)
class ConsentWish:
    """What the debtor agreed to: its scope, span, daily window (their clock), their words and the proof of them."""

    scope: ConsentScope
    since: datetime
    until: datetime
    words: str = field(repr=False)
    proof: str = field(repr=False)  # recording or message reference
    window: tuple[time, time] | None = None


def note_consent(seat: Seat, debtor_id: str, wish: ConsentWish, *, attempt_id: str | None = None) -> Changes:
    """Write a consent down. Raises Refused without words, without proof, or where it would end before it begins."""
    require(seat.person, Act.WORK_CASE)
    words, proof = cleaned(wish.words, 2000), cleaned(wish.proof, 120)
    if not words:
        raise Refused("permits.no_words", "words")
    if not proof:
        raise Refused("permits.no_proof", "proof")
    if wish.until <= wish.since:
        raise Refused("permits.ends_first", "until")
    if wish.scope is ConsentScope.AGREED_HOURS and wish.window is None:
        raise Refused("permits.no_window", "window")
    with acting(seat, "consent.note") as act:
        act.record(
            t.consent,
            {
                "debtor_id": debtor_id,
                "attempt_id": attempt_id,
                "scope": wish.scope.value,
                "since": wish.since,
                "until": wish.until,
                "window_from": _seconds(wish.window[0]) if wish.window else None,
                "window_to": _seconds(wish.window[1]) if wish.window else None,
                "words": words,
                "proof": proof,
            },
        )
        standing.refresh(act.conn, [debtor_id], act.at)
    return Changes(debtors=frozenset({debtor_id}))


@dataclass(frozen=True, slots=True)
class ConsentInForce:
    """A consent that was neither withdrawn nor has run out."""

    id: str
    scope: ConsentScope
    until: datetime | None


_OF: BindParameter[str] = bindparam("debtor_id")
_IN_FORCE = (
    select(t.consent.c.id, t.consent.c.scope, t.consent.c.until)
    .where(
        t.consent.c.debtor_id == _OF,
        t.consent.c.id.not_in(select(t.consent_withdrawn.c.consent_id)),
        or_(t.consent.c.until.is_(None), t.consent.c.until > bindparam("now")),
    )
    .order_by(t.consent.c.id.desc())
)
_REFUSED = (
    select(journal.c.actor_id)
    .join(t.gate_decision, t.gate_decision.c.id == journal.c.row_id)
    .where(
        journal.c.debtor_id == _OF,
        t.gate_decision.c.verdict.in_([Verdict.BLOCK.value, Verdict.ASK.value]),
    )
    .order_by(journal.c.seq.desc())
    .limit(1)
)


def in_force(seat: Seat, debtor_id: str) -> tuple[ConsentInForce, ...]:
    """The debtor's consents that still act, the newest first."""
    with seat.store.read() as conn:
        rows = conn.execute(_IN_FORCE, {"debtor_id": debtor_id, "now": seat.now()}).all()
    return tuple(ConsentInForce(row.id, ConsentScope(row.scope), row.until) for row in rows)


def last_refused(seat: Seat, debtor_id: str) -> str:
    """Who was last told by the gate that this debtor may not be called; "" where nobody tried."""
    with seat.store.read() as conn:
        return str(conn.execute(_REFUSED, {"debtor_id": debtor_id}).scalar() or "")


def withdraw_consent(seat: Seat, consent_id: str) -> Changes:
    """The debtor takes it back; it acts at once."""
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "consent.withdraw") as act:
        debtor_id = act.conn.execute(select(t.consent.c.debtor_id).where(t.consent.c.id == consent_id)).scalar()
        gone = act.conn.execute(
            select(t.consent_withdrawn.c.id).where(t.consent_withdrawn.c.consent_id == consent_id)
        ).first()
        if debtor_id is None or gone:
            raise Refused("permits.no_consent")
        act.record(t.consent_withdrawn, {"consent_id": consent_id}, debtor_id=debtor_id)
        standing.refresh(act.conn, [debtor_id], act.at)
    return Changes(debtors=frozenset({debtor_id}))


def override(
    seat: Seat, *, debtor_id: str, caller_id: str, decision: Decision, until: datetime, reason: str
) -> Changes:
    """A lead other than the caller lets this debtor's blocking house rules pass until an instant, with a reason.

    Raises Refused where one of the rules can't be overridden, and without a reason.
    """
    require(seat.person, Act.OVERRIDE_GATE)
    require_other(caller_id, seat.person.id)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("duties.no_reason", "reason")
    if not decision.overridable:
        raise Refused("permits.not_overridable")
    with acting(seat, "gate.override") as act:
        if until <= act.at:
            raise Refused("permits.ends_first", "until")
        for rule in sorted({found.rule for found in decision.reasons if found.verdict is Verdict.BLOCK}):
            act.record(
                t.gate_override,
                {
                    "debtor_id": debtor_id,
                    "rule": rule,
                    "until": until,
                    "approved_by": seat.person.id,
                    "approved_at": act.at,
                    "reason": words,
                },
            )
        standing.refresh(act.conn, [debtor_id], act.at)
    return Changes(debtors=frozenset({debtor_id}))


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
