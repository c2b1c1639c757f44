"""The lead's page: open tasks that somebody must settle by a time, visit reports that wait for a word, payments in
doubt, questions to the banks, mandates that end, how the banks stand, rows of lists that are nobody's."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.people import Act, may
from collector_desk.ui.review.banks import BanksPart
from collector_desk.ui.review.bundle_dialog import BundleDialog
from collector_desk.ui.review.mandates import MandatesPart
from collector_desk.ui.review.nobodys import NobodysPart
from collector_desk.ui.review.questions import QuestionsPart
from collector_desk.ui.review.reports import ReportsPart
from collector_desk.ui.review.settling import SettlePart
from collector_desk.ui.review.tasks import TasksPart
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.visits.report.preview import PdfPreview
from collector_desk.ui.widgets import KeyHint
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace

_Part = TasksPart | ReportsPart | SettlePart | QuestionsPart | MandatesPart | BanksPart | NobodysPart
_REPORTS, _SETTLE, _QUESTIONS, _MANDATES, _BANKS, _NOBODYS = 1, 2, 3, 4, 5, 6
_OF_MONEY = (_SETTLE, _QUESTIONS, _BANKS, _NOBODYS)


class ReviewPage(Page):
    """Seven parts; 1 to 7 change between them."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._stale = False
        self.tasks = TasksPart(place)
        self.reports = ReportsPart(place)
        self.settling = SettlePart(place)
        self.questions = QuestionsPart(place)
        self.mandates = MandatesPart(place)
        self.banks = BanksPart(place)
        self.nobodys = NobodysPart(place)
        self.parts: tuple[_Part, ...] = (
            *(self.tasks, self.reports, self.settling, self.questions),
            *(self.mandates, self.banks, self.nobodys),
        )
        self.preview = PdfPreview(place)
        self.preview.left.connect(self._leave_preview)
        self.stack = QStackedWidget()
        for part in (*self.parts, self.preview):
            self.stack.addWidget(part)
        self.tabs = tuple(QPushButton() for _ in self.parts)
        self.hints = tuple(KeyHint(str(number + 1)) for number in range(len(self.tabs)))
        bar = QHBoxLayout()
        bar.setSpacing(Gap.ROW)
        for number, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.setAutoDefault(False)
            tab.clicked.connect(lambda _, number=number: self.show_part(number))
            bar.addWidget(tab)
            bar.addWidget(self.hints[number])
        bar.addStretch(1)
        self.bundle_button = KeyButton("save")
        self.bundle_button.clicked.connect(self.open_bundle)
        bar.addWidget(self.bundle_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.CARD)
        box.addLayout(bar)
        box.addWidget(self.stack, 1)
        self._exports = may(place.seat.person.roles, Act.EXPORT)
        reviews = may(place.seat.person.roles, Act.REVIEW_VISIT)
        settles = may(place.seat.person.roles, Act.SETTLE_PAYMENT)
        shown = {_REPORTS: reviews, _MANDATES: self._exports, **dict.fromkeys(_OF_MONEY, settles)}
        self._shown = {number for number in range(len(self.tabs)) if shown.get(number, True)}
        for number, tab in enumerate(self.tabs):
            tab.setVisible(number in self._shown)
            self.hints[number].setVisible(number in self._shown)
        for one in self.parts:
            one.acted.connect(place.changed)
            one.counted.connect(self._name_tabs)
        self.reports.print_wanted.connect(self._show_paper)
        bind(self, "branch_1", lambda: self.show_part(0))
        if reviews:
            bind(self, "branch_2", lambda: self.show_part(_REPORTS))
        if settles:
            bind(self, "branch_3", lambda: self.show_part(_SETTLE))
            bind(self, "branch_4", lambda: self.show_part(_QUESTIONS))
            bind(self, "branch_6", lambda: self.show_part(_BANKS))
            bind(self, "branch_7", lambda: self.show_part(_NOBODYS))
            self._load_money()
        if self._exports:
            bind(self, "branch_5", lambda: self.show_part(_MANDATES))
            self.mandates.load()
        bind(self, "save_next", lambda: self._part().main_act())
        bind(self, "refuse", lambda: self._part().second_act())
        bind(self, "release_pause", lambda: self._part().release())
        bind(self, "unmask", lambda: self._part().unmask())
        bind(self, "split", self._split)
        self._leave_key = bind(self, "leave", self._into_list)
        self._print_key = bind(self, "print", self._show_paper)
        self._save_key = bind(self, "save", self._write_out)
        self.retranslate()
        self.show_part(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the digits beside the tabs are the first to go; F1 has them."""
        super().resizeEvent(event)
        for number, hint in enumerate(self.hints):
            hint.setVisible(number in self._shown and self.width() >= Width.TABS)

    def show_part(self, number: int) -> None:
        """Open tasks, reports, payments in doubt, questions to the banks, mandates that end, banks, or rows of
        lists that are nobody's."""
        self.tabs[number].setChecked(True)
        self.stack.setCurrentIndex(number)
        self._preview_open(False)
        self.bundle_button.setVisible(self._exports and number != _QUESTIONS)
        if self.isVisible():
            self._to_list(number)

    def go_to(self, place: str) -> None:
        """Bring one open task, by its id, before the eyes of whoever answers for it."""
        self.show_part(0)
        self.tasks.load()
        self.tasks.choose(place)

    def open_bundle(self) -> None:
        """All accepted reports of a placement, for who may export."""
        if self._exports:
            self.bundle = BundleDialog(self._place, self)
            self.bundle.open()

    def _write_out(self) -> None:
        """What goes to a bank from here: its questions, else the reports."""
        if self._part() is self.questions:
            self.questions.send()
        else:
            self.open_bundle()

    def on_shown(self) -> None:
        """The list has the keys."""
        if self._stale:
            self._stale = False
            self._load()
        self._to_list(self.parts.index(self._part()))

    def _to_list(self, number: int) -> None:
        """The list of a part has the keys; an empty one is not to be seen, its tab is."""
        part = self.parts[number].list
        (part if part.isVisible() else self.tabs[number]).setFocus()

    def on_changes(self, changes: Changes) -> None:
        """Read anew where a debtor or a visit was touched."""
        if not (changes.visits or changes.debtors or changes.everything):
            return
        if self.isVisible():
            self._load()
        else:
            self._stale = True

    def _load(self) -> None:
        self.tasks.load()
        self.reports.load()
        if not self.tabs[_SETTLE].isHidden():
            self._load_money()
        if self._exports:
            self.mandates.load()

    def _load_money(self) -> None:
        for part in (self.settling, self.questions, self.banks, self.nobodys):
            part.load()

    def _into_list(self) -> None:
        self._part().list.setFocus()

    def _part(self) -> _Part:
        return next((part for part, tab in zip(self.parts, self.tabs, strict=True) if tab.isChecked()), self.tasks)

    def _show_paper(self) -> None:
        visit_id = self.reports.visit_id()
        if visit_id and self._part() is self.reports:
            self.stack.setCurrentWidget(self.preview)
            self._preview_open(True)
            self.preview.open(visit_id)

    def _split(self) -> None:
        if self._part() is self.settling:
            self.settling.begin_split()

    def _leave_preview(self) -> None:
        self.show_part(_REPORTS)

    def _preview_open(self, there: bool) -> None:
        """In the preview these keys are its own."""
        self._print_key.setEnabled(not there)
        self._leave_key.setEnabled(not there)
        self._save_key.setEnabled(not there)

    def _name_tabs(self) -> None:
        first = self.tr("Open matters ({count})").format(count=self.tasks.count())
        second = self.tr("Visit reports ({count})").format(count=self.reports.count())
        self.tabs[0].setText(first)
        self.tabs[1].setText(second)
        self.tabs[_SETTLE].setText(self.tr("To settle ({count})").format(count=self.settling.count()))
        self.tabs[_QUESTIONS].setText(self.tr("To ask banks ({count})").format(count=self.questions.count()))
        self.tabs[_BANKS].setText(self.tr("Banks ({count})").format(count=self.banks.count()))
        self.tabs[_NOBODYS].setText(self.tr("Unmatched ({count})").format(count=self.nobodys.count()))
        self.tabs[_MANDATES].setText(self.tr("Mandates ({count})").format(count=self.mandates.count()))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.bundle_button.set_text(self.tr("Reports for the bank…"))
        self._name_tabs()
