"""A visit report of text only, fonts cached: at most 150 ms; of ten photos: at most 2.5 times drawing them bare."""

import io
from collections.abc import Callable

import pytest

from collector_desk.documents.fonts import FACE, FontBook
from collector_desk.documents.visit_data import VisitReportData
from collector_desk.documents.visit_report import visit_report_pdf
from tests.benchmarks.benchmark_tools import Spans, compare, say
from tests.samples.visit_values import AGENCY, a_report, a_visit, evidence, font_folder, photos, with_report, words

_ROUNDS = 15


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    book = FontBook(font_folder())
    visit_report_pdf(a_visit(), "zh_CN", AGENCY, words("zh_CN"), book)
    return book


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


def _ten_photos() -> VisitReportData:
    report = a_report(evidence=tuple(evidence(n) for n in range(1, 11)))
    return with_report(report, photos=photos(report))


@pytest.mark.parametrize(
    ("what", "make", "at_most"), [("of text only", a_visit, None), ("of ten photos", _ten_photos, 2.5)]
)
def test_a_report_and_its_floor(
    fonts: FontBook, what: str, make: Callable[[], VisitReportData], at_most: float | None
) -> None:
    data, text = make(), _text(fonts)
    pictures = list(data.photos.values())
    report, floor = Spans(), Spans()
    for _ in range(_ROUNDS):  # in turns, so that both meet the same machine
        floor.time(lambda: _bare(fonts, text, pictures))
        report.time(lambda: visit_report_pdf(data, "zh_CN", AGENCY, words("zh_CN"), fonts))
    compare(f"A report {what}", report, floor, at_most=at_most)
    say(f"A report {what}", report, at_most=None if pictures else 150)
    assert report.median > 0
