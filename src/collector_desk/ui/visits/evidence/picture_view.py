"""A picture to be looked at closely, and boxes over what is nobody's business: by mouse and by keys alike."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from collector_desk.domain.visits.evidence import Box
from collector_desk.ui.theme import Tint, color

_WHOLE = 1000
_LEAST = 8.0  # thousandths of the picture: smaller is a click, no box
_HANDLE = 10.0  # pixels on the screen around a corner
_STEP = 10.0  # thousandths a key moves a box
_CLOSEST = 8.0


class PictureView(QGraphicsView):
    """Fits the window until somebody zooms. While ``masking`` the boxes can be drawn, moved and sized."""

    boxes_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(color(Tint.INSET))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.masking = False
        self.rects: list[QRectF] = []  # in pixels of the picture
        self.chosen = -1
        self._fits = True
        self._grip: tuple[str, QPointF] | None = None

    def show_picture(self, data: bytes) -> None:
        """Show a picture, whole."""
        picture = QPixmap()
        picture.loadFromData(data)
        self._item.setPixmap(picture)
        self.scene().setSceneRect(QRectF(picture.rect()))
        self.leave_masking()
        self.fit()

    # --- near and far ----------------------------------------------------------------------------------

    def zoom(self, by: float) -> None:
        """Larger or smaller, not beyond what shows something."""
        scale = self.transform().m11() * by
        if self._least() * 0.5 <= scale <= _CLOSEST:
            self._fits = False
            self.scale(by, by)
        self._pannable()

    def fit(self) -> None:
        """The whole picture, never larger than it is."""
        self._fits = True
        self.resetTransform()
        scale = min(self._least(), 1.0)
        self.scale(scale, scale)
        self._pannable()

    def _least(self) -> float:
        room, picture = self.viewport().size(), self._size()
        return min(room.width() / max(picture.width(), 1), room.height() / max(picture.height(), 1))

    def _size(self) -> QSizeF:
        return QSizeF(self._item.pixmap().size())

    def _pannable(self) -> None:
        hand = not self.masking and not self._fits
        self.setDragMode(self.DragMode.ScrollHandDrag if hand else self.DragMode.NoDrag)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew, where it fitted."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 if event.angleDelta().y() > 0 else 0.8)
        else:
            super().wheelEvent(event)

    # --- boxes -----------------------------------------------------------------------------------------

    def begin_masking(self, boxes: tuple[Box, ...]) -> None:
        """Let the boxes be changed; the picture under them shows through."""
        wide, high = self._size().width() / _WHOLE, self._size().height() / _WHOLE
        self.rects = [
            QRectF(
                QPointF(box.left * wide, box.top * high), QPointF(box.right * wide, box.bottom * high)
            ).normalized()
            for box in boxes
        ]
        self.masking = True
        self._choose(len(self.rects) - 1)
        self._pannable()

    def leave_masking(self) -> None:
        """The boxes are done with."""
        self.masking = False
        self.rects, self.chosen, self._grip = [], -1, None
        self._pannable()
        self.viewport().update()

    def boxes(self) -> tuple[Box, ...]:
        """What is hidden, in thousandths of the picture."""
        wide, high = max(self._size().width(), 1.0), max(self._size().height(), 1.0)
        return tuple(
            Box(
                int(rect.left() * _WHOLE / wide),
                int(rect.top() * _WHOLE / high),
                min(_WHOLE, -int(-rect.right() * _WHOLE // wide)),
                min(_WHOLE, -int(-rect.bottom() * _WHOLE // high)),
            )
            for rect in self.rects
        )

    def new_box(self) -> None:
        """A box in the middle of what is seen, to be moved by the arrows."""
        seen = self.mapToScene(self.viewport().rect()).boundingRect() & self.sceneRect()
        size = QSizeF(self._size().width() * 0.16, self._size().height() * 0.16)
        middle = seen.center() - QPointF(size.width() / 2, size.height() / 2)
        self.rects.append(self._inside(QRectF(middle, size)))
        self._choose(len(self.rects) - 1)

    def next_box(self) -> None:
        """Choose the next box."""
        if self.rects:
            self._choose((self.chosen + 1) % len(self.rects))

    def drop_box(self) -> None:
        """Take the chosen box off."""
        if 0 <= self.chosen < len(self.rects):
            del self.rects[self.chosen]
            self._choose(min(self.chosen, len(self.rects) - 1))

    def move_box(self, across: int, down: int) -> None:
        """Move the chosen box by steps."""
        self._change(lambda rect: rect.translated(across * self._step(), down * self._step()))

    def size_box(self, across: int, down: int) -> None:
        """Make the chosen box wider or higher by steps, narrower or lower by negative ones."""
        least = self._step()

        def sized(rect: QRectF) -> QRectF:
            size = QSizeF(max(rect.width() + across * least, least), max(rect.height() + down * least, least))
            return QRectF(rect.topLeft(), size)

        self._change(sized)

    def _step(self) -> float:
        return max(self._size().width(), self._size().height()) * _STEP / _WHOLE

    def _change(self, how: object) -> None:
        if 0 <= self.chosen < len(self.rects) and callable(how):
            self.rects[self.chosen] = self._inside(how(self.rects[self.chosen]))
            self.ensureVisible(self.rects[self.chosen], 10, 10)
            self._choose(self.chosen)

    def _inside(self, rect: QRectF) -> QRectF:
        """Within the picture, at its own size where that fits."""
        whole = self.sceneRect()
        size = rect.size().boundedTo(whole.size())
        left = min(max(rect.left(), 0.0), whole.width() - size.width())
        top = min(max(rect.top(), 0.0), whole.height() - size.height())
        return QRectF(QPointF(left, top), size)

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.viewport().update()
        self.boxes_changed.emit()

    # --- the mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a corner, a box, or begin a new one."""
        if not self.masking or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        near = _HANDLE / max(self.transform().m11(), 0.01)
        for number in reversed(range(len(self.rects))):
            rect = self.rects[number]
            if (rect.bottomRight() - at).manhattanLength() <= 2 * near:
                self._grip = ("size", rect.topLeft())
            elif rect.contains(at):
                self._grip = ("move", at - rect.topLeft())
            else:
                continue
            self._choose(number)
            return
        self._grip = ("new", at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It moves or grows."""
        if not self.masking or self._grip is None:
            super().mouseMoveEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        what, fixed = self._grip
        if what == "new":
            self.rects.append(QRectF(fixed, at).normalized() & self.sceneRect())
            self.chosen = len(self.rects) - 1
            self._grip = ("size", fixed)
        elif what == "move":
            self._change(lambda rect: QRectF(at - fixed, rect.size()))
        else:
            self.rects[self.chosen] = QRectF(fixed, at).normalized() & self.sceneRect()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is there, where it is more than a click."""
        if not self.masking:
            super().mouseReleaseEvent(event)
            return
        self._grip = None
        least = max(self._size().width(), self._size().height()) * _LEAST / _WHOLE
        if 0 <= self.chosen < len(self.rects):
            rect = self.rects[self.chosen]
            if min(rect.width(), rect.height()) < least:
                self.drop_box()
        self.boxes_changed.emit()

    def drawForeground(self, painter: QPainter, rect: QRectF | object) -> None:
        """The boxes: dark as they will be, a little light still coming through while they are set."""
        for number, box in enumerate(self.rects):
            painter.fillRect(box, QColor(30, 30, 30, 215))
            pen = QPen(color(Tint.ACCENT if number == self.chosen else Tint.DIM), 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(box)
            if number == self.chosen:
                side = _HANDLE / max(self.transform().m11(), 0.01)
                corner = QRectF(box.bottomRight() - QPointF(side, side), QSizeF(side, side))
                painter.fillRect(corner, color(Tint.ACCENT))
