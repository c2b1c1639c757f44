"""The time a figure is of, as clerks write it: a day with a time, a day alone, or a time alone."""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from collector_desk.domain.message import msg
from collector_desk.domain.text import days, times
from collector_desk.intake import cells

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- a sheet's days have no zone
_FIRST_SERIAL, _LAST_SERIAL = 20_000.0, 73_050.0  # 1954 to 2099
_WHOLE = re.compile(
    r"(?P<day>\d{4}\s*+[-/.年]\s*+\d{1,2}\s*+[-/.月]\s*+\d{1,2}+\s*+日?号?)[ t,]*+(?=\d*\D)"
    + times.GRAMMAR
    + r"\s*+(?P<zone>z|[+-]\d{2}:?\d{2})?"
)
_TIME = re.compile(times.GRAMMAR)
_DAY = re.compile(r"\d{4}\s*+[-/.年]\s*+\d{1,2}\s*+[-/.月]\s*+\d{1,2}\s*+日?")
_PACKED = re.compile(r"(\d{8})\s?(\d{2})(\d{2})(\d{2})?")
IN_TITLE = re.compile(
    r"(?:截至|截止|(?:数据|统计|取数|更新|报送)时间|时点|as of|updated)\s*+(?:到|至)?\s*+[:：]?\s*+"
    r"([0-9０-９上下中正早晚凌清午].{3,60})",
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
    text = times.plain_words(cells.plain(cell))
    if cells.is_empty(text):
        return None, None, None
    if match := _WHOLE.fullmatch(text):
        zone = (
            datetime.fromisoformat(f"2000-01-01T00:00:00{match['zone'].upper()}").tzinfo if match["zone"] else None
        )
        return _on(_day(match["day"]), times.of_match(match), zone)
    if match := _PACKED.fullmatch(text):
        return _on(_day(match[1]), times.read(f"{match[2]}:{match[3]}:{match[4] or 0}"), None)
    if not text.isdigit() and (_TIME.fullmatch(text) or times.read(text)):  # a bare number may be anything
        return _on(None, times.read(text), None)
    if re.fullmatch(r"\d{5}\.\d+", text):
        return _serial(float(text))
    found, _ = cells.day(text)
    return found, None, None


def in_title(text: str) -> Moment:
    """The time a line above the table names ("数据截至：2026-11-23 14:00"); all None where it names none."""
    match = IN_TITLE.search(text)
    if match is None:
        return None, None, None
    said = times.plain_words(match[1])
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


def _day(text: str) -> date:
    try:
        found = days.read(text)
    except days.NotADayError:
        found = None
    if found is None:
        raise cells.Unreadable(msg("intake.counts_no_time"))
    return found


def _on(day: date | None, clock: times.TimeOfDay | None, zone: tzinfo | None) -> Moment:
    """A time of a day; one past midnight belongs to the next, which has to be known."""
    if clock is None or (clock.next_day and day is None):
        raise cells.Unreadable(msg("intake.counts_no_time"))
    return (day + timedelta(days=clock.next_day) if day else None), clock.at, zone
