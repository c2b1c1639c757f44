"""What the screens share: busy while a worker is at it, errors under their fields, the foot of the window."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from collector_desk import __version__
from collector_desk.domain.message import Refused, Trouble
from collector_desk.ui.theme import colors
from collector_desk.ui.widgets import ErrorText
from collector_desk.ui.window.page import Page
from collector_desk.ui.words import language, say


class Screen(Page):
    """A page that fills the window."""

    theme_wanted = Signal()
    language_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focus_before: QWidget | None = None

    def set_busy(self, card: QWidget, busy: bool) -> None:
        """Hold the fields still while a worker is at it; the focus comes back to where it was."""
        if busy:
            self._focus_before = QApplication.focusWidget()
            card.setEnabled(False)
        else:
            card.setEnabled(True)
            if self._focus_before is not None and self._focus_before.isVisible():  # another screen may be up by now
                self._focus_before.setFocus()
            self._focus_before = None

    def foot(self, theme_button: QWidget, language_button: QWidget) -> None:
        """Wire the two buttons every screen has at its foot."""
        theme_button.clicked.connect(self.theme_wanted)  # type: ignore[attr-defined]  # tool buttons of the forms
        language_button.clicked.connect(self.language_wanted)  # type: ignore[attr-defined]

    def foot_texts(self) -> tuple[str, str, str]:
        """The words of the foot: the other theme, the other language, the version."""
        theme = self.tr("Light theme") if colors().dark else self.tr("Dark theme")
        # The other language in its own words: who needs the button can't read the present ones.
        other = "English" if language() == "zh_CN" else "中文"
        return theme, other, self.tr("Version {version}").format(version=__version__)

    def demo_words(self, password: str) -> str:
        """What a demo's sign-in and lock say of its password, so that nobody is shut out of invented people."""
        return self.tr("This is the demo. Everybody's password: {password}").format(password=password)


def place_error(trouble: Trouble, fields: Mapping[str, ErrorText], otherwise: ErrorText) -> None:
    """Say what is wrong under the field at fault, or under ``otherwise`` where no field is named."""
    name = trouble.field_name if isinstance(trouble, Refused) else None
    fields.get(name or "", otherwise).say(say(trouble.message))


def clear_errors(fields: Sequence[ErrorText]) -> None:
    """Take all reasons back."""
    for field in fields:
        field.say("")


def primary_text(button: QPushButton, busy: bool, usual: str, meanwhile: str) -> None:
    """Name the main button by what goes on."""
    button.setText(meanwhile if busy else usual)
