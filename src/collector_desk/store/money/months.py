"""Months of placements in the store: what they are worked out of, and those that are frozen."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, bindparam, select

from collector_desk.domain.book.closing import STATE_AFTER, Ending
from collector_desk.domain.book.money import Money
from collector_desk.domain.money.ledger import OwedAccount
from collector_desk.domain.money.month import AskedLine, CaseNamed, EndLine, OpenLine
from collector_desk.domain.money.payments import RowDoubt, RowStanding, Settling
from collector_desk.domain.money.reconciling import (
    BookedRow,
    CaseTold,
    FigureSaid,
    Frozen,
    LateRow,
    Month,
    MonthOfCase,
    MonthPart,
    Moved,
    Of,
    month_named,
    month_part,
)
from collector_desk.domain.vocabulary import CaseState, QuestionKind
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.money import figures
from collector_desk.store.numbers import shown
from collector_desk.store.projections import money
from collector_desk.store.tables.history import journal

_PAGE = 400
_PIECE = 2_000
"""Cases, or rows, of a frozen month under one line of the journal."""

_CASE = t.account_case.c
_HERE = (
    select(_CASE.debtor_id)
    .join(t.debtor, and_(t.debtor.c.id == _CASE.debtor_id, t.debtor.c.visible))
    .where(_CASE.placement_id == bindparam("placement_id"))
    .distinct()
    .order_by(_CASE.debtor_id)
)
_CASES = (
    select(_CASE.id, _CASE.debtor_id, _CASE.placement_id, _CASE.placed_as_of, t.placement.c.placed_on)
    .join(t.placement, t.placement.c.id == _CASE.placement_id)
    .where(_CASE.debtor_id.in_(bindparam("of", expanding=True)))
)
_EVENT = t.case_event.c
_ENDS = (
    select(_EVENT.case_id, _EVENT.event, _EVENT.written_on, journal.c.at)
    .join(journal, and_(journal.c.row_id == _EVENT.id, journal.c.table_name == t.case_event.name))
    .where(_EVENT.debtor_id.in_(bindparam("of", expanding=True)))
    .order_by(_EVENT.id)
)


def parts_of(
    conn: Connection, placement_id: str, month: Month, frozen: Frozen | None, zone: ZoneInfo
) -> Iterator[MonthPart]:
    """The placement's month, some debtors at a time."""
    debtors = list(conn.execute(_HERE, {"placement_id": placement_id}).scalars())
    known = _by_case(frozen)
    for start in range(0, len(debtors), _PAGE):
        some = debtors[start : start + _PAGE]
        told = _told(conn, some, zone)
        mine = {who: [one for one, place in cases if place == placement_id] for who, cases in told.items()}
        settled = money.settled(conn, some, money.rows_of(conn, some))
        for who in some:
            cases, of = [one for one, _ in told[who]], [one.account.case_id for one in mine[who]]
            before = None if frozen is None else _of_cases(frozen.month, known, of)
            yield month_part(month, cases, settled.rows.get(who, {}), settled.decided, before, of)


_Known = dict[str, tuple[dict[Of, Moved], dict[str, BookedRow]]]


def _by_case(frozen: Frozen | None) -> _Known:
    found: _Known = {}
    if frozen is not None:
        for key, moved in frozen.moved.items():
            found.setdefault(key[0], ({}, {}))[0][key] = moved
        for name, row in frozen.rows.items():
            found.setdefault(row.case_id, ({}, {}))[1][name] = row
    return found


def _of_cases(month: Month, known: _Known, of: Iterable[str]) -> Frozen:
    theirs = [known[case] for case in of if case in known]
    moved = {key: one for moved, _ in theirs for key, one in moved.items()}
    return Frozen(month, moved, {name: row for _, rows in theirs for name, row in rows.items()})


def _told(conn: Connection, debtor_ids: Sequence[str], zone: ZoneInfo) -> dict[str, list[tuple[CaseTold, str]]]:
    """By debtor, every case of theirs with its placement."""
    of = {"of": list(debtor_ids)}
    accounts = {one.case_id: one for theirs in money.accounts_of(conn, debtor_ids).values() for one in theirs}
    ends: dict[str, list[tuple[date, bool]]] = {}
    for event in conn.execute(_ENDS, of):
        over = STATE_AFTER[Ending(event.event)] is not CaseState.OPEN
        ends.setdefault(event.case_id, []).append((event.written_on or event.at.astimezone(zone).date(), over))
    told_later = figures.by_case(conn, figures.refreshed(conn, debtor_ids))
    found: dict[str, list[tuple[CaseTold, str]]] = {who: [] for who in debtor_ids}
    for row in conn.execute(_CASES, of):
        account = accounts[row.id]
        said = _figures(account, row.placed_as_of, told_later.get(row.id, ()))
        told = CaseTold(account, row.placed_on or said[0].as_of, said, tuple(ends.get(row.id, ())))
        found[row.debtor_id].append((told, row.placement_id))
    return found


def _figures(
    account: OwedAccount, placed_as_of: date | None, told: Iterable[tuple[date, int]]
) -> tuple[FigureSaid, ...]:
    """The figures that count, by their day: from the one it was placed with on, of each day the first."""
    newest = FigureSaid(account.figure.as_of, account.figure.minor)
    by_day: dict[date, int] = {}
    for day, minor in told:
        if placed_as_of is not None and placed_as_of <= day < newest.as_of:
            by_day.setdefault(day, minor)
    return (*(FigureSaid(day, minor) for day, minor in sorted(by_day.items())), newest)


# --- what stands beside the figures --------------------------------------------------------------------------


_NAMES = (
    select(_CASE.id, shown(t.account_case), _CASE.account_number, t.debtor.c.name)
    .join(t.debtor, t.debtor.c.id == _CASE.debtor_id)
    .where(_CASE.placement_id == bindparam("placement_id"))
)


def names_of(conn: Connection, placement_id: str) -> dict[str, CaseNamed]:
    """The cases of a placement."""
    rows = conn.execute(_NAMES, {"placement_id": placement_id})
    return {row.id: CaseNamed(row.number, row.account_number, row.name) for row in rows}


_ENDED = (
    select(
        shown(t.account_case), _EVENT.event, _EVENT.written_on, _EVENT.balance_minor, _EVENT.currency, journal.c.at
    )
    .join(t.account_case, _CASE.id == _EVENT.case_id)
    .join(journal, and_(journal.c.row_id == _EVENT.id, journal.c.table_name == t.case_event.name))
    .where(_CASE.placement_id == bindparam("placement_id"))
    .order_by(_EVENT.id)
)


def ends_in(conn: Connection, placement_id: str, month: Month, zone: ZoneInfo) -> tuple[EndLine, ...]:
    """What of a placement ended in a month, by the day of the bank's word."""
    found = []
    for row in conn.execute(_ENDED, {"placement_id": placement_id}):
        day = row.written_on or row.at.astimezone(zone).date()
        if month.first <= day <= month.last:
            line = EndLine(row.number, Ending(row.event), day, Money(row.balance_minor, row.currency))
            found.append(line)
    return tuple(sorted(found, key=lambda one: (one.day, one.case_number)))


_NOBODYS = (
    "SELECT json_extract(r.skeleton, '$.currency'), count(*), sum(json_extract(r.skeleton, '$.minor')) "
    "FROM payment_match m JOIN bank_row r ON r.id = m.row_id JOIN bank_piece p ON p.id = r.piece_id "
    "JOIN payments_taken k ON k.id = p.batch_id JOIN batch b ON b.id = k.id AND b.state = 'visible' "
    "WHERE m.debtor_id IS NULL "
    "AND json_extract(r.skeleton, '$.posted_on') BETWEEN ? AND ? "
    "AND EXISTS (SELECT 1 FROM json_each(k.placements) e WHERE e.value = ?) "
    "AND coalesce((SELECT q.settling FROM payment_decision q WHERE q.row_id = m.row_id "
    "ORDER BY q.id DESC LIMIT 1), '') NOT IN (?, ?) GROUP BY 1 ORDER BY 1"
)


def nobodys(conn: Connection, placement_id: str, month: Month) -> list[tuple[str, int, int]]:
    """Rows of the month that no account of ours bears, in files that tell of the placement: currency, rows, sum."""
    asked = (month.first.isoformat(), month.last.isoformat(), placement_id, Settling.NOT_OURS, Settling.SPLIT)
    return [(row[0], row[1], row[2]) for row in conn.exec_driver_sql(_NOBODYS, asked)]


# --- frozen months -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrozenHead:
    """A frozen month: which, by whom, when, what was open then."""

    id: str
    month: Month
    by: str
    at: datetime
    waiting: tuple[OpenLine, ...]
    asked: tuple[AskedLine, ...]
    statement_id: str | None


_FROZEN = t.month_frozen.c
_HEADS = (
    select(_FROZEN.id, _FROZEN.month, _FROZEN.waiting, _FROZEN.statement_id, journal.c.at, t.person.c.name)
    .select_from(
        t.frozen_month.join(t.month_frozen, _FROZEN.id == t.frozen_month.c.id)
        .join(journal, and_(journal.c.row_id == _FROZEN.id, journal.c.table_name == t.month_frozen.name))
        .outerjoin(t.person, t.person.c.id == journal.c.actor_id)
    )
    .where(t.frozen_month.c.placement_id == bindparam("placement_id"))
    .order_by(t.frozen_month.c.month)
)


def heads(conn: Connection, placement_id: str) -> list[FrozenHead]:
    """The frozen months of a placement, in order."""
    found = []
    for row in conn.execute(_HEADS, {"placement_id": placement_id}):
        month = month_named(row.month)
        assert month is not None  # noqa: S101 -- one writer, and it writes months
        waiting = tuple(map(_open_line, row.waiting["rows"]))
        asked = tuple(AskedLine(QuestionKind(kind), count) for kind, count in row.waiting["asked"])
        found.append(FrozenHead(row.id, month, row.name or "", row.at, waiting, asked, row.statement_id))
    return found


def _open_line(plain: Sequence[Any]) -> OpenLine:
    doubt, rows, minor, currency = plain
    return OpenLine(None if doubt is None else RowDoubt(doubt), rows, Money(minor, currency))


_PIECES = "SELECT content FROM month_piece WHERE frozen_id = ? ORDER BY position"
_STANDINGS = list(RowStanding)
_ROW_PARTS = ("rows", "touched", "waiting")


def pieces(part: MonthPart) -> list[bytes]:
    """A month as it is kept: squeezed JSON, some thousand cases or rows a piece."""
    lists: dict[str, list[Any]] = {
        "cases": [
            [one.case_id, one.currency, one.before.parts, one.moved.parts, one.late.parts] for one in part.cases
        ],
        "late": [[_plain(one.then), _plain(one.now)] for one in part.late],
        **{name: [_plain(row) for row in getattr(part, name)] for name in _ROW_PARTS},
    }
    return [
        zlib.compress(json.dumps({name: some[start : start + _PIECE]}, separators=(",", ":")).encode())
        for name, some in lists.items()
        for start in range(0, len(some), _PIECE)
    ]


def _plain(row: BookedRow | None) -> list[Any] | None:
    if row is None:
        return None
    doubt = None if row.doubt is None else int(row.doubt)
    head = [row.row_id, row.case_id, row.posted_on.toordinal(), row.minor, row.currency]
    return [*head, _STANDINGS.index(row.standing), doubt, row.allocated, row.excess, row.contained, row.reference]


def _row(plain: Sequence[Any]) -> BookedRow:
    row_id, case_id, day, minor, currency, standing, doubt, *rest = plain
    said = None if doubt is None else RowDoubt(doubt)
    known = RowStanding(_STANDINGS[standing])
    return BookedRow(row_id, case_id, date.fromordinal(day), minor, currency, known, said, *rest)


def part_frozen(conn: Connection, frozen_id: str) -> MonthPart:
    """A month as it was frozen."""
    lists: dict[str, list[Any]] = {}
    for row in conn.exec_driver_sql(_PIECES, (packed(frozen_id),)):
        for name, some in json.loads(zlib.decompress(row[0])).items():
            lists.setdefault(name, []).extend(some)
    cases = (
        MonthOfCase(case_id, currency, *(Moved(*parts) for parts in moved))
        for case_id, currency, *moved in lists.get("cases", ())
    )
    late = (
        LateRow(_row(then) if then else None, _row(now) if now else None) for then, now in lists.get("late", ())
    )
    rows, touched, waiting = (tuple(map(_row, lists.get(name, ()))) for name in _ROW_PARTS)
    return MonthPart(tuple(cases), rows, tuple(late), touched, waiting)


def known_until(conn: Connection, frozen: Sequence[FrozenHead]) -> Frozen | None:
    """What these months, one after the other, say together; None where there is none."""
    found: Frozen | None = None
    for head in frozen:
        found = part_frozen(conn, head.id).frozen(head.month, found)
    return found
