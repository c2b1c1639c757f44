"""What no file says of a placement, asked once: bank, ways to pay, complaints, end of the mandate, terms."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from collector_desk.domain.book.debts import CurrentBy, PlacementTerms
from collector_desk.domain.book.interest import read_daily, shown_daily
from collector_desk.domain.calls.said_instead import instead
from collector_desk.domain.calls.script_fields import ScriptField
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.services.calls import script_facts
from collector_desk.services.desk.settings import Agency
from collector_desk.ui.theme import Tint
from collector_desk.ui.theme.gaps import Gap, Width
from collector_desk.ui.widgets import BodyText, Card, FormField, Text, primary
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.words import language, say

_LONGEST = 2000


class TextLines(QPlainTextEdit):
    """A few lines of plain text; Tab goes on to the next field."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    def text(self) -> str:
        """The lines without blank ones and blanks around them."""
        lines = (cleaned(line, _LONGEST) for line in self.toPlainText()[:_LONGEST].splitlines())
        return "\n".join(line for line in lines if line)


class TermsStep(QWidget):
    """Asks for one placement after the other; what is known already stands there."""

    given = Signal(object)  # terms by placement number
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: list[tuple[str, PlacementTerms]] = []
        self._answers: dict[str, PlacementTerms] = {}
        self._at = 0
        self._saving = False
        self._agency, self._told = Agency(), script_facts.OF_FILE
        self.card = Card("…", margin=20)
        self.card.setMaximumWidth(Width.FORM)
        self.words = BodyText()
        self.words.set_tint(Tint.DIM)
        self.bank, self.complaint, self.ends = QLineEdit(), QLineEdit(), QLineEdit()
        self.hotline, self.product, self.daily = QLineEdit(), QLineEdit(), QLineEdit()
        self.tail = QLineEdit()
        self.ways, self.contract = TextLines(92), TextLines(92)
        self.current = PickField()
        self.current_field = FormField("…", self.current)
        self.current.picked.connect(self.current.set_value)
        self.bank_field = FormField("…", self.bank)
        self.complaint_field = FormField("…", self.complaint)
        self.ends_field = FormField("…", self.ends)
        self.hotline_field = FormField("…", self.hotline)
        self.product_field = FormField("…", self.product)
        self.daily_field = FormField("…", self.daily)
        self.tail_field = FormField("…", self.tail)
        self.ways_field = FormField("…", self.ways)
        self.contract_field = FormField("…", self.contract)
        self.bank.setMaxLength(120)
        self.complaint.setMaxLength(60)
        self.ends.setMaxLength(10)
        self.hotline.setMaxLength(60)
        self.product.setMaxLength(40)
        self.daily.setMaxLength(10)
        self.tail.setMaxLength(3)
        for field in (self.bank, self.complaint, self.ends, self.hotline, self.product, self.daily, self.tail):
            field.returnPressed.connect(self.focusNextChild)
        for said in (self.ways, self.complaint, self.hotline, self.product):
            said.textChanged.connect(self._warn)
        self.besides = BodyText()
        self.besides.set_tint(Tint.WARN_STRONG)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Gap.GROUP)
        grid.setVerticalSpacing(Gap.CARD)
        grid.addWidget(self.bank_field, 0, 0, 1, 6)
        grid.addWidget(self.ways_field, 1, 0, 1, 3)
        grid.addWidget(self.contract_field, 1, 3, 1, 3)
        grid.addWidget(self.complaint_field, 2, 0, 1, 3)
        grid.addWidget(self.ends_field, 2, 3, 1, 3)
        grid.addWidget(self.hotline_field, 3, 0, 1, 3)
        grid.addWidget(self.product_field, 3, 3, 1, 3)
        grid.addWidget(self.daily_field, 4, 0, 1, 2)
        grid.addWidget(self.tail_field, 4, 2, 1, 2)
        grid.addWidget(self.current_field, 4, 4, 1, 2)
        self.card.body.addWidget(self.words)
        self.card.body.addLayout(grid)
        self.card.body.addWidget(self.besides)
        self.source = Text(tint=Tint.DIM)
        self.leave_button = QPushButton()
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.left)
        self.next_button = primary(QPushButton())
        self.next_button.clicked.connect(self.go_on)
        foot = QHBoxLayout()
        foot.addWidget(self.source, 1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.next_button)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self, share=8)

    def ask(
        self, terms: Mapping[str, PlacementTerms], agency: Agency, told: frozenset[ScriptField] | None = None
    ) -> None:
        """Ask for these placements, by number; what is known is offered.

        ``told``: what their file tells of that calls say; None: they are on file already.
        """
        self._saving = told is None
        self._agency, self._told = agency, script_facts.OF_FILE if told is None else told
        self._ask = sorted(terms.items())
        self._answers = {}
        self._at = 0
        self._show()

    def _show(self) -> None:
        number, known = self._ask[self._at]
        known = self._answers.get(number, known)
        self.bank.setText(known.bank_name)
        self.ways.setPlainText(known.pay_ways)
        self.complaint.setText(known.complaint_number)
        self.ends.setText(known.mandate_ends.isoformat() if known.mandate_ends else "")
        self.contract.setPlainText(known.contract_terms)
        self.hotline.setText(known.bank_hotline)
        self.product.setText(known.product)
        self.daily.setText(shown_daily(known.daily_ppm))
        self.tail.setText(str(known.tail_days) if known.tail_days else "")
        self.current.set_value(known.current_by)
        self.retranslate()
        (self.ways if known.bank_name else self.bank).setFocus()

    def _warn(self) -> None:
        """None is needed to import; but what a call says instead is told now, not found out in the call."""
        given = PlacementTerms(
            "",
            self.ways.text(),
            self.complaint.text(),
            bank_hotline=self.hotline.text(),
            product=self.product.text(),
        )
        lacks = script_facts.lacking(self._agency, given, self._told)
        beside = {
            ScriptField.PAY_WAYS: self.ways_field,
            ScriptField.COMPLAINT_NUMBER: self.complaint_field,
            ScriptField.BANK_HOTLINE: self.hotline_field,
            ScriptField.PRODUCT: self.product_field,
        }
        said = self.tr("Empty: a call says “{words}” instead.")
        for field, shown in beside.items():
            shown.set_warning(said.format(words=instead(field, language())) if field in lacks else "")
        others = [script_facts.said_instead(field, language()) for field in lacks if field not in beside]
        self.besides.setText("\n".join(map(say, others)))
        self.besides.setVisible(bool(others))

    def go_on(self) -> None:
        """Take the answers, ask for the next placement or hand everything over."""
        bank, ends = cleaned(self.bank.text(), 120), self.ends.text().strip()
        self.bank_field.set_error("" if bank else self.tr("Enter the name of the bank."))
        last: date | None = None
        try:
            last = date.fromisoformat(ends) if ends else None
            self.ends_field.set_error("")
        except ValueError:
            self.ends_field.set_error(self.tr("Write the day as 2026-12-31."))
        daily = read_daily(self.daily.text())
        self.daily_field.set_error("" if daily is not None else self.tr("Write it as 0.05, in percent; 1 at most."))
        tail = self.tail.text().strip()
        self.tail_field.set_error("" if tail.isdecimal() or not tail else self.tr("Write a number of days, as 7."))
        for field in (self.bank_field, self.ends_field, self.daily_field, self.tail_field):
            if field.error():
                field.field.setFocus()
                return
        terms = PlacementTerms(
            bank,
            self.ways.text(),
            cleaned(self.complaint.text(), 60),
            last,
            self.contract.text(),
            cleaned(self.hotline.text(), 60),
            cleaned(self.product.text(), 40),
            daily_ppm=daily or 0,
            tail_days=int(tail or 0),
            current_by=CurrentBy(str(self.current.value or "")),
        )
        self._answers[self._ask[self._at][0]] = terms
        if self._at + 1 < len(self._ask):
            self._at += 1
            self._show()
        else:
            self.given.emit(dict(self._answers))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the card itself goes on too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text anew."""
        number = self._ask[self._at][0] if self._ask else ""
        self.card.set_title(self.tr("Terms of placement {number}").format(number=number))
        self.words.setText(
            self.tr("No file says this. It is asked once, said on the phone and printed in letters.")
        )
        self.bank_field.set_label(self.tr("Bank"))
        self.ways_field.set_label(self.tr("Official ways to pay, one a line"), self.tr("The bank's own only."))
        self.contract_field.set_label(
            self.tr("Contract terms"), self.tr("Interest and penalty as agreed; empty where you don't know.")
        )
        self.complaint_field.set_label(self.tr("The bank's number for complaints"))
        self.hotline_field.set_label(
            self.tr("The bank's number to check us by"), self.tr("Its official service line.")
        )
        self.product_field.set_label(
            self.tr("What is owed on"), self.tr("As credit card or consumer loan; a file that names it goes first.")
        )
        self.tail_field.set_label(
            self.tr("Days after a return"), self.tr("So long payments on a case given back still count for us.")
        )
        self.daily_field.set_label(
            self.tr("Interest a day, in %"), self.tr("As 0.05; it explains a payment above what was owed.")
        )
        self.ends_field.set_label(self.tr("Last day of the mandate"), self.tr("As 2026-12-31; empty where open."))
        self.current_field.set_label(self.tr("Current again once paid is"))
        self.current.set_choices(
            [
                Choice(CurrentBy.WHOLE, self.tr("everything"), "e"),
                Choice(CurrentBy.OVERDUE, self.tr("the overdue part"), "o"),
                Choice(CurrentBy.MINIMUM, self.tr("the minimum"), "m"),
            ]
        )
        self._warn()
        self.leave_button.setText(self.tr("Back"))
        more = self._at + 1 < len(self._ask)
        last = self.tr("Save") if self._saving else self.tr("Import")
        self.next_button.setText(self.tr("Next placement") if more else last)
        known = self._ask[self._at][1] if self._ask else None
        offered = known is not None and bool(known.pay_ways or known.complaint_number or known.contract_terms)
        self.source.setText(
            self.tr("Offered as entered for this bank's last placement.") if offered and not self._saving else ""
        )
