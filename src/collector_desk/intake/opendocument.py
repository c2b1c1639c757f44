"""What the reader of sheets leaves out of an OpenDocument file: errors, currencies and words of formats, what is
hidden, its calendar."""

import html
import io
import re
import zipfile
import zlib

from collector_desk.intake.sheetxml import Marks

_PART = "content.xml"
_CELL = re.compile(rb'<(?:\w{1,40}:)?table-cell\s[^<>]*?\bcalcext:value-type="error"[^<>]*>')
_VALUE = re.compile(rb'\s(?:office|calcext):(?:value-type|string-value|value|currency)="[^"<>]*"')
_FIGURE = re.compile(
    rb"<(?P<name>(?:\w{1,40}:)?table-cell)(?P<about>\s[^<>/]*\boffice:value-type=\"(?:float|currency)\"[^<>/]*)>"
    rb"\s*<(?P<p>(?:\w{1,40}:)?p)>(?P<said>[^<]{1,80})</(?P=p)>"
)
_ATTRIBUTE = re.compile(rb'([\w:-]{1,60})\s?=\s?"([^"<]*)"')
_DIGITS = re.compile(r"[\d.,\s()+-]+")
_TABLE = re.compile(rb"<(?:\w{1,40}:)?table\s[^<>]*>")
_LINE = re.compile(rb"<(?:\w{1,40}:)?table-(column|row)(?=[\s/>])([^<>]*)>")
_FROM_1904 = re.compile(rb'<(?:\w{1,40}:)?null-date\s[^<>]*date-value="1904-01-01"')
_MOST = 10_000  # a program repeats a hidden row to the end of the sheet


class OpenBook:
    """The file with what it shows written so that the reader gives it (``content``), and its marks; the very same
    bytes where it is no such file, or shows nothing more than its numbers."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.from_1904 = self.known = False
        self._marks: dict[str, Marks] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if _PART not in archive.namelist():
                    return
                xml = archive.read(_PART)
                self.known = True
                self.from_1904 = _FROM_1904.search(xml) is not None
                self._marks = _hidden(xml) if b":visibility=" in xml else {}
                said = _said(xml)
                if said == xml:
                    return
                out = io.BytesIO()
                with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
                    for member in archive.infolist():
                        copy.writestr(member.filename, said if member.filename == _PART else archive.read(member))
        except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
            return
        self.content = out.getvalue()

    def marks(self, sheet: str) -> Marks:
        """The marks of one sheet."""
        return self._marks.get(sheet, Marks())


def _said(xml: bytes) -> bytes:
    """Errors as their words (programs write them beside an empty text or a nought, and the reader believes these),
    figures with what their format shows around them."""

    def as_words(cell: re.Match[bytes]) -> bytes:
        bare = _VALUE.sub(b"", cell[0])
        end = -2 if bare.endswith(b"/>") else -1
        return bare[:end] + b' office:value-type="string"' + bare[end:]

    if b'calcext:value-type="error"' in xml:
        xml = _CELL.sub(as_words, xml)
    return _FIGURE.sub(_as_shown, xml)


def _as_shown(cell: re.Match[bytes]) -> bytes:
    about = dict(_ATTRIBUTE.findall(cell["about"]))
    shown = html.unescape(cell["said"].decode("utf-8", "replace"))
    before, _, behind = _DIGITS.sub("\0", shown, count=1).partition("\0")
    words = about.get(b"office:currency", b"").decode() or before
    value = about.get(b"office:value", b"").decode()
    if not any(map(str.isalpha, before + behind)) and words in ("", "CNY", "¥", "￥"):
        return cell[0]
    sign, figure = ("-", value[1:]) if value.startswith("-") else ("", value)
    text = f"{sign}{words} {figure}{behind if not about.get(b'office:currency') else ''}".strip()
    name, p = cell["name"], cell["p"]
    kept = _VALUE.sub(b"", cell["about"]) + b' office:value-type="string"'
    return b"<%s%s><%s>%s</%s>" % (name, kept, p, html.escape(text).encode(), p)


def _hidden(xml: bytes) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    tables = list(_TABLE.finditer(xml))
    for table, following in zip(tables, [*tables[1:], None], strict=True):
        about = dict(_ATTRIBUTE.findall(table[0]))
        rows, columns, column = 0, set[int](), 0
        for tag in _LINE.finditer(xml, table.end(), following.start() if following else len(xml)):
            line = dict(_ATTRIBUTE.findall(tag[2]))
            hidden = line.get(b"table:visibility") in (b"collapse", b"filter")
            times = int(line.get(b"table:number-%ss-repeated" % tag[1], b"1")[:9] or 1)
            if tag[1] == b"column":
                columns.update(range(column, min(column + times, _MOST)) if hidden else ())
                column += times
            elif hidden and times < _MOST:
                rows += times
        name = html.unescape(about.get(b"table:name", b"").decode("utf-8", "replace"))
        found[name] = Marks((), rows, frozenset(columns))
    return found
