"""Rows of banks that were nobody's are tried again with every placement: their account may have come."""

from collections.abc import Callable

from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import machine, payment_plan
from collector_desk.services.money import questions
from collector_desk.services.money.derive import work_stale
from collector_desk.store.engine import Connection
from collector_desk.store.money import matching
from collector_desk.store.money.matching import CaseOnFile, NobodysRow
from collector_desk.store.projections import money


def try_again(seat: Seat) -> int:
    """Give them to the accounts that have come since, and work those; says how many found one."""
    with seat.store.read() as conn:
        found = payment_plan.found_since(conn)

    def give(some: list[tuple[NobodysRow, CaseOnFile]]) -> Callable[[Connection], None]:
        def write(conn: Connection) -> None:
            matching.give(conn, some)
            money.mark_stale(conn, sorted({case.debtor_id for _, case in some}))

        return write

    machine.all_pieces(seat, found, give, sizes=(200, 2000))
    work_stale(seat)
    questions.accounts_came(seat)
    return len(found)
