"""A text editor with line numbers that marks the lines with faults."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontInfo,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from collector_desk.ui.theme import Size, Tint, Tone, color, family, font
from collector_desk.ui.widgets import draw_mark
from collector_desk.ui.widgets.lists import Ringed

_PAD = 8


def fixed_font(size: int = Size.BODY) -> QFont:
    """The system's font of even width, the window's own for what it lacks (and where there is none)."""
    made = font(size)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if QFontInfo(fixed).fixedPitch():
        made.setFamilies([fixed.family(), family()])
    return made


class _Gutter(QWidget):
    """Line numbers, and the mark of a fault."""

    def __init__(self, editor: "PackEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the largest number and a mark."""
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines in sight."""
        self._editor.paint_gutter(QPainter(self), event.rect())


class PackEditor(Ringed, QPlainTextEdit):
    """One file of a pack. ``line_changed`` carries the line (from 1) the cursor is in."""

    line_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: dict[int, str] = {}
        self._line = 0
        self._gutter = _Gutter(self)
        self.setFont(fixed_font())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabChangesFocus(True)  # the keys have to get out again
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.blockCountChanged.connect(self._fit)
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._moved)
        self._fit()

    # --- what is shown -------------------------------------------------------------------------------

    def show_text(self, text: str, *, editable: bool) -> None:
        """Show a file from its beginning; its undo history begins anew."""
        self._faults = {}
        self.setReadOnly(not editable)
        if editable:
            flags = Qt.TextInteractionFlag.TextEditorInteraction
        else:
            flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self.setPlainText(text)
        self._mark()

    def set_faults(self, faults: Mapping[int, str]) -> None:
        """Mark the lines (from 1) with what is wrong in each."""
        self._faults = dict(faults)
        self._mark()
        self._gutter.update()

    @property
    def faults(self) -> Mapping[int, str]:
        """The marked lines."""
        return self._faults

    @property
    def line(self) -> int:
        """The line the cursor is in, from 1."""
        return self.textCursor().blockNumber() + 1

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, in sight."""
        block = self.document().findBlockByNumber(max(line - 1, 0))
        self.setTextCursor(QTextCursor(block if block.isValid() else self.document().lastBlock()))
        self.centerCursor()

    # --- gutter --------------------------------------------------------------------------------------

    def gutter_width(self) -> int:
        """Room for the numbers and a mark, in pixels."""
        digits = max(len(str(self.blockCount())), 2)
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * _PAD + 14

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Draw the gutter's part ``area``; the gutter calls this."""
        painter.fillRect(area, color(Tint.INSET))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > area.bottom():
                break
            number = block.blockNumber() + 1
            height = self.fontMetrics().height()
            if block.isVisible() and box.bottom() >= area.top():
                wrong, here = number in self._faults, number == self.line
                painter.setPen(color(Tint.DANGER_STRONG if wrong else Tint.TEXT if here else Tint.DIM))
                room = QRectF(0, box.top(), self._gutter.width() - _PAD, height)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
                if wrong:
                    draw_mark(painter, QRectF(5, box.top() + (height - 11) / 2, 11, 11), Tone.DANGER)
            block = block.next()
        painter.end()

    def _fit(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    def _scrolled(self, area: QRect, by: int) -> None:
        if by:
            self._gutter.scroll(0, by)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())

    def _moved(self) -> None:
        if self.line != self._line:
            self._line = self.line
            self._mark()
            self._gutter.update()
            self.line_changed.emit(self._line)

    def _mark(self) -> None:
        marks = []
        lines = [*((line, Tint.DANGER_SOFT) for line in sorted(self._faults))]
        if not self.isReadOnly() and self.line not in self._faults:
            lines.append((self.line, Tint.INSET))
        for line, tint in lines:
            block = self.document().findBlockByNumber(line - 1)
            if not block.isValid():
                continue
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(block)
            mark.format.setBackground(color(tint))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter is as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(inside.left(), inside.top(), self.gutter_width(), inside.height())

    def changeEvent(self, event: QEvent) -> None:
        """Take the marks' colours from the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()
