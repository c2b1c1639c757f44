"""A photo in its masked copy; boxes drawn with the mouse hide faces, plates and door numbers."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from collector_desk.domain.message import Trouble
from collector_desk.domain.visit_evidence import Box
from collector_desk.services import evidence
from collector_desk.services.evidence import Content
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.widgets import Text, primary
from collector_desk.ui.workplace import Workplace

_WHOLE = 1000
_LEAST = 4  # pixels: a click is no box


class MaskPicture(QLabel):
    """The picture with the boxes just drawn."""

    def __init__(self, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QPixmap()
        picture.loadFromData(data)
        self.setPixmap(picture)
        self.setFixedSize(picture.size() if not picture.isNull() else QSize(1, 1))
        self.rects: list[QRect] = []
        self.may_draw = False
        self._from: QPoint | None = None
        self._now: QRect | None = None

    def boxes(self) -> tuple[Box, ...]:
        """What was drawn, in thousandths of the picture."""
        wide, high = max(self.width(), 1), max(self.height(), 1)
        return tuple(
            Box(
                rect.left() * _WHOLE // wide,
                rect.top() * _WHOLE // high,
                -(-(rect.right() + 1) * _WHOLE // wide),
                -(-(rect.bottom() + 1) * _WHOLE // high),
            )
            for rect in self.rects
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box begins."""
        if self.may_draw and event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It grows."""
        if self._from is not None:
            self._now = QRect(self._from, event.position().toPoint()).normalized() & self.rect()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is there, where it is more than a click."""
        if self._now is not None and min(self._now.width(), self._now.height()) >= _LEAST:
            self.rects.append(self._now)
        self._from = self._now = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the boxes over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        for rect in [*self.rects, *([self._now] if self._now else [])]:
            painter.fillRect(rect, QColor(30, 30, 30))
        painter.end()


class MaskDialog(QDialog):
    """Looks at a photo; who may, hides parts of it. ``masked`` carries what was changed. Esc closes it."""

    masked = Signal(object)

    def __init__(
        self, place: Workplace, evidence_id: str, content: Content, title: str, parent: QWidget, *, may_mask: bool
    ) -> None:
        super().__init__(parent)
        self._place, self._evidence_id, self._content = place, evidence_id, content
        self.setWindowTitle(title)
        self.picture = MaskPicture(content.data)
        self.picture.may_draw = may_mask
        area = QScrollArea()
        area.setWidget(self.picture)
        self.hint = Text(self.tr("Draw boxes over faces, plates and door numbers."), tint=Tint.DIM)
        self.back_button = QPushButton(self.tr("Take the last box back"))
        self.clear_button = QPushButton(self.tr("Take all boxes off"))
        self.keep_button = QPushButton(self.tr("Hide these parts"))
        primary(self.keep_button)
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        for button in (self.back_button, self.clear_button, self.keep_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(area, 1)
        box.addLayout(row)
        self.back_button.clicked.connect(self._take_last)
        self.clear_button.clicked.connect(lambda: self._keep(()))
        self.keep_button.clicked.connect(lambda: self._keep((*content.facts.boxes, *self.picture.boxes())))
        for part in (self.hint, self.back_button, self.clear_button, self.keep_button):
            part.setVisible(may_mask)
        self.clear_button.setVisible(may_mask and bool(content.facts.boxes))
        self.resize(min(self.picture.width() + 40, 1100), min(self.picture.height() + 90, 640))

    def _take_last(self) -> None:
        if self.picture.rects:
            self.picture.rects.pop()
            self.picture.update()

    def _keep(self, boxes: tuple[Box, ...]) -> None:
        seat, evidence_id = self._place.seat, self._evidence_id

        def done(changes: object) -> None:
            self._place.toast(self.tr("The copies are masked; the original is kept."), Tone.OK)
            self.masked.emit(changes)
            self.accept()

        def failed(trouble: Trouble) -> None:
            self._place.troubled(trouble)

        self._place.tasks.run(
            lambda _: evidence.mask(seat, evidence_id, boxes), owner=self, done=done, failed=failed
        )
