"""What a bank says was paid, as received, and how it stands: the values that every step after it speaks in.

A row of the bank is never changed. What it means (a payment, the same one again, one taken back, a question for a
person) follows from all rows of its account together and from people's decisions on them: see ``sameness``,
``allocation``.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum, StrEnum


class FileKind(StrEnum):
    """What a payment file holds of its days."""

    CUMULATIVE = "cumulative"  # all of them again, with those since
    NEW = "new"  # only what no file before it had
    UNKNOWN = "unknown"


class RowStanding(StrEnum):
    """What became of a row of the bank: one of the sums of a file's report."""

    TAKEN = "taken"  # it counts, all of it
    REPEATED = "repeated"  # the same payment was there before
    TO_SETTLE = "to_settle"  # a person has to say; what is beyond doubt of it counts already
    UNMATCHED = "unmatched"  # no account of ours bears its number
    NOT_OURS = "not_ours"  # a person said so: it counts for nothing here and is asked of the bank


class RowDoubt(IntEnum):
    """Why a row waits for a person; by how sure one may be, the surest first, as the list shows them."""

    PERHAPS_TWICE = 1  # as much again, under another reference, and nothing left to pay
    MORE_THAN_OWED = 2
    CLASH = 3  # the reference is known with another amount or day
    UNNAMED_REVERSAL = 4  # taken back, but which payment?
    KIND_UNKNOWN = 5  # without a reference, again, from a file that doesn't say whether it repeats
    OTHER_CURRENCY = 6
    BEFORE_PLACEMENT = 7
    AFTER_RETURN = 8
    FLAGGED = 9  # the debtor has died, or disputes the debt
    BOOKED_AGAIN = 10  # as much was taken back just before: one payment, of the first day?
    PERHAPS_INTEREST = 11  # more than was owed, by no more than the interest since


class Settling(StrEnum):
    """What a person decided of a row to settle."""

    ACCEPT = "accept"  # it counts as the bank says; what is more than owed stands as credit
    SPLIT = "split"  # it counts in parts, for accounts that the person named
    NOT_OURS = "not_ours"  # it counts for nothing here and is asked of the bank
    LATER = "later"  # seen, left for now


@dataclass(frozen=True, slots=True)
class RowDecision:
    """A person's word on one row, or on the part of it that goes to one account."""

    row_id: str
    settling: Settling


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One row of the bank, as received.

    ``minor`` is below zero where the bank takes a payment back. ``posted_on`` is the day the bank booked it, or,
    where ``assumed``, the only day the file has; ``paid_on`` and ``at`` are the transaction's own where the file
    tells them apart. ``place`` orders the rows by arrival: file, sheet, line.
    """

    id: str
    place: tuple[int, int, int]
    account: str = field(repr=False)
    reference: str
    minor: int
    currency: str
    posted_on: date
    file_id: str
    kind: FileKind
    received_at: datetime
    assumed: bool = False
    paid_on: date | None = None
    at: time | None = None

    @property
    def worked_at(self) -> tuple[date, time, str, str]:
        """The order in which an account's rows are worked: a day without a time is that day's end."""
        return self.posted_on, self.at or time.max, self.reference, self.id

    @property
    def reversal(self) -> bool:
        """Whether it takes a payment back."""
        return self.minor < 0


@dataclass(frozen=True, slots=True)
class Payment:
    """A row that is a payment of its own, with what was taken back of it: after an instant and at all."""

    row: ReceivedRow
    reversals: tuple[ReceivedRow, ...] = ()
    again: ReceivedRow | None = None  # perhaps it is this one, taken back and booked once more
    one_with_it: bool = False  # a person said that it is

    @property
    def net(self) -> int:
        """What remains of it, in minor units."""
        return self.row.minor + sum(one.minor for one in self.reversals)

    @property
    def day(self) -> date:
        """The day that counts for being in time: the transaction's own where the file has it."""
        row = self.again if self.again is not None and self.one_with_it else self.row
        return row.paid_on or row.posted_on
