"""An incident: the first tap opens this, the second says what it is and tells the lead; the words come later."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.message import msg
from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Draft, both
from collector_desk.domain.visits.incidents import Incident, IncidentKind
from collector_desk.services.desk import drafts
from collector_desk.services.visits import incidents
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.visits.incident.facts import save_paper
from collector_desk.ui.visits.report.report_fields import set_value
from collector_desk.ui.visits.shared_fields import BesidePanel, Other, SharedFields
from collector_desk.ui.visits.shared_typing import SharedTyping
from collector_desk.ui.widgets import BranchButton, Card, FormField, LinkButton, Pill, SoftPanel, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton, LongField, bring_into_view
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, when, word

_LONG = ("happened", "done")
_ALWAYS = ("people", "witnesses")
_IF = {"injury": "injured", "police": "police_called", "needs": "unsafe"}  # a field and the box that asks for it


class IncidentView(FollowsLanguage, QScrollArea):
    """``left`` closes it, ``acted`` carries what was changed.

    What is typed is written down within a second as the incident's draft and stands there again, whoever opens it.
    """

    left = Signal()
    acted = Signal(object)

    def __init__(
        self,
        place: Workplace,
        visit_id: str | None = None,
        parent: QWidget | None = None,
        *,
        debtor_id: str | None = None,
    ) -> None:
        """Of a visit, or of a debtor where it happened on the telephone."""
        super().__init__(parent)
        self._place, self._visit_id, self._debtor_id = place, visit_id, debtor_id
        self.incident: Incident | None = None
        self.buttons: list[BranchButton] = []
        self.inputs: dict[str, QPlainTextEdit] = {}
        self.fields: dict[str, FormField] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.unfinished: tuple[Incident, Draft] | None = None  # offered before another one is begun
        self._filling = False
        self.typing: SharedTyping | None = None  # there once it is known what happened
        self.state = Text(size=Size.CAPTION, tint=Tint.WARN_STRONG, wrap=True)
        self.save_button = KeyButton("save_next", main=True)
        self.paper_button = KeyButton("print")
        self.back_button = KeyButton("leave")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._choose()

    def retranslate(self) -> None:
        """Make the form anew; what is typed is kept as its draft and stands there again."""
        there = self.isAncestorOf(QApplication.focusWidget() or self)
        self.save_draft()
        if self.incident is not None:
            told = not self.again.isHidden()
            self._write_down(self.incident, self._draft_of(self.incident.id))
            self.again.setVisible(told)  # one's own words of just now are no news
            self.refresh()
        else:
            self.buttons, self.unfinished = [], None
            self.save_button, self.back_button = KeyButton("save_next", main=True), KeyButton("leave")
            self._choose()
        if there:
            self.first_field().setFocus()

    def first_field(self) -> QWidget:
        """Where the keys go."""
        if self.incident is not None:
            return self.inputs["happened"]
        return self.save_button.button if self.unfinished else self.buttons[0]

    def main_act(self) -> None:
        """What Ctrl+Enter does: keep the report, or go on with the one that was left unfinished."""
        if self.incident is not None:
            self.save()
        elif self.unfinished is not None:
            self.open(self.unfinished[0].id)

    def digit(self, number: int) -> None:
        """The second tap."""
        if self.incident is None and 0 < number <= len(self.buttons):
            self.buttons[number - 1].click()

    def begin(self, kind: IncidentKind, _checked: bool = False) -> None:
        """Tell the lead now; the words follow."""
        with self._place.attempt():
            incident_id, changes = incidents.begin(
                self._place.seat, kind, visit_id=self._visit_id, debtor_id=self._debtor_id
            )
            self.open(incident_id)
            self.acted.emit(changes)

    def open(self, incident_id: str, _checked: bool = False) -> None:
        """Go on with one that was begun."""
        with self._place.attempt():
            self.incident = incidents.load(self._place.seat, incident_id)
            self._write_down(self.incident, self._draft_of(incident_id))
            self.first_field().setFocus()

    def save(self) -> bool:
        """Keep what is written as the next version; what is missing says so at its field."""
        typing = self.typing
        if self.incident is None or typing is None or not typing.exchange():
            return False
        if typing.news or typing.besides:  # what came in meanwhile is read, and chosen, first
            if typing.besides:
                typing.besides[0].first_button().setFocus()
                bring_into_view(typing.besides[0])
            typing.news.clear()
            return False
        said: dict[str, Any] = {name: field.toPlainText() for name, field in self.inputs.items()}
        report = replace(
            self.incident.report,
            injured=self.boxes["injured"].isChecked(),
            police_called=self.boxes["police_called"].isChecked(),
            safe=not self.boxes["unsafe"].isChecked(),
            **said,
        )
        for field in self.fields.values():
            field.set_error("")
        with self._place.attempt(partial(point_at, self.fields)):
            changes = incidents.write(self._place.seat, self.incident.id, report)
            typing.touched = False
            self.again.hide()
            self.state.setText("")
            self.incident = incidents.load(self._place.seat, self.incident.id)
            typing.fields.begin()
            self.paper_button.setEnabled(True)
            self._place.toast(self.tr("The incident report is kept."), Tone.OK)
            self.acted.emit(changes)
            return True
        return False

    def paper(self) -> None:
        """Its PDF, signed and kept, saved where the person says."""
        if self.incident is not None and self.incident.report.version:
            save_paper(self._place, self, self.incident)

    # --- the draft -----------------------------------------------------------------------------------

    def save_draft(self) -> None:
        """Write down what is typed, now."""
        if self.typing is not None:
            self.typing.save()

    def refresh(self) -> None:
        """Another window may have typed at the same report: show it; what is typed here stays."""
        if self.typing is not None:
            self.typing.refresh()

    def came_in(self, *, news: bool) -> None:
        """Say what others just wrote, and where two wrote into one field."""
        if self.typing is None:
            return
        if news or self.typing.news:
            people = "、".join(sorted(set(self.typing.news.values())))
            names = "、".join(self._labels().get(name, name) for name in self.typing.news)
            said = self.tr("{people} just wrote: {fields}. Read it, then keep the report.")
            self.state.setText(said.format(people=people, fields=names))
        elif self.typing.besides:
            self.state.setText(self.tr("Two of you wrote into one field: choose first."))

    def _typed(self) -> dict[str, Any]:
        return {name: field.toPlainText() for name, field in self.inputs.items()} | {
            name: box.isChecked() for name, box in self.boxes.items()
        }

    def _put_value(self, name: str, value: Any) -> None:
        """What another wrote, into its field."""
        before, self._filling = self._filling, True
        if name in self.inputs:
            set_value(self.inputs[name], str(value))
        else:
            self.boxes[name].setChecked(bool(value))
        self._filling = before

    def beside(self, other: Other) -> BesidePanel:
        """Another's text, under its field."""
        panel = BesidePanel(self._labels()[other.name], other, str(other.value), texts=other.name in self.inputs)
        field = self.fields.get(other.name)
        self._card.body.insertWidget(self._card.body.indexOf(field) + 1 if field else 0, panel)
        return panel

    def join_of(self, name: str) -> Callable[[str, str], str]:
        """Two texts become one, one under the other."""
        return both

    def was_chosen(self, name: str) -> None:
        """The keys go on in the field that was chosen for."""
        self.state.setText("")
        self.inputs[name].setFocus()

    def give_up_draft(self) -> None:
        """Leave what was typed and show the report as it was kept last."""
        if self.incident is not None:
            if self.typing is not None:
                self.typing.timer.stop()
            drafts.discard(self._place.seat, DraftKind.INCIDENT, self.incident.id)
            self.open(self.incident.id)

    def _draft_of(self, incident_id: str) -> Draft | None:
        return drafts.load(self._place.seat, DraftKind.INCIDENT, incident_id, anybody=True)

    def _put_back(self, draft: Draft) -> None:
        if self.typing is not None:
            self.typing.fields.take(draft)
            self.typing.touched = True
            self.typing.show_besides()
        for field in self.inputs.values():
            field.moveCursor(QTextCursor.MoveOperation.End)  # one goes on where one stopped
        said = self.tr("{name} typed this {time}; it isn't kept as a report yet.")
        self._again_text.setText(said.format(name=draft.by, time=when(self._place.seat, draft.saved_at)))

    def _edited(self, *_: object) -> None:
        if self._filling or self.typing is None:
            return
        self.typing.edited()
        self.state.setText("")

    # --- parts ---------------------------------------------------------------------------------------

    def _choose(self) -> None:
        card = Card(self.tr("Incident: what is it?"))
        hint = self.tr("Safety first. One tap puts it on the lead's list at once; the words come afterwards.")
        card.body.addWidget(Text(hint, wrap=True, tint=Tint.DIM))
        grid = QGridLayout()
        grid.setSpacing(Gap.ROW)
        for place, kind in enumerate(IncidentKind):
            button = BranchButton(str(place + 1), word(kind))
            button.setMinimumHeight(Height.THUMB_LARGE)
            button.clicked.connect(partial(self.begin, kind))
            self.buttons.append(button)
            grid.addWidget(button, place // 2, place % 2)
        card.body.addLayout(grid)
        for one in incidents.incidents(self._place.seat):
            draft = self._draft_of(one.id) if self._may_concern(one) else None
            if draft is not None and self.unfinished is None:
                self.unfinished = (one, draft)
            elif draft is not None or self._concerns(one):
                link = LinkButton()
                link.setText(f"{one.number} · {word(one.report.kind)} · {when(self._place.seat, one.begun_at)}")
                link.clicked.connect(partial(self.open, one.id))
                card.body.addWidget(link)
        if self.unfinished is not None:
            card.body.insertWidget(0, self._offer(*self.unfinished))
        self._put(card, self.back_button)
        self.back_button.set_text(self.tr("Back"))
        self.back_button.clicked.connect(self.left)

    def _offer(self, one: Incident, draft: Draft) -> QWidget:
        """Above the kinds: what was being written when the form was left or the program ended."""
        offer = SoftPanel(tone=Tone.INFO)
        said = self.tr("{name} was writing {number} ({kind}) {time}.").format(
            name=draft.by,
            number=one.number,
            kind=word(one.report.kind),
            time=when(self._place.seat, draft.saved_at),
        )
        offer.body.addWidget(Text(said, wrap=True))
        self.save_button.set_text(self.tr("Go on writing"))
        self.save_button.clicked.connect(self.main_act)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        offer.body.addLayout(row)
        return offer

    def _may_concern(self, one: Incident) -> bool:
        """Those of this visit; from a call, the debtor's."""
        if self._visit_id is not None:
            return one.visit_id == self._visit_id
        return one.debtor_id == self._debtor_id

    def _concerns(self, one: Incident) -> bool:
        """From a call, only the debtor's that are open."""
        return self._may_concern(one) and (one.open or self._visit_id is not None)

    def _write_down(self, one: Incident, draft: Draft | None) -> None:
        self._filling = True
        self.save_button, self.paper_button, self.back_button = (
            KeyButton("save_next", main=True),
            KeyButton("print"),
            KeyButton("leave"),
        )
        known = SoftPanel(tone=Tone.OK)
        known.body.addWidget(Text(say(msg("visits.incidents.lead_knows", number=one.number)), wrap=True))
        card = self._card = Card(f"{word(one.report.kind)} · {one.number}")
        self.state = Text(size=Size.CAPTION, tint=Tint.WARN_STRONG, wrap=True)
        card.corner.addWidget(Pill(when(self._place.seat, one.report.at), Tone.WARN))
        card.body.addWidget(known)
        self.again = SoftPanel(tone=Tone.INFO)
        self._again_text = Text(size=Size.LABEL, wrap=True)
        self.anew_button = LinkButton()
        self.anew_button.setText(
            self.tr("Back to what was kept last") if one.report.version else self.tr("Begin anew")
        )
        self.anew_button.clicked.connect(self.give_up_draft)
        row = QHBoxLayout()
        row.addWidget(self._again_text, 1)
        row.addWidget(self.anew_button)
        self.again.body.addLayout(row)
        card.body.addWidget(self.again)
        if draft is not None and not draft.is_alone(self._place.seat.person.id):
            self.anew_button.hide()  # another's words are not thrown away
        self.again.setVisible(draft is not None)
        labels = self._labels()
        for name in (*_LONG, *_ALWAYS):
            card.body.addWidget(self._field(name, labels[name], getattr(one.report, name)))
        for name, box_name in _IF.items():
            box = QCheckBox(labels[box_name])
            field = self._field(name, labels[name], getattr(one.report, name))
            self.boxes[box_name] = box
            box.toggled.connect(field.setVisible)
            box.toggled.connect(self._edited)
            card.body.addWidget(box)
            card.body.addWidget(field)
            asked = {"injury": one.report.injured, "police": one.report.police_called, "needs": not one.report.safe}
            box.setChecked(asked[name])
            field.setVisible(asked[name])
        self.save_button.set_text(self.tr("Keep the report"))
        self.paper_button.set_text(self.tr("PDF…"))
        self.back_button.set_text(self.tr("Back"))
        self.save_button.clicked.connect(self.save)
        self.paper_button.clicked.connect(self.paper)
        self.back_button.clicked.connect(self.left)
        self.paper_button.setEnabled(one.report.version > 0)
        card.body.addWidget(self.state)
        self._put(card, self.save_button, self.paper_button, self.back_button)
        shared = SharedFields(
            self._place.seat.person.id,
            typed=self._typed,
            put=self._put_value,
            keep=partial(incidents.save_draft, self._place.seat, one.id),
            load=partial(incidents.typed, self._place.seat, one.id),
        )
        shared.begin()
        if self.typing is not None:
            self.typing.timer.stop()
            self.typing.deleteLater()
        self.typing = SharedTyping(self._place, shared, self, self)
        if draft is not None:
            self._put_back(draft)
        self._filling = False

    def _field(self, name: str, label: str, value: str) -> FormField:
        field = LongField(lines=3 if name in _LONG else 1)
        field.setPlainText(value)
        field.textChanged.connect(self._edited)
        self.inputs[name] = field
        self.fields[name] = FormField(label, field)
        return self.fields[name]

    def _labels(self) -> dict[str, str]:
        return {
            "happened": self.tr("What happened"),
            "done": self.tr("What was done at once, who was told"),
            "people": self.tr("Who was there"),
            "witnesses": self.tr("Witnesses"),
            "injured": self.tr("Somebody was hurt"),
            "injury": self.tr("Who was hurt and how"),
            "police_called": self.tr("Police were called or came"),
            "police": self.tr("Station, officer, file number"),
            "unsafe": self.tr("Not everybody is safe yet"),
            "needs": self.tr("What help is wanted now"),
        }

    def _put(self, card: Card, *buttons: KeyButton) -> None:
        row = QHBoxLayout()
        row.setSpacing(Gap.ACTS)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(Margin.SCROLLED)
        box.addWidget(card)
        box.addStretch(1)
        self.viewport().setAutoFillBackground(False)
        before = self.takeWidget()
        if before is not None:
            before.deleteLater()  # not at once: a button of it may have been pressed for this
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
