"""What the window tells without standing in the way: banner, toast, empty state, watermark."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.widgets.shapes import draw_ground, draw_mark
from collector_desk.ui.widgets.text import Text
from collector_desk.ui.words import Words


class StateMark(QWidget):
    """The mark of a state alone."""

    def __init__(self, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None, *, side: int = 16) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(side, side)

    def set_tone(self, tone: Tone) -> None:
        """Show another state."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        draw_mark(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._tone)
        painter.end()


class Logo(QWidget):
    """The program's sign: a bubble of speech with a line ticked off, on the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(Height.SIGN, Height.SIGN)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As small as it may be."""
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign in the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        painter.scale(side / 24, side / 24)
        draw_ground(painter, QRectF(0, 0, 24, 24), color(Tint.ACCENT), radius=6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(Tint.ON_ACCENT))
        painter.drawRoundedRect(QRectF(5, 5.5, 14, 10.5), 3, 3)
        painter.drawPolygon(QPolygonF([QPointF(8, 15.5), QPointF(13, 15.5), QPointF(8, 19.4)]))
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(color(Tint.ACCENT), 1.8, Qt.PenStyle.SolidLine, cap, join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(9, 10.9), QPointF(11.2, 13), QPointF(15.2, 8.6)]))
        painter.end()


class Banner(QFrame):
    """A message in the page: what is wrong, what to do, and a button that does it. Never in the way of typing."""

    closed = Signal()
    visibility_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.DANGER
        self._act: Callable[[], None] | None = None
        self._words: tuple[Words, Words | None, Words | None] | None = None
        self._mark = StateMark(Tone.DANGER, side=18)
        self._what = Text(wrap=True, size=Size.LABEL)
        self._todo = Text(wrap=True, tint=Tint.DIM)
        self.action = QPushButton()
        self.action.setAutoDefault(False)
        self.action.clicked.connect(self._do)
        self.close_button = QToolButton()
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(Gap.HAIR)
        words.addWidget(self._what)
        words.addWidget(self._todo)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.BANNER)
        row.setSpacing(Gap.CARD)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._retranslate()
        self.hide()

    def tell(
        self,
        what: Words,
        todo: Words | None = None,
        *,
        tone: Tone = Tone.DANGER,
        action: Words | None = None,
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a message, in the place of the one before. It takes words and not text: it stays while one works,
        and the language may change over it."""
        self._tone, self._act = tone, act
        self._words = what, todo, action
        self._mark.set_tone(tone)
        self._what.set_tint(tone.strong)
        self._say()
        self.update()
        self.show()

    def _say(self) -> None:
        if self._words is None:
            return
        what, todo, action = (words() if words else "" for words in self._words)
        self._what.setText(what)
        self._todo.setText(todo)
        self._todo.setVisible(bool(todo))
        self.action.setText(action)
        self.action.setVisible(bool(action) and self._act is not None)
        self.setAccessibleName(what)

    def text(self) -> str:
        """What is said now; empty where nothing is."""
        return "" if self.isHidden() else self._what.text()

    def dismiss(self) -> None:
        """Take the message away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def setVisible(self, visible: bool) -> None:
        """Show or hide it, and tell the layout around it, which has margins only for a banner that is there."""
        super().setVisible(visible)
        self.visibility_changed.emit(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes it away while the focus is in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the soft ground of the state."""
        painter = QPainter(self)
        draw_ground(painter, QRectF(self.rect()), color(self._tone.soft), line=color(Tint.LINE))
        painter.end()

    def _retranslate(self) -> None:
        self.close_button.setToolTip(self.tr("Close this message (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close this message (Esc)"))
        self._say()

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()


class EmptyState(QWidget):
    """Nothing here: says so, says why, and what to do next."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None, *, icon: QIcon | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._head = Text(size=Size.HEAD, wrap=True)
        self._todo = Text(tint=Tint.DIM, wrap=True)
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._todo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._todo.setMaximumWidth(Width.SENTENCE)
        self._head.setMaximumWidth(Width.SENTENCE)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.acted)
        self._source = icon
        box = QVBoxLayout(self)
        box.setSpacing(Gap.ROW)
        box.addStretch(2)
        for part in (self._icon, self._head, self._todo):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, 8)
            row.addStretch(1)
            box.addLayout(row)
        box.addSpacing(Gap.LINE)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)
        self.set_icon(icon)
        self.say("", "")

    def set_icon(self, icon: QIcon | None) -> None:
        """Show another picture."""
        self._source = icon
        if icon is None:
            self._icon.hide()
        else:
            self._icon.setPixmap(icon.pixmap(QSize(40, 40), self.devicePixelRatioF()))
            self._icon.show()

    def say(self, head: str, todo: str, button: str = "") -> None:
        """What is empty, and what to do next."""
        self._head.setText(head)
        self._todo.setText(todo)
        self._todo.setVisible(bool(todo))
        self.button.setText(button)
        self.button.setVisible(bool(button))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: the icon takes its colour when it is drawn."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.set_icon(self._source)


class _Overlay(QWidget):
    """Lies over its parent and goes with its size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()


class Watermark(_Overlay):
    """Who is signed in and the time, faintly across the view: a photograph of the screen says whose it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._place()

    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say something else; an empty text hides it."""
        if text != self._text:
            self._text = text
            self.setVisible(bool(text))
            self._place()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text in slanted rows, staggered so that no part of the view is without it."""
        if not self._text:
            return
        painter = QPainter(self)
        painter.setFont(font(Size.HEAD))
        painter.setPen(color(Tint.WATERMARK))
        painter.translate(self.rect().center())
        painter.rotate(-22)
        step_x = painter.fontMetrics().horizontalAdvance(self._text) + 110
        reach = self.width() + self.height()
        for row, y in enumerate(range(-reach // 2, reach // 2, 130)):
            for x in range(-reach // 2 + (row % 2) * step_x // 2, reach // 2, step_x):
                painter.drawText(x, y, self._text)
        painter.end()


class Toast(_Overlay):
    """A short word in the title row that goes by itself: what was done, and how to take it back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._tone = Tone.OK
        self._timer = QTimer(self, singleShot=True, interval=4000)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def text(self) -> str:
        """What it says; empty once it has gone."""
        return "" if self.isHidden() else self._text

    def tell(self, text: str, tone: Tone = Tone.OK) -> None:
        """Say something, in the place of the one before."""
        self._text, self._tone = text, tone
        self._place()
        self.show()
        self._timer.start()
        self.update()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setFont(font(Size.LABEL))
            width = min(self.fontMetrics().horizontalAdvance(self._text) + 58, parent.width() - 40)
            self.setGeometry((parent.width() - width) // 2, 3, width, 36)  # the title row: nothing is pressed there
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a small card."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_ground(painter, box, color(Tint.CARD), radius=10, line=color(Tint.LINE_STRONG))
        draw_mark(painter, QRectF(14, box.center().y() - 8, 16, 16), self._tone)
        painter.setFont(self.font())
        painter.setPen(color(Tint.TEXT))
        room = box.adjusted(40, 0, -12, 0)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.end()
