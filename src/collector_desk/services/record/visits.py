"""The one writer of a visit's lines and state, and the visit read back from them inside a transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from collector_desk.domain.message import Refused
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.states import AfterVisit, VisitLine
from collector_desk.domain.visits.steps import (
    Actor,
    Review,
    StepTaken,
    Visit,
    VisitState,
    VisitStep,
    objection,
    take_step,
)
from collector_desk.domain.visits.visit import (
    Signature,
    Tap,
    VisitPlan,
    VisitReport,
    VisitRequest,
)
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import next_serial, shown

_VALUES: dict[VisitLine, type] = {
    VisitLine.STEP: StepTaken,
    VisitLine.PLAN: VisitPlan,
    VisitLine.TAP: Tap,
    VisitLine.REPORT: VisitReport,
    VisitLine.SIGNATURE: Signature,
    VisitLine.REVIEW: Review,
}


def read_visit(conn: Connection, visit_id: str) -> Visit:
    """A visit read back from its lines, inside a transaction. Raises Refused where there is none."""
    head = conn.execute(select(t.visit).where(t.visit.c.id == visit_id)).first()
    if head is None:
        raise Refused("visits.visiting.gone")
    visit = Visit(visit_id, head.debtor_id, (head.case_id,), from_plain(VisitRequest, head.request))
    lines = conn.execute(
        select(t.visit_line.c.line_kind, t.visit_line.c.content)
        .where(t.visit_line.c.visit_id == visit_id, t.visit_line.c.salt.is_not(None))  # erased lines stay out
        .where(t.visit_line.c.line_kind.in_(_VALUES))
        .order_by(t.visit_line.c.id)
    )
    for line in lines:
        kind = VisitLine(line.line_kind)
        visit = _with(visit, kind, from_plain(_VALUES[kind], line.content))
    return visit


def number_of(conn: Connection, visit_id: str) -> str:
    """The report number of a visit."""
    return str(conn.execute(select(shown(t.visit)).where(t.visit.c.id == visit_id)).scalar_one())


def _with(visit: Visit, kind: VisitLine, value: Any) -> Visit:
    if kind is VisitLine.STEP:
        return replace(visit, history=(*visit.history, value))
    if kind is VisitLine.TAP:
        return replace(visit, taps=(*visit.taps, value))
    if kind is VisitLine.SIGNATURE:
        return replace(visit, signatures=(*visit.signatures, value))
    if kind is VisitLine.PLAN:
        return replace(visit, plan=value)
    if kind is VisitLine.REPORT:
        return replace(visit, report=value)
    return replace(visit, review=value)


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
    state = t.visit_state.c
    waiting = act.conn.execute(
        select(state.visit_id).where(
            state.debtor_id == debtor_id, state.state.in_([item.value for item in _WITHDRAWN_BY])
        )
    ).scalars()
    found = frozenset(waiting)
    for visit_id in sorted(found):
        visit = read_visit(act.conn, visit_id)
        step = _WITHDRAWN_BY[visit.state]
        _write_step(act, visit, StepTaken(step, seat.person.id, seat.person.name, act.at, reason))
    return found
