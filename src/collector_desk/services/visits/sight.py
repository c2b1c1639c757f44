"""Who still sees visits to debtors of whom everything went back to the bank, and their papers."""

from collections.abc import Collection

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.visits import gone
from collector_desk.domain.visits.steps import Visit
from collector_desk.services.desk.seat import Seat
from collector_desk.store.book import debtors
from collector_desk.store.engine import Connection


def hides(conn: Connection, seat: Seat, visit: Visit) -> bool:
    """Whether what the visit found stays behind its mask for this person."""
    return not gone.may_see(visit, seat.person) and bool(debtors.gone(conn, [visit.debtor_id]))


def require_seen(conn: Connection, seat: Seat, *visits: Visit) -> None:
    """Refuse (``visits.returned``) a paper or a file of such a visit: it can't be masked."""
    if any(hides(conn, seat, visit) for visit in visits):
        raise Refused("visits.returned")


def hidden_debtors(conn: Connection, seat: Seat, debtor_ids: Collection[str]) -> frozenset[str]:
    """Of whom the lists show no name to this person."""
    return frozenset() if may(seat.person.roles, Act.SEE_RETURNED) else debtors.gone(conn, debtor_ids)
