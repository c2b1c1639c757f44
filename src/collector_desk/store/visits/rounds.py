"""Who is planned to go where: the visits of a span of time, what waits for a pair, a day's order."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.lists import Waiting
from collector_desk.domain.visits.rounds import DayOrder
from collector_desk.domain.visits.steps import GOING, VisitState
from collector_desk.domain.visits.visit import VisitPlan, VisitRequest
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown

_STATE, _LINE = t.visit_state.c, t.visit_line.c


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """A visit somebody is named for, with its newest plan."""

    visit_id: str
    number: str
    plan: VisitPlan


_PLANNED = (
    select(_STATE.visit_id, shown(t.visit_state), _LINE.content)
    .join(t.visit_line, _LINE.visit_id == _STATE.visit_id)
    .where(
        _STATE.state.in_(GOING),
        _STATE.planned_at >= bindparam("begin"),
        _STATE.planned_at < bindparam("end"),
        _LINE.line_kind == VisitLine.PLAN,
        _LINE.salt.is_not(None),
    )
    .order_by(_STATE.issuer, _STATE.serial, _LINE.id)
)


def planned_between(conn: Connection, begin: datetime, end: datetime) -> tuple[StandingPlan, ...]:
    """The visits that begin in a span of time and are not made yet, by number, each with its newest plan."""
    newest = {row.visit_id: row for row in conn.execute(_PLANNED, {"begin": begin, "end": end})}
    return tuple(
        StandingPlan(row.visit_id, row.number, from_plain(VisitPlan, row.content)) for row in newest.values()
    )


_WAITING = (
    select(_STATE.visit_id, shown(t.visit_state), t.visit.c.request)
    .join(t.visit, t.visit.c.id == _STATE.visit_id)
    .where(_STATE.state.in_([VisitState.REQUESTED, VisitState.OPENED]), t.visit.c.salt.is_not(None))
)


def waiting(conn: Connection) -> tuple[Waiting, ...]:
    """The visits that nobody is named for yet."""
    return tuple(
        Waiting(row.visit_id, row.number, from_plain(VisitRequest, row.request).address)
        for row in conn.execute(_WAITING)
    )


_ORDER = (
    select(t.round_order.c.content)
    .where(t.round_order.c.day == bindparam("day"))
    .order_by(t.round_order.c.id.desc())
    .limit(1)
)


def order_of(conn: Connection, day: date) -> DayOrder:
    """What was put in order by hand for the day, last; empty where nobody did."""
    content = conn.execute(_ORDER, {"day": day}).scalar()
    return from_plain(DayOrder, content) if content else DayOrder()
