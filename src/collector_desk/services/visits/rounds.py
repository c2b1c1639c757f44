"""The rounds of a day: who goes where in which order, and what waits in the same districts for a spare hour."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.visits.rounds import DayOrder, Round, RoundStop, address_key, read_address, rounds
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.record.visits import read_visit
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown

_GOING = (VisitState.PLANNED, VisitState.SET_OUT, VisitState.ON_SITE)
_WAITING = (VisitState.REQUESTED, VisitState.OPENED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that nobody is planned for yet, and could be a spare case in its district."""

    visit_id: str
    number: str
    address: str = field(repr=False)
    area: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The rounds of a day, the names of who goes, and what waits in the districts gone to."""

    day: date
    rounds: tuple[Round, ...]
    names: dict[str, str] = field(repr=False)
    waiting: tuple[Waiting, ...]


def day_plan(seat: Seat, day: date) -> DayPlan:
    """The day's rounds: all of them for who plans, one's own for who only goes."""
    planner = may(seat.person.roles, Act.OPEN_VISIT)
    with seat.store.read() as conn:
        stops, names = _stops(conn, seat, day)
        if not planner:
            stops = tuple(stop for stop in stops if seat.person.id in stop.pair)
        made = rounds(stops, day_order(conn, day))
        waiting = _waiting(conn, {one.area for one in made if one.area}) if planner else ()
    return DayPlan(day, made, names, waiting)


def put_in_order(seat: Seat, day: date, order: tuple[str, ...], spares: tuple[str, ...] = ()) -> Changes:
    """Keep the order a lead made by hand, and which visits are spare; the order before stays in the history."""
    require(seat.person, Act.OPEN_VISIT)
    with acting(seat, "round.order") as act:
        known = {stop.visit_id for stop in _stops(act.conn, seat, day)[0]}
        if not known.issuperset(order) or not known.issuperset(spares) or len(set(order)) != len(order):
            raise Refused("visits.rounds.other_visits")
        content = to_plain(DayOrder(order, spares))
        act.record(t.round_order, {"day": day, "content": content})
    return Changes(visits=frozenset(order) | frozenset(spares))


def _stops(conn: Connection, seat: Seat, day: date) -> tuple[tuple[RoundStop, ...], dict[str, str]]:
    zone = ZoneInfo(seat.zone)
    begin = datetime.combine(day, time(), zone)
    state = t.visit_state.c
    rows = conn.execute(
        select(state.visit_id, shown(t.visit_state))
        .where(
            state.state.in_([item.value for item in _GOING]),
            state.planned_at >= begin,
            state.planned_at < begin + timedelta(days=1),
        )
        .order_by(state.issuer, state.serial)
    ).all()
    stops: list[RoundStop] = []
    names: dict[str, str] = {}
    for row in rows:
        visit = read_visit(conn, row.visit_id)
        if visit.plan is not None:
            names |= {member.person_id: member.name for member in visit.plan.team}
            stops.append(stop_of(visit, row.number))
    return tuple(stops), names


def stop_of(visit: Visit, number: str) -> RoundStop:
    """A planned visit as a stop of its round."""
    if visit.plan is None:
        raise Refused("visits.plan_missing")
    pair = tuple(member.person_id for member in visit.plan.team)
    return RoundStop(visit.visit_id, number, visit.plan.address, visit.plan.start, pair)


def day_order(conn: Connection, day: date) -> DayOrder:
    """What was put in order by hand for the day; empty where nobody did."""
    line = t.round_order.c
    content = conn.execute(select(line.content).where(line.day == day).order_by(line.id.desc()).limit(1)).scalar()
    return from_plain(DayOrder, content) if content else DayOrder()


def _waiting(conn: Connection, areas: set[str]) -> tuple[Waiting, ...]:
    state = t.visit_state.c
    rows = conn.execute(
        select(state.visit_id, shown(t.visit_state)).where(state.state.in_([item.value for item in _WAITING]))
    ).all()
    found = []
    for row in rows:
        wish = read_visit(conn, row.visit_id).request
        area = read_address(wish.address).area
        if area in areas:
            found.append(Waiting(row.visit_id, row.number, wish.address, area))
    return tuple(sorted(found, key=lambda one: (address_key(one.address), one.number)))
