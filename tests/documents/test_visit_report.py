"""The visit report: every field on the page as it was given, hostile text harmless, the same bytes each time."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest

from collector_desk.documents.letterhead import DocumentResult
from collector_desk.documents.visit_data import VisitReportData
from collector_desk.documents.visit_report import visit_report_pdf
from collector_desk.domain.book.money import format_money
from collector_desk.domain.visits.checks import VisitRules, check_report
from collector_desk.domain.visits.evidence import Printable
from collector_desk.domain.visits.steps import Review
from collector_desk.domain.visits.visit import Statement, Visitor, VisitOutcome, VisitReport
from collector_desk.words.messages import LANGUAGES, word
from tests.samples.ids import an_id
from tests.samples.visit_values import (
    AGENCY,
    a_plan,
    a_report,
    a_visit,
    evidence,
    photo,
    photos,
    with_report,
    words,
)

HOSTILE = (
    "<b>粗</b><font color='white'>x</font> &amp; <img src='file:///etc/passwd'/> =1+1 "
    "\u202e倒\u202c \x00\x1b[31m {y} %s"
)


@pytest.fixture
def make(fonts):
    def run(data: VisitReportData, lang: str = "zh_CN", agency=AGENCY) -> DocumentResult:
        return visit_report_pdf(data, lang, agency, words(lang), fonts)

    return run


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(result: DocumentResult) -> str:
    """All text of the document's pages, without heads, feet, watermark and spaces."""
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    assert len(reader.pages) == result.pages
    return squeezed("\n".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_stands_on_the_page(make, lang):
    data = a_visit()
    found = text_of(make(data, lang))
    report, plan, case = data.report, data.plan, data.cases[0]
    wanted = [
        data.number, data.debtor_name, case.bank, case.product, case.case_number, format_money(case.balance),
        plan.lead.name, plan.companion.name, plan.lead.badge, plan.companion.badge, plan.address,
        plan.authority_letter,
        data.request.requested_by_name, data.request.words, "2026-11-2310:02", "2026-11-2310:26", "2026-11-2309:20",
        "Asia/Shanghai(UTC+08:00)",
        report.recorded_where, report.met_words, report.consent_where, report.agreed_words, report.handed_over,
        report.next_step, "2026-11-26", "¥2,000.00", "2026-11-25", report.statements[0].text, data.made_by,
        data.chain_head, AGENCY.agency, AGENCY.hotline, AGENCY.address, "¥1,500.00", "138****4321",
        *report.said.split("\n"), *(item.caption for item in report.evidence), *(i.sha256 for i in report.evidence),
        *(word(m, lang) for m in (report.outcome, report.address, report.met, report.identified, report.entry,
                                  report.consent, report.arrears_reason, report.agreed, report.promise_channel)),
    ]  # fmt: skip
    assert [w for w in wanted if squeezed(w) not in found] == []
    assert make(data, lang).content_hash in found


def test_identity_and_card_numbers_are_masked_whatever_comes_in(make):
    data = a_visit()
    found = text_of(make(data))
    assert data.id_number not in found
    assert data.cases[0].account not in found
    assert "*1234" in found
    assert "*4567" in found


def test_the_same_content_gives_the_same_bytes(make, fonts):
    data = replace(a_visit(), photos=photos(a_report()))
    first = make(data)
    fonts.missing("龘")
    with fonts.ready("龘鑫淼"):
        pass
    assert make(data) == first
    assert make(replace(data, made_at=data.made_at + timedelta(seconds=1))).data != first.data


def test_pages_are_numbered_to_their_count(make):
    report = a_report(said="谈话内容。" * 9000)
    result = make(with_report(report))
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    assert len(reader.pages) > 15
    for number, page in enumerate(reader.pages, 1):
        assert f"第{number}页，共{len(reader.pages)}页" in squeezed(page.extract_text())


def everything_hostile(text: str) -> VisitReportData:
    item = replace(evidence(1), caption=text, indoors=True, indoors_reason=text)
    report = a_report(
        met_words=text, consent_where=text, recorded_where=text, said=text, agreed_words=text, handed_over=text,
        unusual=text, next_step=text, over_time_reason=text, outcome_reason=text, new_address=text,
        evidence=(item,), statements=(Statement("b" * 32, text, text),), minutes_inside=30,
    )  # fmt: skip
    plan = a_plan(address=text, authority_letter=text, companion=Visitor("b" * 32, text, text))
    data = a_visit()
    return replace(
        data, number=text, debtor_name=text, id_number=text, made_by=text, chain_head=text, plan=plan,
        report=report,
        request=replace(data.request, words=text, requested_by_name=text),
        cases=(replace(data.cases[0], bank=text, product=text, case_number=text, account=text),),
        findings=tuple(check_report(report, plan, VisitRules())),
        review=Review(False, "l" * 32, text, data.made_at, text),
        photos={item.evidence_id: Printable(photo(1))},
    )  # fmt: skip


def names_in(reader: pypdf.PdfReader) -> set[str]:
    """Every key of every dictionary and every name used as a value."""
    found: set[str] = set()

    def look(thing) -> None:
        if isinstance(thing, dict):
            attributes = {"/A"} if thing.get("/Type") == "/StructElem" else set()  # elsewhere an action
            found.update(thing.keys() - attributes)
            for value in thing.values():
                look(value)
        elif isinstance(thing, list):
            for value in thing:
                look(value)
        elif isinstance(thing, str) and thing.startswith("/"):
            found.add(thing)

    for number in range(1, reader.trailer["/Size"]):
        look(reader.get_object(number))
    return found


def test_hostile_text_in_every_field_is_only_text(make):
    agency = replace(AGENCY, agency=HOSTILE, hotline=HOSTILE, address=HOSTILE)
    result = make(everything_hostile(HOSTILE), agency=agency)
    found = text_of(result)
    assert "<b>粗</b><fontcolor='white'>x</font>&amp;<imgsrc='file:///etc/passwd'/>" in found
    assert "[U+202E]倒[U+202C]" in found
    assert "[U+0000][U+001B][31m" in found
    assert [w.code for w in result.warnings] == ["documents.characters_hidden"]
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    assert all("/Annots" not in page for page in reader.pages)
    for name in ("/JavaScript", "/JS", "/Launch", "/URI", "/EmbeddedFile", "/OpenAction", "/AA", "/A"):
        assert name not in names_in(reader)


@pytest.mark.parametrize("text", ["长" * 100_000, "x" * 100_000, "\n" * 3_000, "a b\n" * 4_000])
def test_endless_fields_flow_over_the_pages(make, text):
    data = a_visit()
    result = make(with_report(a_report(said=text, unusual=text, next_step="好")))
    assert result.pages > 2
    assert text_of(make(data)) != ""


@pytest.mark.parametrize("text", ["长" * 5_000, "x" * 5_000])
def test_every_field_may_be_long_at_once(make, text):
    assert make(everything_hostile(text)).pages > 10


def test_rare_characters_print_or_are_named(make):
    result = make(a_visit(debtor_name="欧阳䶮𬒔𠮷🤔"))
    assert "欧阳䶮𬒔[U+20BB7][U+1F914]" in text_of(result)
    (warning,) = result.warnings
    assert warning.code == "documents.characters_missing"
    assert warning.params["characters"] == "U+1F914 U+20BB7"


def test_metadata_names_the_report_and_nobody(make):
    result = make(a_visit())
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    assert reader.metadata.title == "外访报告 WF-2026-11-00042 · V1"
    assert reader.metadata.author == AGENCY.agency
    xmp = reader.xmp_metadata
    assert xmp.dc_title == {"x-default": reader.metadata.title}
    about = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert a_visit().debtor_name not in about
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert pypdf.PdfReader(io.BytesIO(make(a_visit(), "en").data)).trailer["/Root"]["/Lang"] == "en"


def test_fonts_are_embedded_subsets_and_nothing_else_is_used(make):
    reader = pypdf.PdfReader(io.BytesIO(make(a_visit()).data))
    for page in reader.pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            assert re.fullmatch(r"/[A-Z]{6}\+NotoSansSC-Regular", font["/BaseFont"])
            assert "/FontFile2" in font["/FontDescriptor"]
            assert "/ToUnicode" in font


def test_an_archive_needs_no_more_than_is_in_the_file(make):
    root = pypdf.PdfReader(io.BytesIO(make(a_visit()).data)).trailer["/Root"]
    assert "<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data().decode()
    (intent,) = root["/OutputIntents"]
    assert intent.get_object()["/DestOutputProfile"]["/N"] == 3


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(make, tmp_path):
    (tmp_path / "r.pdf").write_bytes(make(replace(a_visit(), photos=photos(a_report()))).data)
    subprocess.run(["qpdf", "--check", tmp_path / "r.pdf"], check=True, capture_output=True)


@pytest.mark.parametrize("outcome", VisitOutcome)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_report_of_each_outcome_prints(make, lang, outcome):
    data = with_report(VisitReport(outcome))
    found = text_of(make(data, lang))
    for finding in data.findings:
        assert squeezed(words(lang)(finding.message.code, **finding.message.params)) in found
    assert squeezed(words(lang)("documents.not_signed")) in found


def test_a_signature_under_other_content_does_not_count(make):
    data = a_visit()
    assert "签署的是其他版本" not in text_of(make(data))
    changed = replace(data, report=replace(data.report, said="改过"))
    assert text_of(make(changed)).count("签署的是其他版本") == 2


def test_a_logo_that_can_not_be_read_is_said(make):
    result = make(a_visit(), agency=replace(AGENCY, logo=b"GIF89a"))
    assert [w.code for w in result.warnings] == ["documents.logo_unreadable"]


def test_only_photos_that_are_there_are_printed_and_every_one_is_listed(make):
    shown = {evidence(2).evidence_id: Printable(photo(2)), an_id("of another visit"): Printable(photo(1))}
    result = make(replace(a_visit(), photos=shown))
    reader = pypdf.PdfReader(io.BytesIO(result.data))
    assert sum(len(page.images) for page in reader.pages) == 1
    assert result.warnings == ()
    for number in (1, 2, 3):
        assert evidence(number).sha256 in text_of(result)


def test_a_third_visitor_has_a_box_of_their_own(make):
    plan = a_plan(third=Visitor("d" * 32, "钱第三"))
    found = text_of(make(replace(a_visit(), plan=plan), "zh_CN"))
    assert found.count("钱第三") == 2


def test_no_words_are_missing(make, caplog):
    for lang in LANGUAGES:
        make(everything_hostile("x"), lang)
    assert not [r for r in caplog.records if "words" in r.message]
