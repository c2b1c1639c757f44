"""The board of banks: how far each has told what was paid, who is silent, what is missing; two keys say more."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.text import days
from collector_desk.services.intake import board, coverage
from collector_desk.services.intake.board import StreamStands
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, EmptyState, FormField, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace


class BanksPart(Page):
    """The board, and below it what may be said of the chosen bank's days without a file."""

    acted = Signal(object)
    counted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._rows: tuple[StreamStands, ...] = ()
        self._lowering = False
        self.card = Card("…")
        self.model = RowsModel(self, right=(2, 4, 5, 6), tinted=(1, 2, 3))
        self.list = FitTable((24, 16, 12, 24, 12, 18, 12))
        self.list.setModel(self.model)
        self.list.setSelectionMode(FitTable.SelectionMode.SingleSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.card.body.addWidget(self.list, 1)
        self.chosen = Text(wrap=True, size=Size.LABEL)
        self.day, self.reason = QLineEdit(), QLineEdit()
        self.day.setMaximumWidth(Width.DATE)
        self.day_field, self.reason_field = FormField("…", self.day), FormField("…", self.reason)
        self.day.returnPressed.connect(self._day_given)
        self.reason.returnPressed.connect(self._say)
        fields = QHBoxLayout()
        fields.setSpacing(Gap.GROUP)
        fields.addWidget(self.day_field)
        fields.addWidget(self.reason_field, 1)
        self.none_button = KeyButton("save_next", main=True)
        self.less_button = KeyButton("refuse")
        self.none_button.clicked.connect(self.main_act)
        self.less_button.clicked.connect(self.second_act)
        keys = QHBoxLayout()
        keys.setSpacing(Gap.ACTS)
        keys.addWidget(self.none_button)
        keys.addWidget(self.less_button)
        keys.addStretch(1)
        self.card.body.addWidget(self.chosen)
        self.card.body.addLayout(fields)
        self.card.body.addLayout(keys)
        self.empty = EmptyState(icon=icon("ri.bank-line"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.stack)
        self.retranslate()

    def count(self) -> int:
        """How many a lead has to look at."""
        return sum(row.troubled for row in self._rows)

    def load(self) -> None:
        """Read anew; the row in whose place one stood is chosen again."""
        at = max(self.list.currentIndex().row(), 0)
        self._rows = board.streams(self._place.seat)
        self._show_rows()
        if self._rows:
            self.list.selectRow(min(at, len(self._rows) - 1))
        self.stack.setCurrentWidget(self.card if self._rows else self.empty)
        self._show_chosen()
        self.counted.emit()

    def picked(self) -> StreamStands | None:
        """The chosen stream."""
        rows = self.list.chosen_rows()
        return self._rows[rows[0]] if rows else None

    # --- acts ----------------------------------------------------------------------------------------

    def main_act(self) -> None:
        """The bank says that nothing was paid, up to a day that is asked below; there the key says it."""
        if self.day_field.isVisible():
            self._say()
        elif self.picked() is not None:
            self._ask(lowering=False)

    def second_act(self) -> None:
        """Less is known than was said: up to which day, and why."""
        if self.picked() is not None:
            self._ask(lowering=True)

    def release(self) -> None:
        """Nothing is held up by a bank."""

    def unmask(self) -> None:
        """There is nobody on the board."""

    def _ask(self, *, lowering: bool) -> None:
        self._lowering = lowering
        row = self.picked()
        day = self._place.seat.today() - timedelta(days=1)
        if row is not None and row.said is not None and not lowering:
            day = row.said.last  # the day that a second person says too
        self.day.setText(day.isoformat())
        for field in (self.day_field, self.reason_field):
            field.set_error("")
        self._label_day()
        self.day_field.show()
        self.reason_field.setVisible(lowering)
        self.day.setFocus()
        self.day.selectAll()

    def _day_given(self) -> None:
        if self._lowering:
            self.reason.setFocus()
        else:
            self._say()

    def _say(self) -> None:
        row, day, seat = self.picked(), self._day(), self._place.seat
        if row is None or day is None:
            return
        with self._place.attempt(partial(point_at, {"day": self.day_field, "reason": self.reason_field})):
            if self._lowering:
                changes = coverage.lower(seat, row.bank, day, reason=self.reason.text())
                self.reason.clear()
                said = self.tr("{bank}: nothing after {day} is known.")
            else:
                told = coverage.none_until(seat, row.bank, day)
                changes = told.changes
                said = self.tr("{bank}: nothing more was paid up to {day}.")
                if told.waits:
                    said = self.tr("{bank}: no payment up to {day} counts once another lead says the same.")
            self._done(changes, said.format(bank=row.bank, day=day.isoformat()))

    def _day(self) -> date | None:
        try:
            return days.read(self.day.text().strip())
        except days.NotADayError:
            self.day_field.set_error(self.tr("Write the day as 2026-12-31."))
            self.day.setFocus()
            return None

    def _done(self, changes: Changes, said: str) -> None:
        self._place.toast(said, Tone.OK)
        self.acted.emit(changes)
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drawing -------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        headings = (
            self.tr("Bank"),
            self.tr("Told up to"),
            self.tr("Silent, bank days"),
            self.tr("Missing"),
            self.tr("Clashes"),
            self.tr("Said paid, not found"),
            self.tr("To ask"),
        )
        rows = [
            (
                " · ".join(filter(None, (row.bank, row.placement))),
                row.known_up_to.isoformat() if row.known_up_to else self.tr("no day yet"),
                str(row.silent_days) if row.silent_days else "—",
                self._missing(row) or "—",
                str(row.clashes) if row.clashes else "—",
                str(row.refuted) if row.refuted else "—",
                str(row.to_ask) if row.to_ask else "—",
            )
            for row in self._rows
        ]
        late = [Tint.WARN_STRONG if row.silent or row.holes else None for row in self._rows]
        self.model.show_rows(headings, rows, late)
        self.list.fit()

    def _missing(self, row: StreamStands) -> str:
        return ", ".join(f"{hole.first:%m-%d}–{hole.last:%m-%d}" for hole in row.holes)

    def _show_chosen(self) -> None:
        row = self.picked()
        self.day_field.hide()
        self.reason_field.hide()
        for button in (self.none_button, self.less_button):
            button.button.setEnabled(row is not None)
        if row is None:
            self.chosen.setText("")
            return
        if row.known_up_to is None:
            day, said = row.since, self.tr("{bank} has told of no day since {day}.")
        else:
            day, said = row.known_up_to, self.tr("{bank} has told of its days up to {day}.")
        said = said.format(bank=row.bank, day=day.isoformat())
        if row.silent:
            silent = self.tr("Silent for {count} bank days: what was promised and said to be paid waits.")
            said = f"{said} {silent.format(count=row.silent_days)}"
        if row.said is not None:
            waits = self.tr("{name} says nothing was paid up to {day}: it counts once another lead says so too.")
            said = f"{said} {waits.format(name=row.said.by, day=row.said.last.isoformat())}"
        self.chosen.setText(said)

    def _label_day(self) -> None:
        if self._lowering:
            self.day_field.set_label(self.tr("Known only up to"))
        else:
            self.day_field.set_label(self.tr("Nothing more was paid up to"), self.tr("Enter says it."))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("How far each bank has told what was paid"))
        self.none_button.set_text(self.tr("Nothing was paid…"))
        self.less_button.set_text(self.tr("Less is known…"))
        self.reason_field.set_label(self.tr("Why (a lead)"))
        self._label_day()
        self.empty.say(
            self.tr("No bank's cases are worked"),
            self.tr("As soon as a placement is in, it stands here how far its bank has told what was paid."),
        )
        chosen = self.list.chosen_rows()
        self._show_rows()
        self.list.choose_too(chosen)
        self._show_chosen()
