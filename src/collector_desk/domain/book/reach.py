"""Whether waiting can still open a number of a debtor, and, where it can't, the true reason in words.

Such a debtor is not worked by calling: somebody finds a number, goes there, or asks the lead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import NumberStanding

OFF_ON_DAYS = 3
"""Found off on so many different days a number counts as out of service; before, it may only be switched off."""


class Gone(StrEnum):
    """Why no waiting opens a number."""

    WRONG = "wrong"
    STOPPED = "stopped"
    DEAD = "dead"
    HELD = "held"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """What is known of one of a debtor's own numbers. ``off_days``: on how many days it was found off."""

    standing: NumberStanding
    is_number: bool = True
    off_days: int = 0


def gone(number: OwnNumber) -> Gone | None:
    """Why no waiting opens this number; None where it may be called now, or some time."""
    if not number.is_number:
        return Gone.NOT_A_NUMBER
    match number.standing:
        case NumberStanding.WRONG:
            return Gone.WRONG
        case NumberStanding.STOPPED:
            return Gone.STOPPED
        case NumberStanding.HELD:
            return Gone.HELD
        case NumberStanding.DEAD if not 0 < number.off_days < OFF_ON_DAYS:
            return Gone.DEAD  # seen off too often, or somebody knows it to be out of service
        case _:
            return None


def no_number(numbers: Iterable[OwnNumber]) -> Message | None:
    """Why none of a debtor's own numbers can be called, now or later; None where one can."""
    found = set()
    for number in numbers:
        why = gone(number)
        if why is None:
            return None
        found.add(why)
    if not found:
        return msg("book.no_number", why=(msg("book.number_none"),))
    return msg("book.no_number", why=tuple(msg(f"book.number_{each}") for each in Gone if each in found))
