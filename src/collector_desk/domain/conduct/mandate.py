"""The bank's mandate and its last day, by the law's time: one reading for gate, queue, lists and case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct import clock
from collector_desk.domain.conduct.rules import MandateWarning, Pack


@dataclass(frozen=True, slots=True)
class MandateEnds:
    """A mandate of which somebody is to be told: its last day, the days left, and whether it is told aloud."""

    day: date
    left: int
    last: bool  # the last of the pack's warnings: whoever works the case reads it in its head


def law_zone(packs: Sequence[Pack]) -> ZoneInfo:
    """The zone by whose midnight a mandate's last day is over: the first pack's."""
    return (clock.zone(packs[0].tz) if packs else None) or clock.UTC_ZONE


def law_day(packs: Sequence[Pack], at: datetime) -> date:
    """The day it is there."""
    return clock.local_date(at, law_zone(packs))


def holds(ends: date | None, day: date) -> bool:
    """Whether a mandate holds on this day: its end is its last day."""
    return ends is None or day <= ends


def warned_days(packs: Sequence[Pack]) -> tuple[int, ...]:
    """How many days before a mandate's last day the packs want it told, the first time first; none has to."""
    said = {days for pack in packs for rule in pack.rules if isinstance(rule, MandateWarning) for days in rule.days}
    return tuple(sorted(said, reverse=True))


def ending(ends: date | None, warned: Sequence[int], day: date) -> MandateEnds | None:
    """What is to be told of it on this day; None: nothing yet, or it is over."""
    if ends is None or not warned or not 0 <= (left := (ends - day).days) <= warned[0]:
        return None
    return MandateEnds(ends, left, left <= warned[-1])
