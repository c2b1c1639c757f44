"""The middle of the page without a case: the next one, nothing for now, or what a new store still needs."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.people import may
from collector_desk.services.office.first_steps import first_steps
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import EmptyState
from collector_desk.ui.window.workplace import Workplace

_LEADS_TO = {  # page, and the part of it
    "packs": ("settings", "packs"),
    "people": ("settings", "people"),
    "share": ("settings", "figures"),
    "import": ("cases", "import"),
}


class NothingHere(EmptyState):
    """The steps are buttons: Tab walks them, Space goes there. Who may not do one sees its state all the same."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.steps: dict[str, QPushButton] = {}
        rows = QVBoxLayout()
        rows.setSpacing(Gap.TIGHT)
        rows.setContentsMargins(Margin.NOTHING_HERE)
        for name in _LEADS_TO:
            button = QPushButton()
            button.setAutoDefault(True)
            button.clicked.connect(partial(self._go, name))
            self.steps[name] = button
            rows.addWidget(button)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 -- as EmptyState made it
        box.insertLayout(box.count() - 1, rows)

    def show_state(self, *, waiting: bool) -> None:
        """Say what comes next; ``waiting``: there are cases in the queue."""
        open_steps = () if waiting else first_steps(self._place.seat)
        for button in self.steps.values():
            button.hide()
        if waiting:
            self.say(
                self.tr("Ready for the next case"),
                self.tr("Enter opens the first case of the queue; / finds a debtor who calls back."),
                self.tr("Open the next case (Enter)"),
            )
        elif not open_steps:
            self.say(
                self.tr("Nothing to work here now"),
                self.tr("Cases come back by themselves at their time; other classes are one filter away."),
            )
        else:
            self.say(
                self.tr("Before the first call"),
                self.tr("Four steps; Tab walks through them, Space goes there."),
            )
        words = {
            "packs": self.tr("Read and release rules and scripts"),
            "people": self.tr("Let your people in"),
            "share": self.tr("Set this desk's share of the contact caps"),
            "import": self.tr("Import the file of a bank"),
        }
        for number, step in enumerate(open_steps, 1):
            button = self.steps[step.name]
            done = self.tr("✓ done") if step.done else self.tr("○ to do")
            button.setText(f"{number}. {words[step.name]} · {done}")
            button.setEnabled(may(self._place.seat.person.roles, step.act))
            button.show()

    def _go(self, name: str) -> None:
        self._place.show_page(*_LEADS_TO[name])
