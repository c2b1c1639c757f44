"""The one writer of a visit's lines and state."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from collector_desk.domain.message import Refused
from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import AfterVisit, VisitLine
from collector_desk.domain.visits.steps import (
    Actor,
    StepTaken,
    Visit,
    VisitState,
    VisitStep,
    objection,
    take_step,
)
from collector_desk.domain.visits.visit import VisitRequest
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.store import tables as t
from collector_desk.store.numbers import next_serial
from collector_desk.store.visits.lists import visits_in
from collector_desk.store.visits.reading import read_visit


def add_line(act: Writing, visit: Visit, kind: VisitLine, value: object, **columns: Any) -> None:
    """Write one line of a visit's history."""
    row = {"visit_id": visit.visit_id, "line_kind": kind.value, "content": to_plain(value)}
    act.record(t.visit_line, row | columns, debtor_id=visit.debtor_id)


def ask(act: Writing, visit_id: str, debtor_id: str, case_id: str, request: VisitRequest) -> None:
    """Write down that a visit is asked for, under this store's next number."""
    number = {"issuer": act.store_id, "serial": next_serial(act.conn, t.visit_state)}
    row = {"id": visit_id, "debtor_id": debtor_id, "case_id": case_id, **number}
    act.record(t.visit, row | {"request": to_plain(request)})


def comes_next(act: Writing, visit: Visit, what: AfterVisit, at: datetime) -> None:
    """Keep what the accepted report says of when the case comes up again."""
    add_line(act, visit, VisitLine.NEXT, (), next_step=what.value, next_at=at)


def tell_at_the_door(act: Writing, visit_id: str) -> None:
    """Let the pair's screen show that nothing is owed any more."""
    add_line(act, read_visit(act.conn, visit_id), VisitLine.SETTLED, ())


def refuse_unless_may(visit: Visit, step: VisitStep, seat: Seat) -> None:
    """Raise Refused where this person may not do this step now; reasons are asked for when it is taken."""
    actor = Actor(seat.person.id, seat.person.name, seat.person.roles)
    against = objection(visit, step, actor, reason=".")
    if against is not None:
        raise Refused(against.code, "step", **dict(against.params))


def take(act: Writing, seat: Seat, visit: Visit, step: VisitStep, reason: str = "") -> Visit:
    """Take one step, as far as this person may; it becomes a line of history."""
    actor = Actor(seat.person.id, seat.person.name, seat.person.roles)
    walked = take_step(visit, step, actor, act.at, reason)
    return _write_step(act, visit, walked.history[-1])


def _write_step(act: Writing, visit: Visit, line: StepTaken) -> Visit:
    walked = replace(visit, history=(*visit.history, line))
    add_line(act, visit, VisitLine.STEP, line, step=line.step.value, state=walked.state.value)
    return walked


_WITHDRAWN_BY = {
    VisitState.REQUESTED: VisitStep.REFUSE,
    VisitState.OPENED: VisitStep.CALL_OFF,
    VisitState.PLANNED: VisitStep.CALL_OFF,
    VisitState.SET_OUT: VisitStep.CALL_OFF,
}


def withdraw(act: Writing, seat: Seat, debtor_id: str, reason: str) -> frozenset[str]:
    """Take every visit to a debtor that nobody has made yet out of the way, whoever asked for it; returns them.

    For what settles the case itself: it decides nothing about a request, so one's own may be among them.
    """
    found = frozenset(visits_in(act.conn, debtor_id, _WITHDRAWN_BY.keys()))
    for visit_id in sorted(found):
        visit = read_visit(act.conn, visit_id)
        step = _WITHDRAWN_BY[visit.state]
        _write_step(act, visit, StepTaken(step, seat.person.id, seat.person.name, act.at, reason))
    return found
