"""The report, filled in once for both: fields by what was answered, drafts, findings at the fields."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.visit_checks import FindingLevel
from collector_desk.domain.visit_form import CHOICES, LONG, SECTIONS, asked, compose, typed_of
from collector_desk.domain.visit_steps import Visit, VisitState
from collector_desk.domain.visit_way import draft_from_taps
from collector_desk.domain.visits import EvidenceItem
from collector_desk.services import drafts, visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.visits.evidence_card import EvidenceCard
from collector_desk.ui.visits.facts import yes_no
from collector_desk.ui.visits.labels import field_labels, section_titles, when
from collector_desk.ui.visits.parts import KeyButton, LongField, QuietCombo, WordCombo
from collector_desk.ui.visits.report_fields import Kept, PresentField, answered, set_value, value_of
from collector_desk.ui.widgets import Card, FormField, SoftPanel, Text
from collector_desk.ui.words import say
from collector_desk.ui.workplace import Workplace

_DRAFT_MS = 600
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
        self._tried = False
        self._asked: frozenset[str] = frozenset()
        self.touched = False
        self._timer = QTimer(self, interval=_DRAFT_MS, singleShot=True)
        self._timer.timeout.connect(self.save_draft)
        self.inputs: dict[str, QWidget] = {}
        self.fields: dict[str, FormField] = {}
        self._cards: list[tuple[Card, QGridLayout, tuple[str, ...]]] = []
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
        """Hand the report in; what is missing stands at its field, the first of them gets the keys."""
        self._tried = True
        self._timer.stop()
        composed = compose(self.typed(), self._plan, self._place.seat.today(), self._rules, self._evidence())
        blocking = self._show_findings()
        if blocking:
            self.inputs[blocking[0]].setFocus()
            return
        unanswered = self.evidence.unanswered()
        if unanswered is not None:
            self.state.setText(self.tr("Say why the photo was taken indoors."))
            unanswered.setFocus()
            return
        try:
            changes = visiting.hand_in(self._place.seat, self._visit.visit_id, composed.report)
        except Trouble as trouble:
            name = trouble.field_name if isinstance(trouble, Refused) else None
            if name in self.fields:
                self.fields[name].set_error(self._said(trouble.message))
                self.inputs[name].setFocus()
            else:
                self._place.troubled(trouble)
            self.save_draft()
            return
        self.touched = False
        self._place.toast(self.tr("The report is handed in: now both sign it."), Tone.OK)
        self.acted.emit(changes)

    # --- the draft -----------------------------------------------------------------------------------

    def save_draft(self) -> None:
        """Write down what is typed, now."""
        self._timer.stop()
        if self.touched and self._offer.isHidden():
            drafts.save(self._place.seat, "visit", self._visit.visit_id, dict(self.typed()))

    def go_on(self) -> None:
        """Go on with the draft that is offered."""
        draft = drafts.load(self._place.seat, "visit", self._visit.visit_id, anybody=True)
        if draft is not None:
            self.fill(draft.content)
            self.touched = True
        self._settle_offer()

    def begin_anew(self) -> None:
        """Leave the draft and begin with what was tapped."""
        drafts.discard(self._place.seat, "visit", self._visit.visit_id)
        self._settle_offer()

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
        draft = drafts.load(seat, "visit", visit.visit_id, anybody=True)
        self._offer.setVisible(draft is not None and not resume)
        self._body.setVisible(draft is None or resume)
        if draft is None:
            return
        if resume:
            self.fill(draft.content)
            self.touched = True
            return
        text = self.tr("{name} began this report {time}. Continue?")
        self._offer_text.setText(text.format(name=draft.by, time=when(seat, draft.saved_at)))

    # --- the fields ----------------------------------------------------------------------------------

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
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
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        labels, titles = field_labels(), section_titles()
        for section, names in SECTIONS:
            card = Card(titles[section])
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(8)
            for column in range(_SPAN):
                grid.setColumnStretch(column, 1)
                grid.setColumnMinimumWidth(column, 40)
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
        self.touched = True
        self._arrange()
        if not self._timer.isActive():  # not begun anew at every key: what is typed is safe within a second
            self._timer.start()

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
        if self._tried and blocking:
            self.state.setText(self.tr("{count} fields are still open.").format(count=len(blocking)))
        else:
            self.state.setText(self.tr("Kept as a draft while you type; both of you sign afterwards."))
        return blocking

    def _evidence(self) -> tuple[EvidenceItem, ...]:
        return self.evidence.items()

    def _said(self, message: Message) -> str:
        seat = self._place.seat
        return say(message, zone=ZoneInfo(seat.zone), now=seat.now())
