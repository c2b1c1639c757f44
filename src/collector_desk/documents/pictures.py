"""Pictures on their way into a document: read by content, reduced for paper, without place and time."""

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageOps
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle
from reportlab.platypus import Image as PrintedImage

from collector_desk.documents.blocks import CODE, SMALL, para
from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink
from collector_desk.documents.page import INNER

MOST_PIXELS = 60_000_000  # above any camera; a picture that claims more is an attack on the memory
_PRINTED_EDGE = 1400  # pixels of the longer edge: 300 dots an inch over half a page's width
_KINDS = ("JPEG", "PNG")


def readable(data: bytes) -> bytes | None:
    """The picture turned upright, reduced for paper, without EXIF; None where it can't be read as JPEG or PNG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged file must not also speak on the console
            with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (_PRINTED_EDGE, _PRINTED_EDGE))
                upright = ImageOps.exif_transpose(picture)
                clean = upright.convert("RGBA" if upright.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, ZeroDivisionError,
            AttributeError, MemoryError, OverflowError, Image.DecompressionBombError):  # fmt: skip
        return None  # what Pillow raises for damaged files is not one family
    if clean.mode == "RGBA":
        ground = Image.new("RGB", clean.size, "white")
        ground.paste(clean, mask=clean.getchannel("A"))
        clean = ground
    clean.thumbnail((_PRINTED_EDGE, _PRINTED_EDGE), Image.Resampling.BOX)
    file = io.BytesIO()
    clean.save(file, "JPEG", quality=82)
    return file.getvalue()


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
