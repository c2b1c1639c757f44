"""Placement files taken out again: what stands in the way of one, and what goes with it.

What came in stays as history, row by row; its rows of state go, and the debtors whom nothing else placed with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.domain.vocabulary import InTheWay
from collector_desk.store import search
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.intake import batches
from collector_desk.store.metadata import from_micros
from collector_desk.store.projections import replay


@dataclass(frozen=True, slots=True)
class PlacementFileSays:
    """A placement file that came in: how many accounts it placed, of how many it brought newer figures."""

    batch: str
    filename: str
    bank: str
    accepted: int
    refreshed: int
    state: BatchState
    kind: BatchKind


_FILE = (
    select(
        t.batch.c.accepted, t.batch.c.refreshed, t.batch.c.state, t.batch.c.kind, t.received_file.c.filename,
        t.placement.c.bank_name,
    )
    .join(t.received_file, t.received_file.c.id == t.batch.c.file_id)
    .outerjoin(t.placement, t.placement.c.id == t.batch.c.placement_id)
)  # fmt: skip


def file(conn: Connection, batch_id: str) -> PlacementFileSays | None:
    """A file by its batch, of whatever kind; None where there is none."""
    row = conn.execute(_FILE.where(t.batch.c.id == batch_id)).first()
    if row is None:
        return None
    state, kind = BatchState(row.state), BatchKind(row.kind)
    return PlacementFileSays(batch_id, row.filename, row.bank_name or "", row.accepted, row.refreshed, state, kind)


UNFINISHED = "undone"
"""Under this name a file that was undone is remembered until all its debtors followed (``unfinished``)."""


# --- what stands in the way ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Something that was done since with a debtor of a file, or a file that leans on it.

    ``about``: the case's number, or the name of the file.
    """

    what: InTheWay
    about: str
    at: datetime
    by: str


_WHAT = {
    "attempt": InTheWay.CALL,
    "attempt_end": InTheWay.CALL,
    "visit": InTheWay.VISIT,
    "visit_line": InTheWay.VISIT,
    "promise": InTheWay.PROMISE,
    "payment": InTheWay.PROMISE,
    "bank_word": InTheWay.BANK_LIST,
    "bank_list_row": InTheWay.BANK_LIST,
    "contact_sent": InTheWay.BANK_LIST,
}
_NO_WORK = (  # what names a debtor and nobody did: looking at one, answers of the gate, what follows of the money
    *("access", "gate_decision", "task", "figure_fell", "promise_event", "bank_question", "bank_question_line"),
    *("external_count", "late_figure"),
)
_DONE = (
    "SELECT j.table_name, d.queue_case, j.at, coalesce(w.name, '') FROM journal j "  # noqa: S608
    "JOIN debtor d ON d.id = j.debtor_id LEFT JOIN person w ON w.id = j.actor_id WHERE j.seq > "
    "(SELECT max(n.seq) FROM import_event e JOIN journal n ON n.row_id = e.id WHERE e.batch_id = ?1) "
    f"AND j.table_name NOT IN ({', '.join(repr(name) for name in _NO_WORK)}) "
    "AND (j.table_name <> 'task_done' OR EXISTS (SELECT 1 FROM task_done x WHERE x.id = j.row_id "
    "AND x.decision <> 'superseded')) AND EXISTS (SELECT 1 FROM placed p JOIN placed_piece k ON k.id = p.piece_id "
    "WHERE p.debtor_id = j.debtor_id AND k.batch_id = ?1) ORDER BY j.seq LIMIT ?2"
)
_ABOUT = "SELECT DISTINCT f.filename, b.imported_at, coalesce(w.name, '') FROM "
_COUNTING = (
    " JOIN received_file f ON f.id = b.file_id LEFT JOIN person w ON w.id = b.imported_by "
    "WHERE b.state = 'visible' AND "
)
_LEANING = (  # files that told of accounts this one made, or came of its rows set aside
    f"{_ABOUT} placed_piece k JOIN placed p ON p.piece_id = k.id "  # noqa: S608
    "JOIN placed q ON q.debtor_id = p.debtor_id AND q.id <> p.id "
    f"JOIN placed_piece l ON l.id = q.piece_id JOIN batch b ON b.id = l.batch_id {_COUNTING} "
    "k.batch_id = ?1 AND b.id > ?1 AND (p.id = p.debtor_id OR EXISTS (SELECT 1 FROM json_each(q.skeleton) n, "
    "json_each(p.skeleton) m WHERE n.value ->> 'of' = m.value ->> 'id')) "
    f"UNION {_ABOUT} batch b {_COUNTING} b.from_batch = ?1 ORDER BY 2 LIMIT ?2"
)
_PAID = (  # payment files with rows on its accounts: on those it made, or that came after it
    f"{_ABOUT} placed_piece k JOIN placed p ON p.piece_id = k.id "  # noqa: S608
    "JOIN payment_match m ON m.debtor_id = p.debtor_id JOIN bank_row r ON r.id = m.row_id "
    f"JOIN bank_piece s ON s.id = r.piece_id JOIN batch b ON b.id = s.batch_id {_COUNTING} "
    "k.batch_id = ?1 AND EXISTS (SELECT 1 FROM json_each(p.skeleton) n WHERE (b.id > ?1 OR "
    "n.value ->> 'of' IS NULL) AND coalesce(n.value ->> 'of', n.value ->> 'id') = lower(hex(m.case_id))) "
    "ORDER BY 2 LIMIT ?2"
)
MOST = 200
"""So many are looked up: whoever sees that much stands in the way asks for no more."""


def hindrances(conn: Connection, batch_id: str) -> list[Hindrance]:
    """Why a file can't be undone: first whatever was done with its debtors, the earliest first."""
    of = packed(batch_id), MOST
    found = [
        Hindrance(_WHAT.get(table, InTheWay.DECISION), case, from_micros(at), by)
        for table, case, at, by in conn.exec_driver_sql(_DONE, of)
    ]
    for statement, what in ((_PAID, InTheWay.PAYMENTS), (_LEANING, InTheWay.LATER_FILE)):
        rows = conn.exec_driver_sql(statement, of)
        found += [Hindrance(what, name, from_micros(at), by) for name, at, by in rows]
    return found


def last_serial(conn: Connection, batch_id: str) -> int | None:
    """The highest number of a case it placed; None where it placed none."""
    return conn.execute(
        select(func.max(t.account_case.c.serial)).where(t.account_case.c.batch_id == batch_id)
    ).scalar()


def mark_stale(conn: Connection, batch_id: str) -> None:
    """Have whoever opens one of its debtors take away what it said of them first."""
    conn.exec_driver_sql(
        "INSERT OR IGNORE INTO money_stale (debtor_id) SELECT p.debtor_id FROM placed_piece k "
        "JOIN placed p ON p.piece_id = k.id WHERE k.batch_id = ?",
        (packed(batch_id),),
    )


# --- what goes with it ---------------------------------------------------------------------------------------

_WHOSE = (
    "SELECT DISTINCT p.debtor_id FROM placed_piece k JOIN placed p ON p.piece_id = k.id "
    "JOIN batch_undone u ON u.batch_id = k.batch_id WHERE u.id IN (SELECT unhex(value) FROM json_each(?))"
)
_OF_DEBTORS = (
    "SELECT p.debtor_id, max(u.id IS NULL) FROM placed p JOIN placed_piece k ON k.id = p.piece_id "
    "LEFT JOIN batch_undone u ON u.batch_id = k.batch_id "
    "WHERE p.debtor_id IN (SELECT unhex(value) FROM json_each(?)) GROUP BY 1 HAVING max(u.id IS NOT NULL)"
)


def whose(conn: Connection, undone_ids: Sequence[str]) -> list[str]:
    """Of whom the files told that these lines of history undo."""
    return [unpacked(row[0]) for row in conn.exec_driver_sql(_WHOSE, (packed_list(undone_ids),))]


def touched(conn: Connection, debtor_ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of these debtors, those of whom a file that was undone told: whom another placed too, and whom none did."""
    rows = conn.exec_driver_sql(_OF_DEBTORS, (packed_list(debtor_ids),)).all()
    return [unpacked(row[0]) for row in rows if row[1]], [unpacked(row[0]) for row in rows if not row[1]]


def take_away(conn: Connection, staying: Sequence[str], leaving: Sequence[str]) -> None:
    """Let the ones stand as what counts of them says, and take the others' rows away."""
    if staying:
        replay.rebuild(conn, staying)
        search.remove_debtors(conn, staying)
        search.index_debtors(conn, [batches.search_row(conn, debtor) for debtor in staying])
    if leaving:
        search.remove_debtors(conn, leaving)
        batches.drop_debtors(conn, leaving)
    conn.exec_driver_sql(  # rows of files that were withdrawn: they are nobody's again
        "UPDATE payment_match SET debtor_id = NULL, case_id = NULL WHERE debtor_id IN "
        "(SELECT unhex(value) FROM json_each(?)) AND case_id NOT IN (SELECT id FROM account_case)",
        (packed_list([*staying, *leaving]),),
    )
