"""A table that leaves the house, as xlsx or csv: every text a text, whatever it looks like."""

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import BinaryIO

from collector_desk.domain.text.cells import Cell, safe_cell
from collector_desk.exchange.workbook import SheetPage, Value, write_workbook


class SheetFormat(StrEnum):
    """The kinds of file a table goes out in, by the ending of its name."""

    XLSX = ".xlsx"
    CSV = ".csv"


def write_sheet(
    out: BinaryIO,
    kind: SheetFormat,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    encoding: str,
) -> None:
    """Write the table; ``title`` names the sheet of an xlsx file, ``encoding`` is that of a csv file."""
    safe = map(_safe, rows)
    heads = [safe_cell(heading) for heading in headings]
    if kind is SheetFormat.XLSX:
        write_workbook(out, [SheetPage(title, safe, heads)])
        return
    text = io.TextIOWrapper(out, encoding, newline="", write_through=True)
    try:
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(heads)
        table.writerows(safe)
    finally:
        text.detach()  # the file is not ours to close


def write_sheets(out: BinaryIO, pages: Iterable[SheetPage]) -> None:
    """Several tables as the sheets of one xlsx file, likewise safe."""
    safe = [
        SheetPage(page.title, map(_safe, page.rows), [safe_cell(heading) for heading in page.headings])
        for page in pages
    ]
    write_workbook(out, safe)


def _safe(row: Iterable[Value]) -> list[Value]:
    return [safe_cell(cell) if isinstance(cell, str) else cell for cell in row]
