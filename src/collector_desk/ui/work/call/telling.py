"""What an act changed, told to the pages once the screen is painted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from collector_desk.domain.changes import Changes

_AFTER_PAINT_MS = 20
"""What an act leaves to be read anew waits until the screen has changed, and lets the next key go first."""


class Telling(QObject):
    """While it tells, ``own_act`` says so to the page; ``case_is_fresh``: its case was read after the act."""

    def __init__(self, changed: Callable[[Changes], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self.case_is_fresh = self.own_act = False
        self._changes, self._seen = Changes(), False
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._soon.timeout.connect(self._pass_on)

    def tell(self, changes: Changes, *, seen: bool = False) -> None:
        """Tell of changes once the screen is painted. ``seen``: the case on the screen was read after them."""
        self._changes = self._changes | changes
        self._seen = seen and (self._seen or not self._soon.isActive())
        self._soon.start()

    def _pass_on(self) -> None:
        changes, self._changes = self._changes, Changes()
        self.case_is_fresh, self.own_act = self._seen, True
        try:
            self._changed(changes)
        finally:
            self.case_is_fresh = self.own_act = self._seen = False
