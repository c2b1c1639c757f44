"""Buttons drawn by hand where the style's own are too small: script branches, numbers, the rail."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets.pill import draw_key_cap
from collector_desk.ui.widgets.shapes import draw_focus, draw_ground, draw_mark
from collector_desk.ui.widgets.text import plain_tip

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class _Drawn(QAbstractButton):
    """What the drawn buttons share: hover, pressed and focus are always to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _ground(self, quiet: Tint, hover: Tint, press: Tint) -> Tint:
        if self.isDown():
            return press
        return hover if self.underMouse() and self.isEnabled() else quiet

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        """Qlementine draws a ring around whatever has the focus; other styles leave drawn buttons without."""
        if self.hasFocus() and self.style().name() == "fusion":
            draw_focus(painter, box)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Draw anew: the ground changes under the mouse."""
        super().enterEvent(event)
        self.update()


class BranchButton(_Drawn):
    """A way the talk can go: its digit on a key cap, then the words (two lines at most)."""

    def __init__(self, key: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._tone: Tone | None = None
        self.setFont(font(Size.LABEL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @property
    def key(self) -> str:
        """The digit that chooses it."""
        return self._key

    def set(self, key: str, text: str, tone: Tone | None = None) -> None:
        """Show another way; ``tone`` marks a special one (danger: risk to life)."""
        self._key, self._tone = key, tone
        self.setText(text)
        self.setToolTip(plain_tip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line high, two where the words are long."""
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance(self.text()) + 50
        lines = 2 if self.width() > 50 and width > self.width() else 1
        return QSize(min(width, 260), metrics.height() * lines + 14)

    def minimumSizeHint(self) -> QSize:
        """Room for the cap and some words."""
        return QSize(96, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, cap, words, focus."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._tone:
            draw_ground(painter, box, color(self._tone.soft))
        else:
            draw_ground(painter, box, color(self._ground(Tint.INSET, Tint.INSET_HOVER, Tint.BUTTON_PRESS)))
        cap = max(18.0, QFontMetrics(font(Size.CAPTION)).horizontalAdvance(self._key) + 9.0)
        left = 10.0
        if self._key:
            draw_key_cap(painter, QRectF(left, (box.height() - 18) / 2, cap, 18), self._key)
            left += cap + 9
        painter.setFont(self.font())
        strong = color(self._tone.strong) if self._tone else color(Tint.TEXT)
        painter.setPen(strong if self.isEnabled() else color(Tint.DISABLED))
        room = QRectF(left, 3, box.width() - left - 8, box.height() - 6)
        if box.height() < 2 * painter.fontMetrics().height():
            painter.drawText(room, _LINE, self._one_line(painter, int(room.width())))
        else:
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text())
        self._ring(painter, box)
        painter.end()

    def _one_line(self, painter: QPainter, room: int) -> str:
        """The words on one line, a little smaller where they are long; the tool tip has them whole."""
        for size in (self.font().pixelSize(), Size.BODY, Size.CAPTION):
            painter.setFont(font(size))
            if painter.fontMetrics().horizontalAdvance(self.text()) <= room:
                return self.text()
        return painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)


class NumberCard(_Drawn):
    """A number that may (or may not) be called: whose it is, the number, why or until when.

    A click means "choose this number"; one that may not be called stays readable and says its reason.
    """

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact  # whose and the number on one line
        self._title = ""
        self._number = ""
        self._status = ""
        self._tone = Tone.NEUTRAL
        self._key = ""
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def tone(self) -> Tone:
        """The state it shows."""
        return self._tone

    @property
    def status(self) -> str:
        """The line under the number."""
        return self._status

    def said(self) -> str:
        """The card in one line: whose, the number, its state in words."""
        return " ".join(filter(None, (self._title, self._number, f"({self._status})" if self._status else "")))

    def set(self, title: str, number: str, status: str, tone: Tone, key: str = "") -> None:
        """Show a number: ``status`` says in words what the colour and the mark say."""
        self._title, self._number, self._status = title, number, status
        self._tone, self._key = tone, key
        self.setText(title)
        self.setAccessibleName(f"{title} {number} {status}")
        self.setToolTip(plain_tip(status))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """A reason too long for one line takes two."""
        small = QFontMetrics(font(Size.CAPTION))
        room = width - 22 - (small.ascent() - 3) - 5
        lines = len(self._status_lines(small, room))
        return self.sizeHint().height() + (lines - 1) * small.height()

    def sizeHint(self) -> QSize:
        """Three lines: whose, number, state."""
        small, large = QFontMetrics(font(Size.CAPTION)), QFontMetrics(font(Size.LABEL))
        width = max(small.horizontalAdvance(self._status) + 44, large.horizontalAdvance(self._number) + 28, 130)
        lines = small.height() * (1 if self._compact else 2) + large.height()
        return QSize(min(width, 240), lines + (15 if self._compact else 18))

    def minimumSizeHint(self) -> QSize:
        """Room for a whole mobile number."""
        return QSize(128, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, three lines, mark; the chosen one has a line and a bar at its edge, no ring."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            draw_ground(painter, box, color(self._tone.soft), line=color(Tint.LINE_STRONG))
            draw_ground(painter, QRectF(0, 6, 4, box.height() - 12), color(Tint.ACCENT), radius=2)
        else:
            draw_ground(painter, box, color(self._tone.soft))
        small, large = QFontMetrics(font(Size.CAPTION)), QFontMetrics(font(Size.LABEL))
        x, width, y = 11.0, box.width() - 22, 8.0
        if self._key:
            cap = QRectF(box.right() - 27, 7, 18, 18)
            draw_key_cap(painter, cap, self._key)
        if self._compact:
            y = 6.0
            taken = large.horizontalAdvance(self._number) + 8
            self._line(painter, QRectF(x, y, width - taken, large.height()), self._title, Tint.DIM)
            room = QRectF(x + width - taken + 8, y, taken, large.height())
            self._line(painter, room, self._number, Tint.TEXT, size=Size.LABEL)
        else:
            room = QRectF(x, y, width - (24 if self._key else 0), small.height())
            self._line(painter, room, self._title, Tint.DIM)
            y += small.height() + 1
            room = QRectF(x, y, width, large.height())
            self._line(painter, room, self._number, Tint.TEXT, size=Size.LABEL, middle=True)
        y += large.height() + 1
        side = small.ascent() - 3.0
        draw_mark(painter, QRectF(x, y + (small.height() - side) / 2, side, side), self._tone)
        room = QRectF(x + side + 5, y, width - side - 5, small.height())
        for text in self._status_lines(small, int(room.width())):
            self._line(painter, room, text, self._tone.strong)
            room.translate(0, small.height())
        self._ring(painter, box)
        painter.end()

    def _status_lines(self, metrics: QFontMetrics, room: int) -> list[str]:
        if metrics.horizontalAdvance(self._status) <= room:
            return [self._status]
        cut = len(self._status)
        while cut > 1 and metrics.horizontalAdvance(self._status[:cut]) > room:
            cut -= 1
        gap = self._status.rfind(" ", cut // 2, cut + 1)
        cut = gap if gap > 0 else cut
        return [self._status[:cut], self._status[cut:].lstrip()]

    def _line(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        tint: Tint,
        *,
        size: int = Size.CAPTION,
        middle: bool = False,
    ) -> None:
        """One line, cut with dots at its end (numbers in the middle: the last digits tell them apart)."""
        painter.setFont(font(size))
        painter.setPen(color(tint))
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font(size)).elidedText(text, mode, int(room.width()) + 1)
        painter.drawText(room, _LINE, shown)


class RailButton(_Drawn):
    """A page on the left rail: icon over word, the open one on a soft ground with a bar at its edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = 0
        self._urgent = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(font(Size.CAPTION))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def badge(self) -> int:
        """How many things wait there."""
        return self._badge

    def set_badge(self, count: int, *, urgent: bool = False) -> None:
        """How many things wait there; 0 shows nothing. ``urgent``: in red."""
        self._badge, self._urgent = count, urgent
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(64, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word, badge."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            draw_ground(painter, box, color(Tint.INFO_SOFT))
        elif self.underMouse():
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        mode = QIcon.Mode.Normal
        state = QIcon.State.On if self.isChecked() else QIcon.State.Off
        self.icon().paint(painter, int(box.center().x()) - 10, 7, 21, 21, Qt.AlignmentFlag.AlignCenter, mode, state)
        painter.setFont(self.font())
        painter.setPen(color(Tint.ACCENT if self.isChecked() else Tint.DIM))
        painter.drawText(
            QRectF(2, 30, box.width() - 4, 20),
            Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine,
            self.text(),
        )
        if self._badge:
            text = str(min(self._badge, 99))
            width = max(16.0, QFontMetrics(font(10)).horizontalAdvance(text) + 8.0)
            spot = QRectF(box.width() - width - 6, 4, width, 16)
            draw_ground(painter, spot, color(Tint.DANGER_STRONG if self._urgent else Tint.ACCENT), radius=8)
            painter.setFont(font(10))
            painter.setPen(color(Tint.CARD if self._urgent else Tint.ON_ACCENT))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
        self._ring(painter, box)
        painter.end()


class LinkButton(_Drawn):
    """A quiet way to something beside the main thing: words alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(Size.BODY))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words with a little air."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 16, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, brighter under the mouse."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            draw_ground(painter, box, color(Tint.INSET_HOVER), radius=6)
        painter.setFont(self.font())
        painter.setPen(color(Tint.ACCENT if self.isEnabled() else Tint.DISABLED))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.text())
        self._ring(painter, box)
        painter.end()


def primary(button: QPushButton) -> QPushButton:
    """Make a button the one that stands out (the style draws the default button in the accent colour)."""
    button.setAutoDefault(False)  # an automatic default ends as soon as the focus leaves the button
    button.setDefault(True)
    return button
