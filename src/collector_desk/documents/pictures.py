"""Pictures on the page, two in a line."""

import io
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle
from reportlab.platypus import Image as PrintedImage

from collector_desk.documents.blocks import CODE, SMALL, para
from collector_desk.documents.evidence import DAMAGED, PRINTED_EDGE, printable, quiet
from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink
from collector_desk.documents.page import INNER
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


def pairs(ink: Ink, heading: Flowable, pictures: Sequence[tuple[bytes, str, str]]) -> list[Flowable]:
    """The heading and pictures two in a line, each with its caption and hash under it."""
    wide, high = INNER / 2 - 3 * mm, 62 * mm
    cells = []
    for data, caption, digest in pictures:
        image = PrintedImage(io.BytesIO(data), lazy=0)
        scale = min(wide / image.imageWidth, high / image.imageHeight)
        image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
        image.hAlign = "LEFT"
        cells.append([
            image, Spacer(1, 1 * mm), para(ink.line(caption), SMALL), para(ink.line(digest), CODE),
        ])  # fmt: skip
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), FACE, 9),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    story: list[Flowable] = []
    for start in range(0, len(cells), 2):
        row = [*cells[start : start + 2], ""][:2]
        table = Table([row], [INNER / 2] * 2, style=style, hAlign="LEFT")
        story.append(KeepTogether([heading, Spacer(1, 1 * mm), table] if start == 0 else [table]))
    return story
