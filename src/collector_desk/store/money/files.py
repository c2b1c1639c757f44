"""Payment files in the store: what a file came to, what is left to do of it, of which days banks have told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.money.missing import ToldRow
from collector_desk.domain.money.payments import FileKind, RowStanding
from collector_desk.domain.states import BatchState, CoverageEvent, PaymentsEvent
from collector_desk.domain.vocabulary import Outcome
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.metadata import from_micros
from collector_desk.store.tables.history import journal


@dataclass(frozen=True, slots=True)
class Sums:
    """How many rows of a file stand so, and what they come to as the bank has them."""

    rows: int = 0
    minor: int = 0


@dataclass(frozen=True, slots=True)
class FileSums:
    """What a file came to, by how its rows stand now."""

    bank: str
    currency: str
    kind: str
    covers: DaySpan | None
    standings: dict[RowStanding, Sums]
    set_aside: Sums
    allocated: int
    excess: int


@dataclass(frozen=True, slots=True)
class FileSays:
    """A payment file: of which placements and days it tells, and whether it counts."""

    placements: tuple[str, ...]
    covers: DaySpan | None
    bank: str
    kind: FileKind
    state: BatchState
    filename: str
    rows: int


_FILE = select(
    t.payments_taken.c.bank_name,
    t.payments_taken.c.placements,
    t.payments_taken.c.rows,
    t.payments_taken.c.set_aside,
    t.payments_taken.c.set_aside_minor,
    t.payments_taken.c.currency,
    t.batch.c.told_kind.label("kind"),
    t.batch.c.covers_from,
    t.batch.c.covers_to,
    t.batch.c.state,
    t.received_file.c.filename,
).select_from(
    t.payments_taken.join(t.batch, t.batch.c.id == t.payments_taken.c.id).join(
        t.received_file, t.received_file.c.id == t.batch.c.file_id
    )
)


def taken(conn: Connection, batch_id: str) -> FileSays | None:
    """What a payment file is said to tell of, as last said; None where there is no such file."""
    row = conn.execute(_FILE.where(t.payments_taken.c.id == batch_id)).first()
    if row is None:
        return None
    covers = DaySpan(row.covers_from, row.covers_to) if row.covers_from else None
    return FileSays(
        tuple(row.placements),
        covers,
        row.bank_name,
        FileKind(row.kind),
        BatchState(row.state),
        row.filename,
        row.rows,
    )


_SUMS = (
    "SELECT CASE WHEN m.debtor_id IS NULL THEN 'unmatched' ELSE coalesce(n.standing, 'taken') END, count(*), "
    "sum(json_extract(r.skeleton, '$.minor')), sum(coalesce(n.allocated_minor, 0)), "
    "sum(coalesce(n.excess_minor, 0)) FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
    "JOIN payment_match m ON m.row_id = r.id LEFT JOIN payment_now n ON n.id = r.id "
    "WHERE p.batch_id = ? GROUP BY 1"
)


def sums_of(conn: Connection, batch_id: str) -> FileSums:
    """What a file that counts came to."""
    taken = conn.execute(_FILE.where(t.payments_taken.c.id == batch_id)).one()
    found, allocated, excess = {}, 0, 0
    for standing, rows, minor, into, beyond in conn.exec_driver_sql(_SUMS, (packed(batch_id),)):
        found[RowStanding(standing)] = Sums(rows, minor)
        allocated += into
        excess += beyond
    return FileSums(
        bank=taken.bank_name,
        currency=taken.currency,
        kind=taken.kind,
        covers=DaySpan(taken.covers_from, taken.covers_to) if taken.covers_from else None,
        standings=found,
        set_aside=Sums(taken.set_aside, taken.set_aside_minor),
        allocated=allocated,
        excess=excess,
    )


def counting(conn: Connection, bank: str) -> list[str]:
    """The payment files of a bank that count and have all of their days again, the earliest first."""
    rows = conn.exec_driver_sql(
        "SELECT k.id FROM payments_taken k JOIN batch b ON b.id = k.id AND b.state = 'visible' "
        "WHERE k.bank_name = ? AND b.told_kind = ? AND b.covers_to IS NOT NULL ORDER BY k.id",
        (bank, FileKind.CUMULATIVE),
    )
    return [unpacked(row[0]) for row in rows]


# --- what was done on a file's figures ----


@dataclass(frozen=True, slots=True)
class CallMade:
    """A call with somebody of whom a file told, while it counted."""

    case_number: str
    at: datetime
    by: str
    outcome: Outcome | None


_WHOM = (
    "SELECT m.debtor_id FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
    "JOIN payment_match m ON m.row_id = r.id WHERE p.batch_id = ?1 AND m.debtor_id IS NOT NULL"
)
_CALLS = (
    "SELECT d.queue_case, a.begun_at, coalesce(w.name, ''), "  # noqa: S608
    "(SELECT e.outcome FROM attempt_end e WHERE e.attempt_id = a.id ORDER BY e.id DESC LIMIT 1) "
    "FROM attempt a JOIN debtor d ON d.id = a.debtor_id LEFT JOIN person w ON w.id = a.actor_id "
    "WHERE a.begun_at >= (SELECT imported_at FROM batch WHERE id = ?1) AND a.begun_at <= coalesce("
    "(SELECT j.at FROM payments_line l JOIN journal j ON j.row_id = l.id WHERE l.batch_id = ?1 "
    f"AND l.event <> ?2 ORDER BY l.id LIMIT 1), a.begun_at) AND a.debtor_id IN ({_WHOM}) ORDER BY a.begun_at"
)
_DECIDED = (
    "SELECT (SELECT count(*) FROM payment_decision q JOIN bank_row r ON r.id = q.row_id "  # noqa: S608
    "JOIN bank_piece p ON p.id = r.piece_id WHERE p.batch_id = ?1) + (SELECT count(*) FROM journal j "
    "WHERE j.table_name IN ('case_event', 'task_done') AND j.at > (SELECT imported_at FROM batch WHERE id = ?1) "
    f"AND j.debtor_id IN ({_WHOM}))"
)


def calls_made(conn: Connection, batch_id: str) -> list[CallMade]:
    """The calls with those of whom a payment file told, from when it came until it was taken out."""
    rows = conn.exec_driver_sql(_CALLS, (packed(batch_id), PaymentsEvent.TOLD))
    return [CallMade(case, from_micros(at), by, Outcome(out) if out else None) for case, at, by, out in rows]


def decisions_made(conn: Connection, batch_id: str) -> int:
    """How much was decided on a payment file's figures: its rows settled, accounts closed, tasks decided."""
    return int(conn.exec_driver_sql(_DECIDED, (packed(batch_id),)).scalar_one())


# --- what follows a file -------------------------------------------------------------------------------------


def to_work(conn: Connection, batch_id: str) -> list[str]:
    """The debtors of a file who were not worked since it counts."""
    rows = conn.exec_driver_sql(
        "SELECT DISTINCT m.debtor_id FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
        "JOIN payment_match m ON m.row_id = r.id LEFT JOIN payment_now n ON n.row_id = r.id "
        "WHERE p.batch_id = ? AND m.debtor_id IS NOT NULL AND n.row_id IS NULL ORDER BY m.debtor_id",
        (packed(batch_id),),
    )
    return [unpacked(row[0]) for row in rows]


_TOLD = (
    "SELECT n.row_id, n.debtor_id, n.case_id, json_extract(r.skeleton, '$.reference'), n.minor, n.currency, "
    "n.posted_on, p.batch_id = ?1, n.standing = ? FROM payment_now n JOIN bank_row r ON r.id = n.row_id "
    "JOIN bank_piece p ON p.id = r.piece_id JOIN payments_taken k ON k.id = p.batch_id "
    "JOIN batch b ON b.id = k.id AND b.state = 'visible' JOIN account_case c ON c.id = n.case_id "
    "WHERE n.id = n.row_id AND n.standing <> ? AND k.id <= ?1 "
    "AND n.posted_on BETWEEN ? AND ? AND k.bank_name = ? "
    "AND c.placement_id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY k.id, r.id"
)


def told_of_its_days(conn: Connection, batch_id: str) -> list[ToldRow]:
    """What this file and those before it told of its days, where it has all of them again; else nothing."""
    file = conn.execute(_FILE.where(t.payments_taken.c.id == batch_id)).one()
    if file.state != BatchState.VISIBLE or file.kind != FileKind.CUMULATIVE or file.covers_from is None:
        return []
    days = file.covers_from.isoformat(), file.covers_to.isoformat()
    of = packed(batch_id), RowStanding.REPEATED, RowStanding.NOT_OURS, *days, file.bank_name
    return [
        ToldRow(
            unpacked(row_id),
            unpacked(debtor),
            unpacked(case),
            reference or "",
            minor,
            currency,
            date.fromisoformat(posted_on),
            bool(here),
            bool(repeated),
        )
        for row_id, debtor, case, reference, minor, currency, posted_on, here, repeated in conn.exec_driver_sql(
            _TOLD, (*of, packed_list(file.placements))
        )
    ]


# --- of which days a bank has told ---------------------------------------------------------------------------


_TOLD_BY_FILES = (  # when what holds of a file's days was said last
    "SELECT (SELECT max(j.seq) FROM journal j WHERE j.row_id = k.id OR j.row_id IN "
    "(SELECT l.id FROM payments_line l WHERE l.batch_id = k.id AND l.event = ?)), "
    "b.covers_from, b.covers_to, k.placements FROM payments_taken k JOIN batch b ON b.id = k.id "
    "WHERE k.bank_name = ? AND b.state = 'visible' AND b.covers_to IS NOT NULL"
)
ToldOf = tuple[DaySpan, frozenset[str]]
"""Days, and the placements they were told of; none: all of the bank's."""


def told(conn: Connection, bank: str) -> list[ToldOf]:
    """The days a bank has told of, each with the placements it told of; no placement: of all of them.

    Where a lead said that less is known, what was told before is cut there; what came since counts whole.
    """
    line = t.coverage_line
    lines = select(journal.c.seq, line.c.event, line.c.covers_from, line.c.covers_to, line.c.placements).join(
        journal, journal.c.row_id == line.c.id
    )
    events: list[tuple[int, str, date | None, date, frozenset[str]]] = [
        (seq, CoverageEvent.TOLD, date.fromisoformat(first), date.fromisoformat(last), frozenset(json.loads(of)))
        for seq, first, last, of in conn.exec_driver_sql(_TOLD_BY_FILES, (PaymentsEvent.TOLD, bank))
    ]
    events += [
        (row.seq, row.event, row.covers_from, row.covers_to, frozenset(row.placements))
        for row in conn.execute(lines.where(line.c.bank_name == bank, line.c.event != CoverageEvent.PROPOSED))
    ]
    found: list[ToldOf] = []
    for _, event, first, last, placements in sorted(events, key=lambda one: one[0]):
        if event == CoverageEvent.TOLD and first is not None:
            found.append((DaySpan(first, last), placements))
        else:
            found = [cut for one in found for cut in _cut(one, last, placements)]
    return found


@dataclass(frozen=True, slots=True)
class NoneSaid:
    """One person says that nothing was paid on these days, and nobody else has said so yet."""

    id: str
    first: date
    last: date
    by_id: str
    by: str


def said_none(conn: Connection, bank: str) -> NoneSaid | None:
    """What waits for a second person: the last word on a bank, where one person alone has spoken it."""
    of = t.coverage_line.c
    last = (
        select(of.id, of.event, of.covers_from, of.covers_to, journal.c.actor_id, t.person.c.name)
        .join(journal, journal.c.row_id == of.id)
        .outerjoin(t.person, t.person.c.id == journal.c.actor_id)
        .where(of.bank_name == bank)
        .order_by(journal.c.seq.desc())
        .limit(1)
    )
    row = conn.execute(last).first()
    if row is None or row.event != CoverageEvent.PROPOSED:
        return None
    return NoneSaid(row.id, row.covers_from, row.covers_to, row.actor_id, row.name or "")


def known_up_to(told: Sequence[ToldOf], placement_id: str, as_of: date) -> date | None:
    """The last day of the unbroken stretch of which a bank has told of a placement, since a figure of it."""
    spans = [span for span, placements in told if not placements or placement_id in placements]
    return coverage(spans, as_of + timedelta(days=1)).known_up_to


def _cut(said: ToldOf, known_to: date, placements: frozenset[str]) -> Sequence[ToldOf]:
    span, of = said
    if span.last <= known_to or not (not placements or not of or of & placements):
        return [said]
    return [(DaySpan(span.first, known_to), of)] if span.first <= known_to else []
