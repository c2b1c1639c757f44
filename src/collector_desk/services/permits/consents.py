"""What opens the gate for one debtor: consents and a lead's override.

Each is a line of history with who, when and why, and takes two people: who asks or calls, and a lead who agrees or
lets it pass. The gate reads them back as facts (``services.gate.facts``).
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlalchemy import BindParameter, bindparam, or_, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import ConsentScope, Decision
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.references import is_reference
from collector_desk.domain.vocabulary import TaskKind, Verdict
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import consents as record
from collector_desk.services.record import second_person
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.engine import Connection
from collector_desk.store.tables.history import journal

LONGEST = timedelta(days=30)
"""What a debtor agreed to is asked again after so long."""


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
    """Write a consent down; it opens nothing until a lead other than who wrote it agrees (``tasks.settle``).

    Raises Refused without words, without a proof that somebody else can look up, for a span that ends before it
    begins or is longer than ``LONGEST``, and where the store has nobody who could agree.
    """
    require(seat.person, Act.WORK_CASE)
    words, proof = cleaned(wish.words, 2000), cleaned(wish.proof, 120)
    if not words:
        raise Refused("permits.permits.no_words", "words")
    if not proof:
        raise Refused("permits.permits.no_proof", "proof")
    if wish.until <= wish.since:
        raise Refused("permits.permits.ends_first", "until")
    if wish.until - wish.since > LONGEST:
        raise Refused("permits.permits.too_long", "until", days=LONGEST.days)
    if wish.scope is ConsentScope.AGREED_HOURS and wish.window is None:
        raise Refused("permits.permits.no_window", "window")
    with acting(seat, "consent.note") as act:
        if not on_file(act.conn, debtor_id, proof) and not is_reference(proof):
            raise Refused("permits.permits.proof_unknown", "proof")
        task_id = second_person.ask(act, debtor_id, TaskKind.CONSENT)
        record.write(
            act,
            debtor_id,
            wish.scope,
            attempt_id=attempt_id,
            since=wish.since,
            until=wish.until,
            words=words,
            proof=proof,
            window=wish.window,
            task_id=task_id,
        )
    return Changes(debtors=frozenset({debtor_id}))


_OF: BindParameter[str] = bindparam("debtor_id")
_RECORDED = (
    select(t.attempt_end.c.recording)
    .join(t.attempt, t.attempt.c.id == t.attempt_end.c.attempt_id)
    .where(t.attempt.c.debtor_id == _OF, t.attempt_end.c.recording.is_not(None))
)


def on_file(conn: Connection, debtor_id: str, proof: str) -> bool:
    """Whether a proof is the recording of one of this debtor's calls."""
    said = _bare(proof)
    return any(_bare(one) == said for one in conn.execute(_RECORDED, {"debtor_id": debtor_id}).scalars())


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that waits for a lead: what it would open, in whose words, by what proof."""

    scope: ConsentScope
    since: datetime
    until: datetime | None
    window: tuple[int, int] | None
    words: str = field(repr=False)
    proof: str
    on_file: bool


_OF_TASK = select(t.consent).where(t.consent.c.debtor_id == _OF, t.consent.c.task_id == bindparam("task_id"))


def of_task(seat: Seat, debtor_id: str, task_id: str) -> Asked | None:
    """The consent a task asks a lead to agree to."""
    with seat.store.read() as conn:
        row = conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id}).first()
        if row is None:
            return None
        window = None if row.window_from is None else (row.window_from, row.window_to)
        known = on_file(conn, debtor_id, row.proof)
    return Asked(ConsentScope(row.scope), row.since, row.until, window, row.words or "", row.proof, known)


@dataclass(frozen=True, slots=True)
class ConsentInForce:
    """A consent that was neither withdrawn nor has run out; ``agreed`` is False while it waits for a lead."""

    id: str
    scope: ConsentScope
    until: datetime | None
    agreed: bool = True


_WAITS = select(t.task_state.c.task_id).where(
    t.task_state.c.task_id == t.consent.c.task_id, t.task_state.c.open.is_(True)
)
_IN_FORCE = (
    select(t.consent.c.id, t.consent.c.scope, t.consent.c.until, agreed(t.consent.c.task_id).label("agreed"))
    .where(
        t.consent.c.debtor_id == _OF,
        agreed(t.consent.c.task_id) | _WAITS.exists(),
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
    """The debtor's consents that still act, and those that wait for a lead; the newest first."""
    with seat.store.read() as conn:
        rows = conn.execute(_IN_FORCE, {"debtor_id": debtor_id, "now": seat.now()}).all()
    return tuple(ConsentInForce(row.id, ConsentScope(row.scope), row.until, row.agreed) for row in rows)


def last_refused(seat: Seat, debtor_id: str) -> str:
    """Who was last told by the gate that this debtor may not be called; "" where nobody tried."""
    with seat.store.read() as conn:
        return str(conn.execute(_REFUSED, {"debtor_id": debtor_id}).scalar() or "")


def withdraw_consent(seat: Seat, consent_id: str) -> Changes:
    """The debtor takes it back; it acts at once."""
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "consent.withdraw") as act:
        row = act.conn.execute(select(t.consent).where(t.consent.c.id == consent_id)).first()
        gone = act.conn.execute(
            select(t.consent_withdrawn.c.id).where(t.consent_withdrawn.c.consent_id == consent_id)
        ).first()
        if row is None or gone:
            raise Refused("permits.permits.no_consent")
        record.withdraw(act, consent_id, row.debtor_id, row.task_id)
    return Changes(debtors=frozenset({row.debtor_id}))


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
        raise Refused("permits.tasks.no_reason", "reason")
    if not decision.overridable:
        raise Refused("permits.permits.not_overridable")
    with acting(seat, "gate.override") as act:
        if until <= act.at:
            raise Refused("permits.permits.ends_first", "until")
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
    return Changes(debtors=frozenset({debtor_id}))
