"""Icons by name, in the colours of the theme in force at the moment they are drawn."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from collector_desk.ui.theme import Tint, color


class _Engine(QIconEngine):
    """Draws an icon anew whenever it is asked for, so that it follows the theme without being set again."""

    def __init__(self, name: str, quiet: Tint, chosen: Tint) -> None:
        super().__init__()
        self._name, self._quiet, self._chosen = name, quiet, chosen
        self._made: dict[str, Any] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tint = Tint.DISABLED if mode == QIcon.Mode.Disabled else self._quiet
        if mode == QIcon.Mode.Selected or state == QIcon.State.On:
            tint = self._chosen
        wanted = color(tint)
        key = wanted.name(wanted.NameFormat.HexArgb)
        if key not in self._made:
            import qtawesome  # type: ignore[import-untyped]  # no types; slow to load, so not before the sign-in

            self._made[key] = qtawesome.icon(self._name, color=wanted)
        self._made[key].paint(painter, rect)

    def pixmap(self, size: Any, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._quiet, self._chosen)


def icon(name: str, *, quiet: Tint = Tint.DIM, chosen: Tint = Tint.ACCENT) -> QIcon:
    """The icon ``name`` of qtawesome ("ri.phone-line"); ``chosen`` is its colour while checked or selected."""
    return QIcon(_Engine(name, quiet, chosen))
