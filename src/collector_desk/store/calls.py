"""Questions about attempts: what the queue, the gate and the timeline read of the calls made."""

from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from collector_desk.domain.outcomes import StepKind
from collector_desk.domain.standing import PastAttempt
from collector_desk.domain.vocabulary import Outcome, Result, Speaker
from collector_desk.store import tables as t

_END, _TAKEN = t.attempt_end.c, t.taken_back.c
_ATTEMPTS = (
    select(
        t.attempt.c.id,
        t.attempt.c.begun_at,
        _END.outcome,
        _END.result,
        _END.speaker,
        _END.next_step,
        _END.next_at,
        _TAKEN.id.label("taken"),
    )
    .select_from(
        t.attempt.outerjoin(t.attempt_end, _END.attempt_id == t.attempt.c.id).outerjoin(
            t.taken_back, and_(_TAKEN.attempt_id == t.attempt.c.id, _TAKEN.attempt_end_id == _END.id)
        )
    )
    .where(t.attempt.c.debtor_id == bindparam("debtor_id"), t.attempt.c.rehearsal.is_(False))
    .order_by(t.attempt.c.begun_at, t.attempt.c.id, _END.id)
)


def past_attempts(conn: Connection, debtor_id: str) -> list[PastAttempt]:
    """A debtor's attempts, oldest first; what was taken back has no outcome. Rehearsals don't count."""
    latest: dict[str, PastAttempt] = {}
    for row in conn.execute(_ATTEMPTS, {"debtor_id": debtor_id}):
        latest[row.id] = _past(row)  # a correction is a later row of the same attempt
    return list(latest.values())


def _past(row: Any) -> PastAttempt:
    void = row.outcome is None or row.taken is not None
    return PastAttempt(
        id=row.id,
        at=row.begun_at,
        outcome=None if void else Outcome(row.outcome),
        result=None if row.outcome is None else Result(row.result),
        speaker=Speaker(row.speaker) if row.outcome else Speaker.UNKNOWN,
        next_step=None if void or not row.next_step else StepKind(row.next_step),
        next_at=None if void else row.next_at,
    )
