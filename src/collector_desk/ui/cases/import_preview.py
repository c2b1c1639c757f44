"""What is in the file: what was recognised, what goes in, what stays out and why, before anything is taken over."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from collector_desk.domain.masking import masked_account, masked_id, masked_name, masked_number
from collector_desk.domain.message import Message
from collector_desk.domain.money import Money, format_figure
from collector_desk.intake.problems import Problem, Severity
from collector_desk.intake.values import PlacementFile
from collector_desk.services.intake import Preview, dry_run
from collector_desk.services.intake_report import masked_value
from collector_desk.ui.cases.tables import FitTable, RowsModel
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.widgets import Card, ElidedLabel, EmptyState, Mark, SoftPanel, Text, primary
from collector_desk.ui.words import say

FIRST_ROWS = 50
MOST_FINDINGS = 5000  # a table nobody reads to its end; the workbook has them all
_SIGNS = {Severity.REFUSED: "◆", Severity.WARNING: "▲", Severity.NOTE: "○"}
_TINTS = {Severity.REFUSED: Tint.DANGER_STRONG, Severity.WARNING: Tint.WARN_STRONG, Severity.NOTE: None}
_Table = tuple[Sequence[str], Sequence[int], Sequence[int], Sequence[tuple[str, ...]], Sequence[Tint | None]]
"""Headings, weights of the columns, columns of figures, rows, tints of the rows."""
_ORDER = {Severity.REFUSED: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Figure(SoftPanel):
    """One figure of the preview: what it counts, the figure, a word beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.value = ElidedLabel(size=Size.SPOKEN)
        self.note = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.mark = Mark(Tone.NEUTRAL, side=15)
        last = QHBoxLayout()
        last.setSpacing(6)
        last.addWidget(self.mark)
        last.addWidget(self.note, 1)
        self.body.addWidget(self.label)
        self.body.addWidget(self.value)
        self.body.addLayout(last)

    def show_figure(self, label: str, value: str, note: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show it; the mark says by its shape what the colour says."""
        self.label.setText(label)
        self.value.setText(value)
        self.note.setText(note)
        self.mark.set_tone(tone)
        self.mark.setVisible(tone is not Tone.NEUTRAL)
        self.set_tone(tone)
        self.note.set_tint(tone.strong if tone is not Tone.NEUTRAL else Tint.DIM)


class PreviewStep(QWidget):
    """Draws a ``Preview``; tells whether to go on, export the findings, or leave."""

    go_on = Signal()
    export_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Preview | None = None
        self._place = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(12)
        head = Card(margin=14)
        self.title = ElidedLabel(size=Size.HEAD)
        self.where = Text(tint=Tint.DIM)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.where)
        head.body.addLayout(line)
        figures = QHBoxLayout()
        figures.setSpacing(8)
        self.figures = [Figure() for _ in range(5)]
        for figure in self.figures:
            figures.addWidget(figure, 1)
        head.body.addLayout(figures)
        box.addWidget(head)
        body = Card(margin=14)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _ in range(4):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        body.body.addWidget(self.tabs)
        self.model = RowsModel(self)
        self.table = FitTable()
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = EmptyState()
        body.body.addWidget(self.table, 1)
        body.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.note = Text(tint=Tint.DIM)
        self.export_button = QPushButton()
        self.export_button.setAutoDefault(False)
        self.export_button.clicked.connect(self.export_wanted)
        self.leave_button = QPushButton()
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.left)
        self.next_button = primary(QPushButton())
        self.next_button.clicked.connect(self.go_on)
        foot.addWidget(self.note, 1)
        for button in (self.export_button, self.leave_button, self.next_button):
            foot.addWidget(button)
        body.body.addLayout(foot)
        box.addWidget(body, 1)

    def show_preview(self, seen: Preview, place: str) -> None:
        """Show what was read; ``place`` says which of several files it is."""
        self._seen, self._place = seen, place
        self.tabs.setCurrentIndex(0)
        self.retranslate()
        (self.next_button if self.next_button.isEnabled() else self.leave_button).setFocus()

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
        self.title.setText(file.filename)
        kind = f"{file.encoding} · " if file.encoding else ""
        self.where.setText(f"{self._place}{kind}SHA-256 {file.sha256[:12]}…")
        self._show_figures(seen)
        able = seen.already is None and seen.plan.rows > 0
        self.next_button.setEnabled(able)
        self.next_button.setText(self.tr("Go on: terms") if seen.ask_terms else self.tr("Import"))
        if seen.already is not None:
            self.note.setText(say(Message("intake.same_file")))
        elif not able:
            self.note.setText(self.tr("Nothing in this file can be taken over."))
        else:
            self.note.setText(self.tr("Nothing was taken over yet."))
        counts = [len(self.problems), sum(len(s.columns) for s in file.sheets), len(file.rows[:FIRST_ROWS])]
        names = (self.tr("Findings"), self.tr("Columns"), self.tr("First rows"), self.tr("Not accounts"))
        counts.append(sum(len(sheet.recognised) for sheet in file.sheets))
        for place, (name, count) in enumerate(zip(names, counts, strict=True)):
            self.tabs.setTabText(place, f"{name}  {count:,}")
        self.export_button.setVisible(bool(self.problems))
        self._show_tab()

    def _show_figures(self, seen: Preview) -> None:
        plan, file = seen.plan, seen.file
        amount = Money(plan.amounts.get(plan.main_currency, 0), plan.main_currency)
        people = self.tr("{new} new debtors").format(new=seen.new_debtors)
        if seen.known_debtors:
            people = self.tr("{new} new debtors, {known} known").format(
                new=seen.new_debtors, known=seen.known_debtors
            )
        take, money, aside, known, total = self.figures
        take.show_figure(
            self.tr("To take over"), self.tr("{count} accounts").format(count=f"{plan.rows:,}"), people
        )
        money.show_figure(self.tr("Amount placed"), str(amount), self._currencies(seen))
        aside.show_figure(
            self.tr("Set aside"),
            f"{file.set_aside:,}",
            self.tr("each with its reason below") if file.set_aside else self.tr("every row could be read"),
            Tone.WARN if file.set_aside else Tone.OK,
        )
        known.show_figure(
            self.tr("On file already"),
            f"{plan.duplicates:,}",
            self.tr("left as they are") if plan.duplicates else self.tr("none"),
            Tone.WARN if plan.duplicates else Tone.NEUTRAL,
        )
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

    def _total(self, file: PlacementFile) -> str:
        largest = max(file.totals, key=lambda check: abs(check.stated))
        return str(Money(largest.stated, file.rows[0].currency if file.rows else "CNY"))

    def _currencies(self, seen: Preview) -> str:
        others = [str(Money(minor, name)) for name, minor in seen.plan.amounts.items()]
        return " + ".join(others[1:]) if len(others) > 1 else self.tr("sum of the accounts to take over")

    def _show_tab(self) -> None:
        seen = self._seen
        if seen is None:
            return
        show = (self._findings, self._columns, self._first_rows, self._others)[max(self.tabs.currentIndex(), 0)]
        headings, weights, right, rows, tints = show(seen)
        self.model.set_right(right)
        self.model.set_tinted((2,) if self.tabs.currentIndex() == 1 else (0,))
        self.model.show_rows(headings, rows, tints)
        self.table.set_weights(weights)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.say(self.tr("Nothing to tell"), self.tr("There is nothing here that you need to look at."))

    def _findings(self, seen: Preview) -> _Table:
        found = sorted(self.problems, key=lambda item: (_ORDER[item.severity], item.sheet, item.line))[
            :MOST_FINDINGS
        ]
        headings = (
            self.tr("What"),
            self.tr("Sheet"),
            self.tr("Line"),
            self.tr("Column"),
            self.tr("Value"),
            self.tr("Reason"),
        )
        rows = [
            (
                f"{_SIGNS[item.severity]} {say(Message(f'intake.severity.{item.severity}'))}",
                item.sheet,
                str(item.line) if item.line else "",
                item.column,
                masked_value(seen.file, item),
                say(item.reason),
            )
            for item in found
        ]
        return headings, (9, 10, 6, 13, 16, 46), (2,), rows, [_TINTS[item.severity] for item in found]

    def _columns(self, seen: Preview) -> _Table:
        headings = (self.tr("Column"), self.tr("Heading in the file"), self.tr("Read as"), self.tr("Sheet"))
        rows: list[tuple[str, ...]] = []
        tints: list[Tint | None] = []
        for sheet in seen.file.sheets:
            for column in sorted(sheet.columns, key=lambda item: item.field is not None):
                known = column.field is not None
                meaning = say(Message(f"intake.field.{column.field}")) if known else ""
                rows.append((column.letter, column.header, meaning or self._unmatched(), sheet.name))
                tints.append(None if known else Tint.WARN_STRONG)
        return headings, (8, 34, 42, 16), (), rows, tints

    def _unmatched(self) -> str:
        return self.tr("▲ not known: kept with the case as a further fact")

    def _first_rows(self, seen: Preview) -> _Table:
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

    def _others(self, seen: Preview) -> _Table:
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
