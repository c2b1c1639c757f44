"""What the banks are asked: one list, what nobody has sent first; answered, closed, written out by one key each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble
from collector_desk.domain.money.questions import BankQuestion
from collector_desk.domain.vocabulary import QuestionState
from collector_desk.services.exports import questions as exports
from collector_desk.services.exports.questions import QuestionsSent
from collector_desk.services.money import questions
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, EmptyState, FormField, Text
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.widgets.tables import FitTable, RowsModel
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, say, word


class QuestionsPart(Page):
    """The list, and below it the chosen question in words with what may be done."""

    acted = Signal(object)
    counted = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._rows: tuple[BankQuestion, ...] = ()
        self.card = Card("…")
        self.model = RowsModel(self, right=(4,))
        self.list = FitTable((9, 14, 18, 14, 12, 11, 12, 13))
        self.list.setModel(self.model)
        self.list.setSelectionMode(FitTable.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.card.body.addWidget(self.list, 1)
        self.chosen = Text(wrap=True, size=Size.LABEL)
        self.where = Text(wrap=True, tint=Tint.DIM, size=Size.CAPTION)
        self.words = QLineEdit()
        self.words_field = FormField("…", self.words)
        self.words_field.hide()
        self.words.returnPressed.connect(self._answer)
        self.answer_button = KeyButton("save_next", main=True)
        self.close_button = KeyButton("refuse")
        self.send_button = KeyButton("save")
        self.answer_button.clicked.connect(self.main_act)
        self.close_button.clicked.connect(self.second_act)
        self.send_button.clicked.connect(self.send)
        keys = QHBoxLayout()
        keys.setSpacing(Gap.ACTS)
        for button in (self.answer_button, self.close_button, self.send_button):
            keys.addWidget(button)
        keys.addStretch(1)
        self.card.body.addWidget(self.chosen)
        self.card.body.addWidget(self.where)
        self.card.body.addWidget(self.words_field)
        self.card.body.addLayout(keys)
        self.empty = EmptyState(icon=icon("ri.question-answer-line"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.card)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self.stack)
        self.retranslate()

    def count(self) -> int:
        """How many wait to be sent."""
        return sum(row.state is QuestionState.OPEN for row in self._rows)

    def load(self) -> None:
        """Read anew; the row in whose place one stood is chosen again."""
        at = max(self.list.currentIndex().row(), 0)
        self._rows = questions.waiting(self._place.seat)
        self._show_rows()
        if self._rows:
            self.list.selectRow(min(at, len(self._rows) - 1))
        self.stack.setCurrentWidget(self.card if self._rows else self.empty)
        self._show_chosen()
        self.counted.emit()

    def picked(self) -> tuple[BankQuestion, ...]:
        """The chosen ones, in the order of the list."""
        return tuple(self._rows[row] for row in self.list.chosen_rows())

    # --- acts ----------------------------------------------------------------------------------------

    def main_act(self) -> None:
        """The bank has answered: what, is asked below; Ctrl+Enter there saves it too."""
        if self.words_field.isVisible() and self.words.text().strip():
            self._answer()
        elif self.picked():
            self.words_field.set_error("")
            self.words_field.show()
            self.words.setFocus()

    def second_act(self) -> None:
        """They need no answer any more."""
        rows = self.picked()
        if rows:
            with self._place.attempt():
                done = questions.close(self._place.seat, rows)
                self._done(done, self.tr("{count} questions closed.").format(count=len(rows)))

    def release(self) -> None:
        """Nothing is held up by a question."""

    def unmask(self) -> None:
        """Names stay behind their masks here; the case has them."""

    def send(self) -> None:
        """Write all questions for the chosen one's bank into a file for it, in a worker."""
        rows = self.picked()
        if not rows:
            return
        bank, seat, lang = rows[0].bank, self._place.seat, language()
        named = self.tr("questions")
        suggested = f"{named} {bank} {seat.today():%Y%m%d}.xlsx"
        target = ask_save(self, self.tr("Questions for the bank"), suggested, "xlsx (*.xlsx);;csv (*.csv)")
        if target is None:
            return
        replace = may_replace(target)
        if not target.suffix:  # whoever left the ending out was not asked about the name it makes
            target, replace = target.with_name(f"{target.name}.xlsx"), False
        chosen: Path = target
        self._place.tasks.run(
            lambda _: exports.export(seat, bank, chosen, lang, replace=replace),
            owner=self,
            done=self._sent,
            failed=self._failed,
        )

    def _sent(self, sent: QuestionsSent) -> None:
        said = self.tr("{number}: {count} questions written for {bank}.")
        self._done(Changes(everything=True), said.format(number=sent.number, count=sent.rows, bank=sent.bank))

    def _failed(self, trouble: Trouble) -> None:
        self._place.troubled(trouble)

    def _answer(self) -> None:
        rows = self.picked()
        with self._place.attempt(partial(point_at, {"words": self.words_field})):
            done = questions.answer(self._place.seat, rows, self.words.text())
            self.words.clear()
            self._done(done, self.tr("{count} questions answered.").format(count=len(rows)))

    def _done(self, changes: Changes, said: str) -> None:
        self._place.toast(said, Tone.OK)
        self.acted.emit(changes)
        self.load()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drawing -------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        headings = (
            self.tr("State"),
            self.tr("Bank"),
            self.tr("About"),
            self.tr("Debtor or account"),
            self.tr("Amount"),
            self.tr("Day"),
            self.tr("Case"),
            self.tr("Sent in"),
        )
        rows = [
            (
                word(row.state),
                row.bank,
                word(row.kind),
                row.masked,
                str(row.amount) if row.amount else "—",
                row.day.isoformat() if row.day else "—",
                row.case_number or "—",
                row.sent.export if row.sent else "—",
            )
            for row in self._rows
        ]
        sent = [Tint.DIM if row.state is QuestionState.SENT else None for row in self._rows]
        self.model.show_rows(headings, rows, sent)
        self.list.fit()

    def _show_chosen(self) -> None:
        rows = self.picked()
        self.words_field.hide()
        for button in (self.answer_button, self.close_button, self.send_button):
            button.button.setEnabled(bool(rows))
        if len(rows) == 1:
            (row,) = rows
            self.chosen.setText(say(row.sentence))
            asked = self.tr("asked {day} by {name}").format(
                day=self._place.seat.local(row.asked_at).date().isoformat(), name=row.asked_by
            )
            place = self.tr("{file}, line {line}").format(file=row.filename, line=row.line) if row.filename else ""
            self.where.setText(" · ".join(filter(None, (row.bank, place, asked))))
        else:
            chosen = self.tr("{count} questions are chosen.").format(count=len(rows))
            self.chosen.setText(chosen if rows else "")
            self.where.setText("")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Questions for the banks, what is not sent yet first"))
        self.answer_button.set_text(self.tr("Answered…"))
        self.close_button.set_text(self.tr("No longer asked"))
        self.send_button.set_text(self.tr("Write for the bank…"))
        self.words_field.set_label(self.tr("What the bank answered (Enter saves)"))
        self.empty.say(
            self.tr("Nothing is to be asked"),
            self.tr("What only a bank can say comes here: rows nobody knows, clashes, rows that went missing."),
        )
        chosen = self.list.chosen_rows()
        self._show_rows()
        self.list.choose_too(chosen)
        self._show_chosen()
