"""A bank's own statement of a month (对账单) → what it says of each account, of each payment, or in total."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from collector_desk.domain.book.money import exponent
from collector_desk.domain.message import Trouble, msg
from collector_desk.intake import cells
from collector_desk.intake.columns import ColumnMatch, Field, letter, match_columns, normal
from collector_desk.intake.layout import RowKind, RowSorter, summary, texts
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawSheet, read_file
from collector_desk.intake.rowreader import RowReader
from collector_desk.intake.units import unit_of_heading, unit_of_titles

_SEARCHED = 40  # rows from the top in which a header is looked for
_STEP = 500
_KEPT = frozenset(
    {
        *(Field.ACCOUNT_NO, Field.CARD_NO, Field.PLACEMENT_NO, Field.CURRENCY),
        *(Field.REFERENCE, Field.PAID_ON, Field.POSTED_ON),
    }
)
_PERIOD = re.compile(r"^(?:本月|当月|本期|当期|期内|本账期|累计|合计|总)|(?:合计|总额|总计|累计)$")
_PAID = re.compile(
    r"(?:净)?(?:还款|回款|入账|收款|到账|回收|清收)(?:净额|金额|额|数)?|金额|"
    r"(?:net)?(?:paid|payments?|recovered|recoveries|collected|amount(?:paid)?)"
)
_CLOSING = re.compile(
    r"(?:期末|月末|当前|最新|剩余)(?:欠款|余额|应还)?(?:余额|金额|总额)?|(?:欠款)?余额|还款余额|"
    r"(?:closing|remaining|month-?end|current)?balance(?:after)?"
)
FIGURES = (Field.PAID, Field.OWED_AFTER)


class StatementRow(NamedTuple):
    """What the bank says in one row. Without an account it speaks of all (``placement_no``, or of everything)."""

    sheet: str
    line: int
    account_no: str
    placement_no: str
    day: date | None
    reference: str
    currency: str
    paid: int | None
    balance: int | None

    def __repr__(self) -> str:
        return f"StatementRow({self.sheet}, line {self.line})"  # and nothing of whom it is about


@dataclass(frozen=True, slots=True)
class StatementFile:
    """All that was understood of a statement. The bytes are not kept: each of its rows is history by itself."""

    filename: str
    sha256: str
    rows: tuple[StatementRow, ...] = field(repr=False)
    set_aside: int
    problems: tuple[Problem, ...] = field(repr=False)


def read_statement(
    source: Path | bytes,
    filename: str,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> StatementFile:
    """Read a statement: every row is taken, set aside with a reason, or recognised as none.

    Raises Trouble where the file can't be read (``reading.read_file``) or holds no such table
    (``intake.statement_no_header``).
    """
    raw = read_file(source, filename, password=password)
    problems: list[Problem] = []
    rows: list[StatementRow] = []
    aside, found = 0, False
    total = sum(len(sheet.rows) for sheet in raw.sheets)
    for sheet in raw.sheets:
        header = None if sheet.hidden else _header(sheet.rows)
        if header is None:
            continue
        found = True
        table = _Table(sheet, header, problems)
        for index in range(header + 1, len(sheet.rows)):
            if progress and index % _STEP == 0:
                progress(index, total)
            row, refused = table.take(index)
            aside += refused
            if row is not None:
                rows.append(row)
    if not found:
        raise Trouble("intake.statement_no_header", file=filename)
    return StatementFile(raw.filename, raw.sha256, tuple(rows), aside, tuple(problems))


_NAMED = re.compile(r"对\s*账|reconciliation|statement", re.I)
_OF_A_MONTH = re.compile(r"^(?:本月|当月|本期|当期|期末|月末)")
_DAYS = frozenset({Field.PAID_ON, Field.POSTED_ON})


def is_statement(rows: Sequence[Sequence[Any]], *names: str) -> bool:
    """Whether a table is a month's statement: it has figures and no day a row, and its name, its title or the
    headings themselves say that they are of a month."""
    header = _header(rows)
    if header is None:
        return False
    heads = texts(rows[header])
    meant = {word: _meaning(word) for word in heads}
    if _DAYS & set(meant.values()):
        return False
    above = (" ".join(texts(row)) for row in rows[:header])
    said = any(_OF_A_MONTH.match(normal(word)) and meaning in FIGURES for word, meaning in meant.items())
    return said or any(_NAMED.search(name) for name in (*names, *above))


def _meaning(header: str) -> Field | None:
    if not header or len(header) >= 40:
        return None
    known = match_columns([header], payments=True)[0].field
    if known in _KEPT:
        return known
    word = normal(header)
    if _CLOSING.fullmatch(word):
        return Field.OWED_AFTER
    bare = _PERIOD.sub("", _PERIOD.sub("", word))
    return Field.PAID if _PAID.fullmatch(bare) or known is Field.PAID else None


def _header(rows: Sequence[Sequence[Any]]) -> int | None:
    """The first row near the top that names a figure and what it is of, or both figures."""
    for index in range(min(len(rows), _SEARCHED)):
        found = {_meaning(word) for word in texts(rows[index])}
        named = found & {Field.ACCOUNT_NO, Field.CARD_NO, Field.PLACEMENT_NO}
        figures = found & set(FIGURES)
        if figures and (named or len(figures) == len(FIGURES)):
            return index
    return None


class _Table:
    def __init__(self, sheet: RawSheet, header: int, problems: list[Problem]) -> None:
        self._sheet, self._problems = sheet, problems
        words = texts(sheet.rows[header])
        title = unit_of_titles(" \n".join(" ".join(texts(row)) for row in sheet.rows[:header]))
        self._columns = tuple(_with_unit(one, title) for one in _columns(words, sheet.hidden_columns))
        fields = {column.field for column in self._columns}
        self._account = Field.ACCOUNT_NO if Field.ACCOUNT_NO in fields else Field.CARD_NO
        self._named = self._account in fields
        self._reader = RowReader(sheet.name, self._columns, problems, from_1904=sheet.from_1904)
        self._sorter = RowSorter(self._columns, sheet.rows[header])
        for column in self._columns:
            if column.field is None:
                code = "intake.column_twice" if column.twice else "intake.statement_column_unread"
                reason = msg(code, letter=column.letter, header=column.header)
                self._note(sheet.lines[header], column.header, "", reason)

    def take(self, index: int) -> tuple[StatementRow | None, bool]:
        """The row, and whether it was set aside."""
        row, line = self._sheet.rows[index], self._sheet.lines[index]
        kind = self._sorter.kind(row)
        total = kind in (RowKind.TOTAL, RowKind.SUBTOTAL)
        if kind is RowKind.BLANK or (kind is not RowKind.CASE and (self._named or not total)):
            if kind is not RowKind.BLANK:
                reason = msg("intake.statement_recognised", kind=msg(f"intake.row.{kind.value}"))
                self._note(line, "", summary(row), reason)
            return None, False
        self._reader.begin(line, row)
        found = self._row(line)
        return found, found is None

    def _row(self, line: int) -> StatementRow | None:
        reader = self._reader
        account = reader.identifier(self._account)
        if self._named and not account and not reader.refused:
            reader.refuse(self._account, "intake.account_missing", reader.raw(self._account))
        currency = self._currency()
        paid, balance = (reader.amount(figure, exponent(currency), currency) for figure in FIGURES)
        if paid is None and balance is None and not reader.refused:
            reader.refuse(Field.PAID, "intake.amount_missing", reader.raw(Field.PAID))
        day = reader.day(Field.POSTED_ON) or reader.day(Field.PAID_ON)
        reference = reader.identifier(Field.REFERENCE)
        placement = reader.text(Field.PLACEMENT_NO)
        if reader.refused:
            return None
        return StatementRow(self._sheet.name, line, account, placement, day, reference, currency, paid, balance)

    def _currency(self) -> str:
        reader = self._reader
        said = next((column.currency for column in self._columns if column.currency), "")
        try:
            return cells.currency(reader.word(Field.CURRENCY) or said)
        except cells.Unreadable as bad:
            reader.refuse(Field.CURRENCY, bad.reason.code, reader.raw(Field.CURRENCY))
            return "CNY"

    def _note(self, line: int, column: str, value: str, reason: Any) -> None:
        self._problems.append(Problem(self._sheet.name, line, column, value, reason, ProblemSeverity.NOTE))


def _columns(words: Sequence[str], hidden: frozenset[int]) -> list[ColumnMatch]:
    """Of two columns with one meaning the first counts, the second is named as unread."""
    found: list[ColumnMatch] = []
    taken: set[Field] = set()
    for index, header in enumerate(words):
        if header:
            meant = _meaning(header)
            twice = meant is not None and meant in taken
            if meant is not None:
                taken.add(meant)
            known = None if twice else meant
            found.append(ColumnMatch(index, letter(index), header, known, twice=twice, hidden=index in hidden))
    return found


def _with_unit(column: ColumnMatch, title: tuple[int | None, str]) -> ColumnMatch:
    if column.field not in FIGURES:
        return column
    power, currency = unit_of_heading(column.header)
    return replace(column, power=title[0] if power is None else power, currency=currency or title[1])
