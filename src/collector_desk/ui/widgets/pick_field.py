"""A field with few values: looks like a field, opens a menu in which one key picks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.widgets import draw_focus, draw_ground


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: ``key`` picks it while the menu is open; ``gap`` draws a line before it."""

    value: object
    text: str
    key: str = ""
    gap: bool = False
    ticked: bool | None = None


class _KeyMenu(QMenu):
    """A menu in which a value's own key picks it at once, whatever the style makes of typed letters."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.by_key: dict[str, QAction] = {}

    def event(self, event: QEvent) -> bool:
        """While it is open every key is its own, not a shortcut of the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by key; arrows, Enter and Esc as ever."""
        action = self.by_key.get(event.text().casefold()) if event.text() else None
        if action is None:
            super().keyPressEvent(event)
            return
        self.close()
        action.trigger()


class PickField(QAbstractButton):
    """Emits ``picked`` with the value chosen by a person."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, placeholder: str = "", quiet: bool = False) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()
        self._value: object = None
        self._wrong = False
        self._quiet = quiet
        self.placeholder = placeholder
        self.setFont(font(Size.BODY))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = _KeyMenu(self)
        self._menu.triggered.connect(self._take)
        self.clicked.connect(self.open_menu)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these values."""
        self._choices = choices
        self.setAccessibleDescription(self.shown())
        self.update()

    def set_value(self, value: object) -> None:
        """Show a value; one that is not among the choices shows the placeholder."""
        self._value = value
        self.setAccessibleDescription(self.shown())
        self.update()

    @property
    def value(self) -> object:
        """What is chosen."""
        return self._value

    def set_wrong(self, wrong: bool) -> None:
        """Mark it as what stands in the way."""
        self._wrong = wrong
        self.update()

    def shown(self) -> str:
        """The words of the value."""
        found = next((choice.text for choice in self._choices if choice.value == self._value), "")
        return found if self._value is not None else ""

    def open_menu(self) -> None:
        """Show the values; the next key picks one, Esc none."""
        if not self._choices:
            return
        self._menu.clear()
        self._menu.by_key.clear()
        for place, choice in enumerate(self._choices):
            if choice.gap:
                self._menu.addSeparator()
            text = choice.text.replace("&", "&&")
            action = self._menu.addAction(f"{choice.key.upper()}   {text}" if choice.key else text)
            action.setData(place)  # a StrEnum would come back as a plain str
            if choice.key:
                self._menu.by_key[choice.key.casefold()] = action
            ticked = choice.ticked if choice.ticked is not None else choice.value == self._value
            if ticked:
                action.setCheckable(True)
                action.setChecked(True)
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The menu, open or not."""
        return self._menu

    def _take(self, action: QAction) -> None:
        self.picked.emit(self._choices[action.data()].value)

    def sizeHint(self) -> QSize:
        """As high as a line edit."""
        return QSize(110, 28)

    def minimumSizeHint(self) -> QSize:
        """Some characters and the arrow."""
        return QSize(64, 28)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens it, as Space does."""
        if event.key() == Qt.Key.Key_Down:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, its words, the arrow."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        line = Tint.DANGER_STRONG if self._wrong else Tint.DIM if self.underMouse() else Tint.LINE_STRONG
        ground = Tint.INSET if self._quiet else Tint.FIELD
        draw_ground(painter, box, color(ground), radius=6, line=None if self._quiet else color(line))
        painter.setFont(self.font())
        text = self.shown()
        painter.setPen(color(Tint.TEXT if text else Tint.DIM))
        room = QRectF(9, 0, box.width() - 26, box.height())
        words = QFontMetrics(self.font()).elidedText(
            text or self.placeholder, Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color(Tint.DIM), 1.4))
        x, y = box.right() - 14, box.center().y()
        painter.drawPolyline(QPolygonF([QPointF(x - 3.5, y - 2), QPointF(x, y + 2), QPointF(x + 3.5, y - 2)]))
        if self.hasFocus():
            draw_focus(painter, box, radius=6)
        painter.end()
