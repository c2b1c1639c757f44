"""What a payment file tells of, said anew: its days, what it holds of them, or that it counts for nothing.

One small commit says so and marks whom it bears on (``mark``); then they are worked (``follow``), and after a crash
by whoever opens one of them or by the next start.
"""

from collector_desk.domain.message import Refused
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.people import Act, require
from collector_desk.domain.states import PaymentsEvent
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.money import questions
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import payment_files
from collector_desk.store.engine import Connection
from collector_desk.store.money import files, promised
from collector_desk.store.money.files import FileSays
from collector_desk.store.projections import money


def tell_anew(seat: Seat, batch_id: str, kind: FileKind, covers: DaySpan | None) -> bool:
    """Other days, or another kind, for a file that is known: a lead's word; says whether it was news.

    What is not said (kind unknown, no days) stays as it is. Within an import, which holds the lock. Raises Refused
    for anybody but a lead.
    """
    with seat.store.read() as conn:
        known = file(conn, batch_id)
    holds = (known.kind if kind is FileKind.UNKNOWN else kind, covers or known.covers)
    if holds == (known.kind, known.covers):
        return False
    require(seat.person, Act.CLOSE_CASE)
    with acting(seat, "payments.told") as act:
        payment_files.write(act, batch_id, PaymentsEvent.TOLD, kind=holds[0], covers=holds[1])
        mark(act, batch_id, known)
    follow(seat, known)
    questions.of_file(seat, batch_id)
    return True


def mark(act: Writing, batch_id: str, known: FileSays) -> None:
    """Everybody it bears on: those it has rows of, and those its days decided something about."""
    money.mark_file_stale(act.conn, batch_id)
    placements = promised.told_of(act.conn, known.bank, known.placements)
    for whose in (promised.decided, promised.undecided):
        money.mark_stale(act.conn, whose(act.conn, placements, act.at))


def follow(seat: Seat, known: FileSays) -> None:
    """Work them, and settle what is not to be asked any more."""
    work_stale(seat)
    questions.missing_anew(seat, known.bank)


def file(conn: Connection, batch_id: str) -> FileSays:
    """A payment file. Raises Refused ``money.withdrawal.no_file``."""
    found = files.taken(conn, batch_id)
    if found is None:
        raise Refused("money.withdrawal.no_file", "batch")
    return found
