"""What is known today of the institution's counts, and the way to bring them in."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from collector_desk.domain.people import Act, may
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import counts
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.widgets import BodyText, Card, Pill, Text, primary
from collector_desk.ui.window.keys import native


class InstitutionCountsCard(Card):
    """Stands below the share, which it beats."""

    def __init__(self, seat: Seat) -> None:
        super().__init__("…", margin=18)
        self._seat = seat
        self.allowed = may(seat.person.roles, Act.IMPORT)
        self.pill = Pill(tone=Tone.NEUTRAL)
        self.corner.addWidget(self.pill)
        self.words = BodyText()
        self.words.set_tint(Tint.DIM)
        self.note = Text(tint=Tint.DIM, wrap=True)
        self.button = primary(QPushButton())
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.button)
        self.body.addWidget(self.words)
        self.body.addLayout(foot)
        self.button.setVisible(self.allowed)  # only now: shown without a parent it would be a window

    def load(self) -> None:
        """Say how things stand."""
        today = counts.today(self._seat)
        self.set_title(self.tr("The institution's counts today"))
        self.button.setText(self.tr("Import the bank's counts…  {key}").format(key=native("import")))
        if today.newest_as_of is None:
            self.pill.set(self.tr("unknown"), Tone.WARN)
            self.words.setText(
                self.tr(
                    "No figures of today. Ask the bank for its table of talks and connected calls by debtor and "
                    "import it here; until then only this workstation's share counts."
                )
            )
        else:
            at = f"{self._seat.local(today.newest_as_of):%H:%M}"
            self.pill.set(self.tr("as of {time}").format(time=at), Tone.OK)
            self.words.setText(
                self.tr(
                    "Figures of {count} debtors are in force and beat the share; all others stay unknown. "
                    "They count until the day ends, or a newer file comes."
                ).format(count=f"{today.debtors:,}")
            )
        told = self.tr("One debtor alone: open the case under Cases, {key}.").format(key=native("counts"))
        if today.late:
            told = self.tr("{count} caps turned out to be passed today: see Review.").format(count=today.late)
        self.note.setText(told if self.allowed else self.tr("A team lead or manager imports them."))
        self.note.set_tint(Tint.DANGER_STRONG if today.late and self.allowed else Tint.DIM)
