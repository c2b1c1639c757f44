"""What the reader of sheets leaves out of an xlsx file: errors, formulas never calculated, hidden rows."""

import html
import io
import re
import zipfile
from dataclasses import dataclass

_SHEET = re.compile(rb"<(?:\w+:)?sheet [^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship [^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*? t="e"[^>]*>')
_NEVER_CALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?</c>'
)
_HIDDEN_ROW = re.compile(rb'<row [^>]*?hidden="(?:1|true)"')
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
                about = dict(_ATTRIBUTE.findall(tag))
                targets[about.get(b"Id")] = about.get(b"Target", b"").decode("utf-8", "replace")
            for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
                about = dict(_ATTRIBUTE.findall(tag))
                target = targets.get(about.get(b"r:id"), "")
                path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                if path in names and path.endswith(".xml"):
                    name = html.unescape(about.get(b"name", b"").decode("utf-8", "replace"))
                    found[name] = _of_sheet(archive.read(path))
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return {}
    return found


def _of_sheet(xml: bytes) -> Marks:
    broken: list[tuple[int, int]] = []
    if b't="e"' in xml:
        broken += [_place(*each) for each in _ERROR.findall(xml)]
    if b"<f" in xml:
        broken += [_place(*each) for each in _NEVER_CALCULATED.findall(xml)]
    hidden = len(_HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else 0
    return Marks(tuple(broken), hidden)


def _place(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_number(letters) - 1


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
