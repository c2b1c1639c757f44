"""What each row of a sheet is: title, header, case, total, signature, note or blank. None goes unaccounted for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from collector_desk.domain.book.lists import HiddenColumn
from collector_desk.domain.message import msg
from collector_desk.domain.states import HiddenUse
from collector_desk.domain.text.bare import bare
from collector_desk.intake.columns import (
    LATEST,
    ColumnMatch,
    Field,
    letter,
    match_columns,
    normal,
    under_group,
    understood,
    words_of_headings,
)
from collector_desk.intake.problems import Problem, ProblemSeverity, shown
from collector_desk.intake.reading import RawSheet

_SEARCHED = 200  # rows from the top in which a header is looked for
_TOTAL = re.compile(
    r"^[\s\"']*(?:本[页批次]|全部)?(合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总|合計|總計|(grand\s*total|sub\s*total|total|sum)(?![a-z]))",
    re.I,
)
_ONLY_TOTAL = re.compile(
    r"(?:本[页批次]|全部)?(?:合\s*计|总\s*计|小\s*计|共\s*计|合計|總計|grand\s*total|sub\s*total|total)\s*[:：]?",
    re.I,
)
_SUBTOTAL = re.compile(r"^[\s\"']*(?:本页)?(小\s*计|sub\s*total)", re.I)
_SIGNATURE = re.compile(
    r"制表|复核|审核|盖章|经办|负责人|签字|签名|签章|(?:prepared|checked|reviewed|approved) by|signature|signed",
    re.I,
)
_SIGNING = re.compile(
    r"(?:制表|填表|复核|审核|审批|经办|负责|主管|经理|批准|盖章|签章|签字|签名|公章)(?:人|员|者|部门|单位|机构|日期|时间)?"
    r"\s*(?:[:：].*)?|(?:制表|填报|报送|打印|日)期?\s*[:：].*|第\s*\d+\s*页.*|共\s*\d+\s*页.*|page\s*\d+.*",
    re.I,
)
"""What begins a line of signatures or a page's foot, and no number of an account or a person's."""
_FIGURE = re.compile(r"^\s*[\d.,]+\s*$|\d{5}")  # in a text file every cell is text


class RowKind(StrEnum):
    """What a row was recognised as."""

    BLANK = "blank"
    TITLE = "title"
    HEADER = "header"
    CASE = "case"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    SIGNATURE = "signature"
    NOTE = "note"
    REPEATED_HEADER = "repeated_header"


class SheetKind(StrEnum):
    """What a sheet was recognised as."""

    DATA = "data"
    NOTES = "notes"
    EMPTY = "empty"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A row that is no case, and what it says (shortened)."""

    line: int
    kind: RowKind
    text: str


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What a sheet was found to be. ``rows`` = ``accepted`` + ``set_aside`` + len(``recognised``) + ``blank``."""

    name: str
    kind: SheetKind
    rows: int
    accepted: int
    set_aside: int
    blank: int
    header_line: int
    recognised: tuple[Recognised, ...]
    columns: tuple[ColumnMatch, ...]


class TablesRead:
    """What any file that was read has: its sheets, each with its columns."""

    __slots__ = ()
    filename: str
    sheets: tuple[SheetReport, ...]

    @property
    def hidden(self) -> tuple[HiddenColumn, ...]:
        """The columns its tables hide, and what became of them."""
        return tuple(
            HiddenColumn(sheet.name, column.letter, column.header, use_of(column))
            for sheet in self.sheets
            for column in sheet.columns
            if column.hidden
        )

    def columns_at(self, sheet: str, line: int) -> tuple[ColumnMatch, ...]:
        """The columns of the table a line belongs to; a sheet may hold several, one below the other."""
        here = [each for each in self.sheets if each.name == sheet and each.columns]
        above = [each for each in here if each.header_line <= line] or here[:1]
        return above[-1].columns if above else ()


def _in_placements(header: str) -> Field | None:
    alone = match_columns([header])
    return alone[0].field if alone else None


def about_hidden(
    sheet: RawSheet,
    columns: Sequence[ColumnMatch],
    line: int,
    meaning: Callable[[str], object] = _in_placements,
) -> Iterator[Problem]:
    """What of a sheet nobody sees who opens it, or what could not be looked at. ``meaning``: of a heading there."""

    def said(code: str, **params: object) -> Problem:
        return Problem(sheet.name, 0, "", "", msg(code, **params), ProblemSeverity.WARNING)

    if sheet.unseen:
        yield said("intake.formats_unseen")
    if sheet.hidden_rows:
        yield said("intake.hidden_rows", rows=sheet.hidden_rows)
    hidden = [column for column in columns if column.hidden]
    for code, some in (
        ("intake.hidden_columns", [c for c in hidden if not c.left]),
        ("intake.hidden_left", [c for c in hidden if c.left]),
    ):
        if some:
            yield said(code, columns=tuple(f"{c.letter} {c.header}" for c in some))
    for column in hidden:
        means = meaning(column.header)
        beside = (c for c in columns if column.twice != c.twice and not c.hidden and meaning(c.header) == means)
        other = next(beside, None) if means else None
        if other and not column.left:
            words = {"letter": column.letter, "header": column.header, "other": f"{other.letter} {other.header}"}
            code = "intake.hidden_twice" if column.twice else "intake.hidden_first"
            yield Problem(sheet.name, line, column.header, "", msg(code, **words), ProblemSeverity.WARNING)


def use_of(column: ColumnMatch) -> HiddenUse:
    """What became of a hidden column."""
    return HiddenUse.LEFT if column.left else HiddenUse.BESIDE if column.twice else HiddenUse.TAKEN


def texts(row: Sequence[Any]) -> list[str]:
    """The cells of a row as stripped text, numbers as they print."""
    return [cell.strip() if type(cell) is str else str(cell) for cell in row]


def find_header(rows: Sequence[Sequence[Any]], *, payments: bool = False) -> int | None:
    """The index of the header's last row: the row near the top that names most of our fields, at least three.

    A header may stand on two rows, with a merged heading such as "联系人1" over "姓名", "关系", "电话".
    """
    best, best_count = None, 2
    for index in range(min(len(rows), _SEARCHED)):
        said = [cell.strip() for cell in rows[index] if type(cell) is str and cell.strip()]
        if len(said) <= best_count:
            continue
        count = len(understood(said, payments=payments))
        if count > best_count:
            best, best_count = index, count
    if best is None and not payments:
        best = _header_of_balances(rows)
    if best is not None and best + 1 < len(rows) and _only_words(rows[best + 1]):
        below = _under_groups(rows[best], rows[best + 1], payments=payments)
        if below is not None and not _alone(rows[best + 1], payments=payments):
            return best + 1
    return best


def _header_of_balances(rows: Sequence[Sequence[Any]]) -> int | None:
    """A header of two columns alone: the account, and what is owed on it now."""
    for index in range(min(len(rows), _SEARCHED)):
        said = [cell.strip() for cell in rows[index] if type(cell) is str and cell.strip()]
        if len(said) == 2 and any(normal(cell) in LATEST for cell in said):
            found = understood(said)
            if Field.AMOUNT in found and found & {Field.ACCOUNT_NO, Field.CARD_NO}:
                return index
    return None


def tables(sheet: RawSheet, header: int, *, payments: bool = False) -> Iterator[tuple[RawSheet, int]]:
    """The tables of a sheet that stand one below the other, each with the index of its header in its own part.

    A header further down that says the same of the same columns is only a repeated one; the cells below any other
    must not be read by the words of the first.
    """
    words = words_of_headings(payments) | {c for c in sheet.rows[header] if type(c) is str and c.strip()}
    start, at, known = 0, header, _meanings(headings(sheet.rows, header, payments=payments), payments)
    for index, row in enumerate(sheet.rows):
        if index <= at or words.isdisjoint(row) or not _only_words(row) or not _alone(row, payments=payments):
            continue
        below = sheet.rows[index + 1 : index + 2]
        double = bool(
            below
            and _only_words(below[0])
            and not _alone(below[0], payments=payments)
            and _under_groups(row, below[0], payments=payments)
        )
        found = _meanings(texts(row), payments)
        if double or found != known:
            yield sheet.part(start, index), at - start
            start, at, known = index, index + double, found
    yield (sheet.part(start, len(sheet.rows)) if start else sheet), at - start


def _meanings(words: Sequence[str], payments: bool) -> frozenset[tuple[int, Field, str]]:
    columns = match_columns(words, payments=payments)
    return frozenset((c.index, c.field, c.contact) for c in columns if c.field is not None)


def headings(rows: Sequence[Sequence[Any]], header: int, *, payments: bool = False) -> list[str]:
    """The header's words, both rows of it joined where it has two.

    A column that has cells but no heading is named by its letter, so that none is lost.
    """
    found = (two_rows(rows, header, payments=payments) and _joined(rows, header, payments)) or texts(rows[header])
    found = [bare(heading) for heading in found]
    for index, heading in enumerate(found):
        if not heading and any(row[index] != "" for row in rows[header + 1 :]):
            found[index] = f"({letter(index)})"
    return found


def two_rows(rows: Sequence[Sequence[Any]], header: int, *, payments: bool = False) -> bool:
    """Whether the row above the header's last row belongs to the header too."""
    return header > 0 and _joined(rows, header, payments) is not None


def _joined(rows: Sequence[Sequence[Any]], header: int, payments: bool) -> list[str] | None:
    if not _only_words(rows[header - 1]):
        return None
    return _under_groups(rows[header - 1], rows[header], payments=payments)


def _only_words(row: Sequence[Any]) -> bool:
    """Whether a row holds words alone, as a header does: no figure, no date, no sentence."""
    return all(
        type(cell) is str and len(cell.strip()) < 40 and not _FIGURE.search(cell) for cell in row if cell != ""
    )


def _alone(row: Sequence[Any], *, payments: bool) -> bool:
    """Whether a row names enough fields to be a header by itself."""
    return len(understood(texts(row), payments=payments)) > 2


def _under_groups(top: Sequence[Any], below: Sequence[Any], *, payments: bool) -> list[str] | None:
    """The headings of a header of two rows; None where the upper row is no part of a header.

    A merged heading holds its word in its first cell alone: the cells to its right, empty above and filled below,
    belong to it. What stands below somebody else's heading ("联系人1", "单位") is never the debtor's own.
    """
    filled = [index for index, cell in enumerate(top) if cell != ""]
    if filled in ([], [0]):
        return None  # nothing, or a title over the whole sheet
    found: list[str] = []
    group, groups = "", 0
    for over, under in zip(texts(top), texts(below), strict=True):
        if over:
            group = over if under else ""
        if not under:
            found.append(over)
            continue
        heading = under_group(group, under, payments=payments) if group else under
        groups += heading != under
        found.append(heading)
    return found if groups else None


class RowSorter:
    """Tells cases from the rows around them, by the columns that only a case fills."""

    def __init__(self, columns: Sequence[ColumnMatch], header: Sequence[Any]) -> None:
        identifying = {
            Field.ACCOUNT_NO,
            Field.CARD_NO,
            Field.ID_NO,
            Field.CUSTOMER_NO,
            Field.REFERENCE,
            Field.CASE_NO,
            Field.SERIAL,
        }
        self._identifying = [c.index for c in columns if c.field in identifying]
        self._header = [bare(cell) for cell in texts(header) if cell]
        self._words = frozenset(self._header)
        self._folded = [normal(cell) for cell in self._header]

    def kind(self, row: Sequence[Any]) -> RowKind:
        """What this row, below the header, is."""
        kind = RowKind.CASE
        for index in self._identifying:
            cell = row[index]
            if cell != "" and (type(cell) is not str or not cell.isspace()):
                break
        else:
            return self._without_identity(row)
        if type(cell) is str and (not cell.isascii() or cell.strip() in self._words):
            filled = [text for text in texts(row) if text]
            if bare(cell) in self._words and [normal(text) for text in filled] == self._folded:
                kind = RowKind.REPEATED_HEADER
            elif len(filled) == 1:
                return self._without_identity(row)  # a lone sentence below the account's heading
            elif _signs(filled):
                return RowKind.SIGNATURE
        if _first_is_total(row):
            kind = self._without_identity(row)
        return kind

    def _without_identity(self, row: Sequence[Any]) -> RowKind:
        filled = [text for text in texts(row) if text]
        if not filled:
            return RowKind.BLANK
        if _TOTAL.match(filled[0]) and len(filled[0]) < 40:
            return RowKind.SUBTOTAL if _SUBTOTAL.match(filled[0]) else RowKind.TOTAL
        if (len(filled) <= 6 and _SIGNATURE.search(" ".join(filled))) or _signs(filled):
            return RowKind.SIGNATURE
        return RowKind.NOTE if len(filled) == 1 else RowKind.CASE


def _signs(filled: Sequence[str]) -> bool:
    """Whether a line is of signatures, however many cells it takes: half of them say who signs, the first too."""
    names = [text for text in filled if _SIGNING.fullmatch(text)]
    return bool(names) and _SIGNING.fullmatch(filled[0]) is not None and 2 * len(names) >= len(filled)


def _first_is_total(row: Sequence[Any]) -> bool:
    """Some banks write the number of accounts of a total row into a column that identifies cases."""
    for cell in row:
        if type(cell) is str:
            if text := cell.strip():
                return only_total(text) or (len(text) < 12 and _TOTAL.match(text) is not None and row_is_thin(row))
        else:
            return False
    return False


def only_total(text: str) -> bool:
    """Whether words say total and nothing else, as no account and no name does."""
    return _ONLY_TOTAL.fullmatch(text) is not None


def row_is_thin(row: Sequence[Any]) -> bool:
    """Whether fewer than half of the cells are filled."""
    return sum(1 for cell in row if cell != "") * 2 < len(row)


def summary(row: Sequence[Any]) -> str:
    """What a recognised row says, shortened."""
    return shown(" ".join(text for text in texts(row) if text))


def without_table(sheet: RawSheet, problems: list[Problem]) -> SheetReport:
    """What a sheet is that has no table of the kind asked for: hidden, notes, or empty; said where there is any."""
    filled = [i for i, row in enumerate(sheet.rows) if any(texts(row))]
    kind = SheetKind.HIDDEN if sheet.hidden else SheetKind.NOTES if filled else SheetKind.EMPTY
    if filled:
        code = "intake.hidden_sheet" if sheet.hidden else "intake.notes_sheet"
        severity = ProblemSeverity.WARNING if sheet.hidden else ProblemSeverity.NOTE
        problems.append(Problem(sheet.name, 0, "", "", msg(code, rows=len(filled)), severity))
    notes = tuple(Recognised(sheet.lines[i], RowKind.NOTE, summary(sheet.rows[i])) for i in filled)
    return SheetReport(sheet.name, kind, len(sheet.rows), 0, 0, len(sheet.rows) - len(filled), 0, notes, ())
