"""Whether waiting can still open a number of a debtor, and, where it can't, the true reason in words.

Such a debtor is not worked by calling: somebody finds a number, goes there, or asks the lead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from collector_desk.domain.book.debts import PhoneFacts
from collector_desk.domain.book.history import History
from collector_desk.domain.conduct.known import Here, Tried, a_cap_may_be_used, judged
from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import telephone
from collector_desk.domain.vocabulary import NumberStanding, Outcome, Verdict

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


def no_way(past: History, here: Here, now: datetime, zone: str) -> Message | None:
    """Why the debtor can't be called at all; a guarantor or contact whom the rules open is a way too."""
    why = no_number(number for _, number in _own(past, zone))
    others = [phone for phone in past.phones if not phone.own]
    return None if why and others and _opens(past, others, here, now) else why


def own_ways(past: History, zone: str) -> tuple[PhoneFacts, ...]:
    """The debtor's own numbers that may be called now or some time."""
    return tuple(phone for phone, number in _own(past, zone) if gone(number) is None)


def hangs_on_calls(past: History, here: Here, now: datetime, recent: Sequence[Tried]) -> bool:
    """Whether ``no_way``, or whether the caps close the own numbers, can't be said without the calls themselves."""
    own = [phone for phone in past.phones if phone.own]
    if recent and any(phone.standing is NumberStanding.DEAD for phone in own):
        return True  # how often it was found off decides
    if any(gone(_known_of(phone)) is None for phone in own):
        return a_cap_may_be_used(past, recent, here, now)
    return len(own) < len(past.phones)  # the gate is asked of the others


def _own(past: History, zone: str) -> Iterator[tuple[PhoneFacts, OwnNumber]]:
    own = [phone for phone in past.phones if phone.own]
    off = _off_days(past, zone) if any(phone.standing is NumberStanding.DEAD for phone in own) else {}
    return ((phone, _known_of(phone, len(off.get(phone.id, ())))) for phone in own)


def _opens(past: History, phones: Iterable[PhoneFacts], here: Here, now: datetime) -> bool:
    """Whether any of the numbers asked for may be called now, or once time has passed."""
    return any(
        decision.verdict in {Verdict.ALLOW, Verdict.WARN} or decision.next_allowed_at
        for decision in judged(past, phones, here, now)
    )


def _known_of(phone: PhoneFacts, off_days: int = 0) -> OwnNumber:
    """What decides whether waiting opens this number."""
    return OwnNumber(phone.standing, telephone.fault(phone.number) is None, off_days)


def _off_days(past: History, zone: str) -> dict[str | None, set[date]]:
    """The local days on which each number was found off."""
    found: dict[str | None, set[date]] = {}
    for one in past.attempts:
        if one.outcome is Outcome.OFF:
            found.setdefault(one.phone_id, set()).add(one.at.astimezone(ZoneInfo(zone)).date())
    return found
