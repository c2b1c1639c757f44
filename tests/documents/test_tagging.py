"""What a voice reads of our PDFs: everything, once, in the order of the page, and nothing that decorates."""

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise

import pytest

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.incident import incident_pdf
from collector_desk.documents.recovery_sheet import recovery_sheet_pdf
from collector_desk.documents.signing import new_identity, sign_pdf
from collector_desk.documents.take_along import authority_letter_pdf, take_along_pdf
from collector_desk.documents.visit_report import visit_report_pdf
from collector_desk.domain.visits.visit import Visitor, VisitOutcome, VisitReport, content_hash
from collector_desk.words.messages import LANGUAGES
from tests.documents.test_recovery_sheet import SHEET
from tests.documents.test_take_along import a_case, a_pack
from tests.documents.test_visit_report import HOSTILE, everything_hostile
from tests.samples.pdf_structure import Structure
from tests.samples.visit_values import (
    AGENCY,
    START,
    a_plan,
    a_report,
    a_visit,
    an_incident,
    at,
    evidence,
    photo,
    photos,
    with_report,
    words,
)

LOGO = replace(AGENCY, logo=photo(3, (400, 200)))


def report(fonts: FontBook, lang: str = "zh_CN", **changes: object) -> bytes:
    data = replace(a_visit(), photos=photos(a_report()), **changes)
    return visit_report_pdf(data, lang, LOGO, words(lang), fonts).data


def long_report(fonts: FontBook, lang: str) -> bytes:
    """Text, evidence and pictures over many pages."""
    mixed = "说明：The visitors said who they are, and why they came；随后告知全程录音录像。" * 12
    said = "\n".join(f"{n} {mixed}" for n in range(1, 20)) + "\n" + "plain words only " * 400
    filled = a_report(said=said, unusual=mixed, evidence=tuple(evidence(n) for n in range(1, 31)))
    plan = a_plan(third=Visitor("d" * 32, "钱第三"), address="示例路" * 66)
    data = with_report(filled, photos=photos(filled))
    return visit_report_pdf(replace(data, plan=plan), lang, LOGO, words(lang), fonts).data


def empty_report(fonts: FontBook, lang: str) -> bytes:
    data = with_report(VisitReport(VisitOutcome.NOT_CARRIED_OUT))
    return visit_report_pdf(data, lang, AGENCY, words(lang), fonts).data


def pack(fonts: FontBook, lang: str) -> bytes:
    long_name = a_case(debtor_name="欧阳" * 40, warnings=("有异议",), last_note="备注，" * 90)
    return take_along_pdf(a_pack(a_case(), long_name), lang, LOGO, words(lang), fonts).data


PAPERS = {
    "report": report,
    "long": long_report,
    "empty": empty_report,
    "pack": pack,
    "letter": lambda fonts, lang: authority_letter_pdf(a_pack(), lang, LOGO, words(lang), fonts).data,
    "incident": lambda fonts, lang: incident_pdf(an_incident(), lang, LOGO, words(lang), fonts).data,
    "recovery": lambda fonts, lang: recovery_sheet_pdf(SHEET, lang, AGENCY, words(lang), fonts).data,
}


@pytest.fixture(scope="module")
def made(fonts):
    """Every paper in both languages, read back."""
    return {(name, lang): Structure(make(fonts, lang)) for name, make in PAPERS.items() for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_the_structure_is_whole_and_in_order(made, name, lang):
    found = made[name, lang]
    assert found.faults == []
    assert found.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 -- pypdf's own kind of true
    assert found.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert found.root["/Lang"] == lang.replace("_", "-")
    assert "<pdfaid:conformance>A<" in found.root["/Metadata"].get_data().decode()
    assert found.document.elements()[0].kind in ("Figure", "P")  # the letterhead
    assert found.document.elements()[-1].kind == "P"  # the last line of the last foot
    assert len(list(found.document.all("H1"))) == 1


@pytest.mark.parametrize("text", [HOSTILE, "长" * 3_000, "x y " * 800, "\n" * 50, ""])
def test_whatever_the_fields_hold_the_structure_is_whole(fonts, text):
    data = everything_hostile(text)
    signed = tuple(
        replace(one, name=text, content_hash=content_hash(data.report, data.plan)) for one in data.signatures
    )
    agency = replace(LOGO, agency=text, address=text)
    found = Structure(visit_report_pdf(replace(data, signatures=signed), "en", agency, words("en"), fonts).data)
    assert found.faults == []
    assert all(len(one.raw["/Alt"]) < 400 for one in found.document.all("Figure"))


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_reader_reads_the_same(made, lang, tmp_path):
    for (name, language), found in made.items():
        if language == lang:
            found.reader.stream.seek(0)
            (tmp_path / name).write_bytes(found.reader.stream.read())
            told = subprocess.run(
                ["pdfinfo", "-enc", "UTF-8", "-struct-text", tmp_path / name], check=True, capture_output=True
            )
            assert told.stderr == b""
            text = re.findall(r'^ *"(.*)"$', told.stdout.decode(), re.MULTILINE)
            assert "".join(text) == found.document.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_come_in_the_order_of_the_form(made, lang):
    say = words(lang)
    wanted = [
        say(f"documents.{code}")
        for code in (
            "visit_title", "section_case", "section_visit", "section_met", "section_said", "section_agreed",
            "section_statements", "section_evidence", "section_findings", "section_signatures", "section_photos",
        )
    ]  # fmt: skip
    headings = [one.text for one in made["report", lang].document.all("H1", "H2")]
    assert headings == wanted
    assert [one.text for one in made["report", lang].document.all("H3")] == ["李备佳"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_has_its_words_in_the_papers_language(made, lang):
    signs = {
        "zh_CN": ("标识：", "手写签名：", "照片 ", "二维码："),
        "en": ("Logo: ", "Signature by hand: ", "Photo ", "QR code: "),
    }
    logo, signature, picture, code = signs[lang]
    alts = [one.raw["/Alt"] for one in made["report", lang].document.all("Figure")]
    assert alts[:2] == [logo + AGENCY.agency, signature + "王前龙"]  # the companion's is given by password
    assert [alt.startswith(picture) for alt in alts[2:-1]] == [True] * 3
    assert [alt.endswith(item.caption) for alt, item in zip(alts[2:-1], a_report().evidence, strict=True)] == [
        True
    ] * 3
    assert alts[-1].startswith(f"{code}CDV:WF-2026-11-00042:1:")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_broken_over_lines_and_pages_stays_one_and_keeps_its_spaces(made, lang):
    texts = [one.text for one in made["long", lang].document.all("P")]
    mixed = "说明：The visitors said who they are, and why they came；随后告知全程录音录像。" * 12
    for number in range(1, 20):
        assert f"{number} {mixed}" in texts
    plain = "".join(text for text in texts if set(text.split()) == {"plain", "words", "only"})
    assert plain == "plain words only " * 400


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_head_repeated_on_the_next_page_is_read_once(made, lang):
    table = next(
        t for t in made["long", lang].document.all("Table") if words(lang)("documents.evidence_hash") in t.text
    )
    rows = table.elements()
    assert [cell.kind for cell in rows[0].elements()] == ["TH"] * 5
    assert [row.elements()[0].text for row in rows[1:]] == [str(n) for n in range(1, 31)]
    assert len({row.start[0] for row in rows}) > 1  # or it shows nothing
    assert table.text.count(words(lang)("documents.evidence_hash")) == 1


@pytest.mark.parametrize("paragraphs", range(0, 44, 2))
def test_no_heading_and_no_row_stands_alone_at_a_pages_edge(fonts, paragraphs):
    """Whatever stands above it, so that over the runs each comes to the foot of a page."""
    said = "\n".join(["双方就还款安排进行了沟通。"] * paragraphs) or "无"
    filled = a_report(said=said, evidence=tuple(evidence(n) for n in range(1, 4 + paragraphs % 7)))
    data = with_report(filled, photos=dict(list(photos(filled).items())[:3]))
    found = Structure(visit_report_pdf(data, "zh_CN", LOGO, words("zh_CN"), fonts).data)
    assert found.faults == []
    for one, other in pairwise(found.document.elements()):
        if one.kind.startswith("H"):
            assert one.start[0] == other.start[0], one.text
    for table in found.document.all("Table"):
        rows = table.elements()
        pages = [row.start[0] for row in rows]
        if rows[0].elements()[1].kind == "TH":
            assert pages[0] == pages[1]
            assert len(rows) < 5 or pages[-1] == pages[-2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lists_are_lists(made, lang):
    lists = list(made["pack", lang].document.all("L"))
    assert [len(one.elements()) for one in lists] == [1, 6, 6, 4, 3, 5, 3, 5]
    for item in (item for one in lists for item in one.elements()):
        label, body = item.elements()
        assert label.text.strip() in "§□•"
        assert len(body.text) > 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_decorates_or_repeats_is_not_read(made, lang):
    found = made["long", lang]
    said = found.document.text
    assert words(lang)("documents.watermark") not in said
    assert re.search(r"第 \d+ 页|Page \d", said) is None
    assert said.count("SHA-256 ") <= 2  # the foot's is read on the last page alone
    assert said.count(AGENCY.agency) == 1


def test_the_signatures_field_has_its_place_and_words(fonts):
    signed = Structure(sign_pdf(report(fonts), new_identity(AGENCY.agency, START), at(310), "WF-2026-11-00042"))
    assert signed.faults == []
    (form,) = signed.document.all("Form")
    assert form.raw["/Alt"] == f"WF-2026-11-00042 · {AGENCY.agency} · Collector Desk"
    (field,) = signed.reader.pages[0]["/Annots"]
    assert field.get_object()["/TU"] == form.raw["/Alt"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_is_the_same_bytes(fonts, made, name, lang):
    stream = made[name, lang].reader.stream
    stream.seek(0)
    assert PAPERS[name](fonts, lang) == stream.read()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (rb"/Scope/Column", rb"/Scope/Colomn", "heads nothing"),
        (rb"/Alt<FEFF", rb"/Alx<FEFF", "without words"),
        (rb"/S/H2(?=.*?endobj)", rb"/S/H4", "no standard kind"),
        (rb"/S/TH", rb"/S/TX", "no standard kind"),
        (rb"/S/TD/P (\d+) 0 R/Pg (\d+) 0 R/K\[(\d+)\]", rb"/S/TD/P \1 0 R/Pg \2 0 R/X[\3]", "is not in the tree"),
        (rb"(/S/P/P \d)\d(?= 0 R/Pg)", rb"\g<1>0", "has another parent"),
        (rb"/Tabs /S", rb"/Tabs /R", "no place among the parents"),
        (rb"(/S/Document.*?/K\[.*?)(\d\d\d) 0 R (\d\d\d) 0 R", rb"\1\3 0 R \2 0 R", "is read after"),
        (rb"/S/Figure(/P \d+ 0 R/Pg \d+ 0 R/K\[)\d\]", rb"/S/Figure\g<1>9]", "stands twice in the tree"),
    ],
)
def test_the_checker_sees_what_is_wrong(fonts, old, new, fault):
    pdf = report(fonts)
    spoilt, count = re.subn(old, new, pdf, count=1, flags=re.DOTALL)
    assert count == 1
    assert len(spoilt) == len(pdf)
    assert any(fault in one for one in Structure(spoilt).faults)
