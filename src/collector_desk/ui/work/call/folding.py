"""How much of a call is folded so that nothing of it leaves the window: first what explains, at last what is said.

What never yields: the amount, the button that ends the talk, the ways on, the outcome, Save and Undo.
"""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget


class Fold(IntEnum):
    """Each step folds what the ones before it do as well."""

    NOTHING = 0
    GUIDE = 1  # what explains the step takes one line
    HELP = 2  # and then none
    NUMBERS = 3  # the number cards are one line
    NEVER = 4  # so is what is never said
    WORDS = 5  # what is said is written small, and the row of phases goes


class CallFolding:
    """Folds the cards of ``inner`` as far as its height asks for, and no farther."""

    def __init__(self, inner: QWidget, cards: tuple[QWidget, ...], fold: Callable[[Fold], None]) -> None:
        self._inner, self._cards, self._fold = inner, cards, fold
        self._busy = False
        self.now = Fold.NOTHING

    def fit(self, width: int, height: int) -> None:
        """Find the first step at which everything fits; where none does, the column scrolls at its last."""
        if self._busy or width <= 0:
            return
        self._busy = True
        try:
            for step in Fold:
                self.now = step
                self._fold(step)
                if self._needed(width) <= height:
                    break
        finally:
            self._busy = False
            # what was folded is laid out already: the layout asking for it would be asked again, for ever
            QCoreApplication.removePostedEvents(self._inner, QEvent.Type.LayoutRequest.value)

    def _needed(self, width: int) -> int:
        for card in self._cards:
            if not card.isHidden() and (own := card.layout()) is not None:
                own.activate()
        layout = self._inner.layout()
        if layout is None:
            return 0
        layout.activate()
        if layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(width)
        return layout.totalMinimumSize().height()
