"""What a balance is made of, as it is shown: each row of a bank with what became of it, its file and its line."""

from dataclasses import dataclass
from datetime import date, datetime

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.payments import RowDoubt, RowStanding


@dataclass(frozen=True, slots=True)
class BankFigure:
    """One figure of the bank of an account: what was owed at the end of a day, and where that stands."""

    case_id: str
    amount: Money
    as_of: date
    told_at: datetime
    filename: str
    sheet: str
    line: int
    placed: bool  # the first one: what the account was placed with


@dataclass(frozen=True, slots=True)
class MadeOf:
    """One row of a bank on an account, and where its money went: into the balance, beyond it, or in the figure."""

    case_id: str
    posted_on: date
    amount: Money
    allocated: Money
    excess: Money
    contained: Money
    standing: RowStanding
    doubt: RowDoubt | None
    channel: str
    filename: str
    line: int
