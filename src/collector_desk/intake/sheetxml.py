"""What the reader of sheets leaves out of an xlsx file: errors, formulas never calculated, what is hidden, and what
number formats show."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from collector_desk.intake.formats import Shown, shown_by

# No pattern here goes on past the next "<": whatever a file holds, its length is all the time it takes.
_SHEET = re.compile(rb"<(?:\w{1,40}:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w{1,40}:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]{1,60})\s?=\s?(?:"([^"<]*)"|'([^'<]*)')""")
_ERROR = re.compile(rb"""<(?:\w{1,40}:)?c(?=\s[^<>]*?\bt\s?=\s?["']e["'])([^<>]*)>""")
_FORMULA = re.compile(rb"<(?:\w{1,40}:)?c((?:\s[^<>]*)?)>\s{0,9}<(?:\w{1,40}:)?f((?:[\s/][^<>]*)?)>")
_NO_RESULT = re.compile(
    rb"(?:[^<]*</(?:\w{1,40}:)?f>)?\s{0,9}(?:<(?:\w{1,40}:)?v\s{0,9}(?:/>|>\s{0,60}</[^<>]{1,41}>))?\s{0,9}</"
)
_HIDDEN_ROW = re.compile(rb"""<(?:\w{1,40}:)?row(?=\s[^<>]*?\bhidden\s?=\s?["'](?:1|true)["'])""")
_UNPLACED = re.compile(rb"<(?:\w{1,40}:)?c(?=[\s/>])(?![^<>]*?\sr\s?=)")
_TAG = re.compile(rb"<(/?)(?:\w{1,40}:)?(row|c)(?=[\s/>])([^<>]*)>")
_PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_STYLED = re.compile(rb"""<(?:\w{1,40}:)?c(?=\s[^<>]*?\ss\s?=\s?["'](\d{1,5})["'])([^<>]*)>""")
_FORMAT = re.compile(rb"""<(?:\w{1,40}:)?numFmt\s(?:[^<>"]|"[^<"]*")*>""")
_STYLES = re.compile(rb"<(?:\w{1,40}:)?cellXfs[\s>]")
_STYLE = re.compile(rb"<(?:\w{1,40}:)?xf[\s/][^<>]*>")
_COLUMN = re.compile(rb"<(?:\w{1,40}:)?col\s[^<>]*>")
_BOOK = re.compile(rb"<(?:\w{1,40}:)?workbookPr\s[^<>]*>")
_YES = {b"1", b"true"}
_MOST_COLUMNS = 16_384
ERROR = "#N/A"


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: the cells (row and column from 0) that hold an error or no result yet, how many rows and which
    columns are hidden, and what the number formats of cells show, to be gone through once."""

    broken: tuple[tuple[int, int], ...] = ()
    hidden_rows: int = 0
    hidden_columns: frozenset[int] = frozenset()
    shown: Iterable[tuple[int, int, Shown]] = ()


class Book:
    """An xlsx file opened for its marks; there are none in other kinds, or where its parts don't fit together."""

    def __init__(self, content: bytes) -> None:
        self.from_1904 = self.known = False
        self._content = content
        self._paths: dict[str, str] = {}
        self._telling: dict[bytes, Shown] = {}
        with suppress(*_UNFIT), zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.known = self._parts(archive)

    def _parts(self, archive: zipfile.ZipFile) -> bool:
        """Where its sheets lie and what its styles show; False where it is another kind of file."""
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return False
        targets = {}
        for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
            about = _attributes(tag)
            targets[about.get(b"Id")] = about.get(b"Target", b"").decode("utf-8", "replace")
        workbook = archive.read("xl/workbook.xml")
        self.from_1904 = any(_attributes(tag).get(b"date1904") in _YES for tag in _BOOK.findall(workbook))
        for tag in _SHEET.findall(workbook):
            about = _attributes(tag)
            target = targets.get(about.get(b"r:id"), "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if path in names and path.endswith(".xml"):
                self._paths[html.unescape(about.get(b"name", b"").decode("utf-8", "replace"))] = path
        if "xl/styles.xml" in names:
            self._telling = _telling_styles(archive.read("xl/styles.xml"))
        return True

    def marks(self, sheet: str) -> Marks:
        """The marks of one sheet."""
        with suppress(*_UNFIT), zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            if sheet in self._paths:
                return _of_sheet(archive.read(self._paths[sheet]), self._telling)
        return Marks()


_UNFIT = (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error)


def _telling_styles(xml: bytes) -> dict[bytes, Shown]:
    """By a cell's style (its number, as cells name it) what its format shows, where that tells something."""
    codes = {}
    for tag in _FORMAT.findall(xml):
        about = _attributes(tag)
        codes[about.get(b"numFmtId")] = html.unescape(about.get(b"formatCode", b"").decode("utf-8", "replace"))
    found = {}
    styles = _STYLES.search(xml)
    end = xml.find(b"cellXfs>", styles.end()) if styles else -1
    for number, tag in enumerate(_STYLE.findall(xml, styles.end(), end) if styles and end > 0 else ()):
        shown = shown_by(codes.get(_attributes(tag).get(b"numFmtId"), ""))
        if shown is not None:
            found[str(number).encode()] = shown
    return found


def _of_sheet(xml: bytes, telling: Mapping[bytes, Shown]) -> Marks:
    tags: list[tuple[int, int]] = []
    if b'"e"' in xml or b"'e'" in xml:
        tags += [found.span(1) for found in _ERROR.finditer(xml)]
    if b"<f" in xml or b":f" in xml:
        tags += [found.span(1) for found in _FORMULA.finditer(xml) if _comes_to_nothing(xml, found)]
    hidden = len(_HIDDEN_ROW.findall(xml)) if b"hidden" in xml else 0
    columns = _hidden_columns(xml) if b"hidden" in xml else frozenset()
    return Marks(_places(xml, sorted(tags)), hidden, columns, _shown(xml, telling) if telling else ())


def _hidden_columns(xml: bytes) -> frozenset[int]:
    found: set[int] = set()
    for tag in _COLUMN.findall(xml[: xml.find(b"sheetData")]):
        about = _attributes(tag)
        first, last = about.get(b"min", b""), about.get(b"max", b"")
        if about.get(b"hidden") in _YES and first.isdigit() and last.isdigit():
            found.update(range(int(first[:6]) - 1, min(int(last[:6]), _MOST_COLUMNS)))
    return frozenset(found)


def _shown(xml: bytes, telling: Mapping[bytes, Shown]) -> Iterator[tuple[int, int, Shown]]:
    counted = dict(_counted(xml)) if _UNPLACED.search(xml) else {}
    for found in _STYLED.finditer(xml):
        shown = telling.get(found[1])
        if shown is None:
            continue
        if counted:
            row, column = counted[found.start(2)]
            yield row, column, shown
        elif place := _PLACE.fullmatch(_attributes(found[2]).get(b"r", b"")):
            yield int(place[2]) - 1, column_number(place[1]) - 1, shown


def _comes_to_nothing(xml: bytes, formula: re.Match[bytes]) -> bool:
    """Never calculated: no value, and not an empty text either, which a formula may well come to."""
    about = _attributes(formula[1])
    return about.get(b"t") not in (b"e", b"str") and _NO_RESULT.match(xml, formula.end()) is not None


def _places(xml: bytes, tags: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where cells stand by what their tags say; a cell that doesn't say it follows the one before it."""
    if tags and _UNPLACED.search(xml):
        at = dict(_counted(xml))
        return tuple(at[start] for start, _ in tags)
    places = (_PLACE.fullmatch(_attributes(xml[start:end]).get(b"r", b"")) for start, end in tags)
    return tuple((int(place[2]) - 1, column_number(place[1]) - 1) for place in places if place)


def _counted(xml: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every cell of a sheet, where its tag's words begin: its row and column, from 0."""
    row = column = -1
    for tag in _TAG.finditer(xml):
        about = _attributes(tag[3])
        given = about.get(b"r", b"")
        if tag[1]:
            continue
        if tag[2] == b"row":
            row, column = int(given) - 1 if given.isdigit() and len(given) < 8 else row + 1, -1
        elif place := _PLACE.fullmatch(given):
            row, column = int(place[2]) - 1, column_number(place[1]) - 1
        else:
            column += 1
        if tag[2] == b"c":
            yield tag.start(3), (row, column)


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
