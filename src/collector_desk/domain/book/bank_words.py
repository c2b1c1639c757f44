"""What a bank says of one account that lies with us, and what holds of it from then on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import BankWord, CaseState


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds of an account by the bank's words so far: both None where it never said anything."""

    stopped_on: date | None = None
    mandate_ends: date | None = None

    def after(self, word: BankWord, said_on: date, ends: date | None) -> "Holding":
        """What holds after one word more."""
        if word is BankWord.STOP:
            return replace(self, stopped_on=said_on)
        if word is BankWord.LIFT:
            return replace(self, stopped_on=None)
        return replace(self, mandate_ends=ends) if word is BankWord.EXTEND else self


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """An account as it stands when the bank says something of it."""

    id: str
    number: str
    debtor_id: str
    state: CaseState
    balance_minor: int
    currency: str
    bank: str
    account_number: str = field(repr=False)
    card_tail: str = field(repr=False)
    holding: Holding
    ends: date | None  # the last day of the mandate, of its own or its placement's
    placed_on: date | None = None


def objection(
    account: SpokenOf, word: BankWord, ends: date | None, today: date, said_on: date | None = None
) -> Message | None:
    """Why a word changes nothing of an account; None where it does. ``said_on``: the day the bank names."""
    if account.state is not CaseState.OPEN:
        return msg("book.words.closed_already", case=account.number)
    if said_on is not None and account.placed_on is not None and said_on < account.placed_on:
        return msg("book.words.placed_since", case=account.number, day=said_on, placed=account.placed_on)
    stopped = account.holding.stopped_on is not None
    if word is BankWord.STOP and stopped:
        return msg("book.words.stopped_already", case=account.number)
    if word is BankWord.LIFT and not stopped:
        return msg("book.words.not_stopped", case=account.number)
    if word is not BankWord.EXTEND:
        return None
    if ends is None:
        return msg("book.words.no_end")
    if ends < today:
        return msg("book.words.end_over", case=account.number, day=ends)
    if account.ends is not None and ends <= account.ends:
        return msg("book.words.end_earlier", case=account.number, day=ends, ends=account.ends)
    return None


def chosen(accounts: Sequence[SpokenOf]) -> SpokenOf | None:
    """Which of an account's cases is spoken of: the one open, else the last; None where several are meant."""
    if len({(one.bank, one.account_number) for one in accounts}) != 1:
        return None
    still_open = [one for one in accounts if one.state is CaseState.OPEN]
    if len(still_open) > 1:
        return None
    return still_open[0] if still_open else accounts[-1]
