"""A report of 30 photos and 20 pages: every field as it was given, in the order of the form, nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from collector_desk.documents.visit_report import visit_report_pdf
from collector_desk.domain.book.money import Money, format_money
from collector_desk.domain.visits.checks import VisitRules, check_report
from collector_desk.domain.visits.steps import Review
from collector_desk.domain.visits.visit import (
    AddressFinding,
    PlaceKind,
    Signature,
    SignedHow,
    Statement,
    Visitor,
    VisitOutcome,
    content_hash,
)
from collector_desk.words.messages import LANGUAGES
from tests.samples.pdf_structure import Element, Structure
from tests.samples.visit_values import (
    AGENCY,
    a_plan,
    a_report,
    a_visit,
    at,
    evidence,
    photo,
    photos,
    strokes,
    words,
)

ADDRESS = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县示例镇示例大道 1234 号" + "示例花园第十二期" * 20
SAID = [f"第{n}段：" + "双方就还款安排进行了沟通。Both sides spoke of the way to pay." * 12 for n in range(1, 71)]
LONG = "授权书复印件一份；" * 40
NAME = "阿卜杜热西提·买买提吐尔逊·欧阳䶮𬒔" * 2


def the_fullest():
    """Every field of the form filled in, with long and rare ones among them."""
    items = tuple(
        replace(evidence(n), indoors=n % 5 == 0, indoors_reason="债务人要求拍下损坏的家具" if n % 5 == 0 else "")
        for n in range(1, 31)
    )
    report = a_report(
        outcome=VisitOutcome.BROKEN_OFF, outcome_reason="家属到场后气氛紧张", address=AddressFinding.NEW,
        new_address=ADDRESS, minutes_inside=25, over_time_reason="债务人要求多谈几分钟", said="\n".join(SAID),
        handed_over=LONG, unusual="门口有一条狗。", evidence=items, present=("a" * 32, "b" * 32, "d" * 32),
        statements=(
            Statement("a" * 32, "王前龙", "过程平和。"), Statement("b" * 32, "李备佳", "有一处不同。\n另起一段。"),
        ),
    )  # fmt: skip
    plan = a_plan(third=Visitor("d" * 32, "钱第三", "WF-0120"), address=ADDRESS, place=PlaceKind.WORK)
    digest = content_hash(report, plan)
    data = a_visit()
    second = replace(data.cases[0], case_number="HB-2026-0100", balance=Money(120_050), days_past_due=31)
    return replace(
        data, debtor_name=NAME, plan=plan, report=report, cases=(data.cases[0], second), photos=photos(report),
        findings=tuple(check_report(report, plan, VisitRules())),
        review=Review(True, "l" * 32, "周经理", at(400), "同意归档，按计划跟进。"),
        signatures=(
            Signature("a" * 32, "王前龙", at(120), SignedHow.DRAWN, digest, strokes(0)),
            Signature("b" * 32, "李备佳", at(124), SignedHow.PASSWORD, digest),
            Signature("d" * 32, "钱第三", at(126), SignedHow.DRAWN, "0" * 64, strokes(9)),
        ),
    )  # fmt: skip


def wanted(data, lang: str, digest: str) -> list[object]:
    """The whole document as it must be read, written down apart from the code that prints it."""
    say, report = words(lang), data.report

    def d(code: str, **params: object) -> str:
        return say(f"documents.{code}", **params)

    def w(member) -> str:
        return say(f"{type(member).__name__}.{member.value}")

    def badge(name: str, number: str) -> str:
        return f"{name}  ({d('badge')} {number})"

    def account(case) -> tuple[str, ...]:
        balance = f"{format_money(case.balance)}\n{d('balance_on', on='2026-11-20')}"
        hidden = "*" * 15 + "4567"
        return ("示例银行", "信用卡", case.case_number, hidden, balance, d("days", count=case.days_past_due))

    tries = [
        d("attempt_line", at=when, channel=w(tried.channel), number="138****4321", outcome=w(tried.outcome))
        for when, tried in zip(
            ("2026-11-22 09:00", "2026-11-21 08:00", "2026-11-20 07:00"), data.request.attempts, strict=True
        )
    ]
    broken = d("promise_line", amount="¥1,500.00", due="2026-11-10")
    names = {"zh_CN": "王前龙、李备佳、钱第三", "en": "王前龙, 李备佳, 钱第三"}[lang]
    heads = [d(f"evidence_{one}") for one in ("kind", "caption", "taken", "hash")]
    contact = {
        "zh_CN": "服务热线：027-0000-0000    投诉电话：027-0000-0001    登记编号：XY-000000",
        "en": "Hotline: 027-0000-0000    Complaints: 027-0000-0001    Registration: XY-000000",
    }[lang]
    told: list[object] = [
        ("Figure", d("alt_logo", agency=AGENCY.agency)),
        AGENCY.agency,
        f"{AGENCY.address}    {contact}",
        ("H1", d("visit_title")),
        f"{d('number')} WF-2026-11-00042   ·   {d('version')} 1   ·   {w(report.outcome)}",
        ("H2", d("section_case")),
        (d("debtor"), NAME),
        (d("id_number"), "*" * 14 + "1234"),
        tuple(d(one) for one in ("bank", "product", "case_number", "account", "balance", "days_past_due")),
        *(account(case) for case in data.cases),
        ("H2", d("section_visit")),
        (d("purpose"), w(data.request.purpose)),
        (d("asked_by"), "赵申青  2026-11-21 08:00"),
        (d("asked_because"), "\n".join([*tries, broken, "多次电话联系未果，承诺未兑现。"])),
        (d("lead"), badge("王前龙", "WF-0107")),
        (d("companion"), badge("李备佳", "WF-0112")),
        (d("third"), badge("钱第三", "WF-0120")),
        (d("address"), ADDRESS),
        (d("place"), w(PlaceKind.WORK)),
        (d("authority_letter"), "SQ-2026-0311"),
        (d("planned"), "2026-11-23 10:00 – 11:00"),
        (d("clock"), "Asia/Shanghai (UTC+08:00)"),
        (d("status"), w(VisitOutcome.BROKEN_OFF)),
        (d("outcome_reason"), "家属到场后气氛紧张"),
        (d("set_out_at"), "2026-11-23 09:20"),
        (d("arrived_at"), "2026-11-23 10:02"),
        (d("left_at"), "2026-11-23 10:26"),
        (d("present"), names),
        (d("recorded_where"), "执法记录仪 03 号，文件 01"),
        (d("address_finding"), w(AddressFinding.NEW)),
        (d("new_address"), ADDRESS),
        ("H2", d("section_met")),
        (d("met"), w(report.met)),
        (d("identified"), w(report.identified)),
        (d("debt_disclosed"), d("yes")),
        (d("met_words"), "本人开门，出示身份证原件。"),
        (d("entry"), w(report.entry)),
        (d("consent"), w(report.consent)),
        (d("consent_where"), "录音 01，00:02:10 处"),
        (d("minutes_inside"), d("minutes", count=25)),
        (d("over_time_reason"), "债务人要求多谈几分钟"),
        (d("arrears_reason"), w(report.arrears_reason)),
        ("H2", d("section_said")),
        *SAID,
        ("H2", d("section_agreed")),
        (d("agreed"), w(report.agreed)),
        (d("promise_amount"), "¥2,000.00"),
        (d("promise_on"), "2026-11-25"),
        (d("promise_channel"), w(report.promise_channel)),
        (d("agreed_words"), "其余欠款由债务人提交个性化分期申请，材料清单已说明。"),
        d("handed_over"),  # too long for its cell: its label, then its text
        LONG,
        (d("unusual"), "门口有一条狗。"),
        (d("next_step"), "核对到账并跟进分期申请"),
        (d("next_on"), date(2026, 11, 26).isoformat()),
        ("H2", d("section_statements")),
        ("H3", "王前龙"),
        "过程平和。",
        ("H3", "李备佳"),
        "有一处不同。",
        "另起一段。",
        ("H2", d("section_evidence")),
        ("#", *heads),
    ]  # fmt: skip
    for number, item in enumerate(report.evidence, 1):
        indoors = "\n" + d("indoors", reason="债务人要求拍下损坏的家具") if number % 5 == 0 else ""
        size = d("bytes", count=f"{item.size:,}")
        taken = f"2026-11-23 10:{number:02}"
        told.append((str(number), w(item.kind), f"楼门照片第{number}号{indoors}", taken, f"{item.sha256}\n{size}"))
    told.append(("H2", d("section_findings")))
    assert len(data.findings) >= 2
    told += [f"{w(one.level)} · {say(one.message.code, **one.message.params)}" for one in data.findings]
    told += [
        ("H2", d("section_review")),
        (d("section_review"), d("accepted")),
        (d("reviewed_by"), "周经理  2026-11-23 16:40"),
        (d("met_words"), "同意归档，按计划跟进。"),
        ("H2", d("section_signatures")),
        d("truth"),
        d("lead"), "王前龙", ("Figure", d("alt_signature", name="王前龙")),
        "2026-11-23 12:00", f"SHA-256 {digest[:16]}…",
        d("companion"), "李备佳", w(SignedHow.PASSWORD), "2026-11-23 12:04", f"SHA-256 {digest[:16]}…",
        d("third"), "钱第三", d("signed_other"), d("signed_at"),
        d("seal"),
        ("H2", d("section_photos")),
    ]  # fmt: skip
    for number, item in enumerate(report.evidence, 1):
        told += [
            ("Figure", d("alt_photo", number=number, caption=item.caption)),
            f"{d('photo_number', number=number)}  {item.caption}",
            item.sha256,
        ]
    code = f"CDV:WF-2026-11-00042:1:{digest.upper()}:{'5F' * 8}"
    told += [
        ("Figure", d("alt_code", content=code)),
        d("made", name="孙审核", at="2026-11-23 15:00"),
        f"{d('digest')}  {digest}",
        f"{d('chain_head')}  {'5f' * 32}",
    ]
    return told


def read(element: Element) -> list[object]:
    """What the structure tells: rows as tuples of their cells, headings and figures with their kind, other text."""
    if element.kind == "TR":
        cells = [[one.text for one in cell.elements()] or [cell.text] for cell in element.elements()]
        return [tuple("\n".join(cell) for cell in cells)]
    if element.kind == "Figure":
        return [("Figure", element.raw["/Alt"])]
    if element.kind.startswith("H"):
        return [(element.kind, element.text)]
    if element.kind == "P":
        return [element.text]
    return [one for kid in element.elements() for one in read(kid)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_the_fullest_report_is_right(fonts, lang):
    data = the_fullest()
    agency = replace(AGENCY, logo=photo(3, (400, 200)))
    result = visit_report_pdf(data, lang, agency, words(lang), fonts)
    assert result.pages >= 20
    assert result.warnings == ()
    found = Structure(result.data)
    assert found.faults == []
    assert read(found.document) == wanted(data, lang, result.content_hash)
    figures = [one for one in found.document.all("Figure") if one.picture.startswith(b"\xff\xd8")][
        1:
    ]  # not the logo
    assert [one.picture for one in figures] == list(data.photos.values())
    assert [one.raw["/Alt"].rsplit("第")[-1] for one in figures] == [f"{n}号" for n in range(1, 31)]
