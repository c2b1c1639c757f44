"""What is in the file: what was recognised, what goes in, what stays out and why, before anything is taken over."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QTabBar, QVBoxLayout, QWidget

from collector_desk.domain.book.money import Money, format_figure, money_of, side_by_side
from collector_desk.domain.message import Message, Refused, Trouble, msg
from collector_desk.domain.text import days
from collector_desk.domain.text.masking import masked_account, masked_id, masked_name, masked_number
from collector_desk.intake.problems import Problem
from collector_desk.intake.values import PlacementFile
from collector_desk.services.intake.placement_plan import Fate, Refreshing
from collector_desk.services.intake.placement_report import masked_value
from collector_desk.services.intake.placements import PlacementDryRun, dry_run
from collector_desk.ui.theme import Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.widgets import FormField
from collector_desk.ui.widgets.filing import FigureTile, FilePreview, Table
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.words import say

FIRST_ROWS = 50
_COLUMNS = 1
MOST_FINDINGS = 5000  # a table nobody reads to its end; the workbook has them all


class PreviewStep(FilePreview):
    """Draws a ``PlacementDryRun`` of accounts."""

    told = Signal(object)  # a FiguresTold: the file's figures are of another day

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: PlacementDryRun | None = None
        self._place = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        head = self._make_head(6)
        self.as_of = QLineEdit()
        self.as_of.setMaximumWidth(Width.DATE)
        self.as_of_field = FormField("…", self.as_of)
        self.as_of.editingFinished.connect(self._tell)
        self.full = QCheckBox()
        self.full.clicked.connect(self._say_full)
        said = QHBoxLayout()
        said.addWidget(self.as_of_field)
        said.addWidget(self.full)
        said.addStretch(1)
        head.body.addLayout(said)
        box.addWidget(head)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _ in range(4):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        box.addWidget(self._make_body(self.tabs), 1)

    def show_preview(self, seen: PlacementDryRun, place: str) -> None:
        """Show what was read; ``place`` says which of several files it is."""
        again = self._read_again(self._seen.file if self._seen else None, seen.file)
        self._seen, self._place = seen, place
        day = seen.told.as_of or (None if seen.already else seen.suggested)
        self.as_of.setText(day.isoformat() if day else "")
        self.full.setChecked(seen.told.full)
        self.as_of_field.set_error("")
        self.tabs.setCurrentIndex(_COLUMNS if again else 0)
        self.retranslate()
        if again:
            self.hidden_line.button.setFocus()
        elif seen.asks_day:
            self.as_of.setFocus()
        else:
            self._focus_next()

    def _tell(self) -> None:
        """Another day for the figures of the file: what becomes of its rows is worked out anew."""
        seen, text = self._seen, self.as_of.text().strip()
        if seen is None:
            return
        self.as_of_field.set_error("")
        try:
            day = days.read(text) if text else None
        except days.NotADayError:
            self.as_of_field.set_error(self.tr("Write the day as 2026-12-31."))
            return
        counted = None if seen.already or seen.asks_again else seen.suggested  # a name says no more of these bytes
        if day != (seen.told.as_of or counted):
            self.told.emit(replace(seen.told, as_of=day))

    def _say_full(self) -> None:
        """Whether it is the full list: of what is open and not in it the bank is asked."""
        if self._seen is not None:
            self.told.emit(replace(self._seen.told, full=self.full.isChecked()))

    def say_wrong(self, trouble: Trouble) -> bool:
        """Say at its field what is wrong with what it says; False where no field is at fault."""
        return isinstance(trouble, Refused) and point_at({"as_of": self.as_of_field}, trouble)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings, those of the file and those against what is on file."""
        return dry_run(self._seen).problems if self._seen else ()

    # --- drawing -------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text anew."""
        self.leave_button.setText(self.tr("Don't import"))
        self.export_button.setText(self.tr("Export findings…"))
        seen = self._seen
        if seen is None:
            return
        file = seen.file
        self._name_file(file, self._place)
        if file.balances:
            self.title.setText(self.tr("Balances: {file}").format(file=file.filename))
        self._show_figures(seen)
        self.as_of_field.set_label(self.tr("Its figures are of the day"), self.tr("e.g. 2026-12-31; up to its end"))
        self.as_of_field.setVisible(seen.hangs_on_day)
        self.full.setText(self.tr("The full list of its placements"))
        self.full.setVisible(bool(seen.plan.refreshing.fates) and not file.balances)
        able = seen.worth_taking and not seen.asks_day
        self.next_button.setEnabled(able)
        takes = seen.plan.rows or seen.plan.refreshing.refreshed
        if seen.ask_terms:
            self.next_button.setText(self.tr("Go on: terms"))
        else:
            self.next_button.setText(self.tr("Import") if takes or seen.asks_day else self.tr("Keep the rows"))
        if seen.already is not None:
            self.note.setText(say(Message("intake.same_file_day" if seen.undated else "intake.same_file")))
        elif seen.again is not None:
            day, count = seen.told.as_of or seen.suggested, seen.plan.refreshing.refreshed
            self.note.setText(say(msg("intake.again_as_of", day=day, count=count)))
        elif seen.asks_day:
            self.note.setText(self.tr("Say of which day its figures are."))
        elif not able:
            self.note.setText(self.tr("Nothing in this file can be taken over."))
        elif not takes:
            self.note.setText(self.tr("No row can be taken over as it is. Kept, the rows can be corrected."))
        else:
            self.note.setText(self.tr("Nothing was taken over yet."))
        counts = [len(self.problems), sum(len(s.columns) for s in file.sheets), len(file.rows[:FIRST_ROWS])]
        names = (self.tr("Findings"), self.tr("Columns"), self.tr("First rows"), self.tr("Not accounts"))
        counts.append(sum(len(sheet.recognised) for sheet in file.sheets))
        for place, (name, count) in enumerate(zip(names, counts, strict=True)):
            hidden = len(file.hidden) if place == _COLUMNS else 0
            self.tabs.setTabText(place, self._name_tab(name, count, hidden))
        self.export_button.setVisible(bool(self.problems))
        self._show_tab()

    def _show_figures(self, seen: PlacementDryRun) -> None:
        plan, file = seen.plan, seen.file
        amount, *others = plan.placed
        people = self.tr("{new} new debtors").format(new=seen.new_debtors)
        if seen.known_debtors:
            people = self.tr("{new} new debtors, {known} known").format(
                new=seen.new_debtors, known=seen.known_debtors
            )
        take, money, aside, known, total, newer = self.figures
        self._show_newer(newer, plan.refreshing)
        take.show_figure(
            self.tr("To take over"), self.tr("{count} accounts").format(count=f"{plan.rows:,}"), people
        )
        money.show_figure(self.tr("Amount placed"), str(amount), self._currencies(others))
        aside.show_figure(
            self.tr("Set aside"),
            f"{file.set_aside:,}",
            self.tr("each with its reason below") if file.set_aside else self.tr("every row could be read"),
            Tone.WARN if file.set_aside else Tone.OK,
        )
        self._show_left(known, plan.refreshing)
        if not file.totals:
            total.show_figure(self.tr("Total row"), "—", self.tr("the file has none"))
        elif all(check.matches for check in file.totals):
            note = self.tr("the rows add up to it, to the cent")
            total.show_figure(self.tr("Total row"), self._total(file), note, Tone.OK)
        else:
            wrong = next(check for check in file.totals if not check.matches)
            apart = Money(wrong.computed - wrong.stated, plan.main_currency)
            note = self.tr("the rows differ by {amount}").format(amount=apart)
            total.show_figure(self.tr("Total row"), self._total(file), note, Tone.DANGER)

    def _show_newer(self, figure: FigureTile, found: Refreshing) -> None:
        """How many accounts get a newer figure, and what that makes of what is owed on them."""
        figure.setVisible(found.refreshed > 0)
        owed = side_by_side(*money_of(found.before.items())), side_by_side(*money_of(found.after.items()))
        figure.show_figure(
            self.tr("Newer figures"),
            self.tr("{count} accounts").format(count=f"{found.refreshed:,}"),
            self.tr("{before} → {after}").format(before=owed[0], after=owed[1]),
        )

    def _show_left(self, figure: FigureTile, found: Refreshing) -> None:
        """What of accounts on file has no effect, and why."""
        said = (
            (self.tr("{count} the same"), found.count(Fate.REPEATED)),
            (self.tr("{count} to ask the bank"), found.count(Fate.QUESTION)),
            (self.tr("{count} older"), found.count(Fate.OLDER)),
            (self.tr("{count} missing here"), found.missing),
            (self.tr("{count} not on file"), found.count(Fate.UNKNOWN)),
            (self.tr("{count} without a day"), found.count(Fate.UNDATED)),
        )
        note = " · ".join(words.format(count=f"{count:,}") for words, count in said if count)
        doubt = found.count(Fate.QUESTION) or found.count(Fate.UNDATED)
        figure.show_figure(
            self.tr("On file, unchanged"),
            f"{found.left:,}",
            note or self.tr("none"),
            Tone.WARN if doubt else Tone.NEUTRAL,
        )

    def _total(self, file: PlacementFile) -> str:
        largest = max(file.totals, key=lambda check: abs(check.stated))
        return str(Money(largest.stated, file.rows[0].currency if file.rows else "CNY"))

    def _currencies(self, others: Sequence[Money]) -> str:
        return f"+ {side_by_side(*others)}" if others else self.tr("sum of the accounts to take over")

    def _show_tab(self) -> None:
        seen = self._seen
        if seen is None:
            return
        show = (self._findings, self._columns, self._first_rows, self._others)[max(self.tabs.currentIndex(), 0)]
        self._show_table(show(seen), 2 if self.tabs.currentIndex() == _COLUMNS else 0)
        self.hidden_line.show_choice(here=self.tabs.currentIndex() == _COLUMNS)
        if not self.model.rowCount():
            self.empty.say(self.tr("Nothing to tell"), self.tr("There is nothing here that you need to look at."))

    def _findings(self, seen: PlacementDryRun) -> Table:
        return self._findings_table(
            self.problems, lambda found: masked_value(seen.file, found), (9, 10, 6, 13, 16, 46), MOST_FINDINGS
        )

    def _columns(self, _: PlacementDryRun) -> Table:
        return self._columns_table(self.tr("▲ not known: kept with the case as a further fact"))

    def _first_rows(self, seen: PlacementDryRun) -> Table:
        headings = (
            self.tr("Line"),
            self.tr("Account"),
            self.tr("Name"),
            self.tr("Identity"),
            self.tr("Mobile"),
            self.tr("Placement"),
            self.tr("Amount"),
            self.tr("Days"),
            self.tr("Due date"),
        )
        rows = [
            (
                str(row.line),
                masked_account(row.account_no),
                masked_name(row.name),
                masked_id(row.id_no),
                masked_number(row.mobiles[0]) if row.mobiles else "",
                row.placement_no,
                format_figure(Money(row.amount, row.currency)),
                "" if row.days_past_due is None else str(row.days_past_due),
                row.due_on.isoformat() if row.due_on else "",
            )
            for row in seen.file.rows[:FIRST_ROWS]
        ]
        return headings, (6, 18, 8, 18, 12, 12, 11, 6, 10), (0, 6, 7), rows, []

    def _others(self, seen: PlacementDryRun) -> Table:
        headings = (self.tr("Sheet"), self.tr("Line"), self.tr("Recognised as"), self.tr("Says"))
        rows: list[tuple[str, ...]] = []
        for sheet in seen.file.sheets:
            kind = say(Message(f"intake.sheet.{sheet.kind}"))
            summary = self.tr("{rows} rows: {accepted} accounts, {aside} set aside, {blank} blank").format(
                rows=sheet.rows, accepted=sheet.accepted, aside=sheet.set_aside, blank=sheet.blank
            )
            rows.append((sheet.name, "", self.tr("Sheet: {kind}").format(kind=kind), summary))
            rows.extend(
                (sheet.name, str(row.line), say(Message(f"intake.row.{row.kind}")), row.text)
                for row in sheet.recognised
            )
        return headings, (16, 7, 22, 55), (1,), rows, []
