"""A case is closed by the bank's written word: what counts as one, and what becomes of the account."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import CaseState

_LEAST = 4
"""Letters and figures a reference has at least: fewer name no document anybody could find again."""


class Ending(StrEnum):
    """How a case ends, and the opposite of both: it was closed by mistake."""

    SETTLED = "settled"  # paid in full, or waived: nothing is owed any more
    RECALLED = "recalled"  # the bank takes the case back; what is owed is owed to it
    HANDED_BACK = "handed_back"  # the mandate is over: the case goes back with its list (退案)
    CURRENT = "current"  # what had to be paid was (出催): the account goes on at the bank
    REOPENED = "reopened"


STATE_AFTER = {
    Ending.SETTLED: CaseState.SETTLED,
    Ending.RECALLED: CaseState.RETURNED,
    Ending.HANDED_BACK: CaseState.RETURNED,
    Ending.CURRENT: CaseState.RETURNED,
    Ending.REOPENED: CaseState.OPEN,
}
"""The account's state that follows, as the book keeps it."""

GIVEN_BACK = frozenset({Ending.RECALLED, Ending.HANDED_BACK, Ending.CURRENT})
"""How a case goes back to the bank, what is owed on it unchanged."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it stands before it is ended."""

    id: str
    number: str
    debtor_id: str
    state: CaseState
    balance_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Closed:
    """How an account was closed here last, and by which document."""

    ending: Ending
    written_on: date
    document: str = field(repr=False)


def require_document(reference: str) -> None:
    """Refuse a reference that names no document: too short, or one sign over and over."""
    signs = [char for char in unicodedata.normalize("NFKC", reference) if char.isalnum()]
    if len(signs) < _LEAST or len(set(signs)) < 2:
        raise Refused("book.closing.no_document", "document", least=_LEAST)


def require_day(written_on: date | None, today: date) -> date:
    """Refuse a letter without a day, or of a day to come; returns the day."""
    if written_on is None:
        raise Refused("book.closing.no_day", "day")
    if written_on > today:
        raise Refused("book.closing.day_to_come", "day")
    return written_on


def require_reason(reason: str) -> None:
    """Refuse to open a case again without saying why it was closed wrongly."""
    if sum(char.isalnum() for char in reason) < _LEAST:
        raise Refused("book.closing.no_reason", "reason")
