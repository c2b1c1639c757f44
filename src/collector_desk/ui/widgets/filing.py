"""The way of a file into the store, whatever it brings: what was read and found in it, its result, the way itself.

What the bank's accounts and its counts have in common stands here; their own words and figures stand with each.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QStackedLayout,
    QWidget,
)

from collector_desk.domain.message import Message, Trouble
from collector_desk.exchange import outgoing
from collector_desk.intake.case_word_values import CaseWordsFile
from collector_desk.intake.counts import CountsFile
from collector_desk.intake.payment_values import PaymentFile
from collector_desk.intake.problems import Problem, ProblemSeverity
from collector_desk.intake.values import PlacementFile
from collector_desk.services.book import placements
from collector_desk.services.intake import placement_report
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Width
from collector_desk.ui.widgets import Card, ElidedLabel, EmptyState, SoftPanel, StateMark, Text, primary
from collector_desk.ui.widgets.choose_file import BusyStep, ChooseStep
from collector_desk.ui.widgets.facts import LabelledFacts
from collector_desk.ui.widgets.hidden_columns import HiddenLine
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say

Table = tuple[Sequence[str], Sequence[int], Sequence[int], Sequence[tuple[str, ...]], Sequence[Tint | None]]
"""Headings, weights of the columns, columns of figures, rows, tints of the rows."""
BankFile = PlacementFile | CountsFile | PaymentFile | CaseWordsFile
_T = TypeVar("_T")
_SIGNS = {ProblemSeverity.REFUSED: "◆", ProblemSeverity.WARNING: "▲", ProblemSeverity.NOTE: "○"}
_TINTS = {
    ProblemSeverity.REFUSED: Tint.DANGER_STRONG,
    ProblemSeverity.WARNING: Tint.WARN_STRONG,
    ProblemSeverity.NOTE: None,
}
_ORDER = {ProblemSeverity.REFUSED: 0, ProblemSeverity.WARNING: 1, ProblemSeverity.NOTE: 2}
_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")
_PASSWORD = ("intake.password_needed", "intake.password_wrong")


class FigureTile(SoftPanel):
    """One figure of the preview: what it counts, the figure, a word beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.value = ElidedLabel(size=Size.SPOKEN)
        self.note = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.mark = StateMark(Tone.NEUTRAL, side=15)
        last = QHBoxLayout()
        last.setSpacing(Gap.TIGHT)
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


class FilePreview(QWidget):
    """What was read: figures above, tables below; tells whether to go on, export the findings, or leave."""

    go_on = Signal()
    export_wanted = Signal()
    left = Signal()
    hidden_wanted = Signal(object)  # a HiddenChoice: read it again with other columns

    def _make_head(self, figures: int) -> Card:
        head = Card(margin=14)
        self.title = ElidedLabel(size=Size.HEAD)
        self.where = Text(tint=Tint.DIM)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.where)
        head.body.addLayout(line)
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        self.figures = [FigureTile() for _ in range(figures)]
        for figure in self.figures:
            row.addWidget(figure, 1)
        head.body.addLayout(row)
        return head

    def _make_body(self, tabs: QWidget | QLayout) -> Card:
        body = Card(margin=14)
        if isinstance(tabs, QWidget):
            body.body.addWidget(tabs)
        else:
            body.body.addLayout(tabs)
        self.model = RowsModel(self)
        self.table = FitTable()
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = EmptyState()
        self.hidden_line = HiddenLine(self.table)
        self.hidden_line.wanted.connect(self.hidden_wanted)
        body.body.addWidget(self.hidden_line)
        body.body.addWidget(self.table, 1)
        body.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        self.note = Text(tint=Tint.DIM)
        self.export_button, self.leave_button = QPushButton(), QPushButton()
        self.export_button.clicked.connect(self.export_wanted)
        self.leave_button.clicked.connect(self.left)
        self.next_button = primary(QPushButton())
        self.next_button.clicked.connect(self.go_on)
        foot.addWidget(self.note, 1)
        for button in (self.export_button, self.leave_button, self.next_button):
            foot.addWidget(button)
        for button in (self.export_button, self.leave_button):
            button.setAutoDefault(False)
        body.body.addLayout(foot)
        return body

    def _focus_next(self) -> None:
        """Where Enter goes on, or leaves where nothing can be taken over."""
        (self.next_button if self.next_button.isEnabled() else self.leave_button).setFocus()

    def _read_again(self, before: BankFile | None, file: BankFile) -> bool:
        """Whether it is the file that was shown, read once more with another choice of its hidden columns."""
        same = before is not None and before.sha256 == file.sha256
        self.hidden_line.show_file(file, same=same)
        return before is not file and self.hidden_line.changed

    def _name_file(self, file: BankFile, place: str = "") -> None:
        self.title.setText(file.filename)
        kind = f"{file.encoding} · " if file.encoding else ""
        self.where.setText(f"{place}{kind}SHA-256 {file.sha256[:12]}…")

    def _show_known(self, figure: FigureTile, duplicates: int, tone: Tone = Tone.NEUTRAL) -> None:
        note = self.tr("left as they are") if duplicates else self.tr("none")
        figure.show_figure(self.tr("On file already"), f"{duplicates:,}", note, tone)

    def _show_table(self, table: Table, tinted: int = 0) -> None:
        """Show a table, the column ``tinted`` in the tints of its rows; an empty one gives way to words."""
        headings, weights, right, rows, tints = table
        self.model.set_right(right)
        self.model.set_tinted((tinted,))
        self.model.show_rows(headings, rows, tints)
        self.table.set_weights(weights)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _findings_table(
        self, problems: Iterable[Problem], masked: Callable[[Problem], str], weights: Sequence[int], most: int
    ) -> Table:
        """The worst first, ``most`` of them; each value behind its mask."""
        found = sorted(problems, key=lambda item: (_ORDER[item.severity], item.sheet, item.line))[:most]
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
                masked(item),
                say(item.reason),
            )
            for item in found
        ]
        return headings, weights, (2,), rows, [_TINTS[item.severity] for item in found]

    def _columns_table(self, unknown: str) -> Table:
        """What each column was read as; ``unknown`` says what becomes of one that is no field."""
        rows, tints = self.hidden_line.rows(unknown)
        headings = self.tr("Column"), self.tr("Heading in the file"), self.tr("Read as"), self.tr("Sheet")
        return headings, (8, 34, 42, 16), (), rows, tints

    def _name_tab(self, name: str, count: int, hidden: int = 0) -> str:
        """A table's name with how much is in it."""
        if hidden:
            return self.tr("{name}  {count:,}, {hidden} hidden").format(name=name, count=count, hidden=hidden)
        return f"{name}  {count:,}"


class FileResult(QWidget):
    """What became of a file: a card with its mark, its title and its facts; the rest stands with each."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(margin=20)
        self.card.setMaximumWidth(Width.STEP)
        self.mark = StateMark(Tone.OK, side=22)
        self.title = ElidedLabel(size=Size.HEAD)
        head = QHBoxLayout()
        head.setSpacing(Gap.CARD)
        head.addWidget(self.mark)
        head.addWidget(self.title, 1)
        self.card.body.addLayout(head)
        self.facts = LabelledFacts()
        self.card.body.addWidget(self.facts)


class FileWay(QWidget):
    """Choose, read, look, take over, result: which step is in front, and the long work in a worker."""

    left = Signal()
    choose: ChooseStep
    preview: FilePreview

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._source = Path()
        self._job: Job | None = None
        self.busy = BusyStep()
        self.busy.cancel_wanted.connect(self.cancel)
        self._steps = QStackedLayout(self)

    @property
    def working(self) -> bool:
        """Whether a file is being read or taken over."""
        return self._job is not None

    def step(self) -> QWidget:
        """The step in front."""
        return self._steps.currentWidget()

    def cancel(self) -> None:
        """Ask the worker to stop."""
        if self._job is not None:
            self._job.cancel()

    def _wait(self, title: str, words: str) -> None:
        self.busy.begin(title, words)
        self._steps.setCurrentWidget(self.busy)

    def _wait_for_reading(self) -> None:
        self._wait(
            self.tr("Reading {file}").format(file=self._source.name), self.tr("Every row is read and checked.")
        )

    def _run(
        self, work: Callable[[Job], _T], done: Callable[[_T], None], failed: Callable[[Trouble], None]
    ) -> None:
        self._job = self._place.tasks.run(
            work, owner=self, done=done, failed=failed, progress=self.busy.step, ended=self._ended
        )

    def _ended(self) -> None:
        """Last of all: where it was cancelled, nothing else was called."""
        self._job = None
        if self.step() is self.busy:
            self._stopped()

    @abstractmethod
    def _stopped(self) -> None:
        """Go back to where it began and say that nothing was done."""

    def _choose_again(self, chosen: str, trouble: Trouble) -> None:
        """The file could not be read: what was chosen stands there still, with the reason."""
        self._steps.setCurrentWidget(self.choose)
        self.choose.path.setText(chosen)
        self.choose.say_wrong(trouble.message, password=trouble.message.code in _PASSWORD)

    def _not_taken(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.preview)
        self.preview.next_button.setFocus()
        self._place.troubled(trouble)

    def _write_findings(self, problems: tuple[Problem, ...], sha256: str) -> Path | None:
        """Write the findings, values and all: a line of history, as they are personal data. None: not written."""
        suggested = self.tr("{file} findings.xlsx").format(file=self._source.stem)
        target = ask_save(self, self.tr("Export findings"), suggested, "xlsx (*.xlsx)")
        if target is None:
            return None
        replace = may_replace(target)
        headings = [say(Message(f"intake.heading.{name}")) for name in _HEADINGS]
        with self._place.attempt():
            outgoing.check(target, replace=replace)  # before the history says that it was taken out
            placements.note_export(self._place.seat, sha256)
            placement_report.write_problems(problems, target, say, headings, replace=replace)
            self._place.toast(self.tr("Findings written: {file}").format(file=target.name), Tone.OK)
            return target
        return None
