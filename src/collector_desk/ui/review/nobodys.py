"""Rows of banks' lists of cases that name none of ours: put to the bank's questions, or let go, by one key each."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.book.nobodys_words import NobodysWord
from collector_desk.domain.changes import Changes
from collector_desk.services.intake import nobodys_words
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, EmptyState, FormField, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import word


class NobodysPart(Page):
    """The rows, and below them what may be done with the chosen ones."""

    acted = Signal(object)
    counted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._rows: tuple[NobodysWord, ...] = ()
        self.card = Card("…")
        self.model = RowsModel(self)
        self.list = FitTable((9, 12, 18, 10, 11, 11, 18, 20))
        self.list.setModel(self.model)
        self.list.setSelectionMode(FitTable.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.card.body.addWidget(self.list, 1)
        self.said = Text(wrap=True, tint=Tint.DIM, size=Size.CAPTION)
        self.bank = QLineEdit()
        self.bank.setMaximumWidth(Width.SEARCH)
        self.bank_field = FormField("…", self.bank)
        self.bank.returnPressed.connect(self.main_act)
        self.ask_button, self.drop_button = KeyButton("save_next", main=True), KeyButton("refuse")
        self.ask_button.clicked.connect(self.main_act)
        self.drop_button.clicked.connect(self.second_act)
        keys = QHBoxLayout()
        keys.setSpacing(Gap.ACTS)
        for button in (self.ask_button, self.drop_button):
            keys.addWidget(button)
        keys.addStretch(1)
        self.card.body.addWidget(self.said)
        self.card.body.addWidget(self.bank_field)
        self.card.body.addLayout(keys)
        self.empty = EmptyState(icon=icon("ri.file-search-line"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.stack)
        self.retranslate()

    def count(self) -> int:
        """How many wait of which no bank is asked."""
        return sum(not row.asked for row in self._rows)

    def load(self) -> None:
        """Read anew; the row in whose place one stood is chosen again."""
        at = max(self.list.currentIndex().row(), 0)
        self._rows = nobodys_words.waiting(self._place.seat)
        self._show_rows()
        if self._rows:
            self.list.selectRow(min(at, len(self._rows) - 1))
        self.stack.setCurrentWidget(self.card if self._rows else self.empty)
        self._show_chosen()
        self.counted.emit()

    def picked(self) -> tuple[NobodysWord, ...]:
        """The chosen ones, in the order of the list."""
        return tuple(self._rows[row] for row in self.list.chosen_rows())

    def main_act(self) -> None:
        """Ask the bank about them."""
        rows = [row for row in self.picked() if not row.asked]
        if rows:
            with self._place.attempt(partial(point_at, {"bank": self.bank_field})):
                done = nobodys_words.ask(self._place.seat, rows, self.bank.text())
                self._done(done, self.tr("{count} rows are asked of the bank.").format(count=len(rows)))

    def second_act(self) -> None:
        """They are nothing to us."""
        rows = self.picked()
        if rows:
            with self._place.attempt():
                done = nobodys_words.let_go(self._place.seat, rows)
                self._done(done, self.tr("{count} rows let go.").format(count=len(rows)))

    def release(self) -> None:
        """Nothing is held up by such a row."""

    def unmask(self) -> None:
        """Numbers stay behind their masks here; the file has them."""

    def _done(self, changes: Changes, said: str) -> None:
        self._place.toast(said, Tone.OK)
        self.acted.emit(changes)
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        headings = (
            self.tr("State"),
            self.tr("Bank"),
            self.tr("Named"),
            self.tr("The bank says"),
            self.tr("From"),
            self.tr("Stays until"),
            self.tr("Why nobody's"),
            self.tr("File and line"),
        )
        rows = [
            (
                self.tr("asked") if row.asked else self.tr("waits"),
                row.bank or "—",
                row.names.shown,
                word(row.word),
                row.said_on.isoformat(),
                row.ends.isoformat() if row.ends else "—",
                word(row.why),
                self.tr("{file}, line {line}").format(file=row.filename, line=row.line),
            )
            for row in self._rows
        ]
        self.model.show_rows(headings, rows, [Tint.DIM if row.asked else None for row in self._rows])
        self.list.fit()

    def _show_chosen(self) -> None:
        rows = self.picked()
        self.bank_field.set_error("")
        self.bank_field.setVisible(any(not row.bank and not row.asked for row in rows))
        self.ask_button.button.setEnabled(any(not row.asked for row in rows))
        self.drop_button.button.setEnabled(bool(rows))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Rows of the banks' lists that name no case of ours"))
        self.said.setText(
            self.tr("They are tried again with every placement. When their case comes, what the bank said holds.")
        )
        self.bank_field.set_label(self.tr("Whose list it is (a bank that placed cases here)"))
        self.ask_button.set_text(self.tr("Ask the bank"))
        self.drop_button.set_text(self.tr("Nothing to us"))
        self.empty.say(
            self.tr("Every row names a case"),
            self.tr("What a list says of a case that is not with us, or names two, waits here."),
        )
        chosen = self.list.chosen_rows()
        self._show_rows()
        self.list.choose_too(chosen)
        self._show_chosen()
