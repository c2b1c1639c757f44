"""Everything that happened with the debtor, newest first; figures stay masked as long as they do elsewhere."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStackedWidget, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.widgets import Card, EmptyState, plain_tip, text_width
from collector_desk.ui.work.help.told import told_of

_Index = QModelIndex | QPersistentModelIndex
_Line = tuple[str, str, str, Tint, bool, bool]  # when, what, note, its tint, taken back, a line between placements
_ENTRY = int(Qt.ItemDataRole.UserRole) + 1
_LEFT = 46


class TimelineModel(QAbstractListModel):
    """The lines as texts: when, what, and the note."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []

    def show_call(self, call: LiveCall) -> None:
        """Take the lines of the call's case."""
        self.beginResetModel()
        self._lines = [(one.day, one.what, one.note, one.tint, one.gone, one.divides) for one in told_of(call)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line as text; its parts under a role of our own."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        when, what, note, *_ = self._lines[index.row()]
        if role == _ENTRY:
            return self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{when} {what} {note}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{what}\n{note}".strip())
        return None


def _lines(text: str, room: int) -> int:
    return 1 if text_width(text, Size.CAPTION) <= room else 2


def _wrapped(text: str, room: int) -> list[str]:
    """The text on one line, or on two, the second cut with dots."""
    if _lines(text, room) == 1:
        return [text]
    metrics = QFontMetrics(font(Size.CAPTION))
    first = len(text)
    while first > 1 and metrics.horizontalAdvance(text[:first]) > room:
        first -= 1
    gap = text.rfind(" ", first // 2, first + 1)
    first = gap if gap > 0 else first
    return [text[:first], metrics.elidedText(text[first:].lstrip(), Qt.TextElideMode.ElideRight, room)]


class _Delegate(QStyledItemDelegate):
    """One line; a second one, dim, for a note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Room for one or two lines."""
        line = index.data(_ENTRY)
        if not line:
            return QSize(100, 25)
        lines = min(_lines(line[1], self._width()), 2) + (1 if line[2] else 0)
        return QSize(100, 8 + 18 * lines)

    def _width(self) -> int:
        view = self.parent()
        return (view.viewport().width() if isinstance(view, QListView) else 240) - _LEFT - 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw when, what, note."""
        line = index.data(_ENTRY)
        if not line:
            return
        when, what, note, tint, gone, divides = line
        box = QRectF(option.rect)
        painter.save()
        if divides:
            painter.setPen(color(Tint.LINE))
            painter.drawLine(QPointF(box.left(), box.bottom() - 1), QPointF(box.right(), box.bottom() - 1))
        made = font(Size.CAPTION)
        painter.setFont(made)
        painter.setPen(color(Tint.DIM))
        painter.drawText(QPointF(box.left() + 2, box.top() + 16), when)
        left = box.left() + _LEFT
        room = int(box.right() - left)
        made.setStrikeOut(gone)
        painter.setFont(made)
        painter.setPen(color(Tint.DIM if gone else tint))
        metrics = painter.fontMetrics()
        cut = Qt.TextElideMode.ElideRight
        for row in _wrapped(what, room):
            painter.drawText(QPointF(left, box.top() + 16), row)
            box.setTop(box.top() + 18)
        if note:
            painter.setFont(font(Size.CAPTION))
            painter.setPen(color(Tint.DIM))
            plain = " ".join(note.split())
            painter.drawText(QPointF(left, box.top() + 16), metrics.elidedText(plain, cut, room))
        painter.restore()


class TimelinePanel(Card):
    """The history column's lower card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self.model = TimelineModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.viewport().setAutoFillBackground(False)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def show_call(self, call: LiveCall) -> None:
        """Show the history, or why it is not to be seen now."""
        self.model.show_call(call)
        if call.third_party:
            self._stack.setCurrentWidget(self.empty)
            self.empty.say(
                self.tr("Hidden during this call"),
                self.tr("Somebody else is on the line: nothing of the debt is shown."),
            )
        elif self.model.rowCount() == 0:
            self._stack.setCurrentWidget(self.empty)
            self.empty.say(self.tr("Nothing yet"), self.tr("Calls, promises, payments and visits will stand here."))
        else:
            self._stack.setCurrentWidget(self.list)
            self.list.scrollToTop()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("History"))
