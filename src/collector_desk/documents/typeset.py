"""Text set in lines. Each keeps the space it was broken at: what is copied or read aloud keeps its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.platypus import Flowable

from collector_desk.documents.fonts import FACE
from collector_desk.documents.tagging import Part, artifact

_FIRST_WIDE = "\u2e80"  # from here on a line may break between any two characters
_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』〕”’…—·,.;:?!)]}%％°℃～")
_NEVER_LAST = frozenset("（【《〈「『〔“‘([{¥￥$€£#")
_ASCENT = 0.88  # of the typeface's square, above the line the letters stand on
_LEAST = 2  # lines of a text that stay together at the foot and the head of a page


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set: sizes in points. ``indent`` is what hangs left of it, for a list's marks.

    ``shift``: which share of the free width stands before a line: half of it where it is centred, all of it where
    it is a figure under figures.
    """

    size: float
    leading: float
    color: Color
    after: float = 0
    shift: float = 0
    indent: float = 0


def width_of(text: str, size: float) -> float:
    """The width of a line in points, without the space at its end."""
    get, default = _widths()
    total: float = 0.001 * size * sum([get(ord(c), default) for c in text.rstrip(" ")])
    return total


def broken(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than ``width``. Joined together they are the text again."""
    if not text:
        return []
    get, default = _widths()
    room = width * 1000 / size + 0.01
    widths = [get(ord(c), default) for c in text]
    if sum(widths) <= room:
        return [text]
    lines: list[str] = []
    start = possible = 0
    used = 0.0
    for place, character in enumerate(text):
        if place > start and _may_break(text[place - 1], character):
            possible = place
        used += widths[place]
        while used > room and character != " " and place > start:
            end = possible if possible > start else place  # a word longer than the line breaks where it must
            lines.append(text[start:end])
            start = end
            used = sum(widths[start : place + 1])
    return [*lines, text[start:]]


def _widths() -> tuple[Callable[[int, float], float], float]:
    face = cast("Any", getFont(FACE)).face
    return face.charWidths.get, face.defaultWidth


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False  # a space hangs over the line's end
    if before == " ":
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before >= _FIRST_WIDE or after >= _FIRST_WIDE


class Lines(Flowable):
    """A text of one look, plain: nothing in it can be markup. ``mark`` stands before a list's item."""

    def __init__(self, text: str, look: Look, part: Part | None = None, mark: str = "") -> None:
        super().__init__()
        self.part = part or Part("P")
        self.text, self.look, self._mark = text, look, mark
        self.spaceAfter = look.after
        self._lines: list[str] = []
        self._set_for = -1.0
        self._drawn = False

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Set the lines, unless they are set for this width already."""
        if width != self._set_for:
            self._set_for = self.width = width
            self._lines = broken(self.text, self.look.size, width - self.look.indent)
            self.height = len(self._lines) * self.look.leading
        return self.width, self.height

    def least(self) -> float:
        """The height of what may not be parted from its beginning; ``wrap`` comes first."""
        count = len(self._lines)
        return (count if count <= _LEAST + 1 else _LEAST) * self.look.leading

    def split(self, width: float, height: float) -> "list[Flowable]":
        """What fits and the rest, neither of them a single line."""
        self.wrap(width, height)
        room = int(height / self.look.leading + 1e-6)
        count = len(self._lines)
        if room >= count:
            return [self]
        room = min(room, count - _LEAST)
        if room < _LEAST:
            return []
        first = Lines("".join(self._lines[:room]), self.look, self.part, self._mark)
        first.spaceAfter = 0
        return [first, Lines("".join(self._lines[room:]), self.look, self.part)]

    def draw(self) -> None:
        """Write the lines. Drawn again, as the head of a table's next page, it is no content any more."""
        if not self._lines:
            return
        canvas: Any = self.canv
        if self._drawn:
            with artifact(canvas, "Pagination"):
                self._write(canvas)
            return
        self._drawn = True
        if self._mark:
            self._item(canvas)
        else:
            with canvas.tags.content(canvas, self.part):
                self._write(canvas)

    def _item(self, canvas: Any) -> None:
        """A list's item: its mark in the label, its words in the body; ``part`` is the body's."""
        label = self.part.parent.kids[0] if self.part.parent else self.part
        assert isinstance(label, Part)  # ``items`` made it  # noqa: S101
        with canvas.tags.content(canvas, label):
            self._put(canvas, [self._mark + " "], 0)
        with canvas.tags.content(canvas, self.part):
            self._write(canvas)

    def _write(self, canvas: Any) -> None:
        self._put(canvas, self._lines, self.look.indent)

    def _put(self, canvas: Any, lines: list[str], left: float) -> None:
        look = self.look
        top = self.height - (look.leading - look.size) / 2 - _ASCENT * look.size
        canvas.setFillColor(look.color)
        writing = canvas.beginText(left, top)
        writing.setFont(FACE, look.size, look.leading)
        for number, line in enumerate(lines):
            if look.shift:
                offset = (self.width - width_of(line, look.size)) * look.shift
                writing.setTextOrigin(left + offset, top - number * look.leading)
            writing.textLine(line)
        canvas.drawText(writing)
