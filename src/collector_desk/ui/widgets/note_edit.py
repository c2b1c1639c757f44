"""The note: short forms become sentences as one types, forbidden words are underlined with their reason."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from collector_desk.domain.calls.short_forms import (
    Figure,
    ShortForm,
    begun,
    by_name,
    expand,
    filled,
    folded,
    gap_after,
    offered,
)
from collector_desk.domain.text.wording import Severity, WordingFinding
from collector_desk.domain.vocabulary import Speaker
from collector_desk.ui.theme import Tone, color
from collector_desk.ui.widgets import plain_tip
from collector_desk.ui.widgets.short_form_list import ShortFormList
from collector_desk.ui.words import say

Check = Callable[[str, Speaker], Sequence[WordingFinding]]

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
        self._forms: Sequence[ShortForm] = ()
        self._codes: dict[str, str] = {}
        self._figures: Callable[[], Mapping[Figure, str]] = dict
        self._speaker = Speaker.UNKNOWN
        self._underline = _Underline(self.document())
        self._busy = False
        self._before = ""  # the text as it was before the last change
        self._list: ShortFormList | None = None
        self._declined: int | None = None  # the slash whose list was closed by Esc
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._follow)

    def set_forms(self, forms: Sequence[ShortForm]) -> None:
        """The short forms that act here, in the order they are offered in."""
        self._forms, self._codes = tuple(forms), by_name(forms)

    def set_figures(self, figures: Callable[[], Mapping[Figure, str]]) -> None:
        """Whom to ask for the figures of the log that a short form may hold."""
        self._figures = figures

    def quote(self) -> None:
        """Set what is chosen in quotation marks, else the first word that may not be written, else two to type in.

        What the debtor is quoted as saying may be rude.
        """
        self.setFocus()
        text, cursor = self.toPlainText(), self.textCursor()
        start, end = from_qt(text, cursor.selectionStart()), from_qt(text, cursor.selectionEnd())
        if start == end:
            blocked = next((one for one in self._underline.found if one.severity is Severity.BLOCK), None)
            start, end = (blocked.start, blocked.end) if blocked else (start, end)
        quoted = f"“{text[start:end]}”"
        self._put(text[:start] + quoted + text[end:], start + (len(quoted) if end > start else 1))
        self._judge()

    def _to_gap(self, place: int) -> bool:
        """Choose the next gap from a place on, so that what is typed takes its place; False where there is none."""
        text = self.toPlainText()
        gap = gap_after(text, place)
        if gap is None:
            return False
        cursor = self.textCursor()
        cursor.setPosition(to_qt(text, gap))
        cursor.setPosition(to_qt(text, gap + 1), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def set_check(self, check: Check) -> None:
        """Underline by another lexicon from now on."""
        self._check = check
        self._judge()

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

    def offers(self) -> list[ShortForm]:
        """The short forms offered at the cursor now."""
        return self._list.forms() if self._list is not None and self._list.isVisible() else []

    # --- typing --------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self._busy:
            return
        text = self.toPlainText()
        self._expand(text)
        self._before = self.toPlainText()
        self._offer()
        self._judge()

    def _expand(self, text: str) -> None:
        """A short form that was just finished becomes its sentence; undo brings it back, and it stays then."""
        place = from_qt(text, self.textCursor().position())
        typed = _typed(self._before, text, place)
        if typed is None or not self._codes or self.document().isRedoAvailable():
            return  # put there (a draft, another call's note), or brought back
        figures = self._figures()
        codes = {name: filled(value, figures) for name, value in self._codes.items()}
        longer, after = expand(text, codes, place, typed)
        if longer != text:
            self._put(longer, after)
            same = next((n for n, (a, b) in enumerate(zip(text, longer, strict=False)) if a != b), len(text))
            gap = gap_after(longer, same)
            if gap is not None and same <= gap < after:
                self._to_gap(same)

    def _put(self, text: str, place: int) -> None:
        """Another text as one step of undoing."""
        cursor = self.textCursor()
        self._busy = True
        try:
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            cursor.setPosition(to_qt(text, place))
            cursor.endEditBlock()
            self.setTextCursor(cursor)
        finally:
            self._busy = False
        self._before = text

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

    # --- the list behind a slash ---------------------------------------------------------------------

    def _begun(self) -> tuple[int, str] | None:
        text = self.toPlainText()
        return begun(text, from_qt(text, self.textCursor().position()))

    def _offer(self) -> None:
        """Show what fits the short form being typed; nothing where there is none, or it was closed."""
        at = self._begun() if self.hasFocus() and self._forms else None
        if at is None:
            self._declined = None
            self._close_list()
            return
        forms = offered(self._forms, at[1]) if at[0] != self._declined else []
        if not forms:
            self._close_list()
            return
        if self._list is None or self._list.parentWidget() is not self.window():
            self._close_list()
            self._list = ShortFormList(self.window())
            self._list.taken.connect(self.take)
        box = QRect(self.mapTo(self.window(), QPoint(0, 0)), self.size())
        self._list.offer(forms, box)

    def _follow(self) -> None:
        """The cursor went elsewhere: the list goes."""
        if self._list is not None and self._list.isVisible() and not self._busy and self._begun() is None:
            self._close_list()

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def take(self, form: ShortForm) -> None:
        """Put a short form's sentence in the place of what is typed of it."""
        at = self._begun()
        if at is None:
            return
        text = self.toPlainText()
        place = from_qt(text, self.textCursor().position())
        self._close_list()
        becomes = filled(form.text, self._figures())
        self._put(text[: at[0]] + becomes + text[place:], at[0] + len(becomes))
        gap = gap_after(becomes, 0)
        if gap is not None:
            self._to_gap(at[0])
        self._judge()

    def _meant(self) -> ShortForm | None:
        """What Enter takes though no arrow chose: the only one that fits, or the one whose whole name is typed."""
        at, offers = self._begun(), self.offers()
        if at is None or not at[1]:
            return None
        named = [form for form in offers if folded(at[1]) in map(folded, form.names)]
        return (named or offers)[0] if len(offers) == 1 or len(named) == 1 else None

    def _list_key(self, event: QKeyEvent, *, act: bool) -> bool:
        """Whether a key is the list's; with ``act`` it does what it is for. Enter is it once one is
        chosen, or only one can be meant."""
        shown = self._list
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if shown is None or not shown.isVisible() or held:
            return False
        key, chosen = Qt.Key(event.key()), shown.chosen()
        if key in _STEPS:
            if act:
                shown.choose(_STEPS[key])
            return True
        if key == Qt.Key.Key_Escape:
            if act:
                at = self._begun()
                self._declined = at[0] if at else None
                self._close_list()
            return True
        wanted = chosen or self._meant()
        if wanted is not None and (key in _ENTER or key == Qt.Key.Key_Tab):
            if act:
                self.take(wanted)
            return True
        return False

    def _gap_key(self, event: QKeyEvent) -> bool:
        """Whether Tab went to the next gap; with none left it leaves the note as ever."""
        if event.key() != Qt.Key.Key_Tab or event.modifiers():
            return False
        text = self.toPlainText()
        return self._to_gap(from_qt(text, self.textCursor().selectionEnd()))

    # --- events --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The list's own keys before the window's; the reason in the tool tip of an underlined word."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            act = event.type() == QEvent.Type.KeyPress
            if self._list_key(event, act=act) or (act and self._gap_key(event)):
                event.accept()
                return True
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

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        super().focusOutEvent(event)
        self._close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the note."""
        super().hideEvent(event)
        self._close_list()


def _typed(before: str, after: str, cursor: int) -> tuple[int, int] | None:
    """From where to where something was typed before the cursor; None where the text changed otherwise."""
    rest = after[cursor:]
    if not before.endswith(rest):
        return None
    start, most = 0, min(len(before) - len(rest), cursor)
    while start < most and before[start] == after[start]:
        start += 1
    return start, cursor
