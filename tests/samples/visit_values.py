"""An invented visit for the tests of this folder. Nobody in it exists."""

import functools
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from collector_desk.documents.incident import IncidentData
from collector_desk.documents.letterhead import Letterhead
from collector_desk.documents.visit_data import AccountOnPaper, VisitReportData
from collector_desk.domain.book.money import Money
from collector_desk.domain.visits.checks import VisitRules, check_report
from collector_desk.domain.visits.evidence import Printable
from collector_desk.domain.visits.incidents import IncidentKind, IncidentReport
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    BrokenPromise,
    ConsentHow,
    Entry,
    EvidenceItem,
    EvidenceKind,
    FailedAttempt,
    Identified,
    PlaceKind,
    Relation,
    Signature,
    SignedHow,
    Statement,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
    VisitRequest,
    content_hash,
)
from collector_desk.domain.vocabulary import ArrearsReason, Channel, Outcome, PayChannel
from collector_desk.words.messages import Lang, text

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in China
AGENCY = Letterhead(
    agency="示例信用管理（武汉）有限公司",
    hotline="027-0000-0000",
    address="武汉市江汉区示例大道 1 号",
    licence="XY-000000",
    complaints="027-0000-0001",
    root="7B1C-90DE-4A2F-33E8-C56A",
)


def words(lang: Lang) -> Callable[..., str]:
    return lambda code, /, **params: text(code, lang, **params)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@functools.cache
def photo(seed: int, size: tuple[int, int] = (800, 600)) -> bytes:
    picture = Image.new("RGB", size, (180 + seed % 60, 190, 205))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((size[0] // 3, size[1] // 4, size[0] * 2 // 3, size[1]), fill=(120, 96, 80 + seed % 100))
    for line in range(seed):
        draw.line((0, line * 12, size[0], line * 12), fill="black", width=3)
    file = io.BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


def evidence(number: int) -> EvidenceItem:
    data = photo(number)
    return EvidenceItem(
        f"{number:032x}", EvidenceKind.PHOTO, f"楼门照片第{number}号", hashlib.sha256(data).hexdigest(),
        len(data), "image/jpeg", at(number),
    )  # fmt: skip


def a_report(**changes: object) -> VisitReport:
    report = VisitReport(
        outcome=VisitOutcome.DONE,
        set_out_at=at(-40),
        arrived_at=at(2),
        left_at=at(26),
        present=("a" * 32, "b" * 32),
        address=AddressFinding.RIGHT,
        met=Relation.DEBTOR,
        met_words="本人开门，出示身份证原件。",
        identified=Identified.ID_CARD_SEEN,
        debt_disclosed=True,
        entry=Entry.ALLOWED,
        consent=ConsentHow.ON_RECORDING,
        consent_where="录音 01，00:02:10 处",
        minutes_inside=17,
        recorded_where="执法记录仪 03 号，文件 01",
        said=(
            "外访人员说明身份及来意，出示工作证与授权书，并告知全程录音录像。\n"
            "债务人表示九月起所在工厂停工，两个月未发工资，目前靠临时工作维持，本月二十五日可收到一笔工资。"
            "债务人对欠款金额无异议，希望先还一部分，其余申请分期。\n"
            "The visitors explained how to apply for an instalment plan and left the agency's hotline."
        ),
        arrears_reason=ArrearsReason.WAITING_WAGES,
        agreed=Agreed.PROMISE,
        promise_amount=Money(200_000),
        promise_on=date(2026, 11, 25),
        promise_channel=PayChannel.BANK_APP,
        agreed_words="其余欠款由债务人提交个性化分期申请，材料清单已说明。",
        handed_over="授权书复印件一份；分期申请材料清单一份",
        evidence=(evidence(1), evidence(2), evidence(3)),
        next_step="核对到账并跟进分期申请",
        next_on=date(2026, 11, 26),
        statements=(Statement("b" * 32, "李备佳", "全程在场记录，过程平和，无争执。"),),
    )
    return replace(report, **changes)


def a_plan(**changes: object) -> VisitPlan:
    lead = Visitor("a" * 32, "王前龙", "WF-0107", date(2027, 6, 30))
    companion = Visitor("b" * 32, "李备佳", "WF-0112", date(2027, 6, 30))
    plan = VisitPlan(
        lead,
        companion,
        at(0),
        at(60),
        "湖北省武汉市江岸区示例路 88 号 3 栋 2 单元 1201 室",
        authority_letter="SQ-2026-0311",
    )
    return replace(plan, **changes)


def strokes(seed: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    first = tuple((80 + i * 45, 500 + (-1) ** i * (260 - i * 12 + seed)) for i in range(12))
    return (first, ((120, 760), (400, 700), (690, 740)))


def a_visit(**changes: object) -> VisitReportData:
    plan, report = a_plan(), a_report()
    tried = tuple(
        FailedAttempt(f"{n:032x}", at(-n * 1500), Channel.CALL, outcome, "138****4321")
        for n, outcome in enumerate((Outcome.NO_ANSWER, Outcome.HANGS_UP, Outcome.OFF), 1)
    )
    request = VisitRequest(
        VisitPurpose.TALK, plan.address, PlaceKind.HOME, "c" * 32, "赵申青", at(-3000), tried,
        (BrokenPromise(Money(150_000), date(2026, 11, 10)),), "多次电话联系未果，承诺未兑现。",
    )  # fmt: skip
    digest = content_hash(report, plan)
    data = VisitReportData(
        number="WF-2026-11-00042",
        debtor_name="张示例",
        id_number="420100199001011234",
        cases=(
            AccountOnPaper(
                "HB-2026-0099",
                "示例银行",
                "信用卡",
                "6222000000001234567",
                Money(3_391_162),
                date(2026, 11, 20),
                96,
            ),
        ),
        request=request,
        plan=plan,
        report=report,
        made_by="孙审核",
        made_at=at(300),
        signatures=(
            Signature("a" * 32, "王前龙", at(120), SignedHow.DRAWN, digest, strokes(0)),
            Signature("b" * 32, "李备佳", at(124), SignedHow.PASSWORD, digest),
        ),
        findings=tuple(check_report(report, plan, VisitRules())),
        chain_head="5f" * 32,
    )
    return replace(data, **changes)


def with_report(report: VisitReport, **changes: object) -> VisitReportData:
    findings = tuple(check_report(report, a_plan(), VisitRules()))
    return a_visit(report=report, findings=findings, signatures=(), **changes)


def an_incident() -> IncidentData:
    report = IncidentReport(
        IncidentKind.THREAT, at(20), place="楼道", people="家属两名",
        happened="有人拿起木棍威胁，外访人员立即离开。\n随后报警。", injured=True, injury="轻微擦伤",
        police_called=True, police="已报警，回执 123", done="已离开并上报。",
        witnesses="邻居一名", safe=False, needs="需要送医", version=1,
    )  # fmt: skip
    return IncidentData(
        "SJ-2026-0007", "HB-2026-0099", "WF-2026-11-00042", ("王前龙", "李备佳"), PlaceKind.HOME, "王前龙", at(30),
        report, "王前龙", at(60), "5f" * 32,
    )  # fmt: skip


def photos(report: VisitReport) -> dict[str, Printable]:
    return {item.evidence_id: Printable(photo(int(item.evidence_id, 16))) for item in report.evidence}


def font_folder() -> Path:
    """One folder of made fonts for the whole test run: making them takes seconds."""
    import tempfile

    return Path(tempfile.gettempdir()) / "collector-desk-test-fonts"
