"""Reads visits: the list of them, one visit back from its history, and what shows that calls have failed."""

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.visits import gone
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import BrokenPromise, FailedAttempt
from collector_desk.domain.vocabulary import PromiseState, Role
from collector_desk.services.desk.seat import Seat
from collector_desk.services.visits import sight
from collector_desk.store.book.history import promises_of
from collector_desk.store.engine import Connection
from collector_desk.store.visits.lists import visit_rows
from collector_desk.store.visits.reading import read_visit
from collector_desk.store.visits.requests import failed_calls


def rows(seat: Seat, *, mine: bool = False, open_only: bool = False) -> tuple[VisitRow, ...]:
    """The visits, what was touched last on top; ``mine``: those whose team the person is in.

    ``open_only``: what is under way, and what was called off until its day is over. Who is only a visitor sees no
    others: an address is nobody else's business.
    """
    with seat.store.read() as conn:
        found = visit_rows(
            conn,
            called_off_from=seat.day_start() if open_only else None,
            of_person=seat.person.id if mine or _sees_own_only(seat) else None,
        )
        hidden = sight.hidden_debtors(conn, seat, {row.debtor_id for row in found})
    return tuple(gone.masked_row(row) if row.debtor_id in hidden else row for row in found)


def load(seat: Seat, visit_id: str) -> Visit:
    """The whole visit, read back from its history; behind its mask where everything of the debtor's went back.

    Raises Refused where there is none, or none of this person's.
    """
    with seat.store.read() as conn:
        visit = read_visit(conn, visit_id)
        hidden = sight.hides(conn, seat, visit)
    team = {member.person_id for member in visit.plan.team} if visit.plan else set()
    if _sees_own_only(seat) and seat.person.id not in team:
        raise Refused("visits.not_of_the_team")
    return gone.masked_visit(visit) if hidden else visit


def evidence_for(conn: Connection, debtor_id: str) -> tuple[tuple[FailedAttempt, ...], tuple[BrokenPromise, ...]]:
    """What shows that the calls have failed: tries that reached nobody or led to nothing, promises not kept."""
    broken = tuple(
        BrokenPromise(promise.amount, promise.due_at.date())
        for promise in promises_of(conn, debtor_id)
        if promise.state is PromiseState.BROKEN
    )
    return failed_calls(conn, debtor_id), broken


def _sees_own_only(seat: Seat) -> bool:
    roles = seat.person.roles
    return not (may(roles, Act.REQUEST_VISIT) or roles & {Role.LEAD, Role.MANAGER, Role.LEGAL})
