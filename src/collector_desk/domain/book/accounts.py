"""What several accounts of one debtor come to: which of them leads, what is owed together, how old it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from collector_desk.domain.book.money import Money


@dataclass(frozen=True, slots=True)
class AccountOwed:
    """An account as far as its debtor's place hangs on it. ``due`` is the day its age is counted from."""

    number: str  # our case number
    due: date | None
    balance: Money
    previous_overdue: int | None


@dataclass(frozen=True, slots=True)
class AccountsTogether:
    """The leading account by its place among those given, and what is true of all of them."""

    lead: int
    balance: Money  # of those in the leading account's currency
    previous_overdue: int | None
    beside: tuple[Money, ...] = ()  # of the others, each currency by itself, by its name


def due_day(bank_days: int | None, as_of: date, due_on: date | None) -> date | None:
    """The due date by which an account's age is counted: the bank's own days win over its due date."""
    return as_of - timedelta(days=bank_days) if bank_days is not None else due_on


def together(accounts: Sequence[AccountOwed]) -> AccountsTogether:
    """At least one account. The longest past due leads; of several the largest, then the one that came first."""
    if len(accounts) == 1:  # nineteen of twenty debtors
        return AccountsTogether(0, accounts[0].balance, accounts[0].previous_overdue)

    def rank(place: int) -> tuple[date, int, str]:
        account = accounts[place]
        return account.due or date.max, -account.balance.minor, account.number

    lead = min(range(len(accounts)), key=rank)
    currency = accounts[lead].balance.currency
    owed = sum(account.balance.minor for account in accounts if account.balance.currency == currency)
    known = [account.previous_overdue for account in accounts if account.previous_overdue is not None]
    others: dict[str, int] = {}
    for account in accounts:
        if (more := account.balance).currency != currency:
            others[more.currency] = others.get(more.currency, 0) + more.minor
    beside = tuple(Money(others[name], name) for name in sorted(others))
    return AccountsTogether(lead, Money(owed, currency), max(known, default=None), beside)
