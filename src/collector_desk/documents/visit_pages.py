"""The sections of the visit report, from its title to the signatures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from collector_desk.documents.blocks import (
    BODY,
    CENTRED,
    LABEL,
    Fact,
    Heavy,
    Section,
    facts,
    labelled,
    listing,
    long_text,
    notice,
    para,
    section,
)
from collector_desk.documents.ink import Ink, cut
from collector_desk.documents.letterhead import Words
from collector_desk.documents.pictures import Shown, pairs
from collector_desk.documents.signature_boxes import SignatureBox, signatures
from collector_desk.documents.visit_data import VisitReportData
from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import masked_account, masked_id, masked_number
from collector_desk.domain.visits.checks import FindingLevel
from collector_desk.domain.visits.visit import Agreed, Entry, EvidenceItem, Signature, VisitOutcome

_MOST_ALT = 300  # characters of the words for a picture: an archive allows no endless ones


class Writer:
    """Puts the report's sections together, each empty one left out."""

    def __init__(self, data: VisitReportData, words: Words, ink: Ink, digest: str) -> None:
        self._data, self._words, self._ink, self._digest = data, words, ink, digest
        self.troubles: list[Message] = []
        self._zone = ZoneInfo(data.plan.zone)

    def story(self) -> list[Flowable]:
        """The whole report from its title to the signatures."""
        data, ink, w = self._data, self._ink, self._say
        report = data.report
        number = (
            f"{w('number')} {data.number}   ·   {w('version')} {report.version}   ·   {self._word(report.outcome)}"
        )
        story: list[Flowable] = [
            Heavy(ink.line(w("visit_title")), 19, centred=True, after=1),
            para(ink.line(number), CENTRED),
        ]
        groups: list[tuple[str, Sequence[Fact]]] = [
            ("section_case", list(self._case())),
            ("section_visit", list(self._visit())),
            ("section_met", list(self._met())),
            ("section_agreed", list(self._agreed())),
        ]
        for code, rows in groups:
            if rows:
                form = facts(ink, rows)
                story += section(ink.line(w(code)), form + self._accounts() if code == "section_case" else form)
            if code == "section_met" and report.said.strip():
                story += section(ink.line(w("section_said")), long_text(ink, report.said))
        story += self._statements() + self._evidence() + self._findings() + self._review()
        return story + self._signatures() + self._photos()

    def instant(self, at: datetime | None) -> str:
        """An instant on the clock of the place visited; the same form in every language and machine."""
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M}" if at else self._say("not_recorded")

    def _say(self, code: str, **params: object) -> str:
        return self._words(f"documents.{code}", **params)

    def _word(self, member: object) -> str:
        return self._words(f"{type(member).__name__}.{getattr(member, 'value', '')}")

    def _fact(self, code: str, value: str, *, wide: bool = False) -> Fact:
        return Fact(self._say(code), value, wide)

    def _case(self) -> Iterator[Fact]:
        data = self._data
        yield self._fact("debtor", data.debtor_name)
        yield self._fact("id_number", masked_id(data.id_number) or self._say("not_recorded"))

    def _accounts(self) -> list[Flowable]:
        heads = [self._say(c) for c in ("bank", "product", "case_number", "account", "balance", "days_past_due")]
        lines = [
            (
                case.bank,
                case.product,
                case.case_number,
                masked_account(case.account),
                f"{case.balance}\n{self._say('balance_on', on=case.balance_on.isoformat())}",
                self._say("days", count=case.days_past_due),
            )
            for case in self._data.cases
        ]
        if not lines:
            return []
        return [Spacer(1, 2 * mm), *listing(self._ink, heads, lines, (16, 13, 20, 21, 19, 14))]

    def _visit(self) -> Iterator[Fact]:
        request, plan, report = self._data.request, self._data.plan, self._data.report
        yield self._fact("purpose", self._word(request.purpose))
        yield self._fact("asked_by", f"{request.requested_by_name}  {self.instant(request.requested_at)}")
        yield self._fact("asked_because", self._because(), wide=True)
        for code, visitor in (("lead", plan.lead), ("companion", plan.companion), ("third", plan.third)):
            if visitor:
                badge = f"  ({self._say('badge')} {visitor.badge})" if visitor.badge else ""
                yield self._fact(code, visitor.name + badge)
        yield self._fact("address", plan.address, wide=True)
        yield self._fact("place", self._word(plan.place))
        yield self._fact("authority_letter", plan.authority_letter or self._say("not_recorded"))
        yield self._fact("planned", self._span(plan.start, plan.end), wide=True)
        yield self._fact("clock", self._clock(), wide=True)
        yield self._fact("status", self._word(report.outcome))
        if report.outcome_reason.strip():
            yield self._fact("outcome_reason", report.outcome_reason, wide=True)
        if report.outcome is VisitOutcome.NOT_CARRIED_OUT:
            return
        yield self._fact("set_out_at", self.instant(report.set_out_at))
        yield self._fact("arrived_at", self.instant(report.arrived_at))
        yield self._fact("left_at", self.instant(report.left_at))
        names = [v.name for v in plan.team if v.person_id in report.present]
        yield self._fact("present", self._say("between_names").join(names) or self._say("not_recorded"))
        yield self._fact("recorded_where", report.recorded_where or self._say("not_recorded"))
        yield self._fact("address_finding", self._word(report.address))
        if report.new_address.strip():
            yield self._fact("new_address", report.new_address, wide=True)

    def _because(self) -> str:
        lines = [
            self._say(
                "attempt_line",
                at=self.instant(tried.at),
                channel=self._word(tried.channel),
                number=tried.number_masked if "*" in tried.number_masked else masked_number(tried.number_masked),
                outcome=self._word(tried.outcome),
            )
            for tried in self._data.request.attempts
        ]
        lines += [
            self._say("promise_line", amount=str(broken.amount), due=broken.due.isoformat())
            for broken in self._data.request.broken_promises
        ]
        if self._data.request.no_number:
            lines.append(self._say("no_number_line"))
        return "\n".join([*lines, *([self._data.request.words] if self._data.request.words.strip() else [])])

    def _clock(self) -> str:
        """By which clock all times of the page are meant: without it an hour is no moment."""
        far = f"{self._data.plan.start.astimezone(self._zone):%z}"
        return f"{self._zone.key} (UTC{far[:3]}:{far[3:5]})"

    def _span(self, start: datetime, end: datetime) -> str:
        same_day = start.astimezone(self._zone).date() == end.astimezone(self._zone).date()
        return f"{self.instant(start)} – {self.instant(end)[11 if same_day else 0 :]}"

    def _met(self) -> Iterator[Fact]:
        report = self._data.report
        if report.met is not None:
            yield self._fact("met", self._word(report.met))
            yield self._fact("identified", self._word(report.identified))
            yield self._fact("debt_disclosed", self._say("yes" if report.debt_disclosed else "no"))
        if report.met_words.strip():
            yield self._fact("met_words", report.met_words, wide=True)
        if report.met is not None or report.entry is not Entry.NOT_ASKED:
            yield self._fact("entry", self._word(report.entry))
        if report.entry is Entry.ALLOWED:
            yield self._fact("consent", self._word(report.consent) if report.consent else self._say("not_recorded"))
            yield self._fact("consent_where", report.consent_where or self._say("not_recorded"))
        if report.minutes_inside is not None:
            yield self._fact("minutes_inside", self._say("minutes", count=report.minutes_inside))
        if report.over_time_reason.strip():
            yield self._fact("over_time_reason", report.over_time_reason, wide=True)
        if report.arrears_reason:
            yield self._fact("arrears_reason", self._word(report.arrears_reason))

    def _agreed(self) -> Iterator[Fact]:
        report = self._data.report
        yield self._fact("agreed", self._word(report.agreed))
        if report.agreed is Agreed.PROMISE:
            missing = self._say("not_recorded")
            yield self._fact("promise_amount", str(report.promise_amount) if report.promise_amount else missing)
            yield self._fact("promise_on", report.promise_on.isoformat() if report.promise_on else missing)
            channel = report.promise_channel
            yield self._fact("promise_channel", self._word(channel) if channel else missing)
        if report.agreed_words.strip():
            yield self._fact("agreed_words", report.agreed_words, wide=True)
        yield self._fact("handed_over", report.handed_over or self._say("none"), wide=bool(report.handed_over))
        yield self._fact("unusual", report.unusual or self._say("none"), wide=bool(report.unusual))
        yield self._fact("next_step", report.next_step or self._say("not_recorded"), wide=report.next_on is None)
        if report.next_on:
            yield self._fact("next_on", report.next_on.isoformat())

    def _statements(self) -> list[Flowable]:
        story: list[Flowable] = []
        for statement in self._data.report.statements:
            name = para(self._ink.line(statement.name.strip() or self._say("not_recorded")), LABEL)
            name.part.kind = "H3"
            story += labelled(name, long_text(self._ink, statement.text))
        return section(self._ink.line(self._say("section_statements")), story) if story else []

    def _evidence(self) -> list[Flowable]:
        title = self._ink.line(self._say("section_evidence"))
        items = self._data.report.evidence
        if not items:
            return section(title, notice(self._ink, self._say("no_evidence"), alert=False))
        heads = [
            "#",
            *(self._say(f"evidence_{c}") for c in ("kind", "caption", "taken")),
            self._say("evidence_hash"),
        ]
        rows = [
            (
                str(number),
                self._word(item.kind),
                self._caption(item),
                self.instant(item.taken_at),
                f"{item.sha256}\n{self._say('bytes', count=f'{item.size:,}')}",
            )
            for number, item in enumerate(items, 1)
        ]
        return section(title, listing(self._ink, heads, rows, (5, 12, 30, 18, 40)))

    def _caption(self, item: EvidenceItem) -> str:
        indoors = "\n" + self._say("indoors", reason=item.indoors_reason) if item.indoors else ""
        return item.caption + indoors

    def _photos(self) -> list[Flowable]:
        shown = []
        for number, item in enumerate(self._data.report.evidence, 1):
            picture = self._data.photos.get(item.evidence_id)
            if picture is None:
                continue
            caption = f"{self._say('photo_number', number=number)}  {cut(item.caption, 120)}"
            seen = cut(item.caption, _MOST_ALT) or self._say("not_recorded")
            alt = self._say("alt_photo", number=number, caption=seen)
            shown.append(Shown(picture, caption, item.sha256, alt))
        if not shown:
            return []
        return pairs(self._ink, Section(self._ink.line(self._say("section_photos"))), shown)

    def _findings(self) -> list[Flowable]:
        story: list[Flowable] = []
        for finding in self._data.findings:
            params = {
                k: self.instant(v) if isinstance(v, datetime) else v for k, v in finding.message.params.items()
            }
            text = f"{self._word(finding.level)} · {self._words(finding.message.code, **params)}"
            story += notice(self._ink, text, alert=finding.level is not FindingLevel.NOTE)
        if not self._data.findings:
            story += notice(self._ink, self._say("no_findings"), alert=False)
        return section(self._ink.line(self._say("section_findings")), story)

    def _review(self) -> list[Flowable]:
        review = self._data.review
        if review is None:
            return []
        rows = [
            self._fact("section_review", self._say("accepted" if review.accepted else "sent_back")),
            self._fact("reviewed_by", f"{review.by_name}  {self.instant(review.at)}"),
        ]
        if review.words.strip():
            rows.append(self._fact("met_words", review.words, wide=True))
        return section(self._ink.line(self._say("section_review")), facts(self._ink, rows))

    def _signatures(self) -> list[Flowable]:
        given = {s.person_id: s for s in self._data.signatures}
        team = [("lead", self._data.plan.lead), ("companion", self._data.plan.companion)]
        if self._data.plan.third:
            team.append(("third", self._data.plan.third))
        boxes = [self._box(code, v.name, given.get(v.person_id)) for code, v in team]
        truth = para(self._ink.line(self._say("truth")), BODY)
        table = signatures(self._ink, boxes, self._say("seal"))
        heading = Section(self._ink.line(self._say("section_signatures")))
        return [KeepTogether([heading, Spacer(1, 1.5 * mm), truth, table])]

    def _box(self, code: str, name: str, signature: Signature | None) -> SignatureBox:
        role = self._say(code)
        if signature is None:
            return SignatureBox(role, name, (self._say("signed_at"),), stamp=self._say("not_signed"))
        if signature.content_hash != self._digest:
            return SignatureBox(role, name, (self._say("signed_at"),), stamp=self._say("signed_other"))
        lines = (self.instant(signature.at), f"SHA-256 {signature.content_hash[:16]}…")
        stamp = "" if signature.strokes else self._word(signature.how)
        return SignatureBox(
            role, name, lines, signature.strokes, stamp, self._say("alt_signature", name=cut(name, 60))
        )
