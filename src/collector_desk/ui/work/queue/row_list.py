"""The queue column's list: how a row is drawn, three lines each, as calm as it can be at a hundred rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.money import format_figure, side_by_side
from collector_desk.domain.book.queue import ORDERED_IN, QueueClass
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets.ages import said_age
from collector_desk.ui.widgets.lists import Ringed
from collector_desk.ui.widgets.shapes import draw_focus, draw_ground, draw_mark
from collector_desk.ui.work.queue.model import ROW_ROLE, QueueModel

_HEIGHT = 68
_GAP = 10
_TONES = {
    QueueClass.DUE_NOW: Tone.WARN,
    QueueClass.PROMISE_BROKEN: Tone.DANGER,
    QueueClass.FIRST_OVERDUE: Tone.INFO,
}
_MARKED = frozenset({QueueClass.DUE_NOW, QueueClass.PROMISE_BROKEN})


class QueueDelegate(QStyledItemDelegate):
    """Name and amount above, then age and product; below, in words, why the row stands there."""

    def __init__(self, parent: QWidget, show_surnames: bool = True) -> None:
        super().__init__(parent)
        self.show_surnames = show_surnames
        self.figures_hidden = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high, which keeps long lists quick."""
        return QSize(120, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row = index.data(ROW_ROLE)
        model = index.model()
        if not isinstance(row, QueueRow) or not isinstance(model, QueueModel):
            return
        box = QRectF(option.rect).adjusted(4, 2, -4, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            draw_ground(painter, box, color(Tint.SELECTION))
            if option.state & QStyle.StateFlag.State_HasFocus:
                draw_focus(painter, box)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        inner = box.adjusted(12, 0, -12, 0)
        self._owing(painter, inner, row, self._head(painter, inner, row))
        self._why(painter, inner, row, "" if self.figures_hidden else model.why(row))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole of a row under the mouse: a line may have been too long for it."""
        row, model = index.data(ROW_ROLE), index.model()
        if isinstance(row, QueueRow) and isinstance(model, QueueModel) and not self.figures_hidden:
            told = (row.owed, row.product, model.why(row))
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, told)), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _head(self, painter: QPainter, box: QRectF, row: QueueRow) -> str:
        """Name and amounts; what is owed in other currencies and has no room here is given back."""
        base = box.top() + 20
        dim = not row.queue_class.workable
        painter.setFont(font(Size.LABEL))
        painter.setPen(color(Tint.DIM if dim else Tint.TEXT))
        name = row.masked if self.show_surnames else "**"
        figure = "****" if self.figures_hidden else _figure(row)
        wide, beside = painter.fontMetrics().horizontalAdvance, ""
        if wide(name) + _GAP + wide(figure) > box.width() and row.beside and not self.figures_hidden:
            figure, beside = str(row.balance), side_by_side(*row.beside)
        room = int(box.width()) - _right(painter, box.right(), base, figure) - _GAP
        painter.drawText(QPointF(box.left(), base), _elided(painter, name, room))
        return beside

    def _owing(self, painter: QPainter, box: QRectF, row: QueueRow, beside: str) -> None:
        """How old it is and on what, and what is owed ``beside``."""
        if self.figures_hidden:
            return
        base = box.top() + 38
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.TEXT if row.queue_class.workable else Tint.DIM))
        taken = _right(painter, box.right(), base, beside) + _GAP if beside else 0
        painter.setPen(color(Tint.DIM))
        age = said_age(row.days)
        many = f"×{row.cases}" if row.cases > 1 else ""
        line = " · ".join(filter(None, (age, many, row.product)))
        painter.drawText(QPointF(box.left(), base), _elided(painter, line, int(box.width()) - taken))

    def _why(self, painter: QPainter, box: QRectF, row: QueueRow, text: str) -> None:
        if not text:
            return
        tone = _TONES.get(row.queue_class)
        left = box.left()
        if row.queue_class in _MARKED and tone is not None:
            draw_mark(painter, QRectF(left, box.bottom() - 23, 12, 12), tone)
            left += 17
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(tone.strong if tone else Tint.DIM))
        shown = _elided(painter, text, int(box.right() - left))
        painter.drawText(QPointF(left, box.bottom() - 12), shown)


def _figure(row: QueueRow) -> str:
    """What is owed, each currency by itself; a figure alone is of yuan."""
    plain = row.balance.currency == ORDERED_IN and not row.beside
    return format_figure(row.balance) if plain else row.owed


def _elided(painter: QPainter, text: str, room: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)


def _right(painter: QPainter, right: float, base: float, text: str) -> int:
    """Draw a text that ends at the right; returns its width."""
    width = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(QPointF(right - width, base), text)
    return width


class QueueList(Ringed, QListView):
    """The list itself: one row chosen, no scroll bar sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = QueueDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    def hide_figures(self, hidden: bool) -> None:
        """Draw no amount while a third party is on the line."""
        if self.delegate.figures_hidden != hidden:
            self.delegate.figures_hidden = hidden
            self.viewport().update()
