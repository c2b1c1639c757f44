"""The short forms that fit what is typed behind a slash, beside the note. The focus stays where one types."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.calls.short_forms import ShortForm, Whose
from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text, draw_ground, plain_tip
from collector_desk.ui.words import word

_FORM = Qt.ItemDataRole.UserRole
_ROW, _SHOWN, _NAMES, _WIDEST = 26, 7, 150, 620


class _Delegate(QStyledItemDelegate):
    """Names, what they stand for, whose it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        form = index.data(_FORM)
        if not isinstance(form, ShortForm):
            return
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_ground(painter, box, color(Tint.SELECTION), radius=5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER), radius=5)
        painter.save()
        line = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        left, right = box.left() + 8, box.right() - 8
        if form.whose is not Whose.SHIPPED:
            painter.setFont(font(Size.CAPTION))
            painter.setPen(color(Tint.DIM))
            whose = word(form.whose)
            wide = painter.fontMetrics().horizontalAdvance(whose) + 1.0
            painter.drawText(QRectF(right - wide, box.top(), wide, box.height()), line, whose)
            right -= wide + 9
        painter.setFont(font(Size.BODY))
        names = min(_NAMES, box.width() / 3)
        parts = (
            (Tint.ACCENT, names_of(form), names),
            (Tint.TEXT, " ".join(form.text.split()), right - left - names),
        )
        for tint, text, wide in parts:
            painter.setPen(color(tint))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(wide) - 8)
            painter.drawText(QRectF(left, box.top(), wide, box.height()), line, shown)
            left += wide
        painter.restore()


def names_of(form: ShortForm) -> str:
    """The names as they are typed: "/ptp /承诺"."""
    return " ".join(f"/{name}" for name in form.names)


class ShortFormList(QFrame):
    """``taken`` carries the short form that was clicked. Nothing is chosen until an arrow key chooses."""

    taken = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(lambda item: self.taken.emit(item.data(_FORM)))
        self.hint = Text(size=Size.CAPTION, tint=Tint.DIM)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.POPUP)
        box.setSpacing(Gap.THIN)
        box.addWidget(self.list, 1)
        box.addWidget(self.hint)
        self.hint.setIndent(8)
        self.hide()

    def offer(self, forms: Sequence[ShortForm], beside: QRect) -> None:
        """Show these, none of them chosen, over or under ``beside`` (in the parent's places)."""
        self.list.clear()
        for form in forms:
            item = QListWidgetItem(f"{names_of(form)} {form.text}")
            item.setData(_FORM, form)
            item.setToolTip(plain_tip(form.text))
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        text = self.tr("{count} short forms · ↓ chooses, Enter takes it (the only one at once), Esc closes")
        self.hint.setText(text.format(count=len(forms)))
        self._lie(beside, min(len(forms), _SHOWN))
        self.show()
        self.raise_()

    def choose(self, step: int) -> None:
        """Go up or down the list, round and round."""
        count, row = self.list.count(), self.list.currentRow()
        if row < 0 and step < 0:
            row = 0
        self.list.setCurrentRow((row + step) % count)

    def chosen(self) -> ShortForm | None:
        """What an arrow key chose; None before."""
        item = self.list.currentItem()
        form = item.data(_FORM) if item is not None else None
        return form if isinstance(form, ShortForm) else None

    def forms(self) -> list[ShortForm]:
        """All that is offered now."""
        return [self.list.item(row).data(_FORM) for row in range(self.list.count())]

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground that stands out from the cards it lies over."""
        painter = QPainter(self)
        draw_ground(painter, QRectF(self.rect()), color(Tint.FIELD), line=color(Tint.LINE_STRONG))
        painter.end()

    def _lie(self, beside: QRect, rows: int) -> None:
        whole = self._window.rect()
        size = QSize(min(max(beside.width(), 360), _WIDEST, whole.width() - 16), rows * _ROW + 32)
        top = beside.top() - size.height() - 2
        if top < 8:
            top = min(beside.bottom() + 2, whole.height() - size.height() - 8)
        left = min(beside.left(), whole.width() - size.width() - 8)
        self.setGeometry(QRect(QPoint(max(left, 8), top), size))
