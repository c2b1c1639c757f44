"""The places where people sign, and the seal's beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, TableStyle

from collector_desk.documents.blocks import CENTRED, FORM, LABEL, SMALL, VALUE, Grid, para
from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.page import GREY, INK, INNER, RULE
from collector_desk.documents.tagging import Part, artifact


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """One signature's place. ``lines`` stand under it; ``strokes`` run from 0 to 1000, y downwards; ``alt`` says
    in words what they show."""

    role: str
    name: str
    lines: Sequence[str]
    strokes: Sequence[Sequence[tuple[int, int]]] = ()
    stamp: str = ""
    alt: str = ""


class _Ink(Flowable):
    """The drawn signature, or words in its place, or the empty line it belongs on."""

    def __init__(self, strokes: Sequence[Sequence[tuple[int, int]]], stamp: str, alt: str) -> None:
        super().__init__()
        self._strokes, self._stamp = strokes, stamp
        self.part = Part("Figure", alt=alt) if strokes else Part("P") if stamp else None
        self.width, self.height = 70 * mm, 19 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The cell's width."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Lines scaled into the box, the base line under them."""
        canvas: Any = self.canv  # ``page``'s own
        with artifact(canvas):
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.line(0, 2.5 * mm, self.width, 2.5 * mm)
        if self.part and self._strokes:
            with canvas.figure(self.part, self.width, self.height):
                self._draw_strokes(canvas)
        elif self.part:
            with canvas.tags.content(canvas, self.part):
                canvas.setFont(FACE, 8)
                canvas.setFillColor(GREY)
                canvas.drawString(1 * mm, 4.2 * mm, self._stamp)

    def _draw_strokes(self, canvas: Any) -> None:
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


def signatures(ink: Ink, boxes: Sequence[SignatureBox], seal: str) -> Grid:
    """The boxes side by side and the empty place of the seal at their right."""
    cells: list[list[Any]] = []
    for box in boxes:
        cells.append([
            para(ink.line(box.role), LABEL),
            para(ink.line(cut(box.name, 60)), VALUE) if box.name else Spacer(1, VALUE.leading),
            _Ink(box.strokes, ink.line(box.stamp), ink.line(box.alt)),
            *(para(ink.line(line), SMALL) for line in box.lines),
        ])  # fmt: skip
        Part("Div", [one.part for one in cells[-1] if getattr(one, "part", None)])
    seal_width = 34 * mm
    cells.append([para(ink.line(seal), CENTRED)])
    wide = (INNER - seal_width) / len(boxes)
    style = [
        *FORM,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, -1), white),
        ("VALIGN", (-1, 0), (-1, -1), "BOTTOM"),
    ]
    return Grid([cells], [wide] * len(boxes) + [seal_width], style=TableStyle(style))
