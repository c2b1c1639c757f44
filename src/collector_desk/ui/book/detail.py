"""A case to read: accounts with how their balance was made up, numbers, addresses, promises, history.

Nobody is on the phone here, but names, numbers and addresses stay behind their masks until one key lifts them; that
is a line of history.
"""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.debts import PromiseFacts, placed_before
from collector_desk.domain.text.masking import masked_address, masked_id, masked_name
from collector_desk.domain.vocabulary import CaseState, NumberStanding, PromiseState
from collector_desk.services.book import cases, closing
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.money import make_up
from collector_desk.ui.book.account_card import AccountCard, hidden_word
from collector_desk.ui.book.case_history import CaseHistoryCard
from collector_desk.ui.book.closing_card import ClosingCard
from collector_desk.ui.book.counts_card import DebtorCountsCard
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, LinkButton, Pill, Text
from collector_desk.ui.widgets.ages import said_age
from collector_desk.ui.widgets.facts import Column, LabelledFacts
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word

_PROMISE_TONES = {
    PromiseState.KEPT: Tone.OK,
    PromiseState.PARTLY: Tone.WARN,
    PromiseState.BROKEN: Tone.DANGER,
    PromiseState.OPEN: Tone.INFO,
    PromiseState.PROPOSED: Tone.WARN,
}


class CaseDetail(QWidget):
    """Shows one debtor with all their cases; changes nothing but the history's line of who looked."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._case: OpenCase | None = None
        self._number = ""
        self._holders: dict[str, str] = {}
        self.unmasked = False
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_head())
        columns = QHBoxLayout()
        columns.setSpacing(Gap.PAGE)
        self.accounts = Column()
        self.account_cards: list[AccountCard] = []
        self.accounts.box.addStretch(1)
        columns.addWidget(self.accounts, 5)
        columns.addWidget(self._make_contact(), 4)
        self.history = CaseHistoryCard(self._place.seat)
        columns.addWidget(self.history, 5)
        box.addLayout(columns, 1)

    def _make_head(self) -> Card:
        card = Card()
        self.name = Text(size=22)
        self.bucket = Pill(mark=False, tone=Tone.WARN)
        self.state = Pill(mark=False, tone=Tone.INFO)
        self.flags = Pill(tone=Tone.DANGER)
        self.balance = Text(size=22)
        self.why = Text(tint=Tint.DIM)
        self.back = LinkButton()
        self.back.clicked.connect(self.left)
        self.unmask_button = QPushButton(icon("ri.eye-line"), "")
        self.unmask_button.clicked.connect(self.unmask)
        self.close_button = QPushButton()
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.open_closing)
        head = QHBoxLayout()
        head.setSpacing(Gap.ROW)
        for part in (self.name, self.bucket, self.state, self.flags):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.balance)
        card.body.addLayout(head)
        second = QHBoxLayout()
        second.addWidget(self.why, 1)
        second.addWidget(self.close_button)
        second.addWidget(self.unmask_button)
        second.addWidget(self.back)
        card.body.addLayout(second)
        self.head_facts = LabelledFacts(columns=4)
        card.body.addWidget(self.head_facts)
        return card

    def _make_contact(self) -> QWidget:
        self.contact = Column()
        self.numbers_card, self.numbers = Card("…"), LabelledFacts()
        self.addresses_card, self.addresses = Card("…"), LabelledFacts()
        self.promises_card, self.promises = Card("…"), QVBoxLayout()
        self.no_promise = Text(tint=Tint.DIM)
        self.numbers_card.body.addWidget(self.numbers)
        self.addresses_card.body.addWidget(self.addresses)
        self.promises_card.body.addWidget(self.no_promise)
        self.promises_card.body.addLayout(self.promises)
        self.counts = DebtorCountsCard(self._place)
        self.counts.saved.connect(self._place.changed)
        self.closing = ClosingCard(self._place)
        self.closing.saved.connect(self._place.changed)
        self.closing.left.connect(self.setFocus)
        self.close_button.setVisible(self.closing.allowed)
        for card in (self.closing, self.numbers_card, self.counts, self.addresses_card, self.promises_card):
            self.contact.box.addWidget(card)
        self.contact.box.addStretch(1)
        return self.contact

    # --- opening -------------------------------------------------------------------------------------

    def open(self, debtor_id: str, number: str) -> bool:
        """Show a debtor, the case ``number`` first; masked. False where they are gone (it is told)."""
        from collector_desk.services.office import people

        with self._place.attempt():
            self._case = cases.open_case(self._place.seat, debtor_id)
            self._holders = {person.id: person.name for person in people.everybody(self._place.seat)}
            self._number = number
            self.unmasked = False
            self._show()
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus()
            return True
        return False

    @property
    def debtor_id(self) -> str:
        """Whose file is shown; empty where none is."""
        return self._case.file.debtor.id if self._case else ""

    def reload(self) -> None:
        """Read the same debtor anew; what was unmasked stays so."""
        if self._case is not None:
            with self._place.attempt():
                self._case = cases.open_case(self._place.seat, self._case.file.debtor.id)
                self._show()

    def unmask(self) -> None:
        """Look behind the masks: one line of history, once a case."""
        if self._case is None or self.unmasked:
            return
        with self._place.attempt():
            cases.unmask(self._place.seat, self._case.file.debtor.id, "unmask")
            self.unmasked = True
            self._show()

    def open_closing(self) -> None:
        """The form in which a lead closes a case, or opens it again."""
        self.closing.open_form(self._number)
        self.contact.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Put the masks back when the case is left."""
        self.unmasked = False
        if self._case is not None:
            self._show()

    # --- drawing -------------------------------------------------------------------------------------

    def _show(self) -> None:
        case = self._case
        if case is None:
            return
        file, lead = case.file, case.file.lead_case
        self.name.setText(file.debtor.name if self.unmasked else masked_name(file.debtor.name))
        self.bucket.set(said_age(lead.days))
        self.state.set(word(file.queue_class))
        self.flags.set(" · ".join(word(flag) for flag in sorted(file.flags)))
        self.flags.setVisible(bool(file.flags))
        self.balance.setText(file.owed)
        self.why.setText(say(file.why, zone=self._zone(), now=self._place.seat.now()))
        self.unmask_button.setEnabled(not self.unmasked)
        holder = self._holders.get(file.debtor.holder_id or "", "")
        id_number = file.debtor.id_number if self.unmasked else masked_id(file.debtor.id_number)
        self.head_facts.show_facts(
            [
                (self.tr("Bank"), file.debtor.bank_name),
                (file.debtor.id_type or self.tr("Identity"), id_number),
                (
                    self.tr("Customer no."),
                    file.debtor.customer_no if self.unmasked else masked_id(file.debtor.customer_no),
                ),
                (
                    self.tr("Held by"),
                    holder
                    or (
                        self.tr("nobody, in the pool")
                        if any(item.state is CaseState.OPEN for item in file.cases)
                        else "—"
                    ),
                ),
                (self.tr("Employer"), hidden_word(file.debtor.employer, unmasked=self.unmasked)),
                (self.tr("Tries so far"), str(file.attempts)),
            ]
        )
        self.bucket.setVisible(bool(file.owing))
        self._show_accounts(case)
        self._show_contact(case)
        self.counts.show_case(case)
        self.closing.show_case(case)
        self.history.show_lines(case.timeline, unmasked=self.unmasked)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._place.seat.zone)

    def _show_accounts(self, case: OpenCase) -> None:
        closed = closing.closed_accounts(self._place.seat, case.file.debtor.id)
        for card in self.account_cards:
            self.accounts.box.removeWidget(card)
            card.deleteLater()
        first = sorted(case.file.cases, key=lambda item: item.number != self._number)
        rows = make_up.of_debtor(self._place.seat, case.file.debtor.id)
        figures = make_up.figures_of_debtor(self._place.seat, case.file.debtor.id)
        self.account_cards = [
            AccountCard(
                item,
                closed.get(item.id),
                rows.get(item.id, ()),
                figures=figures.get(item.id, ()),
                unmasked=self.unmasked,
                before=placed_before(item, case.file.cases),
            )
            for item in first
        ]
        for place, card in enumerate(self.account_cards):
            self.accounts.box.insertWidget(place, card)

    def _show_contact(self, case: OpenCase) -> None:
        numbers = []
        for card in case.numbers:
            phone = card.phone
            label = word(phone.kind)
            if phone.owner_name:
                label += " " + (phone.owner_name if self.unmasked else masked_name(phone.owner_name))
            if phone.relation:
                label += f"（{phone.relation}）"
            state = "" if phone.standing is NumberStanding.UNKNOWN else " · " + word(phone.standing)
            numbers.append((label, (phone.number if self.unmasked else phone.masked) + state))
        self.numbers.show_facts(numbers or [("—", self.tr("The bank gave no number."))])
        self.addresses.show_facts(
            [(word(kind), line if self.unmasked else masked_address(line)) for _, kind, line in case.file.addresses]
            or [("—", self.tr("The bank gave no address."))]
        )
        while self.promises.count():
            item = self.promises.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for promise in reversed(case.file.promises):
            self.promises.addWidget(self._promise(promise))
        self.no_promise.setVisible(not case.file.promises)

    def _promise(self, promise: PromiseFacts) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(Text(f"{promise.due_at.astimezone(self._zone()):%Y-%m-%d %H:%M}", tint=Tint.DIM))
        box.addWidget(Text(str(promise.amount)))
        box.addStretch(1)
        tone = _PROMISE_TONES.get(promise.state, Tone.NEUTRAL)
        box.addWidget(Pill(word(promise.state), tone))
        return row

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setAccessibleName(self.tr("Case"))
        self.back.setText(self.tr("Back to the list  {key}").format(key=native("leave")))
        self.unmask_button.setText(self.tr("Show in full  {key}").format(key=native("unmask")))
        self.close_button.setText(self.tr("Close or reopen  {key}").format(key=native("close_case")))
        self.closing.retranslate()
        self.numbers_card.set_title(self.tr("Numbers"))
        self.addresses_card.set_title(self.tr("Addresses"))
        self.promises_card.set_title(self.tr("Promises"))
        self.history.retranslate()
        self.no_promise.setText(self.tr("Nothing was promised yet."))
        self._show()
