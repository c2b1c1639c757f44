"""What comes due: a call back or a promise whose minute is here, or nearly. A quiet strip with its key, no more.

It takes no focus and makes no sound; it stays until that case was opened or another one is due.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from collector_desk.domain.book.debts import QueueRow
from collector_desk.services.book import queueing
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import KeyHint, LinkButton, SoftPanel, Text
from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.words import say

AHEAD = timedelta(minutes=5)
_LOOK_MS = 20_000


class ComingDue(SoftPanel):
    """``wanted`` carries the debtor whose case is to be opened."""

    wanted = Signal(str)
    looked = Signal()  # it is time to look again

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone=Tone.WARN, margin=Gap.ROW)
        self._seat = seat
        self._row: QueueRow | None = None
        self._told: set[tuple[str, object]] = set()
        self._words = Text(size=Size.CAPTION, tint=Tint.WARN_STRONG, wrap=True)
        self.button = LinkButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open)
        row = QHBoxLayout()
        row.setSpacing(Gap.TIGHT)
        row.addWidget(self._words, 1)
        row.addWidget(KeyHint(KEYS["open_due"].sequences[0]))
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.looked)
        self._timer.start()
        self.hide()

    @property
    def debtor_id(self) -> str | None:
        """Who is told of now."""
        return self._row.debtor_id if self._row is not None and not self.isHidden() else None

    def look_ahead(self) -> None:
        """Tell of what comes due within the next minutes; of the same only once."""
        for row in queueing.coming(self._seat, AHEAD):
            known = (row.debtor_id, row.back_at)
            if known not in self._told:
                self._told.add(known)
                self.tell(row)
                return

    def tell(self, row: QueueRow) -> None:
        """Tell of this one."""
        self._row = row
        self._say()
        self.show()

    def opened(self, debtor_id: str | None) -> None:
        """That case is on the screen: there is nothing more to tell."""
        if debtor_id is not None and debtor_id == self.debtor_id:
            self.hide()

    def open(self) -> None:
        """To the case, where there is one."""
        if (debtor_id := self.debtor_id) is not None:
            self.wanted.emit(debtor_id)

    def _say(self) -> None:
        if self._row is not None:
            why = say(self._row.why, zone=ZoneInfo(self._seat.zone), now=self._seat.now())
            self._words.setText(f"{self._row.masked} · {why}")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.button.setText(self.tr("Open"))
        self._say()
