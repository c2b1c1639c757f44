"""A case to read: accounts with how their balance was made up, numbers, addresses, promises, history.

Nobody is on the phone here, but names, numbers and addresses stay behind their masks until one key lifts them; that
is a line of history.
"""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.book.ageing import bucket_of
from collector_desk.domain.book.debts import CaseFacts, PromiseFacts, TimelineEntry
from collector_desk.domain.book.money import Money
from collector_desk.domain.text.masking import masked_account, masked_address, masked_id, masked_name, masked_text
from collector_desk.domain.vocabulary import CaseState, NumberStanding, PromiseState
from collector_desk.services.book import cases, closing
from collector_desk.services.book.cases import OpenCase
from collector_desk.services.book.closing import Closed
from collector_desk.ui.book.closing_card import ClosingCard
from collector_desk.ui.book.counts_card import DebtorCountsCard
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import Card, LinkButton, Pill, Text
from collector_desk.ui.widgets.facts import Column, LabelledFacts
from collector_desk.ui.widgets.tables import RowsModel, WrapTable
from collector_desk.ui.window.keys import native
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word

_PROMISE_TONES = {
    PromiseState.KEPT: Tone.OK,
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
        self._closed: dict[str, Closed] = {}
        self.unmasked = False
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.PAGE)
        box.addWidget(self._make_head())
        columns = QHBoxLayout()
        columns.setSpacing(Gap.PAGE)
        self.accounts = Column()
        self.account_cards: list[Card] = []
        self.accounts.box.addStretch(1)
        columns.addWidget(self.accounts, 5)
        columns.addWidget(self._make_contact(), 4)
        columns.addWidget(self._make_history(), 5)
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

    def _make_history(self) -> Card:
        self.history_card = Card("…")
        self.history_model = RowsModel(self)
        self.history = WrapTable((22, 62, 16))
        self.history.setModel(self.history_model)
        self.history.horizontalHeader().hide()
        self.history.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.no_history = Text(tint=Tint.DIM, wrap=True)
        self.history_card.body.addWidget(self.no_history)
        self.history_card.body.addWidget(self.history, 100)
        self.history_card.body.addStretch(1)
        return self.history_card

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
        return self._case.file.id if self._case else ""

    def reload(self) -> None:
        """Read the same debtor anew; what was unmasked stays so."""
        if self._case is not None:
            with self._place.attempt():
                self._case = cases.open_case(self._place.seat, self._case.file.id)
                self._show()

    def unmask(self) -> None:
        """Look behind the masks: one line of history, once a case."""
        if self._case is None or self.unmasked:
            return
        with self._place.attempt():
            cases.unmask(self._place.seat, self._case.file.id, "unmask")
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
        self.name.setText(file.name if self.unmasked else masked_name(file.name))
        self.bucket.set(self.tr("{bucket} · {days} days").format(bucket=bucket_of(lead.days), days=lead.days))
        self.state.set(word(file.queue_class))
        self.flags.set(" · ".join(word(flag) for flag in sorted(file.flags)))
        self.flags.setVisible(bool(file.flags))
        self.balance.setText(str(file.balance))
        self.why.setText(say(file.why, zone=self._zone(), now=self._place.seat.now()))
        self.unmask_button.setEnabled(not self.unmasked)
        holder = self._holders.get(file.holder_id or "", "")
        id_number = file.id_number if self.unmasked else masked_id(file.id_number)
        self.head_facts.show_facts(
            [
                (self.tr("Bank"), file.bank_name),
                (file.id_type or self.tr("Identity"), id_number),
                (self.tr("Customer no."), file.customer_no if self.unmasked else masked_id(file.customer_no)),
                (
                    self.tr("Held by"),
                    holder
                    or (
                        self.tr("nobody, in the pool")
                        if any(item.state is CaseState.OPEN for item in file.cases)
                        else "—"
                    ),
                ),
                (self.tr("Employer"), self._hidden(file.employer)),
                (self.tr("Tries so far"), str(file.attempts)),
            ]
        )
        self.bucket.setVisible(bool(file.owing))
        self._show_accounts(case)
        self._show_contact(case)
        self.counts.show_case(case)
        self.closing.show_case(case)
        self._show_history(case.timeline)

    def _hidden(self, text: str) -> str:
        return text if self.unmasked or not text else text[:1] + "**"

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._place.seat.zone)

    def _show_accounts(self, case: OpenCase) -> None:
        self._closed = closing.closed_accounts(self._place.seat, case.file.id)
        for card in self.account_cards:
            self.accounts.box.removeWidget(card)
            card.deleteLater()
        first = sorted(case.file.cases, key=lambda item: (item.number != self._number, item.number))
        self.account_cards = [self._account(item) for item in first]
        for place, card in enumerate(self.account_cards):
            self.accounts.box.insertWidget(place, card)

    def _account(self, item: CaseFacts) -> Card:
        card = Card(self.tr("Case {number}").format(number=item.number))
        card.corner.addWidget(
            Pill(word(item.state), Tone.INFO if item.state is CaseState.OPEN else Tone.NEUTRAL, mark=False)
        )
        amount = Text(str(item.balance), size=Size.SPOKEN)
        closed = self._closed.get(item.id)
        if closed is not None:
            told = self.tr("by the bank's document of {day}")
        elif item.balance == item.placed:
            told = self.tr("the bank's figure of {day}")
        else:
            told = self.tr("worked out from the bank's figure of {day}")
        day = closed.written_on if closed is not None else item.balance_as_of
        as_of = Text(told.format(day=day.isoformat()), tint=Tint.DIM)
        line = QHBoxLayout()
        line.addWidget(amount)
        line.addWidget(as_of)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(Text(self._made_up(item), tint=Tint.DIM, wrap=True))
        facts = LabelledFacts()
        facts.show_facts([*self._figures(item), *self._placed(item)])
        card.body.addWidget(facts)
        return card

    def _made_up(self, item: CaseFacts) -> str:
        """How the balance came about: the bank's parts, and what was paid or added since."""
        named = (
            (self.tr("principal"), item.principal),
            (self.tr("interest"), item.interest),
            (self.tr("penalty"), item.penalty),
        )
        parts = [(name, amount) for name, amount in named if amount is not None]
        fees = dict(item.extras).get("fees", "")
        told = [f"{name} {amount}" for name, amount in parts]
        if fees:
            told.append(self.tr("fees {amount}").format(amount=fees))
        if not told:
            return self.tr("The bank gives no parts: {amount} was placed.").format(amount=item.placed)
        text = self.tr("Made up of {parts}.").format(parts=" + ".join(told))
        total = Money(sum(amount.minor for _, amount in parts), item.placed.currency)
        if not fees and total != item.placed:
            text += " " + self.tr("They add up to {total}; the bank's own figure, {placed}, counts.").format(
                total=total, placed=item.placed
            )
        return f"{text} {self._since(item)}".strip()

    def _since(self, item: CaseFacts) -> str:
        """What became of the placed amount since."""
        change = item.placed.minor - item.balance.minor
        if change > 0:
            paid = Money(change, item.placed.currency)
            return self.tr("Placed {placed}, less {change} since.").format(placed=item.placed, change=paid)
        if change < 0:
            more = Money(-change, item.placed.currency)
            return self.tr("Placed {placed}, {change} more since.").format(placed=item.placed, change=more)
        return ""

    def _figures(self, item: CaseFacts) -> list[tuple[str, str]]:
        days = self.tr("{days} today").format(days=item.days)
        if item.bank_days is not None and item.bank_days != item.days:
            days = self.tr("{days} today: the bank said {then} on {day}, counted on").format(
                days=item.days, then=item.bank_days, day=item.balance_as_of.isoformat()
            )
        paid = ""
        if item.last_paid_on:
            paid = f"{item.last_paid_on} {item.last_paid or ''}".strip()
        return [
            (self.tr("Days past due"), days),
            (self.tr("Due date"), item.due_on.isoformat() if item.due_on else ""),
            (self.tr("Minimum payment"), str(item.minimum) if item.minimum else ""),
            (self.tr("Credit limit"), str(item.limit) if item.limit else ""),
            (self.tr("Last payment"), paid),
            (self.tr("Overdue before"), "" if item.previous_overdue is None else str(item.previous_overdue)),
        ]

    def _placed(self, item: CaseFacts) -> list[tuple[str, str]]:
        terms = item.terms
        account = item.account_number if self.unmasked else masked_account(item.account_number)
        extras = [(name, self._hidden(value)) for name, value in item.extras if name != "fees"]
        return [
            (self.tr("Account"), account),
            (self.tr("Placement"), " · ".join(filter(None, (item.placement_number, item.round)))),
            (self.tr("Ways to pay"), terms.pay_ways),
            (self.tr("Complaints"), terms.complaint_number),
            (self.tr("Mandate ends"), terms.mandate_ends.isoformat() if terms.mandate_ends else ""),
            (self.tr("Contract terms"), terms.contract_terms),
            (self.tr("Remark"), item.remark if self.unmasked else masked_text(item.remark)),
            *extras,
        ]

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

    def _show_history(self, lines: tuple[TimelineEntry, ...]) -> None:
        zone, now = self._zone(), self._place.seat.now()
        rows = []
        for line in lines:
            what = " · ".join(say(part, zone=zone, now=now) for part in line.detail)
            if line.taken_back:
                what = self.tr("(taken back) {what}").format(what=what)
            if line.text:
                what += " — " + (line.text if self.unmasked else masked_text(line.text))
            at = line.at.astimezone(zone)
            when = f"{at:%m-%d %H:%M}" if at.year == now.astimezone(zone).year else f"{at:%Y-%m-%d}"
            rows.append((when, " ".join(what.split()), line.actor))
        headings = (self.tr("When"), self.tr("What"), self.tr("By"))
        self.history_model.show_rows(headings, rows)
        self.history.fit()
        self.history.setVisible(bool(rows))
        self.no_history.setVisible(not rows)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.back.setText(self.tr("Back to the list  {key}").format(key=native("leave")))
        self.unmask_button.setText(self.tr("Show in full  {key}").format(key=native("unmask")))
        self.close_button.setText(self.tr("Close or reopen  {key}").format(key=native("close_case")))
        self.closing.retranslate()
        self.numbers_card.set_title(self.tr("Numbers"))
        self.addresses_card.set_title(self.tr("Addresses"))
        self.promises_card.set_title(self.tr("Promises"))
        self.history_card.set_title(self.tr("History"))
        self.no_promise.setText(self.tr("Nothing was promised yet."))
        self.no_history.setText(
            self.tr("Nothing happened yet. Calls, promises, payments and visits will stand here.")
        )
        self._show()
