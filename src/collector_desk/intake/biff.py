"""What the reader of sheets leaves out of an old .xls file: the same marks as ``sheetxml`` finds in an xlsx.

The file is a row of records, each with its kind and length; only those named here are looked into.
"""

import io
import struct
from collections.abc import Iterator, Mapping

from collector_desk.intake.formats import Shown, shown_by
from collector_desk.intake.sheetxml import Marks

_BOF, _EOF, _FORMULA, _DATE_MODE, _COLUMNS = 0x0809, 0x000A, 0x0006, 0x0022, 0x007D
_SHEET, _MANY, _STYLE, _NUMBER, _ERROR, _ROW, _RK, _FORMAT = (
    0x0085, 0x00BD, 0x00E0, 0x0203, 0x0205, 0x0208, 0x027E, 0x041E,
)  # fmt: skip
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_HEAD = struct.Struct("<HH")


class OldBook:
    """An xls file of 1997 and later opened for its marks. ``known``: whether it is one; of others, say so."""

    def __init__(self, content: bytes) -> None:
        self.known = False
        self.from_1904 = False
        self._stream = _workbook(content)
        self._places: dict[str, int] = {}
        self._telling: dict[int, Shown] = {}
        codes: dict[int, str] = {}
        styles = 0
        for kind, start, length in _records(self._stream, 0):
            data = self._stream[start : start + length]
            if kind == _BOF:
                self.known = length >= 2 and data[:2] == b"\x00\x06"
                if not self.known:
                    return
            elif kind == _DATE_MODE:
                self.from_1904 = data[:1] == b"\x01"
            elif kind == _SHEET and length > 8:
                self._places[_text(data[6:], wide=False)] = int.from_bytes(data[:4], "little")
            elif kind == _FORMAT and length > 5:
                codes[int.from_bytes(data[:2], "little")] = _text(data[2:], wide=True)
            elif kind == _STYLE and length >= 4:
                shown = shown_by(codes.get(int.from_bytes(data[2:4], "little"), ""))
                if shown is not None:
                    self._telling[styles] = shown
                styles += 1

    def marks(self, sheet: str) -> Marks:
        """The marks of one sheet."""
        start = self._places.get(sheet)
        return Marks() if start is None else _of_sheet(self._stream, start, self._telling)


def _of_sheet(stream: bytes, start: int, telling: Mapping[int, Shown]) -> Marks:
    broken: list[tuple[int, int]] = []
    hidden_rows = 0
    columns: set[int] = set()
    shown: list[tuple[int, int, Shown]] = []
    for kind, at, length in _records(stream, start):
        if kind == _ROW and length >= 14:
            hidden_rows += bool(stream[at + 12] & _HIDDEN_ROW)
        elif kind == _COLUMNS and length >= 10 and stream[at + 8] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", stream, at)
            columns.update(range(first, min(last, 255) + 1))
        elif kind in (_ERROR, _FORMULA, _NUMBER, _RK) and length >= 8:
            row, column, style = struct.unpack_from("<HHH", stream, at)
            if (kind == _ERROR and stream[at + 7] == 1) or (
                kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2
            ):
                broken.append((row, column))
            elif style in telling:
                shown.append((row, column, telling[style]))
        elif kind == _MANY and length >= 6 and telling:
            row, column = struct.unpack_from("<HH", stream, at)
            for number in range((length - 6) // 6):
                (style,) = struct.unpack_from("<H", stream, at + 4 + number * 6)
                if style in telling:
                    shown.append((row, column + number, telling[style]))
    return Marks(tuple(broken), hidden_rows, frozenset(columns), shown)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of every record up to the end of its part of the file."""
    while at + 4 <= len(stream):
        kind, length = _HEAD.unpack_from(stream, at)
        at += 4
        if kind == _EOF or at + length > len(stream):
            return
        yield kind, at, length
        at += length


def _text(data: bytes, *, wide: bool) -> str:
    """A text with its length before it, of one or two bytes (``wide``), then whether its letters take two."""
    size = 2 if wide else 1
    length, flags = int.from_bytes(data[:size], "little"), data[size]
    letters = data[size + 1 :]
    return letters[: length * 2].decode("utf-16-le", "replace") if flags & 1 else letters[:length].decode("latin-1")


def _workbook(content: bytes) -> bytes:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return bytes(ole.openstream("Workbook").read()) if ole.exists("Workbook") else b""
    except (
        OSError,
        ValueError,
        IndexError,
        TypeError,
        AttributeError,
        struct.error,
    ):  # of whatever is no such file
        return b""
