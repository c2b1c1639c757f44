"""Tables that call themselves sheets and are pages: HTML, saved web archives (MHTML), Excel's XML of 2003.

Banks' old systems write them under the ending .xls. Their cells are text as the page shows it; in the XML of 2003
they say what they are.
"""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

_PAGE = re.compile(
    rb"\s*+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
    rb"<(?:!doctype|\?xml|html|head|body|meta|style|title|table|tbody|tr|div|center|font|span|p|b|h[1-6]|Workbook)\b",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(
    rb"(?:From: <Saved by|MIME-Version:|Content-Type: ?multipart/related|Subject:|Snapshot-)", re.I
)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)\s?=\s?["']?\s?([\w-]{2,40})""", re.I)
_SHEETS_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_CELLS = 4_000_000
_MOST_ACROSS = 2000
_LAST_OF_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table: its name, its rows of equal length."""

    name: str
    rows: list[list[Any]]


def is_page(content: bytes) -> bool:
    """Whether the bytes begin as a page or an archive of one."""
    head = _plain_head(content)
    return _PAGE.match(head) is not None or _ARCHIVE.match(head.lstrip()) is not None


def pages(content: bytes) -> list[PageTable]:
    """The tables in it with two rows or more; none where it holds none. Raises ValueError where it is damaged."""
    if _ARCHIVE.match(_plain_head(content).lstrip()):
        return [page for part in _parts(content) for page in _of_page(part)]
    return _of_page(content)


def _plain_head(content: bytes) -> bytes:
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return content[len(mark) : 8192].decode(codec, "replace").encode("utf-8")
    head = content[:4096]
    if head[1::2].count(0) * 2 > len(head[1::2]):  # two bytes a character, and no mark that says so
        return head.decode("utf-16-le", "replace").encode("utf-8")
    return head


def _parts(content: bytes) -> Iterator[bytes]:
    """The pages of a saved web archive."""
    for part in email.message_from_bytes(content, policy=email.policy.compat32).walk():
        if part.get_content_type() in ("text/html", "text/xml", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(body, bytes) and _PAGE.match(_plain_head(body)):
                yield body if charset is None or _CHARSET.search(body[:4096]) else _as_utf8(body, charset)


def _of_page(content: bytes) -> list[PageTable]:
    text = _as_utf8(content, _codec(content))
    try:
        if _SHEETS_2003.encode() in text[:4096]:
            return [*_of_2003(text)]
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
        root = html.document_fromstring(text, parser=parser, ensure_head_body=False)
        return [*_of_html(root)]
    except (etree.LxmlError, RecursionError) as error:
        raise ValueError("no page") from error


def _codec(content: bytes) -> str:
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return codec
    if content[1:4096:2].count(0) > 1000:
        return "utf-16-le"
    said = _CHARSET.search(content[:4096])
    if said:
        return said[1].decode("ascii").casefold()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _as_utf8(content: bytes, codec: str) -> bytes:
    for mark, its in _BOMS:
        if content.startswith(mark):
            content, codec = content[len(mark) :], its
            break
    codec = _LAST_OF_CHINESE.get(codec.casefold(), codec)
    try:
        return content.decode(codec, "replace").encode("utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace").encode("utf-8", "replace")


# --- HTML --------------------------------------------------------------------------------------------------


def _of_html(root: Any) -> Iterator[PageTable]:
    cells, number = [0], 0
    for table in root.iter("table"):
        if table.find(".//table") is not None:
            continue  # what only lays others out
        rows = [*_spread(_rows_of(table), cells)]
        if len(rows) > 1:
            number += 1
            caption = table.find("caption")
            yield PageTable(_text(caption) if caption is not None else f"table {number}", _even(rows))


def _rows_of(table: Any) -> Iterator[list[tuple[str, int, int]]]:
    """The cells of each row: text, how many columns, how many rows."""
    for row in table.iter("tr"):
        yield [
            (_text(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row
            if isinstance(cell.tag, str) and cell.tag in ("td", "th")
        ]


def _text(cell: Any) -> str:
    for broken in cell.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    for unseen in [*cell.iter("script", "style")]:
        unseen.text = None
    return re.sub(r"[ \t\r\f\v]+", " ", str(cell.text_content())).strip()


def _span(cell: Any, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return min(int(said), 1000) if said.isascii() and said.isdigit() and said != "0" else 1


def _spread(rows: Iterator[list[tuple[str, int, int]]], cells: list[int]) -> Iterator[list[str]]:
    """Rows as a grid: what spans columns or rows stands at its first place, the others are empty."""
    held: dict[int, int] = {}  # by column: how many rows below are still taken
    for said in rows:
        found: dict[int, str] = {}
        column = 0
        below = {at: left - 1 for at, left in held.items() if left > 1}
        for text, wide, high in said:
            while column in held:
                column += 1
            found[column] = text
            for at in range(column, column + wide):
                if high > 1:
                    below[at] = high - 1
            column += wide
        if column > _MOST_ACROSS:
            raise ValueError("no table is so wide")
        width = max(column, max(held, default=-1) + 1)
        cells[0] += width
        if cells[0] > _MOST_CELLS:
            raise ValueError("no page is so long")
        yield [found.get(at, "") for at in range(width)]
        held = below


def _even(rows: Sequence[list[Any]]) -> list[list[Any]]:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


# --- Excel's XML of 2003 -----------------------------------------------------------------------------------


def _of_2003(text: bytes) -> Iterator[PageTable]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8"
    )
    root = etree.fromstring(re.sub(rb"^\s*<\?xml[^<>]*\?>", b"", text), parser)
    if root is None:
        raise ValueError("no sheets")
    name = f"{{{_SHEETS_2003}}}"
    count = 0
    for sheet in root.iter(f"{name}Worksheet"):
        rows: list[list[Any]] = []
        for row in sheet.iter(f"{name}Row"):
            at = _index(row, name, len(rows))
            rows += [[] for _ in range(min(at, len(rows) + 10_000) - len(rows))]
            found: list[Any] = []
            for cell in row.iter(f"{name}Cell"):
                place = _index(cell, name, len(found))
                found += [""] * (min(place, _MOST_ACROSS) - len(found))
                data = cell.find(f"{name}Data")
                found.append(_value(data, name) if data is not None else "")
                across = cell.get(f"{name}MergeAcross") or "0"
                found += [""] * (min(int(across), _MOST_ACROSS) if across.isdigit() else 0)
            rows.append(found)
            count += len(found)
            if count > _MOST_CELLS:
                raise ValueError("no page is so long")
        if len(rows) > 1:
            yield PageTable(sheet.get(f"{name}Name") or "", _even(rows))


def _index(of: Any, name: str, next_one: int) -> int:
    said = of.get(f"{name}Index") or ""
    return max(int(said) - 1, next_one) if said.isascii() and said.isdigit() else next_one


def _value(data: Any, name: str) -> Any:
    text = "".join(data.itertext())
    kind = data.get(f"{name}Type")
    if kind == "Number":
        try:
            number = float(text)
        except ValueError:
            return text
        return number
    if kind == "DateTime":
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return text
        return date(at.year, at.month, at.day) if (at.hour, at.minute, at.second) == (0, 0, 0) else at
    return "#N/A" if kind == "Error" else text
