"""A bank's list of cases that was taken in by mistake: a lead says why, and what held before holds again."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.message import Trouble
from collector_desk.services.intake import case_words
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Width
from collector_desk.ui.widgets import ErrorText, FormField, Text, primary
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say


class UndoListDialog(FollowsLanguage, QDialog):
    """One field, Enter does it, Esc leaves."""

    def __init__(self, place: Workplace, batch: BatchLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._batch = place, batch
        self.said, self.error = Text(wrap=True), ErrorText()
        self.reason = QLineEdit()
        self.reason_field = FormField("…", self.reason)
        self.act_button, self.leave_button = primary(QPushButton()), QPushButton()
        self.leave_button.setAutoDefault(False)
        self.act_button.clicked.connect(self.act)
        self.leave_button.clicked.connect(self.reject)
        self.reason.returnPressed.connect(self.act)
        box = QVBoxLayout(self)
        box.setSpacing(Gap.CARD)
        for part in (self.said, self.reason_field, self.error):
            box.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.act_button)
        box.addLayout(row)
        self.setMinimumWidth(Width.SENTENCE)
        self.retranslate()
        self.reason.setFocus()

    def act(self) -> None:
        """Undo it."""
        self.reason_field.set_error("")
        self.error.say("")
        with self._place.attempt(self._refused):
            changes = case_words.undo(self._place.seat, self._batch.id, reason=self.reason.text())
            self._place.toast(self.tr("{file}: undone.").format(file=self._batch.filename), Tone.OK)
            self._place.changed(changes)
            self.accept()

    def _refused(self, trouble: Trouble) -> bool:
        if not point_at({"reason": self.reason_field}, trouble):
            self.error.say(say(trouble.message))
        return True

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setWindowTitle(self.tr("Undo the list"))
        told = self.tr("{file}: what held of its cases before holds again; visits called off stay so.")
        self.said.setText(told.format(file=self._batch.filename))
        self.reason_field.set_label(self.tr("Why it was a mistake"))
        self.act_button.setText(self.tr("Undo the list"))
        self.leave_button.setText(self.tr("Leave (Esc)"))
