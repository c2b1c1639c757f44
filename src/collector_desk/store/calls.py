"""Questions about attempts: what the queue, the gate and the timeline read of the calls made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from collector_desk.domain.outcomes import StepKind
from collector_desk.domain.standing import PastAttempt
from collector_desk.domain.vocabulary import Addressee, Outcome, Result, Speaker
from collector_desk.store import tables as t

_END, _TAKEN = t.attempt_end.c, t.taken_back.c
_ATTEMPTS = (
    select(
        t.attempt.c.id,
        t.attempt.c.begun_at,
        t.attempt.c.addressee,
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
        to=Addressee(row.addressee),
    )


@dataclass(frozen=True, slots=True)
class DayLine:
    """An agent's own day in figures."""

    tried: int
    reached: int
    promised: int
    next_due: datetime | None


_TAKEN_BACK = select(t.taken_back.c.id).where(t.taken_back.c.attempt_id == t.attempt.c.id).exists()
_DAY = (
    select(t.attempt_end.c.outcome, func.count().label("tries"))
    .select_from(
        t.attempt.outerjoin(t.attempt_end, and_(t.attempt_end.c.attempt_id == t.attempt.c.id, ~_TAKEN_BACK))
    )
    .where(
        t.attempt.c.actor_id == bindparam("who"),
        t.attempt.c.begun_at >= bindparam("since"),
        t.attempt.c.rehearsal.is_(False),
    )
    .group_by(t.attempt_end.c.outcome)
)
_NEXT_DUE = select(func.min(t.debtor.c.queue_back_at)).where(
    t.debtor.c.holder_id == bindparam("who"), t.debtor.c.queue_back_at.is_not(None)
)


def day_line(conn: Connection, person_id: str, *, since: datetime, reached_outcomes: Iterable[str]) -> DayLine:
    """Tries, talks and promises of a person since an instant, and what of theirs falls due next."""
    rows = conn.execute(_DAY, {"who": person_id, "since": since}).all()
    reached = set(reached_outcomes)
    due = conn.execute(_NEXT_DUE, {"who": person_id}).scalar()
    return DayLine(
        tried=sum(row.tries for row in rows),
        reached=sum(row.tries for row in rows if row.outcome in reached),
        promised=sum(row.tries for row in rows if row.outcome in {"promise_full", "promise_part"}),
        next_due=due,
    )
