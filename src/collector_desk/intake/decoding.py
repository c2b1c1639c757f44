"""From the bytes of a text file to its rows: which encoding, which separator, which line.

The text never lies in memory as a whole: it is decoded anew, a piece at a time, whenever it is gone through.
"""

import codecs
import csv
import io
import marshal
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collector_desk.domain.message import Trouble
from collector_desk.intake.joined import TextPart, parts_of
from collector_desk.intake.spool import Spool

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE = 64 * 1024
_PIECE = 1024 * 1024
_MARK = "\ufeff"
_HEAD = 12  # characters by which the first line is known again
_MOST_COLUMNS = 2000
_TAB_BESIDE = re.compile(r"(?<!\t)\t++(?=[,;|，])|(?<=[,;|，])\t++")
_QUOTED = re.compile(r'"[^"]*"?')
JOINED = " + "
"""Between the names of the encodings of files joined together."""
_NAMES = {"utf-8": "utf-8", "gb18030": "gb18030", "big5hkscs": "big5"}
_MOST_DAMAGE = 0.005  # share of characters that may be unreadable before the whole file is
_AFTER_ALL = "\x1e the text ends here \x1e"
csv.field_size_limit(512 * 1024 * 1024)  # a quote mark that is never closed swallows all that follows


class SourceText:
    """The text of a file, by its bytes and their encoding; what fits no character is U+FFFD."""

    def __init__(self, data: bytes, *parts: TextPart) -> None:
        self._data, self.parts = data, parts

    @classmethod
    def of(cls, data: bytes, codec: str) -> "SourceText":
        """All of it in one encoding."""
        return cls(data, TextPart(0, len(data), codec))

    def pieces(self) -> Iterator[str]:
        """All of it, a million bytes at a time."""
        for part in self.parts:
            decoder = codecs.getincrementaldecoder(part.codec)("replace")
            for start in range(part.start, part.stop, _PIECE):
                stop = min(start + _PIECE, part.stop)
                yield decoder.decode(self._data[start:stop], stop == part.stop)

    def _read(self) -> Iterator[str]:
        """Its lines as they are."""
        for part in self.parts:
            data = self._data if len(self.parts) == 1 else self._data[part.start : part.stop]
            yield from io.TextIOWrapper(io.BytesIO(data), part.codec, "replace", newline="")

    def lines(self) -> Iterator[str]:
        """Its lines with what ends them (LF, CR or both), as an editor counts them."""
        top = ""
        for line in self._read():
            if _MARK in line:  # also of files that were joined together, each with its own
                line = line.lstrip(_MARK)  # noqa: PLW2901
                before, mark, behind = line.rpartition(_MARK)
                if mark and top and behind.startswith(top):  # and the one before had no last line end
                    yield before.rstrip(_MARK) + "\n"
                    line = behind  # noqa: PLW2901
            top = top or line[:_HEAD].strip()
            yield line.replace("\x00", "\ufffd") if "\x00" in line else line

    def sample(self) -> str:
        """How it begins."""
        return next(self.pieces(), "")[:_SAMPLE]

    def damage(self) -> float:
        """The share of characters that can't be read."""
        bad = count = 0
        for piece in self.pieces():
            bad += piece.count("\ufffd") + piece.count("\x00")
            count += len(piece)
        return bad / max(count, 1)


def decode(data: bytes) -> tuple[SourceText, str]:
    """The text of a file and the name of its encoding.

    Bytes that fit no character become U+FFFD, so that their rows are set aside and the others go in. Of files
    joined together each part is read in its own. Raises Trouble where no encoding makes sense of the file.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return (_joined(data) if name == "utf-8-sig" else None) or _tolerant(data, name)
    sample = data[:_SAMPLE]
    if sample.count(0) * 20 > len(sample):  # two bytes a character, and no mark that says so
        wide = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return _tolerant(data, wide)
    if _is_utf8(data):
        return SourceText.of(data, "utf-8"), "utf-8"
    joined = _joined(data)
    if joined is not None:
        return joined
    utf8, chinese = SourceText.of(data, "utf-8"), SourceText.of(data, "gb18030")
    everyday = _everyday_share(chinese.sample()) > 0.8
    as_chinese = chinese.damage()
    if not (everyday and as_chinese == 0):
        as_utf8 = utf8.damage()
        # A long table of figures below a few Chinese headings is hardly damaged by either: the better reading wins.
        if as_utf8 < _MOST_DAMAGE and not (everyday and as_chinese < as_utf8):
            return utf8, "utf-8"
    if as_chinese < _MOST_DAMAGE and everyday:
        return chinese, "gb18030"
    traditional = SourceText.of(data, "big5hkscs")
    if traditional.damage() < _MOST_DAMAGE and _traditional_share(traditional.sample()) > 0.8:
        return traditional, "big5"
    from charset_normalizer import from_bytes

    guess = from_bytes(sample).best()
    if guess is None:
        raise Trouble("intake.encoding_unknown")
    return _tolerant(data, guess.encoding)


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _joined(data: bytes) -> tuple[SourceText, str] | None:
    """The text of files in different encodings joined together; None where it is of one."""
    if _is_utf8(data):
        return None
    parts = parts_of(data)
    if not parts:
        return None
    names = dict.fromkeys(_NAMES.get(part.codec, part.codec) for part in parts if part.codec in _NAMES)
    return SourceText(data, *parts), JOINED.join(names)


def _tolerant(data: bytes, encoding: str) -> tuple[SourceText, str]:
    text = SourceText.of(data, encoding)
    if text.damage() > _MOST_DAMAGE:
        raise Trouble("intake.encoding_unknown")
    return text, encoding.removesuffix("-sig")


def _everyday_share(text: str) -> float:
    """How much of the non-ASCII text is everyday Chinese: near 1 for GB text, about a half for Big5 misread."""
    special = [c for c in text if c > "\x7f"]
    known = sum(1 for c in special if c.encode("gb2312", "ignore"))
    return known / max(len(special), 1)


def _traditional_share(text: str) -> float:
    """How much of it is everyday traditional Chinese: the first level of Big5, as ``_everyday_share``."""
    special = [c for c in text if c > "\x7f"]
    known = sum(1 for c in special if b"\xa1" <= c.encode("big5", "ignore")[:1] <= b"\xc6")
    return known / max(len(special), 1)


def separator(text: str) -> str:
    """The character between the cells: the one that splits most of the first lines into equally many."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:60] if line.strip()]
    best, best_score = ",", 0
    for candidate in _SEPARATORS:
        # some programs put a tab beside each value so that a spreadsheet leaves it alone: that one parts nothing
        counts = [(_TAB_BESIDE.sub("", line) if candidate == "\t" else line).count(candidate) for line in lines]
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

    rows: Sequence[list[str]]
    lines: Sequence[int]
    widths: Sequence[int] | None
    loose: bool


def split_rows(text: SourceText) -> Split:
    """Cells of every line. Blank lines stay as empty rows, so that line numbers are those of an editor."""
    if not any(line.strip() for line in text.lines()):
        return Split([], [], [], loose=False)
    mark = separator(text.sample())
    found = _parsed(text, mark, loose=False)
    if found is None:  # a quote mark that is never closed, or more cells than the lines promise
        found = _parsed(text, mark, loose=True)
    if found is None:
        raise Trouble("intake.text_unreadable")
    return found


class _Fed:
    """Hands lines to the parser and remembers which of them its present row took."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.count = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.count += 1
            self.taken.append(line)
            yield line
        yield _AFTER_ALL  # a row of its own, unless a quote mark is still open


def _parsed(text: SourceText, mark: str, *, loose: bool) -> Split | None:
    width = _width(text, mark, quoted=not loose)
    if width > _MOST_COLUMNS:
        return None
    rows: Spool[list[str]] = Spool(_squeezed, _opened)
    starts, widths = array("L"), array("L")
    fed, line = _Fed(text.lines()), 1
    parser = csv.reader(fed, delimiter=mark, quoting=csv.QUOTE_NONE if loose else csv.QUOTE_MINIMAL)
    try:
        for row in parser:
            if not fed.taken:
                # past the lines' end, and what was said there is a row of its own: all quotes are closed
                return Split(rows, starts, widths if line == fed.count + 1 else None, loose)
            starts.append(line)
            line += 1
            if len(row) > width:
                return None
            said = fed.taken[0]
            if len(fed.taken) > 1:
                said = "".join(fed.taken)
                line += sum(cell.count("\n") for cell in row)
            if not loose and '"' in said:
                said = _QUOTED.sub("", said)
            widths.append(said.count(mark) + 1)
            row.extend([""] * (width - len(row)))  # a short row: the missing cells are empty
            rows.append(row)
            fed.taken.clear()
    except csv.Error:
        return None
    return None


def _squeezed(rows: list[list[str]]) -> bytes:
    return marshal.dumps(rows, 2)


def _opened(squeezed: bytes) -> list[list[str]]:
    rows: list[list[str]] = marshal.loads(squeezed)  # noqa: S302 -- our own bytes, which never leave the memory
    return rows


def _width(text: SourceText, mark: str, *, quoted: bool) -> int:
    """The most cells of any line; marks between quotes do not count where quotes count."""
    widest = 0
    for line in text.lines():
        count = line.count(mark)
        if count > widest:
            if quoted and '"' in line:
                count = _QUOTED.sub("", line).count(mark)
            widest = max(widest, count)
    return widest + 1
