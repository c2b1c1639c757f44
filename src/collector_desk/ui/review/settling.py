"""Payments in doubt: one list, the surest first; one key each, several rows at once."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.book.money import Money
from collector_desk.domain.changes import Changes
from collector_desk.domain.money.payments import Settling
from collector_desk.domain.money.to_settle import ToSettle
from collector_desk.services.money import settling
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, EmptyState, FormField, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import word


class SettlePart(Page):
    """The list, and below it the chosen row in full with what may be said of it."""

    acted = Signal(object)
    counted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._rows: tuple[ToSettle, ...] = ()
        self.card = Card("…")
        self.sums = Text(tint=Tint.DIM)
        self.card.corner.addWidget(self.sums)
        self.model = RowsModel(self, right=(2, 3))
        self.list = FitTable((26, 11, 13, 13, 15, 12, 18))
        self.list.setModel(self.model)
        self.list.setSelectionMode(FitTable.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.card.body.addWidget(self.list, 1)
        self.chosen = Text(wrap=True, size=Size.LABEL)
        self.where = Text(wrap=True, tint=Tint.DIM, size=Size.CAPTION)
        self.accept_button = KeyButton("save_next", main=True)
        self.refuse_button = KeyButton("refuse")
        self.later_button = KeyButton("release_pause")
        self.accept_button.clicked.connect(self.main_act)
        self.refuse_button.clicked.connect(self.second_act)
        self.later_button.clicked.connect(self.release)
        self.split_button = KeyButton("split")
        self.split_button.clicked.connect(self.begin_split)
        self.parts = QLineEdit()
        self.parts_field = FormField("…", self.parts)
        self.parts_field.hide()
        self.parts.returnPressed.connect(self._split)
        keys = QHBoxLayout()
        keys.setSpacing(Gap.ACTS)
        for button in (self.accept_button, self.refuse_button, self.split_button, self.later_button):
            keys.addWidget(button)
        keys.addStretch(1)
        self.card.body.addWidget(self.chosen)
        self.card.body.addWidget(self.where)
        self.card.body.addWidget(self.parts_field)
        self.card.body.addLayout(keys)
        self.empty = EmptyState(icon=icon("ri.money-cny-circle-line"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.ROW)
        box.addWidget(self.stack, 1)
        self.retranslate()

    def count(self) -> int:
        """How many wait, those put off left out."""
        return sum(not row.put_off for row in self._rows)

    def load(self) -> None:
        """Read anew; the row in whose place one stood is chosen again."""
        at = max(self.list.currentIndex().row(), 0)
        self._rows = settling.waiting(self._place.seat)
        self._show_rows()
        if self._rows:
            self.list.selectRow(min(at, len(self._rows) - 1))
        self.stack.setCurrentWidget(self.card if self._rows else self.empty)
        self._show_chosen()
        self.counted.emit()

    def main_act(self) -> None:
        """The chosen rows count as the bank says; what is more than owed stands as credit."""
        self._settle(Settling.ACCEPT, self.tr("{count} rows count as the bank says."))

    def second_act(self) -> None:
        """They are not ours: the bank is asked."""
        self._settle(Settling.NOT_OURS, self.tr("{count} rows count for nothing here and are asked of the bank."))

    def release(self) -> None:
        """Later."""
        self._settle(Settling.LATER, self.tr("{count} rows were put off."))

    def begin_split(self) -> None:
        """Ask to which cases how much of the one chosen row goes; a row of nobody's is given to one so, too."""
        if len(self.picked()) == 1:
            self.parts_field.set_error("")
            self.parts_field.show()
            self.parts.setFocus()

    def _split(self) -> None:
        (row,) = self.picked()
        with self._place.attempt(partial(point_at, {"parts": self.parts_field})):
            parts = settling.parts_of(self._place.seat, row, self.parts.text())
            changes = settling.split(self._place.seat, row, parts)
            self.parts.clear()
            self._done(changes, self.tr("The row counts in {count} parts.").format(count=len(parts)))

    def unmask(self) -> None:
        """Names stay behind their masks here; the case has them."""

    # --- what is chosen ------------------------------------------------------------------------------

    def picked(self) -> tuple[ToSettle, ...]:
        """The chosen rows, in the order of the list."""
        return tuple(self._rows[row] for row in self.list.chosen_rows())

    def _settle(self, what: Settling, said: str) -> None:
        rows = self.picked()
        if not rows:
            return
        with self._place.attempt():
            changes = settling.settle(self._place.seat, rows, what)
            self._done(changes, said.format(count=len(rows)))

    def _done(self, changes: Changes, said: str) -> None:
        self._place.toast(said, Tone.OK)
        self.acted.emit(changes)
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drawing -------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        headings = (
            self.tr("Why"),
            self.tr("Posted"),
            self.tr("Amount"),
            self.tr("Not counted"),
            self.tr("Debtor or account"),
            self.tr("Case"),
            self.tr("Reference"),
        )
        rows = [
            (
                self._why(row),
                row.posted_on.isoformat(),
                str(row.amount),
                str(row.beyond),
                row.masked,
                row.case_number or "—",
                row.reference or "—",
            )
            for row in self._rows
        ]
        self.model.show_rows(headings, rows, [Tint.DIM if row.put_off else None for row in self._rows])
        self.list.fit()
        by_currency: Counter[str] = Counter()
        for row in self._rows:
            by_currency[row.amount.currency] += row.beyond.minor
        sums = " + ".join(str(Money(minor, name)) for name, minor in sorted(by_currency.items()))
        self.sums.setText(self.tr("Rows: {count} · not counted: {sums}").format(count=len(self._rows), sums=sums))

    def _why(self, row: ToSettle) -> str:
        why = word(row.doubt) if row.doubt is not None else self.tr("no account here bears this number")
        return self.tr("put off: {why}").format(why=why) if row.put_off else why

    def _show_chosen(self) -> None:
        rows = self.picked()
        self.parts_field.hide()
        self.split_button.button.setEnabled(len(rows) == 1 and rows[0].amount.minor > 0)
        able = bool(rows) and all(row.debtor_id for row in rows)
        self.accept_button.button.setEnabled(able)
        for button in (self.refuse_button, self.later_button):
            button.button.setEnabled(bool(rows))
        if len(rows) == 1:
            (row,) = rows
            told = self.tr("{amount} of {day}: {allocated} counts, {beyond} does not. {why}.")
            self.chosen.setText(
                told.format(
                    amount=row.amount,
                    day=row.posted_on.isoformat(),
                    allocated=row.allocated,
                    beyond=row.beyond,
                    why=self._why(row),
                )
            )
            self.where.setText(
                self.tr("{bank}: {file}, line {line}").format(bank=row.bank, file=row.filename, line=row.line)
            )
        else:
            self.chosen.setText(self.tr("{count} rows are chosen.").format(count=len(rows)) if rows else "")
            self.where.setText("")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Payments to settle, the surest first"))
        self.accept_button.set_text(self.tr("Count it"))
        self.refuse_button.set_text(self.tr("Not ours"))
        self.later_button.set_text(self.tr("Later"))
        self.split_button.set_text(self.tr("Split…"))
        self.parts_field.set_label(self.tr("Which case gets how much, as in K7M-1011 300; K7M-1012 200"))
        self.empty.say(
            self.tr("No payment waits for you"),
            self.tr("What a bank says was paid comes here where it is more than is owed, or in doubt."),
        )
        chosen = self.list.chosen_rows()
        self._show_rows()
        self.list.choose_too(chosen)
        self._show_chosen()
