"""Reading a received file into sheets of raw cells; its content says what kind of file it is, not its name."""

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble
from collector_desk.intake import biff, decoding, opendocument, pages, sheetxml, wrapped
from collector_desk.intake.columns import NO_CHOICE, Hidden, HiddenChoice

LARGEST_FILE = 512 * 1024 * 1024
_MOST_CELLS = 40_000_000  # a reader of sheets keeps empty cells too; more than this is no placement
_EXACT_DIGITS = 15  # of a number in a sheet
_WIDTH_TWO_LETTERS, _WIDTH_THREE_LETTERS = 702, 16_384
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "intake.is_pdf"),
    (b"Rar!", "intake.is_archive"),
    (b"7z\xbc\xaf", "intake.is_archive"),
    (b"\x1f\x8b", "intake.is_archive"),
    (b"\x89PNG", "intake.is_picture"),
    (b"\xff\xd8\xff", "intake.is_picture"),
)
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_EXCELS_OWN = "VelvetSweatshop"
"""The password with which Excel locks what a person only marked as read-only; it never asks for it."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: rows of cells as the file holds them (str, float, int, bool, date, datetime, time, timedelta).

    ``lines`` gives each row's line number. ``hidden`` sheets are not read for cases. ``widths``: how many cells
    each row of a text file has. ``merged``: first row, last row and column of cells merged downwards. How many of
    the rows the file hides is in ``hidden_rows``, which columns in ``hidden_columns``; ``choice``: what
    somebody wants of them. ``from_1904``: bare numbers
    of days are counted by that calendar. ``unseen``: what is hidden and what formats show could not be looked at.
    Rows of a text file are kept squeezed: go through them in their order.
    """

    name: str
    rows: Sequence[list[Any]]
    lines: Sequence[int]
    hidden: bool = False
    widths: Sequence[int] | None = None
    merged: tuple[tuple[int, int, int], ...] = ()
    hidden_rows: int = 0
    hidden_columns: frozenset[int] = frozenset()
    choice: HiddenChoice = NO_CHOICE
    from_1904: bool = False
    unseen: bool = False

    @property
    def hides(self) -> Hidden:
        """The columns it hides, with what somebody wants of them."""
        return self.choice.of(self.name, self.hidden_columns)

    def part(self, start: int, stop: int) -> "RawSheet":
        """The rows from ``start`` to before ``stop``, as a sheet of their own."""
        widths = None if self.widths is None else self.widths[start:stop]
        merged = tuple(
            (top - start, low - start, at) for top, low, at in self.merged if start <= top and low < stop
        )
        return replace(self, rows=self.rows[start:stop], lines=self.lines[start:stop], widths=widths, merged=merged)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A received file: its bytes untouched, their SHA-256, its sheets. A text file is one sheet without a name."""

    filename: str
    content: bytes = field(repr=False)
    sha256: str
    kind: str
    encoding: str
    sheets: tuple[RawSheet, ...] = field(repr=False)
    loose_quotes: bool = False
    left_out: tuple[str, ...] = ()  # names of files in an archive that are no tables


@dataclass(frozen=True, slots=True)
class _Opened:
    kind: str
    sheets: tuple[RawSheet, ...]
    encoding: str = ""
    loose: bool = False
    left_out: tuple[str, ...] = ()


def read_file(
    source: Path | bytes, filename: str, *, password: str | None = None, hidden: HiddenChoice = NO_CHOICE
) -> RawFile:
    """Read a placement or payment file: xlsx, xls, ods (also protected by a password), csv or other separated text,
    a page with a table in it (HTML, MHTML, Excel's XML of 2003), or a zip of such files.

    ``hidden``: which columns that it hides somebody wants taken or left. Raises Trouble, each case with its own
    sentence: missing, unreadable, empty, too large, a folder, changed while being read, protected
    (``intake.password_needed``, ``intake.password_wrong``), damaged, or another kind of file.
    """
    content = source if isinstance(source, bytes) else read_bytes(source)
    if not content:
        raise Trouble("intake.empty_file", file=filename)
    if len(content) > LARGEST_FILE:
        raise Trouble("intake.too_large", file=filename)
    sha256 = hashlib.sha256(content).hexdigest()
    found = _opened(content, filename, password)
    sheets = tuple(replace(sheet, choice=hidden) for sheet in found.sheets)
    return RawFile(filename, content, sha256, found.kind, found.encoding, sheets, found.loose, found.left_out)


def _opened(content: bytes, filename: str, password: str | None, *, within: bool = False) -> _Opened:
    """What the bytes are. ``within``: they come out of an archive, and another one is not opened in there."""
    for magic, code in _FOREIGN:
        if content.startswith(magic):
            raise Trouble(code, file=filename)
    if content.startswith(_OLE):
        opened, kind = _unlocked(content, filename, password)
        return _Opened(kind, _sheets(opened, filename))
    if content.startswith(b"PK"):
        if wrapped.is_workbook(content, filename):
            return _Opened("workbook", _sheets(content, filename))
        if within:
            raise Trouble("intake.is_archive", file=filename)
        return _archive(content, filename, password)
    if pages.is_page(content):
        return _page(content, filename)
    try:
        text, encoding = decoding.decode(content)
    except Trouble as trouble:
        if Path(filename).suffix.casefold() in _WORKBOOKS:  # no text file at all, but a workbook that got broken
            raise Trouble("intake.damaged", file=filename) from trouble
        raise
    split = decoding.split_rows(text)
    sheet = RawSheet("", split.rows, split.lines, widths=split.widths)
    return _Opened("text", (sheet,), encoding, split.loose)


def _page(content: bytes, filename: str) -> _Opened:
    try:
        found = pages.pages(content)
    except ValueError as error:
        raise Trouble("intake.is_markup", file=filename) from error
    if not found:
        raise Trouble("intake.is_markup", file=filename)
    return _Opened("page", tuple(RawSheet(page.name, page.rows, range(1, len(page.rows) + 1)) for page in found))


def _decrypted(office: Any, password: str) -> bytes:
    office.load_key(password=password)
    opened = io.BytesIO()
    office.decrypt(opened)
    return opened.getvalue()


def _archive(content: bytes, filename: str, password: str | None) -> _Opened:
    """Every table of a zip as sheets, each under its file's name."""
    members, others = wrapped.tables_in(content, filename, password)
    sheets: list[RawSheet] = []
    loose = False
    for member in members:
        if not member.content:
            raise Trouble("intake.empty_file", file=member.name)
        found = _opened(member.content, member.name, password, within=True)
        loose = loose or found.loose
        named = len(found.sheets) > 1
        sheets += [
            replace(sheet, name=f"{member.name} · {sheet.name}" if named else member.name) for sheet in found.sheets
        ]
    return _Opened("archive", tuple(sheets), loose=loose, left_out=tuple(others))


def read_bytes(path: Path) -> bytes:
    """All bytes of a file, once; raises Trouble where they cannot be had or changed meanwhile."""
    try:
        if path.is_dir():
            raise Trouble("intake.is_folder", file=path.name)
        before = path.stat()
        if before.st_size > LARGEST_FILE:
            raise Trouble("intake.too_large", file=path.name)
        content = path.read_bytes()
        after = path.stat()
    except FileNotFoundError as error:
        raise Trouble("intake.missing", file=path.name) from error
    except OSError as error:
        raise Trouble("intake.unreadable", file=path.name, reason=error.strerror or "") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise Trouble("intake.changed_while_reading", file=path.name)
    return content


def _unlocked(content: bytes, filename: str, password: str | None) -> tuple[bytes, str]:
    import msoffcrypto  # type: ignore[import-untyped]
    from msoffcrypto.exceptions import (  # type: ignore[import-untyped]
        DecryptionError,
        FileFormatError,
        InvalidKeyError,
    )

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(content))
        if not office.is_encrypted():
            return content, "workbook"
        try:
            opened = _decrypted(office, _EXCELS_OWN)
        except (InvalidKeyError, DecryptionError):
            if password is None:
                raise Trouble("intake.password_needed", file=filename) from None
            opened = _decrypted(office, password)
    except (InvalidKeyError, DecryptionError) as error:
        raise Trouble("intake.password_wrong", file=filename) from error
    except FileFormatError as error:
        raise Trouble("intake.damaged", file=filename) from error
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise Trouble("intake.damaged", file=filename) from error
    return opened, "protected workbook"


def _sheets(content: bytes, filename: str) -> tuple[RawSheet, ...]:
    import python_calamine as calamine

    book: sheetxml.Book | opendocument.OpenBook | biff.OldBook
    if content.startswith(b"PK"):
        try:
            content = wrapped.with_slashes(content)
        except wrapped.BROKEN as error:
            raise Trouble("intake.damaged", file=filename) from error
        _refuse_spreads(content, filename)
        book = opendocument.OpenBook(content)
        content = book.content
        if b"xl/workbook.xml" in content:
            book = sheetxml.Book(content)
    else:
        book = biff.OldBook(content)
    try:
        reader = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for about in reader.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = reader.get_sheet_by_name(about.name)
            rows = [*sheet.to_python(skip_empty_area=False)]
            merged = tuple(
                (top, low, at)
                for (top, at), (low, right) in sheet.merged_cell_ranges or ()
                if at == right and low < len(rows)
            )
            marks = book.marks(about.name)
            _write_in(marks, rows)
            sheets.append(
                RawSheet(
                    about.name,
                    rows,
                    range(1, len(rows) + 1),
                    about.visible != calamine.SheetVisibleEnum.Visible,
                    merged=merged,
                    hidden_rows=marks.hidden_rows,
                    hidden_columns=marks.hidden_columns,
                    from_1904=book.from_1904,
                    unseen=not book.known,
                )
            )
    except calamine.PasswordError as error:
        raise Trouble("intake.password_needed", file=filename) from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError, MemoryError) as error:
        raise Trouble("intake.damaged", file=filename) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader's Rust side reports what it can't bear
            raise
        raise Trouble("intake.damaged", file=filename) from error
    return tuple(sheets)


def _write_in(marks: sheetxml.Marks, rows: list[list[Any]]) -> None:
    """What the reader gives as empty and isn't, and what a format shows beside a number."""
    for row, column in marks.broken:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = sheetxml.ERROR
    for row, column, shown in marks.shown:
        if row < len(rows) and column < len(rows[row]):
            value = rows[row][column]
            if type(value) in (int, float) and abs(value) < 10**_EXACT_DIGITS:
                rows[row][column] = shown(value)


def _refuse_spreads(content: bytes, filename: str) -> None:
    """Refuse a workbook that spreads few cells over a huge area."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_spread(archive.read(name), filename)
    except wrapped.BROKEN as error:
        raise Trouble("intake.damaged", file=filename) from error


def _refuse_spread(xml: bytes, filename: str) -> None:
    last = xml.rfind(b"<row ")
    found = re.match(rb'<row [^<>]*?r="(\d{1,9})"', xml[last : last + 400]) if last >= 0 else None
    height = int(found.group(1)) if found else 0
    width = _WIDTH_THREE_LETTERS if re.search(rb'r="[A-Z]{3}\d', xml) else _WIDTH_TWO_LETTERS
    if height * width <= _MOST_CELLS // 2:
        return
    columns = set(re.findall(rb'<c r="([A-Z]{1,3})', xml))
    if height * max((sheetxml.column_number(name) for name in columns), default=1) > _MOST_CELLS:
        raise Trouble("intake.too_spread", file=filename)
