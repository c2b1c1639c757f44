"""Grounds to put things on: the card and its softer kin."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.ui.theme import Size, Tint, Tone, color
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets.shapes import draw_ground
from collector_desk.ui.widgets.text import Text


class CardFrame(QFrame):
    """The ground of a card, without a layout of its own: for the forms made in Designer."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded ground."""
        painter = QPainter(self)
        draw_ground(painter, QRectF(self.rect()), color(Tint.CARD), radius=10, line=color(Tint.LINE))
        painter.end()


class Card(CardFrame):
    """A card on the quiet ground. Put things into ``card.body``; things beside the title into ``card.corner``."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, margin: int = 14) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - Gap.THIN, margin, margin)
        self.body.setSpacing(Gap.ROW)
        self.title = Text(title, size=Size.HEAD)
        self.corner = QHBoxLayout()
        self.corner.setSpacing(Gap.ROW)
        self._head = QHBoxLayout()
        self._head.setSpacing(Gap.ROW)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._head.addLayout(self.corner)
        self.body.addLayout(self._head)
        self.title.setVisible(bool(title))

    def set_title(self, title: str) -> None:
        """Name the card (again, after a change of language), and with it the lists in it that have no name."""
        for view in self.findChildren(QAbstractItemView):
            if view.accessibleName() in ("", self.title.text()) and _card_of(view) is self:
                view.setAccessibleName(title)
        self.title.setText(title)
        self.title.setVisible(bool(title))

    def stand_alone(self, page: QWidget, *, share: int = 6) -> None:
        """Lay it out as the one thing of a page: a little above the middle, ``share`` parts of its width to one
        at either side."""
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self)
        column.addStretch(2)
        row = QHBoxLayout(page)
        row.addStretch(1)
        row.addLayout(column, share)
        row.addStretch(1)


def _card_of(widget: QWidget) -> QWidget | None:
    at = widget.parentWidget()
    while at is not None and not isinstance(at, Card):
        at = at.parentWidget()
    return at


class SoftPanel(QFrame):
    """A soft ground in the colour of a state, for what belongs together inside a card."""

    def __init__(self, parent: QWidget | None = None, *, tone: Tone = Tone.NEUTRAL, margin: int = 12) -> None:
        super().__init__(parent)
        self._tone = tone
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - Gap.THIN, margin, margin - Gap.THIN)
        self.body.setSpacing(Gap.LINE)

    @property
    def tone(self) -> Tone:
        """The state it shows."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Show another state."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded ground."""
        painter = QPainter(self)
        draw_ground(painter, QRectF(self.rect()), color(self._tone.soft))
        painter.end()


class Bar(QFrame):
    """A strip with a hair line at one edge: the title row, the rail."""

    def __init__(self, parent: QWidget | None = None, *, edge: Qt.Edge = Qt.Edge.BottomEdge) -> None:
        super().__init__(parent)
        self._edge = edge

    def set_edge(self, edge: Qt.Edge) -> None:
        """Where the line is."""
        self._edge = edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and its line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color(Tint.BAR))
        line = color(Tint.LINE)
        if self._edge == Qt.Edge.BottomEdge:
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        elif self._edge == Qt.Edge.RightEdge:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        painter.end()
