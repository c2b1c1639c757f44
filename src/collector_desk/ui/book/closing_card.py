"""A small form in which a lead closes a case on the bank's written word, opens one again, or writes down a stop.

What follows is said before it is done: the first Enter asks, the second does it.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from collector_desk.domain.book.closing import Ending, require_day, require_document, require_reason
from collector_desk.domain.book.debts import CaseFacts
from collector_desk.domain.book.money import Money
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.typed import parse_day
from collector_desk.domain.vocabulary import BankWord, CaseState
from collector_desk.services.book import bank_words, closing
from collector_desk.services.book.cases import OpenCase
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import Card, FormField, Text, primary
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language, word


class ClosingCard(Card):
    """Hidden until its key opens it; Esc leaves it, nothing written."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__("…")
        self._place = place
        self._case: OpenCase | None = None
        self._sure = False
        self.allowed = may(place.seat.person.roles, Act.CLOSE_CASE)
        self.account, self.ending = PickField(), PickField()
        self.document, self.day, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.ends = QLineEdit()
        self._fields = {
            "account": FormField("…", self.account),
            "ending": FormField("…", self.ending),
            "ends": FormField("…", self.ends),
            "document": FormField("…", self.document),
            "day": FormField("…", self.day),
            "reason": FormField("…", self.reason),
        }
        for names in (("account",), ("ending", "ends"), ("document", "day", "reason")):
            row = QHBoxLayout()
            row.setSpacing(Gap.ROW)
            for name in names:
                row.addWidget(self._fields[name], 1 if name == "day" else 2)
            self.body.addLayout(row)
        self.account.picked.connect(self._pick_account)
        self.ending.picked.connect(self._pick_ending)
        for line in (self.document, self.day, self.reason, self.ends):
            line.textEdited.connect(self._doubt)
            line.returnPressed.connect(self.save)
        self.follows = Text(tint=Tint.WARN_STRONG, wrap=True)
        self.body.addWidget(self.follows)
        self.save_button, self.leave_button = primary(QPushButton()), QPushButton()
        self.save_button.setAutoDefault(True)
        self.leave_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.close_form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)
        self.hide()

    # --- opening and leaving -------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return not self.isHidden()

    def show_case(self, case: OpenCase) -> None:
        """Be about this debtor; another one closes the form."""
        if self._case is None or self._case.file.debtor.id != case.file.debtor.id:
            self.hide()
        self._case = case

    def open_form(self, number: str) -> None:
        """Begin with the account of that case number; how it ended is never presumed."""
        case = self._case
        if not self.allowed or case is None or self.editing:
            return
        for line in (self.document, self.reason, self.ends):
            line.clear()
        self.day.setText(self._place.seat.today().isoformat())
        accounts = case.file.cases
        chosen = next((item for item in accounts if item.number == number), case.file.lead_case)
        self._offer_accounts(chosen.id)
        self._pick_account(chosen.id)
        self.show()
        (self.account if len(accounts) > 1 else self.ending).setFocus()

    def close_form(self) -> None:
        """Leave without writing anything."""
        self.hide()
        self.left.emit()

    # --- filling in ----------------------------------------------------------------------------------

    def _offer_accounts(self, chosen: str) -> None:
        accounts = self._case.file.cases if self._case else ()
        self.account.set_choices(
            [Choice(item.id, f"{item.number} · {item.balance}", str(n)) for n, item in enumerate(accounts[:9], 1)]
        )
        self.account.set_value(chosen)

    def _chosen(self) -> CaseFacts | None:
        accounts = self._case.file.cases if self._case else ()
        return next((item for item in accounts if item.id == self.account.value), None)

    def _pick_account(self, value: object) -> None:
        self.account.set_value(value)
        account = self._chosen()
        is_open = account is None or account.state is CaseState.OPEN
        endings: tuple[Ending | BankWord, ...] = (Ending.REOPENED,)
        if is_open:
            stopped = account is not None and account.stopped_on is not None
            word_now = BankWord.LIFT if stopped else BankWord.STOP
            endings = (Ending.SETTLED, Ending.RECALLED, BankWord.EXTEND, word_now)
        self.ending.set_choices([Choice(item, word(item), str(n)) for n, item in enumerate(endings, 1)])
        self._pick_ending(None if is_open else Ending.REOPENED)

    def _pick_ending(self, value: object) -> None:
        self.ending.set_value(value)
        again = value is Ending.REOPENED
        for name in ("document", "day"):
            self._fields[name].setVisible(not again)
        self._fields["reason"].setVisible(again)
        self._fields["ends"].setVisible(value is BankWord.EXTEND)
        self._doubt()

    def _doubt(self) -> None:
        """Something else was filled in: what was asked before says nothing of it."""
        self._sure = False
        for field in self._fields.values():
            field.set_error("")
        self._show_question()

    # --- doing it ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask first, then do it; what is wrong is said at its field."""
        account = self._chosen()
        if account is None:
            return
        with self._place.attempt(self._refused):
            ending = self._checked()
            if not self._sure:
                self._sure = True
                self._show_question()
                self.save_button.setFocus()
                return
            changes = self._do(account, ending)
            self.hide()
            told = self.tr("Case {number}: {ending}").format(number=account.number, ending=word(ending))
            self._place.toast(told, Tone.OK)
            self.saved.emit(changes)
            self.left.emit()

    def _refused(self, trouble: Trouble) -> bool:
        if isinstance(trouble, Refused):
            self._doubt()
        return point_at(self._fields, trouble, "ending")

    def _checked(self) -> Ending | BankWord:
        """How it ended. Raises Refused at the field where something is missing, before anything is asked."""
        ending = self.ending.value
        if not isinstance(ending, Ending | BankWord):
            raise Refused("book.closing.no_ending", "ending")
        if ending is Ending.REOPENED:
            require_reason(self.reason.text())
        else:
            require_document(self.document.text())
            today = self._place.seat.today()
            require_day(parse_day(self.day.text(), today, past=True), today)
            self._until()
        return ending

    def _do(self, account: CaseFacts, ending: Ending | BankWord) -> Changes:
        seat = self._place.seat
        if isinstance(ending, BankWord):
            return bank_words.say(
                seat,
                account.id,
                ending,
                document=self.document.text(),
                written_on=parse_day(self.day.text(), seat.today(), past=True),
                ends=self._until(),
            )
        if ending is Ending.REOPENED:
            return closing.reopen(seat, account.id, reason=self.reason.text())
        return closing.close(
            seat,
            account.id,
            ending,
            document=self.document.text(),
            written_on=parse_day(self.day.text(), seat.today(), past=True),
            language=language(),
        )

    def _until(self) -> date | None:
        """Until when the case stays, where that is asked."""
        if self.ending.value is not BankWord.EXTEND:
            return None
        found = parse_day(self.ends.text(), self._place.seat.today())
        if found is None:
            raise Refused("book.words.no_end", "ends")
        return found

    def _show_question(self) -> None:
        account, ending = self._chosen(), self.ending.value
        self.follows.setVisible(self._sure)
        self.save_button.setText(self.tr("Go on (Enter)"))
        if not self._sure or account is None or not isinstance(ending, Ending | BankWord):
            return
        self.save_button.setText(self.tr("Yes: {ending} (Enter)").format(ending=word(ending)))
        others = self._case is not None and any(item.id != account.id for item in self._case.file.owing)
        if isinstance(ending, BankWord):
            told = self._said_of(account, ending)
        elif ending is Ending.REOPENED:
            told = self.tr("It can be collected again. The promise and the visit stay as they are now.")
        elif ending is Ending.SETTLED:
            told = self.tr("{number}: {amount} becomes {nothing}; its promise is void.").format(
                number=account.number, amount=account.balance, nothing=Money(0, account.balance.currency)
            )
        else:
            told = self.tr("{number} goes back to the bank; its promise is void.").format(number=account.number)
        if ending in (Ending.SETTLED, Ending.RECALLED):
            told += " " + (
                self.tr("The debtor owes something else, which is still collected.")
                if others
                else self.tr("Nobody is called any more and no visit is made; calls of theirs may be answered.")
            )
        self.follows.setText(told)

    def _said_of(self, account: CaseFacts, said: BankWord) -> str:
        if said is BankWord.EXTEND:
            return self.tr("{number} stays with us until {day}.").format(
                number=account.number, day=self.ends.text().strip()
            )
        if said is BankWord.STOP:
            return self.tr("Nobody collects on {number} until the bank lifts it.").format(number=account.number)
        return self.tr("{number} may be worked again.").format(number=account.number)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("Close the case, or open it again"))
        for name, text in (
            ("account", self.tr("Account")),
            ("ending", self.tr("What the bank says")),
            ("document", self.tr("The bank's document: name or number")),
            ("day", self.tr("Its day")),
            ("ends", self.tr("Until (last day)")),
            ("reason", self.tr("Why it was closed by mistake")),
        ):
            self._fields[name].set_label(text)
        self.ending.placeholder = self.tr("Choose")
        self.leave_button.setText(self.tr("Leave (Esc)"))
        if self._case is not None and self.editing:
            value = self.ending.value
            self._pick_account(self.account.value)
            self._pick_ending(value)
        self._show_question()
