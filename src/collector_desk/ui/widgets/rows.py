"""Lists whose rows draw themselves: the rows, and the ground under each of them."""

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from collector_desk.ui.theme import Tint, color
from collector_desk.ui.widgets.shapes import draw_focus, draw_ground

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class DrawnRows(QAbstractListModel):
    """The row itself under ``ROW_ROLE`` for who draws it; its words for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    def set_rows(self, rows: tuple[Any, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @abstractmethod
    def words(self, row: Any) -> str:
        """What a row says, in one line."""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- as Qt declares it
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, or its words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(row)
        return None


def draw_row_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRectF:
    """Draw the ground of a row, chosen or under the mouse, a ring where the keys go; the box to draw it in."""
    box = QRectF(option.rect).adjusted(4, 2, -4, -2)
    if option.state & QStyle.StateFlag.State_Selected:
        draw_ground(painter, box, color(Tint.SELECTION))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        draw_ground(painter, box, color(Tint.INSET_HOVER))
    return box
