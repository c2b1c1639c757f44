"""The rows of a batch that were set aside: opened again, corrected cell by cell, taken in. By keys alone.

Cells stay behind their masks until one key lifts them, row by row; that is a line of history.
"""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.book.money import side_by_side
from collector_desk.domain.message import Refused, Trouble
from collector_desk.services.intake import set_aside
from collector_desk.services.intake.placements import ImportReport
from collector_desk.services.intake.set_aside import AsideCell, AsideLine, OpenRow
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, LinkButton, Pill, Text, primary
from collector_desk.ui.widgets.tables import FitTable, RowsModel, WrapTable
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say


class AsideView(QWidget):
    """The list on the left, the row that is chosen there on the right, a small form below its cells."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._batch: BatchLine | None = None
        self._lines: tuple[AsideLine, ...] = ()
        self._row: OpenRow | None = None
        self._cell: AsideCell | None = None
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_list(), 4)
        box.addWidget(self._make_row(), 7)
        self.retranslate()

    def _make_list(self) -> Card:
        self.list_card = Card("…")
        self.back = LinkButton()
        self.back.clicked.connect(self.left)
        self.list_card.corner.addWidget(self.back)
        self.model = RowsModel(self, tinted=(2,))
        self.table = WrapTable((2, 8, 3))
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.activated.connect(lambda _: self.cells.setFocus())
        self.list_card.body.addWidget(self.table, 1)
        return self.list_card

    def _make_row(self) -> Card:
        self.row_card = Card("…")
        self.pill = Pill(tone=Tone.NEUTRAL)
        self.clear_button, self.take_button = QPushButton(), primary(QPushButton())
        self.clear_button.setAutoDefault(False)
        self.clear_button.clicked.connect(self.unmask)
        self.take_button.clicked.connect(self.take_in)
        for part in (self.pill, self.clear_button, self.take_button):
            self.row_card.corner.addWidget(part)
        self.why = Text(tint=Tint.WARN_STRONG, wrap=True)
        self.cell_model = RowsModel(self, tinted=(1,))
        self.cells = FitTable((3, 5, 5))
        self.cells.setModel(self.cell_model)
        self.cells.activated.connect(self._edit)
        self.cells.doubleClicked.connect(self._edit)
        self.row_card.body.addWidget(self.why)
        self.row_card.body.addWidget(self.cells, 1)
        self.form = QWidget()
        form = QVBoxLayout(self.form)
        form.setContentsMargins(Margin.NONE)
        self.value, self.reason = QLineEdit(), QLineEdit()
        self.value_field, self.reason_field = FormField("…", self.value), FormField("…", self.reason)
        self.value.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.correct)
        self.correct_button, self.leave_button = QPushButton(), QPushButton()
        for button, act in ((self.leave_button, self.close_form), (self.correct_button, self.correct)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        line = QHBoxLayout()
        line.setSpacing(Gap.ROW)
        line.addWidget(self.value_field, 1)
        line.addWidget(self.reason_field, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.correct_button)
        form.addLayout(line)
        form.addLayout(foot)
        self.form.hide()
        self.row_card.body.addWidget(self.form)
        return self.row_card

    # --- what is shown -------------------------------------------------------------------------------

    def show_batch(self, batch: BatchLine) -> None:
        """Begin with the first row that still waits."""
        self._batch = batch
        self._name_list()
        self._load("")
        self.table.setFocus()

    def forget(self) -> None:
        """What was seen in clear doesn't stay longer than it is looked at."""
        self._row = self._cell = None
        self._show_row()

    def _load(self, chosen: str) -> None:
        if self._batch is None:
            return
        self._lines = set_aside.lines(self._place.seat, self._batch.id)
        ids = [line.id for line in self._lines]
        first = next((at for at, line in enumerate(self._lines) if not line.taken), 0)
        at = ids.index(chosen) if chosen in ids else first
        self._show_list()
        if self._lines:
            self.table.selectRow(at)
            self._open(at)

    def _show_list(self) -> None:
        headings = (self.tr("Line"), self.tr("Why it stayed out"), self.tr("State"))
        rows = [
            (str(line.line), " ".join(say(reason) for reason in line.reasons), self._state(line))
            for line in self._lines
        ]
        self.model.show_rows(headings, rows, [Tint.OK_STRONG if line.taken else None for line in self._lines])
        self.table.fit()

    def _state(self, line: AsideLine) -> str:
        if line.taken:
            return self.tr("taken in")
        return self.tr("corrected") if line.corrections else self.tr("waits")

    def _chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._open(now.row())

    def _open(self, at: int) -> None:
        line = self._lines[at]
        if self._row is not None and self._row.line == line:
            return
        self.form.hide()
        self._row = None
        with self._place.attempt():
            self._row = set_aside.open_row(self._place.seat, line.id)
        self._show_row()

    def _show_row(self) -> None:
        row = self._row
        self.form.setVisible(self.form.isVisible() and row is not None)
        cells = row.cells if row else ()
        headings = (self.tr("Column"), self.tr("As it stands"), self.tr("The bank sent"))
        shown = [(cell.header, cell.value, "" if cell.was is None else cell.was) for cell in cells]
        tints = [None if cell.was is None else Tint.OK_STRONG for cell in cells]
        at = max(self.cells.currentIndex().row(), 0)
        self.cell_model.show_rows(headings, shown, tints)
        if cells:
            self.cells.selectRow(min(at, len(cells) - 1))
        self.cells.fit()
        ready = row is not None and row.ready
        taken = row is not None and row.line.taken
        self.take_button.setEnabled(ready)
        self.clear_button.setEnabled(row is not None and not row.clear)
        self.pill.setVisible(row is not None)
        if taken:
            self.pill.set(self.tr("taken in"), Tone.OK)
        else:
            self.pill.set(
                self.tr("can be taken in") if ready else self.tr("stays out"), Tone.OK if ready else Tone.WARN
            )
        said = (*row.refused, *row.warned) if row is not None and not taken else ()
        self.why.setText(" ".join(say(reason) for reason in said))
        self.why.setVisible(bool(said))
        number = row.line.line if row else ""
        self.row_card.set_title(self.tr("Line {line}").format(line=number) if row else self.tr("No row"))

    # --- acts ----------------------------------------------------------------------------------------

    def unmask(self) -> None:
        """Show the row in clear; once is a line of history."""
        row = self._row
        if row is None or row.clear:
            return
        with self._place.attempt():
            self._row = set_aside.open_clear(self._place.seat, row.line.id)
            self._show_row()

    @property
    def editing(self) -> bool:
        """Whether a cell is being corrected."""
        return not self.form.isHidden()

    def _edit(self, index: QModelIndex) -> None:
        row = self._row
        if row is None or row.line.taken or not index.isValid():
            return
        self._cell = row.cells[index.row()]
        # what is behind a mask is not what should be kept: one types it anew
        self.value.setText(self._cell.value if row.clear else "")
        self.value.selectAll()
        self._clear_errors()
        self.value_field.set_label(self._cell.header or self.tr("Value"))
        self.form.show()
        self.value.setFocus()

    def close_form(self) -> None:
        """Leave the cell as it is."""
        self.form.hide()
        self.cells.setFocus()

    def correct(self) -> None:
        """Keep the new value with its reason, and have the row read again."""
        row, cell, seat = self._row, self._cell, self._place.seat
        if row is None or cell is None:
            return
        self._clear_errors()
        values = {cell.place: self.value.text()}
        with self._place.attempt(self._refused):
            changes = set_aside.correct(
                seat, row.line.id, values, self.reason.text(), corrections=row.line.corrections
            )
            self.close_form()
            clear = row.clear
            self._row = None
            self._load(row.line.id)
            if clear:  # who corrects it was looking at it: the mask does not fall between two cells
                self.unmask()
            self._place.changed(changes)

    def _refused(self, trouble: Trouble) -> None:
        named = trouble.field_name if isinstance(trouble, Refused) else ""
        field = self.reason_field if named == "reason" else self.value_field
        field.set_error(say(trouble.message))
        field.field.setFocus()

    def take_in(self) -> None:
        """Take the row in, through the same checks as its file."""
        row, seat = self._row, self._place.seat
        if row is None or not row.ready:
            return
        self._place.tasks.run(
            lambda _job: set_aside.take_in(seat, [row.line.id]),
            owner=self,
            done=self._taken,
            failed=self._place.troubled,
        )

    def _taken(self, report: ImportReport) -> None:
        chosen = self._row.line.id if self._row else ""
        self._row = None
        self._load("" if report.accepted else chosen)
        if report.accepted:
            self._place.toast(self.tr("Taken in: {amount}").format(amount=side_by_side(*report.amounts)), Tone.OK)
        else:
            words = " ".join(say(found.reason) for found in report.problems if found.severity == "refused")
            self._place.toast(words, Tone.WARN)
        self._place.changed(report.changes)
        self.table.setFocus()

    def _name_list(self) -> None:
        file = self._batch.filename if self._batch else ""
        self.list_card.set_title(self.tr("Set aside: {file}").format(file=file))

    def _clear_errors(self) -> None:
        for field in (self.value_field, self.reason_field):
            field.set_error("")

    def retranslate(self) -> None:
        """Set every text anew."""
        self._name_list()
        self.back.setText(self.tr("Back (Esc)"))
        self.clear_button.setText(self.tr("In clear  {key}").format(key=native("unmask")))
        self.take_button.setText(self.tr("Take in  {key}").format(key=native("save")))
        self.value_field.set_label(self.tr("Value"))
        self.reason_field.set_label(self.tr("Why, and on whose word"))
        self.correct_button.setText(self.tr("Correct (Enter)"))
        self.leave_button.setText(self.tr("Leave (Esc)"))
        self._show_list()
        self._show_row()
