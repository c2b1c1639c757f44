"""Where no number can be called: a number that was found, with where from; or the case before the lead."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.message import Message
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, KeyHint, Text, primary
from collector_desk.ui.widgets.kept_field import KeptField
from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.words import say


class NoNumberPanel(Card):
    """Stands in the place of the log while it is open; Ctrl+Enter or Enter in the last field sends, Esc leaves."""

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self.to_lead = False
        self._refused: tuple[str | None, Message] | None = None
        self.number, self.origin, self.words = KeptField(), KeptField(), KeptField()
        self.origin.setMaxLength(40)
        self.words.setMaxLength(500)
        self._fields = {
            "new_number": FormField("", self.number),
            "where_from": FormField("", self.origin),
            "words": FormField("", self.words),
        }
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        for name, share in (("new_number", 2), ("where_from", 3), ("words", 1)):
            row.addWidget(self._fields[name], share)
        self.body.addLayout(row)
        self._hint = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.PANEL)
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
        self.body.addLayout(foot)
        self.number.entered.connect(self.origin.setFocus)
        for last in (self.origin, self.words):
            last.entered.connect(self.asked)
        for line in (self.number, self.origin, self.words):
            line.left.connect(self.left)

    def begin(self, *, to_lead: bool) -> None:
        """Ask for the number and its origin, or for a sentence to the lead."""
        self.to_lead = to_lead
        self._refused = None
        for line in (self.number, self.origin, self.words):
            line.clear()
        for name, field in self._fields.items():
            field.set_error("")
            field.setVisible((name == "words") == to_lead)
        self.retranslate()
        (self.words if to_lead else self.number).setFocus()

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Say what stands in the way, at its field."""
        self._refused = (field_name, message)
        first = "words" if self.to_lead else "new_number"
        wanted = field_name if field_name in self._fields else first
        for name, field in self._fields.items():
            field.set_error(say(message) if name == wanted else "")
            if name == wanted and self.isVisible():
                field.field.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._fields["new_number"].set_label(self.tr("Number"))
        self._fields["where_from"].set_label(self.tr("Where it comes from"))
        self._fields["words"].set_label(self.tr("What the lead should know, in your own words"))
        self.leave.setText(self.tr("Leave (Esc)"))
        if self.to_lead:
            self.set_title(self.tr("Put it before the lead"))
            self.send.setText(self.tr("Put it before the lead"))
            self._hint.setText(self.tr("The case waits until the lead has decided; it stands in Review."))
        else:
            self.set_title(self.tr("A new number"))
            self.send.setText(self.tr("Keep the number"))
            self._hint.setText(
                self.tr(
                    "Only a number of the debtor's own, from the bank, the debtor or a public place. "
                    "One known as somebody else's goes to the lead first."
                )
            )
        if self._refused is not None:
            self.refuse(*self._refused)
