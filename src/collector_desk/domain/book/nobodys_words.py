"""A row of a bank's list of cases that names none of ours: what it says, whom it may mean, how it stands."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from collector_desk.domain.text.masking import masked_account
from collector_desk.domain.vocabulary import BankWord, NobodysReason


class NobodysState(StrEnum):
    """What became of such a row; without a word of it, it waits."""

    FOUND = "found"  # its case came
    LET_GO = "let_go"  # somebody said that it is nothing to us, or its list was undone


@dataclass(frozen=True, slots=True)
class Names:
    """The numbers by which a row names a case."""

    account_no: str = field(default="", repr=False)
    customer_no: str = field(default="", repr=False)
    id_no: str = field(default="", repr=False)
    card_tail: str = field(default="", repr=False)
    serial: str = field(default="", repr=False)
    case_no: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """The one a person would look for, behind the mask; numbers of cases are nobody's secret."""
        return self.serial or self.case_no or masked_account(self.account_no or self.customer_no or self.id_no)


@dataclass(frozen=True, slots=True)
class NobodysWord:
    """Such a row as it waits. ``bank`` is "" where nothing told whose list it was."""

    id: str
    batch_id: str
    filename: str
    line: int
    bank: str
    names: Names = field(repr=False)
    word: BankWord
    said_on: date
    ends: date | None
    why: NobodysReason
    reason: str = field(repr=False)
    asked: bool = False  # the bank is asked about it, and has not answered
