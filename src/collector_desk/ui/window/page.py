"""What a page of the window is, and what else follows the language while it is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from collector_desk.domain.changes import Changes
from collector_desk.ui.words import language

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # at run time the widget it is mixed into is the base


class FollowsLanguage(_Widget):
    """Mixed into a dialog or a view that is no page: ``retranslate`` is called once when the language has changed.

    Qt tells of one change several times, and of a translation that was loaded without a change.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken = language()

    def retranslate(self) -> None:
        """Set every text anew, in the language in force."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._spoken != language():
            self._spoken = language()
            self.retranslate()


class Page(QWidget):
    """Base of all pages and screens. Override what the page needs; the rest does nothing.

    Call ``self.retranslate()`` once at the end of ``__init__``; later changes of language call it by themselves.
    """

    def retranslate(self) -> None:
        """Set every text anew, in the language in force."""

    def on_changes(self, changes: Changes) -> None:
        """Something was changed, here or elsewhere: look whether it concerns what is shown."""

    def on_shown(self) -> None:
        """The page was brought to the front: put the focus where the work goes on."""

    def go_to(self, place: str) -> None:
        """Bring a part of the page to the front, by a name of the page's own.

        So one page leads to another without knowing its class.
        """

    def may_leave(self) -> bool:
        """Before another page, person or the end of the program: False keeps the page and says why."""
        return True

    def save_draft(self) -> None:
        """Write down what is half typed, now: before a lock, and before a bug is told."""

    def blocks_lock(self) -> bool:
        """Whether the idle lock has to wait (an attempt is open)."""
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A page shows no focus of its own. Qt would paint all of it anew, at every Esc and every digit."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As ``focusInEvent``."""
