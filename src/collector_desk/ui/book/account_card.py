"""One account of a debtor to read: what is owed on it, how that came about, and what the bank said of it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from collector_desk.domain.book.closing import Closed
from collector_desk.domain.book.debts import CaseFacts
from collector_desk.domain.book.interest import shown_daily
from collector_desk.domain.book.money import Money
from collector_desk.domain.money.make_up import BankFigure, MadeOf
from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.text.masking import masked_account, masked_text
from collector_desk.domain.vocabulary import CaseState
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.widgets import Card, Pill, Text
from collector_desk.ui.widgets.facts import LabelledFacts
from collector_desk.ui.words import word


def hidden_word(text: str, *, unmasked: bool) -> str:
    """A word behind its mask: the first character, and that there is more."""
    return text if unmasked or not text else text[:1] + "**"


class AccountCard(Card):
    """Drawn once, behind its masks or not; when they are lifted another card is made."""

    def __init__(
        self,
        item: CaseFacts,
        closed: Closed | None,
        rows: Sequence[MadeOf] = (),
        *,
        figures: Sequence[BankFigure] = (),
        unmasked: bool,
        before: CaseFacts | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._unmasked, self._before = unmasked, before
        self.set_title(self.tr("Case {number}").format(number=item.number))
        self.corner.addWidget(
            Pill(word(item.state), Tone.INFO if item.state is CaseState.OPEN else Tone.NEUTRAL, mark=False)
        )
        amount = Text(str(item.balance), size=Size.SPOKEN)
        if closed is not None:
            told = self.tr("by the bank's document of {day}")
        elif item.balance == item.bank_figure:
            told = self.tr("the bank's figure of {day}")
        else:
            told = self.tr("worked out from the bank's figure of {day}")
        day = closed.written_on if closed is not None else item.balance_as_of
        as_of = Text(told.format(day=day.isoformat()), tint=Tint.DIM)
        line = QHBoxLayout()
        line.addWidget(amount)
        line.addWidget(as_of)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(Text(self._made_up(item), tint=Tint.DIM, wrap=True))
        self.figures = [Text(self._figure(one), wrap=True) for one in figures]
        for told_of, figure in zip(figures, self.figures, strict=True):
            self.body.addWidget(figure)
            self.body.addWidget(Text(self._where(told_of), tint=Tint.DIM, size=Size.CAPTION, wrap=True))
        self.paid = [Text(self._paid(one), wrap=True) for one in rows]
        for one, line_of in zip(rows, self.paid, strict=True):
            where = self.tr("{file}, line {line}").format(file=one.filename, line=one.line)
            self.body.addWidget(line_of)
            self.body.addWidget(Text(where, tint=Tint.DIM, size=Size.CAPTION, wrap=True))
        if any(one.posted_on == item.balance_as_of and one.contained.minor for one in rows):
            told = self.tr("What was posted on the figure's own day is perhaps not in it yet.")
            self.body.addWidget(Text(told, tint=Tint.DIM, wrap=True))
        facts = LabelledFacts()
        facts.show_facts([*self._figures(item), *self._placed(item)])
        self.body.addWidget(facts)

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
        if not fees and total != item.bank_figure:
            text += " " + self.tr("They add up to {total}; the bank's own figure, {placed}, counts.").format(
                total=total, placed=item.bank_figure
            )
        return f"{text} {self._since(item)}".strip()

    def _since(self, item: CaseFacts) -> str:
        """What became of the bank's figure since."""
        change = item.bank_figure.minor - item.balance.minor
        paid = Money(abs(change), item.placed.currency)
        if change > 0 and item.figure is not None:
            return self.tr("The bank's figure {figure}, less {change} since.").format(
                figure=item.bank_figure, change=paid
            )
        if change > 0:
            return self.tr("Placed {placed}, less {change} since.").format(placed=item.placed, change=paid)
        if change < 0:
            return self.tr("Placed {placed}, {change} more since.").format(placed=item.bank_figure, change=paid)
        return ""

    def _figure(self, one: BankFigure) -> str:
        """A figure of the bank: the day it is of, and what was owed then."""
        told = self.tr("placed with {amount}") if one.placed else self.tr("the bank's figure {amount}")
        return f"{one.as_of.isoformat()} · {told.format(amount=one.amount)}"

    def _where(self, one: BankFigure) -> str:
        """File, sheet and line; of who was erased the file alone."""
        if not one.line:
            return one.filename
        if not one.sheet:
            return self.tr("{file}, line {line}").format(file=one.filename, line=one.line)
        return self.tr("{file}, {sheet}, line {line}").format(file=one.filename, sheet=one.sheet, line=one.line)

    def _paid(self, one: MadeOf) -> str:
        """A row of the bank: when, how much, and what became of it."""
        parts = [one.posted_on.isoformat(), str(one.amount), one.channel]
        if one.doubt is not None:
            parts.append(self.tr("to settle: {why}").format(why=word(one.doubt)))
        elif one.standing is not RowStanding.TAKEN:
            parts.append(word(one.standing))
        if one.contained.minor:
            parts.append(self.tr("in the bank's figure already"))
        if one.excess.minor and one.allocated.minor:
            parts.append(
                self.tr("{into} of it counts, {beyond} is more than owed").format(
                    into=one.allocated, beyond=one.excess
                )
            )
        return " · ".join(filter(None, parts))

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
            (self.tr("Overdue part"), self._part(item, item.overdue, item.overdue_as_of)),
            (self.tr("Minimum payment"), self._part(item, item.minimum, item.minimum_as_of)),
            (self.tr("Credit limit"), str(item.limit) if item.limit else ""),
            (self.tr("Last payment"), paid),
            (self.tr("Overdue before"), "" if item.previous_overdue is None else str(item.previous_overdue)),
        ]

    def _earlier(self) -> str:
        """The case the same account was before: its history is that of an earlier placement."""
        before = self._before
        if before is None:
            return ""
        return self.tr("as {number}, placement {placement}: {state}").format(
            number=before.number, placement=before.placement_number, state=word(before.state)
        )

    def _ends(self, item: CaseFacts) -> str:
        """The last day of the mandate, and whether it is this case's own."""
        if item.terms.mandate_ends is None:
            return ""
        day = item.terms.mandate_ends.isoformat()
        return self.tr("{day}, by the bank's word on this case").format(day=day) if item.extended else day

    def _part(self, item: CaseFacts, part: Money | None, as_of: date | None) -> str:
        """With its day where that is another one than the figure's."""
        if part is None:
            return ""
        if as_of in (None, item.balance_as_of):
            return str(part)
        return self.tr("{amount}, of {day}").format(amount=part, day=as_of)

    def _placed(self, item: CaseFacts) -> list[tuple[str, str]]:
        terms = item.terms
        account = item.account_number if self._unmasked else masked_account(item.account_number)
        extras = [
            (name, hidden_word(value, unmasked=self._unmasked)) for name, value in item.extras if name != "fees"
        ]
        return [
            (self.tr("Account"), account),
            (self.tr("Placement"), " · ".join(filter(None, (item.placement_number, item.round)))),
            (self.tr("With us before"), self._earlier()),
            (self.tr("Ways to pay"), terms.pay_ways),
            (self.tr("Complaints"), terms.complaint_number),
            (self.tr("Bank's own number"), terms.bank_hotline),
            (self.tr("Product"), terms.product),
            (self.tr("Mandate ends"), self._ends(item)),
            (self.tr("Stopped by the bank"), item.stopped_on.isoformat() if item.stopped_on else ""),
            (self.tr("Contract terms"), terms.contract_terms),
            (self.tr("Interest a day"), f"{shown_daily(terms.daily_ppm)} %" if terms.daily_ppm else ""),
            (self.tr("Remark"), item.remark if self._unmasked else masked_text(item.remark)),
            *extras,
        ]
