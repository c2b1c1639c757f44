"""From the bytes of a text file to its rows: which encoding, which separator, which line."""

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from collector_desk.domain.message import Trouble

if TYPE_CHECKING:
    import pandas as pd

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE = 64 * 1024
_MOST_COLUMNS = 2000
_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r'"[^"]*"?')
_MOST_DAMAGE = 0.005  # share of characters that may be unreadable before the whole file is


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Bytes that fit no character become U+FFFD, so that their rows are set aside and the others go in.
    Raises Trouble where no encoding makes sense of the file.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _tolerant(data, name)
    sample = data[:_SAMPLE]
    if sample.count(0) * 20 > len(sample):  # two bytes a character, and no mark that says so
        wide = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return _tolerant(data, wide)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    utf8, chinese = data.decode("utf-8", "replace"), data.decode("gb18030", "replace")
    everyday = _everyday_share(chinese[:_SAMPLE]) > 0.8
    # A long table of figures below a few Chinese headings is hardly damaged by either: the better reading wins.
    if _damage(utf8) < _MOST_DAMAGE and not (everyday and _damage(chinese) < _damage(utf8)):
        return utf8, "utf-8"
    if _damage(chinese) < _MOST_DAMAGE and everyday:
        return chinese, "gb18030"
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    if guess is None:
        raise Trouble("intake.encoding_unknown")
    return _tolerant(data, guess.encoding)


def _tolerant(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    if _damage(text) > _MOST_DAMAGE:
        raise Trouble("intake.encoding_unknown")
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig")


def _damage(text: str) -> float:
    return (text.count("\ufffd") + text.count("\x00")) / max(len(text), 1)


def _everyday_share(text: str) -> float:
    """How much of the non-ASCII text is everyday Chinese: near 1 for GB text, about a half for Big5 misread."""
    special = [c for c in text if c > "\x7f"]
    known = sum(1 for c in special if c.encode("gb2312", "ignore"))
    return known / max(len(special), 1)


def separator(text: str) -> str:
    """The character between the cells: the one that splits most of the first lines into equally many."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:60] if line.strip()]
    best, best_score = ",", 0
    for candidate in _SEPARATORS:
        counts = [line.count(candidate) for line in lines]
        usual = max(counts, key=counts.count, default=0) if counts else 0
        widest = max(counts, default=0)
        score = max(usual * counts.count(usual), widest) if counts else 0
        if score > best_score:
            best, best_score = candidate, score
    return best


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of a text: their cells, the line each begins at, how many cells each really has (short ones are
    filled up; None if unknown), and whether quote marks had to be taken as text."""

    rows: list[list[str]]
    lines: list[int]
    widths: list[int] | None
    loose: bool


def split_rows(text: str) -> Split:
    """Cells of every line. Blank lines stay as empty rows, so that line numbers are those of an editor."""
    if not text.strip():
        return Split([], [], [], loose=False)
    text = text.replace("\x00", "\ufffd")  # the parser would stop at it
    mark = separator(text)
    if not mark.isascii():  # the parser takes one byte
        text, mark = text.replace("\x1f", "\ufffd").replace(mark, "\x1f"), "\x1f"
    frame = _frame(text, mark, _width(text, mark, quoted=True), csv.QUOTE_MINIMAL)
    loose = frame is None
    if frame is None:  # a quote mark that is never closed, or more cells than the lines promise
        frame = _frame(text, mark, _width(text, mark, quoted=False), csv.QUOTE_NONE)
    if frame is None:
        raise Trouble("intake.text_unreadable")
    rows: list[list[str]] = frame.to_numpy(dtype=object).tolist()
    starts = []
    line = 1
    for row in rows:
        starts.append(line)
        line += 1
        for index, cell in enumerate(row):
            if type(cell) is not str:
                row[index] = ""  # a short row: the missing cells are empty
                continue
            if "\n" in cell:
                line += cell.count("\n")
            if mark == "\x1f" and mark in cell:
                row[index] = cell.replace(mark, "，")
    return Split(rows, starts, _widths(text, mark, starts, line, loose=loose), loose)


def _widths(text: str, mark: str, starts: list[int], end: int, *, loose: bool) -> list[int] | None:
    """How many cells the lines of each row really hold; None where lines and rows don't agree."""
    lines = _LINE_END.split(text)
    if not lines[-1]:
        lines.pop()
    if end != len(lines) + 1:
        return None
    widths = []
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        line = lines[start - 1] if after == start + 1 else "\n".join(lines[start - 1 : after - 1])
        if not loose and '"' in line:
            line = _QUOTED.sub("", line)
        widths.append(line.count(mark) + 1)
    return widths


def _width(text: str, mark: str, *, quoted: bool) -> int:
    """The most cells of any line; marks between quotes do not count where quotes count."""
    widest = 0
    for line in text.splitlines():
        count = line.count(mark)
        if count > widest:
            if quoted and '"' in line:
                count = _QUOTED.sub("", line).count(mark)
            widest = max(widest, count)
    return widest + 1


def _frame(text: str, mark: str, width: int, quoting: "Literal[0, 3]") -> "pd.DataFrame | None":
    import pandas as pd

    if width > _MOST_COLUMNS:
        return None
    try:
        return pd.read_csv(
            io.StringIO(text, newline=""),
            sep=mark,
            header=None,
            names=range(width),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            quoting=quoting,
            engine="c",
            low_memory=False,
        )
    except pd.errors.ParserError:
        return None
