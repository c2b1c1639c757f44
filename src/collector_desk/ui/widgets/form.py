"""A field with its label over it and, where something is wrong with it, the reason under it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.message import Refused, Trouble
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets.text import ElidedLabel, Text
from collector_desk.ui.words import say


class FormField(QWidget):
    """Label over field over error line. The error line takes no room until there is one."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        corner: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = ElidedLabel(label, size=Size.CAPTION, tint=Tint.DIM)
        self.label.setBuddy(field)
        self._note = Text(hint, size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self._hint = hint
        self._wrong = False
        head = QHBoxLayout()
        head.setSpacing(Gap.TIGHT)
        head.addWidget(self.label, 1)
        if corner is not None:
            head.addWidget(corner)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.LABEL)
        box.addLayout(head)
        box.addWidget(field)
        box.addWidget(self._note)
        box.addStretch(1)  # fields in a row stay level when one of them has an error line
        self._note.setVisible(bool(hint))
        field.setAccessibleName(label)
        self.setFocusProxy(field)

    def set_label(self, label: str, hint: str = "") -> None:
        """Name the field (again, after a change of language); takes an error away with it."""
        self.label.setText(label)
        self.field.setAccessibleName(label)
        self._hint = hint
        self.set_error("")

    def set_hint(self, hint: str) -> None:
        """Say something else beneath the field; an error goes before it."""
        if hint != self._hint:
            self._hint = hint
            self.set_error(self.error())

    def set_error(self, reason: str) -> None:
        """Say what is wrong with the value; an empty text takes it back."""
        self._wrong = bool(reason)
        self._note.setText(f"⚠ {reason}" if reason else self._hint)
        self._note.set_tint(Tint.DANGER_STRONG if reason else Tint.DIM)
        self._note.setVisible(bool(reason or self._hint))
        self.label.set_tint(Tint.DANGER_STRONG if reason else Tint.DIM)
        self.field.setAccessibleDescription(reason)

    def set_warning(self, words: str) -> None:
        """Say what follows from leaving it so, without holding anybody up; an error goes before it."""
        if self._wrong:
            return
        self._note.setText(f"⚠ {words}" if words else self._hint)
        self._note.set_tint(Tint.WARN_STRONG if words else Tint.DIM)
        self._note.setVisible(bool(words or self._hint))
        self.field.setAccessibleDescription(words)

    def error(self) -> str:
        """What is said to be wrong now; empty where nothing is."""
        return self.field.accessibleDescription() if self._wrong else ""


def point_at(fields: Mapping[str, FormField], trouble: Trouble, default: str = "") -> bool:
    """Say at its field what is wrong with it, and put the keys there; False where no field is at fault."""
    name = trouble.field_name if isinstance(trouble, Refused) else None
    field = fields.get(name or "") or (fields.get(default) if isinstance(trouble, Refused) else None)
    if field is None:
        return False
    field.set_error(say(trouble.message))
    field.field.setFocus()
    return True


class PasswordField(QLineEdit):
    """A password: hidden, out of the input method, and it tells when caps lock is on.

    Qt can't ask for the state of caps lock: it is learnt from the letters that arrive.
    """

    caps_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self._caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice letters that come out in the wrong case, and the caps lock key itself."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell(not self._caps)
        elif len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(text.isupper() != shift)
        super().keyPressEvent(event)

    def _tell(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_changed.emit(on)
