"""What each row of a sheet is: title, header, case, total, signature, note or blank. None goes unaccounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from collector_desk.intake.columns import ColumnMatch, Field, letter, understood
from collector_desk.intake.problems import shown

_SEARCHED = 40  # rows from the top in which a header is looked for
_TOTAL = re.compile(
    r"^[\s\"']*(合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总|合計|總計|(grand\s*total|sub\s*total|total|sum)(?![a-z]))",
    re.I,
)
_SUBTOTAL = re.compile(r"^[\s\"']*(小\s*计|sub\s*total)", re.I)
_SIGNATURE = re.compile(
    r"制表|复核|审核|盖章|经办|负责人|签字|签名|签章|(?:prepared|checked|reviewed|approved) by|signature|signed",
    re.I,
)


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


def texts(row: Sequence[Any]) -> list[str]:
    """The cells of a row as stripped text, numbers as they print."""
    return [cell.strip() if type(cell) is str else str(cell) for cell in row]


def find_header(rows: Sequence[Sequence[Any]], *, payments: bool = False) -> int | None:
    """The index of the header row: the one near the top that names most of our fields, at least three of them."""
    best, best_count = None, 2
    for index, row in enumerate(rows[:_SEARCHED]):
        headings = [cell.strip() for cell in row if type(cell) is str and cell.strip()]
        if len(headings) <= best_count:
            continue
        count = len(understood(headings, payments=payments))
        if count > best_count:
            best, best_count = index, count
    return best


def headings(rows: Sequence[Sequence[Any]], header: int) -> list[str]:
    """The header's words; a column that has cells but no heading is named by its letter, so that none is lost."""
    found = texts(rows[header])
    for index, heading in enumerate(found):
        if not heading and any(row[index] != "" for row in rows[header + 1 :]):
            found[index] = f"({letter(index)})"
    return found


class RowSorter:
    """Tells cases from the rows around them, by the columns that only a case fills."""

    def __init__(self, columns: Sequence[ColumnMatch], header: Sequence[Any]) -> None:
        identifying = {Field.ACCOUNT_NO, Field.CARD_NO, Field.ID_NO, Field.CUSTOMER_NO, Field.REFERENCE}
        self._identifying = [c.index for c in columns if c.field in identifying]
        self._header = [cell for cell in texts(header) if cell]

    def kind(self, row: Sequence[Any]) -> RowKind:
        """What this row, below the header, is."""
        kind = RowKind.CASE
        for index in self._identifying:
            cell = row[index]
            if cell != "" and (type(cell) is not str or not cell.isspace()):
                break
        else:
            return self._without_identity(row)
        if type(cell) is str and any(cell.strip() == heading for heading in self._header):
            filled = [text for text in texts(row) if text]
            if filled == self._header:
                kind = RowKind.REPEATED_HEADER
        if _first_is_total(row):
            kind = self._without_identity(row)
        return kind

    def _without_identity(self, row: Sequence[Any]) -> RowKind:
        filled = [text for text in texts(row) if text]
        if not filled:
            return RowKind.BLANK
        if _TOTAL.match(filled[0]) and len(filled[0]) < 40:
            return RowKind.SUBTOTAL if _SUBTOTAL.match(filled[0]) else RowKind.TOTAL
        if len(filled) <= 6 and _SIGNATURE.search(" ".join(filled)):
            return RowKind.SIGNATURE
        return RowKind.NOTE if len(filled) == 1 else RowKind.CASE


def _first_is_total(row: Sequence[Any]) -> bool:
    """Some banks write the number of accounts of a total row into a column that identifies cases."""
    for cell in row:
        if type(cell) is str:
            if text := cell.strip():
                return len(text) < 12 and _TOTAL.match(text) is not None and row_is_thin(row)
        else:
            return False
    return False


def row_is_thin(row: Sequence[Any]) -> bool:
    """Whether fewer than half of the cells are filled."""
    return sum(1 for cell in row if cell != "") * 2 < len(row)


def summary(row: Sequence[Any]) -> str:
    """What a recognised row says, shortened."""
    return shown(" ".join(text for text in texts(row) if text))
