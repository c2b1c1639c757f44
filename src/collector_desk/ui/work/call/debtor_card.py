"""Who is called: name, age, what is owed, and the numbers with the gate's answer for each."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from collector_desk.domain.book.debts import CaseFacts, asked_for
from collector_desk.domain.book.derived import MANDATE_TOLD
from collector_desk.domain.text.masking import HIDDEN_AMOUNT, masked_name, spaced_number
from collector_desk.domain.vocabulary import NumberKind, NumberStanding, PromiseState, Speaker, Verdict
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.gate.answers import strictest_reason
from collector_desk.services.gate.facts import JudgedNumber as GateCard
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import Card, ElidedLabel, MaskedText, NumberCard, Pill, Text, primary
from collector_desk.ui.widgets.ages import said_age
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import say, word

_TONES = {Verdict.ALLOW: Tone.OK, Verdict.WARN: Tone.WARN, Verdict.ASK: Tone.INFO, Verdict.BLOCK: Tone.DANGER}
_MOST = 4
_SURETIES = 3


class DebtorCard(Card):
    """Draws the ``LiveCall`` it is given; tells which number was chosen and that the dial button was pressed."""

    number_chosen = Signal(str)
    dial_wanted = Signal()
    permits_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._call: LiveCall | None = None
        self.body.setContentsMargins(Margin.DEBTOR)
        self.body.setSpacing(Gap.TIGHT)
        self.name = MaskedText(size=22)
        self.age = Pill(mark=False, tone=Tone.WARN)
        self.stage = Pill(mark=False, tone=Tone.INFO)
        self.flags = Pill(tone=Tone.DANGER)
        self.as_of = Text(tint=Tint.DIM)
        self.amount = MaskedText(size=22, whole=True)
        head = QHBoxLayout()
        head.setSpacing(Gap.ROW)
        for part in (self.name, self.age, self.stage, self.flags):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.as_of, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.line = ElidedLabel(size=Size.BODY, tint=Tint.DIM)
        self.clock = Text(tint=Tint.DIM)
        self.dial = primary(QPushButton())
        self.dial.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.dial.setFixedHeight(Height.SMALL_BUTTON)
        self.dial.clicked.connect(self.dial_wanted)
        self.permits = QPushButton()
        self.permits.setAutoDefault(False)
        self.permits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.permits.setFixedHeight(Height.SMALL_BUTTON)
        self.permits.clicked.connect(self.permits_wanted)
        second = QHBoxLayout()
        second.setSpacing(Gap.CARD)
        second.addWidget(self.line, 1)
        second.addWidget(self.clock)
        second.addWidget(self.permits)
        second.addWidget(self.dial)
        self.body.addLayout(second)
        numbers = QHBoxLayout()
        numbers.setSpacing(Gap.ROW)
        self.numbers = [NumberCard(compact=True) for _ in range(_MOST)]
        for place, card in enumerate(self.numbers):
            policy = card.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # one number alone is no wider than one of four
            card.setSizePolicy(policy)
            card.clicked.connect(partial(self._chosen, place))
            numbers.addWidget(card, 1)
        self._number_row = QWidget()
        numbers.setContentsMargins(Margin.NONE)
        self._number_row.setLayout(numbers)
        self.body.addWidget(self._number_row)
        self.folded = ElidedLabel(size=Size.CAPTION, tint=Tint.DIM)
        self.folded.hide()
        self.body.addWidget(self.folded)
        self.surety = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.surety_numbers = [NumberCard(compact=True) for _ in range(_SURETIES)]
        theirs = QHBoxLayout()
        theirs.setSpacing(Gap.ROW)
        theirs.addWidget(self.surety)
        for place, card in enumerate(self.surety_numbers):
            policy = card.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            card.setSizePolicy(policy)
            card.clicked.connect(partial(self._surety_chosen, place))
            theirs.addWidget(card, 1)
        self._surety_row = QWidget()
        theirs.setContentsMargins(Margin.NONE)
        self._surety_row.setLayout(theirs)
        self.body.addWidget(self._surety_row)
        self._shown: list[GateCard] = []
        self._sureties: list[GateCard] = []
        self._folded = False

    def show_call(self, call: LiveCall) -> None:
        """Show the case of the call, masked as far as it has to be."""
        self._call = call
        case = call.case
        if case is None:
            return
        file, lead = case.file, case.file.lead_case
        self.name.set_value(masked_name(file.debtor.name), file.debtor.name)
        # The account under talk, as the script says it; all of them together stand in the line below.
        self.amount.set_value(HIDDEN_AMOUNT, str(asked_for(call.account) or call.account.balance))
        if call.facts_open:
            self.name.reveal()
            self.amount.reveal()
        self.age.set(said_age(lead.days))
        self.stage.set(word(call.stage))
        for part in (self.age, self.stage, self.as_of, self.amount):
            part.setVisible(not call.third_party)
        if not file.owing:
            self.age.hide()
            self.stage.hide()
        names = [self.tr("nothing to collect")] if case.nothing_owed else []
        names += [word(flag) for flag in sorted(file.flags)]
        if case.ends is not None and case.ends.last:
            names.append(self._mandate(case.ends.left))
        self.flags.set(" · ".join(names))
        self.flags.setVisible(bool(names) and not call.third_party)
        self.as_of.setText(self._as_of(call.account))
        self.line.setText(" · ".join(self._facts(call)))
        closed = call.number is not None and not call.number.callable_now
        self.permits.setText(self.tr("Consents, overrides  {key}").format(key=native("permits")))
        self.permits.setVisible(closed and call.attempt is None)
        self._show_numbers(call)
        self.tick()

    def fold(self, folded: bool) -> None:
        """The cards of the numbers, or one line that says the same."""
        self._folded = folded
        self._number_row.setVisible(not folded)
        self._surety_row.setVisible(not folded and bool(self._sureties))
        self.folded.setVisible(folded)
        if folded:
            cards = [*self.numbers[: len(self._shown)], *self.surety_numbers[: len(self._sureties)]]
            cards.sort(key=lambda card: not card.isChecked())
            self.folded.setText("   ".join(card.said() for card in cards))

    def _as_of(self, account: CaseFacts) -> str:
        """What the amount beside it is: before the due day never the whole as if it were due."""
        day = f"{account.balance_as_of:%m-%d}"
        if account.days > 0:
            return self.tr("Owed now ({day})").format(day=day)
        if asked_for(account) is not None:
            return self.tr("Due this time ({day})").format(day=day)
        return self.tr("In all, not due yet ({day})").format(day=day)

    def tick(self) -> None:
        """Once a second: the clock of the talk."""
        call = self._call
        if call is None:
            return
        if call.attempt is None:
            self.clock.setText("")
            self.dial.setText(self.tr("Dial  {key}").format(key=native("dial")))
            self.dial.setVisible(call.number is not None and not call.no_number)
            self.dial.setEnabled(call.number is not None and call.number.callable_now)  # D says why where it isn't
            return
        self.dial.setEnabled(True)
        minutes, seconds = divmod(call.seconds(), 60)
        told = self.tr("On the line {clock}") if call.talking else self.tr("Talk ended {clock}")
        self.clock.setText(told.format(clock=f"{minutes:02d}:{seconds:02d}"))
        self.clock.set_tint(Tint.OK_STRONG if call.talking else Tint.DIM)
        self.dial.setText(self.tr("End talk  {key}").format(key=native("dial")))
        self.dial.setVisible(call.talking)

    def _facts(self, call: LiveCall) -> list[str]:
        case = call.case
        if case is None:
            return []
        file, lead = case.file, case.file.lead_case
        now = call.seat.now()
        parts = [say(count.message) for count in ([case.standing.talks] if case.standing.talks else [])]
        if call.third_party:
            return parts  # how much, since when and what was promised is nobody else's business
        if lead.due_on:
            parts.append(self.tr("due {day}").format(day=f"{lead.due_on:%m-%d}"))
        owing = len(file.owing)
        if owing == 1 and call.facts_open and lead.days <= 0 and asked_for(lead) is not None:
            parts.append(self.tr("{amount} in all").format(amount=lead.balance))
        if owing > 1:
            whole = file.owed if call.facts_open else HIDDEN_AMOUNT
            parts.append(self.tr("{count} accounts, {amount} in all").format(count=owing, amount=whole))
        if lead.last_paid_on:
            paid = str(lead.last_paid) if lead.last_paid and call.facts_open else ""
            parts.append(
                self.tr("last paid {day} {amount}").format(day=f"{lead.last_paid_on:%m-%d}", amount=paid).strip()
            )
        if file.promises_made:
            kept = sum(promise.state is PromiseState.KEPT for promise in file.promises)
            parts.append(self.tr("{made} promised, {kept} kept").format(made=file.promises_made, kept=kept))
        parts.append(say(file.why, zone=call.zone, now=now))
        said = file.why.code in MANDATE_TOLD  # in the reason already
        if case.ends is not None and not case.ends.last and not said:
            parts.append(self._mandate(case.ends.left))
        return parts

    def _mandate(self, left: int) -> str:
        return self.tr("mandate ends in {days} days").format(days=left) if left else self.tr("mandate ends today")

    def _show_numbers(self, call: LiveCall) -> None:
        case = call.case
        if case is None:
            return
        sureties = [card for card in case.numbers if card.phone.kind is NumberKind.GUARANTOR]
        others = [card for card in case.numbers if card.phone.kind is not NumberKind.GUARANTOR]
        self._shown = self._fill_row(self.numbers, others, call)
        self._sureties = self._fill_row(self.surety_numbers, sureties, call)
        self.surety.setText(self.tr("Guarantor  {key}").format(key=native("their_number")))
        self.fold(self._folded)

    def _fill_row(self, cards: list[NumberCard], items: list[GateCard], call: LiveCall) -> list[GateCard]:
        """Fill a row of cards; the chosen number is always among them."""
        chosen = call.number
        shown = items[: len(cards)]
        if chosen in items and chosen not in shown:
            shown[-1] = chosen
        for place, card in enumerate(cards):
            card.setVisible(place < len(shown))
            if place < len(shown):
                item = shown[place]
                mine = chosen is not None and item.phone.id == chosen.phone.id
                self._fill(card, item, call, live=mine and call.attempt is not None)
                card.setChecked(mine)
        return shown

    def _fill(self, card: NumberCard, item: GateCard, call: LiveCall, *, live: bool) -> None:
        phone = item.phone
        title = self._kind(phone.kind)
        if not phone.own and phone.owner_name:
            title = f"{title} {masked_name(phone.owner_name)}"
        elif phone.standing not in (NumberStanding.UNKNOWN, NumberStanding.LIVE):
            title = f"{title} · {word(phone.standing)}"
        dialled = live and call.speaker is not Speaker.THIRD_PARTY
        checked = call.facts_open and phone.own and call.speaker is not Speaker.GUARANTOR
        opened = checked or call.unmasked  # other people's numbers are no part of this talk
        number = spaced_number(phone.number) if dialled or opened else phone.masked
        if call.third_party:
            number = "****"
        status, tone = self._status(item, call)
        if live:
            status, tone = (
                (self.tr("On the line"), Tone.INFO) if call.talking else (self.tr("Talk ended"), Tone.NEUTRAL)
            )
        card.set(title, number, status, tone)

    def _kind(self, kind: NumberKind) -> str:
        return {
            NumberKind.MOBILE: self.tr("Mobile"),
            NumberKind.HOME: self.tr("Home"),
            NumberKind.WORK: self.tr("Work"),
            NumberKind.CONTACT: self.tr("Contact"),
            NumberKind.GUARANTOR: self.tr("Guarantor"),
        }[kind]

    def _status(self, item: GateCard, call: LiveCall) -> tuple[str, Tone]:
        """What the gate says of a number now: when it opens again, else how far its cap is used."""
        tone = _TONES[item.decision.verdict]
        case = call.case
        standing = (
            next((n for n in case.standing.numbers if n.number_id == item.phone.number), None) if case else None
        )
        if item.callable_now and standing and standing.counts:
            return say(standing.counts[0].message), tone
        if item.decision.next_allowed_at:
            from collector_desk.domain.conduct.caps_used import when_again

            return say(when_again(item.decision), zone=call.zone, now=call.seat.now()), tone
        if item.callable_now:
            return self.tr("May be called"), tone
        if not item.decision.reasons:
            return "", tone
        first = strictest_reason(item.decision)
        if first.detail.code == "conduct.gate_shut":  # short: the card is small, the panel says it whole
            return self.tr("Only once the debtor is out of reach"), tone
        return say(first.detail, zone=call.zone, now=call.seat.now()), tone

    def _chosen(self, place: int, _checked: bool = False) -> None:
        if place < len(self._shown):
            self.number_chosen.emit(self._shown[place].phone.id)

    def _surety_chosen(self, place: int, _checked: bool = False) -> None:
        if place < len(self._sureties):
            self.number_chosen.emit(self._sureties[place].phone.id)
