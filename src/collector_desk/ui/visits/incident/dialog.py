"""An incident on the telephone: over whatever is being done, two keys, and the call goes on."""

from functools import partial

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from collector_desk.ui.theme.gaps import Height, Width
from collector_desk.ui.visits.incident.view import IncidentView
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.workplace import Workplace


class IncidentDialog(FollowsLanguage, QDialog):
    """The form of an incident of one debtor. Its own key keeps what is written; closing leaves it as a draft."""

    def __init__(self, place: Workplace, debtor_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retranslate()
        self.resize(Width.INCIDENT, Height.INCIDENT)
        self.view = IncidentView(place, debtor_id=debtor_id)
        self.view.left.connect(self.accept)
        self.view.acted.connect(place.changed)
        box = QVBoxLayout(self)
        box.addWidget(self.view)
        for number in range(1, 10):
            bind(self, f"branch_{number}", partial(self.view.digit, number))
        bind(self, "save_next", self.view.main_act)
        bind(self, "print", self.view.paper)
        bind(self, "leave", self.accept)
        self.view.first_field().setFocus()

    def retranslate(self) -> None:
        """Name the window; the form in it follows by itself."""
        self.setWindowTitle(self.tr("Incident"))

    def done(self, result: int) -> None:
        """However it is closed, what is typed is written down first."""
        self.view.save_draft()
        super().done(result)
