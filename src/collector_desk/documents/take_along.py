"""What a pair takes along: the round sheet with its checklists, one page a case, and the letter of authority.

The pack is personal: numbered, in one person's name, handed back and ticked off. A case's page tells how to find
the right person without naming the debt to anybody else. The letter is a paper of its own and names no debtor, no
bank and no debt, but bears the agency's full name: it is for the person met, not for a guard.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collector_desk.documents.fonts import FontBook
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import DocumentResult, Lang, Letterhead, Words
from collector_desk.documents.visit_data import AccountOnPaper
from collector_desk.domain.plain import digest
from collector_desk.domain.text.masking import masked_account, masked_name
from collector_desk.domain.visits.visit import BrokenPromise, FailedAttempt, PlaceKind, Visitor, VisitPurpose

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_MOST_ATTEMPTS, _MOST_PROMISES, _MOST_ADDRESSES, _MOST_ACCOUNTS, _MOST_NOTE = (
    4,
    2,
    2,
    3,
    180,
)  # what one page has room for


@dataclass(frozen=True, slots=True)
class TakeAlongCase:
    """One visit of the round. ``called`` is how the person is addressed, ``looks`` what helps to know them by.

    ``rules`` are the words of the conduct packs for visits, ``warnings`` what is known of this debtor.
    """

    number: str
    debtor_name: str = field(repr=False)
    called: str
    looks: str
    id_tail: str
    purpose: VisitPurpose
    address: str = field(repr=False)
    place: PlaceKind
    other_addresses: tuple[str, ...]
    phones: tuple[str, ...] = field(repr=False)
    start: datetime
    accounts: tuple[AccountOnPaper, ...]
    attempts: tuple[FailedAttempt, ...]
    broken: tuple[BrokenPromise, ...]
    promised: str
    last_note: str = field(repr=False)
    warnings: tuple[str, ...] = ()
    spare: bool = False


@dataclass(frozen=True, slots=True)
class TakeAlongPack:
    """The pack of one holder for one day."""

    number: str
    holder: str
    team: tuple[Visitor, ...]
    day: date
    area: str
    cases: tuple[TakeAlongCase, ...]
    neutral_name: str
    hotline: str
    rules: tuple[str, ...]
    made_by: str
    made_at: datetime
    authority_letter: str = ""
    zone: str = "Asia/Shanghai"


def take_along_pdf(
    pack: TakeAlongPack, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook
) -> DocumentResult:
    """Print the round sheet and the pages of its cases."""
    return _Pack(pack, lang, words, Ink(fonts)).printed(agency, fonts)


def authority_letter_pdf(
    pack: TakeAlongPack, lang: Lang, agency: Letterhead, words: Words, fonts: FontBook
) -> DocumentResult:
    """Print the letter of authority: who they are, for which day, where to ask. It names no debtor and no bank."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Flowable, Spacer

    from collector_desk.documents.blocks import BODY, Fact, Heavy, facts, para
    from collector_desk.documents.page import Sheet, build, root_line, sheet_words
    from collector_desk.documents.signature_boxes import SignatureBox, signatures

    ink = Ink(fonts)

    def say(code: str, **params: object) -> str:
        return words(f"visits.take_along.{code}", **params)

    number = pack.authority_letter or pack.number
    rows = [
        Fact(say("visitor"), f"{one.name}    {say('badge', number=one.badge or '—')}", wide=True)
        for one in pack.team
    ]
    rows.append(Fact(say("valid_on"), pack.day.isoformat()))
    rows.append(Fact(say("ask_at"), pack.hotline or agency.hotline))
    story: list[Flowable] = [
        Heavy(ink.line(say("letter_title")), 19, centred=True, after=6 * mm),
        para(ink.line(say("letter_text", agency=agency.agency)), BODY),
        Spacer(1, 4 * mm),
        *facts(ink, rows),
        Spacer(1, 4 * mm),
        *(para(ink.line(say(f"letter_{part}")), BODY) for part in ("may_not", "private", "check")),
        Spacer(1, 8 * mm),
        signatures(
            ink,
            [SignatureBox(say("letter_signed"), "", [words("visits.incidents.date_line")])],
            words("documents.seal"),
        ),
    ]
    mark = digest((number, pack.day, tuple(one.badge for one in pack.team)))
    code = f"CDL:{mark[:16].upper()}"
    sheet = Sheet(
        letterhead=Letterhead(ink.line(cut(agency.agency, 60)), logo=agency.logo),
        contact_line=ink.line(cut(f"{agency.hotline}    {agency.address}".strip(), 160)),
        running=ink.line(say("letter_title")),
        watermark="",
        foot=[ink.line(cut(say("letter_number", number=number), 100))],
        code=code,
        title=ink.line(cut(f"{say('letter_title')} {number}", 80)),
        words=sheet_words(ink, words, agency.agency, code),
        root=root_line(ink, words, agency),
        lang=lang,
        made_at=pack.made_at,
    )
    with fonts.ready(ink.characters):
        pdf, pages = build(sheet, story)
    return DocumentResult(pdf, ink.warnings(), mark, pages)


class _Pack:
    """Puts the pages together."""

    def __init__(self, pack: TakeAlongPack, lang: Lang, words: Words, ink: Ink) -> None:
        self._pack, self._lang, self._words, self._ink = pack, lang, words, ink
        self._zone = ZoneInfo(pack.zone)

    def printed(self, agency: Letterhead, fonts: FontBook) -> DocumentResult:
        from reportlab.platypus import KeepInFrame, PageBreak

        from collector_desk.documents.page import INNER, LATER_HEIGHT, Sheet, build, root_line, sheet_words

        pack, ink = self._pack, self._ink
        story = self._round_sheet()
        for place, case in enumerate(pack.cases, 1):
            # one page a case, whatever is known of it: what is too much for the page is printed smaller
            story += [PageBreak(), KeepInFrame(INNER, LATER_HEIGHT, self._case(place, case), mode="shrink")]
        mark = digest((pack.number, tuple(case.number for case in pack.cases)))
        made = self._words("documents.made", name=pack.made_by, at=self._at(pack.made_at))
        code = f"CDT:{pack.number}:{mark[:16].upper()}"
        sheet = Sheet(
            letterhead=Letterhead(ink.line(cut(agency.agency, 60))),
            contact_line=ink.line(cut(self._say("personal", holder=pack.holder), 160)),
            running=ink.line(cut(f"{self._say('title')}  {pack.number}  ·  {pack.holder}", 60)),
            watermark=ink.line(cut(f"{self._say('watermark')} · {pack.holder} · {pack.number}", 60)),
            foot=[ink.line(cut(made, 100)), ink.line(self._say("hand_back")), ink.line(self._say("lost"))],
            code=code,
            title=ink.line(cut(f"{self._say('title')} {pack.number}", 80)),
            words=sheet_words(ink, self._words, agency.agency, code),
            root=root_line(ink, self._words, agency),
            lang=self._lang,
            made_at=pack.made_at,
        )
        with fonts.ready(ink.characters):
            pdf, pages = build(sheet, story)
        return DocumentResult(pdf, ink.warnings(), mark, pages)

    # --- the round sheet ---------------------------------------------------------------------------------

    def _round_sheet(self) -> list["Flowable"]:
        from reportlab.lib.units import mm
        from reportlab.platypus import Spacer

        from collector_desk.documents.blocks import CENTRED, Fact, Heavy, facts, items, listing, para, section

        pack, ink, say = self._pack, self._ink, self._say
        team = self._list([f"{one.name} ({say('badge', number=one.badge or '—')})" for one in pack.team])
        under = f"{pack.number}   ·   {pack.day.isoformat()}" + (f"   ·   {pack.area}" if pack.area else "")
        rows = [
            (
                str(place),
                self._at(case.start)[11:] + (f"\n{say('spare')}" if case.spare else ""),
                case.number,
                f"{masked_name(case.debtor_name)}\n{cut(case.address, 100)}",
                "",
                "",
            )
            for place, case in enumerate(pack.cases, 1)
        ]
        heads = [say(code) for code in ("no", "time", "visit", "where", "arrived_left", "result")]
        story: list[Flowable] = [
            Heavy(ink.line(say("title")), 19, centred=True, after=1),
            para(ink.line(under), CENTRED),
            Spacer(1, 2 * mm),
            *facts(ink, [Fact(say("holder"), pack.holder), Fact(say("team"), team, wide=True)]),
            *section(ink.line(say("section_round")), listing(ink, heads, rows, (7, 9, 17, 40, 18, 20))),
        ]
        if pack.rules:
            story += section(ink.line(say("section_rules")), items(ink, pack.rules, "§"))
        for part, count in (("before", 6), ("at_door", 6), ("after", 4)):
            checks = [say(f"{part}_{number}") for number in range(1, count + 1)]
            story += section(ink.line(say(f"section_{part}")), items(ink, checks, "□"))
        return story

    # --- a case's page -----------------------------------------------------------------------------------

    def _case(self, place: int, case: TakeAlongCase) -> list["Flowable"]:
        from reportlab.lib.units import mm
        from reportlab.platypus import Spacer

        from collector_desk.documents.blocks import Fact, Heavy, facts, notice

        ink, say = self._ink, self._say
        kind = f"{self._word(case.purpose)}  ·  {self._at(case.start)}" + (
            f"  ·  {say('spare')}" if case.spare else ""
        )
        story: list[Flowable] = [
            Heavy(ink.line(cut(f"{place}   {case.number}   {case.debtor_name}", 60)), 14, kind="H2", after=1 * mm),
        ]
        story += facts(
            ink,
            [
                Fact(say("purpose"), kind, wide=True),
                Fact(say("where"), f"{cut(case.address, 200)}  ({self._word(case.place)})", wide=True),
                Fact(say("other_addresses"), self._lines(case.other_addresses[:_MOST_ADDRESSES]), wide=True),
                Fact(say("looks"), case.looks or self._words("documents.not_recorded")),
                Fact(say("id_tail"), case.id_tail or self._words("documents.not_recorded")),
                Fact(say("phones"), self._list(case.phones[:4]) or self._words("documents.none"), wide=True),
                Fact(
                    say("recognise"), say("recognise_how", called=case.called, tail=case.id_tail or "—"), wide=True
                ),
            ],
        )
        if case.warnings:
            story.append(Spacer(1, 1.4 * mm))
        for words in case.warnings:
            story += notice(ink, words, alert=True)
        story += self._so_far(case) + self._owed(case) + self._allowed() + self._scripts(case)
        story += facts(ink, [Fact(say("by_hand"), say("by_hand_line"), wide=True)])
        return story

    def _so_far(self, case: TakeAlongCase) -> list["Flowable"]:
        from collector_desk.documents.blocks import Fact, facts

        tries = [
            f"{self._at(one.at)}  {self._word(one.channel)}  {self._word(one.outcome)}  {one.number_masked}"
            for one in case.attempts[-_MOST_ATTEMPTS:]
        ]
        broken = [
            self._say("broken", amount=one.amount, due=one.due.isoformat()) for one in case.broken[-_MOST_PROMISES:]
        ]
        said = [*broken, *([case.promised] if case.promised else [])]
        rows = [
            Fact(self._say("tried"), self._lines(tries), wide=True),
            Fact(self._say("promised"), self._lines(said), wide=True),
        ]
        if case.last_note:
            rows.append(Fact(self._say("last_note"), cut(" ".join(case.last_note.split()), _MOST_NOTE), wide=True))
        return [self._head("section_so_far"), *facts(self._ink, rows)]

    def _owed(self, case: TakeAlongCase) -> list["Flowable"]:
        from collector_desk.documents.blocks import listing

        heads = [
            self._words(f"documents.{code}")
            for code in ("bank", "case_number", "account", "balance", "days_past_due")
        ]
        rows = [
            (
                one.bank,
                one.case_number,
                masked_account(one.account),
                f"{one.balance}  {self._words('documents.balance_on', on=one.balance_on.isoformat())}",
                self._words("documents.days", count=one.days_past_due),
            )
            for one in case.accounts[:_MOST_ACCOUNTS]
        ]
        return [self._head("section_owed"), *listing(self._ink, heads, rows, (17, 17, 21, 30, 15))] if rows else []

    def _allowed(self) -> list["Flowable"]:
        from collector_desk.documents.blocks import columns

        may = [self._say(f"may_{number}") for number in range(1, 4)]
        may_not = [self._say(f"may_not_{number}") for number in range(1, 6)]
        heads = (self._say("may"), self._say("may_not"))
        return [
            self._head("section_allowed"),
            columns(self._ink, heads, (may, may_not)),
        ]

    def _scripts(self, case: TakeAlongCase) -> list["Flowable"]:
        from collector_desk.documents.blocks import Fact, facts

        pack = self._pack
        said = {
            "called": case.called,
            "neutral": pack.neutral_name,
            "visitor": pack.team[0].name if pack.team else "",
            "badge": pack.team[0].badge if pack.team else "",
            "hotline": pack.hotline,
        }
        rows = [
            Fact(self._say(f"script_{part}_head"), self._say(f"script_{part}", **said), wide=True)
            for part in ("door", "third", "leave", "guard")
        ]
        return [self._head("section_scripts"), *facts(self._ink, rows)]

    def _head(self, code: str) -> "Flowable":
        from collector_desk.documents.blocks import Section

        return Section(self._ink.line(self._say(code)), "H3")

    # --- words -------------------------------------------------------------------------------------------

    def _say(self, code: str, **params: object) -> str:
        return self._words(f"visits.take_along.{code}", **params)

    def _word(self, member: object) -> str:
        return self._words(f"{type(member).__name__}.{getattr(member, 'value', '')}")

    def _at(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}"

    def _list(self, parts: Sequence[str]) -> str:
        return ("、" if self._lang == "zh_CN" else ", ").join(parts)

    def _lines(self, parts: Sequence[str]) -> str:
        return "\n".join(parts) or self._words("documents.none")
