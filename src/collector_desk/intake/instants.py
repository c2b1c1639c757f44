"""The time a figure is of, as clerks write it: a day with a time, a day alone, or a time alone."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from collector_desk.domain.message import msg
from collector_desk.intake import cells

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet's days have no zone
_FIRST_SERIAL, _LAST_SERIAL = 20_000.0, 73_050.0  # 1954 to 2099
_HALF = r"(?:(?P<half>上午|早上|中午|下午|晚上|am|pm)\s*+)?"
_CLOCK = (
    r"(?P<hour>\d{1,2})\s*+(?:[:：.时点]\s*+(?P<minute>\d{1,2})?)"
    r"(?:\s*+[:：.分]\s*+(?P<second>\d{1,2})?(?:\.\d+)?\s*+秒?)?(?:\s*+(?P<after>am|pm))?"
)
_TIME = re.compile(_HALF + _CLOCK, re.IGNORECASE)
_WHOLE = re.compile(
    r"(?P<year>\d{4})\s*+[-/.年]\s*+(?P<month>\d{1,2})\s*+[-/.月]\s*+(?P<day>\d{1,2})\s*+日?号?[ T,]*+"
    + _HALF
    + _CLOCK
    + r"\s*+(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}\s*+[-/.年]\s*+\d{1,2}\s*+[-/.月]\s*+\d{1,2}\s*+日?")
_PACKED = re.compile(r"(\d{8})\s?(\d{2})(\d{2})(\d{2})?")
IN_TITLE = re.compile(
    r"(?:截至|截止|(?:数据|统计|取数|更新|报送)时间|时点|as of|updated)\s*+(?:到|至)?\s*+[:：]?\s*+"
    r"([0-9０-９上下中早晚].{3,60})",
    re.IGNORECASE,
)
Moment = tuple[date | None, time | None, tzinfo | None]
"""The day, the time of day, and the zone where it was written; None: not said."""


def moment(cell: Any) -> Moment:
    """What a cell says of a time. All None where it is empty; raises Unreadable where it is no time at all."""
    if isinstance(cell, datetime):
        return cell.date(), cell.time(), cell.tzinfo
    if isinstance(cell, date):
        return cell, None, None
    if isinstance(cell, time):
        return None, cell, None
    if isinstance(cell, timedelta) and timedelta(0) <= cell < timedelta(days=1):
        return None, (_EPOCH + cell).time(), None
    if isinstance(cell, float) and not cell.is_integer():
        return _serial(cell)
    text = unicodedata.normalize("NFKC", cells.plain(cell)).strip("'‘’` \u3000")
    if cells.is_empty(text):
        return None, None, None
    if match := _WHOLE.fullmatch(text):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{match['zone']}").tzinfo if match["zone"] else None
        return day, _time(match), zone
    if match := _PACKED.fullmatch(text):
        digits = match[1]
        day = _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return day, _clock(int(match[2]), int(match[3]), int(match[4] or 0)), None
    if match := _TIME.fullmatch(text):
        return None, _time(match), None
    if re.fullmatch(r"\d{5}\.\d+", text):
        return _serial(float(text))
    found, _ = cells.day(text)
    return found, None, None


def in_title(text: str) -> Moment:
    """The time a line above the table names ("数据截至：2026-11-23 14:00"); all None where it names none."""
    match = IN_TITLE.search(text)
    if match is None:
        return None, None, None
    said = unicodedata.normalize("NFKC", match[1]).strip()
    found = _WHOLE.match(said) or _PACKED.match(said) or _TIME.match(said) or _DAY.match(said)
    try:
        return moment(found[0]) if found else (None, None, None)
    except cells.Unreadable:
        return None, None, None


def _serial(value: float) -> Moment:
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        whole = _EPOCH + timedelta(seconds=round(value * 86_400))
        return whole.date(), whole.time(), None
    if 0 <= value < 1:
        return None, (_EPOCH + timedelta(seconds=min(round(value * 86_400), 86_399))).time(), None
    raise cells.Unreadable(msg("intake.counts_no_time"))


def _day(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise cells.Unreadable(msg("intake.counts_no_time")) from error


def _time(match: re.Match[str]) -> time:
    hour, half = int(match["hour"]), (match["half"] or match["after"] or "").casefold()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "早上", "am") and hour == 12:
        hour = 0
    return _clock(hour, int(match["minute"] or 0), int(match["second"] or 0))


def _clock(hour: int, minute: int, second: int) -> time:
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise cells.Unreadable(msg("intake.counts_no_time")) from error
