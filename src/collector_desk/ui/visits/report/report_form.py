"""The report, filled in once for both: fields by what was answered, drafts, findings at the fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Draft
from collector_desk.domain.visits.checks import FindingLevel
from collector_desk.domain.visits.form import CHOICES, LONG, SECTIONS, TEXTS, Composed, asked, compose, typed_of
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.domain.visits.taps import draft_from_taps
from collector_desk.domain.visits.visit import EvidenceItem
from collector_desk.services.desk import drafts
from collector_desk.services.visits import visiting
from collector_desk.services.visits.drafts import load, save
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.visits.evidence.evidence_card import EvidenceCard
from collector_desk.ui.visits.facts import yes_no
from collector_desk.ui.visits.labels import field_labels, section_titles
from collector_desk.ui.visits.report.report_fields import (
    Kept,
    PresentField,
    answered,
    joined,
    set_value,
    shown_value,
    value_of,
)
from collector_desk.ui.visits.shared_fields import BesidePanel, Other, SharedFields
from collector_desk.ui.visits.shared_typing import SharedTyping
from collector_desk.ui.widgets import Card, FormField, SoftPanel, Text
from collector_desk.ui.widgets.parts import KeyButton, LongField, QuietCombo, WordCombo, bring_into_view
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say, when
from collector_desk.words.messages import show_whole

_SPAN = 6  # columns of a section
_WIDTHS = {  # of six columns; what is not named takes three, long texts six
    **dict.fromkeys(("outcome", "met", "identified", "debt_disclosed", "entry", "consent", "minutes_inside"), 2),
    **dict.fromkeys(("agreed", "promise_channel", "promise_amount", "promise_on", "next_on", "arrears_reason"), 2),
    **dict.fromkeys(("day", "set_out_at", "arrived_at", "left_at"), 1),
    **dict.fromkeys(("next_step", "new_address"), 4),
    **dict.fromkeys(("met_words", "consent_where"), 6),
    "address": 2,
}


class ReportForm(QWidget):
    """``acted`` carries what handing in changed."""

    acted = Signal(object)

    def __init__(
        self, place: Workplace, visit: Visit, *, resume: bool = False, parent: QWidget | None = None
    ) -> None:
        """``resume``: the draft was begun in this very window, so it is put back without asking."""
        super().__init__(parent)
        assert visit.plan is not None  # noqa: S101 -- a report only follows a plan
        self._place, self._visit, self._plan = place, visit, visit.plan
        self._rules = visiting.rules(place.seat)
        self._filling = True
        self._tried = self._sure = False
        self._asked: frozenset[str] = frozenset()
        self.inputs: dict[str, QWidget] = {}
        self.fields: dict[str, FormField] = {}
        self._cards: list[tuple[Card, QGridLayout, tuple[str, ...]]] = []
        shared = SharedFields(
            place.seat.person.id,
            typed=self.typed,
            put=self._put,
            keep=partial(save, place.seat, visit.visit_id),
            load=partial(load, place.seat, visit.visit_id),
        )
        self.typing = SharedTyping(place, shared, self, self)
        self._left_out: tuple[str, ...] = ()  # told already that these words go into no report
        self._marks = dict(visit.review.marks) if visit.review and visit.state is VisitState.SENT_BACK else {}
        self._body = QWidget()
        self._offer = SoftPanel(tone=Tone.INFO)
        self.continue_button = KeyButton("save_next", main=True)
        self.anew_button = KeyButton("refuse")
        self._build()
        self._begin(resume)

    # --- the values ----------------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: value_of(widget) for name, widget in self.inputs.items()}

    def fill(self, typed: Mapping[str, str]) -> None:
        """Put values into the fields."""
        self._filling = True
        for name, widget in self.inputs.items():
            set_value(widget, typed.get(name, ""))
        self._filling = False
        self._arrange()

    def first_field(self) -> QWidget:
        """Where the keys go."""
        if self.offering:
            return self.continue_button.button
        return self.inputs["outcome"]

    def main_act(self) -> None:
        """What Ctrl+Enter does: hand in (or go on with the draft that is offered)."""
        if self.offering:
            self.go_on()
        else:
            self.hand_in()

    @property
    def offering(self) -> bool:
        """Whether a draft is offered and wants an answer."""
        return not self._offer.isHidden()

    def hand_in(self) -> None:
        """Hand the report in; what stands in the way is said beside the button and at its field, which is shown."""
        self._tried = True
        self.typing.news.clear()
        if not self.typing.exchange(always=True):
            return
        if self.typing.news:
            self._show_findings()
            self._bring(next(iter(self.typing.news)))
            return
        if self.typing.besides:
            self._show_findings()
            self.typing.besides[0].first_button().setFocus()
            bring_into_view(self.typing.besides[0])
            return
        composed = compose(self.typed(), self._plan, self._place.seat.today(), self._rules, self._evidence())
        blocking = self._show_findings()
        if blocking:
            self._bring(blocking[0])
            return
        unanswered = self.evidence.unanswered()
        if unanswered is not None:
            self.state.setText(self.tr("Say why the photo was taken indoors."))
            unanswered.setFocus()
            bring_into_view(unanswered)
            return
        left_out = self._words_left_out()
        if left_out and left_out != self._left_out:
            self._left_out = left_out
            self._show_findings()
            return
        with self._place.attempt(self._refused):
            changes = visiting.hand_in(self._place.seat, self._visit.visit_id, composed.report)
            self.typing.touched = False
            self._place.toast(self.tr("The report is handed in: now both sign it."), Tone.OK)
            self.acted.emit(changes)

    def _refused(self, trouble: Trouble) -> bool:
        name = trouble.field_name if isinstance(trouble, Refused) else None
        self.typing.exchange()
        if name not in self.fields:
            return False
        self.fields[name].set_error(self._said(trouble.message))
        self.state.setText(self._said(trouble.message))
        self._bring(name)
        return True

    def _bring(self, name: str) -> None:
        """Into a field, wherever the page is scrolled to."""
        if name in self.fields:
            self.inputs[name].setFocus()
            bring_into_view(self.fields[name])

    def _words_left_out(self) -> tuple[str, ...]:
        """Fields that hold words and are not asked for by what was answered: they go into no report."""
        typed = self.typed()
        return tuple(name for name in sorted(TEXTS - self._asked) if typed.get(name, "").strip())

    @property
    def touched(self) -> bool:
        """Whether something was typed here that isn't handed in."""
        return self.typing.touched

    # --- the draft -----------------------------------------------------------------------------------

    def save_draft(self) -> None:
        """Write down what is typed, now."""
        if not self.offering:
            self.typing.save()

    def refresh(self) -> None:
        """Another window may have typed at the same report: show it; what is typed here stays."""
        if not self.offering:
            self.typing.refresh()

    def _put(self, name: str, text: str) -> None:
        """What another wrote, into its field."""
        before, self._filling = self._filling, True
        set_value(self.inputs[name], text)
        self._filling = before

    def beside(self, other: Other) -> BesidePanel:
        """Another's text, on the card of its field."""
        field = self.fields.get(other.name)
        label = field.label.text() if field is not None else ""
        texts = other.name in TEXTS or other.name.startswith("statement:")
        panel = BesidePanel(label, other, shown_value(self.inputs[other.name], str(other.value)), texts=texts)
        card = next((card for card, _, names in self._cards if other.name in names), self._statement_card)
        card.body.addWidget(panel)
        return panel

    def join_of(self, name: str) -> Callable[[str, str], str]:
        """How two answers to one question become one."""
        return partial(joined, self.inputs[name])

    def came_in(self, *, news: bool) -> None:
        """Others' answers may ask for other fields."""
        if news:
            self._arrange()

    def was_chosen(self, name: str) -> None:
        """The keys go on in the field that was chosen for."""
        self._arrange()
        self._bring(name)

    def go_on(self) -> None:
        """Go on with the draft that is offered."""
        draft = load(self._place.seat, self._visit.visit_id)
        if draft is not None:
            self._take(draft)
        self._settle_offer()

    def begin_anew(self) -> None:
        """Leave one's own draft and begin with what was tapped; asked twice, for it is gone then."""
        if self.anew_button.isHidden():
            return
        if not self._sure:
            self._sure = True
            self.anew_button.set_text(self.tr("Once more: throw it away"))
            return
        drafts.discard(self._place.seat, DraftKind.VISIT, self._visit.visit_id)
        self._settle_offer()

    def _take(self, draft: Draft) -> None:
        self.typing.fields.take(draft)
        self.typing.touched = True
        self.typing.show_besides()
        self._arrange()

    def _settle_offer(self) -> None:
        self._offer.hide()
        self._body.show()
        self.first_field().setFocus()

    def _begin(self, resume: bool) -> None:
        seat, visit = self._place.seat, self._visit
        if visit.report is not None:
            self.fill(typed_of(visit.report, self._plan))
        else:
            start = typed_of(draft_from_taps(self._plan, visit.taps, seat.now()), self._plan)
            if not visit.taps:
                start |= {"outcome": "", "present": ""}
            self.fill(start)
        for name, words in self._marks.items():
            if name in self.fields:
                self.fields[name].set_error(self.tr("Lead: {words}").format(words=words))
        self.typing.fields.begin()
        draft = load(seat, visit.visit_id)
        self._offer.setVisible(draft is not None and not resume)
        self._body.setVisible(draft is None or resume)
        if draft is None:
            return
        if resume:
            self._take(draft)
            return
        self.anew_button.setVisible(draft.is_alone(seat.person.id))  # another's words are not thrown away
        text = self.tr("{name} began this report {time}. Continue?")
        self._offer_text.setText(text.format(name=draft.by, time=when(seat, draft.saved_at)))

    # --- the fields ----------------------------------------------------------------------------------

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        self._offer_text = Text(size=Size.LABEL, wrap=True)
        self._offer.body.addWidget(self._offer_text)
        row = QHBoxLayout()
        self.continue_button.set_text(self.tr("Continue"))
        self.anew_button.set_text(self.tr("Begin anew"))
        self.continue_button.clicked.connect(self.go_on)
        self.anew_button.clicked.connect(self.begin_anew)
        row.addWidget(self.continue_button)
        row.addWidget(self.anew_button)
        row.addStretch(1)
        self._offer.body.addLayout(row)
        box.addWidget(self._offer)
        box.addWidget(self._body)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(Margin.NONE)
        inner.setSpacing(Gap.CARD)
        labels, titles = field_labels(), section_titles()
        for section, names in SECTIONS:
            card = Card(titles[section])
            grid = QGridLayout()
            grid.setHorizontalSpacing(Gap.PAGE)
            grid.setVerticalSpacing(Gap.ROW)
            for column in range(_SPAN):
                grid.setColumnStretch(column, 1)
                grid.setColumnMinimumWidth(column, Width.ARROW)
            card.body.addLayout(grid)
            for name in names:
                self._add(name, labels[name], card)
            self._cards.append((card, grid, names))
            inner.addWidget(card)
        own = f"statement:{self._place.seat.person.id}"
        card = Card(labels["statements"])
        hint = self.tr("Only where the two of you saw it differently")
        self._add(own, hint, card)
        card.body.addWidget(self.fields[own])
        for member in self._plan.team:  # another's statement is kept as it stands, out of sight
            name = f"statement:{member.person_id}"
            if name not in self.inputs:
                self.inputs[name] = Kept(self)
        inner.addWidget(card)
        self._statement_card = card
        self.evidence = EvidenceCard(self._place, self._visit.visit_id, editable=True)
        self.evidence.changed.connect(self._show_findings)
        inner.addWidget(self.evidence)
        foot = QHBoxLayout()
        self.save_button = KeyButton("save_next", main=True)
        self.save_button.set_text(self.tr("Hand in"))
        self.save_button.clicked.connect(self.hand_in)
        self.state = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        foot.addWidget(self.save_button)
        foot.addWidget(self.state, 1)
        inner.addLayout(foot)

    def _add(self, name: str, label: str, card: Card) -> None:
        widget = self._make(name)
        self.inputs[name] = widget
        self.fields[name] = FormField(label, widget, card)

    def _make(self, name: str) -> QWidget:
        if name in CHOICES:
            combo = WordCombo(CHOICES[name], self.tr("Choose…"))
            combo.currentIndexChanged.connect(self._edited)
            return combo
        if name == "debt_disclosed":
            yes = QuietCombo()
            for text, value in ((self.tr("Choose…"), ""), (yes_no(False), "no"), (yes_no(True), "yes")):
                yes.addItem(text, value)
            yes.currentIndexChanged.connect(self._edited)
            return yes
        if name == "present":
            present = PresentField(self._plan)
            present.changed.connect(self._edited)
            return present
        if name in LONG or name.startswith("statement:"):
            long = LongField(lines=4 if name == "said" else 2)
            long.textChanged.connect(self._edited)
            return long
        line = QLineEdit()
        hints = {
            "day": "2026-11-24",
            "set_out_at": "13:20",
            "arrived_at": "14:00",
            "left_at": "14:30",
            "promise_on": self.tr("tomorrow, 11-26, …"),
            "next_on": self.tr("tomorrow, 11-26, …"),
            "recorded_where": self.tr("Recorder and file"),
        }
        line.setPlaceholderText(hints.get(name, ""))
        line.textChanged.connect(self._edited)
        return line

    def _edited(self, *_: object) -> None:
        if self._filling:
            return
        self.typing.edited()
        self._left_out = ()
        self._arrange()

    def _arrange(self) -> None:
        """Show the fields that are asked for, and what the checks say of them."""
        wanted = asked(self.typed(), self._rules)
        if wanted == self._asked:  # most keys change a text, not what is asked for
            self._show_findings()
            return
        self._asked = wanted
        for card, grid, names in self._cards:
            row = column = 0
            for name in names:
                field = self.fields[name]
                grid.removeWidget(field)
                field.setVisible(name in wanted)
                if name not in wanted:
                    continue
                span = _WIDTHS.get(name, 6 if name in LONG else 3)
                if column + span > _SPAN:
                    row, column = row + 1, 0
                grid.addWidget(field, row, column, 1, span)
                column += span
            card.setVisible(any(name in wanted for name in names))
        self._statement_card.setVisible("next_step" in wanted)
        self._show_findings()

    def _show_findings(self) -> list[str]:
        """Say at the fields what is unreadable, what touches a rule and, once tried, what is missing.

        Returns the fields that stand in the way of handing in.
        """
        typed = self.typed()
        composed = compose(typed, self._plan, self._place.seat.today(), self._rules, self._evidence())
        said: dict[str, str] = {name: self._said(message) for name, message in composed.unreadable.items()}
        missing = dict(said)
        self._show_understood(composed)
        if self._tried and not typed.get("outcome"):
            missing["outcome"] = said["outcome"] = self.tr("Choose how the visit ended.")
        for finding in visiting.findings(self._place.seat, self._visit, composed.report):
            if finding.level is FindingLevel.MISSING and self._tried:
                missing.setdefault(finding.field_name, self._said(finding.message))
                said.setdefault(finding.field_name, self._said(finding.message))
            elif finding.level is FindingLevel.BREACH and answered(typed, finding.field_name):
                said.setdefault(finding.field_name, self._said(finding.message))
        for name, words in self._marks.items():
            said.setdefault(name, self.tr("Lead: {words}").format(words=words))
        for name, field in self.fields.items():
            if field.error() != said.get(name, ""):
                field.set_error(said.get(name, ""))
        blocking = [name for name in self.fields if name in missing]
        self.state.setText(self._state(blocking))
        self.state.set_tint(Tint.DANGER_STRONG if self._tried and (blocking or self.typing.besides) else Tint.DIM)
        return blocking

    def _show_understood(self, composed: Composed) -> None:
        """Under every field of a day or a time: the whole moment that was understood, before anybody accepts it."""
        report, zone = composed.report, ZoneInfo(self._plan.zone)
        days = {"day": composed.day, "promise_on": report.promise_on, "next_on": report.next_on}
        for name, found in days.items():
            self.fields[name].set_hint(f"→ {show_whole(found, language())}" if found else "")
        for name in ("set_out_at", "arrived_at", "left_at"):
            at: datetime | None = getattr(report, name)
            local = at.astimezone(zone) if at else None
            whole = f"→ {show_whole(local.date(), language(), local.time())}" if local else ""
            self.fields[name].set_hint(whole)

    def _state(self, blocking: list[str]) -> str:
        """Beside the button: what stands in the way, else what others just wrote."""
        labels = {name: field.label.text() for name, field in self.fields.items()}
        between = self.tr(", ")
        if self.typing.news:
            people = between.join(sorted(set(self.typing.news.values())))
            names = between.join(labels.get(name, name) for name in self.typing.news if name in labels)
            said = self.tr("{people} just wrote: {fields}. Read it, then hand in.")
            return said.format(people=people, fields=names)
        if self.typing.besides:
            names = between.join(labels.get(panel.other.name, "") for panel in self.typing.besides)
            return self.tr("Two of you wrote here, choose first: {fields}").format(fields=names)
        if self._tried and blocking:
            names = between.join(labels[name] for name in blocking)
            return self.tr("Still open: {count} · {fields}").format(count=len(blocking), fields=names)
        if self._left_out:
            names = between.join(labels[name] for name in self._left_out if name in labels)
            return self.tr(
                "Not asked for after this result, so not in the report: {fields}. Once more hands in."
            ).format(fields=names)
        return self.tr("Kept as a draft while you type; both of you sign afterwards.")

    def _evidence(self) -> tuple[EvidenceItem, ...]:
        return self.evidence.items()

    def _said(self, message: Message) -> str:
        seat = self._place.seat
        return say(message, zone=ZoneInfo(seat.zone), now=seat.now())
