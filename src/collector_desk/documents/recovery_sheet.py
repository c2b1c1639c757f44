"""The sheet with a store's recovery code: the one paper that opens the store when a password is lost."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import DocumentResult, Lang, Letterhead, Words
from collector_desk.domain.plain import digest

_GROUPS_A_LINE = 4


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The code in the groups it is read aloud in, and whose it is.

    The code is a secret: it stands on the page alone, not in the QR code, the metadata or the content hash.
    ``history``: how far the store's history went, as ``verify --witness`` takes it.
    """

    groups: tuple[str, ...] = field(repr=False)
    store_name: str
    issued_to: str
    made_at: datetime
    zone: str = "Asia/Shanghai"
    history: str = ""


def recovery_sheet_pdf(
    sheet: RecoverySheet, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook
) -> DocumentResult:
    """Print the sheet. What is returned holds the secret: it goes to the printer or a file the person chose."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Spacer

    from collector_desk.documents.blocks import BODY, CENTRED, Fact, Heavy, facts, para
    from collector_desk.documents.page import INK, Sheet, build, root_line, sheet_words

    ink = Ink(fonts)

    def say(code: str) -> str:
        return ink.line(words(f"documents.{code}"))

    at = f"{sheet.made_at.astimezone(ZoneInfo(sheet.zone)):%Y-%m-%d %H:%M}"
    mark = digest((sheet.store_name, sheet.issued_to, at))
    rows = [
        Fact(words("documents.recovery_store"), sheet.store_name),
        Fact(words("documents.recovery_for"), sheet.issued_to),
        Fact(words("documents.recovery_at"), at, wide=True),
        Fact(words("documents.recovery_root"), agency.root or words("documents.none"), wide=True),
        Fact(words("documents.recovery_history"), sheet.history or words("documents.none"), wide=True),
    ]
    story: list[Flowable] = [
        Heavy(say("recovery_title"), 19, centred=True, after=4 * mm),
        para(say("recovery_intro"), BODY),
        Spacer(1, 3 * mm),
        *facts(ink, rows),
        Spacer(1, 12 * mm),
    ]
    for start in range(0, len(sheet.groups), _GROUPS_A_LINE):
        line = "   ".join(ink.line(group) for group in sheet.groups[start : start + _GROUPS_A_LINE])
        story.append(Heavy(line, 22, INK, kind="P", centred=True, after=4 * mm))
    story += [Spacer(1, 8 * mm), para(say("recovery_check"), BODY), para(say("recovery_use"), BODY)]
    story += [Spacer(1, 10 * mm), para(say("recovery_keep"), CENTRED)]
    code = f"CDR:{mark[:16].upper()}"
    page = Sheet(
        letterhead=Letterhead(ink.line(cut(agency.agency, 60))),
        contact_line="",
        running=say("recovery_title"),
        watermark="",
        foot=[ink.line(cut(words("documents.made", name=sheet.issued_to, at=at), 100))],
        code=code,
        title=say("recovery_title"),
        words=sheet_words(ink, words, agency.agency, code),
        root=root_line(ink, words, agency),
        lang=lang,
        made_at=sheet.made_at,
    )
    with fonts.ready(ink.characters):
        pdf, pages = build(page, story)
    return DocumentResult(pdf, ink.warnings(), mark, pages)
