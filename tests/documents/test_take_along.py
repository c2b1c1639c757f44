"""The pack: one page a case however much is known, no text that acts, nothing of the debt where others look."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from collector_desk.documents.take_along import TakeAlongCase, TakeAlongPack, authority_letter_pdf, take_along_pdf
from collector_desk.words.messages import LANGUAGES
from tests.samples.visit_values import AGENCY, START, a_plan, a_visit, at, words


def a_case(**changes: object) -> TakeAlongCase:
    visit = a_visit()
    case = TakeAlongCase(
        number="K7M-V1042",
        debtor_name="朱雪彩",
        called="朱女士",
        looks="女，1982 年生",
        id_tail="0042",
        purpose=visit.request.purpose,
        address="武汉市江汉区示例路 25 号",
        place=visit.request.place,
        other_addresses=(),
        phones=("161****0042",),
        start=START,
        accounts=visit.cases,
        attempts=visit.request.attempts,
        broken=visit.request.broken_promises,
        promised="",
        last_note="",
    )
    return replace(case, **changes)


def a_pack(*cases: TakeAlongCase) -> TakeAlongPack:
    return TakeAlongPack(
        "K7M-P1001", "王前龙", a_plan().team, date(2026, 11, 23), "武汉市江汉区", cases or (a_case(),),
        "示例服务中心", "027-0000-0000", ("外访须两人同行。",), "周经理", at(-600), "授权书 12 号",
    )  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_fullest_case_still_stands_on_one_page(fonts, lang):
    visit = a_visit()
    full = a_case(
        other_addresses=tuple(f"湖北省武汉市江汉区某某街道示例花园第 {n} 期 12 栋 3 单元" for n in range(9)),
        phones=tuple(f"161****{n:04d}" for n in range(9)),
        accounts=visit.cases * 6,
        attempts=visit.request.attempts * 20,
        broken=visit.request.broken_promises * 9,
        promised="承诺 2026-11-25 前还款 ¥2,000.00",
        last_note="很长的备注，" * 500,
        warnings=("弱势群体", "有异议", "申请分期"),
        address="长" * 2000,
    )
    result = take_along_pdf(a_pack(full, a_case()), lang, AGENCY, words(lang), fonts)
    assert len(pages_of(result.data)) == result.pages == 3


def test_equal_packs_are_equal_bytes_and_say_whose_they_are(fonts):
    result = take_along_pdf(a_pack(), "zh_CN", AGENCY, words("zh_CN"), fonts)
    assert result == take_along_pdf(a_pack(), "zh_CN", AGENCY, words("zh_CN"), fonts)
    sheet, case = pages_of(result.data)
    assert "王前龙" in sheet
    assert "朱**" in sheet
    assert "朱雪彩" not in sheet
    assert "朱雪彩" in case
    about = str(pypdf.PdfReader(io.BytesIO(result.data)).metadata)
    assert "朱雪彩" not in about


def test_hostile_text_is_printed_as_text(fonts):
    evil = "<b>x</b>\u202e&amp;\x07=1+1"
    case = a_case(debtor_name=evil, called=evil, last_note=evil, address=evil, warnings=(evil,))
    result = take_along_pdf(a_pack(case), "en", AGENCY, words("en"), fonts)
    page = pages_of(result.data)[1]
    assert "<b>x</b>[U+202E]&amp;[U+0007]=1+1" in page.replace("\n", "")
    assert result.warnings


def test_the_letter_is_one_neutral_page(fonts):
    result = authority_letter_pdf(a_pack(), "zh_CN", AGENCY, words("zh_CN"), fonts)
    (page,) = pages_of(result.data)
    for name in ("王前龙", "授权书 12 号", "2026-11-23"):
        assert name in page
    for private in ("朱", "0042", "T2611", "专人专用", "债"):
        assert private not in page
