"""Mandates that end: which, how many cases, what is worth asking the bank for; and giving back what is over."""

from datetime import timedelta

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.book.money import side_by_side
from collector_desk.domain.changes import Changes
from collector_desk.domain.exports.bank_lists import EndingCase, EndingMandate
from collector_desk.domain.message import Trouble
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.text.typed import parse_day
from collector_desk.domain.vocabulary import BankListKind
from collector_desk.services.book import bank_lists, returning
from collector_desk.services.book.bank_lists import ListSent
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, EmptyState, FormField, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, word

_CHOOSE = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_A_MONTH = timedelta(days=30)
_SHOWN = 4  # lists that went out


class MandatesPart(Page):
    """The placements above, the cases of the chosen one below: those worth asking for are chosen already."""

    acted = Signal(object)
    counted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._mandates: tuple[EndingMandate, ...] = ()
        self._cases: tuple[EndingCase, ...] = ()
        self._working = False
        self._day = place.seat.today()  # until it is read
        self._returns = may(place.seat.person.roles, Act.CLOSE_CASE)
        self.card, self.below = Card("…"), Card("…")
        self.model = RowsModel(self, right=(3, 4, 5, 6))
        self.list = FitTable((20, 14, 12, 8, 12, 8, 18))
        self.list.setModel(self.model)
        self.list.setSelectionMode(FitTable.SelectionMode.SingleSelection)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_cases())
        self.card.body.addWidget(self.list)
        self.case_model = RowsModel(self, right=(2,))
        self.cases = FitTable((12, 10, 14, 22, 12, 14))
        self.cases.setModel(self.case_model)
        self.cases.setSelectionMode(FitTable.SelectionMode.ExtendedSelection)
        self.cases.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.below.body.addWidget(self.cases, 1)
        self.until = QLineEdit()
        self.until.setMaximumWidth(Width.DATE)
        self.until_field = FormField("…", self.until)
        self.until.returnPressed.connect(self.main_act)
        self.said = Text(tint=Tint.DIM, wrap=True)
        self.ask_button, self.back_button = KeyButton("save_next", main=True), KeyButton("refuse")
        self.ask_button.clicked.connect(self.main_act)
        self.back_button.clicked.connect(self.second_act)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ACTS)
        foot.addWidget(self.until_field)
        foot.addWidget(self.said, 1)
        for button in (self.ask_button, self.back_button):
            foot.addWidget(button)
        self.before = Text(tint=Tint.DIM, wrap=True)
        self.below.body.addWidget(self.before)
        self.below.body.addLayout(foot)
        self.empty = EmptyState(icon=icon("ri.calendar-check-line"))
        self.stack = QStackedWidget()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(Margin.NONE)
        column.setSpacing(Gap.CARD)
        column.addWidget(self.card)
        column.addWidget(self.below, 1)
        for each in (inner, self.empty):
            self.stack.addWidget(each)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.stack)
        self.retranslate()

    # --- reading -------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many mandates are told of."""
        return len(self._mandates)

    def load(self) -> None:
        """Read anew; the mandate chosen stays chosen."""
        at = max(self.list.currentIndex().row(), 0)
        self._day = bank_lists.law_day(self._place.seat)
        self._mandates = bank_lists.board(self._place.seat)
        self._show_mandates()
        if self._mandates:
            self.list.selectRow(min(at, len(self._mandates) - 1))
        self.stack.setCurrentIndex(0 if self._mandates else 1)
        self._show_cases()
        self.counted.emit()

    def chosen(self) -> EndingMandate | None:
        """The mandate in question."""
        at = self.list.currentIndex().row()
        return self._mandates[at] if 0 <= at < len(self._mandates) else None

    def picked(self) -> list[EndingCase]:
        """The cases chosen."""
        rows = sorted(index.row() for index in self.cases.selectionModel().selectedRows())
        return [self._cases[row] for row in rows if row < len(self._cases)]

    def _over(self) -> bool:
        mandate = self.chosen()
        return mandate is not None and mandate.over(self._day)

    # --- drawing -------------------------------------------------------------------------------------

    def _show_mandates(self) -> None:
        today = self._day
        headings = (
            self.tr("Placement"),
            self.tr("Bank"),
            self.tr("Last day"),
            self.tr("Days left"),
            self.tr("Open cases"),
            self.tr("Worth asking"),
            self.tr("Open"),
        )
        rows = [
            (
                one.number,
                one.bank,
                one.ends.isoformat(),
                self.tr("over") if one.over(today) else f"{(one.ends - today).days}",
                f"{one.cases:,}",
                f"{one.worth:,}",
                side_by_side(*one.open),
            )
            for one in self._mandates
        ]
        tints = [Tint.DANGER_STRONG if one.over(today) else Tint.WARN_STRONG for one in self._mandates]
        self.model.set_tinted((2, 3))
        self.model.show_rows(headings, rows, tints)
        self.list.fit()

    def _show_cases(self) -> None:
        mandate = self.chosen()
        self._cases = bank_lists.cases_of(self._place.seat, mandate) if mandate is not None else ()
        headings = (
            self.tr("Case"),
            self.tr("Name"),
            self.tr("Balance"),
            self.tr("Why it should stay"),
            self.tr("Asked on"),
            self.tr("The bank says"),
        )
        rows = [
            (
                one.number,
                masked_name(one.name),
                str(one.balance),
                " · ".join(word(reason) for reason in one.worth),
                one.asked,
                self.tr("doesn't stay") if one.refused else "",
            )
            for one in self._cases
        ]
        self.case_model.show_rows(headings, rows)
        self._show_before(mandate)
        if mandate is not None and not self._over():
            self.until.setText((mandate.ends + _A_MONTH).isoformat())
            selection = self.cases.selectionModel()
            for row, one in enumerate(self._cases):
                if one.worth and not one.asked and not one.refused:
                    selection.select(self.case_model.index(row, 0), _CHOOSE)
        self._show_chosen()

    def _show_before(self, mandate: EndingMandate | None) -> None:
        """Which lists of the placement went out."""
        sent = bank_lists.sent(self._place.seat, mandate.placement_id) if mandate is not None else ()
        told = [
            self.tr("{number} {kind}, {count} cases, {day}").format(
                number=one.number,
                kind=word(one.kind),
                count=f"{one.rows:,}",
                day=f"{self._place.seat.local(one.at):%Y-%m-%d}",
            )
            for one in sent[:_SHOWN]
        ]
        self.before.setText(" · ".join(told))
        self.before.setVisible(bool(told))

    def _show_chosen(self) -> None:
        over, picked = self._over(), self.picked()
        self.until_field.set_error("")
        self.until_field.setVisible(not over)
        self.ask_button.setVisible(not over)
        self.back_button.setVisible(over and self._returns)
        self.ask_button.button.setEnabled(bool(picked) and not self._working)
        self.back_button.button.setEnabled(bool(self._cases) and not self._working)
        mandate = self.chosen()
        if mandate is None:
            self.said.setText("")
        elif over:
            told = self.tr("{count} cases go back to the bank: their promises are void, their details are masked.")
            self.said.setText(told.format(count=f"{len(self._cases):,}"))
        else:
            told = self.tr("{count} of {all} cases are chosen; those worth asking for were proposed.")
            self.said.setText(told.format(count=f"{len(picked):,}", all=f"{len(self._cases):,}"))

    # --- acts ----------------------------------------------------------------------------------------

    def main_act(self) -> None:
        """Write the list of what the bank is asked to leave with us."""
        mandate, picked = self.chosen(), self.picked()
        if mandate is None or self._over() or not picked or self._working:
            return
        until = parse_day(self.until.text(), self._place.seat.today())
        if until is None or until <= mandate.ends:
            self.until_field.set_error(self.tr("A day after {day}.").format(day=mandate.ends.isoformat()))
            self.until.setFocus()
            return
        seat, lang, ids = self._place.seat, language(), [one.id for one in picked]
        target = ask_save(
            self, word(BankListKind.EXTENSION), self._name(BankListKind.EXTENSION, mandate), "xlsx (*.xlsx)"
        )
        if target is None:
            return
        replace = may_replace(target)
        self._begin()
        self._place.tasks.run(
            lambda _: bank_lists.ask(seat, mandate, ids, until, target, language=lang, replace=replace),
            owner=self,
            done=self._sent,
            failed=self._failed,
            ended=self._ended,
        )

    def second_act(self) -> None:
        """Give back what is over, with its list."""
        mandate = self.chosen()
        if mandate is None or not self._over() or not self._returns or self._working:
            return
        seat, lang = self._place.seat, language()
        target = ask_save(
            self, word(BankListKind.RETURN), self._name(BankListKind.RETURN, mandate), "xlsx (*.xlsx)"
        )
        if target is None:
            return
        replace = may_replace(target)
        self._begin()
        self._place.tasks.run(
            lambda _: returning.give_back(seat, mandate, target, language=lang, replace=replace),
            owner=self,
            done=self._sent,
            failed=self._failed,
            ended=self._ended,
        )

    def release(self) -> None:
        """Nothing is put off here."""

    def unmask(self) -> None:
        """Names stay behind their masks; the file has them."""

    def _name(self, kind: BankListKind, mandate: EndingMandate) -> str:
        return f"{word(kind)} {mandate.number} {self._place.seat.today():%Y%m%d}.xlsx"

    def _begin(self) -> None:
        self._working = True
        self._show_chosen()

    def _sent(self, sent: ListSent) -> None:
        told = self.tr("{number}: {count} cases written.").format(number=sent.number, count=f"{sent.rows:,}")
        self._place.toast(told, Tone.OK)
        self.acted.emit(sent.changes if isinstance(sent.changes, Changes) else Changes())

    def _failed(self, trouble: Trouble) -> None:
        if not point_at({"until": self.until_field}, trouble):
            self._place.troubled(trouble)

    def _ended(self) -> None:
        self._working = False
        self.load()
        self.list.setFocus()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Mandates that end"))
        self.below.set_title(self.tr("Their cases"))
        self.until_field.set_label(self.tr("Ask until"))
        self.ask_button.set_text(self.tr("List to ask the bank…"))
        self.back_button.set_text(self.tr("Give back…"))
        self.empty.say(
            self.tr("No mandate ends"),
            self.tr(
                "Seven days before its last day a placement stands here, and after it until its cases went back."
            ),
        )
        kept = {one.id for one in self.picked()}
        self._show_mandates()
        self._show_cases()
        if kept:
            self.cases.clearSelection()
            for row, one in enumerate(self._cases):
                if one.id in kept:
                    self.cases.selectionModel().select(self.case_model.index(row, 0), _CHOOSE)
