"""Small things that say a state or a key."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets.shapes import draw_ground, draw_mark
from collector_desk.ui.widgets.text import plain_tip


class Pill(QWidget):
    """A state in a word and a shape: never by colour alone.

    ``mark=False`` leaves the shape out where the words alone tell it (a bucket, a count).
    """

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
        *,
        mark: bool = True,
        size: int = Size.CAPTION,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._mark = mark
        self.setFont(font(size))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def tone(self) -> Tone:
        """The state it shows."""
        return self._tone

    def text(self) -> str:
        """The words it shows."""
        return self._text

    def set(self, text: str, tone: Tone | None = None) -> None:
        """Show another word, and state."""
        self._text = text
        if tone is not None:
            self._tone = tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words and mark."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self._text) + 20 + (metrics.ascent() + 4 if self._mark else 0)
        return QSize(width, metrics.height() + 5)

    def minimumSizeHint(self) -> QSize:
        """It may shrink to its mark and a few characters; the words are the tool tip then."""
        metrics = QFontMetrics(self.font())
        return QSize(min(self.sizeHint().width(), metrics.height() * 4), metrics.height() + 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark and words."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_ground(painter, box, color(self._tone.soft), radius=box.height() / 2)
        metrics = QFontMetrics(self.font())
        left = 10.0
        if self._mark:
            side = metrics.ascent() - 3.0
            draw_mark(painter, QRectF(9, (box.height() - side) / 2, side, side), self._tone)
            left = 9 + side + 5
        painter.setFont(self.font())
        painter.setPen(color(self._tone.strong))
        room = QRectF(left, 0, box.width() - left - 8, box.height())
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


class LightPill(Pill):
    """A light of the title row; made by the form, which only hands over a parent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.NEUTRAL, parent)


class KeyHint(QWidget):
    """A small key cap: the key that does what stands beside it."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = self._sequence = ""
        self.setFont(font(Size.CAPTION - 1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)

    def changeEvent(self, event: QEvent) -> None:
        """Qt has other names for some keys in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.set_key(self._sequence)
        super().changeEvent(event)

    def set_key(self, key: str) -> None:
        """Show another key, written as Qt writes key sequences ("Ctrl+Return")."""
        self._sequence = key
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key
        self._key = native.replace("Return", "Enter")
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The key as shown."""
        return self._key

    def sizeHint(self) -> QSize:
        """As wide as the key's name, at least square."""
        metrics = QFontMetrics(self.font())
        height = metrics.height() + 2
        return QSize(max(height, metrics.horizontalAdvance(self._key) + 10), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        draw_key_cap(painter, QRectF(self.rect()), self._key)
        painter.end()


def draw_key_cap(painter: QPainter, box: QRectF, key: str) -> None:
    """Draw a key cap filling ``box``."""
    draw_ground(painter, box, color(Tint.CARD), radius=4, line=color(Tint.LINE_STRONG))
    painter.save()
    painter.setFont(font(Size.CAPTION - 1))
    painter.setPen(QPen(color(Tint.DIM)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
