"""F1: every key that does something in the view as it stands, laid over it. Any key or click puts it away."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.ui.theme import Size, Tint, color, colors
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import Card, ElidedLabel, KeyHint, Text
from collector_desk.ui.window.keys import Key, bound_keys, descriptions


class KeyOverlay(QWidget):
    """Lies over the whole window. It takes the focus and gives it back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._focus_before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = Card(margin=24)
        self.card.setMaximumWidth(Width.FORM)
        self._list = QWidget()
        self.card.body.addSpacing(Gap.LINE)
        self.card.body.addWidget(self._list)
        self._foot = Text(tint=Tint.DIM, size=Size.CAPTION)
        self.card.body.addSpacing(Gap.LINE)
        self.card.body.addWidget(self._foot)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)
        outer.addStretch(1)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show the keys of what is on the screen now, or put them away."""
        if self.isVisible():
            self.hide()
            return
        self._fill(bound_keys(self.window()))
        self._focus_before = QApplication.focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self.setFocus()

    def listed(self) -> list[str]:
        """The descriptions on the screen."""
        return [label.text() for label in self.card.findChildren(ElidedLabel, "does")]

    def _fill(self, keys: list[Key]) -> None:
        self.card.set_title(self.tr("Keys of this view"))
        self._foot.setText(self.tr("Every key has its button too. Esc puts this away."))
        words = descriptions()
        shown = [key for key in keys if key.id in words]
        half = (len(shown) + 1) // 2
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(Margin.NONE)
        grid.setHorizontalSpacing(Gap.ACTS)
        grid.setVerticalSpacing(Gap.COLUMN)
        grid.setColumnMinimumWidth(2, Gap.HALVES)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(4, 1)
        for place, key in enumerate(shown):
            row, column = place % half, (place // half) * 3
            caps = QHBoxLayout()
            caps.setSpacing(Gap.LINE)
            caps.addStretch(1)
            for sequence in dict.fromkeys(_shown(text) for text in key.sequences):
                caps.addWidget(KeyHint(sequence))
            does = ElidedLabel(words[key.id])
            does.setObjectName("does")
            grid.addLayout(caps, row, column)
            grid.addWidget(does, row, column + 1)
        self.card.body.replaceWidget(self._list, fresh)
        self._list.setParent(None)
        self._list.deleteLater()
        self._list = fresh

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key puts it away; it does nothing else."""
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts it away."""
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back to where it was."""
        super().hideEvent(event)
        if self._focus_before is not None and self._focus_before.isVisible():
            self._focus_before.setFocus()
        self._focus_before = None

    def changeEvent(self, event: QEvent) -> None:
        """Say the keys anew in the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._fill(bound_keys(self.window()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies under it, and set the card off from it."""
        painter = QPainter(self)
        veil = QColor(color(Tint.GROUND))
        veil.setAlphaF(0.82 if colors().dark else 0.78)
        painter.fillRect(QRectF(self.rect()), veil)
        painter.end()


def _shown(sequence: str) -> str:
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
