"""The column beside the call: answers to what is said, and everything that happened before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import LinkButton
from collector_desk.ui.window.keys import native
from collector_desk.ui.work.help.objections_panel import AnswersPanel
from collector_desk.ui.work.help.timeline_panel import TimelinePanel

_WIDTH = 276
PAGE_AT_1366 = 1292
_SHARE = 0.4  # of what a wide page has besides
_FOLDS_BELOW = 980  # the page's width; narrower, this column makes room before anything is squeezed


def beside(width: int, share: float) -> int:
    """What of a wide page's width goes to a column at its side: the call needs no more than it has at 1366."""
    return int(max(width - PAGE_AT_1366, 0) * share)


class HelpColumn(QWidget):
    """``incident_wanted``: its button was pressed."""

    incident_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers, self.timeline = AnswersPanel(), TimelinePanel()
        self.incident_button = LinkButton()
        self.incident_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.incident_button.clicked.connect(self.incident_wanted)
        self.timeline.corner.addWidget(self.incident_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.COLUMN)
        box.addWidget(self.answers, 5)
        box.addWidget(self.timeline, 4)
        self.answers.whole.connect(self._give_whole)
        self.setFixedWidth(_WIDTH)

    def show_call(self, call: LiveCall) -> None:
        """Show what helps with this call."""
        self.answers.show_call(call)
        self.timeline.show_call(call)

    def _give_whole(self, whole: bool) -> None:
        """An open card is read to its last line, which says what to ask next; Esc brings the history back."""
        self.timeline.setVisible(not whole)

    def start(self) -> None:
        """The focus to where one types what the debtor says; it is there for that, however narrow the page."""
        self.show()
        self.answers.start()

    def fold(self, width: int) -> None:
        """Be there where the page is wide enough, or somebody types here."""
        self.setVisible(width >= _FOLDS_BELOW or self.answers.typed.hasFocus())
        self.setFixedWidth(_WIDTH + beside(width, _SHARE))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.incident_button.setText(" ".join((self.tr("Incident…"), native("incident"))))
        self.answers.retranslate()
        self.timeline.retranslate()
