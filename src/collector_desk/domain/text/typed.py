"""Days and times as people type them in a hurry: "明天", "tomorrow", "24", "11-24", "+2"; "18", "1830", "6pm"."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_NAMED = {
    "今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1,
    "前天": -2,
}  # fmt: skip
_PM = re.compile(r"下午|晚上|傍晚|pm|p\.m\.")
_AM = re.compile(r"上午|早上|凌晨|am|a\.m\.")


def parse_day(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that was typed, the next one it can mean (``past``: the last one); None where it is no day."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    for name, days in _NAMED.items():
        if plain.startswith(name):
            return today + timedelta(days=days)
    if found := re.fullmatch(r"([+-])(\d{1,3})", plain):
        return today + timedelta(days=int(found[1] + found[2]))
    parts = re.findall(r"\d+", plain)
    if len(parts) > 3 or any(len(part) > 8 for part in parts):
        return None
    figures = [int(part) for part in parts]
    if re.fullmatch(r"\d{4}", plain):
        figures = [int(plain[:2]), int(plain[2:])]
    elif re.fullmatch(r"\d{8}", plain):
        figures = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    elif re.search(r"[^\d\s./\-年月日号]", plain):
        return None
    return _near(figures, today, past)


def _near(figures: list[int], today: date, past: bool) -> date | None:
    """Fill in month and year from today so that the day lies on the side asked for."""
    step = -1 if past else 1
    match figures:
        case [year, month, day]:
            return _made(year, month, day)
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
    if not 1900 <= year < 2200:  # the ends of the calendar fit in no other time zone
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """The time of day that was typed; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    after, before = _PM.search(plain), _AM.search(plain)
    plain = _AM.sub("", _PM.sub("", plain)).strip().replace("点半", ":30").replace("点", ":").rstrip("分:")
    if found := re.fullmatch(r"(\d{1,2})(?:[:.](\d{1,2}))?", plain):
        hour, minute = int(found[1]), int(found[2] or 0)
    elif found := re.fullmatch(r"(\d{1,2})(\d{2})", plain):
        hour, minute = int(found[1]), int(found[2])
    else:
        return None
    if after and hour < 12:
        hour += 12
    if before and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_past_moment(text: str, now: datetime) -> datetime | None:
    """The instant that was typed, up to now: "14:00" is today's, "11-22 18:00" the last one; None where it is none.

    ``now`` carries the zone the words are meant in.
    """
    words = unicodedata.normalize("NFKC", text).replace("T", " ").split()
    clock = parse_time(words[-1]) if words else None
    day = parse_day(" ".join(words[:-1]), now.date(), past=True) if len(words) > 1 else now.date()
    return datetime.combine(day, clock, now.tzinfo) if day and clock else None
