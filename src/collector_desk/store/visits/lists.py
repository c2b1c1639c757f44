"""Which visits there are: the list of them, and those of one debtor, of one placement."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.due import turn
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import OPEN_STATES, VisitState
from collector_desk.domain.visits.visit import fully_signed
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown
from collector_desk.store.visits.reading import read_visits

_STATE, _LINE, _CASE = t.visit_state.c, t.visit_line.c, t.account_case.c
_LEAD, _COMPANION = t.person.alias("lead"), t.person.alias("companion")
_ROWS = (
    select(
        t.visit_state,
        shown(t.visit_state),
        t.debtor.c.name,
        _LEAD.c.name.label("lead_name"),
        _COMPANION.c.name.label("companion_name"),
    )
    .join(t.debtor, t.debtor.c.id == _STATE.debtor_id)
    .outerjoin(_LEAD, _LEAD.c.id == _STATE.lead_visitor_id)
    .outerjoin(_COMPANION, _COMPANION.c.id == _STATE.companion_id)
    .order_by(_STATE.changed_at.desc())
)
_OPEN = _STATE.state.in_(OPEN_STATES) | (
    (_STATE.state == VisitState.NOT_CARRIED_OUT) & (_STATE.planned_at >= bindparam("called_off_from"))
)
_NEWEST_PLANS = select(func.max(_LINE.id)).where(_LINE.line_kind == VisitLine.PLAN).group_by(_LINE.visit_id)
_AS_THIRD = select(_LINE.visit_id).where(
    _LINE.id.in_(_NEWEST_PLANS),
    _LINE.salt.is_not(None),
    _LINE.content[("third", "person_id")].as_string() == bindparam("written"),  # no id here, but text
)
_THEIRS = or_(
    _STATE.lead_visitor_id == bindparam("who"),
    _STATE.companion_id == bindparam("who"),
    _STATE.visit_id.in_(_AS_THIRD),
)


def visit_rows(
    conn: Connection, *, called_off_from: datetime | None = None, of_person: str | None = None
) -> tuple[VisitRow, ...]:
    """The visits, what was touched last on top.

    With ``called_off_from`` those under way, and what was called off and planned for then or later: the pair has
    to see that it stays at home. With ``of_person`` those whose team the person is in, as third as well.
    """
    statement, asked = _ROWS, dict[str, Any]()
    if called_off_from is not None:
        statement, asked = statement.where(_OPEN), asked | {"called_off_from": called_off_from}
    if of_person is not None:
        statement, asked = statement.where(_THEIRS), asked | {"who": of_person, "written": of_person}
    rows = conn.execute(statement, asked).all()
    signed = _signed_by_all(conn, [row.visit_id for row in rows if row.state == VisitState.REPORTED])
    return tuple(
        VisitRow(
            row.visit_id,
            row.number,
            row.debtor_id,
            row.name,
            VisitState(row.state),
            row.lead_visitor_id,
            row.companion_id,
            row.planned_at,
            row.requested_by,
            row.changed_at,
            row.lead_name or "",
            row.companion_name or "",
            turn(VisitState(row.state), row.changed_at, row.planned_at, signed_by_all=row.visit_id in signed),
        )
        for row in rows
    )


def _signed_by_all(conn: Connection, visit_ids: Collection[str]) -> set[str]:
    """Those of the reported visits that everybody of the team has signed as they stand."""
    if not visit_ids:
        return set()
    visits = read_visits(conn, visit_ids).values()
    return {
        visit.visit_id
        for visit in visits
        if visit.report and visit.plan and fully_signed(visit.signatures, visit.report, visit.plan)
    }


_OF_DEBTOR = select(_STATE.visit_id, shown(t.visit_state)).where(
    _STATE.debtor_id == bindparam("debtor_id"), _STATE.state.in_(bindparam("states", expanding=True))
)


def visits_in(conn: Connection, debtor_id: str, states: Collection[VisitState]) -> dict[str, str]:
    """A debtor's visits that stand in one of these states: id and number."""
    rows = conn.execute(_OF_DEBTOR, {"debtor_id": debtor_id, "states": list(states)})
    return {row.visit_id: row.number for row in rows}


_PLACEMENT = select(t.placement.c.id).where(t.placement.c.number == bindparam("number"))
_ACCEPTED_OF = (
    select(_STATE.visit_id)
    .select_from(t.visit_state.join(t.account_case, _CASE.id == _STATE.case_id))
    .where(
        _CASE.placement_id == bindparam("placement_id"),
        _STATE.state.in_([VisitState.ACCEPTED, VisitState.FILED]),
    )
    .order_by(_STATE.issuer, _STATE.serial)
)


def accepted_of(conn: Connection, placement_number: str) -> tuple[str, ...] | None:
    """The ids of a placement's visits whose reports were accepted, by number; None where there is no placement."""
    placement_id = conn.execute(_PLACEMENT, {"number": placement_number}).scalar()
    if placement_id is None:
        return None
    return tuple(conn.execute(_ACCEPTED_OF, {"placement_id": placement_id}).scalars())


_NUMBERS = select(shown(t.account_case)).where(_CASE.id.in_(bindparam("ids", expanding=True)))


def case_numbers(conn: Connection, case_ids: Collection[str]) -> tuple[str, ...]:
    """The numbers of the accounts a visit is about."""
    return tuple(conn.execute(_NUMBERS, {"ids": list(case_ids)}).scalars())
