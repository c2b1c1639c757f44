"""The rounds of a day: who goes where in which order, and what waits in the same districts for a spare hour."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may, require
from collector_desk.domain.plain import to_plain
from collector_desk.domain.visits.lists import Waiting
from collector_desk.domain.visits.rounds import DayOrder, Round, RoundStop, address_key, rounds
from collector_desk.domain.visits.visit import VisitPlan
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.visits.rounds import order_of, planned_between, waiting


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
        made = rounds(stops, order_of(conn, day))
        spare = _waiting(conn, {one.area for one in made if one.area}) if planner else ()
    return DayPlan(day, made, names, spare)


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
    planned = planned_between(conn, begin, begin + timedelta(days=1))
    stops = tuple(stop_of(one.visit_id, one.number, one.plan) for one in planned)
    return stops, {member.person_id: member.name for one in planned for member in one.plan.team}


def stop_of(visit_id: str, number: str, plan: VisitPlan) -> RoundStop:
    """A planned visit as a stop of its round."""
    pair = tuple(member.person_id for member in plan.team)
    return RoundStop(visit_id, number, plan.address, plan.start, pair)


def _waiting(conn: Connection, areas: set[str]) -> tuple[Waiting, ...]:
    found = (one for one in waiting(conn) if one.area in areas)
    return tuple(sorted(found, key=lambda one: (address_key(one.address), one.number)))
