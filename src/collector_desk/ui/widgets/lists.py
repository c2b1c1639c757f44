"""Lists and tables in the window's own quiet manner."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTextEdit,
    QWidget,
)

from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.widgets.shapes import draw_focus, draw_ground


class Ringed:
    """Shows by a ring that keys go to this list, table or text without a frame, where no delegate draws it.

    Named before Qt's own class where a view is made. A table has it around its row,
    what stands nowhere around itself.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the ring over them."""
        super().paintEvent(event)  # type: ignore[misc]  # Qt's class stands behind this one
        view: Any = self
        if view.hasFocus() and (box := _ring_of(view)) is not None:
            painter = QPainter(view.viewport())
            draw_focus(painter, QRectF(box))
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)  # type: ignore[misc]
        _draw_anew(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)  # type: ignore[misc]
        _draw_anew(self)


def _draw_anew(view: Any) -> None:
    view.viewport().update()


def _ring_of(view: QAbstractItemView | QPlainTextEdit | QTextEdit) -> QRect | None:
    """Where the ring of a view is drawn; None where its delegate draws it."""
    if isinstance(view, QPlainTextEdit | QTextEdit):
        return view.viewport().rect()
    at, chosen = view.currentIndex(), view.selectionModel()
    if not (at.isValid() and chosen is not None and chosen.isSelected(at)):
        return view.viewport().rect()
    if not isinstance(view, QTableView):
        return None
    row = view.visualRect(at)
    return QRect(0, row.top(), view.viewport().width(), row.height())


class SoftDelegate(QStyledItemDelegate):
    """Rows with a soft ground where chosen, as the queue and the menus have them; icon and one line of text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with air around it."""
        return QSize(80, 36)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, icon, text; a ring where the keys go."""
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            draw_ground(painter, box, color(Tint.SELECTION))
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)
        left = box.left() + 10
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon) and not icon.isNull():
            place = QRect(int(left), int(box.center().y()) - 8, 17, 17)
            icon_state = QIcon.State.On if chosen else QIcon.State.Off
            icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal, icon_state)
            left += 26
        painter.save()
        painter.setFont(font(Size.LABEL))
        painter.setPen(color(Tint.ACCENT if chosen else Tint.TEXT))
        room = QRectF(left, box.top(), box.right() - left - 6, box.height())
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class MenuList(Ringed, QListWidget):
    """A short menu beside a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(SoftDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)


class ReadText(Ringed, QPlainTextEdit):
    """A text to read, without a frame."""


class QuietHeader(QHeaderView):
    """Words in a small dim line over a hair line, nothing more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setFont(font(Size.CAPTION))

    def sizeHint(self) -> QSize:
        """One small line."""
        return QSize(super().sizeHint().width(), 28)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 -- Qt's name
        """Draw one column's word, where its figures stand, and the mark of the sorting."""
        model = self.model()
        painter.save()
        painter.fillRect(rect, color(Tint.CARD))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color(Tint.LINE_STRONG))
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.DIM))
        text = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            text += " ↑" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else " ↓"
        place = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = place is not None and int(place) & Qt.AlignmentFlag.AlignRight.value
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        room = rect.adjusted(8, 0, -8, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class QuietTable(Ringed, QTableView):
    """A table with one chosen row, no grid, no row numbers; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalHeader(QuietHeader(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.viewport().setAutoFillBackground(False)  # the card shows through
