"""The sheet every document is printed on: letterhead, running head, foot with page numbers and code."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from collector_desk.documents.archive import archive_frame
from collector_desk.documents.fonts import FACE
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import Letterhead, Words
from collector_desk.documents.tagging import Part, Tags, artifact, parts_of
from collector_desk.documents.typeset import width_of

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
class SheetWords:
    """The sheet's own words: ``page`` is a pattern with {x} and {y}; the others say what logo and QR code show."""

    page: str
    logo: str
    code: str


def sheet_words(ink: Ink, words: Words, agency: str, code: str) -> SheetWords:
    """The sheet's words in the document's language."""
    return SheetWords(
        page=ink.line(words("documents.page", x="{x}", y="{y}")),
        logo=ink.line(words("documents.alt_logo", agency=cut(agency, 60))),
        code=ink.line(words("documents.alt_code", content=code)),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the text on every page; all of it cleaned by the document's ``Ink`` already.

    ``code`` is the content of the QR code and the PDF's subject; ``foot`` are the small lines beside it. ``title``
    becomes the PDF's title: a number, never personal data.
    """

    letterhead: Letterhead
    contact_line: str
    running: str
    watermark: str
    foot: Sequence[str]
    code: str
    title: str
    words: SheetWords
    lang: str
    made_at: datetime
    root: str = ""
    """The line under the page number with the store's root key."""


def root_line(ink: Ink, words: Words, agency: Letterhead) -> str:
    """What a page says of the store's root key: whoever has two papers of a store can compare."""
    return ink.line(words("documents.root", root=agency.root)) if agency.root else ""


def build(sheet: Sheet, story: list[Flowable]) -> tuple[bytes, int]:
    """Lay the story out and return the PDF with its number of pages. The font must be held ready by the caller."""
    file = io.BytesIO()
    makers: list[_NumberedCanvas] = []
    parts = list(parts_of(story))

    def canvas(filename: Any, **options: Any) -> Canvas:
        options |= {"initialFontName": FACE, "pdfVersion": (1, 7), "pageCompression": 1}
        maker = _NumberedCanvas(filename, sheet, parts, **options)
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
    return PageTemplate(name, [frame], pagesize=A4, autoNextPageTemplate="later", onPage=_begin)


def _begin(canvas: Any, _template: Any) -> None:
    canvas.begin()


class _NumberedCanvas(Canvas):
    """A canvas that knows the number of pages before it writes the first foot, and keeps the document's structure.

    The letterhead on the first page and the foot on the last are read as content; on other pages they repeat.
    """

    _doc: Any  # reportlab's, not in its published types
    _pageNumber: int  # noqa: N815
    _startPage: Callable[[], None]  # noqa: N815

    def __init__(self, filename: Any, sheet: Sheet, parts: list[Part], **options: Any) -> None:
        super().__init__(filename, **options)
        self.tags = Tags()
        self._sheet, self._parts = sheet, parts
        self._kept: list[dict[str, Any]] = []
        self._head: list[Part] = []
        self._foot: list[Part] = []
        self.count = 0
        archive_frame(self._doc, sheet.title, sheet.letterhead.agency, sheet.code, sheet.made_at)

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        """Keep the page until the count is known."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every kept page with its foot, then the structure of them all."""
        kept, self.count = self._kept, len(self._kept)
        self._code_form()
        for page in kept:
            count = self.count
            self.__dict__.update(page)
            self.count = count
            self._finish()
            super().showPage()
        self.tags.write(self._doc, [*self._head, *self._parts, *self._foot])
        super().save()

    def begin(self) -> None:
        """What a page begins with: the faint words under its text, the letterhead or the running head."""
        sheet = self._sheet
        self.saveState()
        if sheet.watermark:
            with artifact(self, "Pagination", "Watermark"):
                self._watermark()
        if self._pageNumber == 1:
            self._letterhead()
        else:
            with artifact(self, "Pagination", "Header"):
                self._write(SIDE, HEIGHT - 16 * mm, sheet.running, 8, GREY)
                self._write_right(HEIGHT - 16 * mm, sheet.letterhead.agency, 8, GREY)
                self._rule(HEIGHT - 18.5 * mm, 0.4, RULE)
        self.restoreState()

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

    def _finish(self) -> None:
        sheet = self._sheet
        self.saveState()
        with artifact(self, "Pagination", "Footer"):
            self._rule(_FOOT - 5 * mm, 0.4, RULE)
            pages = sheet.words.page.replace("{x}", str(self._pageNumber)).replace("{y}", str(self.count))
            self._write_right(_FOOT - 9.5 * mm, pages, 8.5, INK)
            if sheet.root:
                self._write_right(_FOOT - 13.5 * mm, sheet.root, 6.5, GREY)
        if self._pageNumber == self.count:
            self._last_foot()
        else:
            with artifact(self, "Pagination", "Footer"):
                self._put_code()
                for number, line in enumerate(sheet.foot):
                    self._foot_line(number, line)
        self.restoreState()

    def _last_foot(self) -> None:
        bottom = _FOOT - 7 * mm - _CODE
        code = Part("Figure", alt=self._sheet.words.code, attributes=_box(SIDE, bottom, _CODE, _CODE))
        with self.tags.content(self, code):
            self._put_code()
        self._foot.append(code)
        for number, line in enumerate(self._sheet.foot):
            with self._said(self._foot):
                self._foot_line(number, line)

    @contextmanager
    def _said(self, where: list[Part]) -> Iterator[None]:
        """A line of the letterhead or the foot that is read."""
        where.append(Part("P"))
        with self.tags.content(self, where[-1]):
            yield

    def _put_code(self) -> None:
        self.saveState()
        self.translate(SIDE, _FOOT - 7 * mm - _CODE)
        self.doForm("code")
        self.restoreState()

    def _foot_line(self, number: int, line: str) -> None:
        self._write(SIDE + _CODE + 4 * mm, _FOOT - 9.5 * mm - number * 3.6 * mm, line, 6.5, GREY)

    def _letterhead(self) -> None:
        head = self._sheet.letterhead
        left, top = SIDE, HEIGHT - 15 * mm
        if head.logo:
            image = ImageReader(io.BytesIO(head.logo))
            scale = min(34 * mm / image.getSize()[0], 15 * mm / image.getSize()[1])
            wide, high = (side * scale for side in image.getSize())
            bottom = top - high + 1 * mm
            logo = Part("Figure", alt=self._sheet.words.logo, attributes=_box(left, bottom, wide, high))
            with self.tags.content(self, logo):
                self.drawImage(image, left, bottom, wide, high, mask="auto")
            self._head.append(logo)
            left += wide + 5 * mm
        with self._said(self._head):
            self.heavy(left, top - 6.5 * mm, head.agency, _fitting(head.agency, WIDTH - SIDE - left, 17), NAVY)
        if contact := self._sheet.contact_line:
            with self._said(self._head):
                self._write(left, top - 12.5 * mm, contact, _fitting(contact, WIDTH - SIDE - left, 8), GREY)
        with artifact(self):
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

    def figure(self, part: Part, width: float, height: float) -> AbstractContextManager[None]:
        """What is drawn inside, up to this size, is the part's picture."""
        left, bottom = self.absolutePosition(0, 0)
        part.attributes = _box(left, bottom, width, height)
        return self.tags.content(self, part)

    def _watermark(self) -> None:
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
    wide = width_of(text, size)
    return size if wide <= room else size * room / wide


def _box(left: float, bottom: float, width: float, height: float) -> str:
    """Where a figure stands on its page, in points from the lower left."""
    return f"/O/Layout/Placement/Block/BBox[{left:.2f} {bottom:.2f} {left + width:.2f} {bottom + height:.2f}]"
