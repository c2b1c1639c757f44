"""Visit reports that wait for the lead: report, checks and plan side by side; accept, or send back with marks."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from collector_desk.domain.visits.due import VisitTurn
from collector_desk.domain.visits.form import SECTIONS, answered_by
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.services.visits import visiting
from collector_desk.ui.review.list_part import Detail, ListPart
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.visits.detail import VisitHead
from collector_desk.ui.visits.evidence.evidence_card import EvidenceCard
from collector_desk.ui.visits.facts import FindingLines, HistoryCard, PlanCard, ReportView, RequestCard
from collector_desk.ui.visits.labels import field_labels
from collector_desk.ui.visits.list.visit_list import VisitModel
from collector_desk.ui.visits.report.sign_card import SignCard
from collector_desk.ui.widgets import Card, FormField, LinkButton, Text
from collector_desk.ui.widgets.facts import column
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton, LongField, QuietCombo
from collector_desk.ui.window.workplace import Workplace


class JudgeCard(Card):
    """The lead's word: marks on fields, a reason, accept or send back."""

    acted = Signal(object)

    def __init__(self, place: Workplace, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        assert visit.report is not None  # noqa: S101 -- only what was reported is reviewed
        assert visit.plan is not None  # noqa: S101
        self._place, self._visit = place, visit
        self.set_title(self.tr("Your decision on it"))
        self.marks: dict[str, str] = {}
        labels, fields = field_labels(), answered_by(visit.report, visit.plan, visiting.rules(place.seat))
        self._labels = labels
        self.which = QuietCombo()
        for _, names in SECTIONS:
            for name in names:
                if name in fields:
                    self.which.addItem(labels[name], name)
        self.mark_words = QLineEdit()
        self.mark_words.setPlaceholderText(self.tr("What is to be looked at again"))
        self.mark_words.setAccessibleName(self.tr("What is to be looked at again"))
        self.mark_words.returnPressed.connect(self.add_mark)
        self.mark_button = QPushButton(self.tr("Mark the field"))
        self.mark_button.setAutoDefault(False)
        self.mark_button.clicked.connect(self.add_mark)
        self._marked = QVBoxLayout()
        self._marked.setSpacing(Gap.THIN)
        self.words = LongField(lines=3)
        self.field = FormField(self.tr("In your own words"), self.words)
        self.accept_button = KeyButton("save_next", main=True)
        self.accept_button.set_text(self.tr("Accept"))
        self.accept_button.clicked.connect(self.accept)
        self.back_button = KeyButton("refuse")
        self.back_button.set_text(self.tr("Send back"))
        self.back_button.clicked.connect(self.send_back)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Gap.ROW)
        grid.addWidget(
            Text(self.tr("Marks on fields, for sending back"), size=Size.CAPTION, tint=Tint.DIM), 0, 0, 1, 3
        )
        grid.addWidget(self.which, 1, 0)
        grid.addWidget(self.mark_button, 1, 1)
        grid.addWidget(self.mark_words, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.body.addWidget(self.field)
        self.body.addLayout(grid)
        self.body.addLayout(self._marked)
        row = QHBoxLayout()
        row.setSpacing(Gap.ACTS)
        row.addWidget(self.accept_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def typed(self) -> bool:
        """Whether somebody has begun to answer."""
        return bool(self.marks or self.words.toPlainText() or self.mark_words.text())

    def kept(self) -> tuple[str, str, dict[str, str]]:
        """What was typed so far: words, an unfinished mark, the marks."""
        return self.words.toPlainText(), self.mark_words.text(), dict(self.marks)

    def restore(self, kept: tuple[str, str, dict[str, str]]) -> None:
        """Put it back."""
        words, mark, self.marks = kept
        self.words.setPlainText(words)
        self.mark_words.setText(mark)
        self._show_marks()

    def add_mark(self) -> None:
        """Mark the chosen field with the words beside it."""
        words = self.mark_words.text().strip()
        if not words:
            self.mark_words.setFocus()
            return
        self.marks[str(self.which.currentData())] = words
        self.mark_words.clear()
        self._show_marks()

    def accept(self) -> None:
        """Accept the report: it goes to the file."""
        self._say(accepted=True)

    def send_back(self) -> None:
        """Send it back with the marks; a mark typed but not yet added goes along."""
        if self.mark_words.text().strip():
            self.add_mark()
        self._say(accepted=False)

    def _say(self, *, accepted: bool) -> None:
        self.field.set_error("")
        with self._place.attempt(partial(point_at, {"words": self.field, "step": self.field})):
            changes = visiting.review(
                self._place.seat,
                self._visit.visit_id,
                accepted=accepted,
                words=self.words.toPlainText(),
                marks=() if accepted else tuple(self.marks.items()),
            )
            said = self.tr("Accepted and filed.") if accepted else self.tr("Sent back to the pair.")
            self._place.toast(said, Tone.OK)
            self.acted.emit(changes)

    def _show_marks(self) -> None:
        while self._marked.count():
            item = self._marked.takeAt(0)
            line = item.widget() if item is not None else None
            if line is not None:
                line.deleteLater()
        for name, words in self.marks.items():
            shown = QWidget()
            row = QHBoxLayout(shown)
            row.setContentsMargins(Margin.NONE)
            row.addWidget(Text(f"✎ {self._labels[name]}: {words}", wrap=True), 1)
            away = LinkButton()
            away.setText(self.tr("Take away"))
            away.clicked.connect(partial(self._unmark, name))
            row.addWidget(away)
            self._marked.addWidget(shown)

    def _unmark(self, name: str, _checked: bool = False) -> None:
        self.marks.pop(name, None)
        self._show_marks()


class ReportDetail(Detail):
    """One report with all that belongs to it."""

    print_wanted = Signal()

    def __init__(self, place: Workplace, visit: Visit, row: VisitRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert visit.report is not None  # noqa: S101 -- only what was reported is reviewed
        assert visit.plan is not None  # noqa: S101
        self.visit, self.row = visit, row
        self.head = VisitHead(place.seat, visit, row)
        self.head.print_wanted.connect(self.print_wanted)
        self.judge = JudgeCard(place, visit)
        self.judge.acted.connect(self.acted)
        left, right = QScrollArea(), QScrollArea()
        main, side = column(left), column(right)
        checks = Card(self.tr("Rule checks"))
        checks.body.addWidget(FindingLines(place.seat, visiting.findings(place.seat, visit, visit.report)))
        main.addWidget(checks)
        main.addWidget(ReportView(place.seat, visit.report, visit.plan))
        main.addWidget(EvidenceCard(place, visit.visit_id, editable=False))
        main.addStretch(1)
        for card in (self.judge, SignCard(place, visit), PlanCard(place.seat, visit.plan)):
            side.addWidget(card)
        side.addWidget(RequestCard(place.seat, visit))
        side.addWidget(HistoryCard(place.seat, visit))
        side.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.ROW)
        columns.addWidget(left, 12)
        columns.addWidget(right, 11)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        box.addWidget(self.head)
        box.addLayout(columns, 1)

    def first_field(self) -> QWidget:
        """The lead's word."""
        return self.judge.words

    def main_act(self) -> None:
        """Accept."""
        self.judge.accept()

    def second_act(self) -> None:
        """Send back."""
        self.judge.send_back()

    def unmask(self) -> None:
        """Show the name."""
        self.head.unmask()

    def kept(self) -> tuple[str, str, dict[str, str]] | None:
        """What was typed of the answer."""
        return self.judge.kept() if self.judge.typed() else None

    def restore(self, kept: tuple[str, str, dict[str, str]]) -> None:
        """Put it back."""
        self.judge.restore(kept)


class ReportsPart(ListPart):
    """The reports signed by both, oldest first."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        self.model = VisitModel(place.seat)
        super().__init__(place, self.model, "ri.file-text-line", parent)
        self.model.setParent(self)

    def visit_id(self) -> str:
        """The visit shown; empty where none is."""
        return self.detail.visit.visit_id if isinstance(self.detail, ReportDetail) else ""

    def read(self) -> None:
        """Those that everybody has signed."""
        rows = visiting.rows(self._place.seat, open_only=True)
        waiting = [
            row for row in rows if row.state is VisitState.REPORTED and row.turn.waits is VisitTurn.LEAD_REVIEWS
        ]
        self.model.set_rows(tuple(sorted(waiting, key=lambda row: row.changed_at)))

    def row_id(self, row: VisitRow) -> str:
        """The visit's."""
        return row.visit_id

    def make_detail(self, row: VisitRow) -> Detail | None:
        """The report with all that belongs to it."""
        with self._place.attempt():
            visit = visiting.load(self._place.seat, row.visit_id)
            made = ReportDetail(self._place, visit, row)
            made.print_wanted.connect(self.print_wanted)
            return made
        return None

    def words(self) -> tuple[str, str, str]:
        """Title, and what an empty list says."""
        return (
            self.tr("Waiting for review"),
            self.tr("No report waits for you"),
            self.tr("A report comes here once both visitors have signed it."),
        )
