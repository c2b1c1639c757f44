"""A bank's file of counts → one frozen value a debtor: talks and connected calls of a day, and as of when."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble, msg
from collector_desk.intake import cells, instants
from collector_desk.intake.columns import NO_CHOICE, Field, HiddenChoice
from collector_desk.intake.count_columns import FIGURES, NAMING, counts_header, match_counts, meaning
from collector_desk.intake.instants import Moment
from collector_desk.intake.layout import (
    Recognised,
    RowKind,
    RowSorter,
    SheetKind,
    SheetReport,
    TablesRead,
    about_hidden,
    summary,
    texts,
    without_table,
)
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.reading import RawFile, RawSheet, read_file
from collector_desk.intake.rowreader import RowReader

MOST = 999
"""Nobody was called oftener in a day; a larger figure is another column's."""
OLDEST = timedelta(days=31)
_TOTAL = re.compile(r"[合总小共]\s*[计計]|汇\s*总|(?:grand\s*|sub\s*)?total|sum", re.IGNORECASE)
_STEP = 500  # rows between two looks at the cancel button


@dataclass(frozen=True, slots=True)
class CountRow:
    """What the institution did with one debtor on a day. None: the file does not say.

    ``as_of`` is an aware instant; where the file leaves the time out it is None, ``day`` what it says of the day.
    """

    sheet: str
    line: int
    id_no: str = field(repr=False)
    account_no: str = field(repr=False)
    case_no: str
    effective: int | None
    connected: int | None
    as_of: datetime | None
    day: date | None


@dataclass(frozen=True, slots=True)
class CountsFile(TablesRead):
    """All that was understood of a file of counts. The bytes are not kept: each figure is history by itself."""

    filename: str
    sha256: str
    kind: str
    encoding: str
    rows: tuple[CountRow, ...] = field(repr=False)
    set_aside: int
    problems: tuple[Problem, ...] = field(repr=False)
    sheets: tuple[SheetReport, ...] = field(repr=False)

    @property
    def asks_as_of(self) -> bool:
        """Whether a row lacks its time, so that it has to be asked once for the file."""
        return any(row.as_of is None for row in self.rows)


def read_counts(
    source: Path | bytes,
    filename: str,
    *,
    now: datetime,
    zone: tzinfo,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    hidden: HiddenChoice = NO_CHOICE,
) -> CountsFile:
    """Read a file of counts completely: every row is accepted, set aside with a reason, or recognised as no debtor.

    Times without a zone are of ``zone``; one after ``now`` is refused. ``hidden``: which columns that the file
    hides somebody wants taken or left. Raises Trouble where the file can't be read
    (see ``reading.read_file``), holds no such table (``intake.counts_no_header``), or was cancelled.
    """
    raw = read_file(source, filename, password=password, hidden=hidden)
    return _Counts(raw, now, zone, progress, cancelled).read()


class _Counts:
    def __init__(
        self,
        raw: RawFile,
        now: datetime,
        zone: tzinfo,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._raw = raw
        self.now, self.zone = now, zone
        self._progress = progress or (lambda _done, _total: None)
        self._cancelled = cancelled or (lambda: False)
        self.problems: list[Problem] = []
        self.rows: list[CountRow] = []
        self.seen: dict[str, int] = {}
        self._done, self._all = 0, sum(len(sheet.rows) for sheet in raw.sheets)

    def read(self) -> CountsFile:
        raw = self._raw
        if raw.loose_quotes:
            self.problems.append(Problem("", 0, "", "", msg("intake.loose_quotes"), ProblemSeverity.WARNING))
        for name in raw.left_out:
            reason = msg("intake.left_out_of_archive", file=name)
            self.problems.append(Problem("", 0, "", "", reason, ProblemSeverity.WARNING))
        reports = [self._sheet(sheet) for sheet in raw.sheets]
        if not any(report.kind is SheetKind.DATA for report in reports):
            raise Trouble("intake.counts_no_header", file=raw.filename)
        self._progress(self._all, self._all)
        return CountsFile(
            filename=raw.filename,
            sha256=raw.sha256,
            kind=raw.kind,
            encoding=raw.encoding,
            rows=tuple(self.rows),
            set_aside=sum(report.set_aside for report in reports),
            problems=tuple(self.problems),
            sheets=tuple(reports),
        )

    def _sheet(self, sheet: RawSheet) -> SheetReport:
        header = None if sheet.hidden else counts_header(sheet.rows)
        if header is not None:
            return _Table(self, sheet, *header).read()
        self.tick(len(sheet.rows))
        return without_table(sheet, self.problems)

    def tick(self, rows: int) -> None:
        self._done += rows
        if self._cancelled():
            raise Trouble("intake.cancelled", file=self._raw.filename)
        self._progress(self._done, self._all)


class _Table:
    """One sheet with counts in it."""

    def __init__(self, owner: _Counts, sheet: RawSheet, header: int, words: list[str]) -> None:
        self._owner, self._sheet, self._header = owner, sheet, header
        self._found = match_counts(words, sheet.hides)
        self._columns = tuple(column for column in self._found if not column.left)
        self._by_field = {column.field: column for column in self._columns if column.field is not None}
        self._account = Field.ACCOUNT_NO if Field.ACCOUNT_NO in self._by_field else Field.CARD_NO
        self._reader = RowReader(sheet.name, self._columns, owner.problems, from_1904=sheet.from_1904)
        self._title = self._from_title()
        needed = [some for some in (NAMING, FIGURES) if self._by_field.keys().isdisjoint(some)]
        if needed:  # somebody left the only column out that says it
            names = [msg(f"intake.field.{field.value}") for some in needed for field in some]
            raise Trouble("intake.columns_missing", sheet=sheet.name, columns=names)

    def read(self) -> SheetReport:
        sheet, owner = self._sheet, self._owner
        owner.problems.extend(about_hidden(sheet, self._found, sheet.lines[self._header], meaning))
        for column in self._columns:
            if column.field is None:
                code = "intake.column_twice" if column.twice else "intake.counts_column_unread"
                reason = msg(code, letter=column.letter, header=column.header)
                line = sheet.lines[self._header]
                owner.problems.append(Problem(sheet.name, line, column.header, "", reason, ProblemSeverity.NOTE))
        sorter = RowSorter(self._columns, sheet.rows[self._header])
        recognised: list[Recognised] = []
        accepted = set_aside = blank = 0
        for index, row in enumerate(sheet.rows):
            if index % _STEP == _STEP - 1:
                owner.tick(_STEP)
            kind = self._kind(sorter, index, row)
            if kind is RowKind.BLANK:
                blank += 1
            elif kind is not RowKind.CASE:
                line = sheet.lines[index]
                recognised.append(Recognised(line, kind, summary(row)))
                if kind not in (RowKind.HEADER, RowKind.TITLE):
                    reason = msg("intake.counts_recognised", kind=msg(f"intake.row.{kind.value}"))
                    owner.problems.append(Problem(sheet.name, line, "", summary(row), reason, ProblemSeverity.NOTE))
            elif self._take(sheet.lines[index], row):
                accepted += 1
            else:
                set_aside += 1
        owner.tick(len(sheet.rows) % _STEP)
        return SheetReport(
            sheet.name,
            SheetKind.DATA,
            len(sheet.rows),
            accepted,
            set_aside,
            blank,
            sheet.lines[self._header],
            tuple(recognised),
            self._found,
        )

    def _kind(self, sorter: RowSorter, index: int, row: list[Any]) -> RowKind:
        if index > self._header:
            kind = sorter.kind(row)
            return RowKind.TOTAL if kind is RowKind.CASE and self._is_total(row) else kind
        if index == self._header:
            return RowKind.HEADER
        return RowKind.TITLE if any(texts(row)) else RowKind.BLANK

    def _is_total(self, row: list[Any]) -> bool:
        """A total row fills most of so narrow a table, and its word may stand where a number should."""
        first = next((text for text in texts(row) if text), "")
        named = (cells.plain(row[column.index]) for name, column in self._by_field.items() if name in NAMING)
        return _TOTAL.fullmatch(first) is not None and not any(map(str.isdigit, "".join(named)))

    def _from_title(self) -> Moment:
        for row in self._sheet.rows[: self._header]:
            # a label and its time may stand in one cell or in two
            found = instants.in_title(" ".join(cells.plain(cell) for cell in row if cell != ""))
            if found[0] or found[1]:
                return found
        return None, None, None

    def _take(self, line: int, row: list[Any]) -> bool:
        owner, reader = self._owner, self._reader
        again = owner.seen.setdefault("\x1f".join([self._sheet.name, *map(str, row)]), line)
        reader.begin(line, row)
        if again != line:
            reader.refuse(None, "intake.counts_same_line", line=again)
            return False
        found = self._counts(line)
        if found is not None:
            owner.rows.append(found)
        return found is not None

    def _counts(self, line: int) -> CountRow | None:
        reader = self._reader
        id_no, account, case = (self._number(naming) for naming in (Field.ID_NO, self._account, Field.CASE_NO))
        if not (id_no or account or case) and not reader.refused:
            reader.refuse(None, "intake.counts_nobody")
        effective, connected = (self._figure(figure) for figure in FIGURES)
        if effective is None and connected is None and not reader.refused:
            figure = next(figure for figure in FIGURES if figure in self._by_field)
            reader.refuse(figure, "intake.counts_empty")
        as_of, day = self._as_of()
        if reader.refused:
            return None
        if effective is not None and connected is not None and effective > connected:
            reader.warn(
                Field.EFFECTIVE_TODAY, "intake.counts_more_talks", effective, talks=effective, calls=connected
            )
        return CountRow(self._sheet.name, line, id_no.upper(), account, case, effective, connected, as_of, day)

    def _number(self, naming: Field) -> str:
        """Who is meant; a number with stars in it names nobody and is left out."""
        number = self._reader.identifier(naming)
        if "*" in number:
            self._reader.warn(naming, "intake.counts_masked", number)
            return ""
        return number

    def _figure(self, figure: Field) -> int | None:
        reader = self._reader
        column = self._by_field.get(figure)
        if column is None:
            return None
        raw = reader.raw(figure)
        if isinstance(raw, bool):
            reader.refuse(figure, "intake.not_a_count", raw)
            return None
        if _is_negative(raw):
            reader.refuse(figure, "intake.counts_negative", raw)
            return None
        return reader.count(figure, 0, MOST)

    def _as_of(self) -> tuple[datetime | None, date | None]:
        """The row's own time, else the title's; a day alone is completed by the title's time of that day."""
        reader, owner = self._reader, self._owner
        day, clock, zone = self._title
        if Field.AS_OF in self._by_field:
            raw = reader.raw(Field.AS_OF)
            try:
                own_day, own_clock, own_zone = instants.moment(raw)
            except cells.Unreadable:
                reader.refuse(
                    Field.AS_OF, cells.SHEET_ERROR if cells.is_error(raw) else "intake.counts_no_time", raw
                )
                return None, None
            if own_clock is not None:
                day, clock, zone = own_day or day, own_clock, own_zone
            elif own_day is not None and own_day != day:
                day, clock = own_day, None
        if clock is None:
            if day is not None and day > owner.now.astimezone(owner.zone).date():
                reader.refuse(Field.AS_OF, "intake.counts_future", day)
            return None, day
        where = zone or owner.zone
        day = day or owner.now.astimezone(where).date()
        as_of = datetime.combine(day, clock, where)
        try:
            as_of = as_of.astimezone(owner.now.tzinfo)
        except OverflowError:
            reader.refuse(Field.AS_OF, "intake.counts_no_time", as_of.date())
            return None, day
        if as_of > owner.now:
            reader.refuse(Field.AS_OF, "intake.counts_future", f"{as_of.astimezone(owner.zone):%Y-%m-%d %H:%M}")
        elif as_of < owner.now - OLDEST:
            reader.refuse(Field.AS_OF, "intake.counts_too_old", f"{as_of.astimezone(owner.zone):%Y-%m-%d %H:%M}")
        return as_of, day


def _is_negative(cell: object) -> bool:
    if isinstance(cell, (int, float)):
        return cell < 0
    text = cell.strip() if isinstance(cell, str) else ""
    return text[:1] in "-−－–(（" and any(character.isdigit() for character in text)
