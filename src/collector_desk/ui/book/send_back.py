"""What goes back to the bank of a placement: chosen, looked at behind masks, written in a worker. By keys alone."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.lists import BatchLine
from collector_desk.domain.exports.layout import ContactLayout
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.typed import parse_day
from collector_desk.domain.vocabulary import SentMark
from collector_desk.packs.layouts import layouts
from collector_desk.services.exports import contacts
from collector_desk.services.exports.contacts import ContactsPreview, ContactsSent, Wish
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import Card, EmptyState, ErrorText, FormField, LinkButton, Text, primary
from collector_desk.ui.widgets.filing import FigureTile
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import QuietCombo
from collector_desk.ui.widgets.tables import ROW_HEIGHT, FitTable, RowsModel
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.tasks import Job, Progress
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say, word

_WIDEST = 260
_TINTS = {SentMark.NEW: None, SentMark.REPEAT: Tint.DIM}
_SHOWN_BEFORE = 3


class SendBackView(QWidget):
    """Layout and days above, the first rows as they will stand in the file, below them what went out before."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._batch: BatchLine | None = None
        self._layouts: tuple[ContactLayout, ...] = ()
        self._seen: ContactsPreview | None = None
        self._reading: Job | None = None
        self._writing: Job | None = None
        self._trouble: Trouble | None = None
        self._fresh = False
        self._releases = may(place.seat.person.roles, Act.RELEASE_NOTES)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_head())
        box.addWidget(self._make_rows(), 1)
        box.addWidget(self._make_before())
        self.retranslate()

    def _make_head(self) -> Card:
        self.head = Card("…", margin=14)
        self.back = LinkButton()
        self.back.clicked.connect(self.leave)
        self.head.corner.addWidget(self.back)
        self.layout_box, self.first, self.last = QuietCombo(), QLineEdit(), QLineEdit()
        self.layout_field = FormField("…", self.layout_box)
        self.first_field, self.last_field = FormField("…", self.first), FormField("…", self.last)
        self._fields = {"layout": self.layout_field, "first": self.first_field, "last": self.last_field}
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addWidget(self.layout_field, 4)
        row.addWidget(self.first_field, 3)
        row.addWidget(self.last_field, 3)
        self.head.body.addLayout(row)
        self.layout_box.activated.connect(lambda _: self.look())
        for field in (self.first, self.last):
            field.returnPressed.connect(self.look)
        tiles = QHBoxLayout()
        tiles.setSpacing(Gap.ROW)
        self.figures = [FigureTile() for _ in range(5)]
        for tile in self.figures:
            tiles.addWidget(tile, 1)
        self.head.body.addLayout(tiles)
        return self.head

    def _make_rows(self) -> Card:
        self.rows_card = Card("…", margin=14)
        self.model = RowsModel(self, tinted=(0,))
        self.table = FitTable()
        self.table.setModel(self.model)
        self.empty = EmptyState()
        self.rows_card.body.addWidget(self.table, 1)
        self.rows_card.body.addWidget(self.empty, 1)
        self.error, self.progress = ErrorText(), QProgressBar()
        self.progress.setTextVisible(False)
        self.rows_card.body.addWidget(self.error)
        self.rows_card.body.addWidget(self.progress)
        self.note, self.release = Text(tint=Tint.DIM), QCheckBox()
        self.stop_button, self.write_button = QPushButton(), primary(QPushButton())
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.leave)
        self.write_button.clicked.connect(self.write)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(self.note, 1)
        for part in (self.release, self.stop_button, self.write_button):
            foot.addWidget(part)
        self.rows_card.body.addLayout(foot)
        return self.rows_card

    def _make_before(self) -> Card:
        self.before_card = Card("…", margin=14)
        self.before_model = RowsModel(self, right=(4,))
        self.before_table = FitTable((10, 14, 12, 14, 8, 26, 20))
        self.before_table.setModel(self.before_model)
        self.before_card.body.addWidget(self.before_table)
        return self.before_card

    # --- what is shown -------------------------------------------------------------------------------

    def show_placement(self, batch: BatchLine) -> None:
        """Begin with what is new since the last export."""
        self._batch = batch
        self._name()
        self._layouts, faults = layouts()
        chosen = self.layout_box.currentData()
        self.layout_box.clear()
        for layout in self._layouts:
            self.layout_box.addItem(layout.title[language()], layout.id)
        self.layout_box.setCurrentIndex(max(self.layout_box.findData(chosen), 0))
        self.first.clear()
        self.last.clear()
        self.release.setChecked(False)
        self.look()
        for fault in faults[:1]:
            broken = Trouble("exports.layout.broken", file=fault.file, line=fault.line, detail=fault.message)
            self._place.troubled(broken)
        self._fresh = True
        self.layout_box.setFocus()

    def forget(self) -> None:
        """What was shown doesn't stay longer than it is looked at."""
        self._seen = None
        self._show()

    def look(self) -> None:
        """Read in a worker what would go out now."""
        self._seen, self._trouble = None, None
        for field in self._fields.values():
            field.set_error("")
        if self._reading is not None:
            self._reading.cancel()
        wish, seat = self._wish(), self._place.seat
        self._show()
        if wish is not None:
            self._reading = self._place.tasks.run(
                lambda _: contacts.preview(seat, wish), owner=self, done=self._looked, failed=self._failed
            )

    def _wish(self) -> Wish | None:
        """What the fields ask for; a day that is none is said at its field."""
        if self._batch is None or self._batch.placement_id is None or not self._layouts:
            return None
        days: list[date | None] = []
        for line, field in ((self.first, self.first_field), (self.last, self.last_field)):
            text = line.text().strip()
            day = parse_day(text, self._place.seat.today(), past=True) if text else None
            if text and day is None:
                field.set_error(say(msg("exports.no_day")))
                line.setFocus()
                return None
            days.append(day)
        first, last = days
        return Wish(self._batch.placement_id, str(self.layout_box.currentData()), first, last)

    def _looked(self, seen: ContactsPreview) -> None:
        self._reading = None
        self._seen = seen
        self._show()
        if self._fresh and self.write_button.isEnabled() and self.layout_box.hasFocus():
            self.write_button.setFocus()  # what one came for, if nobody has begun to choose something else
        self._fresh = False

    def _failed(self, trouble: Trouble) -> None:
        self._reading = None
        if not point_at(self._fields, trouble):
            self._trouble = trouble
        self._show()

    def _show(self) -> None:
        seen, busy = self._seen, self._writing is not None
        self.error.say(say(self._trouble.message) if self._trouble else "")
        self.error.setVisible(self._trouble is not None)
        self.progress.setVisible(busy)
        self.write_button.setEnabled(seen is not None and seen.total > 0 and not busy)
        self.stop_button.setText(self.tr("Stop") if busy else self.tr("Close (Esc)"))
        self.release.setVisible(seen is not None and seen.asks_notes and self._releases)
        self._show_figures(seen)
        self._show_rows(seen)
        self._show_before(seen)

    def _show_figures(self, seen: ContactsPreview | None) -> None:
        counts = seen.counts if seen else dict.fromkeys(SentMark, 0)
        changed = counts[SentMark.CORRECTED] + counts[SentMark.TAKEN_BACK]
        for tile, name, count, note, tone in zip(
            self.figures,
            (self.tr("New"), self.tr("Late"), self.tr("Changed"), self.tr("Repeated"), self.tr("Notes withheld")),
            (
                counts[SentMark.NEW],
                counts[SentMark.LATE],
                changed,
                counts[SentMark.REPEAT],
                seen.withheld if seen else 0,
            ),
            (
                self.tr("not sent before"),
                self.tr("of a time that was sent already"),
                self.tr("corrected or taken back since"),
                self.tr("sent before as they are"),
                self.tr("health or family: a code instead"),
            ),
            (Tone.NEUTRAL, Tone.WARN, Tone.WARN, Tone.NEUTRAL, Tone.OK),
            strict=True,
        ):
            tile.show_figure(name, f"{count:,}", note, tone if count else Tone.NEUTRAL)

    def _show_rows(self, seen: ContactsPreview | None) -> None:
        rows: Sequence[tuple[str, ...]] = ()
        if seen is not None:
            marked = zip(seen.marks, seen.rows, strict=True)
            rows = [(word(mark), *map(str, cells)) for mark, cells in marked]
            tints = [_TINTS.get(mark, Tint.WARN_STRONG) for mark in seen.marks]
            self.model.show_rows((self.tr("State"), *seen.headings), rows, tints)
            self._fit_columns()
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows:
            self._say_nothing(seen)
        held = self.tr("Names, numbers and notes are masked here, whatever the file will hold.")
        more = seen.total - len(seen.rows) if seen else 0
        self.note.setText(self.tr("{count} more rows.").format(count=f"{more:,}") + " " + held if more else held)

    def _say_nothing(self, seen: ContactsPreview | None) -> None:
        if seen is not None:
            self.empty.say(
                self.tr("Nothing to send"),
                self.tr("The bank has everything of this placement. Give a day above to send some of it again."),
            )
        elif not self._layouts:
            self.empty.say(self.tr("No layout"), self.tr("The layouts of banks lie in the folder layouts."))
        elif self._trouble is not None or any(field.error() for field in self._fields.values()):
            self.empty.say(self.tr("Nothing can be sent so"), self.tr("Change what is said to be wrong."))
        else:
            self.empty.say(self.tr("Reading"), self.tr("What is new is looked for."))

    def _fit_columns(self) -> None:
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + Gap.GROUP, _WIDEST))

    def _show_before(self, seen: ContactsPreview | None) -> None:
        zone = ZoneInfo(self._place.seat.zone)
        titles = {layout.id: layout.title[language()] for layout in self._layouts}
        headings = (
            self.tr("Number"),
            self.tr("Sent"),
            self.tr("By"),
            self.tr("Layout"),
            self.tr("Rows"),
            self.tr("File"),
            "SHA-256",
        )
        rows = [
            (
                line.number,
                f"{line.at.astimezone(zone):%Y-%m-%d %H:%M}",
                line.by,
                titles.get(line.layout_id, line.layout_id),
                f"{line.rows:,}",
                line.filename,
                f"{line.sha256[:16]}…",
            )
            for line in (seen.before if seen else ())
        ]
        self.before_model.show_rows(headings, rows)
        self.before_table.fit()
        shown = min(max(len(rows), 1), _SHOWN_BEFORE)
        self.before_table.setFixedHeight(Height.HEADING + ROW_HEIGHT * shown)
        self.before_card.setVisible(bool(rows))

    # --- acts ----------------------------------------------------------------------------------------

    def write(self) -> None:
        """Ask where to, and write the numbered file in a worker."""
        wish, batch = self._wish(), self._batch
        if wish is None or batch is None or not self.write_button.isEnabled():
            return
        today = self._place.seat.today()
        records = self.tr("contact records")
        suggested = f"{records} {batch.placement_number} {today:%Y%m%d}.xlsx"
        target = ask_save(self, self.tr("Contact records for the bank"), suggested, "xlsx (*.xlsx);;csv (*.csv)")
        if target is None:
            return
        replace = may_replace(target)
        if not target.suffix:  # whoever left the ending out was not asked about the name it makes
            target, replace = target.with_name(f"{target.name}.xlsx"), False
        self._trouble = None
        self.progress.setRange(0, 0)
        seat, release, chosen = self._place.seat, self.release.isChecked(), target
        self._writing = self._place.tasks.run(
            lambda job: contacts.export(
                seat, wish, chosen, release_notes=release, replace=replace, progress=job.report
            ),
            owner=self,
            done=self._written,
            failed=self._failed,
            progress=self._step,
            ended=self._ended,
        )
        self._show()
        self.stop_button.setFocus()

    def leave(self) -> None:
        """Esc: stop what is being written, of which nothing is left; at rest, back to the lists."""
        if self._writing is not None:
            self._writing.cancel()
        else:
            self.left.emit()

    def _step(self, step: Progress) -> None:
        self.progress.setRange(0, step.total)
        self.progress.setValue(step.done)

    def _written(self, sent: ContactsSent) -> None:
        words = self.tr("{number}: {count} rows written.").format(number=sent.number, count=f"{sent.total:,}")
        self._place.toast(words, Tone.OK)
        self.look()

    def _ended(self) -> None:
        self._writing = None
        self._show()
        (self.write_button if self.write_button.isEnabled() else self.layout_box).setFocus()

    def _name(self) -> None:
        batch = self._batch
        place = f"{batch.placement_number} · {batch.bank_name}" if batch else ""
        self.head.set_title(self.tr("Contact records for the bank: {placement}").format(placement=place))

    def retranslate(self) -> None:
        """Set every text anew."""
        self._name()
        self.rows_card.set_title(self.tr("What goes out"))
        self.before_card.set_title(self.tr("Sent before"))
        self.back.setText(self.tr("Back (Esc)"))
        self.layout_field.set_label(self.tr("Layout"))
        hint = self.tr("Empty: only what is new")
        self.first_field.set_label(self.tr("From day, e.g. 11-20"), hint)
        self.last_field.set_label(self.tr("To day"), self.tr("Empty: up to now"))
        self.release.setText(self.tr("Release notes about health or family"))
        self.write_button.setText(self.tr("Write the file…  {key}").format(key=native("save")))
        for place_, layout in enumerate(self._layouts):
            self.layout_box.setItemText(place_, layout.title[language()])
        self._show()
