"""Questions about attempts: what the queue, the gate and the timeline read of the calls made."""

from typing import Any

from sqlalchemy import Connection, and_, select

from collector_desk.domain.outcomes import StepKind
from collector_desk.domain.standing import PastAttempt
from collector_desk.domain.vocabulary import Outcome, Result, Speaker
from collector_desk.store import tables as t


def past_attempts(conn: Connection, debtor_id: str) -> list[PastAttempt]:
    """A debtor's attempts, oldest first; what was taken back has no outcome. Rehearsals don't count."""
    taken = t.taken_back.c
    statement = (
        select(t.attempt.c.id, t.attempt.c.begun_at, t.attempt_end, taken.id.label("taken"))
        .select_from(
            t.attempt.outerjoin(t.attempt_end, t.attempt_end.c.attempt_id == t.attempt.c.id).outerjoin(
                t.taken_back, and_(taken.attempt_id == t.attempt.c.id, taken.attempt_end_id == t.attempt_end.c.id)
            )
        )
        .where(t.attempt.c.debtor_id == debtor_id, t.attempt.c.rehearsal.is_(False))
        .order_by(t.attempt.c.begun_at, t.attempt.c.id, t.attempt_end.c.id)
    )
    latest: dict[str, PastAttempt] = {}
    for row in conn.execute(statement):
        latest[row[0]] = _past(row)  # a correction is a later row of the same attempt
    return list(latest.values())


def _past(row: Any) -> PastAttempt:
    void = row.outcome is None or row.taken is not None
    return PastAttempt(
        id=row[0],
        at=row.begun_at,
        outcome=None if void else Outcome(row.outcome),
        result=None if row.outcome is None else Result(row.result),
        speaker=Speaker(row.speaker) if row.outcome else Speaker.UNKNOWN,
        next_step=None if void or not row.next_step else StepKind(row.next_step),
        next_at=None if void else row.next_at,
    )
