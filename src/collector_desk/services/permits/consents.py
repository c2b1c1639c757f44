"""What opens the gate for one debtor: consents and a lead's override.

Each is a line of history with who, when and why, and takes two people: who asks or calls, and a lead who agrees or
lets it pass. The gate reads them back as facts (``services.gate.facts``).
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import Consent, ConsentInForce, ConsentScope, Decision
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.text.references import is_reference
from collector_desk.domain.vocabulary import TaskKind, Verdict
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record import consents as record
from collector_desk.services.record import second_person
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.permits import consents as kept

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


def on_file(conn: Connection, debtor_id: str, proof: str) -> bool:
    """Whether a proof is the recording of one of this debtor's calls."""
    said = _bare(proof)
    return any(_bare(one) == said for one in kept.recordings(conn, debtor_id))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that waits for a lead; ``on_file``: its proof is the recording of a call with this debtor."""

    consent: Consent
    on_file: bool


def of_task(seat: Seat, debtor_id: str, task_id: str) -> Asked | None:
    """The consent a task asks a lead to agree to."""
    with seat.store.read() as conn:
        consent = kept.of_task(conn, debtor_id, task_id)
        return Asked(consent, on_file(conn, debtor_id, consent.proof)) if consent else None


def in_force(seat: Seat, debtor_id: str) -> tuple[ConsentInForce, ...]:
    """The debtor's consents that still act, and those that wait for a lead; the newest first."""
    with seat.store.read() as conn:
        return kept.in_force(conn, debtor_id, seat.now())


def last_refused(seat: Seat, debtor_id: str) -> str:
    """Who was last told by the gate that this debtor may not be called; "" where nobody tried."""
    with seat.store.read() as conn:
        return kept.last_refused(conn, debtor_id) or ""


def withdraw_consent(seat: Seat, consent_id: str) -> Changes:
    """The debtor takes it back; it acts at once."""
    require(seat.person, Act.WORK_CASE)
    with acting(seat, "consent.withdraw") as act:
        given = kept.given(act.conn, consent_id)
        if given is None:
            raise Refused("permits.permits.no_consent")
        record.withdraw(act, consent_id, given.debtor_id, given.task_id)
    return Changes(debtors=frozenset({given.debtor_id}))


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
