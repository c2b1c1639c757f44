"""A field that keeps Enter, Esc and the arrows for itself, before the window's own keys take them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEPT = (*_ENTER, Qt.Key.Key_Escape)


class KeptField(QLineEdit):
    """``entered``: Enter; ``moved``: the arrows, -1 or 1; ``left``: Esc."""

    entered = Signal()
    moved = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim the keys before a shortcut of the window does."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _KEPT and not _held(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the kept keys; the rest is typing."""
        if event.key() in _ENTER and not _held(event):
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _held(event: QKeyEvent) -> bool:
    """Whether another key is held with it; the keypad's Enter is as good as the other."""
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
