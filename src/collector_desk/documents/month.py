"""A placement's month as a paper for two to sign: figures, what came late, where the bank differs, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import DocumentResult, Lang, Letterhead, Words

_MOST = 200
"""Rows of a list that a paper shows; the workbook has all of them."""


@dataclass(frozen=True, slots=True)
class MonthList:
    """A table of the paper, as text. ``instead``: what stands there without rows; else that there are none."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    instead: str = ""
    right: frozenset[int] = frozenset()  # columns of figures


@dataclass(frozen=True, slots=True)
class MonthPaper:
    """All that stands on it. ``digest`` is of what the figures were worked out of."""

    number: str
    month: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[MonthList, ...]
    lists: tuple[MonthList, ...]
    made_by: str
    made_at: datetime
    digest: str
    chain_head: str
    zone: str = "Asia/Shanghai"


def month_pdf(paper: MonthPaper, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook) -> DocumentResult:
    """Print it. Equal data give equal bytes."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, KeepTogether, Spacer

    from collector_desk.documents.blocks import BODY, CENTRED, Fact, Heavy, facts, listing, para, section
    from collector_desk.documents.page import Sheet, build, root_line, sheet_words
    from collector_desk.documents.signature_boxes import SignatureBox, signatures

    ink = Ink(fonts)
    title = words("money.month.title", month=paper.month)

    def table(one: MonthList) -> list[Flowable]:
        if not one.rows:
            return [para(ink.line(one.instead or words("money.month.no_rows")), BODY)]
        found = listing(ink, one.heads, one.rows[:_MOST], _widths(one), right=one.right)
        left = len(one.rows) - _MOST
        return [*found, para(ink.line(words("money.month.more", count=left)), BODY)] if left > 0 else found

    story: list[Flowable] = [
        Heavy(ink.line(title), 19, centred=True, after=1),
        para(ink.line(paper.number), CENTRED),
        Spacer(1, 2 * mm),
        *facts(ink, [Fact(label, value, wide=True) for label, value in paper.facts]),
    ]
    for one in (*paper.figures, *paper.lists):
        story += section(ink.line(one.title), table(one))
    boxes = [
        SignatureBox(words("money.month.ours_signs"), "", [words("visits.incidents.date_line")]),
        SignatureBox(words("money.month.bank_signs"), "", [words("visits.incidents.date_line")]),
    ]
    story.append(KeepTogether([Spacer(1, 4 * mm), signatures(ink, boxes, words("documents.seal"))]))
    at = f"{paper.made_at.astimezone(ZoneInfo(paper.zone)):%Y-%m-%d %H:%M}"
    code = f"CDA:{paper.number}:{paper.month}:{paper.digest.upper()}:{paper.chain_head[:16].upper()}"
    sheet = Sheet(
        letterhead=Letterhead(ink.line(cut(agency.agency, 60)), logo=agency.logo),
        contact_line=ink.line(cut(f"{agency.hotline}    {agency.address}".strip(), 160)),
        running=ink.line(cut(f"{title}  {paper.number}", 60)),
        watermark="",
        foot=[
            ink.line(cut(words("documents.made", name=paper.made_by, at=at), 100)),
            ink.line(f"{words('documents.digest')}  {paper.digest}"),
            ink.line(cut(f"{words('documents.chain_head')}  {paper.chain_head or words('documents.none')}", 100)),
        ],
        code=code,
        title=ink.line(f"{title} {paper.number}"),
        words=sheet_words(ink, words, agency.agency, code),
        root=root_line(ink, words, agency),
        lang=lang,
        made_at=paper.made_at,
    )
    with fonts.ready(ink.characters):
        pdf, pages = build(sheet, story)
    return DocumentResult(pdf, ink.warnings(), paper.digest, pages)


def _widths(one: MonthList) -> Sequence[float]:
    """Shares of the line by what stands in each column, none too narrow to be read."""
    rows = (one.heads, *one.rows[:_MOST])
    return [max(6, min(30, max(_wide(row[place]) for row in rows))) for place in range(len(one.heads))]


def _wide(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
