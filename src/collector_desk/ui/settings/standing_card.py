"""The card on which a lead answers for a store that doesn't fit what this computer remembers of it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.services.office import going_on
from collector_desk.ui.theme import Size, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import BodyText, Card, FormField, StateMark, Text, primary
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say


class StandingCard(Card):
    """Hidden where nothing waits for an answer; who is no lead reads why nobody dials."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("…", parent, margin=18)
        self._place = place
        self.waits: Message | None = None
        self.why = Text(size=Size.LABEL, wrap=True)
        self.todo = BodyText()
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason_field = FormField("…", self.reason)
        self.button = primary(QPushButton())
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.answer)
        self.reason.returnPressed.connect(self.answer)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(StateMark(Tone.DANGER, side=16))
        row.addWidget(self.why, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        self.body.addLayout(row)
        self.body.addWidget(self.todo)
        self.body.addWidget(self.reason_field)
        self.body.addLayout(foot)

    def load(self) -> None:
        """Ask anew whether anything waits."""
        seat = self._place.seat
        self.waits = going_on.waits(seat)
        able = going_on.may_answer(seat) and going_on.is_mine(seat)
        self.reason_field.setVisible(able)
        self.button.setVisible(able)
        self.setVisible(self.waits is not None)
        self.retranslate()
        if able and self.isVisible():
            QTimer.singleShot(0, self.reason, self.reason.setFocus)

    def answer(self) -> None:
        """Go on with the store, or agree that it was right to."""
        with self._place.attempt(self._refused):
            changes = going_on.answer(self._place.seat, self.reason.text())
            self.reason.clear()
            self.reason_field.set_error("")
            self._place.toast(self.tr("Written into the history and signed."), Tone.OK)
            self._place.changed(changes)
            self.load()

    def _refused(self, trouble: Trouble) -> bool:
        if not isinstance(trouble, Refused):
            return False
        self.reason_field.set_error(say(trouble.message))
        self.reason.setFocus()
        return True

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Is this the store to go on with?"))
        self.why.setText(say(self.waits) if self.waits is not None else "")
        able = going_on.may_answer(self._place.seat)
        self.todo.setText(
            self.tr(
                "Put the newer folder back if there is one: then nothing needs an answer. If it is lost, go on "
                "with this one: what was done since is given up, and your words and signature stay in the history. "
                "You yourself dial only once another lead has agreed, if there is one."
            )
            if able
            else self.tr("Everything can be looked at. Nobody dials, nobody visits, until a lead has answered.")
        )
        self.reason_field.set_label(self.tr("Why it is right to go on with this store"))
        self.button.setText(self.tr("Go on with this store"))
