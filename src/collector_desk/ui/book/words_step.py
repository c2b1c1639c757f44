"""A bank's list of cases on its way in: what it says of which, and what became of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import masked_account
from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.problems import Problem
from collector_desk.services.intake.case_words import CaseWordsDryRun, CaseWordsReport
from collector_desk.services.intake.case_words_report import SAID, masked_value
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Text, primary
from collector_desk.ui.widgets.filing import FilePreview, FileResult, Table
from collector_desk.ui.widgets.hidden_columns import said_of_hidden
from collector_desk.ui.words import say, word

FIRST_ROWS = 50
_COLUMNS = 1
MOST_FINDINGS = 5000  # a table nobody reads to its end; the workbook has them all


class WordsPreview(FilePreview):
    """Draws a ``CaseWordsDryRun``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: CaseWordsDryRun | None = None
        self._place = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_head(5))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _ in range(3):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        box.addWidget(self._make_body(self.tabs), 1)

    def show_preview(self, seen: CaseWordsDryRun, place: str) -> None:
        """Show what was read; ``place`` says which of several files it is."""
        again = self._read_again(self._seen.file if self._seen else None, seen.file)
        self._seen, self._place = seen, place
        self.tabs.setCurrentIndex(_COLUMNS if again else 0 if self.problems else 2)
        self.retranslate()
        if again:
            self.hidden_line.button.setFocus()
        else:
            self._focus_next()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings, those of the file and those against what is on file."""
        return (*self._seen.file.problems, *self._seen.plan.findings) if self._seen else ()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.leave_button.setText(self.tr("Don't import"))
        self.export_button.setText(self.tr("Export findings…"))
        self.next_button.setText(self.tr("Take the list in"))
        seen = self._seen
        if seen is None:
            return
        self._name_file(seen.file, self._place)
        self.title.setText(self.tr("What the bank says of cases: {file}").format(file=seen.file.filename))
        self._show_figures(seen)
        self.next_button.setEnabled(seen.already is None)
        self.note.setText(say(Message("intake.same_file")) if seen.already else self._what_follows(seen))
        counts = (
            len(self.problems),
            sum(len(sheet.columns) for sheet in seen.file.sheets),
            len(seen.plan.words[:FIRST_ROWS]),
        )
        names = (self.tr("Findings"), self.tr("Columns"), self.tr("Cases"))
        for place, (name, count) in enumerate(zip(names, counts, strict=True)):
            hidden = len(seen.file.hidden) if place == _COLUMNS else 0
            self.tabs.setTabText(place, self._name_tab(name, count, hidden))
        self.export_button.setVisible(bool(self.problems))
        self._show_tab()

    def _what_follows(self, seen: CaseWordsDryRun) -> str:
        if seen.plan.counts.get(BankWord.RECALL):
            return self.tr("It holds at once: promises on recalled cases are void, visits are called off.")
        return self.tr("It holds at once, also for a call under way.")

    def _show_figures(self, seen: CaseWordsDryRun) -> None:
        counts, plan = seen.plan.counts, seen.plan
        recalled, stopped, stays, nobody, rest = self.figures
        for figure, words, note in (
            (recalled, (BankWord.RECALL,), self.tr("back to the bank")),
            (stopped, (BankWord.STOP, BankWord.LIFT), self.tr("{lifted} may go on")),
            (stays, (BankWord.EXTEND, BankWord.NO_EXTENSION), self.tr("{refused} may not")),
        ):
            first, *other = words
            beside = counts.get(other[0], 0) if other else 0
            said = note.format(lifted=f"{beside:,}", refused=f"{beside:,}")
            figure.show_figure(word(first), f"{counts.get(first, 0):,}", said)
        nobody.show_figure(
            self.tr("Unmatched"),
            f"{plan.unmatched:,}",
            self.tr("no case of ours, or several") if plan.unmatched else self.tr("none"),
            Tone.WARN if plan.unmatched else Tone.NEUTRAL,
        )
        aside = seen.file.set_aside + plan.idle
        rest.show_figure(
            self.tr("Without effect"),
            f"{aside:,}",
            self.tr("each with its reason below") if aside else self.tr("none"),
            Tone.WARN if aside else Tone.NEUTRAL,
        )

    def _show_tab(self) -> None:
        seen = self._seen
        if seen is None:
            return
        show = (self._findings, self._columns, self._cases)[max(self.tabs.currentIndex(), 0)]
        at_columns = self.tabs.currentIndex() == _COLUMNS
        self._show_table(show(seen), 2 if at_columns else 0)
        self.hidden_line.show_choice(here=at_columns)
        if not self.model.rowCount():
            self.empty.say(self.tr("Nothing to tell"), self.tr("There is nothing here that you need to look at."))

    def _findings(self, seen: CaseWordsDryRun) -> Table:
        return self._findings_table(
            self.problems, lambda found: masked_value(seen.file, found), (9, 10, 6, 13, 16, 46), MOST_FINDINGS
        )

    def _columns(self, _: CaseWordsDryRun) -> Table:
        return self._columns_table(self.tr("▲ not read"))

    def _cases(self, seen: CaseWordsDryRun) -> Table:
        headings = (
            self.tr("Case"),
            self.tr("Account"),
            self.tr("What the bank says"),
            self.tr("From"),
            self.tr("Stays until"),
            self.tr("Reason"),
        )
        rows = [
            (
                one.account.number,
                masked_account(one.account.account_number),
                word(one.word),
                one.said_on.isoformat(),
                one.ends.isoformat() if one.ends else "",
                one.reason,
            )
            for one in seen.plan.words[:FIRST_ROWS]
        ]
        return headings, (12, 20, 14, 12, 12, 24), (), rows, []


class WordsResult(FileResult):
    """Draws a ``CaseWordsReport``."""

    export_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: CaseWordsReport | None = None
        self._more = 0
        self.note = Text(tint=Tint.DIM, wrap=True)
        self.undo_button = QPushButton()
        self.export_button, self.next_button = QPushButton(), primary(QPushButton())
        for button in (self.undo_button, self.export_button):
            button.setAutoDefault(False)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.next_button.clicked.connect(self.done)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        for button in (self.undo_button, self.export_button, self.next_button):
            foot.addWidget(button)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self)

    def show_report(self, report: CaseWordsReport, more: int) -> None:
        """Show what was done; ``more`` files wait."""
        self._report, self._more = report, more
        self.undo_button.setEnabled(bool(report.words) and report.batch is not None)
        self.note.setText("")
        self.retranslate()
        self.next_button.setFocus()

    def say_undone(self) -> None:
        """The list holds no more."""
        self.undo_button.setEnabled(False)
        self.note.setText(self.tr("Undone: what held before holds again."))
        self.next_button.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.export_button.setText(self.tr("Export findings…"))
        self.undo_button.setText(self.tr("Undo the list"))
        report = self._report
        if report is None:
            return
        self.mark.set_tone(Tone.INFO if report.already else Tone.OK)
        count = sum(report.words.values())
        self.title.setText(
            self.tr("This very file was imported before")
            if report.already
            else self.tr("What the bank says holds for {count} cases").format(count=f"{count:,}")
        )
        self.facts.show_facts(
            [
                (self.tr("File"), report.filename),
                *((word(said), f"{report.words[said]:,}") for said in SAID if report.words.get(said)),
                (self.tr("Without effect"), f"{report.idle:,}"),
                (self.tr("Unmatched"), f"{report.unmatched:,}"),
                (self.tr("Set aside"), f"{report.set_aside:,}"),
                (self.tr("Hidden columns"), said_of_hidden(report.hidden)),
            ]
        )
        self.export_button.setVisible(bool(report.problems))
        self.undo_button.setVisible(not report.already and bool(report.words))
        self.next_button.setText(
            self.tr("Next file ({count} more)").format(count=self._more) if self._more else self.tr("Done")
        )
