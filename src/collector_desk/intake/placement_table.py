"""One table of a placement file: every row an account, set aside with its reason, or recognised as none."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any

from collector_desk.domain.book.money import Money, exponent
from collector_desk.domain.message import msg
from collector_desk.intake import cells
from collector_desk.intake.account_fields import AMOUNTS, AccountFields
from collector_desk.intake.columns import LATEST, Field, match_columns, normal
from collector_desk.intake.contradictions import impossible, unlikely
from collector_desk.intake.doubts import People, is_somebody_else, lacking, look_over
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    RowSorter,
    SheetKind,
    SheetReport,
    about_hidden,
    headings,
    summary,
    texts,
    two_rows,
)
from collector_desk.intake.plain_rows import PlainRows
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawSheet
from collector_desk.intake.rowreader import RowReader
from collector_desk.intake.spool import Spool
from collector_desk.intake.units import unit_of_titles
from collector_desk.intake.values import (
    AsideRow,
    PlacementRow,
    TableHead,
    TotalCheck,
    opened_aside,
    opened_rows,
    squeezed_aside,
    squeezed_rows,
)
from collector_desk.intake.widths import moved_cells, short_rows

_STEP = 500  # rows between two looks at the cancel button
_TITLE_DAY = re.compile(
    r"(?:委[案托外]|placement).{0,6}?(?:日期|时间|date)\s*[:：]\s*([0-9][0-9年月日/.\-]{5,12})", re.I
)
_TITLE_NUMBER = re.compile(r"(?:批次号?|委案编号|batch(?: no\.?)?)\s*[:：]\s*([\w\-]{3,40})", re.I)
_TITLE_AS_OF = re.compile(
    r"(?<!委[案托外])(?:数据(?:日期|时间)|(?:数据|余额|统计)?截[止至](?:日期|时间|日)?|as of|data date)"
    r"\s*[:：]?\s*([0-9][0-9年月日/.\-]{5,12})",
    re.I,
)
_OF_ONE_PERSON = {
    Field.PLACEMENT_NO,
    Field.PLACED_ON,
    Field.ROUND,
    Field.CUSTOMER_NO,
    Field.NAME,
    Field.ID_TYPE,
    Field.ID_NO,
    Field.MOBILE,
    Field.HOME_PHONE,
    Field.EMPLOYER,
    Field.WORK_PHONE,
    Field.HOME_ADDRESS,
    Field.REGISTERED_ADDRESS,
    Field.CONTACT_NAME,
    Field.CONTACT_RELATION,
    Field.CONTACT_PHONE,
}
_MONEY = frozenset(AMOUNTS)
_DAYS = frozenset({Field.AS_OF, Field.PLACED_ON, Field.DUE_ON, Field.LAST_PAID_ON, Field.OPENED_ON})


@dataclass(slots=True)
class Found:
    """What the tables of one file give together.

    ``seen`` and ``people``: where each stood first; ``today``: what days are held against.
    """

    rows: Spool[PlacementRow] = field(default_factory=lambda: Spool(squeezed_rows, opened_rows))
    placements: dict[str, date | None] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    totals: list[TotalCheck] = field(default_factory=list)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    people: People = field(default_factory=dict)
    today: date | None = None
    heads: list[TableHead] = field(default_factory=list)
    aside: Spool[AsideRow] = field(default_factory=lambda: Spool(squeezed_aside, opened_aside))

    def accept(self, row: PlacementRow) -> None:
        """One more account."""
        self.rows.append(row)
        if row.name:  # what names nobody is no placement of anything
            self.placements.setdefault(row.placement_no, row.placed_on)
        self.amounts[row.currency] = self.amounts.get(row.currency, 0) + row.amount


class PlacementTable:
    """A table whose header was found. ``missing`` names the needed columns it lacks: then it can't be read."""

    def __init__(
        self, found: Found, sheet: RawSheet, header: int, titles: Sequence[str], tick: Callable[[int], None]
    ) -> None:
        self._found = found
        self._sheet = sheet
        self._header = header
        self._tick = tick
        self._titles = titles
        self._header_rows = range(header - two_rows(sheet.rows, header), header + 1)
        found_columns = match_columns(headings(sheet.rows, header), hidden=sheet.hides)
        self._columns = tuple(column for column in found_columns if not column.left)
        self._left = tuple(column for column in found_columns if column.left)
        self._named = {column.field for column in self._columns}
        if Field.ACCOUNT_NO not in self._named and Field.CARD_NO in self._named:
            self._account = Field.CARD_NO  # some banks name the account by its card
        else:
            self._account = Field.ACCOUNT_NO
        number, placed_on, as_of = self._from_titles()
        self.balances = self._tells_balances(as_of)
        needed = (self._account, Field.AMOUNT) if self.balances else (self._account, Field.NAME, Field.AMOUNT)
        self.missing = [f for f in needed if f not in self._named]
        currency = self._units()
        self._reader = RowReader(sheet.name, self._columns, found.problems, from_1904=sheet.from_1904)

        def fields(reader: RowReader) -> AccountFields:
            return AccountFields(
                reader,
                self._columns,
                self._account,
                currency=currency,
                number=number,
                placed_on=placed_on,
                as_of=as_of,
                nameless=self.balances,
            )

        self._fields = fields(self._reader)
        trial = RowReader(sheet.name, self._columns, [], from_1904=sheet.from_1904)
        self._plain = PlainRows(self._reader, fields(trial))
        self._sums = {field.value: 0 for field in AMOUNTS if field in self._named}
        self._currencies: set[str] = set()  # of the rows read

    def _tells_balances(self, as_of: date | None) -> bool:
        """Whether the table tells of accounts on file what is owed now, and names nobody."""
        if Field.NAME in self._named:
            return False
        latest = (normal(column.header) in LATEST for column in self._columns if column.field is Field.AMOUNT)
        dated = as_of is not None or Field.AS_OF in self._named
        return any(latest) or (dated and Field.AMOUNT in self._named)

    def _units(self) -> str:
        """Give every column of money its unit, from its heading or the titles; the currency they name, if any."""
        said = [unit_of_titles(title) for title in self._titles]
        power = next((each for each, _ in said if each is not None), 0)
        currency = next((each for _, each in said if each), "")
        self._columns = tuple(
            replace(c, power=power if c.power is None else c.power, currency=c.currency or currency)
            if c.field in _MONEY
            else c
            for c in self._columns
        )
        amount = (c for c in self._columns if c.field is Field.AMOUNT)
        return next((c.currency for c in amount if c.currency), currency)

    def read(self) -> SheetReport:
        """Read every row."""
        sheet, reader = self._sheet, self._reader
        self._about_columns()
        self._spread_merged()
        moved, short = moved_cells(sheet, self._header, self._columns), short_rows(sheet, self._header)
        sorter = RowSorter(self._columns, sheet.rows[self._header])
        recognised: list[Recognised] = []
        accepted = set_aside = blank = 0
        for index, (row, ready) in enumerate(self._rows_read()):
            if index % _STEP == _STEP - 1:
                self._tick(_STEP)
            if index <= self._header:
                kind = RowKind.HEADER if index in self._header_rows else RowKind.TITLE
                if not any(row) and not any(texts(row)):
                    kind = RowKind.BLANK
            else:
                kind = sorter.kind(row)
            if kind is RowKind.CASE:
                line = sheet.lines[index]
                if index in moved:
                    reader.begin(line, row)
                    reader.refuse(None, moved[index], summary(row))
                    found = None
                else:
                    if ready is None:
                        reader.begin(line, row)
                        ready = self._fields.read()  # noqa: PLW2901
                    else:
                        reader.pass_on(line, row)
                    found = self._row(ready)
                    if index in short:
                        reader.warn(None, "intake.row_short", summary(row), cells=short[index])
                if found is None:
                    set_aside += 1
                    self._keep_aside(index, row)
                else:
                    accepted += 1
                    self._found.accept(found)
            elif kind is RowKind.BLANK:
                blank += 1
            else:
                recognised.append(Recognised(sheet.lines[index], kind, summary(row)))
                if kind is RowKind.TOTAL:
                    self._check_total(sheet.lines[index], row)
        self._tick(len(sheet.rows) % _STEP)
        for said in recognised:
            if (said.kind is RowKind.NOTE and unit_of_titles(said.text)[0]) or 0:
                reason = msg("intake.unit_in_notes")
                self._found.problems.append(
                    Problem(sheet.name, said.line, "", said.text, reason, ProblemSeverity.WARNING)
                )
            if said.kind is not RowKind.HEADER:
                reason = msg("intake.recognised", kind=msg(f"intake.row.{said.kind.value}"))
                self._found.problems.append(
                    Problem(sheet.name, said.line, "", said.text, reason, ProblemSeverity.NOTE)
                )
        return SheetReport(
            sheet.name,
            SheetKind.DATA,
            len(sheet.rows),
            accepted,
            set_aside,
            blank,
            sheet.lines[self._header],
            tuple(recognised),
            (*self._columns, *self._left),
        )

    def _rows_read(self) -> Iterator[tuple[list[Any], PlacementRow | None]]:
        """Every row of the sheet, and what stands in it where all of that is written plainly."""
        rows, start = iter(self._sheet.rows), 0
        while block := list(islice(rows, _STEP)):
            lines = self._sheet.lines[start : start + len(block)]
            yield from zip(block, self._plain.read(lines, block), strict=True)
            start += len(block)

    def _keep_aside(self, index: int, row: Sequence[Any]) -> None:
        """Keep a row that stays out, and once what stands above it."""
        sheet, heads = self._sheet, self._found.heads
        header_lines = tuple(sheet.lines[at] for at in self._header_rows)
        if not heads or (heads[-1].sheet, heads[-1].lines[-1]) != (sheet.name, header_lines[-1]):
            width = len(sheet.rows[self._header])
            titles = [(title, *[""] * (width - 1)) for title in self._titles if title.strip()]
            rows = (*titles, *(self._headings_read(sheet.rows[at]) for at in self._header_rows))
            heads.append(TableHead(sheet.name, (*[0] * len(titles), *header_lines), rows))
        cells_of_row = list(self._with_days(row) if sheet.from_1904 else row)
        for column in self._left:
            cells_of_row[column.index] = ""
        self._found.aside.append(AsideRow(len(heads) - 1, sheet.lines[index], tuple(cells_of_row)))

    def _headings_read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row of the header as a row set aside is read by it later, when nobody knows any more what was hidden:
        of two columns that mean the same one gives way by its mark, one that is left has no heading."""
        counting = {(column.field, column.contact): column for column in self._columns}
        found = list(row)
        for column in self._left:
            found[column.index] = ""
        for column in self._columns:
            alone = match_columns([column.header]) if column.twice else ()
            other = counting.get((alone[0].field, column.contact)) if alone else None
            if other is not None and other.hidden != column.hidden and found[column.index] != "":
                found[column.index] = f"▲{found[column.index]}"
        return tuple(found)

    def _with_days(self, row: Sequence[Any]) -> list[Any]:
        """A row of a book that counts its days from 1904 with its days written out: kept, it has no book."""
        found = list(row)
        for column in self._columns:
            if column.field in _DAYS and type(row[column.index]) in (int, float):
                with suppress(cells.Unreadable):
                    found[column.index] = cells.day(row[column.index], from_1904=True)[0] or row[column.index]
        return found

    def left_out(self) -> SheetReport:
        """The report of a table that lacks what is needed: all its rows are set aside."""
        sheet, header = self._sheet, self._header
        kinds = [RowKind.TITLE] * header + [RowKind.HEADER]
        recognised = tuple(
            Recognised(sheet.lines[i], kind, summary(sheet.rows[i]))
            for i, kind in enumerate(kinds)
            if any(texts(sheet.rows[i]))
        )
        aside = sum(1 for row in sheet.rows[header + 1 :] if any(texts(row)))
        blank = len(sheet.rows) - len(recognised) - aside
        self._tick(len(sheet.rows))
        return SheetReport(
            sheet.name,
            SheetKind.NOTES,
            len(sheet.rows),
            0,
            aside,
            blank,
            sheet.lines[header],
            recognised,
            (*self._columns, *self._left),
        )

    def _about_columns(self) -> None:
        """Say which columns no field took, and in what unit money was read where that is not plain yuan."""
        line = self._sheet.lines[self._header]
        self._found.problems.extend(about_hidden(self._sheet, (*self._columns, *self._left), line))
        if not self.balances and self._named.isdisjoint({Field.DAYS_PAST_DUE, Field.DUE_ON}):
            reason = msg("intake.no_age_column")
            self._found.problems.append(Problem(self._sheet.name, line, "", "", reason, ProblemSeverity.NOTE))
        for lack in () if self.balances else lacking(self._named):
            self._found.problems.append(Problem(self._sheet.name, line, "", "", lack, ProblemSeverity.NOTE))
        for column in self._columns:
            severity = ProblemSeverity.NOTE
            if column.hidden and column.twice:
                continue  # said already
            if column.field is None:
                code = "intake.column_twice" if column.twice else "intake.column_unmatched"
                if column.twice and set(_meanings_of(column.header)) & {self._account, Field.NAME, Field.AMOUNT}:
                    severity = ProblemSeverity.WARNING
            elif column.power or (column.field is Field.AMOUNT and column.currency not in {"", "CNY"}):
                code = "intake.unit_read"
            else:
                continue
            words: dict[str, object] = {"letter": column.letter, "header": column.header}
            if code == "intake.unit_read":
                one = Money(round(10 ** (2 + (column.power or 0))), "CNY") if column.power else ""
                words = {"letter": column.letter, "one": one or column.currency}
            reason = msg(code, **words)
            self._found.problems.append(Problem(self._sheet.name, line, column.header, "", reason, severity))

    def _spread_merged(self) -> None:
        """Cells merged downwards say the same of each of their rows, where they say who; money is never spread."""
        by_index = {column.index: column for column in self._columns if column.field in _OF_ONE_PERSON}
        for top, low, index in self._sheet.merged:
            value = self._sheet.rows[top][index] if index in by_index and top > self._header else ""
            if value == "":
                continue
            for row in self._sheet.rows[top + 1 : low + 1]:
                row[index] = value
            column = by_index.pop(index)
            reason = msg("intake.merged_read")
            line = self._sheet.lines[top]
            self._found.problems.append(
                Problem(self._sheet.name, line, column.header, "", reason, ProblemSeverity.NOTE)
            )
            by_index[index] = column

    def _from_titles(self) -> tuple[str, date | None, date | None]:
        """Placement number, its day and that of the figures from the rows above the header, for files without such
        columns."""
        words = " \n".join(self._titles)
        number = _TITLE_NUMBER.search(words)
        return number[1] if number else "", _day_in(_TITLE_DAY, words), _day_in(_TITLE_AS_OF, words)

    def _row(self, row: PlacementRow) -> PlacementRow | None:
        """What of a row that was read goes in: held against itself, the rows before it and the file's day."""
        reader, found = self._reader, self._found
        self._currencies.add(row.currency)
        for name in self._sums:
            if minor := getattr(row, name):
                self._sums[name] += minor
        impossible(reader, row, found.today)
        if reader.refused:
            return None
        first = found.seen.setdefault(row.account_no, (row.sheet, row.line))
        if first != (row.sheet, row.line):
            reader.refuse(self._account, "intake.account_twice", row.account_no, sheet=first[0], line=first[1])
            return None
        if self.balances:
            return row
        if is_somebody_else(reader, row, found.people):
            del found.seen[row.account_no]
            return None
        look_over(reader, row, self._account, self._named)
        unlikely(reader, row, found.today)
        return row

    def _check_total(self, line: int, row: Sequence[Any]) -> None:
        if len(self._currencies) > 1:  # what such a row adds up is no amount of anything
            said = msg("intake.total_of_several", currencies=tuple(sorted(self._currencies)))
            self._found.problems.append(Problem(self._sheet.name, line, "", "", said, ProblemSeverity.NOTE))
            return
        currency = next(iter(self._currencies), "CNY")
        for column in self._columns:
            if column.field not in self._sums or row[column.index] == "":
                continue
            try:
                cell = row[column.index]
                text = cell.strip() if type(cell) is str else cell
                stated = cells.amount(text, exponent(currency), power=column.power)
            except cells.Unreadable:
                continue
            if stated is None:
                continue
            check = TotalCheck(self._sheet.name, line, column.header, stated, self._sums[column.field])
            self._found.totals.append(check)
            if not check.matches:
                amounts = {"stated": Money(stated, currency), "computed": Money(check.computed, currency)}
                reason = msg("intake.total_differs", **amounts)
                self._found.problems.append(
                    Problem(self._sheet.name, line, column.header, str(cell), reason, ProblemSeverity.WARNING)
                )


def _day_in(pattern: re.Pattern[str], words: str) -> date | None:
    said = pattern.search(words)
    if said is None:
        return None
    try:
        return cells.day(said[1])[0]
    except cells.Unreadable:
        return None


def _meanings_of(heading: str) -> list[Field | None]:
    return [column.field for column in match_columns([heading])]
