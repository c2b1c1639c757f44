"""What a document's text is built of: headings, tables of facts, long text, lists, notices.

Each block brings its part of the structure with it (``tagging``): what is seen and what is read aloud are one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table, TableStyle

from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.page import ALERT, GREY, INK, INNER, LATER_HEIGHT, NAVY, RULE, SHADE
from collector_desk.documents.tagging import COLUMN_HEAD, ROW_HEAD, Part, artifact, decorated
from collector_desk.documents.typeset import Lines, Look, broken, width_of

_LONG, _MOST_LINES, _HALF, _HASH = 300, 9, 34, 60  # what is longer leaves its table cell and flows over the pages
_LEAST = 12 * mm  # room under a heading, however short its first paragraph
_WHOLE = 62 * mm  # a table no higher than this goes on the next page rather than over two

BODY = Look(9.5, 15, INK, after=1.2 * mm)
VALUE = Look(9, 12.6, INK)
LABEL = Look(8.2, 12, GREY)
SMALL = Look(7.4, 10.4, GREY)
CODE = Look(6.4, 9.2, GREY)
CENTRED = Look(9, 13, GREY, shift=0.5)
FIGURE, FIGURE_LABEL = replace(VALUE, shift=1), replace(LABEL, shift=1)
ITEM = Look(9, 12.6, INK, indent=4.6 * mm)
SMALL_ITEM = Look(7.4, 10.4, GREY, indent=2.6 * mm)
_MOST_IN_CELL = 160


def para(text: str, look: Look) -> Lines:
    """A paragraph of plain text."""
    return Lines(text, look)


def lines(ink: Ink, text: str, look: Look) -> list[Lines]:
    """The lines of a cell, each a paragraph of its own."""
    return [para(ink.line(line), look) for line in text.split("\n")]


def items(ink: Ink, texts: Sequence[str], mark: str, look: Look = ITEM) -> list[Lines]:
    """A list, each item hanging beside its mark."""
    whole = Part("L", attributes=f"/O/List/ListNumbering/{'Square' if mark == '□' else 'Disc'}")
    story = []
    for text in texts:
        body = Part("LBody")
        whole.add(Part("LI", [Part("Lbl"), body]))
        story.append(Lines(ink.line(text), look, body, ink.line(mark)))
    return story


def _canvas(flowable: Flowable) -> Any:
    """The page being drawn on, which is ``page``'s own canvas."""
    return flowable.canv


class Heavy(Flowable):
    """Words in a heavier weight than the font has: outlined with their own colour. ``kind``: H1, H2, or P."""

    def __init__(
        self,
        text: str,
        size: float,
        color: Color = NAVY,
        *,
        kind: str = "H1",
        centred: bool = False,
        after: float = 0,
    ) -> None:
        super().__init__()
        self.part = Part(kind)
        self._text, self._size, self._color, self._centred = text, size, color, centred
        self._lines: list[str] = []
        self.spaceAfter = after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the line where it is wider than the page."""
        self._width = width
        self._lines = broken(self._text, self._size, width) or [""]
        return width, len(self._lines) * self._size * 1.4

    def draw(self) -> None:
        """Draw each line from the top."""
        canvas = _canvas(self)
        with canvas.tags.content(canvas, self.part):
            for number, line in enumerate(self._lines):
                y = (len(self._lines) - number - 1) * self._size * 1.4 + self._size * 0.3
                x = (self._width - width_of(line, self._size)) / 2 if self._centred else 0
                canvas.heavy(x, y, line, self._size, self._color)


class Section(Flowable):
    """A section's heading over a thin rule."""

    spaceBefore, spaceAfter = 4.2 * mm, 1.8 * mm  # noqa: N815 -- reportlab's names
    HEIGHT = 6.2 * mm

    def __init__(self, text: str, kind: str = "H2") -> None:
        super().__init__()
        self.part = Part(kind)
        self._text = text

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as the page."""
        self._width = width
        return width, self.HEIGHT

    def draw(self) -> None:
        """A short bar, the words, the rule."""
        canvas = _canvas(self)
        with artifact(canvas):
            canvas.setFillColor(NAVY)
            canvas.rect(0, 1.9 * mm, 1.1 * mm, 3.6 * mm, stroke=0, fill=1)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.4)
            canvas.line(0, 0, self._width, 0)
        with canvas.tags.content(canvas, self.part):
            canvas.heavy(2.8 * mm, 2.3 * mm, self._text, 10.8, NAVY)


class _Room(CondPageBreak):
    """Begins a new page where this one has no room for a heading and the beginning of what it heads."""

    def __init__(self, heading: float, under: Flowable) -> None:
        super().__init__(0)
        self._heading, self._under = heading, under

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure what must stand under the heading, then break or not."""
        self.height = self._needed(self.canv, width, height)
        size: tuple[float, float] = super().wrap(width, height)
        return size

    def _needed(self, canvas: Any, width: float, height: float) -> float:
        under = self._under
        if isinstance(under, _Room):  # a label follows the heading at once
            return self._heading + under._needed(canvas, width, height)
        under.wrapOn(canvas, width, height)
        return self._heading + max(under.least() if isinstance(under, (Lines, Grid)) else 0, _LEAST)


def section(text: str, content: Sequence[Flowable]) -> list[Flowable]:
    """A heading and what it heads; it never stands alone at the end of a page."""
    above = Section.spaceBefore + Section.HEIGHT + Section.spaceAfter
    return [_Room(above, content[0]), Section(text), *content]


def labelled(label: Lines, content: Sequence[Flowable]) -> list[Flowable]:
    """A small label over its text, on the same page."""
    return [_Room(label.look.leading, content[0]), label, *content]


class Grid(Table):
    """A table as wide as its place, its columns being shares of it; measured once for each width."""

    _width: float  # reportlab's, not in its published types
    _height: float
    _rowHeights: list[float]  # noqa: N815
    _nrows: int

    def __init__(self, data: Any, colWidths: Sequence[float], **options: Any) -> None:  # noqa: N803 -- reportlab's name
        # without the optimising, or rows beyond the page's end are not measured
        usual: dict[str, Any] = {"hAlign": "LEFT", "renderCB": decorated, "longTableOptimize": 0}
        super().__init__(data, colWidths, **(usual | options))
        self._shares = colWidths
        self._measured_for = -1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the cells, unless that is done for this width already."""
        if width != self._measured_for:
            self._measured_for = width
            total = sum(self._shares)
            self._argW = [width * share / total for share in self._shares]
            self._width_calculated_once = None  # or reportlab keeps what it measured first
            self._spanRects: dict[Any, Any] = {}
            super().wrap(width, height)
        return self._width, self._height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What fits and the rest, which is never the last row alone."""
        parts: list[Flowable] = super().split(width, height)
        heights, head = self._rowHeights, int(self.repeatRows)
        if len(parts) == 2 and cast("Grid", parts[1])._nrows == head + 1 and len(heights) > head + 3:
            parts = super().split(width, sum(heights[:-2]) + 0.01)
            parts.insert(1, CondPageBreak(LATER_HEIGHT))  # or reportlab goes on right below
        return parts

    def least(self) -> float:
        """The height of what may not be parted from its beginning; ``wrap`` comes first."""
        heights = self._rowHeights
        together: float = sum(heights) if sum(heights) <= _WHOLE else sum(heights[: int(self.repeatRows) + 2])
        return together


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; ``wide`` takes the whole line."""

    label: str
    value: str
    wide: bool = False


def facts(ink: Ink, rows: Sequence[Fact]) -> list[Flowable]:
    """A ruled form of labels and values, two in a line. A value too long for a cell stands in its place as text."""
    story: list[Flowable] = []
    form: list[Fact] = []
    for row in rows:
        if len(row.value) <= _LONG and row.value.count("\n") < _MOST_LINES:
            form.append(row)
            continue
        story += [_form(ink, form)] if form else []
        story += [Spacer(1, 1.4 * mm)] if story else []
        story += labelled(para(ink.line(row.label), LABEL), long_text(ink, row.value))
        form = []
    return story + ([_form(ink, form)] if form else [])


def _form(ink: Ink, rows: Sequence[Fact]) -> Grid:
    cells: list[list[Any]] = []
    table = Part("Table")
    style = [*FORM, ("BACKGROUND", (0, 0), (0, -1), SHADE)]
    half_open = False
    for row in rows:
        label, value = para(ink.line(row.label), LABEL), lines(ink, row.value, VALUE)
        # read as one row a fact, however they are set
        table.add(Part("TR", [_cell("TH", [label], ROW_HEAD), _cell("TD", value)]))
        wide = row.wide or len(row.value) > _HALF or "\n" in row.value
        if half_open and not wide:
            cells[-1][2:] = [label, value]
            half_open = False
            style.append(("BACKGROUND", (2, len(cells) - 1), (2, len(cells) - 1), SHADE))
            continue
        cells.append([label, value, "", ""])
        half_open = not wide
    style += [("SPAN", (1, number), (3, number)) for number, cell in enumerate(cells) if cell[2] == ""]
    label_width = 29 * mm
    return Grid(cells, [label_width, INNER / 2 - label_width] * 2, style=TableStyle(style))


FORM: list[tuple[Any, ...]] = [
    ("FONT", (0, 0), (-1, -1), FACE, 9),  # or the empty cells bring in Helvetica, which can't be embedded
    ("GRID", (0, 0), (-1, -1), 0.4, RULE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 2.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
]
_LISTED = [*FORM, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def _cell(kind: str, content: Sequence[Lines], attributes: str = "") -> Part:
    """A cell's part: its only paragraph itself, or around its paragraphs."""
    if len(content) == 1:
        part = content[0].part
        part.kind, part.attributes = kind, attributes
        return part
    return Part(kind, [one.part for one in content], attributes=attributes)


def long_text(ink: Ink, text: str) -> list[Flowable]:
    """Text of any length, paragraph by paragraph."""
    return [para(part, BODY) if part.strip() else Spacer(1, 2 * mm) for part in ink.paragraphs(text)]


def listing(
    ink: Ink,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    right: Collection[int] = (),
) -> list[Flowable]:
    """A table with a head repeated on every page, ``widths`` being shares of the line, ``right`` of figures.

    A cell holds the beginning of a long text, the whole of which follows the table.
    """
    cells: list[list[Any]] = [_heads(ink, heads, right)]
    looks = [FIGURE if place in right else VALUE for place in range(len(heads))]
    table = Part("Table", [Part("TR", [one.part for one in cells[0]])])
    story: list[Flowable] = []
    for number, row in enumerate(rows, 1):
        looked = ((look if len(text) < _HASH else CODE, text) for look, text in zip(looks, row, strict=True))
        cells.append([lines(ink, cut(text, _MOST_IN_CELL), look) for look, text in looked])
        table.add(Part("TR", [_cell("TD", cell) for cell in cells[-1]]))
        for head, text in zip(heads, row, strict=True):
            if len(text) > _MOST_IN_CELL:
                story += labelled(para(ink.line(f"{number} · {head}"), LABEL), long_text(ink, text))
    return [Grid(cells, widths, repeatRows=1, style=TableStyle(_LISTED)), *story]


def _heads(ink: Ink, heads: Sequence[str], right: Collection[int] = ()) -> list[Lines]:
    looks = (FIGURE_LABEL if place in right else LABEL for place in range(len(heads)))
    found = [para(ink.line(head), look) for head, look in zip(heads, looks, strict=True)]
    for one in found:
        _cell("TH", [one], COLUMN_HEAD)
    return found


def columns(ink: Ink, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Grid:
    """Lists of short lines side by side under their heads, in small print."""
    top = _heads(ink, heads)
    lists = [items(ink, cell, "•", SMALL_ITEM) for cell in cells]
    Part("Table", [
        Part("TR", [one.part for one in top]),
        Part("TR", [Part("TD", [one[0].part.top()]) for one in lists]),
    ])  # fmt: skip
    return Grid([top, lists], [1] * len(heads), style=TableStyle(_LISTED))


def notice(ink: Ink, text: str, *, alert: bool) -> list[Flowable]:
    """One finding as a line with a coloured edge."""
    if len(text) > _LONG:
        return long_text(ink, text)
    style = TableStyle([
        ("FONT", (0, 0), (-1, -1), FACE, 9),
        ("LINEBEFORE", (0, 0), (0, -1), 2.2, ALERT if alert else RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 7),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
    ])  # fmt: skip
    return [Grid([[[para(ink.line(text), VALUE)]]], [1], style=style, spaceAfter=1 * mm)]
