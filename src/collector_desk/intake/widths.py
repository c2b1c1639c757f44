"""Rows of a text file whose cells stand under the wrong headings, because a value holds the separator."""

import re
from collections.abc import Sequence

from collector_desk.intake.columns import ColumnMatch, Field
from collector_desk.intake.reading import RawSheet

_HEAD = re.compile(r"[-+]?[¥￥]?\d{1,3}")
_TAIL = re.compile(r"\d{3}(?:\.\d{1,2})?")
_MONEY = {
    Field.AMOUNT,
    Field.PRINCIPAL,
    Field.INTEREST,
    Field.PENALTY,
    Field.FEES,
    Field.MINIMUM_DUE,
    Field.CREDIT_LIMIT,
    Field.LAST_PAID,
    Field.PAID,
}


def short_rows(sheet: RawSheet, header: int) -> dict[int, int]:
    """By index the rows that lack cells, though others have them all: what is missing may not be at the end."""
    widths = sheet.widths
    if widths is None:
        return {}
    short = (i for i in range(header + 1, len(widths)) if 1 < widths[i] < widths[header])
    return {i: widths[header] - widths[i] for i in short if any(sheet.rows[i])}


def moved_cells(sheet: RawSheet, header: int, columns: Sequence[ColumnMatch]) -> dict[int, str]:
    """By index the rows that have more cells than headings, with the reason's code.

    Empty cells at the end of every single row are only an exporter's habit.
    """
    widths = sheet.widths
    if widths is None:
        return {}
    wide = [i for i in range(header + 1, len(widths)) if widths[i] > max(widths[header], 1) and any(sheet.rows[i])]
    # no value holds more separators than there are headings: those are empty cells at the end and nothing else
    wide = [i for i in wide if widths[i] <= 2 * widths[header] or any(sheet.rows[i][widths[header] :])]
    if not wide:
        return {}
    habit = len({widths[i] for i in wide}) == 1 and len(wide) == _filled(sheet, widths, header)
    habit = habit and not any(any(sheet.rows[i][widths[header] :]) for i in wide)
    money = [column.index for column in columns if column.field in _MONEY]
    return {i: "intake.row_moved" for i in wide if not habit or _cut_amount(sheet.rows[i], money)}


def _filled(sheet: RawSheet, widths: Sequence[int], header: int) -> int:
    return sum(1 for i in range(header + 1, len(widths)) if widths[i] > 1 and any(sheet.rows[i]))


def _cut_amount(row: Sequence[str], money: Sequence[int]) -> bool:
    """Whether a cell of money and the next one look like the two halves of ``1,234.56``."""
    return any(
        at + 1 < len(row) and _HEAD.fullmatch(row[at].strip()) and _TAIL.fullmatch(row[at + 1].strip())
        for at in money
    )
