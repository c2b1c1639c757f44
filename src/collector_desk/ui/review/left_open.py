"""A call whose caller can't end it any more: the lead takes it over and enters its outcome on the Work page."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.domain.message import msg
from collector_desk.domain.text.masking import masked_name
from collector_desk.services.calls import left_open
from collector_desk.services.calls.left_open import LeftOpen
from collector_desk.ui.review.list_part import Detail
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Margin
from collector_desk.ui.widgets import Card, Text
from collector_desk.ui.widgets.facts import FactGrid
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import instant, say


class LeftOpenDetail(Detail):
    """Who began it and when; one button."""

    def __init__(self, place: Workplace, row: LeftOpen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self.row = place, row
        seat = place.seat
        self.button = KeyButton("save_next", main=True)
        self.button.set_text(self.tr("Take it over and enter the outcome"))
        self.button.clicked.connect(self.main_act)
        about = Card(say(msg("calls.left_open_by")))
        grid = FactGrid(wide=110)
        grid.add(self.tr("Debtor"), masked_name(row.debtor_name))
        grid.add(self.tr("Called by"), row.caller)
        grid.add(self.tr("Begun"), instant(row.begun_at, zone=ZoneInfo(seat.zone), now=seat.now()))
        about.body.addWidget(grid)
        hint = say(msg("calls.left_open_hint", name=row.caller))
        about.body.addWidget(Text(hint, size=Size.CAPTION, tint=Tint.DIM, wrap=True))
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        about.body.addLayout(line)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(about)
        box.addStretch(1)

    def first_field(self) -> QWidget:
        """The button."""
        return self.button.button

    def main_act(self) -> None:
        """Take it over, and on to the Work page, which offers it with what was typed."""
        with self._place.attempt():
            changes = left_open.take_over(self._place.seat, self.row.id)
            place = self._place
            self.acted.emit(changes)
            place.show_page("work")
