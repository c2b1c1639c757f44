"""A text-only visit report with the fonts cached: at most 150 ms; beside it the same words drawn bare."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))

from visit_samples import AGENCY, a_report, a_visit, evidence, font_folder, photos, with_report, words

from collector_desk.documents.fonts import FACE, FontBook
from collector_desk.documents.visit_report import visit_report_pdf


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    book = FontBook(font_folder())
    visit_report_pdf(a_visit(), "zh_CN", AGENCY, words("zh_CN"), book)
    return book


def test_report_text_only(benchmark: Callable[..., Any], fonts: FontBook) -> None:
    benchmark(visit_report_pdf, a_visit(), "zh_CN", AGENCY, words("zh_CN"), fonts)


def test_report_ten_photos(benchmark: Callable[..., Any], fonts: FontBook) -> None:
    report = a_report(evidence=tuple(evidence(n) for n in range(1, 11)))
    data = with_report(report, photos=photos(report))
    benchmark(visit_report_pdf, data, "zh_CN", AGENCY, words("zh_CN"), fonts)


def _bare(fonts: FontBook, text: str, pictures: list[bytes]) -> bytes:
    """The floor: the same words and pictures on a bare canvas, no layout, no checks."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    with fonts.ready(text):
        canvas = Canvas(file, invariant=1, initialFontName=FACE, pageCompression=1)
        for number, line in enumerate(text.split("\n")):
            if number % 45 == 0:
                canvas.showPage()
                canvas.setFont(FACE, 9)
            canvas.drawString(50, 780 - number % 45 * 16, line)
        for number, picture in enumerate(pictures):
            if number % 6 == 0:
                canvas.showPage()
            canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 50 + number % 6 * 120, 150, 110)
        canvas.save()
    return file.getvalue()


def _text(fonts: FontBook) -> str:
    import pypdf

    result = visit_report_pdf(a_visit(), "zh_CN", AGENCY, words("zh_CN"), fonts)
    pages = pypdf.PdfReader(io.BytesIO(result.data)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_floor_text_only(benchmark: Callable[..., Any], fonts: FontBook) -> None:
    benchmark(_bare, fonts, _text(fonts), [])


def test_floor_ten_photos(benchmark: Callable[..., Any], fonts: FontBook) -> None:
    report = a_report(evidence=tuple(evidence(n) for n in range(1, 11)))
    benchmark(_bare, fonts, _text(fonts), [photo.data for photo in photos(report)])
