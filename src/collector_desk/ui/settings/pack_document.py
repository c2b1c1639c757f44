"""A pack laid out to be read: titles, steps with what is said, what never is, and the ways on; rules with clause.

The text is put in piece by piece, never as markup.
"""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from collector_desk.packs.document import DocumentLine, PackPart
from collector_desk.ui.theme import Size, Tint, color, font
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets.lists import Ringed
from collector_desk.ui.words import word

_SIZES = {PackPart.TITLE: Size.SPOKEN, PackPart.HEADING: Size.HEAD, PackPart.OTHER: Size.CAPTION}
_SPOKEN = (
    *(PackPart.SAYS, PackPart.SAYS_FIRM, PackPart.SAYS_ESCALATION),
    *(PackPart.SAYS_UNKNOWN, PackPart.SAYS_THIRD, PackPart.ASKS),
)
_ABOVE = {PackPart.TITLE: Gap.HALVES, PackPart.HEADING: Gap.PAGE}
_UNNAMED = (PackPart.TITLE, PackPart.HEADING, PackPart.WAY, PackPart.OTHER)


class PackDocument(Ringed, QTextEdit):
    """Shows the lines of ``packs.document``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setFont(font(Size.BODY))

    def show_lines(self, lines: Iterable[DocumentLine]) -> None:
        """Lay them out, from the top."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, line in enumerate(lines):
            block = QTextBlockFormat()
            block.setTopMargin(_ABOVE.get(line.part, Gap.TIGHT) if number else 0)
            block.setLeftMargin(Gap.PAGE if line.part not in _UNNAMED else 0)
            if number:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            if line.part not in _UNNAMED:
                cursor.insertText(f"{word(line.part)}  ", _format(Size.CAPTION, Tint.DIM))
            words = " · ".join(filter(None, (line.text, *(word(member) for member in line.of))))
            cursor.insertText(words, _format(_SIZES.get(line.part, Size.BODY), _tint(line.part)))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _tint(part: PackPart) -> Tint:
    if part is PackPart.NEVER:
        return Tint.DANGER_STRONG
    return Tint.DIM if part in (PackPart.OTHER, PackPart.GUIDE, PackPart.SURE, PackPart.CLAUSE) else Tint.TEXT


def _format(size: int, tint: Tint) -> QTextCharFormat:
    shape = QTextCharFormat()
    letters: QFont = font(size)
    shape.setFont(letters)
    shape.setForeground(color(tint))
    return shape
