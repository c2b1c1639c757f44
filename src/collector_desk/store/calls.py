"""Questions about attempts: what the queue, the gate and the timeline read of the calls made.

An attempt is ended anew after its outcome was taken back, so that it may have several ends. Which of them holds is
said once, here (``HOLDS``, ``ATTEMPTS_NOW``); nobody else asks ``taken_back`` for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, and_, bindparam, cast, func, or_, select

from collector_desk.domain.calls.log import PROMISES, OpenAttempt
from collector_desk.domain.vocabulary import Addressee, Direction, Outcome, PromiseState, Role
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


@dataclass(frozen=True, slots=True)
class DayLine:
    """An agent's own day in figures: calls made and how many of them reached somebody, promises that hold."""

    tried: int
    reached: int
    promised: int
    next_due: datetime | None


_WAITS = (
    select(t.promise.c.id)
    .join(t.promise_state, t.promise_state.c.promise_id == t.promise.c.id)
    .where(
        t.promise_state.c.debtor_id == t.attempt.c.debtor_id,  # by whom the index knows it
        t.promise.c.attempt_id == t.attempt.c.id,
        t.promise_state.c.state.in_([PromiseState.PROPOSED.value, PromiseState.REFUSED.value]),
    )
    .correlate(t.attempt)
    .exists()
)
"""Whether what was promised in a call waits for a lead, or was refused by one."""

_DAY = (
    select(_END.outcome, t.attempt.c.direction, _WAITS.label("waits"), func.count().label("tries"))
    .select_from(ATTEMPTS_NOW)
    .where(t.attempt.c.actor_id == bindparam("who"), t.attempt.c.begun_at >= bindparam("since"), COUNTS)
    .group_by(_END.outcome, t.attempt.c.direction, _WAITS)
)
_NEXT_DUE = select(func.min(t.debtor.c.queue_back_at)).where(
    t.debtor.c.holder_id == bindparam("who"), t.debtor.c.queue_back_at.is_not(None)
)


def day_line(conn: Connection, person_id: str, *, since: datetime, reached_outcomes: Iterable[str]) -> DayLine:
    """Tries, talks and promises of a person since an instant, and what of theirs falls due next."""
    rows = conn.execute(_DAY, {"who": person_id, "since": since}).all()
    made = [row for row in rows if row.direction == Direction.OUT.value]
    reached = set(reached_outcomes)
    due = conn.execute(_NEXT_DUE, {"who": person_id}).scalar()
    return DayLine(
        tried=sum(row.tries for row in made),
        reached=sum(row.tries for row in made if row.outcome in reached),
        promised=sum(row.tries for row in rows if row.outcome in PROMISES and not row.waits),
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


# --- calls under way ----------------------------------------------------------------------------------------

_OPEN = select(
    t.open_attempt.c.person_id,
    t.attempt.c.id,
    t.attempt.c.debtor_id,
    t.attempt.c.phone_id,
    t.attempt.c.begun_at,
    t.attempt.c.direction,
    t.attempt.c.script,
    t.attempt.c.addressee,
    t.phone.c.number,
).select_from(
    t.open_attempt.join(t.attempt, t.attempt.c.id == t.open_attempt.c.attempt_id).outerjoin(
        t.phone, t.phone.c.id == t.attempt.c.phone_id
    )
)
_OPEN_OF_PERSON = _OPEN.where(t.open_attempt.c.person_id == bindparam("who"))
_IN_THE_WAY = _OPEN.where(
    or_(t.open_attempt.c.person_id == bindparam("who"), t.open_attempt.c.debtor_id == bindparam("debtor_id"))
)


def open_of(conn: Connection, person_id: str) -> OpenAttempt | None:
    """The attempt whose outcome a person owes; one at most."""
    row = conn.execute(_OPEN_OF_PERSON, {"who": person_id}).first()
    return _open(row) if row else None


def in_the_way(conn: Connection, person_id: str, debtor_id: str) -> dict[str, OpenAttempt]:
    """The calls under way of this person or with this debtor, by whose outcome they wait for."""
    rows = conn.execute(_IN_THE_WAY, {"who": person_id, "debtor_id": debtor_id})
    return {row.person_id: _open(row) for row in rows}


def _open(row: Any) -> OpenAttempt:
    return OpenAttempt(
        row.id,
        row.debtor_id,
        row.phone_id,
        row.number or "",
        row.begun_at,
        Direction(row.direction),
        row.script,
        Addressee(row.addressee),
    )


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call that waits for its outcome, with who owes it and what they may do."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    caller_id: str
    caller: str
    roles: tuple[Role, ...]
    active: bool
    begun_at: datetime


_WAITING = (
    select(
        t.open_attempt.c.attempt_id,
        t.open_attempt.c.begun_at,
        t.open_attempt.c.debtor_id,
        t.debtor.c.name.label("debtor_name"),
        t.person.c.id.label("person_id"),
        t.person.c.name,
        t.person.c.roles,
        t.person.c.active,
    )
    .join(t.debtor, t.debtor.c.id == t.open_attempt.c.debtor_id)
    .join(t.person, t.person.c.id == t.open_attempt.c.person_id)
    .order_by(t.open_attempt.c.begun_at)
)


def waiting_calls(conn: Connection) -> list[WaitingCall]:
    """Every call that waits for its outcome, the oldest first."""
    return [
        WaitingCall(
            row.attempt_id,
            row.debtor_id,
            row.debtor_name,
            row.person_id,
            row.name,
            tuple(map(Role, row.roles)),
            row.active,
            row.begun_at,
        )
        for row in conn.execute(_WAITING)
    ]


# --- outcomes -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LastEnd:
    """The outcome a person wrote last, of those that hold."""

    id: str
    attempt_id: str
    debtor_id: str
    ended_at: datetime
    talk_seconds: int


_LAST_END = (
    select(_END.id, _END.attempt_id, _END.debtor_id, _END.ended_at, _END.talk_seconds)
    # by way of the day's attempts, which are few and indexed by who made them
    .select_from(ATTEMPTS_NOW)
    .where(
        t.attempt.c.actor_id == bindparam("who"),
        t.attempt.c.begun_at >= bindparam("earliest"),
        _END.ended_at >= bindparam("since"),
        _END.actor_id == bindparam("who"),  # a lead may have ended it in their place
    )
    # one call at a time: the last begun is the last ended, and the index knows it
    .order_by(t.attempt.c.begun_at.desc(), _END.id.desc())
    .limit(1)
)


def last_end(conn: Connection, person_id: str, *, earliest: datetime, since: datetime) -> LastEnd | None:
    """A person's last outcome since an instant, of a call begun after ``earliest``."""
    row = conn.execute(_LAST_END, {"who": person_id, "earliest": earliest, "since": since}).first()
    return LastEnd(*row) if row else None


_ON_PATH = (
    select(_END.outcome, _END.path)
    .select_from(ATTEMPTS_NOW)
    .where(
        _END.ended_at >= bindparam("since"), COUNTS, cast(_END.path, String).like(bindparam("stop", type_=String()))
    )
)


def paths_with(conn: Connection, stop: str, since: datetime) -> Iterator[tuple[Outcome, Sequence[str]]]:
    """The outcomes since an instant whose way through the call has a stop that begins so, each with its way."""
    for row in conn.execute(_ON_PATH, {"since": since, "stop": f'%"{stop}%'}):
        yield Outcome(row.outcome), row.path
