"""A workbook, written straight into its file: no library to load, no copy of it in a temp folder."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

Value = str | int | Decimal | date

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MADE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MADE}.styles+xml"/>'
)
_STYLES = (  # in their order: as it comes, a day, an amount with two decimals, a heading
    "<fonts><font/><font><b/></font></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="2" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
_DAY, _AMOUNT, _HEADING = 1, 2, 3
_DAY_ZERO = date(1899, 12, 30)
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would take for one character


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet; ``headings`` stand above its rows, bold, and stay in sight."""

    title: str
    rows: Iterable[Sequence[Value]]
    headings: Sequence[str] = ()


def write_workbook(out: BinaryIO, pages: Sequence[SheetPage]) -> None:
    """Write the sheets one after the other, row by row as they come."""
    places = range(1, len(pages) + 1)
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        types = _TYPES + "".join(
            f'<Override PartName="/xl/worksheets/sheet{place}.xml" ContentType="{_MADE}.worksheet+xml"/>'
            for place in places
        )
        book.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>')
        book.writestr("_rels/.rels", _links(r1=("officeDocument", "xl/workbook.xml")))
        sheets = "".join(
            f'<sheet name={quoteattr(page.title)} sheetId="{place}" r:id="r{place}"/>'
            for place, page in enumerate(pages, 1)
        )
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        )
        parts = {f"r{place}": ("worksheet", f"worksheets/sheet{place}.xml") for place in places}
        book.writestr("xl/_rels/workbook.xml.rels", _links(**parts, styles=("styles", "styles.xml")))
        book.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{_STYLES}</styleSheet>')
        for place, page in enumerate(pages, 1):
            with book.open(f"xl/worksheets/sheet{place}.xml", "w") as file:
                _write_page(file, page)


def _write_page(file: IO[bytes], page: SheetPage) -> None:
    file.write(f'<worksheet xmlns="{_MAIN}">{_head(page.headings)}<sheetData>'.encode())
    if page.headings:
        file.write(_row(_text(heading, _HEADING) for heading in page.headings))
    for row in page.rows:
        file.write(_row(map(_cell, row)))
    file.write(b"</sheetData></worksheet>")


def _head(headings: Sequence[str]) -> str:
    if not headings:
        return ""
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{max(12, 2 * len(heading) + 4)}" customWidth="1"/>'
        for place, heading in enumerate(headings, 1)
    )
    return f"{_FROZEN}<cols>{widths}</cols>"


def _links(**parts: tuple[str, str]) -> str:
    """What a part of the workbook leads to, by id: the kind and the target."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _row(cells: Iterable[str]) -> bytes:
    return f"<row>{''.join(cells)}</row>".encode()


def _cell(value: Value) -> str:
    if value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{(value - _DAY_ZERO).days}</v></c>'
    if isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        return f'<c s="{_AMOUNT}"><v>{value}</v></c>'
    return f"<c><v>{value}</v></c>"


def _text(value: str, style: int = 0) -> str:
    """A cell that is text, whatever it looks like."""
    shown = escape(_LOOKS_ESCAPED.sub("_x005F_", value))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
