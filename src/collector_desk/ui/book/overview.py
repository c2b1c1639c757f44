"""The page's first face: batches for who leads, and every case for everybody."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.book.lists import BatchLine, CaseOrder
from collector_desk.domain.book.money import side_by_side
from collector_desk.domain.people import Act, may
from collector_desk.domain.states import BatchKind
from collector_desk.services.book import overview
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, ElidedLabel, EmptyState, Text, primary
from collector_desk.ui.widgets.hidden_columns import said_of_hidden
from collector_desk.ui.widgets.tables import ROW_HEIGHT, BookModel, FitTable, RowsModel
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace

_PAUSE_MS = 120  # a key press later the next search begins


_ORDERS = {
    0: CaseOrder.NUMBER,
    4: CaseOrder.AGE,
    5: CaseOrder.BALANCE,
    6: CaseOrder.STATE,
    7: CaseOrder.HOLDER,
    2: CaseOrder.BANK,
    3: CaseOrder.PLACEMENT,
}
"""What a column of the list is put in order by; names aren't: their order would be that of their characters."""


class SearchField(QLineEdit):
    """Down goes into the list, Enter opens what stands first."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrow on."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class Overview(QWidget):
    """Tells which case is to be opened and that a file is to be imported."""

    case_wanted = Signal(str, str)  # debtor, case number
    import_wanted = Signal()
    terms_wanted = Signal(str)  # placement number
    aside_wanted = Signal(object)  # the batch whose rows set aside are to be seen
    to_bank_wanted = Signal(object)  # the batch whose placement's contact records go to its bank
    withdrawal_wanted = Signal(object)  # the payment file that is to be taken out again
    month_wanted = Signal(object)  # the batch whose placement is to be reconciled
    original_wanted = Signal(object)  # the batch whose file is to be saved as it was received

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._total: int | None = None
        self._reading = self._read_again = False
        self._batches: tuple[BatchLine, ...] = ()
        self.leads = may(place.seat.person.roles, Act.IMPORT)
        self.exports = may(place.seat.person.roles, Act.EXPORT)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        self.batch_card = self._make_batches()
        box.addWidget(self.batch_card)
        self.batch_card.setVisible(self.leads)  # not before it has a parent: Qt would open a window for it
        box.addWidget(self._make_cases(), 1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._search)

    def _make_batches(self) -> Card:
        card = Card("…")
        self.batch_note = Text(tint=Tint.DIM)
        self.import_button = primary(QPushButton())
        self.import_button.clicked.connect(self.import_wanted)
        card.corner.addWidget(self.batch_note)
        self.terms_button = QPushButton()
        self.terms_button.setAutoDefault(False)
        self.terms_button.clicked.connect(self._want_terms)
        card.corner.addWidget(self.terms_button)
        self.aside_button = QPushButton()
        self.aside_button.setAutoDefault(False)
        self.aside_button.clicked.connect(self._want_aside)
        card.corner.addWidget(self.aside_button)
        self.to_bank_button = QPushButton()
        self.to_bank_button.setAutoDefault(False)
        self.to_bank_button.clicked.connect(self.want_to_bank)
        card.corner.addWidget(self.to_bank_button)
        self.withdraw_button = QPushButton()
        self.withdraw_button.setAutoDefault(False)
        self.withdraw_button.clicked.connect(self.want_withdrawal)
        card.corner.addWidget(self.withdraw_button)
        self.month_button = QPushButton()
        self.month_button.setAutoDefault(False)
        self.month_button.clicked.connect(self.want_month)
        card.corner.addWidget(self.month_button)
        self.original_button = QPushButton()
        self.original_button.setAutoDefault(False)
        self.original_button.clicked.connect(self._want_original)
        card.corner.addWidget(self.original_button)
        card.corner.addWidget(self.import_button)
        self.batch_model = RowsModel(self, right=(3, 4, 5), tinted=(0, 2))
        self.batch_table = FitTable((16, 16, 13, 8, 13, 9, 15, 10))
        self.batch_table.setModel(self.batch_model)
        self.batch_table.activated.connect(self._want_terms)
        self.batch_table.selectionModel().currentRowChanged.connect(self._show_buttons)
        card.body.addWidget(self.batch_table)
        self.hidden_note = ElidedLabel(size=Size.CAPTION, tint=Tint.WARN_STRONG)
        card.body.addWidget(self.hidden_note)
        return card

    def _make_cases(self) -> Card:
        self.case_card = Card("…")
        self.count = Text(tint=Tint.DIM)
        self.field = SearchField()
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(Width.SEARCH)
        self.field.textChanged.connect(lambda _: self._timer.start())
        self.field.returnPressed.connect(self._open_first)
        self.field.down.connect(self._into_list)
        self.case_card.corner.addWidget(self.count)
        self.case_card.corner.addWidget(self.field)
        self.model = BookModel(self._place.seat, self)
        self.table = FitTable((12, 10, 16, 15, 11, 14, 12, 10))
        self.table.setModel(self.model)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.activated.connect(self._open)
        self.table.doubleClicked.connect(self._open)
        self.empty = EmptyState(icon=icon("ri.folder-user-line"))
        self.empty.acted.connect(self._empty_act)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.case_card.body.addWidget(self.stack, 1)
        return self.case_card

    # --- what is shown -------------------------------------------------------------------------------

    def load(self) -> None:
        """Read anew: the cases at once, their number and the batches in a worker."""
        chosen = self.model.line(self.table.currentIndex().row())
        self.model.reload()
        row = self.model.row_of(chosen.number) if chosen else -1
        if row >= 0:
            self.table.selectRow(row)
        self._show_state()
        self._read_again = self._reading
        if self._reading:  # one at a time: other seats' work may call for it every few seconds
            return
        self._reading = True
        seat, leads = self._place.seat, self.leads

        def read(_: Job) -> tuple[int, tuple[BatchLine, ...]]:
            return overview.count(seat), overview.batches(seat) if leads else ()

        self._place.tasks.run(read, owner=self, done=self._read, ended=self._was_read)

    def _sort_by(self, column: int) -> None:
        """By this column, the largest first; again: the other way round."""
        order = _ORDERS.get(column)
        if order is not None:
            self._put_in_order(order, falling=order is not self.model.order or not self.model.falling)

    def next_order(self) -> None:
        """The same by a key: one order after the other, the largest first."""
        orders = list(_ORDERS.values())
        order = orders[(orders.index(self.model.order) + 1) % len(orders)]
        self._put_in_order(order, falling=order is not CaseOrder.NUMBER)

    def _put_in_order(self, order: CaseOrder, *, falling: bool) -> None:
        self.field.clear()  # what a search finds stands by how likely it is
        self.model.put_in_order(order, falling=falling)
        column = next(column for column, one in _ORDERS.items() if one is order)
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder)
        self.table.selectRow(0)
        self.table.scrollToTop()
        self._show_state()

    def _read(self, found: tuple[int, tuple[BatchLine, ...]]) -> None:
        self._total, self._batches = found
        self._show_batches()
        self._show_state()

    def _was_read(self) -> None:
        self._reading = False
        if self._read_again:
            self.load()

    def _show_batches(self) -> None:
        zone = ZoneInfo(self._place.seat.zone)
        headings = (
            self.tr("Placement"),
            self.tr("Bank"),
            self.tr("Round"),
            self.tr("Accounts"),
            self.tr("Amount"),
            self.tr("Set aside"),
            self.tr("Imported"),
            self.tr("By"),
        )
        rows = [
            (
                line.placement_number or line.filename,
                line.bank_name or "—",
                self._about(line),
                f"{line.accepted:,}",
                side_by_side(*line.amounts),
                f"{line.set_aside:,}" if line.set_aside else "—",
                f"{line.imported_at.astimezone(zone):%Y-%m-%d %H:%M}",
                line.imported_by,
            )
            for line in self._batches
        ]
        chosen = max(self.batch_table.currentIndex().row(), 0)
        self.batch_model.show_rows(headings, rows, [Tint.DIM if line.withdrawn else None for line in self._batches])
        if rows:
            self.batch_table.selectRow(min(chosen, len(rows) - 1))
        self.original_button.setVisible(bool(rows))
        self._show_buttons()
        self.batch_table.fit()
        shown = min(max(len(rows), 1), 4)
        self.batch_table.setFixedHeight(Height.HEADING + ROW_HEIGHT * shown)
        self.batch_table.setVisible(bool(rows))
        self.batch_note.setText("" if rows else self.tr("Nothing was placed yet."))

    def _about(self, line: BatchLine) -> str:
        """What else there is to say of a batch: its rounds, which other kind of file it is, or one withdrawn."""
        if line.kind is BatchKind.WORDS:
            return self.tr("list of cases")
        if line.withdrawn:
            return self.tr("payments, withdrawn")
        return self.tr("payments") if line.of_payments else "、".join(line.rounds) or "—"

    def _show_state(self) -> None:
        found = self.model.rowCount()
        if self.model.text:
            self.count.setText(self.tr("{count} found").format(count=found))
        elif self._total is not None:
            whole = self.tr("{count} cases").format(count=f"{self._total:,}")
            first = self.tr("the first {shown} of {count} cases").format(
                shown=f"{found:,}", count=f"{self._total:,}"
            )
            cut = self.model.order is not CaseOrder.NUMBER and found < self._total
            self.count.setText(first if cut else whole)
        self.stack.setCurrentWidget(self.table if found else self.empty)
        if found:
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            return
        if self.model.text:
            self.empty.say(
                self.tr("Nobody found"),
                self.tr(
                    "Try the surname, pinyin initials, or three digits or more of a phone, ID, account or case."
                ),
                self.tr("Show all cases"),
            )
        elif self.leads:
            self.empty.say(
                self.tr("No cases yet"),
                self.tr("Import the file a bank sent. It is checked and shown before anything is taken over."),
                self.tr("Import a file"),
            )
        else:
            self.empty.say(self.tr("No cases yet"), self.tr("A team lead imports the file of a bank here."))

    def _want_terms(self) -> None:
        row = self.batch_table.currentIndex().row()
        if 0 <= row < len(self._batches):
            self.terms_wanted.emit(self._batches[row].placement_number)

    def _show_buttons(self, *_: object) -> None:
        row = self.batch_table.currentIndex().row()
        chosen = self._batches[row] if 0 <= row < len(self._batches) else None
        self.aside_button.setVisible(chosen is not None and chosen.set_aside > 0)
        hidden = said_of_hidden(chosen.hidden) if chosen else ""
        self.hidden_note.setText(self.tr("Hidden in the file: {columns}").format(columns=hidden) if hidden else "")
        self.hidden_note.setVisible(bool(hidden))
        placed = chosen is not None and chosen.placement_id is not None
        self.terms_button.setVisible(placed)
        self.to_bank_button.setVisible(placed and self.exports)
        self.withdraw_button.setVisible(chosen is not None)
        if chosen is not None and chosen.withdrawn:
            self.withdraw_button.setText(self.tr("Calls made on it  {key}").format(key=native("refuse")))
        else:
            self.withdraw_button.setText(self.tr("Take out again  {key}").format(key=native("refuse")))
        any_placed = any(one.placement_id is not None for one in self._batches)
        self.month_button.setVisible(any_placed and self.exports)

    def _want_aside(self) -> None:
        row = self.batch_table.currentIndex().row()
        if 0 <= row < len(self._batches):
            self.aside_wanted.emit(self._batches[row])

    def want_to_bank(self) -> None:
        """The contact records of the chosen placement, for its bank."""
        row = self.batch_table.currentIndex().row()
        if 0 <= row < len(self._batches) and self._batches[row].placement_id is not None:
            self.to_bank_wanted.emit(self._batches[row])

    @property
    def batches(self) -> tuple[BatchLine, ...]:
        """The files that came in, as last read."""
        return self._batches

    def want_withdrawal(self) -> None:
        """The chosen file is to be taken out again; of one that was, whom one rang on it."""
        row = self.batch_table.currentIndex().row()
        if 0 <= row < len(self._batches):
            self.withdrawal_wanted.emit(self._batches[row])

    def want_month(self) -> None:
        """A month of the chosen placement, held against its bank's; of the newest where the row is none."""
        row = self.batch_table.currentIndex().row()
        chosen = self._batches[row : row + 1] if row >= 0 else ()
        for batch in (*chosen, *self._batches):
            if batch.placement_id is not None:
                self.month_wanted.emit(batch)
                return

    def _want_original(self) -> None:
        row = self.batch_table.currentIndex().row()
        if 0 <= row < len(self._batches):
            self.original_wanted.emit(self._batches[row])

    def _empty_act(self) -> None:
        if self.model.text:
            self.field.clear()
            self._search()
        else:
            self.import_wanted.emit()

    # --- keys ----------------------------------------------------------------------------------------

    def focus(self) -> None:
        """Where the work goes on: the list, or the field where there is none."""
        (self.table if self.model.rowCount() else self.field).setFocus()

    def begin_find(self) -> None:
        """To the search field, its text chosen."""
        self.field.setFocus()
        self.field.selectAll()

    def leave(self) -> None:
        """Esc: out of the field into the list; there, back to all cases."""
        if self.field.hasFocus():
            self._into_list()
        elif self.field.text():
            self.field.clear()
            self._search()

    def _search(self) -> None:
        self._timer.stop()
        if self.field.text().strip() != self.model.text:
            self.model.search(self.field.text())
            self.table.scrollToTop()
            self._show_state()
            if self.model.rowCount():
                self.table.selectRow(0)

    def _into_list(self) -> None:
        self._search()
        if self.model.rowCount():
            self.table.setFocus()

    def _open_first(self) -> None:
        self._search()
        self._open(self.table.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        line = self.model.line(index.row()) if index.isValid() else None
        if line is not None:
            self.case_wanted.emit(line.debtor_id, line.number)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.batch_card.set_title(self.tr("Placements"))
        self.case_card.set_title(self.tr("All cases"))
        self.field.setAccessibleName(self.tr("Find a case"))
        self.import_button.setText(self.tr("Import a file  {key}").format(key=native("import")))
        self.terms_button.setText(self.tr("Terms"))
        self.terms_button.setToolTip(self.tr("Bank, ways to pay, complaints and mandate of the chosen placement"))
        self.aside_button.setText(self.tr("Set aside"))
        self.aside_button.setToolTip(
            self.tr("Rows of the chosen placement that stayed out: correct and take them in")
        )
        self.to_bank_button.setText(self.tr("To the bank  {key}").format(key=native("to_bank")))
        self.to_bank_button.setToolTip(
            self.tr("Contact records of the chosen placement in its bank's layout; each file is numbered")
        )
        self.withdraw_button.setToolTip(
            self.tr("Undo the chosen file while nobody has worked on it; payments a lead withdraws afterwards")
        )
        self.month_button.setText(self.tr("Reconcile  {key}").format(key=native("reconcile")))
        self.month_button.setToolTip(
            self.tr("A month of the chosen placement: what was owed, paid and taken back, held against the bank's")
        )
        self.original_button.setText(self.tr("Original file…"))
        self.original_button.setToolTip(
            self.tr("Save the file of the chosen placement as the bank sent it; that it was taken out is kept")
        )
        self.field.setPlaceholderText(self.tr("Name, pinyin initials, digits  {key}").format(key=native("find")))
        self._show_batches()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, BookModel.COLUMNS - 1)
        self.model.layoutChanged.emit()
        self._show_state()
