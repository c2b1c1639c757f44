"""Payment files in the store: what a file came to, what is left to do of it, of which days banks have told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, select

from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.money.missing import ToldRow
from collector_desk.domain.money.payments import FileKind, RowStanding
from collector_desk.domain.states import CoverageEvent
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, packed_list, unpacked
from collector_desk.store.tables.history import journal

_UNFINISHED = "payments.unfinished"


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
    """Of which placements and days a file that counts tells."""

    placements: tuple[str, ...]
    covers: DaySpan | None


def taken(conn: Connection, batch_id: str) -> FileSays:
    """What a file was said to tell of."""
    row = conn.execute(select(t.payments_taken).where(t.payments_taken.c.id == batch_id)).one()
    covers = DaySpan(row.covers_from, row.covers_to) if row.covers_from else None
    return FileSays(tuple(row.placements), covers)


_SUMS = (
    "SELECT CASE WHEN m.debtor_id IS NULL THEN 'unmatched' ELSE coalesce(n.standing, 'taken') END, count(*), "
    "sum(json_extract(r.skeleton, '$.minor')), sum(coalesce(n.allocated_minor, 0)), "
    "sum(coalesce(n.excess_minor, 0)) FROM bank_piece p JOIN bank_row r ON r.piece_id = p.id "
    "JOIN payment_match m ON m.row_id = r.id LEFT JOIN payment_now n ON n.id = r.id "
    "WHERE p.batch_id = ? GROUP BY 1"
)


def sums_of(conn: Connection, batch_id: str) -> FileSums:
    """What a file that counts came to."""
    taken = conn.execute(select(t.payments_taken).where(t.payments_taken.c.id == batch_id)).one()
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


# --- what follows a file -------------------------------------------------------------------------------------


def mark_unfinished(conn: Connection, batch_id: str) -> None:
    """Remember, with the commit that makes a file count, that its debtors still have to be worked."""
    conn.execute(insert(t.worked_out).values(key=_UNFINISHED, value=batch_id))


def unfinished(conn: Connection) -> str | None:
    """The file whose debtors were not all worked."""
    found = conn.execute(select(t.worked_out.c.value).where(t.worked_out.c.key == _UNFINISHED)).scalar()
    return str(found) if found else None


def mark_finished(conn: Connection) -> None:
    """All were."""
    conn.execute(delete(t.worked_out).where(t.worked_out.c.key == _UNFINISHED))


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
    "n.posted_on, p.batch_id = ?, n.standing = ? FROM payment_now n JOIN bank_row r ON r.id = n.row_id "
    "JOIN bank_piece p ON p.id = r.piece_id JOIN payments_taken k ON k.id = p.batch_id "
    "JOIN account_case c ON c.id = n.case_id WHERE n.id = n.row_id AND n.standing <> ? "
    "AND n.posted_on BETWEEN ? AND ? AND k.bank_name = ? "
    "AND c.placement_id IN (SELECT unhex(value) FROM json_each(?)) ORDER BY k.id, r.id"
)


def told_of_its_days(conn: Connection, batch_id: str) -> list[ToldRow]:
    """What this file and others told of the days it tells of, where it has all of them again; else nothing."""
    file = conn.execute(select(t.payments_taken).where(t.payments_taken.c.id == batch_id)).one()
    if file.kind != FileKind.CUMULATIVE or file.covers_from is None:
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


ToldOf = tuple[DaySpan, frozenset[str]]
"""Days, and the placements they were told of; none: all of the bank's."""


def told(conn: Connection, bank: str) -> list[ToldOf]:
    """The days a bank has told of, each with the placements it told of; no placement: of all of them.

    Where a lead said that less is known, what was told before is cut there; what came since counts whole.
    """
    taken, line = t.payments_taken, t.coverage_line
    files = select(journal.c.seq, taken.c.covers_from, taken.c.covers_to, taken.c.placements).join(
        journal, journal.c.row_id == taken.c.id
    )
    lines = select(journal.c.seq, line.c.event, line.c.covers_from, line.c.covers_to, line.c.placements).join(
        journal, journal.c.row_id == line.c.id
    )
    events: list[tuple[int, str, date | None, date, frozenset[str]]] = [
        (row.seq, CoverageEvent.TOLD, row.covers_from, row.covers_to, frozenset(row.placements))
        for row in conn.execute(files.where(taken.c.bank_name == bank, taken.c.covers_to.is_not(None)))
    ]
    events += [
        (row.seq, row.event, row.covers_from, row.covers_to, frozenset(row.placements))
        for row in conn.execute(lines.where(line.c.bank_name == bank))
    ]
    found: list[ToldOf] = []
    for _, event, first, last, placements in sorted(events, key=lambda one: one[0]):
        if event == CoverageEvent.TOLD and first is not None:
            found.append((DaySpan(first, last), placements))
        else:
            found = [cut for one in found for cut in _cut(one, last, placements)]
    return found


def known_up_to(told: Sequence[ToldOf], placement_id: str, as_of: date) -> date | None:
    """The last day of the unbroken stretch of which a bank has told of a placement, since a figure of it."""
    spans = [span for span, placements in told if not placements or placement_id in placements]
    return coverage(spans, as_of + timedelta(days=1)).known_up_to


def _cut(said: ToldOf, known_to: date, placements: frozenset[str]) -> Sequence[ToldOf]:
    span, of = said
    if span.last <= known_to or not (not placements or not of or of & placements):
        return [said]
    return [(DaySpan(span.first, known_to), of)] if span.first <= known_to else []
