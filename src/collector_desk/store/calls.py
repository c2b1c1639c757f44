"""Questions about attempts: what the queue, the gate and the timeline read of the calls made.

An attempt is ended anew after its outcome was taken back, so that it may have several ends. Which of them holds is
said once, here (``HOLDS``, ``ATTEMPTS_NOW``); nobody else asks ``taken_back`` for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from collector_desk.domain.book.contact_summary import PastAttempt
from collector_desk.domain.calls.log import PROMISES
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.vocabulary import Addressee, Outcome, Result, Speaker
from collector_desk.store import tables as t

_END, _TAKEN = t.attempt_end.c, t.taken_back.c
HOLDS = ~(
    select(_TAKEN.id)
    # by the attempt, which is what the index knows
    .where(_TAKEN.attempt_id == _END.attempt_id, _TAKEN.attempt_end_id == _END.id)
    .correlate(t.attempt_end)
    .exists()
)
"""Whether an end was not taken back. Of each attempt at most one holds: only an open attempt can be ended."""

ATTEMPTS_NOW = t.attempt.outerjoin(t.attempt_end, and_(_END.attempt_id == t.attempt.c.id, HOLDS))
"""Every attempt with the end that holds; with none while it is open, or open again."""

COUNTS = t.attempt.c.rehearsal.is_(False)
"""Whether an attempt was one: a rehearsal counts for nothing."""

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
    )
    .select_from(ATTEMPTS_NOW)
    .where(t.attempt.c.debtor_id == bindparam("debtor_id"), COUNTS)
    .order_by(t.attempt.c.begun_at, t.attempt.c.id)
)


def past_attempts(conn: Connection, debtor_id: str) -> list[PastAttempt]:
    """A debtor's attempts, oldest first; what was taken back has no outcome. Rehearsals don't count."""
    return [_past(row) for row in conn.execute(_ATTEMPTS, {"debtor_id": debtor_id})]


def _past(row: Any) -> PastAttempt:
    return PastAttempt(
        id=row.id,
        at=row.begun_at,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        result=None if row.outcome is None else Result(row.result),
        speaker=Speaker(row.speaker) if row.outcome else Speaker.UNKNOWN,
        next_step=StepKind(row.next_step) if row.next_step else None,
        next_at=row.next_at,
        to=Addressee(row.addressee),
    )


@dataclass(frozen=True, slots=True)
class DayLine:
    """An agent's own day in figures."""

    tried: int
    reached: int
    promised: int
    next_due: datetime | None


_DAY = (
    select(_END.outcome, func.count().label("tries"))
    .select_from(ATTEMPTS_NOW)
    .where(t.attempt.c.actor_id == bindparam("who"), t.attempt.c.begun_at >= bindparam("since"), COUNTS)
    .group_by(_END.outcome)
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
        promised=sum(row.tries for row in rows if row.outcome in PROMISES),
        next_due=due,
    )


_DONE = (
    select(func.count(t.attempt.c.debtor_id.distinct()))
    .select_from(ATTEMPTS_NOW)
    .where(
        t.attempt.c.actor_id == bindparam("who"),
        t.attempt.c.begun_at >= bindparam("since"),
        _END.id.is_not(None),
        COUNTS,
    )
)


def debtors_done(conn: Connection, person_id: str, *, since: datetime) -> int:
    """How many debtors a person has called, or was called by, since an instant, with an outcome that holds."""
    return int(conn.execute(_DONE, {"who": person_id, "since": since}).scalar_one())


def any_open(conn: Connection) -> bool:
    """Whether any call is under way, anybody's: then nobody may be kept waiting."""
    return conn.exec_driver_sql("SELECT 1 FROM open_attempt LIMIT 1").first() is not None
