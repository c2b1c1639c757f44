"""A thin bar: how much of the day's work is done."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from collector_desk.ui.theme import Tint, Tone, color
from collector_desk.ui.widgets import draw_ground

_HEIGHT = 4


class DayBar(QWidget):
    """What it shows stands in words above it; nobody needs to see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = 0.0
        self.setFixedHeight(_HEIGHT)

    def set(self, done: int, left: int) -> None:
        """Show ``done`` as a part of both together."""
        self.part = done / (done + left) if done + left else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the whole, and over it what is done."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        draw_ground(painter, whole, color(Tint.INSET_HOVER), radius=_HEIGHT / 2)
        if self.part:
            whole.setWidth(max(whole.width() * self.part, _HEIGHT))
            draw_ground(painter, whole, color(Tone.OK.strong), radius=_HEIGHT / 2)
        painter.end()
