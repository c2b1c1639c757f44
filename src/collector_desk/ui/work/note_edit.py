"""The note: short forms become sentences as one types, forbidden words are underlined with their reason."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QHelpEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from collector_desk.domain.notes import expand
from collector_desk.domain.vocabulary import Speaker
from collector_desk.domain.wording import Severity, WordingFinding
from collector_desk.ui.theme import Tone, color
from collector_desk.ui.widgets import plain_tip
from collector_desk.ui.words import say

_ENDS = " \n，。,.;；!！?？"
Check = Callable[[str, Speaker], Sequence[WordingFinding]]


def to_qt(text: str, place: int) -> int:
    """A place in the text as Qt counts it: a rare character or an emoji is two there."""
    return place + sum(char > "\uffff" for char in text[:place])


def from_qt(text: str, place: int) -> int:
    """The same the other way round; a place inside a character is the place after it."""
    count = 0
    for index, char in enumerate(text):
        if count >= place:
            return index
        count += 2 if char > "\uffff" else 1
    return len(text)


class _Underline(QSyntaxHighlighter):
    """Marks the findings of the whole text, block by block (a note is a few lines at most)."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.found: Sequence[WordingFinding] = ()
        self._spans: list[tuple[int, int, WordingFinding]] = []

    def take(self, text: str, found: Sequence[WordingFinding]) -> None:
        """Mark these findings of the whole text."""
        self.found = found
        self._spans = [(to_qt(text, one.start), to_qt(text, one.end), one) for one in found]
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Underline what lies in this block."""
        block = self.currentBlock()
        for start, end, found in self._spans:
            first, last = max(start - block.position(), 0), min(end - block.position(), block.length() - 1)
            if first < last:
                style = QTextCharFormat()
                style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                tone = Tone.DANGER if found.severity is Severity.BLOCK else Tone.WARN
                style.setUnderlineColor(color(tone.strong))
                self.setFormat(first, last - first, style)


class NoteEdit(QPlainTextEdit):
    """``told`` carries the reason for the first word underlined, empty where there is none."""

    told = Signal(str, object)

    def __init__(self, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._codes: Mapping[str, str] = {}
        self._speaker = Speaker.UNKNOWN
        self._underline = _Underline(self.document())
        self._busy = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)

    def set_codes(self, codes: Mapping[str, str]) -> None:
        """The short forms, without their slash."""
        self._codes = codes

    def set_speaker(self, speaker: Speaker) -> None:
        """Who is on the line: words that give the debt away count with others than the debtor only."""
        if speaker is not self._speaker:
            self._speaker = speaker
            self._judge()

    def sizeHint(self) -> QSize:
        """Small: the card gives it what room is left."""
        return QSize(200, 40)

    def minimumSizeHint(self) -> QSize:
        """A line and a half, where the script is long."""
        return QSize(120, 36)

    def findings(self) -> Sequence[WordingFinding]:
        """What is underlined now."""
        return self._underline.found

    def _changed(self) -> None:
        if self._busy:
            return
        self._expand()
        self._judge()

    def _expand(self) -> None:
        """A finished short form (something follows it) becomes its sentence; undo brings it back."""
        text = self.toPlainText()
        cursor = self.textCursor()
        place = from_qt(text, cursor.position())
        if "/" not in text or place == 0 or text[place - 1] not in _ENDS:
            return
        longer, after = expand(text, self._codes, place)
        if longer == text:
            return
        self._busy = True
        try:
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(longer)
            cursor.setPosition(to_qt(longer, after))
            cursor.endEditBlock()
            self.setTextCursor(cursor)
        finally:
            self._busy = False

    def _judge(self) -> None:
        text = self.toPlainText()
        found = self._check(text, self._speaker) if text.strip() else ()
        if list(found) == list(self._underline.found):
            return
        self._busy = True  # a new underline is no new text
        try:
            self._underline.take(text, found)
        finally:
            self._busy = False
        first = next(iter(found), None)
        worst = next((one for one in found if one.severity is Severity.BLOCK), first)
        self.told.emit(say(worst.reason) if worst else "", worst.severity if worst else None)

    def event(self, event: QEvent) -> bool:
        """The reason stands in the tool tip of an underlined word."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.cursorForPosition(self.viewport().mapFromParent(event.pos())).position()
            place = from_qt(self.toPlainText(), place)
            found = next((one for one in self._underline.found if one.start <= place <= one.end), None)
            if found:
                QToolTip.showText(event.globalPos(), plain_tip(say(found.reason)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
