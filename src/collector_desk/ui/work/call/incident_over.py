"""An incident on the telephone: its form lies over the call, which goes on beneath."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collector_desk.ui.window.workplace import Workplace

if TYPE_CHECKING:
    from collector_desk.ui.visits.incident.dialog import IncidentDialog


class IncidentOver:
    """One form at most; ``dialog`` is there while it is open."""

    def __init__(self, place: Workplace, page: QWidget) -> None:
        self._place, self._page = place, page
        self.dialog: IncidentDialog | None = None

    def open(self, debtor_id: str) -> None:
        """The first of the two keys."""
        from collector_desk.ui.visits.incident.dialog import IncidentDialog  # rare: not before it is needed

        self.dialog = IncidentDialog(self._place, debtor_id, self._page)
        self.dialog.finished.connect(self._left)
        self.dialog.open()

    def save_draft(self) -> None:
        """Write down what is typed in it, now."""
        if self.dialog is not None:
            self.dialog.view.save_draft()

    def refresh(self) -> None:
        """Show what another window typed at the same report."""
        if self.dialog is not None:
            self.dialog.view.refresh()

    def _left(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
