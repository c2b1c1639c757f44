"""What somebody means who types when: "明早9点", "下周一10点", "30m", "2小时后", "tomorrow 9am", "11-24".

For forms alone, never for files: the words hang on now. Day and time are two fields of a form; either of them
may say both. What can be two days or two hours is neither, and the fault names the two; so does what contradicts
itself. Whole days and times are those of ``days`` and ``times``, which files are read by too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from collector_desk.domain.message import Message, msg
from collector_desk.domain.text import days, times
from collector_desk.domain.text.bare import folded
from collector_desk.domain.text.times import TimeOfDay

_NAMED = {
    0: "今天 今日 今儿 今 today tonight",
    1: "明天 明日 明儿 明 tomorrow tmr tmrw",
    2: "后天 后日",
    3: "大后天",
    -1: "昨天 昨日 昨 yesterday",
    -2: "前天",
}
_OFFSETS = {name: off for off, names in _NAMED.items() for name in names.split()}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_OF = {
    **{sign: number for number, sign in enumerate("abcdefg")},
    **{name: number for number, name in enumerate(_WEEKDAYS)},
    **{name[:3]: number for number, name in enumerate(_WEEKDAYS)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?P<which>下下个?|下个?|这个?|本|next|this|coming)?\s*(?:(?:周|星期|礼拜)(?P<sign>[a-g])(?![a-z])|(?P<name>[a-z]{3,9}))"
)
_SIGNS = dict(zip("一二三四五六日天1234567", "abcdefggabcdefg", strict=True))
_SIGN = re.compile(r"(周|星期|礼拜)([一二三四五六日天]|[1-7](?!\d))")
_FIGURES = re.compile(r"[\d\s./\-+年月日号]+")
_DATED = re.compile(r"\d\s*[-/.月]\s*\d")
_SPAN = re.compile(
    r"(?:in|再过|过|再|等)?\s*(?:"
    r"(?P<days>\d{1,3})\s*(?:d|days?|天)"
    r"|(?P<weeks>\d{1,2})\s*(?:w|weeks?|周|个?星期|个?礼拜)"
    r"|(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?|分钟?)"
    r"|(?P<hours>\d{1,2}|an|a|半)(?P<part>\.5|个半)?\s*个?(?:h|hrs?|hours?|小时|钟头)(?P<half>半)?"
    r"(?:\s*(?:and)?\s*(?P<more>\d{1,2})\s*(?:m|mins?|minutes?|分钟?))?"
    r"|(?P<halfhour>half\s+an\s+hour)"
    r")\s*(?P<side>后|之后|以后|later|from now|前|之前|以前|ago)?"
)
_AGO = frozenset({"前", "之前", "以前", "ago"})
_SUFFIX = re.compile(r"(?P<clock>.{1,60}?)\s{0,3}(?:in the|at)\s{0,3}(?P<half>morning|afternoon|evening|night)")
_HALVES = {"morning": "早上", "afternoon": "下午", "evening": "晚上", "tonight": "今晚上", "night": "晚上"}
_HALF_WORD = re.compile(r"\b(?:this\s+)?(morning|afternoon|evening|tonight|night)\b")
_OF_CLOCK = re.compile(r"\s{0,3}o'?\s?clock")
_BETWEEN = " ,，、的"
_ONE = re.compile(r"(?P<hour>[1-7])(?!\d)(?P<more>\s*(?:[:.点时].*)?)")
"""An hour at which nobody may be called, by figures that the afternoon's hours are called by too."""
_MOST = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """When, as far as it was said. ``fault``: why it can't be taken so, and in which field (``at_fault``)."""

    day: date | None = None
    at: time | None = None
    fault: Message | None = None
    at_fault: str = ""
    over: bool = False  # the fault is that it is past

    def instant(self, now: datetime) -> datetime | None:
        """The whole of it on the clock of ``now``."""
        return datetime.combine(self.day, self.at, now.tzinfo) if self.day and self.at is not None else None


@dataclass(frozen=True, slots=True)
class _Said:
    """What one field says; a time past midnight has moved its day already, where it has one."""

    days: tuple[date, ...] = ()
    clocks: tuple[TimeOfDay, ...] = ()


def read(day: str, at: str, now: datetime, *, past: bool = False) -> Moment:
    """What two fields say together, the next moment it can be (``past``: the last one). ``now``: on the wall there.

    A field that is empty, or can't be read, leaves its part out. What is over already is said as a fault beside it.
    """
    first, then = _field(day, now, past, of_time=False), _field(at, now, past, of_time=True)
    found_days, clocks = _common(first.days, then.days), _common(first.clocks, then.clocks)
    if not found_days and first.days:
        pair = {"first": first.days[0], "second": then.days[0]}
        return Moment(fault=msg("calls.moment.contradicts", **pair), at_fault="date")
    if not clocks and first.clocks:
        times_said = {"first": _shown(first.clocks[0]), "second": _shown(then.clocks[0])}
        return Moment(fault=msg("calls.moment.contradicts_time", **times_said), at_fault="time")
    if len(found_days) > 1:
        fault = msg("calls.moment.two_days", first=found_days[0], second=found_days[1])
        return Moment(fault=fault, at_fault="date" if first.days else "time")
    found = found_days[0] if found_days else None
    if len(clocks) > 1:
        fault = msg("calls.moment.two_hours", first=_shown(clocks[0]), second=_shown(clocks[1]))
        return Moment(found, fault=fault, at_fault="date" if first.clocks else "time")
    return _whole(found, clocks[0] if clocks else None, now, past=past, needs_day=bool(first.clocks))


_T = TypeVar("_T")


def _common(first: tuple[_T, ...], then: tuple[_T, ...]) -> tuple[_T, ...]:
    """What both fields can mean: one that says nothing agrees, one that is plain settles what the other leaves.

    Two that agree in nothing leave what is open open, and else nothing.
    """
    if not first or not then:
        return first or then
    return tuple(one for one in first if one in then) or (first if len(first) > 1 else ())


def both_in(text: str, now: datetime, *, past: bool = False) -> tuple[date, time] | None:
    """Day and time where one field says the two of them, and plainly."""
    said = _field(text, now, past, of_time=False)
    if len(said.days) != 1 or len(said.clocks) != 1:
        return None
    return said.days[0] + timedelta(days=said.clocks[0].next_day), said.clocks[0].at


def _whole(found: date | None, clock: TimeOfDay | None, now: datetime, *, past: bool, needs_day: bool) -> Moment:
    if clock is None:
        over = found is not None and found < now.date() and not past
        fault = msg("calls.moment.past_day", day=found) if over else None
        return Moment(found, fault=fault, at_fault="date", over=over)
    if found is None and needs_day:
        found = now.date()  # a time typed where a day belongs is today's
    if found is not None and clock.next_day:
        found += timedelta(days=1)
    moment = Moment(found, clock.at)
    instant = moment.instant(now)
    if instant is None or past or instant > now:
        return moment
    field = "date" if found != now.date() else "time"
    return Moment(found, clock.at, msg("calls.moment.past", moment=instant), field, over=True)


def _field(text: str, now: datetime, past: bool, *, of_time: bool) -> _Said:
    plain = _plain(text)
    if not plain:
        return _Said()
    span = _SPAN.fullmatch(plain)
    if span:
        return _after(span, now, past)
    alone = _clocks(plain)
    if of_time and alone:
        return _Said(clocks=alone)
    found = days_of(plain, now.date(), past=past)
    if found:
        return _Said(found)
    return _both(plain, now.date(), past) or _Said(clocks=alone)


def _plain(text: str) -> str:
    """The words as the readers below take them: plain figures and small letters, halves of the day in Chinese."""
    # a weekday's figure is none of a time that follows it: 下周一10点
    marked = _SIGN.sub(lambda found: f"{found[1]}{_SIGNS[found[2]]} ", folded(text[:_MOST]))
    plain = _OF_CLOCK.sub("", times.plain_words(marked)).strip(_BETWEEN)
    if suffix := _SUFFIX.fullmatch(plain):
        plain = _with_half(suffix)
    return _HALF_WORD.sub(lambda found: _HALVES[found[1]], plain)


def _with_half(found: "re.Match[str]") -> str:
    """ "tomorrow at 3 in the afternoon": the half of the day goes before the clock."""
    words = found["clock"].split()
    return " ".join([*words[:-1], _HALVES[found["half"]] + words[-1]])


def _after(found: "re.Match[str]", now: datetime, past: bool) -> _Said:
    """So long from now, or so long ago."""
    said = found.groupdict()
    ago = said["side"] in _AGO
    sign = -1 if ago or (past and said["side"] is None) else 1
    if said["days"] or said["weeks"]:
        return _Said((now.date() + timedelta(days=sign * (int(said["days"] or 0) + 7 * int(said["weeks"] or 0))),))
    minutes = int(said["minutes"] or said["more"] or 0)
    if said["hours"]:
        minutes += 30 if said["hours"] == "半" else 60 * (1 if said["hours"] in ("a", "an") else int(said["hours"]))
        minutes += 30 if said["part"] or said["half"] else 0
    if said["halfhour"]:
        minutes = 30
    to_the_minute = timedelta(minutes=1) if now.second or now.microsecond else timedelta()
    meant = now.replace(second=0, microsecond=0) + to_the_minute + timedelta(minutes=sign * minutes)
    return _Said((meant.date(),), (TimeOfDay(meant.time()),))


def _both(plain: str, today: date, past: bool) -> _Said | None:
    """A day with a time behind it, or ("9am tomorrow") a named day behind a time."""
    found: list[_Said] = []
    for left, right in _parts(plain):
        if ((day := days_of(left, today, past=past)) and (clocks := _clocks(right))) or (
            not _FIGURES.fullmatch(right)
            and (day := days_of(right, today, past=past))
            and (clocks := _clocks(left))
        ):
            found.append(_Said(day, clocks))
    if found:
        return min(found, key=lambda said: len(said.days))
    halves = (
        day for left, right in _parts(plain) if times.is_half(right) if (day := days_of(left, today, past=past))
    )
    return next(map(_Said, halves), None)


def _parts(plain: str) -> Iterator[tuple[str, str]]:
    """The two halves of a text at every place that parts no figure, the longest day first."""
    for place in range(len(plain) - 1, 0, -1):
        before, after = plain[place - 1], plain[place]
        if (before.isdigit() or before in "./-:") and (after.isdigit() or after in "./-:"):
            continue
        left = plain[:place].strip(_BETWEEN)
        right = re.sub(r"^(?:at|on|@)\s+", "", plain[place:].strip(_BETWEEN))
        left = re.sub(r"\s+(?:at|on|@)$", "", re.sub(r"^on\s+", "", left))
        if left and right:
            yield left, right


def days_of(text: str, today: date, *, past: bool = False) -> tuple[date, ...]:
    """The day a text names, two where it can be either; none where it is no day."""
    plain = re.sub(r"^on\s+", "", _plain(text))
    if plain in _OFFSETS:
        return (today + timedelta(days=_OFFSETS[plain]),)
    if weekday := _WEEKDAY.fullmatch(plain):
        return _on_weekday(weekday, today, past)
    if plain in ("月底", "end of month", "end of the month"):
        return ((today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1),)
    if _FIGURES.fullmatch(plain):
        found = _of_figures(plain, today, past)
        return (found,) if found else ()
    name, _, rest = plain.partition(" ")
    if (
        _DATED.search(rest)
        and (named := days_of(name, today, past=past))
        and (dated := days_of(rest, today, past=past))
    ):
        both = tuple(day for day in named if day in dated)  # "tomorrow 11-24"
        return both or (named[0], dated[0])
    if ":" in plain:
        return ()
    try:
        found = days.read(plain)
    except days.NotADayError:
        return ()
    return (found,) if found else ()


def _on_weekday(found: "re.Match[str]", today: date, past: bool) -> tuple[date, ...]:
    wanted = _WEEKDAY_OF.get(found["sign"] or found["name"])
    if wanted is None:
        return ()
    here = today - timedelta(days=today.weekday()) + timedelta(days=wanted)
    week, which = timedelta(days=7), (found["which"] or "").removesuffix("个")
    if which in ("这", "本", "this"):
        return (here,)
    if which == "next":  # of this week or the one after: people differ
        return (here, here + week) if here > today else (here + week,)
    if which in ("下", "下下"):
        return (here + week * len(which),)
    if past:
        return (here if here <= today else here - week,)
    if here == today and which != "coming":
        return (here, here + week)
    return (here if here > today else here + week,)


def _of_figures(plain: str, today: date, past: bool) -> date | None:
    """ "24", "11-24", "1124", "+2", "2026-11-24": month and year are filled in from today."""
    if found := re.fullmatch(r"([+-])\s?(\d{1,3})", plain):
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


def _clocks(plain: str) -> tuple[TimeOfDay, ...]:
    """The time a text says; two for an hour before eight that names no half of the day ("3点", not "03:00")."""
    found = times.read(plain)
    if found is None:
        return ()
    if _ONE.fullmatch(plain) and found.at.hour in range(1, 8):
        return found, TimeOfDay(found.at.replace(hour=found.at.hour + 12))
    return (found,)


def _shown(clock: TimeOfDay) -> str:
    return f"{clock.at:%H:%M}"
