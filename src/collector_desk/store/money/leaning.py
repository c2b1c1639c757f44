"""What leans on the rows of a payment file: promises kept by them, accounts closed on their word, rows settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.states import PaymentsEvent
from collector_desk.domain.vocabulary import LeansOn, PromiseState
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.metadata import from_micros


@dataclass(frozen=True, slots=True)
class Leaning:
    """One thing decided while a file counted, on an account of which it has rows."""

    what: LeansOn
    case_number: str
    at: datetime
    by: str


_UNTIL = (  # as long as it counted
    "j.at >= (SELECT imported_at FROM batch WHERE id = ?1) AND j.at <= coalesce((SELECT g.at FROM payments_line l "
    "JOIN journal g ON g.row_id = l.id WHERE l.batch_id = ?1 AND l.event <> ?2 ORDER BY l.id LIMIT 1), j.at)"
)
_CASES = (
    "SELECT m.case_id FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
    "JOIN payment_match m ON m.row_id = r.id WHERE p.batch_id = ?1 AND m.case_id IS NOT NULL"
)
_NUMBER = "(SELECT o.prefix FROM origin o WHERE o.store_id = c.issuer) || '-' || c.serial"
_OF_FILE = (
    f"SELECT 'kept', {_NUMBER}, j.at, '' FROM promise_event e JOIN journal j ON j.row_id = e.id "  # noqa: S608
    "JOIN promise s ON s.id = e.promise_id JOIN account_case c ON c.id = s.case_id "
    f"WHERE e.state IN (?3, ?4) AND c.id IN ({_CASES}) AND {_UNTIL} "
    f"UNION ALL SELECT 'closed', {_NUMBER}, j.at, coalesce(w.name, '') FROM case_event e "
    "JOIN journal j ON j.row_id = e.id LEFT JOIN person w ON w.id = j.actor_id "
    f"JOIN account_case c ON c.id = e.case_id WHERE e.event IN (?5, ?6) AND c.id IN ({_CASES}) AND {_UNTIL} "
    f"UNION ALL SELECT 'row', {_NUMBER}, j.at, coalesce(w.name, '') FROM payment_decision e "
    "JOIN journal j ON j.row_id = e.id LEFT JOIN person w ON w.id = j.actor_id JOIN payment_match m "
    "ON m.row_id = e.row_id JOIN account_case c ON c.id = m.case_id JOIN bank_row r ON r.id = e.row_id "
    f"JOIN bank_piece p ON p.id = r.piece_id WHERE p.batch_id = ?1 AND {_UNTIL} ORDER BY 3"
)
_ON_WORD = (Ending.SETTLED, Ending.CURRENT)


def on_file(conn: Connection, batch_id: str) -> list[Leaning]:
    """What was decided by a payment file's rows while it counted, the earliest first; a promise once a state."""
    about = PaymentsEvent.TOLD, PromiseState.KEPT, PromiseState.PARTLY, *_ON_WORD
    rows = conn.exec_driver_sql(_OF_FILE, (packed(batch_id), *about))
    return [Leaning(LeansOn(what), case, from_micros(at), by) for what, case, at, by in rows]


_CLOSED = (  # closed by a lead while the file counted that is withdrawn by now, and never opened again
    "SELECT DISTINCT c.id, c.debtor_id, coalesce(c.figure_minor, c.placed_minor) FROM account_case c "
    "JOIN case_event e ON e.id = (SELECT max(x.id) FROM case_event x WHERE x.case_id = c.id) "
    "JOIN journal j ON j.row_id = e.id JOIN payment_match m ON m.debtor_id = c.debtor_id AND m.case_id = c.id "
    "JOIN bank_row r ON r.id = m.row_id JOIN bank_piece p ON p.id = r.piece_id "
    "JOIN batch b ON b.id = p.batch_id AND b.state = 'withdrawn' AND b.imported_at <= j.at "
    "JOIN payments_line l ON l.batch_id = b.id AND l.event = 'withdrawn' "
    "JOIN journal g ON g.row_id = l.id AND g.at >= j.at "
    "WHERE e.event IN (?, ?) AND "
)


@dataclass(frozen=True, slots=True)
class ClosedInDoubt:
    """An account that was closed on the word of a file withdrawn since, with the bank's figure of it."""

    case_id: str
    debtor_id: str
    figure_minor: int


def closed_by_file(conn: Connection, batch_id: str) -> list[ClosedInDoubt]:
    """Those on the word of one file."""
    return _closed(conn, "b.id = ? ORDER BY c.id", packed(batch_id))


def closed_of(conn: Connection, debtor_ids: Sequence[str]) -> list[ClosedInDoubt]:
    """Those of these debtors, whichever file it was."""
    return _closed(
        conn, "c.debtor_id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY c.id", packed_list(debtor_ids)
    )


def _closed(conn: Connection, which: str, of: object) -> list[ClosedInDoubt]:
    rows = conn.exec_driver_sql(f"{_CLOSED}{which}", (*_ON_WORD, of))
    return [ClosedInDoubt(unpacked(case), unpacked(debtor), minor) for case, debtor, minor in rows]
