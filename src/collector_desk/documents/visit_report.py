"""The two-person visit report as a PDF: complete, and fit to be shown to a bank, a regulator or a court."""

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import DocumentResult, Lang, Letterhead, Words
from collector_desk.documents.visit_data import VisitReportData
from collector_desk.domain.message import Message, msg
from collector_desk.domain.visits.visit import content_hash


def visit_report_pdf(
    data: VisitReportData, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook
) -> DocumentResult:
    """Print the report. Equal data give equal bytes. Nothing in the data makes it fail: what can't be shown is said
    in the result's warnings (characters without a shape, hidden characters, a photo or logo that can't be read)."""
    # reportlab is loaded here, when the first document is made, never at start
    from collector_desk.documents.page import Sheet, build, root_line, sheet_words
    from collector_desk.documents.pictures import readable
    from collector_desk.documents.visit_pages import Writer

    ink = Ink(fonts)
    digest = content_hash(data.report, data.plan)
    writer = Writer(data, words, ink, digest)
    troubles: list[Message] = []
    logo = readable(agency.logo) if agency.logo else None
    if agency.logo and logo is None:
        troubles.append(msg("documents.logo_unreadable"))
    story = writer.story()
    head = Letterhead(ink.line(cut(agency.agency, 60)), logo=logo)
    contact = _contact(agency, words)
    number = f"{data.number} · V{data.report.version}"
    made = words("documents.made", name=data.made_by, at=writer.instant(data.made_at))
    code = _code(data, digest)
    sheet = Sheet(
        letterhead=head,
        contact_line=ink.line(cut(contact, 160)),
        running=ink.line(cut(f"{words('documents.visit_title')}  {number}", 60)),
        watermark=ink.line(cut(f"{words('documents.watermark')} · {data.number}", 60)),
        foot=[
            ink.line(cut(made, 100)),
            ink.line(f"{words('documents.digest')}  {digest}"),
            ink.line(cut(f"{words('documents.chain_head')}  {data.chain_head or words('documents.none')}", 100)),
        ],
        code=code,
        title=ink.line(cut(f"{words('documents.visit_title')} {number}", 80)),
        words=sheet_words(ink, words, agency.agency, code),
        root=root_line(ink, words, agency),
        lang=lang,
        made_at=data.made_at,
    )
    with fonts.ready(ink.characters):
        pdf, pages = build(sheet, story)
    return DocumentResult(pdf, (*ink.warnings(), *troubles, *writer.troubles), digest, pages)


def _code(data: VisitReportData, digest: str) -> str:
    number = "".join(c for c in data.number.upper() if c.isascii() and (c.isalnum() or c in "-./"))[:40]
    return f"CDV:{number}:{data.report.version}:{digest.upper()}:{data.chain_head[:16].upper()}"


def _contact(agency: Letterhead, words: Words) -> str:
    parts = [agency.address]
    for code, value in (
        ("hotline", agency.hotline),
        ("complaints", agency.complaints),
        ("licence", agency.licence),
    ):
        if value:
            parts.append(words("documents.separator", label=words(f"documents.{code}"), value=value))
    return "    ".join(part for part in parts if part)
