"""The steps of taking the bank's counts in: which file, what is in it, what became of it. They draw and ask."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import masked_account, masked_id
from collector_desk.domain.text.typed import parse_past_moment
from collector_desk.intake.problems import Problem
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake.counts import CountsDryRun, CountsReport
from collector_desk.services.intake.counts_report import masked_value
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import FormField, SoftPanel, Text, primary
from collector_desk.ui.widgets.choose_file import ChooseStep
from collector_desk.ui.widgets.filing import FilePreview, FileResult, Table
from collector_desk.ui.widgets.hidden_columns import said_of_hidden
from collector_desk.ui.words import say

_COLUMNS = 2
MOST_SHOWN = 2000  # nobody reads a table further; the workbook has all findings


class ChooseCounts(ChooseStep):
    """The same choice of a file as for accounts, in the words of counts."""

    def retranslate(self) -> None:
        """Set every text anew."""
        super().retranslate()
        self.card.set_title(self.tr("Import the institution's counts"))
        self.words.setText(
            self.tr(
                "A table of the day: who (identity number, account or case), effective talks, connected calls, "
                "and as of when. It is read and shown first; nothing counts before you have seen it."
            )
        )
        self.path_field.set_label(self.tr("Or where the file lies"))


class CountsPreview(FilePreview):
    """Draws a ``CountsDryRun``; asks once for the time a file leaves out, and whether our own calls are inside."""

    changed = Signal(object, bool)  # the time given or None; our own calls inside

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._seen: CountsDryRun | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.PAGE)
        head = self._make_head(4)
        asked = QHBoxLayout()
        asked.setSpacing(Gap.GROUP)
        self.as_of = QLineEdit()
        self.as_of.setMaximumWidth(Width.DATE)
        self.as_of.returnPressed.connect(self._ask_anew)
        self.as_of_field = FormField("…", self.as_of)
        self.ours = QCheckBox()
        self.ours.clicked.connect(self._ask_anew)
        asked.addWidget(self.as_of_field)
        asked.addWidget(self.ours)
        asked.addStretch(1)
        head.body.addLayout(asked)
        box.addWidget(head)
        box.addWidget(self._make_body(self._make_tabs()), 1)

    def _make_tabs(self) -> QHBoxLayout:
        self.tabs = (QPushButton(), QPushButton(), QPushButton())
        row = QHBoxLayout()
        for tab in self.tabs:
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setAutoDefault(False)
            tab.clicked.connect(self._show_tab)
            row.addWidget(tab)
        row.addStretch(1)
        return row

    def show_preview(self, seen: CountsDryRun) -> None:
        """Show what was read."""
        again = self._read_again(self._seen.file if self._seen else None, seen.file)
        fresh = self._seen is None or self._seen.file.sha256 != seen.file.sha256
        self._seen = seen
        if fresh:
            self.tabs[0].setChecked(True)
            self.as_of.clear()
            self.ours.setChecked(False)
        self.retranslate()
        if again:
            self.hidden_line.button.setFocus()
        elif seen.asks_as_of:
            self.as_of.setFocus()
        else:
            self._focus_next()

    def forget(self) -> None:
        """The next file is another one, be it the same bytes: nothing typed for this one is meant for it."""
        self._seen = None

    def say_wrong(self, message: Message) -> None:
        """The time can't be."""
        self.as_of_field.set_error(say(message))
        self.as_of.setFocus()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings, those of the file and those against what is on file."""
        return (*self._seen.file.problems, *self._seen.plan.findings) if self._seen else ()

    def _ask_anew(self) -> None:
        seen = self._seen
        if seen is None:
            return
        self.as_of_field.set_error("")
        at: datetime | None = None
        if seen.file.asks_as_of:
            at = parse_past_moment(self.as_of.text(), self._seat.local(self._seat.now()))
            if at is None and (self.as_of.text().strip() or self.as_of.hasFocus()):
                self.as_of_field.set_error(self.tr("Write a time, as 14:00 or 11-23 14:00."))
                self.as_of.setFocus()
                return
        self.changed.emit(at, self.ours.isChecked())

    # --- drawing -------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text anew."""
        self.leave_button.setText(self.tr("Don't take it over"))
        self.export_button.setText(self.tr("Export findings…"))
        self.next_button.setText(self.tr("Put in force"))
        error = self.as_of_field.error()
        self.as_of_field.set_label(
            self.tr("The file names no time. As of:"), self.tr("14:00, or 11-23 14:00; Enter")
        )
        self.as_of_field.set_error(error)
        self.ours.setText(self.tr("The bank says that our own calls up to then are inside its figures"))
        self.ours.setToolTip(self.tr("Without its word all our calls count on top: the strictest reading."))
        seen = self._seen
        if seen is None:
            return
        file, plan = seen.file, seen.plan
        self._name_file(file)
        self.as_of_field.setVisible(file.asks_as_of)
        self._show_figures(seen)
        able = seen.already is None and bool(plan.figures) and not seen.asks_as_of
        self.next_button.setEnabled(able)
        if seen.already is not None:
            self.note.setText(say(Message("intake.counts.same_file")))
        elif seen.asks_as_of:
            self.note.setText(say(Message("intake.counts.time_asked")))
        elif not able:
            self.note.setText(self.tr("Nothing in this file is new."))
        else:
            self.note.setText(self.tr("Nothing is in force yet."))
        names = (self.tr("Findings"), self.tr("First rows"), self.tr("Columns"))
        sizes = (len(self.problems), len(file.rows), sum(len(sheet.columns) for sheet in file.sheets))
        for tab, name, size in zip(self.tabs, names, sizes, strict=True):
            tab.setText(self._name_tab(name, size, len(file.hidden) if tab is self.tabs[_COLUMNS] else 0))
        self.export_button.setVisible(bool(self.problems))
        self._show_tab()

    def _show_figures(self, seen: CountsDryRun) -> None:
        plan, zone, now = seen.plan, ZoneInfo(self._seat.zone), self._seat.now()
        take, at, aside, known = self.figures
        late = self.tr("{count} of another day: kept only").format(count=plan.not_today)
        take.show_figure(
            self.tr("To put in force"),
            self.tr("{count} debtors").format(count=f"{plan.debtors:,}"),
            late if plan.not_today else self.tr("beats the workstation's share"),
            Tone.WARN if plan.not_today else Tone.OK if plan.debtors else Tone.NEUTRAL,
        )
        newest = plan.newest.astimezone(zone) if plan.newest and not seen.asks_as_of else None
        today = newest is not None and newest.date() == now.astimezone(zone).date()
        shown = "—" if newest is None else f"{newest:%H:%M}" if today else f"{newest:%m-%d %H:%M}"
        told = self.tr("to be given below") if seen.asks_as_of else self.tr("the newest figure in it")
        at.show_figure(self.tr("As of"), shown, told, Tone.WARN if seen.asks_as_of else Tone.NEUTRAL)
        aside.show_figure(
            self.tr("Set aside"),
            f"{plan.set_aside:,}",
            self.tr("{count} of nobody on file here").format(count=f"{plan.unknown:,}"),
            Tone.WARN if plan.set_aside else Tone.NEUTRAL,
        )
        self._show_known(known, plan.duplicates)

    def _show_tab(self) -> None:
        seen = self._seen
        if seen is None:
            return
        shown = next(place for place, tab in enumerate(self.tabs) if tab.isChecked())
        show = (self._findings, self._first_rows, self._columns)[shown]
        self._show_table(show(seen), 2 if shown == _COLUMNS else 0)
        self.hidden_line.show_choice(here=shown == _COLUMNS)
        self.empty.say(self.tr("Nothing to tell"), self.tr("Every row of the file could be read and matched."))

    def _findings(self, seen: CountsDryRun) -> Table:
        return self._findings_table(
            self.problems, lambda found: masked_value(seen.file, found), (9, 8, 6, 13, 14, 50), MOST_SHOWN
        )

    def _first_rows(self, seen: CountsDryRun) -> Table:
        headings = (
            self.tr("Line"),
            self.tr("Identity"),
            self.tr("Account"),
            self.tr("Case"),
            self.tr("Talks"),
            self.tr("Connected"),
            self.tr("As of"),
        )
        zone = ZoneInfo(self._seat.zone)
        rows = [
            (
                str(row.line),
                masked_id(row.id_no),
                masked_account(row.account_no),
                row.case_no,
                "" if row.effective is None else str(row.effective),
                "" if row.connected is None else str(row.connected),
                f"{row.as_of.astimezone(zone):%m-%d %H:%M}" if row.as_of else "",
            )
            for row in seen.file.rows[:MOST_SHOWN]
        ]
        return headings, (6, 22, 22, 16, 10, 10, 14), (0, 4, 5), rows, []

    def _columns(self, _: CountsDryRun) -> Table:
        return self._columns_table(self.tr("left out"))


class CountsResult(FileResult):
    """Draws a ``CountsReport``."""

    another = Signal()

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._report: CountsReport | None = None
        self.late = SoftPanel(tone=Tone.DANGER)
        self.late_words = Text(wrap=True)
        self.late.body.addWidget(self.late_words)
        self.card.body.addWidget(self.late)
        self.another_button, self.done_button = QPushButton(), primary(QPushButton())
        self.another_button.setAutoDefault(False)
        self.another_button.clicked.connect(self.another)
        self.done_button.clicked.connect(self.done)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.another_button)
        foot.addWidget(self.done_button)
        self.card.body.addLayout(foot)
        box = QHBoxLayout(self)
        middle = QVBoxLayout()
        middle.addWidget(self.card)
        middle.addStretch(1)
        box.addLayout(middle, 1)

    def show_report(self, report: CountsReport) -> None:
        """Show what was done."""
        self._report = report
        self.retranslate()
        self.done_button.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.another_button.setText(self.tr("Another file"))
        self.done_button.setText(self.tr("Done"))
        report = self._report
        if report is None:
            return
        if report.counts is not None and not report.already:
            self.mark.set_tone(Tone.OK)
            self.title.setText(
                self.tr("Figures of {count} debtors are in force").format(count=f"{report.accepted:,}")
            )
        else:
            self.mark.set_tone(Tone.INFO)
            self.title.setText(self.tr("Nothing was new"))
        newest = self._seat.local(report.newest_as_of) if report.newest_as_of else None
        self.facts.show_facts(
            [
                (self.tr("File"), report.filename),
                (self.tr("As of"), f"{newest:%Y-%m-%d %H:%M}" if newest else ""),
                (self.tr("Set aside"), f"{report.set_aside:,}"),
                (self.tr("On file already"), f"{report.duplicates:,}"),
                (self.tr("Findings"), f"{len(report.problems):,}"),
                (self.tr("Hidden columns"), said_of_hidden(report.hidden)),
            ]
        )
        self.late.setVisible(report.late > 0)
        self.late_words.setText(say(Message("intake.counts.summary_late", {"count": report.late})))
