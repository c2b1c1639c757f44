"""Asking for a field visit from the case: what for, where, and in one's own words why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import masked_address
from collector_desk.domain.visits.visit import PlaceKind, VisitPurpose
from collector_desk.domain.vocabulary import AddressKind
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, KeyHint, Text, primary
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.words import say, word

_KIND = {AddressKind.WORK: PlaceKind.WORK, AddressKind.HOME: PlaceKind.HOME}


class VisitAsk(Card):
    """Stands in the place of the log while it is open; Ctrl+Enter asks, Esc leaves."""

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._call: LiveCall | None = None
        self.purpose, self.address = PickField(), PickField()
        self.words = QLineEdit()
        self._purpose = FormField("", self.purpose)
        self._address = FormField("", self.address)
        self._words = FormField("", self.words)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self._purpose, 2)
        row.addWidget(self._address, 3)
        self.body.addLayout(row)
        self.body.addWidget(self._words)
        self._hint = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.PANEL)
        self.send = primary(QPushButton())
        self.leave = QPushButton()
        self.leave.setAutoDefault(False)
        self.send.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(KeyHint(KEYS["save_next"].sequences[0]))
        foot.addWidget(self.send)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.purpose.picked.connect(self.purpose.set_value)
        self.address.picked.connect(self.address.set_value)

    def begin(self, call: LiveCall) -> None:
        """Offer the case's addresses; the focus goes to the words."""
        self._call = call
        file = call.case.file if call.case else None
        self._offer_purposes()
        self.purpose.set_value(VisitPurpose.TALK)
        places = file.addresses if file else ()
        self.address.set_choices(
            [
                Choice(place_id, line if call.facts_open else masked_address(line), str(n + 1))
                for n, (place_id, _, line) in enumerate(places[:9])
            ]
        )
        self.address.set_value(places[0][0] if places else None)
        for field in (self._purpose, self._address, self._words):
            field.set_error("")
        self.words.clear()
        self.words.setFocus()

    def _offer_purposes(self) -> None:
        self.purpose.set_choices([Choice(item, word(item), str(n + 1)) for n, item in enumerate(VisitPurpose)])

    def place(self) -> tuple[str, PlaceKind]:
        """The chosen address, whole, and what kind of place it is."""
        places = self._call.case.file.addresses if self._call and self._call.case else ()
        for place_id, kind, line in places:
            if place_id == self.address.value:
                return line, _KIND.get(kind, PlaceKind.HOME)
        return "", PlaceKind.HOME

    def chosen_purpose(self) -> VisitPurpose:
        """What the visit is for."""
        value = self.purpose.value
        return value if isinstance(value, VisitPurpose) else VisitPurpose.TALK

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Say what stands in the way, at its field."""
        field = {"purpose": self._purpose, "address": self._address}.get(field_name or "", self._words)
        field.set_error(say(message))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Ask for a field visit"))
        self._offer_purposes()  # what is chosen stays chosen
        self._purpose.set_label(self.tr("What for"))
        self._address.set_label(self.tr("Where"))
        self._words.set_label(self.tr("Why, in your own words"))
        self._hint.setText(
            self.tr("Failed calls and broken promises go along as evidence. A lead decides and names two people.")
        )
        self.send.setText(self.tr("Ask for the visit"))
        self.leave.setText(self.tr("Leave (Esc)"))
