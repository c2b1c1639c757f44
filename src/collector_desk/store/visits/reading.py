"""Visits read back from their history: one, or many by one statement a table."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.message import Refused
from collector_desk.domain.plain import from_plain
from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.steps import Review, StepTaken, Visit
from collector_desk.domain.visits.visit import Signature, Tap, VisitPlan, VisitReport, VisitRequest
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown

_VALUES: dict[VisitLine, type] = {
    VisitLine.STEP: StepTaken,
    VisitLine.PLAN: VisitPlan,
    VisitLine.TAP: Tap,
    VisitLine.REPORT: VisitReport,
    VisitLine.SIGNATURE: Signature,
    VisitLine.REVIEW: Review,
}
_LINE = t.visit_line.c
_HEADS = select(t.visit.c.id, t.visit.c.debtor_id, t.visit.c.case_id, t.visit.c.request).where(
    t.visit.c.id.in_(bindparam("ids", expanding=True))
)
_LINES = (
    select(_LINE.visit_id, _LINE.line_kind, _LINE.content)
    .where(_LINE.visit_id.in_(bindparam("ids", expanding=True)))
    .where(_LINE.salt.is_not(None), _LINE.line_kind.in_(_VALUES))  # erased lines stay out
    .order_by(_LINE.id)
)
_PLANS = (
    select(_LINE.visit_id, _LINE.content)
    .where(_LINE.visit_id.in_(bindparam("ids", expanding=True)))
    .where(_LINE.salt.is_not(None), _LINE.line_kind == VisitLine.PLAN)
    .order_by(_LINE.id)
)
_NUMBERS = select(t.visit.c.id, shown(t.visit)).where(t.visit.c.id.in_(bindparam("ids", expanding=True)))


def read_visit(conn: Connection, visit_id: str) -> Visit:
    """A visit read back from its lines. Raises Refused where there is none."""
    return read_visits(conn, [visit_id])[visit_id]


def read_visits(conn: Connection, visit_ids: Collection[str]) -> dict[str, Visit]:
    """Visits read back from their lines, by id, in the order asked for. Raises Refused where one is none."""
    asked = {"ids": list(visit_ids)}
    found = {
        row.id: Visit(row.id, row.debtor_id, (row.case_id,), from_plain(VisitRequest, row.request))
        for row in conn.execute(_HEADS, asked)
    }
    if not found.keys() >= set(visit_ids):
        raise Refused("visits.visiting.gone")
    for line in conn.execute(_LINES, asked):
        kind = VisitLine(line.line_kind)
        found[line.visit_id] = _with(found[line.visit_id], kind, from_plain(_VALUES[kind], line.content))
    return {visit_id: found[visit_id] for visit_id in visit_ids}


def number_of(conn: Connection, visit_id: str) -> str:
    """The report number of a visit."""
    return numbers_of(conn, [visit_id])[visit_id]


def numbers_of(conn: Connection, visit_ids: Collection[str]) -> dict[str, str]:
    """The report numbers of visits, by id."""
    return {row.id: str(row.number) for row in conn.execute(_NUMBERS, {"ids": list(visit_ids)})}


def teams_of(conn: Connection, visit_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Who is named by the newest plan of each of these visits; a visit nobody is named for is left out."""
    newest = {row.visit_id: row.content for row in conn.execute(_PLANS, {"ids": list(visit_ids)})}
    plans = {visit_id: from_plain(VisitPlan, content) for visit_id, content in newest.items()}
    return {visit_id: frozenset(member.person_id for member in plan.team) for visit_id, plan in plans.items()}


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
