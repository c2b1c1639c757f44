"""The queue column's list: how a row is drawn, two lines each, as calm as it can be at a hundred rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.money import format_figure
from collector_desk.domain.book.queue import QueueClass
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.widgets.shapes import draw_focus, draw_ground, draw_mark
from collector_desk.ui.work.queue.model import ROW_ROLE, QueueModel

_HEIGHT = 59
_TONES = {
    QueueClass.DUE_NOW: Tone.WARN,
    QueueClass.PROMISE_BROKEN: Tone.DANGER,
    QueueClass.FIRST_OVERDUE: Tone.INFO,
}
_MARKED = frozenset({QueueClass.DUE_NOW, QueueClass.PROMISE_BROKEN})


class QueueDelegate(QStyledItemDelegate):
    """Name, age and amount above; below, in words, why the row stands there."""

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
        self._head(painter, inner, row)
        self._why(painter, inner, row, "" if self.figures_hidden else model.why(row))
        painter.restore()

    def _head(self, painter: QPainter, box: QRectF, row: QueueRow) -> None:
        base = box.top() + 23
        dim = not row.queue_class.workable
        painter.setFont(font(Size.LABEL))
        painter.setPen(color(Tint.DIM if dim else Tint.TEXT))
        figure = "****" if self.figures_hidden else format_figure(row.balance)
        width = painter.fontMetrics().horizontalAdvance(figure)
        painter.drawText(QPointF(box.right() - width, base), figure)
        name = row.masked if self.show_surnames else "**"
        painter.drawText(QPointF(box.left(), base), name)
        left = box.left() + painter.fontMetrics().horizontalAdvance(name) + 10
        if self.figures_hidden:
            return
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.DIM))
        age = self.tr("{bucket} · {days} days").format(bucket=row.bucket, days=row.days)
        if row.cases > 1:
            age += f" · ×{row.cases}"
        painter.drawText(QPointF(left, base), age)

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
        room = box.right() - left
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QPointF(left, box.bottom() - 12), shown)


class QueueList(QListView):
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
