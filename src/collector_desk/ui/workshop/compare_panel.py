"""What changed against the version calls go by: lines that went and that came, by sign as well as by colour."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from collector_desk.domain.text.diff import FileDiff, LineMark
from collector_desk.ui.theme import Size, Tint, color
from collector_desk.ui.theme.gaps import Margin
from collector_desk.ui.widgets import Text
from collector_desk.ui.widgets.lists import ReadText
from collector_desk.ui.window.page import Page
from collector_desk.ui.workshop.editor import fixed_font

_SIGNS = {LineMark.SAME: "  ", LineMark.GONE: "− ", LineMark.NEW: "+ ", LineMark.GAP: "⋯"}
_TINTS = {
    LineMark.SAME: (Tint.DIM, None),
    LineMark.GONE: (Tint.DANGER_STRONG, Tint.DANGER_SOFT),
    LineMark.NEW: (Tint.OK_STRONG, Tint.OK_SOFT),
    LineMark.GAP: (Tint.DIM, None),
}


class ComparePanel(Page):
    """Reads as text, so that it can be walked with the arrow keys and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diffs: Sequence[FileDiff] = ()
        self._against = ""
        self.summary = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.lines = ReadText()
        self.lines.setReadOnly(True)
        self.lines.setUndoRedoEnabled(False)
        self.lines.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.lines.setTabChangesFocus(True)
        self.lines.setFont(fixed_font(Size.CAPTION))
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.summary)
        box.addWidget(self.lines, 1)
        self.setFocusProxy(self.lines)
        self.retranslate()

    def show_diff(self, diffs: Sequence[FileDiff], against: str) -> None:
        """Show what changed against the version ``against``; "" where there is nothing to compare with."""
        self._diffs, self._against = diffs, against
        self.retranslate()

    def retranslate(self) -> None:
        """Say anew, in the language and colours in force."""
        self.lines.setAccessibleName(self.tr("Compared with the version in use"))
        gone, new = sum(one.gone for one in self._diffs), sum(one.new for one in self._diffs)
        if not self._against:
            self.summary.setText(self.tr("Choose a draft or a version to compare it with the one in use."))
        elif not self._diffs:
            self.summary.setText(self.tr("No difference from {version}.").format(version=self._against))
        else:
            text = self.tr("Against {version}: {new} lines new, {gone} gone, {files} files.")
            self.summary.setText(text.format(version=self._against, new=new, gone=gone, files=len(self._diffs)))
        self._draw()

    def _draw(self) -> None:
        self.lines.clear()
        cursor = QTextCursor(self.lines.document())
        cursor.beginEditBlock()
        for one in self._diffs:
            self._line(cursor, one.name, Tint.ACCENT, None)
            for line in one.lines:
                number = line.new or line.old or ""
                front, ground = _TINTS[line.mark]
                self._line(cursor, f"{_SIGNS[line.mark]}{number:>3} {line.text}", front, ground)
        cursor.endEditBlock()
        self.lines.moveCursor(QTextCursor.MoveOperation.Start)

    def _line(self, cursor: QTextCursor, text: str, front: Tint, ground: Tint | None) -> None:
        block, char = QTextBlockFormat(), QTextCharFormat()
        if ground is not None:
            block.setBackground(color(ground))
        char.setForeground(color(front))
        if not cursor.atStart():
            cursor.insertBlock(block, char)
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(text, char)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "lines"):
            self._draw()
