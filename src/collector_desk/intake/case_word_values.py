"""What a bank's list says of cases that lie with us, as frozen values."""

from dataclasses import dataclass, field
from datetime import date

from collector_desk.domain.vocabulary import BankWord
from collector_desk.intake.layout import SheetReport, TablesRead
from collector_desk.intake.problems import Problem


@dataclass(frozen=True, slots=True)
class CaseWordRow:
    """What one row says. ``said_on`` is None where it names no day; ``ends``: the new last day of the mandate."""

    sheet: str
    line: int
    account_no: str = field(repr=False)
    name: str = field(repr=False)
    customer_no: str = field(repr=False)
    id_no: str = field(repr=False)
    card_tail: str = field(repr=False)
    serial: str = field(repr=False)  # the bank's own number of the case, or ours
    case_no: str = field(repr=False)
    word: BankWord
    said_on: date | None
    ends: date | None
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseWordsFile(TablesRead):
    """All that was understood of such a list."""

    filename: str
    content: bytes = field(repr=False)
    sha256: str
    kind: str
    encoding: str
    rows: tuple[CaseWordRow, ...] = field(repr=False)
    set_aside: int
    problems: tuple[Problem, ...] = field(repr=False)
    sheets: tuple[SheetReport, ...] = field(repr=False)
