"""The pieces of evidence as small pictures: one widget for however many, drawn as they come into sight."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from collector_desk.domain.visits.evidence import Piece
from collector_desk.domain.visits.visit import EvidenceKind
from collector_desk.ui.theme import Size, Tint, Tone, color, font
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import draw_focus, draw_ground
from collector_desk.ui.words import word

_CELL = QSize(92, 84)
_PICTURE_HIGH = 58
_MOST_ROWS = 3
_ICONS = {
    EvidenceKind.AUDIO: "ri.mic-line",
    EvidenceKind.VIDEO: "ri.vidicon-line",
    EvidenceKind.DOCUMENT: "ri.file-text-line",
    EvidenceKind.PHOTO: "ri.image-line",
}


class _PieceDelegate(QStyledItemDelegate):
    """The small picture or the kind's sign, its number under it, and a mark where it was taken indoors."""

    def __init__(self, strip: "PieceStrip") -> None:
        super().__init__(strip)
        self._pictures: dict[str, QPixmap] = {}

    def forget(self) -> None:
        """The pictures are others now."""
        self._pictures.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All alike."""
        return _CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one piece; its small picture is read the first time it is seen."""
        piece = index.data(Qt.ItemDataRole.UserRole)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            draw_ground(painter, box, color(Tint.SELECTION))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_ground(painter, box, color(Tint.INSET_HOVER))
        room = QRect(int(box.left()) + 5, int(box.top()) + 5, int(box.width()) - 10, _PICTURE_HIGH - 8)
        picture = self._picture(piece)
        if picture.isNull():
            icon(_ICONS[piece.facts.kind]).paint(painter, room.adjusted(0, 10, 0, -10))
        else:
            size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.center().x() - size.width() // 2, room.top(), size.width(), size.height())
            place.moveTop(room.center().y() - size.height() // 2)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, picture)
        painter.save()
        painter.setFont(font(Size.CAPTION))
        painter.setPen(color(Tint.ACCENT if chosen else Tint.DIM))
        line = QRectF(box.left() + 4, box.top() + _PICTURE_HIGH, box.width() - 8, box.height() - _PICTURE_HIGH - 2)
        text = f"{index.row() + 1} · {piece.facts.caption or word(piece.facts.kind)}"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
        if piece.facts.indoors:
            painter.setBrush(color(Tone.WARN.strong))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(box.right() - 13, box.top() + 5, 8, 8))
        painter.restore()
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)

    def _picture(self, piece: Piece) -> QPixmap:
        if piece.id not in self._pictures:
            small = QPixmap()
            if piece.thumb:
                small.loadFromData(piece.thumb)
            self._pictures[piece.id] = small
        return self._pictures[piece.id]


class PieceStrip(QListWidget):
    """Small pictures in rows; arrows choose, Enter or a double click opens. ``chosen`` says which one it is."""

    opened = Signal()
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _PieceDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(_CELL)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(False)
        self.itemActivated.connect(lambda _: self.opened.emit())
        self.currentRowChanged.connect(self.chosen)

    def show_pieces(self, pieces: tuple[Piece, ...], row: int) -> None:
        """Fill the strip, with one of them chosen."""
        self._delegate.forget()
        self.blockSignals(True)
        self.clear()
        for piece in pieces:
            item = QListWidgetItem(self)
            self._fill(item, piece)
        if pieces:
            self.setCurrentRow(min(max(row, 0), len(pieces) - 1))
        self.blockSignals(False)
        self._fit()

    def renew(self, row: int, piece: Piece) -> None:
        """One piece has other words now."""
        item = self.item(row)
        if item is not None:
            self._fill(item, piece)

    def choose(self, row: int) -> None:
        """Back to that one, without a word."""
        self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(False)

    @staticmethod
    def _fill(item: QListWidgetItem, piece: Piece) -> None:
        item.setData(Qt.ItemDataRole.UserRole, piece)
        kind = word(piece.facts.kind)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{kind} {piece.facts.caption}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many rows as there are, up to three; then it scrolls."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows where the keys go."""
        super().focusInEvent(event)
        self.viewport().update()

    def _fit(self) -> None:
        across = max(self.viewport().width() // _CELL.width(), 1)
        rows = min(-(-self.count() // across), _MOST_ROWS)
        high = max(rows, 1) * _CELL.height() + 4
        if high != self.height() or self.maximumHeight() != high:
            self.setFixedHeight(high)
