"""What happened to a debtor's cases: a line each, when, what, and who did it."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QAbstractItemView, QWidget

from collector_desk.domain.book.debts import PLACED_AGAIN, TimelineEntry
from collector_desk.domain.text.masking import masked_text
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Tint
from collector_desk.ui.widgets import Card, Text
from collector_desk.ui.widgets.tables import RowsModel, WrapTable
from collector_desk.ui.words import say


class CaseHistoryCard(Card):
    """The lines in a table without headings, or that there is none yet."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._seat = seat
        self.model = RowsModel(self)
        self.table = WrapTable((22, 62, 16))
        self.table.setModel(self.model)
        self.table.horizontalHeader().hide()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.no_history = Text(tint=Tint.DIM, wrap=True)
        self.body.addWidget(self.no_history)
        self.body.addWidget(self.table, 100)
        self.body.addStretch(1)

    def show_lines(self, lines: tuple[TimelineEntry, ...], *, unmasked: bool) -> None:
        """Show what happened, newest first, free texts behind their masks."""
        zone, now = ZoneInfo(self._seat.zone), self._seat.now()
        rows = []
        for line in lines:
            what = " · ".join(say(part, zone=zone, now=now) for part in line.detail)
            if line.taken_back:
                what = self.tr("(taken back) {what}").format(what=what)
            if line.kind == PLACED_AGAIN:
                what = f"── {what} ──"
            if line.text:
                what += " — " + (line.text if unmasked else masked_text(line.text))
            at = line.at.astimezone(zone)
            when = f"{at:%m-%d %H:%M}" if at.year == now.astimezone(zone).year else f"{at:%Y-%m-%d}"
            rows.append((when, " ".join(what.split()), line.actor))
        headings = (self.tr("When"), self.tr("What"), self.tr("By"))
        self.model.show_rows(headings, rows)
        self.table.fit()
        self.table.setVisible(bool(rows))
        self.no_history.setVisible(not rows)

    def retranslate(self) -> None:
        """Set the title anew; who shows the case shows its lines anew."""
        self.set_title(self.tr("History"))
        self.no_history.setText(
            self.tr("Nothing happened yet. Calls, promises, payments and visits will stand here.")
        )
