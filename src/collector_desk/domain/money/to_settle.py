"""A row of a bank that waits for a person, as the list shows it."""

from dataclasses import dataclass, field
from datetime import date

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.payments import RowDoubt
from collector_desk.domain.text.masking import masked_account, masked_name


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One row. ``doubt`` None: no account here bears its number, and ``debtor_id`` is empty."""

    row_id: str
    doubt: RowDoubt | None
    debtor_id: str
    case_number: str
    name: str = field(repr=False)
    account: str = field(repr=False)
    bank: str
    posted_on: date
    amount: Money
    allocated: Money
    reference: str
    filename: str
    line: int
    put_off: bool  # somebody left it for now
    case_id: str = ""  # whose account it is on; empty where it is nobody's

    @property
    def masked(self) -> str:
        """Whose it is, behind the mask: the debtor, or the account that nobody here knows."""
        return masked_name(self.name) if self.name else masked_account(self.account)

    @property
    def beyond(self) -> Money:
        """What of it is not in the balance."""
        return Money(self.amount.minor - self.allocated.minor, self.amount.currency)
