"""What a document's text is built of: headings, tables of facts, long text, lists, signature and seal boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, white
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.paraparser import ParaFrag

from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.page import ALERT, GREY, INK, INNER, NAVY, RULE, SHADE

_LONG, _MOST_LINES, _HALF, _HASH = 300, 9, 34, 60  # what is longer leaves its table cell and flows over the pages


def _style(name: str, size: float, leading: float, color: Color = INK, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=FACE, fontSize=size, leading=leading, textColor=color, **more)


BODY = _style("body", 9.5, 15, spaceAfter=1.2 * mm)
VALUE = _style("value", 9, 12.6)
LABEL = _style("label", 8.2, 12, GREY)
SMALL = _style("small", 7.4, 10.4, GREY)
CODE = _style("code", 6.4, 9.2, GREY)
CENTRED = _style("centred", 9, 13, GREY, alignment=TA_CENTER)
_CJK = {
    style.name: ParagraphStyle(style.name, style, wordWrap="CJK")
    for style in (BODY, VALUE, LABEL, SMALL, CODE, CENTRED)
}
_MOST_IN_CELL = 160
_FIRST_CJK = "\u2e80"


def para(text: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of plain text. It goes round reportlab's reader of markup altogether: nothing in it can be a tag,
    and no error of that reader can carry the text into a log."""
    look = ParaFrag(
        fontName=FACE, fontSize=style.fontSize, textColor=style.textColor, backColor=None, bold=0, italic=0, rise=0,
        greek=0, us_lines=[], link=[], text=text,
    )  # fmt: skip
    if any(c >= _FIRST_CJK for c in text):  # breaks between any two characters, as Chinese does
        style = _CJK[style.name]
    return Paragraph("", style, frags=[look])


def lines(ink: Ink, text: str, style: ParagraphStyle) -> list[Flowable]:
    """The lines of a cell, each a paragraph of its own."""
    return [para(ink.line(line), style) for line in text.split("\n")]


def _canvas(flowable: Flowable) -> Any:
    """The page being drawn on, which is ``page``'s own canvas."""
    return flowable.canv


class Heavy(Flowable):
    """One line in a heavier weight than the font has: outlined with its own colour."""

    def __init__(
        self, text: str, size: float, color: Color = NAVY, *, centred: bool = False, after: float = 0
    ) -> None:
        super().__init__()
        self._text, self._size, self._color, self._centred = text, size, color, centred
        self._lines: list[str] = []
        self.spaceAfter = after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the line where it is wider than the page."""
        self._width = width
        fits = stringWidth(self._text, FACE, self._size) <= width
        self._lines = [self._text] if fits else simpleSplit(self._text, FACE, self._size, width) or [""]
        return width, len(self._lines) * self._size * 1.4

    def draw(self) -> None:
        """Draw each line from the top."""
        for number, line in enumerate(self._lines):
            y = (len(self._lines) - number - 1) * self._size * 1.4 + self._size * 0.3
            x = (self._width - stringWidth(line, FACE, self._size)) / 2 if self._centred else 0
            _canvas(self).heavy(x, y, line, self._size, self._color)


class Section(Flowable):
    """A numbered section's heading over a thin rule."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.spaceBefore, self.spaceAfter = 4.2 * mm, 1.8 * mm
        self.keepWithNext = True

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as the page."""
        self._width = width
        return width, 6.2 * mm

    def draw(self) -> None:
        """A short bar, the words, the rule."""
        self.canv.setFillColor(NAVY)
        self.canv.rect(0, 1.9 * mm, 1.1 * mm, 3.6 * mm, stroke=0, fill=1)
        _canvas(self).heavy(2.8 * mm, 2.3 * mm, self._text, 10.8, NAVY)
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.4)
        self.canv.line(0, 0, self._width, 0)


def section(text: str) -> list[Flowable]:
    """A heading that never stands alone at the end of a page."""
    return [CondPageBreak(28 * mm), Section(text)]


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
        story += [_grid(ink, form)] if form else []
        story += [Spacer(1, 1.4 * mm), para(ink.line(row.label), LABEL), *long_text(ink, row.value)]
        form = []
    return story + ([_grid(ink, form)] if form else [])


def _grid(ink: Ink, rows: Sequence[Fact]) -> Table:
    cells: list[list[Any]] = []
    style = [*_FORM, ("BACKGROUND", (0, 0), (0, -1), SHADE)]
    half_open = False
    for row in rows:
        pair = [para(ink.line(row.label), LABEL), lines(ink, row.value, VALUE)]
        wide = row.wide or len(row.value) > _HALF or "\n" in row.value
        if half_open and not wide:
            cells[-1][2:] = pair
            half_open = False
            style.append(("BACKGROUND", (2, len(cells) - 1), (2, len(cells) - 1), SHADE))
            continue
        cells.append([*pair, "", ""])
        half_open = not wide
    style += [("SPAN", (1, number), (3, number)) for number, cell in enumerate(cells) if cell[2] == ""]
    label = 29 * mm
    return Table(cells, [label, INNER / 2 - label] * 2, style=TableStyle(style), hAlign="LEFT")


_FORM: list[tuple[Any, ...]] = [
    ("FONT", (0, 0), (-1, -1), FACE, 9),  # or the empty cells bring in Helvetica, which can't be embedded
    ("GRID", (0, 0), (-1, -1), 0.4, RULE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 2.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
]


def long_text(ink: Ink, text: str) -> list[Flowable]:
    """Text of any length, paragraph by paragraph."""
    return [para(part, BODY) if part.strip() else Spacer(1, 2 * mm) for part in ink.paragraphs(text)]


def listing(
    ink: Ink, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> list[Flowable]:
    """A table with a head repeated on every page, ``widths`` being shares of the line.

    A cell holds the beginning of a long text, the whole of which follows the table.
    """
    total = sum(widths)
    cells: list[list[Any]] = [[para(ink.line(head), LABEL) for head in heads]]
    story: list[Flowable] = []
    for number, row in enumerate(rows, 1):
        cells.append([_cell(ink, text) for text in row])
        for head, text in zip(heads, row, strict=True):
            if len(text) > _MOST_IN_CELL:
                story += [para(ink.line(f"{number} · {head}"), LABEL), *long_text(ink, text)]
    style = [*_FORM, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    columns = [INNER * share / total for share in widths]
    return [Table(cells, columns, repeatRows=1, style=TableStyle(style), hAlign="LEFT"), *story]


def columns(ink: Ink, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Table:
    """Lists of short lines side by side under their heads, in small print."""
    rows: list[list[Any]] = [
        [para(ink.line(head), LABEL) for head in heads],
        [[para(ink.line(line), SMALL) for line in cell] for cell in cells],
    ]
    style = [*_FORM, ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table(rows, [INNER / len(heads)] * len(heads), style=TableStyle(style), hAlign="LEFT")


def _cell(ink: Ink, text: str) -> list[Flowable]:
    return lines(ink, cut(text, _MOST_IN_CELL), VALUE if len(text) < _HASH else CODE)


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """One signature's place. ``lines`` stand under it; ``strokes`` run from 0 to 1000, y downwards."""

    role: str
    name: str
    lines: Sequence[str]
    strokes: Sequence[Sequence[tuple[int, int]]] = ()
    stamp: str = ""


class _Ink(Flowable):
    """The drawn signature, or the empty line it belongs on."""

    def __init__(self, strokes: Sequence[Sequence[tuple[int, int]]], stamp: str) -> None:
        super().__init__()
        self._strokes, self._stamp = strokes, stamp
        self.width, self.height = 70 * mm, 19 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The cell's width."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Lines scaled into the box, the base line under them."""
        canvas = self.canv
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(0, 2.5 * mm, self.width, 2.5 * mm)
        if self._stamp:
            canvas.setFont(FACE, 8)
            canvas.setFillColor(GREY)
            canvas.drawString(1 * mm, 4.2 * mm, self._stamp)
        scale = min(self.width, self.height * 3) / 1000
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.1)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for stroke in self._strokes:
            path = canvas.beginPath()
            for number, (x, y) in enumerate(stroke):
                point = (min(max(x, 0), 1000) * scale, self.height * (1 - min(max(y, 0), 1000) / 1000))
                (path.lineTo if number else path.moveTo)(*point)
            canvas.drawPath(path)


def signatures(ink: Ink, boxes: Sequence[SignatureBox], seal: str) -> Table:
    """The boxes side by side and the empty place of the seal at their right."""
    cells = []
    for box in boxes:
        words = [para(ink.line(line), SMALL) for line in box.lines]
        cells.append([
            para(ink.line(box.role), LABEL),
            para(ink.line(cut(box.name, 60)), VALUE),
            _Ink(box.strokes, ink.line(box.stamp)),
            *words,
        ])  # fmt: skip
    seal_width = 34 * mm
    cells.append([para(ink.line(seal), CENTRED)])
    wide = (INNER - seal_width) / len(boxes)
    style = [
        *_FORM,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, -1), white),
        ("VALIGN", (-1, 0), (-1, -1), "BOTTOM"),
    ]
    return Table([cells], [wide] * len(boxes) + [seal_width], style=TableStyle(style), hAlign="LEFT")


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
    return [Table([[para(ink.line(text), VALUE)]], [INNER], style=style, hAlign="LEFT", spaceAfter=1 * mm)]
