"""What a time of day is: ``18:05``, ``下午6点半``, ``6 p.m.``, ``中午1点``, ``noon``.

The half of the day that is named decides: noon's one o'clock is 13:00, the evening's twelve is midnight, and that
lies in the next day. What contradicts itself (上午13点) or is said both ways (早上12点) is no time.
"""

import re
from dataclasses import dataclass
from datetime import time

from collector_desk.domain.text.bare import folded

_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = re.compile(r"[零〇一二两三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九]")
_HALVES = {
    "凌晨": "night", "清晨": "morning", "清早": "morning", "早晨": "morning", "早上": "morning", "上午": "morning",
    "中午": "noon", "正午": "noon", "午后": "afternoon", "下午": "afternoon", "傍晚": "evening", "晚上": "evening",
    "晚间": "evening", "夜里": "evening", "夜间": "evening", "深夜": "evening", "半夜": "evening",
    "午夜": "evening", "早": "morning", "晚": "evening", "am": "am", "a.m.": "am", "pm": "pm", "p.m.": "pm",
}  # fmt: skip
_HALF = "|".join(map(re.escape, sorted(_HALVES, key=len, reverse=True)))
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s*+(?:[:.时]|点钟?)\s*+(?:(?P<minute>\d{1,2})\s*+分?|(?P<part>半|一刻|三刻|整))?"
    r"(?:\s*+[:.]?\s*+(?P<second>\d{1,2})(?:\.\d++)?\s*+秒?)?)?"
)
GRAMMAR = rf"(?P<half>{_HALF})?\s*+{_CLOCK}\s*+(?P<after>[ap]m|[ap]\.m\.)?"
"""A clock as a pattern, for what holds a time among other words; ``of_match`` reads it."""
_WHOLE = re.compile(GRAMMAR, re.ASCII)
_PACKED = re.compile(rf"(?P<half>{_HALF})?\s*+(?P<hour>\d{{1,2}})(?P<minute>\d\d)\s*+(?P<after>[ap]m|[ap]\.m\.)?")
_NAMED = {"noon": 12, "正午": 12, "中午": 12, "midnight": 24, "午夜": 24, "半夜": 24}
_PARTS = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
_MIDNIGHT = 24


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day. ``next_day``: it is past the midnight that ends the day it is said of."""

    at: time
    next_day: bool = False


def read(text: str) -> TimeOfDay | None:
    """The time of day a text says; None where it is none, or two."""
    plain = plain_words(text)
    if plain in _NAMED:
        return _clock(_NAMED[plain], 0, 0)
    found = _WHOLE.fullmatch(plain) or _PACKED.fullmatch(plain)
    return of_match(found) if found else None


def is_half(word: str) -> bool:
    """Whether a word names a half of the day and no hour."""
    return word in _HALVES


def plain_words(text: str) -> str:
    """A text as ``GRAMMAR`` reads it: plain figures for Chinese ones, small letters."""
    plain = _CHINESE.sub(lambda figures: str(_number(figures[0])), folded(text).casefold())
    return plain.replace("1刻", "一刻").replace("3刻", "三刻")


def of_match(found: "re.Match[str]") -> TimeOfDay | None:
    """What ``GRAMMAR`` found."""
    said = found.groupdict()
    half, after = _HALVES.get(said["half"] or ""), _HALVES.get(said["after"] or "")
    if half and after:
        return None
    hour = int(said["hour"])
    minute = _PARTS[said["part"]] if said.get("part") else int(said["minute"] or 0)
    if hour == _MIDNIGHT and minute and not half:
        return None
    meant = _hour(hour, half or after or "")
    return None if meant is None else _clock(meant, minute, int(said.get("second") or 0))


def _hour(hour: int, half: str) -> int | None:
    """The hour that is meant, 24 and more past midnight; None where the half of the day doesn't have it."""
    match half:
        case "am":
            return hour % 12 if hour <= 12 else None
        case "pm":
            return hour % 12 + 12 if hour <= 12 else hour
        case "night":
            return hour % 12 if hour < 8 or hour == 12 else None
        case "morning":
            return hour if hour < 12 else None
        case "noon":
            return hour + 12 if 1 <= hour <= 2 else hour if 11 <= hour <= 14 else None
        case "afternoon":
            return hour + 12 if 1 <= hour < 12 else hour if 12 <= hour < 20 else None
        case "evening":
            if hour in (0, 12, _MIDNIGHT):
                return _MIDNIGHT
            return hour + 12 if 4 <= hour < 12 else hour if 16 <= hour < _MIDNIGHT else None
    return hour


def _clock(hour: int, minute: int, second: int) -> TimeOfDay | None:
    if minute > 59 or second > 59 or hour > _MIDNIGHT:
        return None
    return TimeOfDay(time(hour % _MIDNIGHT, minute, second), hour == _MIDNIGHT)


def _number(figures: str) -> int:
    tens, ten, ones = figures.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
