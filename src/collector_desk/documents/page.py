"""The sheet every document is printed on: letterhead, running head, foot with page numbers and code."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from collector_desk.documents.archive import archive_frame
from collector_desk.documents.fonts import FACE
from collector_desk.documents.letterhead import Letterhead

NAVY = HexColor("#17365d")
INK = HexColor("#1b1f24")
GREY = HexColor("#5a6472")
RULE = HexColor("#b8c1cc")
SHADE = HexColor("#f1f4f8")
ALERT = HexColor("#9c2b1b")
_FAINT = Color(0.09, 0.21, 0.37, alpha=0.045)
WIDTH, HEIGHT = A4
SIDE = 20 * mm
INNER = WIDTH - 2 * SIDE
_FOOT, _HEAD_FIRST, _HEAD_LATER = 33 * mm, 39 * mm, 24 * mm
LATER_HEIGHT = HEIGHT - _HEAD_LATER - _FOOT - 1  # room for the text of a page after the first
_CODE = 15 * mm
_MASK = 3  # of the code's eight patterns; trying all for the best costs more than laying out a page
rl_config.useA85 = 0  # no text armour around images and streams: a quarter smaller and faster


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the text on every page; all of it cleaned by the document's ``Ink`` already.

    ``code`` is the content of the QR code and the PDF's subject; ``foot`` are the small lines beside it. ``title``
    becomes the PDF's title: a number, never personal data. ``page_words`` is a pattern with {x} and {y}.
    """

    letterhead: Letterhead
    contact_line: str
    running: str
    watermark: str
    foot: Sequence[str]
    code: str
    title: str
    page_words: str
    lang: str
    made_at: datetime


def build(sheet: Sheet, story: list[Flowable]) -> tuple[bytes, int]:
    """Lay the story out and return the PDF with its number of pages. The font must be held ready by the caller."""
    file = io.BytesIO()
    makers: list[_NumberedCanvas] = []

    def canvas(filename: Any, **options: Any) -> Canvas:
        options |= {"initialFontName": FACE, "pdfVersion": (1, 7), "pageCompression": 1}
        maker = _NumberedCanvas(filename, sheet, **options)
        makers.append(maker)
        return maker

    template = BaseDocTemplate(
        file, pagesize=A4, invariant=1, lang="zh-CN" if sheet.lang == "zh_CN" else "en", title=sheet.title,
        author=sheet.letterhead.agency, subject=sheet.code, creator="Collector Desk", producer="Collector Desk",
    )  # fmt: skip
    template.addPageTemplates([_page("first", _HEAD_FIRST), _page("later", _HEAD_LATER)])
    try:
        template.build(story, canvasmaker=canvas)
    except LayoutError:
        # reportlab's words quote the text that did not fit: personal data, which may not reach a log
        raise RuntimeError("a part of the document does not fit on a page") from None
    return file.getvalue(), makers[-1].count


def _page(name: str, head: float) -> PageTemplate:
    frame = Frame(SIDE, _FOOT, INNER, HEIGHT - head - _FOOT, 0, 0, 0, 0, id=name)
    return PageTemplate(name, [frame], pagesize=A4, autoNextPageTemplate="later", onPage=_watermark)


def _watermark(canvas: Any, _template: Any) -> None:
    canvas.watermark()


class _NumberedCanvas(Canvas):
    """A canvas that knows the number of pages before it writes the first foot."""

    _doc: Any  # reportlab's, not in its published types
    _pageNumber: int  # noqa: N815
    _startPage: Callable[[], None]  # noqa: N815

    def __init__(self, filename: Any, sheet: Sheet, **options: Any) -> None:
        super().__init__(filename, **options)
        self._sheet = sheet
        self._kept: list[dict[str, Any]] = []
        self.count = 0
        archive_frame(self._doc, sheet.title, sheet.letterhead.agency, sheet.code, sheet.made_at)

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        """Keep the page until the count is known."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every kept page with its head and foot."""
        kept, self.count = self._kept, len(self._kept)
        self._code_form()
        for page in kept:
            count = self.count
            self.__dict__.update(page)
            self.count = count
            self._dress()
            super().showPage()
        super().save()

    def _code_form(self) -> None:
        """The QR code, drawn once and used on each page. Squares are joined to runs: fewer strokes, no seams."""
        matrix = segno.make(self._sheet.code, error="m", micro=False, mask=_MASK, boost_error=False).matrix
        size = _CODE / len(matrix)
        self.beginForm("code", 0, 0, _CODE, _CODE)
        path = self.beginPath()
        for row, line in enumerate(matrix):
            start = None
            for column, dark in enumerate([*line, 0]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    path.rect(start * size, _CODE - (row + 1) * size, (column - start) * size, size)
                    start = None
        self.setFillColor(INK)
        self.drawPath(path, stroke=0, fill=1)
        self.endForm()

    def _dress(self) -> None:
        sheet = self._sheet
        self.saveState()
        if self._pageNumber == 1:
            self._letterhead()
        else:
            self._write(SIDE, HEIGHT - 16 * mm, sheet.running, 8, GREY)
            self._write_right(HEIGHT - 16 * mm, sheet.letterhead.agency, 8, GREY)
            self._rule(HEIGHT - 18.5 * mm, 0.4, RULE)
        self._rule(_FOOT - 5 * mm, 0.4, RULE)
        self.saveState()
        self.translate(SIDE, _FOOT - 7 * mm - _CODE)
        self.doForm("code")
        self.restoreState()
        for number, line in enumerate(sheet.foot):
            self._write(SIDE + _CODE + 4 * mm, _FOOT - 9.5 * mm - number * 3.6 * mm, line, 6.5, GREY)
        pages = sheet.page_words.replace("{x}", str(self._pageNumber)).replace("{y}", str(self.count))
        self._write_right(_FOOT - 9.5 * mm, pages, 8.5, INK)
        self.restoreState()

    def _letterhead(self) -> None:
        head = self._sheet.letterhead
        left, top = SIDE, HEIGHT - 15 * mm
        if head.logo:
            image = ImageReader(io.BytesIO(head.logo))
            wide, high = image.getSize()
            scale = min(34 * mm / wide, 15 * mm / high)
            self.drawImage(image, left, top - high * scale + 1 * mm, wide * scale, high * scale, mask="auto")
            left += wide * scale + 5 * mm
        self.heavy(left, top - 6.5 * mm, head.agency, _fitting(head.agency, WIDTH - SIDE - left, 17), NAVY)
        contact = self._sheet.contact_line
        self._write(left, top - 12.5 * mm, contact, _fitting(contact, WIDTH - SIDE - left, 8), GREY)
        self._rule(top - 17 * mm, 1.4, NAVY)
        self._rule(top - 17.9 * mm, 0.4, NAVY)

    def heavy(self, x: float, y: float, text: str, size: float, color: Color) -> None:
        """Text drawn with a thin outline of its own colour: the font has one weight only."""
        writing = self.beginText(x, y)
        writing.setFont(FACE, size)
        self.setFillColor(color)
        self.setStrokeColor(color)
        self.setLineWidth(size * 0.028)
        writing.setTextRenderMode(2)
        writing.textOut(text)
        writing.setTextRenderMode(0)
        self.drawText(writing)

    def watermark(self) -> None:
        """Faint words across the page, under its text."""
        words = self._sheet.watermark
        self.saveState()
        self.translate(WIDTH / 2, HEIGHT / 2 - 5 * mm)
        self.rotate(52)
        self.setFillColor(_FAINT)
        self.setFont(FACE, _fitting(words, 235 * mm, 30))
        self.drawCentredString(0, 0, words)
        self.restoreState()

    def _write(self, x: float, y: float, text: str, size: float, color: Color) -> None:
        self.setFont(FACE, size)
        self.setFillColor(color)
        self.drawString(x, y, text)

    def _write_right(self, y: float, text: str, size: float, color: Color) -> None:
        self.setFont(FACE, size)
        self.setFillColor(color)
        self.drawRightString(WIDTH - SIDE, y, text)

    def _rule(self, y: float, thickness: float, color: Color) -> None:
        self.setStrokeColor(color)
        self.setLineWidth(thickness)
        self.line(SIDE, y, WIDTH - SIDE, y)


def _fitting(text: str, room: float, size: float) -> float:
    wide = stringWidth(text, FACE, size)
    return size if wide <= room else size * room / wide
