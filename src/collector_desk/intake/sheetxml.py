"""What the reader of sheets leaves out of an xlsx file: errors, formulas never calculated, hidden rows."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

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
ERROR = "#N/A"


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: the cells (row and column from 0) that hold an error or no result yet, and how many rows are
    hidden."""

    broken: tuple[tuple[int, int], ...] = ()
    hidden_rows: int = 0


def marks(content: bytes) -> dict[str, Marks]:
    """The marks of every sheet by name; none for other kinds of workbook, or where its parts don't fit together."""
    found: dict[str, Marks] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
                return {}
            targets = {}
            for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
                about = _attributes(tag)
                targets[about.get(b"Id")] = about.get(b"Target", b"").decode("utf-8", "replace")
            for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
                about = _attributes(tag)
                target = targets.get(about.get(b"r:id"), "")
                path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                if path in names and path.endswith(".xml"):
                    name = html.unescape(about.get(b"name", b"").decode("utf-8", "replace"))
                    found[name] = _of_sheet(archive.read(path))
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return {}
    return found


def _of_sheet(xml: bytes) -> Marks:
    tags: list[tuple[int, int]] = []
    if b'"e"' in xml or b"'e'" in xml:
        tags += [found.span(1) for found in _ERROR.finditer(xml)]
    if b"<f" in xml or b":f" in xml:
        tags += [found.span(1) for found in _FORMULA.finditer(xml) if _comes_to_nothing(xml, found)]
    hidden = len(_HIDDEN_ROW.findall(xml)) if b"hidden" in xml else 0
    return Marks(_places(xml, sorted(tags)), hidden)


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
