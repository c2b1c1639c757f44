"""Asks for the reason of a decision, and its confirmation, without a window of its own."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from collector_desk.domain.message import Refused
from collector_desk.ui.theme import Size, Tone
from collector_desk.ui.widgets import ErrorText, SoftPanel, Text
from collector_desk.ui.words import say


class DecisionPanel(SoftPanel):
    """``ask`` shows a question with a field; Enter does it, Esc (the page) leaves it; then ``closed``."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone=Tone.INFO)
        self._do: Callable[[str], None] | None = None
        self.question = Text(size=Size.LABEL, wrap=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.confirm = QPushButton()
        self.confirm.setDefault(True)
        self.cancel = QPushButton()
        self.error = ErrorText()
        policy = self.error.sizePolicy()
        policy.setRetainSizeWhenHidden(False)  # the text below may move: nobody types there now
        self.error.setSizePolicy(policy)
        row = QHBoxLayout()
        for part in (self.reason, self.confirm, self.cancel):
            row.addWidget(part)
        row.setStretch(0, 1)
        self.body.addWidget(self.question)
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.reason.returnPressed.connect(self._done)
        self.confirm.clicked.connect(self._done)
        self.cancel.clicked.connect(self.leave)
        self.hide()

    def ask(
        self, question: str, confirm: str, hint: str, do: Callable[[str], None], tone: Tone = Tone.INFO
    ) -> None:
        """Ask; ``do`` gets what was typed and may raise Refused, which is said here."""
        self._do = do
        self.set_tone(tone)
        self.question.setText(question)
        self.confirm.setText(confirm)
        self.cancel.setText(self.tr("Leave it"))
        self.reason.clear()
        self.reason.setPlaceholderText(hint)
        self.reason.setAccessibleName(hint)
        self.error.say("")
        self.error.hide()
        self.show()
        self.reason.setFocus()

    def leave(self) -> None:
        """Take the question away; nothing is done."""
        self._do = None
        self.hide()
        self.closed.emit()

    def _done(self) -> None:
        if self._do is None:
            return
        try:
            self._do(self.reason.text())
        except Refused as refused:
            self.error.show()
            self.error.say(say(refused.message))
            self.reason.setFocus()
            return
        self.leave()
