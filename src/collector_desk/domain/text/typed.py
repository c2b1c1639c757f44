"""Days and times as people type them in a hurry: "明天", "tomorrow", "24", "11-24", "+2"; "18", "1830", "6pm".

Whole days and times are those of ``days`` and ``times``, which files are read by too; what leaves a part to be
understood is read here alone.
"""

import re
from datetime import date, datetime, time, timedelta

from collector_desk.domain.text import days, times
from collector_desk.domain.text.bare import folded

_NAMED = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1,
    "前天": -2,
}  # fmt: skip


def parse_day(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that was typed, the next one it can mean (``past``: the last one); None where it is no day."""
    plain = folded(text).casefold()
    for name, off in _NAMED.items():
        if plain.startswith(name):
            return today + timedelta(days=off)
    if found := re.fullmatch(r"([+-])(\d{1,3})", plain):
        return today + timedelta(days=int(found[1] + found[2]))
    parts = re.findall(r"\d+", plain)
    if not parts or len(parts) > 3 or any(len(part) > 8 for part in parts):
        return None
    figures = [int(part) for part in parts]
    if len(figures) == 3 or re.fullmatch(r"\d{8}", plain):
        try:
            return days.read(plain)
        except days.NotADayError:
            return None
    if re.fullmatch(r"\d{4}", plain):
        figures = [int(plain[:2]), int(plain[2:])]
    elif re.search(r"[^\d\s./\-月日号]", plain):
        return None
    return _near(figures, today, past)


def _near(figures: list[int], today: date, past: bool) -> date | None:
    """Fill in month and year from today so that the day lies on the side asked for."""
    step = -1 if past else 1
    match figures:
        case [month, day]:
            found = _made(today.year, month, day)
            if found and (found - today).days * step < 0:
                found = _made(today.year + step, month, day)
            return found
        case [day]:
            month = today.year * 12 + today.month - 1
            for _ in range(3):  # a 31st may not exist in the next month
                found = _made(month // 12, month % 12 + 1, day)
                if found and (found - today).days * step >= 0:
                    return found
                month += step
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return days.made(year, month, day)
    except days.NotADayError:
        return None


def parse_time(text: str) -> time | None:
    """The time of day that was typed; None where it is none, or midnight's: that is another day's beginning."""
    found = times.read(text)
    return None if found is None or found.next_day else found.at


def parse_day_and_time(day: str, at: str, today: date, *, past: bool = False) -> tuple[date | None, time | None]:
    """Day and time typed side by side, each by itself; the evening's twelve is the next day's first minute."""
    found, clock = parse_day(day, today, past=past), times.read(at)
    if found and clock and clock.next_day:
        found += timedelta(days=1)
    return found, clock.at if clock else None


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
