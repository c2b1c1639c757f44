"""The incident form as a PDF: what happened, who was told, what was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import DocumentResult, Lang, Letterhead, Words
from collector_desk.domain.plain import digest
from collector_desk.domain.visits.incidents import IncidentReport
from collector_desk.domain.visits.visit import PlaceKind


@dataclass(frozen=True, slots=True)
class IncidentData:
    """All that stands in the form. The debtor is named by the case's number alone: it may go to the police."""

    number: str
    case_number: str
    visit_number: str
    team: tuple[str, ...]
    place: PlaceKind
    begun_by: str
    begun_at: datetime
    report: IncidentReport
    made_by: str
    made_at: datetime
    chain_head: str = ""
    zone: str = "Asia/Shanghai"


def incident_pdf(
    data: IncidentData, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook
) -> DocumentResult:
    """Print the form. Equal data give equal bytes."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, KeepTogether, Spacer

    from collector_desk.documents.blocks import (
        BODY,
        CENTRED,
        Fact,
        Heavy,
        Section,
        facts,
        long_text,
        notice,
        para,
        section,
    )
    from collector_desk.documents.page import Sheet, build, root_line, sheet_words
    from collector_desk.documents.signature_boxes import SignatureBox, signatures

    ink, report = Ink(fonts), data.report
    mark = digest(report)
    zone = ZoneInfo(data.zone)

    def say(code: str, **params: object) -> str:
        return ink.line(words(f"visits.incidents.{code}", **params))

    def at(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    def head_facts() -> Iterator[Fact]:
        yield Fact(words("visits.incidents.at"), at(report.at))
        yield Fact(words("visits.incidents.reported"), f"{data.begun_by}  {at(data.begun_at)}")
        yield Fact(words("documents.case_number"), data.case_number)
        if data.visit_number:
            yield Fact(words("visits.incidents.visit"), data.visit_number)
        if data.team:
            yield Fact(
                words("visits.incidents.team"), "、".join(data.team) if lang == "zh_CN" else ", ".join(data.team)
            )
        yield Fact(words("visits.incidents.place"), report.place or words("documents.not_recorded"), wide=True)
        if report.people:
            yield Fact(words("visits.incidents.people"), report.people, wide=True)

    def later_facts() -> Iterator[Fact]:
        yield Fact(words("visits.incidents.injured"), report.injury or words("documents.no"), wide=True)
        yield Fact(words("visits.incidents.police"), report.police or words("documents.no"), wide=True)
        if report.witnesses:
            yield Fact(words("visits.incidents.witnesses"), report.witnesses, wide=True)

    kind = ink.line(words(f"IncidentKind.{report.kind.value}"))
    number = f"{data.number} · V{report.version}"
    story: list[Flowable] = [
        Heavy(say("title"), 19, centred=True, after=1),
        para(ink.line(f"{words('documents.number')} {number}   ·   {kind}"), CENTRED),
    ]
    if not report.safe:
        story += [
            Spacer(1, 3 * mm),
            *notice(ink, words("visits.incidents.not_safe", needs=report.needs), alert=True),
        ]
    story += section(say("section_what"), facts(ink, list(head_facts())))
    story += section(say("section_happened"), long_text(ink, report.happened))
    story += section(say("section_after"), facts(ink, list(later_facts())))
    story += section(say("section_done"), long_text(ink, report.done))
    boxes = [
        SignatureBox(words("visits.incidents.reporter"), data.begun_by, [words("visits.incidents.date_line")]),
        SignatureBox(words("visits.incidents.lead"), "", [words("visits.incidents.date_line")]),
    ]
    signed = [para(say("truth"), BODY), Spacer(1, 2 * mm), signatures(ink, boxes, words("documents.seal"))]
    story.append(KeepTogether([Section(say("section_signatures")), Spacer(1, 1.5 * mm), *signed]))
    made = words("documents.made", name=data.made_by, at=at(data.made_at))
    code = f"CDI:{data.number}:{report.version}:{mark.upper()}:{data.chain_head[:16].upper()}"
    sheet = Sheet(
        letterhead=Letterhead(ink.line(cut(agency.agency, 60))),
        contact_line=ink.line(cut(f"{agency.hotline}    {agency.address}".strip(), 160)),
        running=ink.line(cut(f"{words('visits.incidents.title')}  {number}", 60)),
        watermark=ink.line(cut(f"{words('documents.watermark')} · {data.number}", 60)),
        foot=[
            ink.line(cut(made, 100)),
            ink.line(f"{words('documents.digest')}  {mark}"),
            ink.line(cut(f"{words('documents.chain_head')}  {data.chain_head or words('documents.none')}", 100)),
        ],
        code=code,
        title=ink.line(f"{words('visits.incidents.title')} {number}"),
        words=sheet_words(ink, words, agency.agency, code),
        root=root_line(ink, words, agency),
        lang=lang,
        made_at=data.made_at,
    )
    with fonts.ready(ink.characters):
        pdf, pages = build(sheet, story)
    return DocumentResult(pdf, ink.warnings(), mark, pages)
