"""The outcomes of a call that reached nobody, one key each."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from collector_desk.domain.vocabulary import Outcome
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import BranchButton
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import word

UNREACHED = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER)


class UnreachedRow(QWidget):
    """A button for each; ``chosen`` carries the outcome."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(Margin.NONE)
        row.setSpacing(Gap.TIGHT)
        self.buttons: dict[Outcome, BranchButton] = {}
        for outcome in UNREACHED:
            button = BranchButton(native(outcome.value))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedHeight(Height.BRANCH)
            button.clicked.connect(partial(self._clicked, outcome))
            row.addWidget(button, 1)
            self.buttons[outcome] = button

    def _clicked(self, outcome: Outcome, _checked: bool = False) -> None:
        self.chosen.emit(outcome)

    def retranslate(self) -> None:
        """Set every text anew."""
        for outcome, button in self.buttons.items():
            button.set(native(outcome.value), word(outcome))
