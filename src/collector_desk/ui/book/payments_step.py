"""A bank's payments on their way in: what was read and how each row will stand, and what became of the file."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTabBar, QVBoxLayout, QWidget

from collector_desk.domain.book.money import Money, format_figure, side_by_side
from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind, RowStanding
from collector_desk.domain.text import days
from collector_desk.domain.text.masking import masked_account, masked_name
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.intake.problems import Problem
from collector_desk.services.intake.payment_report import masked_value
from collector_desk.services.intake.payments import FileTold, PaymentDryRun, PaymentReport
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import FormField, Text, primary
from collector_desk.ui.widgets.filing import FilePreview, FileResult, Table
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.hidden_columns import said_of_hidden
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.words import say, word

FIRST_ROWS = 50
_COLUMNS = 1
MOST_FINDINGS = 5000  # a table nobody reads to its end; the workbook has them all


class PaymentsPreview(FilePreview):
    """Draws a ``PaymentDryRun``; asks whose file it is, what it holds and which days it tells of."""

    changed = Signal()  # what is said of the file may make its rows stand otherwise
    days_told = Signal(object)  # the days it is said to tell of: what they decide is to be said

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: PaymentDryRun | None = None
        self._place = ""
        self._decided: int | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        head = self._make_head(5)
        head.body.addLayout(self._make_fields())
        box.addWidget(head)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _ in range(3):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        box.addWidget(self._make_body(self.tabs), 1)

    def _make_fields(self) -> QHBoxLayout:
        self.bank, self.first, self.last, self.kind = QLineEdit(), QLineEdit(), QLineEdit(), PickField()
        self.bank.setMaxLength(120)
        self.bank_field = FormField("…", self.bank)
        self.first_field, self.last_field = FormField("…", self.first), FormField("…", self.last)
        self.kind_field = FormField("…", self.kind)
        for day in (self.first, self.last):
            day.setMaximumWidth(Width.DATE)
        for day in (self.first, self.last):
            day.textChanged.connect(lambda _: self._ask_what_is_decided())
        for field in (self.bank, self.first, self.last):
            field.returnPressed.connect(self.focusNextChild)
        self.bank.editingFinished.connect(self._look_again)
        self.kind.picked.connect(self._pick_kind)
        row = QHBoxLayout()
        row.setSpacing(Gap.GROUP)
        for each in (self.kind_field, self.first_field, self.last_field, self.bank_field):
            row.addWidget(each)
        row.setStretch(3, 1)
        return row

    def show_preview(self, seen: PaymentDryRun, place: str) -> None:
        """Show what was read; ``place`` says which of several files it is."""
        again = self._read_again(self._seen.file if self._seen else None, seen.file)
        fresh = self._seen is None or self._seen.file.sha256 != seen.file.sha256
        self._seen, self._place = seen, place
        if fresh:
            self.tabs.setCurrentIndex(0)
            self.kind.set_value(seen.told.kind)
            self.bank.setText(seen.plan.bank)
            days_told = seen.suggested
            self.first.setText(days_told.first.isoformat() if days_told else "")
            self.last.setText(days_told.last.isoformat() if days_told else "")
        self.retranslate()
        if again:
            self.hidden_line.button.setFocus()
        elif seen.already is None:
            self._focus_next()
        else:
            self.leave_button.setFocus()

    def told(self) -> FileTold | None:
        """What the fields say of the file; None where a day in them is none, which stands at it then."""
        ends: list[date | None] = []
        for field in (self.first_field, self.last_field):
            field.set_error("")
            text = field.field.text().strip() if isinstance(field.field, QLineEdit) else ""
            try:
                ends.append(days.read(text) if text else None)
            except days.NotADayError:
                field.set_error(self.tr("Write the day as 2026-12-31."))
                field.field.setFocus()
                return None
        first, last = ends
        if (first is None) != (last is None):
            lacking = self.first_field if first is None else self.last_field
            lacking.set_error(self.tr("Both days, or neither."))
            lacking.field.setFocus()
            return None
        kind = self.kind.value
        covers = DaySpan(first, last) if first is not None and last is not None else None
        return FileTold(self.bank.text().strip(), kind if isinstance(kind, FileKind) else FileKind.UNKNOWN, covers)

    def say_decided(self, count: int | None) -> None:
        """How many promises the chosen days decide; None: no days are chosen."""
        self._decided = count
        self.last_field.set_label(self.tr("up to"), self._what_is_decided())

    def _what_is_decided(self) -> str:
        if self._decided is None:
            return self.tr("Empty: no promise is decided by it.")
        return self.tr("Decides {count} promises.").format(count=f"{self._decided:,}")

    def _ask_what_is_decided(self) -> None:
        try:
            first, last = (days.read(field.text().strip()) for field in (self.first, self.last))
        except days.NotADayError:
            first = last = None
        if first is None or last is None:
            self.say_decided(None)
        else:
            self.days_told.emit(DaySpan(first, last))

    def say_wrong(self, trouble: Trouble) -> bool:
        """Say at its field what is wrong with what it says; False where no field is at fault."""
        return isinstance(trouble, Refused) and point_at(
            {"bank": self.bank_field, "covers": self.last_field}, trouble
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings, those of the file and those against what is on file."""
        return (*self._seen.file.problems, *self._seen.plan.findings) if self._seen else ()

    def _pick_kind(self, kind: FileKind) -> None:
        self.kind.set_value(kind)
        self._look_again()

    def _look_again(self) -> None:
        seen, told = self._seen, self.told()
        if seen is None or told is None:
            return
        bank = seen.told.bank or seen.plan.bank
        if (told.kind, told.bank or bank) != (seen.told.kind, bank):
            self.changed.emit()

    # --- drawing -------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text anew."""
        self.leave_button.setText(self.tr("Don't import"))
        self.export_button.setText(self.tr("Export findings…"))
        known = self._seen is not None and self._seen.already is not None
        self.next_button.setText(self.tr("Tell its days anew") if known else self.tr("Take the payments in"))
        self.kind_field.set_label(self.tr("The file holds"))
        self.kind.set_choices(
            [
                Choice(FileKind.UNKNOWN, self.tr("not known"), "u"),
                Choice(FileKind.CUMULATIVE, self.tr("all payments again"), "a"),
                Choice(FileKind.NEW, self.tr("only new payments"), "n"),
            ]
        )
        self.first_field.set_label(self.tr("It tells of the days from"))
        self.last_field.set_label(self.tr("up to"), self._what_is_decided())
        self.bank_field.set_label(self.tr("Bank"))
        seen = self._seen
        if seen is None:
            return
        self._name_file(seen.file, self._place)
        self.title.setText(self.tr("Payments: {file}").format(file=seen.file.filename))
        self._show_figures(seen)
        self.note.setText(
            say(Message("intake.payments.same_file")) if seen.already else self.tr("Nothing was taken over yet.")
        )
        counts = (
            len(self.problems),
            sum(len(s.columns) for s in seen.file.sheets),
            len(seen.file.rows[:FIRST_ROWS]),
        )
        names = (self.tr("Findings"), self.tr("Columns"), self.tr("First rows"))
        for place, (name, count) in enumerate(zip(names, counts, strict=True)):
            hidden = len(seen.file.hidden) if place == _COLUMNS else 0
            self.tabs.setTabText(place, self._name_tab(name, count, hidden))
        self.export_button.setVisible(bool(self.problems))
        self._show_tab()

    def _show_figures(self, seen: PaymentDryRun) -> None:
        plan, currency = seen.plan, seen.plan.currency
        take, settle, nobody, again, aside = self.figures
        allocated = Money(plan.allocated, currency)
        take.show_figure(
            self.tr("To take in"),
            f"{plan.count(RowStanding.TAKEN):,}",
            self.tr("{amount} off the balances").format(amount=allocated),
            Tone.OK,
        )
        for figure, label, standing, note in (
            (settle, self.tr("To settle"), RowStanding.TO_SETTLE, self.tr("a person has to look at them")),
            (nobody, self.tr("Unmatched"), RowStanding.UNMATCHED, self.tr("no account of ours")),
        ):
            count = plan.count(standing)
            figure.show_figure(
                label, f"{count:,}", note if count else self.tr("none"), Tone.WARN if count else Tone.NEUTRAL
            )
        self._show_known(again, plan.count(RowStanding.REPEATED))
        file = seen.file
        aside.show_figure(
            self.tr("Set aside"),
            f"{file.set_aside:,}",
            self.tr("each with its reason below") if file.set_aside else self.tr("every row could be read"),
            Tone.WARN if file.set_aside else Tone.OK,
        )

    def _show_tab(self) -> None:
        seen = self._seen
        if seen is None:
            return
        show = (self._findings, self._columns, self._first_rows)[max(self.tabs.currentIndex(), 0)]
        at_columns = self.tabs.currentIndex() == _COLUMNS
        self._show_table(show(seen), 2 if at_columns else 0)
        self.hidden_line.show_choice(here=at_columns)
        if not self.model.rowCount():
            self.empty.say(self.tr("Nothing to tell"), self.tr("There is nothing here that you need to look at."))

    def _findings(self, seen: PaymentDryRun) -> Table:
        return self._findings_table(
            self.problems, lambda found: masked_value(seen.file, found), (9, 10, 6, 13, 16, 46), MOST_FINDINGS
        )

    def _columns(self, _: PaymentDryRun) -> Table:
        return self._columns_table(self.tr("▲ not known: kept"))

    def _first_rows(self, seen: PaymentDryRun) -> Table:
        headings = (
            self.tr("Line"),
            self.tr("Account"),
            self.tr("Name"),
            self.tr("Booked on"),
            self.tr("Amount"),
            self.tr("Channel"),
        )
        rows = [
            (
                str(row.line),
                masked_account(row.account_no),
                masked_name(row.name),
                row.posted_on.isoformat(),
                format_figure(Money(row.amount, row.currency)),
                row.channel,
            )
            for row in seen.file.rows[:FIRST_ROWS]
        ]
        return headings, (6, 20, 10, 12, 14, 14), (0, 4), rows, []


class PaymentsResult(FileResult):
    """Draws a ``PaymentReport``."""

    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: PaymentReport | None = None
        self._more = 0
        self.note = Text(tint=Tint.DIM)
        self.export_button, self.next_button = QPushButton(), primary(QPushButton())
        self.export_button.setAutoDefault(False)
        self.export_button.clicked.connect(self.export_wanted)
        self.next_button.clicked.connect(self.done)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.export_button)
        foot.addWidget(self.next_button)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self)

    def show_report(self, report: PaymentReport, more: int) -> None:
        """Show what was done; ``more`` files wait."""
        self._report, self._more = report, more
        self.retranslate()
        self.next_button.setFocus()

    def _decided(self, report: PaymentReport) -> str:
        """How many promises became what by it; nothing where none did."""
        said = (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.BROKEN)
        return "  ·  ".join(
            f"{word(state)} {count:,}" for state in said if (count := report.promises.get(state, 0))
        )

    def retranslate(self) -> None:
        """Set every text anew."""
        self.export_button.setText(self.tr("Export findings…"))
        report = self._report
        if report is None:
            return
        sums = report.sums
        if report.told_anew:
            self.mark.set_tone(Tone.OK)
            self.title.setText(self.tr("What the file tells of was said anew"))
        elif report.already:
            self.mark.set_tone(Tone.INFO)
            self.title.setText(self.tr("This very file was imported before"))
        else:
            self.mark.set_tone(Tone.OK)
            taken = report.of(RowStanding.TAKEN).rows  # whole: those a person has to look at are told below
            self.title.setText(self.tr("{count} payments are in").format(count=f"{taken:,}"))
        covers = f"{sums.covers.first} – {sums.covers.last}" if sums.covers else self.tr("no day")

        def told(standing: RowStanding) -> str:
            one = report.of(standing)
            return f"{one.rows:,}  ·  {Money(one.minor, sums.currency)}" if one.rows else "0"

        self.facts.show_facts(
            [
                (self.tr("File"), report.filename),
                (self.tr("Bank"), sums.bank),
                (self.tr("It tells of"), covers),
                (self.tr("Taken whole"), told(RowStanding.TAKEN)),
                (self.tr("Off the balances"), side_by_side(Money(sums.allocated, sums.currency))),
                (self.tr("More than was owed"), side_by_side(Money(sums.excess, sums.currency))),
                (self.tr("To settle"), told(RowStanding.TO_SETTLE)),
                (self.tr("Unmatched"), told(RowStanding.UNMATCHED)),
                (self.tr("On file already"), told(RowStanding.REPEATED)),
                (self.tr("Set aside"), f"{sums.set_aside.rows:,}"),
                (self.tr("Ends to confirm"), f"{report.to_confirm:,}"),
                (self.tr("Promises decided"), self._decided(report)),
                (self.tr("Hidden columns"), said_of_hidden(report.hidden)),
            ]
        )
        self.export_button.setVisible(bool(report.problems))
        self.next_button.setText(
            self.tr("Next file ({count} more)").format(count=self._more) if self._more else self.tr("Done")
        )
