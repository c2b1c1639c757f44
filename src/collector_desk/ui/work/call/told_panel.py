"""Before the next number: whom one told of the danger, and when. It stands in the log's place until it is said."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.message import Message, msg
from collector_desk.services.desk.seat import Seat
from collector_desk.services.permits import alarms
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, KeyHint, Text, primary
from collector_desk.ui.widgets.kept_field import KeptField
from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say


class ToldPanel(Card):
    """Two fields; Ctrl+Enter writes them down, Esc leaves without dialling."""

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._refused: tuple[str | None, Message] | None = None
        self._seat: Seat | None = None
        self.why = Text(size=Size.LABEL, tint=Tint.DANGER_STRONG, wrap=True)
        self.whom = Text(wrap=True)
        self.words, self.at = KeptField(), KeptField()
        self.words.setMaxLength(500)
        self.at.setPlaceholderText("14:05")
        self._words, self._at = FormField("", self.words), FormField("", self.at)
        for line in (self.words, self.at):
            line.entered.connect(self.asked)
            line.left.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self._words, 5)
        row.addWidget(self._at, 1)
        self.send, self.leave = primary(QPushButton()), QPushButton()
        self.leave.setAutoDefault(False)
        self.send.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(KeyHint(KEYS["save_next"].sequences[0]))
        foot.addWidget(self.send)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.TIGHT)
        self.body.addWidget(self.why)
        self.body.addWidget(self.whom)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    def begin(self, place: Workplace) -> None:
        """Ask; what was typed before stays."""
        self._seat = place.seat
        self._refused = None
        for field in (self._words, self._at):
            field.set_error("")
        self._show_contacts()
        self.words.setFocus()

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Say what is missing, at its field."""
        if self._seat is None:
            return
        self._refused = (field_name, message)
        for field in (self._words, self._at):
            field.set_error("")
        field = self._at if field_name == "at" else self._words
        field.set_error(say(message, zone=ZoneInfo(self._seat.zone), now=self._seat.now()))
        if self.isVisible():
            (self.at if field is self._at else self.words).setFocus()

    def done(self) -> None:
        """It is written down."""
        self.words.clear()
        self.at.clear()

    def _show_contacts(self) -> None:
        if self._seat is not None and not self.isHidden():
            who = alarms.state(self._seat).contacts
            self.whom.setText(say(msg("permits.alarms.contacts", who=who)) if who else "")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("First: whom did you tell?"))
        self.why.setText(say(msg("permits.alarms.tell_first")))
        self._words.set_label(self.tr("Whom you told, how, and what they said"))
        self._at.set_label(self.tr("At"))
        self.send.setText(self.tr("Write it down and dial"))
        self.leave.setText(self.tr("Leave (Esc)"))
        self._show_contacts()
        if self._refused is not None:
            self.refuse(*self._refused)
