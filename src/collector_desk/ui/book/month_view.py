"""A placement's month: what was owed, what moved it, what came late, where theirs differs; frozen by a lead."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.month import MonthTable, right, shown, tables
from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.money.month import PlacementMonth, facts
from collector_desk.domain.money.reconciling import Month, month_named, month_of
from collector_desk.domain.people import Act, may
from collector_desk.services.desk.seat import Seat
from collector_desk.services.exports import months
from collector_desk.services.exports.months import MonthSent
from collector_desk.services.money import reconciling, theirs
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, EmptyState, ErrorText, FormField, LinkButton, Text, primary
from collector_desk.ui.widgets.filing import FigureTile
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import QuietCombo
from collector_desk.ui.widgets.tables import FitTable, PagedRowsModel
from collector_desk.ui.window.asking import ask_file, ask_save, may_replace
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say

_WIDEST = 260
_LISTS = ("figures", "late", "differences", "open", "ends", "cases", "rows")


class MonthView(QWidget):
    """Month and list above, the figures, the chosen list, and what a lead may do with it."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._batch: BatchLine | None = None
        self._seen: PlacementMonth | None = None
        self._job: Job | None = None
        self._trouble: Trouble | None = None
        self._sure = False
        self._offered: Path | None = None
        self._freezes = may(place.seat.person.roles, Act.FREEZE_MONTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_head())
        box.addWidget(self._make_rows(), 1)
        self.retranslate()

    def _make_head(self) -> Card:
        self.head = Card("…", margin=14)
        self.back = LinkButton()
        self.back.clicked.connect(self.leave)
        self.head.corner.addWidget(self.back)
        self.month, self.which = QLineEdit(), QuietCombo()
        self.month_field, self.which_field = FormField("…", self.month), FormField("…", self.which)
        self.month.returnPressed.connect(self.look)
        for name in _LISTS:
            self.which.addItem("", name)
        self.which.currentIndexChanged.connect(lambda _: self._show_rows())
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self.month_field, 1)
        row.addWidget(self.which_field, 2)
        self.head.body.addLayout(row)
        tiles = QHBoxLayout()
        tiles.setSpacing(Gap.ROW)
        self.figures = [FigureTile() for _ in range(5)]
        for tile in self.figures:
            tiles.addWidget(tile, 1)
        self.head.body.addLayout(tiles)
        return self.head

    def _make_rows(self) -> Card:
        self.rows_card = Card("…", margin=14)
        self.model = PagedRowsModel(self)
        self.table = FitTable()
        self.table.setModel(self.model)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.empty, self.error, self.progress = EmptyState(), ErrorText(), QProgressBar()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.rows_card.body.addWidget(self.stack, 1)
        self.rows_card.body.addWidget(self.error)
        self.rows_card.body.addWidget(self.progress)
        self.note = Text(tint=Tint.DIM, wrap=True)
        self.theirs_button, self.write_button, self.freeze_button = QPushButton(), QPushButton(), QPushButton()
        primary(self.freeze_button)
        for button, act in (
            (self.theirs_button, self.take_theirs),
            (self.write_button, self.write),
            (self.freeze_button, self.freeze),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(self.note, 1)
        for button in (self.theirs_button, self.write_button, self.freeze_button):
            foot.addWidget(button)
        self.rows_card.body.addLayout(foot)
        self.freeze_button.setVisible(self._freezes)  # not before it has a parent: Qt would open a window for it
        return self.rows_card

    # --- what is shown -------------------------------------------------------------------------------

    def show_placement(self, batch: BatchLine) -> None:
        """Begin with the last month that is over."""
        self._batch, self._offered = batch, None
        self._name()
        self.month.setText(str(month_of(self._place.seat.today()).before))
        self.which.setCurrentIndex(0)
        self.look()

    def offer(self, statement: Path) -> None:
        """A statement that was chosen elsewhere: the key that takes one in takes this one."""
        self._offered = statement
        self._show_note(self._seen)

    def forget(self) -> None:
        """What was shown doesn't stay longer than it is looked at."""
        self._offered = None
        self._seen = None
        self._show()

    def choose(self, number: int) -> None:
        """One of the lists, by its place."""
        self.which.setCurrentIndex(number)

    def look(self) -> None:
        """Work the month out in a worker."""
        month, batch, seat = self._month(), self._batch, self._place.seat
        if month is None or batch is None or batch.placement_id is None:
            return
        placement_id = batch.placement_id
        self._run(lambda _: _read(seat, placement_id, month))
        self.which.setFocus()  # the digits choose a list from here

    def _month(self) -> Month | None:
        text = self.month.text().strip()
        found = month_named(text)
        self.month_field.set_error("" if found else say(msg("money.month.unread", said=text)))
        if found is None:
            self.month.setFocus()
        return found

    def _run(self, work: Callable[[Job], PlacementMonth]) -> None:
        self._trouble, self._sure = None, False
        if self._job is not None:
            self._job.cancel()
        self._job = self._place.tasks.run(
            work, owner=self, done=self._looked, failed=self._failed, ended=self._ended
        )
        self._show()

    def _looked(self, found: PlacementMonth) -> None:
        self._seen = found
        self._show()

    def _failed(self, trouble: Trouble) -> None:
        if not point_at({"month": self.month_field}, trouble):
            self._trouble = trouble
        self._show()

    def _ended(self) -> None:
        self._job = None
        self._show()

    def _show(self) -> None:
        seen = self._seen
        busy = self._job is not None
        self.error.say(say(self._trouble.message) if self._trouble else "")
        self.error.setVisible(self._trouble is not None)
        self.progress.setVisible(busy)
        ready = seen is not None and not busy
        self.write_button.setEnabled(ready)
        self.theirs_button.setEnabled(ready and seen is not None and seen.frozen is None)
        self.freeze_button.setEnabled(ready and seen is not None and seen.frozen is None)
        self._show_figures(seen)
        self._show_rows()
        self._show_note(seen)

    def _show_figures(self, seen: PlacementMonth | None) -> None:
        sums = seen.sums[0] if seen and seen.sums else None

        def said(minor: int) -> str:
            return str(Money(minor, sums.currency)) if sums else "—"

        changes, late = (sums.changes, sums.late) if sums else (None, None)
        share = changes.recovered * 100 / sums.placed_ever if sums and changes and sums.placed_ever else None
        count = len(seen.part.late) if seen else 0
        of = said(sums.placed_ever) if sums else "—"
        for tile, name, figure, note, tone in zip(
            self.figures,
            (self.tr("Opening"), self.tr("Placed"), self.tr("Recovered"), self.tr("Came late"), self.tr("Closing")),
            (
                said(sums.opening if sums else 0),
                said(changes.placed if changes else 0),
                said(changes.recovered if changes else 0),
                said(late.recovered if late else 0),
                said(sums.closing if sums else 0),
            ),
            (
                self.tr("owed as the month began"),
                self.tr("new in the month"),
                self.tr("{share} % of {placed} placed").format(share=f"{share:.2f}", placed=of)
                if share is not None
                else self.tr("paid less what was taken back"),
                self.tr("{count} rows of frozen months").format(count=f"{count:,}"),
                self.tr("owed as it ended"),
            ),
            (Tone.NEUTRAL, Tone.NEUTRAL, Tone.NEUTRAL, Tone.WARN if count else Tone.NEUTRAL, Tone.NEUTRAL),
            strict=True,
        ):
            tile.show_figure(name, figure, note, tone)

    def _show_rows(self) -> None:
        table = self._table()
        columns = table.columns if table else ()
        heads = [say(msg(f"money.month.column.{column}")) for column in columns]
        self.model.set_right(right(columns))
        self.model.show_pages(heads, shown(table.rows()) if table else iter(()))  # made as far as one scrolls
        any_rows = self.model.rowCount() > 0
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + Gap.GROUP, _WIDEST))
        self.stack.setCurrentWidget(self.table if any_rows else self.empty)
        count = f" · {table.count:,}" if table and any_rows else ""
        self.rows_card.set_title(self.which.currentText() + count)
        if not any_rows:
            waiting = self._job is not None
            self.empty.say(self.tr("Working it out") if waiting else self.tr("Nothing here"), "")

    def _table(self) -> MonthTable | None:
        """The chosen list."""
        if self._seen is None:
            return None
        return next(one for one in tables(self._seen, self._say) if one.name == self.which.currentData())

    def _show_note(self, seen: PlacementMonth | None) -> None:
        if self._sure and seen is not None:
            warning = self.tr("Frozen, {month} can't be changed any more. Press {key} again to freeze it.")
            self.note.setText(warning.format(month=str(seen.month), key=native("freeze_month")))
            return
        if self._offered is not None:
            key = native("their_statement")
            self.note.setText(say(msg("money.month.offered", file=self._offered.name, key=key)))
            return
        told = ("money.month.days_told", "money.month.statement", "money.month.state")
        said = dict(facts(seen)) if seen else {}
        parts = [self._say(said[code]) for code in told if code in said]
        if seen is not None:
            parts.insert(0, f"{say(msg('money.month.as_of'))} {self._say(said['money.month.as_of'])} ·")
        self.note.setText("  ".join(parts))

    def _say(self, message: Message) -> str:
        return say(message, zone=ZoneInfo(self._place.seat.zone))

    # --- acts ----------------------------------------------------------------------------------------

    def take_theirs(self) -> None:
        """Ask for the bank's own statement, take it in and compare."""
        seen, seat = self._seen, self._place.seat
        if seen is None or not self.theirs_button.isEnabled():
            return
        offered, self._offered = self._offered, None
        chosen = offered or ask_file(
            self, self.tr("The bank's statement of the month"), "*.xlsx *.xls *.ods *.csv *.txt *.zip"
        )
        if chosen is None:
            return

        def work(_: Job) -> PlacementMonth:
            theirs.take(seat, seen.placement_id, seen.month, chosen)
            return _read(seat, seen.placement_id, seen.month)

        self._run(work)

    def write(self) -> None:
        """Ask where to, and write the workbook or the paper, a numbered file."""
        seen, seat, lang = self._seen, self._place.seat, language()
        if seen is None or not self.write_button.isEnabled():
            return
        name = self.tr("Reconciliation")
        suggested = f"{name} {seen.placement_number} {seen.month}.xlsx"
        target = ask_save(self, self.tr("The month for the bank"), suggested, "xlsx (*.xlsx);;PDF (*.pdf)")
        if target is None:
            return
        replace, chosen = may_replace(target), target if target.suffix else Path(f"{target}.xlsx")

        def work(_: Job) -> MonthSent:
            return months.export(seat, seen, chosen, lang, replace=replace)

        self._job = self._place.tasks.run(
            work, owner=self, done=self._written, failed=self._failed, ended=self._ended
        )
        self._show()

    def _written(self, sent: MonthSent) -> None:
        words = self.tr("{number}: {file} written.").format(number=sent.number, file=sent.filename)
        self._place.toast(words, Tone.OK)

    def freeze(self) -> None:
        """Asked twice: from then on the month stays as it is seen here."""
        seen, seat = self._seen, self._place.seat
        if seen is None or not self._freezes or not self.freeze_button.isEnabled():
            return
        if not self._sure:
            self._sure = True
            self._show_note(seen)
            return

        def work(_: Job) -> PlacementMonth:
            reconciling.freeze(seat, seen)
            return _read(seat, seen.placement_id, seen.month)

        self._run(work)

    def leave(self) -> None:
        """Esc: a freeze that was begun is not done; else back to the lists."""
        if self._sure:
            self._sure = False
            self._show()
        else:
            self.left.emit()

    def _name(self) -> None:
        batch = self._batch
        place = f"{batch.placement_number} · {batch.bank_name}" if batch else ""
        self.head.set_title(self.tr("Reconciliation: {placement}").format(placement=place))

    def retranslate(self) -> None:
        """Set every text anew."""
        self._name()
        self.back.setText(self.tr("Back (Esc)"))
        self.month_field.set_label(self.tr("Month, e.g. 2026-11"))
        self.which_field.set_label(self.tr("List (1 to 7)"))
        for place, name in enumerate(_LISTS):
            self.which.setItemText(place, say(msg(f"money.month.sheet.{name}")))
        self.theirs_button.setText(self.tr("Their statement…  {key}").format(key=native("their_statement")))
        self.write_button.setText(self.tr("Write…  {key}").format(key=native("save")))
        self.freeze_button.setText(self.tr("Freeze the month  {key}").format(key=native("freeze_month")))
        self._show()


def _read(seat: Seat, placement_id: str, month: Month) -> PlacementMonth:
    """The month with all that is worked out of it: for a worker."""
    seen = reconciling.of_placement(seat, placement_id, month)
    assert seen.sums is not None and seen.differences is not None  # noqa: S101, PT018 -- worked out here, kept in it
    return seen
