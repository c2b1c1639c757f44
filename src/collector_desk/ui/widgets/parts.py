"""Small parts of the visit's cards: a reason to be given, a button with its key, a combo of the trade's words."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import KeyHint, LinkButton, primary
from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.words import word


class QuietCombo(QComboBox):
    """A combo that the mouse wheel only turns while it has the focus: scrolling a form changes no answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def minimumSizeHint(self) -> QSize:
        """Some characters and the arrow: the longest entry must not make the form wider than the window."""
        return QSize(110, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the form instead."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def bring_into_view(part: QWidget) -> None:
    """Scroll to it, once everything has found its place."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        QTimer.singleShot(0, area, partial(_scroll, area, part))


def _scroll(area: QScrollArea, part: QWidget) -> None:
    if isValid(part) and area.isAncestorOf(part):
        area.ensureWidgetVisible(part, 20, 60)


class WordCombo(QuietCombo):
    """One of the trade's words, or nothing chosen yet."""

    def __init__(self, kind: type[StrEnum], placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(placeholder, "")
        for member in kind:
            self.addItem(word(member), member.value)

    def value(self) -> str:
        """The chosen member's value; empty where nothing is chosen."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a member by its value."""
        self.setCurrentIndex(max(self.findData(value), 0))


class LongField(QPlainTextEdit):
    """Some lines of text; Tab leaves it, it grows a little with what is typed."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self._least = lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self.document().blockCount(), self._least), 8)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + Height.FIELD_FRAME)


class KeyButton(QWidget):
    """A button with the key that presses it beside it."""

    clicked = Signal()

    def __init__(self, key_id: str, parent: QWidget | None = None, *, main: bool = False) -> None:
        super().__init__(parent)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        if main:
            primary(self.button)
            self.button.setAutoDefault(False)
        self.button.clicked.connect(self.clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.NONE)
        row.setSpacing(Gap.TIGHT)
        row.addWidget(self.button)
        row.addWidget(KeyHint(KEYS[key_id].sequences[0]))
        self.setFocusProxy(self.button)

    def set_text(self, text: str) -> None:
        """Name the button."""
        self.button.setText(text)


class _ReasonField(QLineEdit):
    """Enter confirms, Esc gives up; neither reaches the window's keys."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class ReasonBar(QWidget):
    """A quiet button; pressed, it asks for the reason and only then acts with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Callable[[str], bool] | None = None
        self.link = LinkButton()
        self.field = _ReasonField()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.NONE)
        row.setSpacing(Gap.ROW)
        row.addWidget(self.link)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        row.addStretch(0)
        self.link.clicked.connect(self.open)
        self.field.returnPressed.connect(self._confirm)
        self.field.left.connect(self.shut)
        self.button.clicked.connect(self._confirm)
        self.shut()

    def set(self, link: str, placeholder: str, confirm: str, act: Callable[[str], bool]) -> None:
        """What the button says, what the field asks for, and what is done with the reason (True: it was done)."""
        self.link.setText(link)
        self.link.updateGeometry()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.button.setText(confirm)
        self._act = act

    def open(self) -> None:
        """Ask for the reason."""
        self.link.hide()
        self.field.show()
        self.button.show()
        self.field.setFocus()

    def shut(self) -> None:
        """Put the question away; what was typed stays for the next time."""
        had = self.field.hasFocus() or self.button.hasFocus()
        self.field.hide()
        self.button.hide()
        self.link.show()
        if had:
            self.link.setFocus()

    def _confirm(self) -> None:
        if self._act is not None and self._act(self.field.text()):
            self.shut()
