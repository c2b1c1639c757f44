"""A placement's month as tables: the sheets of the workbook, and the lists of the paper."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.month import PlacementMonth, facts, why_open
from collector_desk.domain.money.payments import RowDoubt, RowStanding
from collector_desk.domain.money.reconciling import BookedRow, MonthSums
from collector_desk.domain.text.cells import Cell, one_line

Words = Callable[[Message], str]
Row = Sequence[Cell]
_MOVED = ("placed", "refigured", "paid", "reversed", "excess", "ended")
_OF_FIGURES = frozenset(
    {
        *("said", "of_which_late", "opening", *_MOVED, "closing"),
        *("amount", "allocated", "contained", "ours", "theirs", "by", "balance", "rows", "line"),
    }
)


def right(columns: Sequence[str]) -> frozenset[int]:
    """Which of these columns hold figures, by their place."""
    return frozenset(place for place, column in enumerate(columns) if column in _OF_FIGURES)


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One of the tables: its name, its columns by name, its rows as they come, and how many these are."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    count: int


def tables(seen: PlacementMonth, words: Words) -> tuple[MonthTable, ...]:
    """All of a month, behind masks."""
    return (
        MonthTable(
            "figures",
            ("item", "said", "of_which_late", "currency"),
            lambda: _figures(seen, words),
            len(seen.sums) * (len(_MOVED) + 2),
        ),
        MonthTable("told", ("item", "about"), lambda: _told(seen, words), len(tuple(facts(seen)))),
        *lists(seen, words),
        MonthTable(
            "cases",
            ("case", "who", "currency", "opening", *_MOVED, "of_which_late", "closing"),
            lambda: _cases(seen),
            len(seen.part.cases),
        ),
        MonthTable(
            "rows",
            (
                "case",
                "who",
                "posted_on",
                "amount",
                "currency",
                "reference",
                "standing",
                "why",
                "allocated",
                "excess",
                "contained",
            ),
            lambda: _rows(seen, words),
            len(seen.part.rows),
        ),
    )


def lists(seen: PlacementMonth, words: Words) -> tuple[MonthTable, ...]:
    """What somebody has to look at: what came late, where theirs differs, what ended, what is open."""
    return (
        MonthTable(
            "late",
            ("case", "who", "posted_on", "amount", "currency", "reference", "then", "now"),
            lambda: _late(seen, words),
            len(seen.part.late),
        ),
        MonthTable(
            "differences",
            ("what", "who", "line", "day", "reference", "currency", "ours", "theirs", "by"),
            lambda: _differences(seen, words),
            len(seen.differences or ()),
        ),
        MonthTable(
            "ends", ("case", "end", "day", "balance", "currency"), lambda: _ends(seen, words), len(seen.ends)
        ),
        MonthTable(
            "open",
            ("why", "rows", "amount", "currency"),
            lambda: _open(seen, words),
            len(seen.waiting) + len(seen.asked),
        ),
    )


def figures_of(one: MonthSums) -> Iterator[tuple[str, int, int]]:
    """A currency's figures in the order in which they add up: name, figure, what of it came late."""
    yield "opening", one.opening, 0
    yield from zip(_MOVED, one.changes.parts, one.late.parts, strict=True)
    yield "closing", one.closing, 0


def amount(minor: int | None, currency: str) -> Cell:
    """A figure as a cell; empty where that side has none."""
    return "" if minor is None else _decimal(minor, currency)


def _decimal(minor: int, currency: str) -> Decimal:
    return Money(minor, currency).decimal


def _figures(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for one in seen.sums:
        for name, minor, late in figures_of(one):
            shown = _decimal(late, one.currency) if late else ""
            yield words(msg(f"money.month.column.{name}")), _decimal(minor, one.currency), shown, one.currency


def _told(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for code, said in facts(seen):
        yield words(msg(code)), one_line(words(said))


def _cases(seen: PlacementMonth) -> Iterator[Row]:
    for one in seen.part.cases:
        named = seen.name_of(one.case_id)
        parts = (_decimal(minor, one.currency) for minor in one.changes.parts)
        opening, late, closing = (
            _decimal(each, one.currency) for each in (one.opening, one.late.total, one.closing)
        )
        yield named.number, one_line(named.masked), one.currency, opening, *parts, late, closing


def _rows(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for row in seen.part.rows:
        sums = (_decimal(minor, row.currency) for minor in (row.allocated, row.excess, row.contained))
        why = words(why_open(row.doubt)) if row.doubt is not None else ""
        yield *_named(seen, row), _standing(row.standing, words), why, *sums


def _named(seen: PlacementMonth, row: BookedRow) -> tuple[Cell, ...]:
    named = seen.name_of(row.case_id)
    posted, minor = row.posted_on.isoformat(), _decimal(row.minor, row.currency)
    return named.number, one_line(named.masked), posted, minor, row.currency, one_line(row.reference)


def _standing(standing: RowStanding, words: Words) -> str:
    return words(Message(f"RowStanding.{standing.value}"))


def _stood(row: BookedRow | None, words: Words) -> str:
    if row is None:
        return words(msg("money.month.not_there"))
    why = words(Message(f"RowDoubt.{int(RowDoubt(row.doubt))}")) if row.doubt is not None else ""
    return " ".join(filter(None, (_standing(row.standing, words), why)))


def _late(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for one in seen.part.late:
        yield *_named(seen, one.row), _stood(one.then, words), _stood(one.now, words)


def _differences(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for one in seen.differences:
        named = seen.name_of(one.case_id)
        who = f"{named.number} {named.masked}" if one.case_id else one.masked or words(msg("money.month.whole"))
        place = (one.line or "", one.day.isoformat() if one.day else "", one_line(one.reference))
        sides = (amount(minor, one.currency) for minor in (one.ours, one.theirs, one.by))
        yield words(Message(f"DifferenceIn.{one.what.value}")), one_line(who), *place, one.currency, *sides


def _ends(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for one in seen.ends:
        word = words(Message(f"Ending.{one.ending.value}"))
        yield one.case_number, word, one.day.isoformat(), one.balance.decimal, one.balance.currency


def _open(seen: PlacementMonth, words: Words) -> Iterator[Row]:
    for one in seen.waiting:
        yield words(why_open(one.doubt)), one.rows, one.amount.decimal, one.amount.currency
    for line in seen.asked:
        yield words(msg("money.month.asked_kind", kind=line.kind)), line.count, "", ""


def shown(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Rows as text, amounts with their thousands apart."""
    for row in rows:
        yield tuple(f"{cell:,}" if isinstance(cell, Decimal) else str(cell) for cell in row)
