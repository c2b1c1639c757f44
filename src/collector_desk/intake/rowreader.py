"""Reads one row at a time by its columns and writes down what it finds; shared by placements, payments, counts."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import names
from collector_desk.domain.text.bare import MARKS, unguarded
from collector_desk.domain.text.cleaning import BLANK
from collector_desk.intake import cells
from collector_desk.intake.columns import PHONES, ColumnMatch, Field
from collector_desk.intake.problems import Problem, ProblemSeverity, shown

T = TypeVar("T")
TEXT_LIMIT = 500
REMARK_LIMIT = 10_000
_CLOSER = re.compile(rf"""["'‘’`＇“”?？□\ufffd锟斤烫屯\u0080-\u00b6\u00b8-\u00ff{"".join(sorted(BLANK))}]""")
"""What calls for a closer look at a row: marks around a value, text that was lost, letters drawn as nothing."""


class Odd(Enum):
    """Stands for what a cell that is not written plainly means."""

    ODD = "odd"


ODD = Odd.ODD


def has_unseen(text: str) -> bool:
    """Whether a row's text holds what nobody sees, or what could not be decoded."""
    return not text.isprintable() or "\ufffd" in text


def has_marks(text: str) -> bool:
    """Whether a row's text calls for a closer look at its cells."""
    return _CLOSER.search(text) is not None


class _Sparse(dict[int, Any]):
    """Cells by their place, empty where nothing was put."""

    def __missing__(self, place: int) -> str:
        return ""


class RowReader:
    """The cells of one row after another. ``refused`` says whether the present row must stay out."""

    def __init__(
        self, sheet: str, columns: Sequence[ColumnMatch], problems: list[Problem], *, from_1904: bool = False
    ) -> None:
        self.sheet = sheet
        self._from_1904 = from_1904
        self.line = 0
        self.refused = False
        self._problems = problems
        self._columns = {column.index: column for column in columns}
        self._by_field = {c.field: c for c in reversed(columns) if c.field is not None and not c.contact}
        self._phones = {field: [column for column in columns if column.field is field] for field in PHONES}
        self._extras = [c for c in columns if c.field is None]
        self._noted: set[tuple[str, int]] = set()
        self._cells: list[Any] = []
        self._raw: Sequence[Any] = ()
        self._lost: list[tuple[str, str]] = []
        self._odd = False  # whether the present row may hold text that was lost
        self._days: dict[Any, date | None] = {}

    def has(self, field: Field) -> bool:
        """Whether the file has a column for this."""
        return field in self._by_field

    def columns_of(self, field: Field) -> Sequence[ColumnMatch]:
        """The columns a field is read from: of telephones there may be several."""
        if field in PHONES:
            return self._phones[field]
        return [self._by_field[field]] if field in self._by_field else []

    def begin(self, line: int, row: Sequence[Any]) -> None:
        """Take up the next row."""
        self.line = line
        self.refused = False
        self._lost = []
        self._raw = row
        try:
            self._cells = [*map(str.strip, row)]
            whole = " ".join(self._cells)
        except TypeError:  # no text file: there are numbers and days among the cells
            self._cells = [cell.strip() if type(cell) is str else cell for cell in row]
            whole = " ".join([cell for cell in self._cells if type(cell) is str])
        if has_unseen(whole):
            self._take_unseen_out()
        self._odd = has_marks(whole)
        if self._odd:
            self._take_marks_off()

    def pass_on(self, line: int, row: Sequence[Any]) -> None:
        """Take up a row that was read already (``plain_rows``): only findings about it are still to come."""
        self.line = line
        self.refused = False
        self._raw = row

    def tried(self, cells: Mapping[int, str], read: Callable[[], T]) -> T | Odd:
        """What ``read`` finds in a row of these stripped cells and no others; ODD if anything is to be said of it.

        For a reader of its own: what is said there is said to nobody.
        """
        self.refused = False
        self._raw = self._cells = _Sparse(cells)  # type: ignore[assignment]  # nobody goes along all of them
        found = read()
        if not (self._problems or self._lost or self.refused):
            return found
        self._problems.clear()
        self._noted.clear()
        self._lost = []
        return ODD

    def noted(self, column: int, code: str) -> bool:
        """Whether this was said of a whole column already."""
        return (code, column) in self._noted

    def say(
        self, column: ColumnMatch | None, reason: Message, severity: ProblemSeverity, value: object = ""
    ) -> None:
        """Write down a finding about the present row."""
        if severity is ProblemSeverity.REFUSED:
            self.refused = True
        header = column.header if column else ""
        self._problems.append(Problem(self.sheet, self.line, header, shown(value), reason, severity))

    def refuse(self, field: Field | None, code: str, value: object = "", **params: object) -> None:
        """The present row stays out, for this reason."""
        self.say(self._by_field.get(field) if field else None, msg(code, **params), ProblemSeverity.REFUSED, value)

    def warn(self, field: Field | None, code: str, value: object = "", **params: object) -> None:
        """The present row goes in, but somebody should look at it."""
        self.say(self._by_field.get(field) if field else None, msg(code, **params), ProblemSeverity.WARNING, value)

    def note(self, column: ColumnMatch, code: str) -> None:
        """Something true of a whole column, said once at its first row."""
        if (code, column.index) not in self._noted:
            self._noted.add((code, column.index))
            self.say(column, msg(code), ProblemSeverity.NOTE, self._raw[column.index])

    def raw(self, field: Field) -> Any:
        """What stands in the cell."""
        column = self._by_field.get(field)
        return self._raw[column.index] if column else ""

    def refuse_error(self, field: Field) -> bool:
        """The present row stays out where this cell holds an error of the spreadsheet; whether it does."""
        column = self._by_field.get(field)
        return column is not None and self._broken(column, ProblemSeverity.REFUSED)

    def _broken(self, column: ColumnMatch, severity: ProblemSeverity = ProblemSeverity.WARNING) -> bool:
        """Whether a cell holds an error; said once, and from then on the cell counts as empty."""
        cell = self._cells[column.index]
        if type(cell) is not str or cell[:1] not in cells.ERROR_STARTS or not cells.is_error(cell):
            return False
        self.say(column, msg(cells.SHEET_ERROR), severity, self._raw[column.index])
        self._cells[column.index] = ""
        return True

    def text(self, field: Field, limit: int = TEXT_LIMIT) -> str:
        """Words as they stand in the file."""
        column = self._by_field.get(field)
        return self.text_at(column, limit) if column else ""

    def word(self, field: Field, limit: int = TEXT_LIMIT) -> str:
        """Words, where the marks people and programs put for nothing (无, NULL) count as nothing."""
        column = self._by_field.get(field)
        return self.word_at(column, limit) if column else ""

    def word_at(self, column: ColumnMatch, limit: int = TEXT_LIMIT) -> str:
        """The same of any column; what only holds the place of something (不详) is said."""
        text = self.text_at(column, limit)
        if not text or len(text) > cells.LONGEST_PLACEHOLDER:
            return text
        if cells.says_nothing(text):
            return ""
        if cells.is_placeholder(text):
            self.say(column, msg("intake.placeholder"), ProblemSeverity.WARNING, text)
            return ""
        return text

    def name(self, field: Field, limit: int) -> str:
        """A person's name; the present row stays out where its text was lost, or where it is nobody's."""
        column = self._by_field.get(field)
        if column is None or self._broken(column, ProblemSeverity.REFUSED):
            return ""
        text = self._cells[column.index]
        if type(text) is str and names.lost(text, name=True):
            self.say(column, msg("intake.text_lost"), ProblemSeverity.REFUSED, self._raw[column.index])
            self._cells[column.index] = ""
        if type(text) is str and cells.is_placeholder(text):
            self.say(column, msg("intake.not_a_name"), ProblemSeverity.REFUSED, text)
            self._cells[column.index] = ""
        return self.word_at(column, limit)

    def leave(self, column: ColumnMatch | None) -> None:
        """Keep a cell of the present row among its further facts."""
        if column is not None and self._cells[column.index] != "":
            self._lost.append((column.header, cells.plain(self._cells[column.index])))

    def text_at(self, column: ColumnMatch, limit: int = TEXT_LIMIT) -> str:
        """Words of any column, matched or not; an error of the spreadsheet is none, and said."""
        cell = self._cells[column.index]
        if cell == "":  # most are
            return ""
        if type(cell) is not str:
            cell = cells.plain(cell)
        elif cell[0] in cells.ERROR_STARTS and self._broken(column):
            return ""
        if self._odd and names.lost(cell):
            self.say(column, msg("intake.text_lost"), ProblemSeverity.WARNING, self._raw[column.index])
        if len(cell) > limit:
            self.say(column, msg("intake.too_long", limit=limit), ProblemSeverity.REFUSED, cell)
            return ""
        return cell

    def identifier(self, field: Field) -> str:
        """A number that names something, digit for digit."""
        column = self._by_field.get(field)
        if column is None:
            return ""
        cell = self._cells[column.index]
        if cell == "":
            return ""
        raw = self._raw[column.index]
        if type(raw) is str and raw[0] == "\t":
            self.note(column, "intake.tab_stripped")
        try:
            text, note = cells.document_number(cell) if field is Field.ID_NO else cells.identifier(cell)
        except cells.Unreadable as bad:
            self.say(column, bad.reason, ProblemSeverity.REFUSED, raw)
            return ""
        if note:
            self.note(column, note)
        if text and not text[0].isdigit() and cells.is_placeholder(text):
            self.say(column, msg("intake.placeholder"), ProblemSeverity.WARNING, raw)
            return ""
        if len(text) > 64:
            self.say(column, msg("intake.too_long", limit=64), ProblemSeverity.REFUSED, text)
        return text

    def amount(self, field: Field, places: int, currency: str, *, needed: bool = True) -> int | None:
        """An amount in minor units; where one that is not ``needed`` cannot be read, the row goes in without it."""
        column = self._by_field.get(field)
        if column is None:
            return None
        cell = self._cells[column.index]
        if cell == "":
            return None
        try:
            return cells.amount(cell, places, currency, column.currency, column.power)
        except cells.Unreadable as bad:
            self._failed(column, bad, needed)
            return None

    def day(self, field: Field, *, needed: bool = True) -> date | None:
        """A calendar day, likewise."""
        column = self._by_field.get(field)
        if column is None:
            return None
        cell = self._cells[column.index]
        if cell == "":
            return None
        if cell in self._days:
            return self._days[cell]
        try:
            found, note = cells.day(cell, from_1904=self._from_1904)
        except cells.Unreadable as bad:
            self._failed(column, bad, needed)
            return None
        if note == cells.NO_DAY and needed:
            self.say(column, msg(note), ProblemSeverity.WARNING, self._raw[column.index])
        elif note:
            self.note(column, note)
        else:
            self._days[cell] = found
        return found

    def count(self, field: Field, low: int, high: int, *, needed: bool = True) -> int | None:
        """A whole number, likewise."""
        column = self._by_field.get(field)
        if column is None:
            return None
        cell = self._cells[column.index]
        if cell == "":
            return None
        try:
            return cells.count(cell, low, high)
        except cells.Unreadable as bad:
            self._failed(column, bad, needed)
            return None

    def phones(self, field: Field) -> tuple[str, ...]:
        """Phone numbers of the debtor's own columns."""
        found: tuple[str, ...] = ()
        for column in self._phones[field]:
            found += self.phones_at(column)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def phones_at(self, column: ColumnMatch) -> tuple[str, ...]:
        """Phone numbers of any column; one that looks wrong is kept and said."""
        cell = self._cells[column.index]
        if cell == "" or self._broken(column):
            return ()
        found, doubt = cells.phones(cell)
        if doubt:
            self.say(column, msg(doubt), ProblemSeverity.WARNING, self._raw[column.index])
            if not found or doubt == cells.PHONE_WORDS or any(map(str.isalpha, cells.plain(cell))):
                self._lost.append((column.header, cells.plain(cell)))
        return found

    def extras(self) -> tuple[tuple[str, str], ...]:
        """Heading and words of every cell that no field took: unknown columns, values that could not be read."""
        if not self._extras and not self._lost:
            return ()
        found = []
        for column in self._extras:
            cell = self._cells[column.index]
            if cell != "":
                if isinstance(cell, (int, float)) and abs(cell) >= cells.EXACT_BELOW:
                    self.note(column, "intake.extra_digits_lost")
                found.append((column.header, self.text_at(column, REMARK_LIMIT)))
        return (*found, *self._lost)

    def _failed(self, column: ColumnMatch, bad: cells.Unreadable, needed: bool) -> None:
        raw = self._raw[column.index]
        if needed:
            self.say(column, bad.reason, ProblemSeverity.REFUSED, raw)
        elif bad.reason.code == cells.SHEET_ERROR:  # nothing of it is worth keeping
            self.say(column, bad.reason, ProblemSeverity.WARNING, raw)
        else:
            self.say(column, msg("intake.left_out", reason=bad.reason), ProblemSeverity.WARNING, raw)
            self._lost.append((column.header, shown(raw)))

    def _take_unseen_out(self) -> None:
        """Characters that nobody sees are no part of a name or a number; where some were, it is said."""
        for index, cell in enumerate(self._cells):
            if type(cell) is not str or (cell.isprintable() and "\ufffd" not in cell):
                continue
            column = self._columns.get(index)
            if column and "\n" in cell and max(map(cell.count, ",\t;|")) * 3 >= max(len(self._columns), 9):
                lines = cell.count("\n") + 1
                self.say(column, msg("intake.swallowed_lines", lines=lines), ProblemSeverity.REFUSED, cell)
            if column and "\ufffd" in cell:
                self.say(column, msg("intake.undecodable"), ProblemSeverity.REFUSED, cell)
            out, odd, broken, private = [], False, False, False
            for character in cell:
                category = "" if character.isprintable() else unicodedata.category(character)
                if category in {"", "Zs", "Cn"}:
                    out.append(character)
                elif character in "\n\r\t":
                    broken = True
                    out.append(" ")
                elif category == "Co":
                    private = True
                    out.append(character)
                else:
                    odd = True
            self._cells[index] = "".join(out).strip()
            if column is None:
                continue
            if odd:
                self.say(column, msg("intake.invisible_characters"), ProblemSeverity.WARNING, cell)
            if private:
                self.say(column, msg("intake.private_characters"), ProblemSeverity.WARNING, cell)
            if broken:
                self.note(column, "intake.line_breaks")

    def _take_marks_off(self) -> None:
        """What keeps a spreadsheet from taking text for a number (="…", an apostrophe) is no part of it."""
        for index, cell in enumerate(self._cells):
            if type(cell) is not str or not _CLOSER.search(cell):
                continue
            bare = unguarded(cell) if MARKS.search(cell) else cell
            if not BLANK.isdisjoint(bare):
                bare = "".join(char for char in bare if char not in BLANK).strip()
            if bare != cell:
                self._cells[index] = bare
                if index in self._columns:
                    self.note(self._columns[index], "intake.text_marks_stripped")
