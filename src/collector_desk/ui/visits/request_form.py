"""Ask for a visit, with the evidence on file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.visits.visit import BrokenPromise, FailedAttempt, PlaceKind, VisitPurpose
from collector_desk.services.visits import reading, visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.visits.labels import day, when
from collector_desk.ui.widgets import Card, FormField, SoftPanel, Text
from collector_desk.ui.widgets.parts import KeyButton, LongField, QuietCombo, WordCombo
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word


class RequestForm(QWidget):
    """For one debtor. ``asked`` carries the new visit's id and the changes; ``left`` that somebody gave it up."""

    asked = Signal(str, object)
    left = Signal()

    def __init__(self, place: Workplace, file: DebtorFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._file = place, file
        attempts, broken = reading.evidence_on_file(place.seat, file.id)
        self.purpose = WordCombo(VisitPurpose, self.tr("Choose…"))
        self.purpose.set_value(VisitPurpose.TALK.value)
        self.kind = WordCombo(PlaceKind, self.tr("Choose…"))
        self.address = QuietCombo()
        self.address.setEditable(True)
        for _, kind, line in file.addresses:
            self.address.addItem(line, kind)
        self.address.currentIndexChanged.connect(self._address_chosen)
        self._address_chosen()
        self.words = LongField(lines=3)
        self.fields = {
            "purpose": FormField(self.tr("Purpose"), self.purpose),
            "address": FormField(self.tr("Address"), self.address),
            "place": FormField(self.tr("Kind of place"), self.kind),
            "words": FormField(self.tr("Why a visit, in your words"), self.words),
        }
        self.save_button = KeyButton("save_next", main=True)
        self.save_button.set_text(self.tr("Ask for the visit"))
        self.save_button.clicked.connect(self.ask)
        self.back_button = KeyButton("leave")
        self.back_button.set_text(self.tr("Not now"))
        self.back_button.clicked.connect(self.left)
        self._lay_out(attempts, broken)

    def first_field(self) -> QWidget:
        """Where the keys go."""
        return self.purpose

    def main_act(self) -> None:
        """What Ctrl+Enter does."""
        self.ask()

    def ask(self) -> None:
        """Ask; what is wrong stands at its field, what the rules say on top."""
        for field in self.fields.values():
            field.set_error("")
        try:
            purpose = next((p for p in VisitPurpose if p.value == self.purpose.value()), None)
            kind = next((k for k in PlaceKind if k.value == self.kind.value()), None)
            if purpose is None:
                raise Refused("visits.visiting.choose", "purpose")
            if kind is None:
                raise Refused("visits.visiting.choose", "place")
            visit_id, changes = visiting.request(
                self._place.seat,
                debtor_id=self._file.id,
                purpose=purpose,
                address=self.address.currentText(),
                place=kind,
                words=self.words.toPlainText(),
            )
        except Trouble as trouble:
            name = trouble.field_name if isinstance(trouble, Refused) else None
            if name in self.fields:
                self.fields[name].set_error(say(trouble.message))
                self.fields[name].field.setFocus()
            else:
                self._place.troubled(trouble)
            return
        self._place.toast(self.tr("The visit is asked for: a lead decides."), Tone.OK)
        self.asked.emit(visit_id, changes)

    def _address_chosen(self, *_: object) -> None:
        known = {"home": PlaceKind.HOME, "work": PlaceKind.WORK}.get(str(self.address.currentData() or ""))
        if known is not None:
            self.kind.set_value(known.value)

    def _lay_out(self, attempts: tuple[FailedAttempt, ...], broken: tuple[BrokenPromise, ...]) -> None:
        seat, file = self._place.seat, self._file
        card = Card(self.tr("Ask for a visit"))
        head = f"{masked_name(file.name)} · {file.lead_case.number} · {file.balance}"
        card.body.addWidget(Text(head, size=Size.LABEL))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.fields["purpose"], 0, 0)
        grid.addWidget(self.fields["place"], 0, 1)
        grid.addWidget(self.fields["address"], 1, 0, 1, 2)
        grid.addWidget(self.fields["words"], 2, 0, 1, 2)
        card.body.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        card.body.addLayout(row)
        proof = Card(self.tr("Evidence that goes with it"))
        if not attempts and not broken:
            panel = SoftPanel(tone=Tone.WARN)
            said = self.tr("No failed call and no broken promise on file: a visit comes after the calls.")
            panel.body.addWidget(Text(said, wrap=True))
            proof.body.addWidget(panel)
        for tried in attempts:
            proof.body.addWidget(Text(" · ".join((when(seat, tried.at), word(tried.outcome), tried.number_masked))))
        for missed in broken:
            said = self.tr("Promise of {amount} for {day} not kept")
            proof.body.addWidget(Text(said.format(amount=missed.amount, day=day(missed.due))))
        note = self.tr("All of it is taken along as it stands; nothing is chosen by hand.")
        proof.body.addWidget(Text(note, size=Size.CAPTION, tint=Tint.DIM, wrap=True))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(card)
        box.addWidget(proof)
        box.addStretch(1)
