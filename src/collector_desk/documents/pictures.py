"""Pictures on the page, two in a line."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, TableStyle
from reportlab.platypus import Image as PrintedImage

from collector_desk.documents.blocks import CODE, SMALL, Grid, para
from collector_desk.documents.evidence import DAMAGED, PRINTED_EDGE, printable, quiet
from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink
from collector_desk.documents.page import INNER
from collector_desk.documents.tagging import Part
from collector_desk.domain.message import Refused


def readable(data: bytes) -> bytes | None:
    """The picture as it may be printed, without EXIF; None where it can't be read as JPEG or PNG."""
    try:
        with quiet(), Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            if _is_fit(picture, data):
                picture.load()  # shows whether the rest of it can be read
                return data
    except DAMAGED:
        pass  # a PNG, or damaged: the careful way decides
    try:
        return printable(data)
    except Refused:
        return None


def _is_fit(picture: Image.Image, data: bytes) -> bool:
    """Whether it is a JPEG of printable size with nothing in it but the picture: then it goes in as it is."""
    extra = getattr(picture, "applist", [("?", b"")])
    return (
        picture.format == "JPEG"
        and picture.mode == "RGB"
        and max(picture.size) <= PRINTED_EDGE
        and all(name == "APP0" and body.startswith(b"JFIF") and len(body) < 20 for name, body in extra)
        and "comment" not in picture.info
        and data.endswith(b"\xff\xd9")
    )


class _Picture(PrintedImage):
    """A picture with the words that stand for it."""

    def __init__(self, data: bytes, alt: str, most_wide: float, most_high: float) -> None:
        super().__init__(io.BytesIO(data), lazy=0, hAlign="LEFT")
        scale = min(most_wide / self.imageWidth, most_high / self.imageHeight)
        self.drawWidth, self.drawHeight = self.imageWidth * scale, self.imageHeight * scale
        self.part = Part("Figure", alt=alt)

    def draw(self) -> None:
        """Draw it as the figure it is."""
        canvas: Any = self.canv  # ``page``'s own
        with canvas.figure(self.part, self.drawWidth, self.drawHeight):
            super().draw()


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture to print, the caption and hash under it, and the words for who does not see it."""

    data: bytes = field(repr=False)
    caption: str = field(repr=False)
    digest: str
    alt: str = field(repr=False)


def pairs(ink: Ink, heading: Flowable, pictures: Sequence[Shown]) -> list[Flowable]:
    """The heading and pictures two in a line, each with its caption and hash under it."""
    cells: list[list[Flowable]] = []
    for shown in pictures:
        picture = _Picture(shown.data, ink.line(shown.alt), INNER / 2 - 3 * mm, 62 * mm)
        caption, digest = para(ink.line(shown.caption), SMALL), para(ink.line(shown.digest), CODE)
        Part("Div", [picture.part, Part("Caption", [caption.part, digest.part])])
        cells.append([picture, Spacer(1, 1 * mm), caption, digest])
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), FACE, 9),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    story: list[Flowable] = []
    for start in range(0, len(cells), 2):
        row = [*cells[start : start + 2], []][:2]
        table = Grid([row], [1, 1], style=style)
        story.append(KeepTogether([heading, Spacer(1, 1 * mm), table] if start == 0 else [table]))
    return story
