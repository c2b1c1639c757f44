"""The debtor's history to be read: every line whole, with who and when, walked by arrows; or notes alone."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.theme.gaps import Margin
from collector_desk.ui.widgets import Card, EmptyState, draw_ground
from collector_desk.ui.window.keys import native
from collector_desk.ui.work.help.told import HistoryLine, told_of

_Index = QModelIndex | QPersistentModelIndex
_TOLD = int(Qt.ItemDataRole.UserRole) + 1
_SIDE, _HEAD, _GAP = 10, 20, 6
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class HistoryModel(QAbstractListModel):
    """The lines of a call's case, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[HistoryLine, ...] = ()
        self._shown: tuple[HistoryLine, ...] = ()

    def take(self, call: LiveCall, *, notes_only: bool) -> None:
        """Show the case of the call, or of it what people wrote."""
        self.beginResetModel()
        self._all = told_of(call)
        self._shown = tuple(one for one in self._all if one.note) if notes_only else self._all
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Lines."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line as text; itself under a role of our own."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        told = self._shown[index.row()]
        if role == _TOLD:
            return told
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{told.head} {told.what} {told.note}".strip()
        return None


class _Delegate(QStyledItemDelegate):
    """When and who, then what, then the note in full."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as its words are long."""
        told = index.data(_TOLD)
        return QSize(100, _HEAD + self._high(told.what) + (self._high(told.note) if told.note else 0) + _GAP)

    def _room(self) -> int:
        view = self.parent()
        return (view.viewport().width() if isinstance(view, QListView) else 400) - 2 * _SIDE

    def _high(self, text: str) -> int:
        metrics = QFontMetrics(font(Size.BODY))
        return metrics.boundingRect(QRect(0, 0, self._room(), 10_000), int(_WRAPPED), text).height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        told = index.data(_TOLD)
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            draw_ground(painter, box.adjusted(1, 1, -1, -1), color(Tint.SELECTION))
        left, top = box.left() + _SIDE, box.top()
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.DIM))
        painter.drawText(QRectF(left, top, self._room(), _HEAD), int(Qt.AlignmentFlag.AlignVCenter), told.head)
        top += _HEAD
        made = font(Size.BODY)
        made.setStrikeOut(told.gone)
        painter.setFont(made)
        for text, tint in ((told.what, Tint.DIM if told.note else told.tint), (told.note, Tint.TEXT)):
            if text:
                high = self._high(text)
                painter.setPen(color(Tint.DIM if told.gone else tint))
                painter.drawText(QRectF(left, top, self._room(), high), int(_WRAPPED), text)
                top += high
        painter.restore()


class HistoryPanel(Card):
    """Stands in the log's place. ``asked`` is there for the other panels' sake: nothing is sent from here."""

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._call: LiveCall | None = None
        self.notes_only = False
        self.body.setContentsMargins(Margin.PANEL)
        self.model = HistoryModel()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)  # the lines are as high as they are long
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.viewport().setAutoFillBackground(False)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.send, self.back = QPushButton(), QPushButton()  # in the corner: the list takes the height
        for button in (self.send, self.back):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.corner.addWidget(button)
        self.send.clicked.connect(self.toggle_notes)
        self.back.clicked.connect(self.left)

    def begin(self, call: LiveCall) -> None:
        """Show the case of the call, its newest line chosen."""
        self._call, self.notes_only = call, False
        self._fill()
        self.list.setFocus()

    def toggle_notes(self, _checked: bool = False) -> None:
        """The notes alone, or everything."""
        self.notes_only = not self.notes_only
        self._fill()
        self.list.setFocus()

    def show_call(self, call: LiveCall) -> None:
        """The call moved: what may be seen of the history may be something else."""
        self._call = call
        if not self.isHidden():
            self._fill()

    def _fill(self) -> None:
        if self._call is None:
            return
        chosen = self.list.currentIndex().row()
        self.model.take(self._call, notes_only=self.notes_only)
        told = self.tr("Everything  {key}") if self.notes_only else self.tr("Notes only  {key}")
        self.send.setText(told.format(key=native("notes_only")))
        self.back.setText(self.tr("Back  {key}").format(key=native("leave")))
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self.empty)
        self.empty.say(
            self.tr("Nothing to read here"), self.tr("No note was written yet.") if self.notes_only else ""
        )
        self.list.setCurrentIndex(self.model.index(min(max(chosen, 0), self.model.rowCount() - 1)))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("History"))
        self.list.setAccessibleName(self.tr("History"))
        if not self.isHidden():
            self._fill()
