"""Questions about what a debtor agreed to, and by which proof."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, or_, select

from collector_desk.domain.conduct.values import Consent, ConsentInForce, ConsentScope
from collector_desk.domain.vocabulary import Verdict
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.engine import Connection
from collector_desk.store.tables.history import journal

_CONSENT = t.consent.c
_OF: BindParameter[str] = bindparam("debtor_id")
_RECORDED = (
    select(t.attempt_end.c.recording)
    .join(t.attempt, t.attempt.c.id == t.attempt_end.c.attempt_id)
    .where(t.attempt.c.debtor_id == _OF, t.attempt_end.c.recording.is_not(None))
)


def recordings(conn: Connection, debtor_id: str) -> tuple[str, ...]:
    """The recordings of a debtor's calls, as they were named; of taken-back outcomes too."""
    return tuple(conn.execute(_RECORDED, {"debtor_id": debtor_id}).scalars())


_OF_TASK = select(t.consent).where(_CONSENT.debtor_id == _OF, _CONSENT.task_id == bindparam("task_id"))


def of_task(conn: Connection, debtor_id: str, task_id: str) -> Consent | None:
    """The consent a task asks a lead to agree to."""
    row = conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id}).first()
    if row is None:
        return None
    window = None if row.window_from is None else (row.window_from, row.window_to)
    return Consent(ConsentScope(row.scope), row.since, row.until, window, row.words or "", row.proof)


_STANDS = _CONSENT.id.not_in(select(t.consent_withdrawn.c.consent_id))
_WAITS = (
    select(t.task_state.c.task_id)
    .where(t.task_state.c.task_id == _CONSENT.task_id, t.task_state.c.open.is_(True))
    .exists()
)
_IN_FORCE = (
    select(_CONSENT.id, _CONSENT.scope, _CONSENT.until, agreed(_CONSENT.task_id).label("agreed"))
    .where(
        _CONSENT.debtor_id == _OF,
        agreed(_CONSENT.task_id) | _WAITS,
        _STANDS,
        or_(_CONSENT.until.is_(None), _CONSENT.until > bindparam("now")),
    )
    .order_by(_CONSENT.id.desc())
)


def in_force(conn: Connection, debtor_id: str, now: datetime) -> tuple[ConsentInForce, ...]:
    """A debtor's consents that still act, and those that wait for a lead; the newest first."""
    rows = conn.execute(_IN_FORCE, {"debtor_id": debtor_id, "now": now})
    return tuple(ConsentInForce(row.id, ConsentScope(row.scope), row.until, row.agreed) for row in rows)


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """Whose a consent is, and on which task it hangs."""

    debtor_id: str
    task_id: str | None


_GIVEN = select(_CONSENT.debtor_id, _CONSENT.task_id).where(_CONSENT.id == bindparam("consent_id"), _STANDS)


def given(conn: Connection, consent_id: str) -> GivenConsent | None:
    """A consent that was not withdrawn, whether it has run out or not."""
    row = conn.execute(_GIVEN, {"consent_id": consent_id}).first()
    return GivenConsent(row.debtor_id, row.task_id) if row else None


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


def last_refused(conn: Connection, debtor_id: str) -> str | None:
    """Who was last told by the gate that this debtor may not be called; None where nobody tried."""
    found = conn.execute(_REFUSED, {"debtor_id": debtor_id}).scalar()
    return None if found is None else str(found)
