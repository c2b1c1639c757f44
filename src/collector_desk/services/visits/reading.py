"""Reads visits: the list of them, one visit back from its history, and what shows that calls have failed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.states import VisitLine
from collector_desk.domain.text.masking import masked_number
from collector_desk.domain.visits.due import Turn, turn
from collector_desk.domain.visits.steps import (
    Visit,
    VisitState,
)
from collector_desk.domain.visits.visit import (
    BrokenPromise,
    FailedAttempt,
    fully_signed,
)
from collector_desk.domain.vocabulary import Channel, Outcome, PromiseState, Result, Role
from collector_desk.services.desk.seat import Seat
from collector_desk.services.record.visits import read_visit
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import promises_of
from collector_desk.store.calls import COUNTS, HOLDS
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown

OPEN_STATES = frozenset(
    {
        VisitState.REQUESTED,
        VisitState.OPENED,
        VisitState.PLANNED,
        VisitState.SET_OUT,
        VisitState.ON_SITE,
        VisitState.DONE,
        VisitState.NOT_FOUND,
        VisitState.BROKEN_OFF,
        VisitState.REPORTED,
        VisitState.SENT_BACK,
    }
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list of visits. ``turn`` says whose turn it is, and until when."""

    visit_id: str
    number: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    state: VisitState
    lead_visitor_id: str | None
    companion_id: str | None
    planned_at: datetime | None
    requested_by: str
    changed_at: datetime
    lead_name: str
    companion_name: str
    turn: Turn


def rows(seat: Seat, *, mine: bool = False, open_only: bool = False) -> tuple[VisitRow, ...]:
    """The visits, what was touched last on top; ``mine``: those whose team the person is in.

    Who is only a visitor sees no others: an address is nobody else's business.
    """
    state = t.visit_state.c
    first, second = t.person.alias("first"), t.person.alias("second")
    statement = (
        select(
            t.visit_state,
            shown(t.visit_state),
            t.debtor.c.name,
            first.c.name.label("lead_name"),
            second.c.name.label("companion_name"),
        )
        .join(t.debtor, t.debtor.c.id == state.debtor_id)
        .outerjoin(first, first.c.id == state.lead_visitor_id)
        .outerjoin(second, second.c.id == state.companion_id)
    )
    if open_only:  # and what was called off, until its day is over: the pair has to see that it stays at home
        called_off = (state.state == VisitState.NOT_CARRIED_OUT.value) & (state.planned_at >= seat.day_start())
        statement = statement.where(state.state.in_([item.value for item in OPEN_STATES]) | called_off)
    with seat.store.read() as conn:
        found = conn.execute(statement.order_by(state.changed_at.desc())).all()
        signed = _signed_by_all(conn, [row.visit_id for row in found if row.state == VisitState.REPORTED.value])
        if mine or _sees_own_only(seat):
            team = _visits_of(conn, seat.person.id)
            found = [row for row in found if row.visit_id in team]
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
        for row in found
    )


def load(seat: Seat, visit_id: str) -> Visit:
    """The whole visit, read back from its history. Raises Refused where there is none, or none of this person's."""
    with seat.store.read() as conn:
        visit = read_visit(conn, visit_id)
    team = {member.person_id for member in visit.plan.team} if visit.plan else set()
    if _sees_own_only(seat) and seat.person.id not in team:
        raise Refused("visits.not_of_the_team")
    return visit


def evidence_for(conn: Connection, debtor_id: str) -> tuple[tuple[FailedAttempt, ...], tuple[BrokenPromise, ...]]:
    """What shows that the calls have failed: tries that reached nobody or led to nothing, promises not kept."""
    end = t.attempt_end.c
    found = conn.execute(
        select(t.attempt.c.id, t.attempt.c.begun_at, end.outcome, end.result, t.phone.c.number)
        .select_from(
            t.attempt.join(t.attempt_end, end.attempt_id == t.attempt.c.id).outerjoin(
                t.phone, t.phone.c.id == t.attempt.c.phone_id
            )
        )
        .where(t.attempt.c.debtor_id == debtor_id, COUNTS, HOLDS)
        .order_by(t.attempt.c.begun_at.desc())
        .limit(20)
    ).all()
    failed = tuple(
        FailedAttempt(row.id, row.begun_at, Channel.CALL, Outcome(row.outcome), masked_number(row.number or ""))
        for row in reversed(found)
        if row.result != Result.EFFECTIVE.value or row.outcome in {Outcome.REFUSES.value, Outcome.HANGS_UP.value}
    )
    broken = tuple(
        BrokenPromise(promise.amount, promise.due_at.date())
        for promise in promises_of(conn, debtor_id)
        if promise.state is PromiseState.BROKEN
    )
    return failed, broken


def _sees_own_only(seat: Seat) -> bool:
    roles = seat.person.roles
    return not (may(roles, Act.REQUEST_VISIT) or roles & {Role.LEAD, Role.MANAGER, Role.LEGAL})


def _visits_of(conn: Connection, person_id: str) -> set[str]:
    """The visits whose latest plan names this person, as third as well."""
    line = t.visit_line.c
    plans = conn.execute(
        select(line.visit_id, line.content).where(line.line_kind == VisitLine.PLAN).order_by(line.id)
    )
    teams = {row.visit_id: row.content for row in plans}
    return {
        visit_id
        for visit_id, plan in teams.items()
        if any(plan[place] and plan[place]["person_id"] == person_id for place in ("lead", "companion", "third"))
    }


def _signed_by_all(conn: Connection, visit_ids: Iterable[str]) -> set[str]:
    """Those of the reported visits that everybody of the team has signed as they stand."""
    found = set()
    for visit_id in visit_ids:
        visit = read_visit(conn, visit_id)
        if visit.report and visit.plan and fully_signed(visit.signatures, visit.report, visit.plan):
            found.add(visit_id)
    return found
