"""A lead opens a visit: who goes and when, as far as the rules, the people and their day allow it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, Person, may
from collector_desk.domain.states import VisitLine
from collector_desk.domain.text.cleaning import cleaned_value
from collector_desk.domain.visits.steps import Visit, VisitState, VisitStep
from collector_desk.domain.visits.visit import Visitor, VisitPlan
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.record.visits import add_line, refuse_unless_may, take
from collector_desk.services.visits import gate
from collector_desk.services.visits.gate import VisitRefused
from collector_desk.store.desk.people import person_of
from collector_desk.store.engine import Connection
from collector_desk.store.visits.reading import read_visit
from collector_desk.store.visits.rounds import planned_between

_LONGEST = timedelta(days=1)  # no visit is planned for longer


def visitor(person: Person) -> Visitor:
    """A person of the store as a member of a team."""
    return Visitor(person.id, person.name, badge=person.number, badge_until=person.badge_until)


def open_and_plan(seat: Seat, visit_id: str, plan: VisitPlan) -> Changes:
    """A lead opens the visit and names two different people (the plan itself can't name one person twice).

    Who goes is read from the store, whatever the plan calls them. Raises VisitRefused where the rules close the
    planned hour (its decision is stored all the same), Refused with the field for a time gone by or an end outside
    the hours, somebody who may not go or is elsewhere then, or a badge that has run out.
    """
    with acting(seat, "visit.plan") as act:
        visit = read_visit(act.conn, visit_id)
        first = VisitStep.OPEN if visit.state is VisitState.REQUESTED else VisitStep.PLAN
        refuse_unless_may(visit, first, seat)
        if plan.start < act.at and not _still_on(visit.plan, plan, act.at):
            raise Refused("visits.visiting.time_gone_by", "start")
        named = replace(_with_people(act.conn, cleaned_value(plan, 300)), planned_by=seat.person.id)
        _refuse_busy(act.conn, visit_id, named)
        decision = gate.judge(act.conn, seat, visit.debtor_id, max(named.start, act.at), act.at)
        allowed = gate.keep(act, visit.debtor_id, decision)
        if allowed:
            if decision.close_by is not None and named.end > decision.close_by:
                raise Refused("visits.visiting.ends_outside", "end", until=decision.close_by)
            if first is VisitStep.OPEN:
                visit = take(act, seat, visit, VisitStep.OPEN)
            _write(act, seat, visit, named)
    if not allowed:
        raise VisitRefused(decision)
    return Changes(debtors=frozenset({visit.debtor_id}), visits=frozenset({visit_id}))


def _still_on(before: VisitPlan | None, plan: VisitPlan, now: datetime) -> bool:
    """The hour stays as it was and is not over yet: so the letter's number can still be added."""
    return before is not None and before.start == plan.start and plan.end > now


def _write(act: Writing, seat: Seat, visit: Visit, plan: VisitPlan) -> None:
    pair = {"lead_visitor_id": plan.lead.person_id, "companion_id": plan.companion.person_id}
    add_line(act, visit, VisitLine.PLAN, plan, planned_at=plan.start, **pair)
    take(act, seat, replace(visit, plan=plan), VisitStep.PLAN)


def _with_people(conn: Connection, plan: VisitPlan) -> VisitPlan:
    """The plan with everybody as the store knows them: an id nobody has is nobody, and one person no pair."""
    day = plan.start.astimezone(ZoneInfo(plan.zone)).date()
    third = _who_goes(conn, "third", plan.third, day) if plan.third else None
    lead, companion = _who_goes(conn, "lead", plan.lead, day), _who_goes(conn, "companion", plan.companion, day)
    return replace(plan, lead=lead, companion=companion, third=third)


def _who_goes(conn: Connection, name: str, member: Visitor, day: date) -> Visitor:
    person = person_of(conn, member.person_id)
    if person is None or not person.active or not may(person.roles, Act.CARRY_OUT_VISIT):
        raise Refused("visits.visiting.may_not_go", name, name=member.name)
    if person.badge_until is not None and person.badge_until < day:
        raise Refused("visits.visiting.badge_ends", name, name=person.name, until=person.badge_until)
    return visitor(person)


def _refuse_busy(conn: Connection, visit_id: str, plan: VisitPlan) -> None:
    """Nobody is planned for two visits whose times meet, whatever their part in either."""
    for other in planned_between(conn, plan.start - _LONGEST, plan.end):
        if other.visit_id == visit_id or other.plan.end <= plan.start:
            continue
        there = {member.person_id for member in other.plan.team}
        for name, member in _members(plan):
            if member.person_id in there:
                raise Refused("visits.visiting.busy", name, name=member.name, number=other.number)


def _members(plan: VisitPlan) -> Iterator[tuple[str, Visitor]]:
    for name in ("lead", "companion", "third"):
        member = getattr(plan, name)
        if member is not None:
            yield name, member
