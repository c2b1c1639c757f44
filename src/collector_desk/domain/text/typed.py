"""Days and instants typed by themselves: a day of a letter, the instant up to which figures hold.

What is typed of day and time side by side, the future's above all, is read by ``moments``.
"""

from datetime import date, datetime, time, timedelta

from collector_desk.domain.text import times
from collector_desk.domain.text.bare import folded
from collector_desk.domain.text.moments import days_of


def parse_day(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that was typed, the next one it can mean (``past``: the last one); None where it is none, or two."""
    found = days_of(text, today, past=past)
    return found[0] if len(found) == 1 else None


def parse_time(text: str) -> time | None:
    """The time of day that was typed; None where it is none, or midnight's: that is another day's beginning."""
    found = times.read(text)
    return None if found is None or found.next_day else found.at


def parse_past_moment(text: str, now: datetime) -> datetime | None:
    """The instant that was typed, up to now: "14:00" is today's, "11-22 18:00" the last one; None where it is none.

    ``now`` carries the zone the words are meant in.
    """
    words = folded(text).replace("T", " ").split()
    for start in range(len(words)):  # "6:30 pm" is a time of two words
        clock = times.read(" ".join(words[start:]))
        if clock is None:
            continue
        day = parse_day(" ".join(words[:start]), now.date(), past=True) if start else now.date()
        if day is not None:
            day += timedelta(days=clock.next_day)
        return datetime.combine(day, clock.at, now.tzinfo) if day else None
    return None
