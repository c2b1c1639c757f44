"""Wall clocks: when a daily window is open in a zone, when a local day begins, both to the second.

Daylight saving is why this is not arithmetic on times of day: a wall time can be missing or come twice, and a
day can have 23 or 25 hours. So an instant is judged by the wall clock it falls on, and the next opening is
searched among the few instants at which the answer can change.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collector_desk.domain.message import Message, msg

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
SEARCH_DAYS = 400
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Daily:
    """A span of the wall clock that comes every day; ``start`` after ``end`` runs over midnight.

    ``days`` are the weekdays (Monday 0) and ``closed`` the dates on which a span may not begin.
    """

    start: int
    end: int
    open_edges: bool = False
    days: frozenset[int] = frozenset(range(7))
    closed: frozenset[date] = frozenset()


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; ``None`` where the name or the zone data is missing (the gate then shuts)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


_NAMED = {
    "Asia/Shanghai": "beijing",
    "Asia/Chongqing": "beijing",
    "Asia/Harbin": "beijing",
    "PRC": "beijing",
    "Asia/Urumqi": "xinjiang",
    "Asia/Kashgar": "xinjiang",
    "Asia/Hong_Kong": "hong_kong",
    "Asia/Macau": "macau",
    "Asia/Taipei": "taipei",
    "Asia/Tokyo": "tokyo",
    "Asia/Seoul": "seoul",
    "Asia/Singapore": "singapore",
    "Asia/Ho_Chi_Minh": "vietnam",
    "Asia/Saigon": "vietnam",
    "Australia/Sydney": "sydney",
    "Europe/London": "london",
    "Europe/Paris": "paris",
    "Europe/Berlin": "berlin",
    "America/New_York": "new_york",
    "America/Chicago": "chicago",
    "America/Denver": "denver",
    "America/Los_Angeles": "los_angeles",
    "UTC": "utc",
}


def named(name: str) -> Message | str:
    """A zone as people call it, where it has such a name; else as it is written."""
    return msg(f"conduct.zone_{_NAMED[name]}") if name in _NAMED else name


def whole_second(moment: datetime) -> datetime:
    """The instant in UTC without its fraction of a second: rules speak of seconds. Raises ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("an aware instant is needed: the machine's own zone must not be guessed")
    return moment.astimezone(UTC).replace(microsecond=0)


def next_whole_second(moment: datetime) -> datetime:
    """The instant itself if it is a whole second, else the next one."""
    floor = whole_second(moment)
    return floor if floor == moment else floor + _SECOND


def local_date(moment: datetime, where: ZoneInfo) -> date:
    """The calendar day of an instant in a zone."""
    return moment.astimezone(where).date()


@lru_cache(maxsize=4096)
def day_start(day: date, where: ZoneInfo) -> datetime:
    """The first instant of a local day (not always midnight: some zones skip it)."""
    return min(moment for moment in _walls(day, (0,), where) if local_date(moment, where) >= day)


def inside(span: Daily, moment: datetime, where: ZoneInfo) -> bool:
    """Whether the wall clock at this instant is within the span."""
    wall = moment.astimezone(where)
    second = wall.hour * 3600 + wall.minute * 60 + wall.second
    begun = wall.date()
    if span.start < span.end:
        within = span.start <= second < span.end
    else:
        within = second >= span.start or second < span.end
        if second < span.end:
            begun -= _DAY
    if span.open_edges and second == span.start:
        return False
    return within and begun.weekday() in span.days and begun not in span.closed


def next_opening(span: Daily, moment: datetime, where: ZoneInfo) -> datetime | None:
    """The first instant from ``moment`` on at which the span is open; ``None`` if it never is within a year."""
    return _first(span, moment, where, lambda at: inside(span, at, where))


def next_closing(span: Daily, moment: datetime, where: ZoneInfo) -> datetime | None:
    """The first instant from ``moment`` on at which the span is shut; ``None`` if it never is."""
    return _first(span, moment, where, lambda at: not inside(span, at, where), search_days=8)


def _first(
    span: Daily,
    moment: datetime,
    where: ZoneInfo,
    wanted: Callable[[datetime], bool],
    search_days: int = SEARCH_DAYS,
) -> datetime | None:
    if wanted(moment):
        return moment
    day = local_date(moment, where) - _DAY
    for _ in range(search_days):
        for at in _changes(span, day, where):
            if at >= moment and wanted(at):
                return at
        day += _DAY
    return None


@lru_cache(maxsize=4096)
def _changes(span: Daily, day: date, where: ZoneInfo) -> tuple[datetime, ...]:
    """The instants of a day at which the span can open or shut, in order."""
    return tuple(sorted(set(_walls(day, (0, span.start, span.start + 1, span.end), where))))


def _walls(day: date, seconds: Iterable[int], where: ZoneInfo) -> list[datetime]:
    """The instants at which the wall clock shows these seconds of a day, and any change of the clock that day."""
    found = []
    for second in seconds:
        wall = datetime.combine(day, time(), where) + timedelta(seconds=second)  # wall arithmetic, on purpose
        found += [wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return found + _clock_changes(day, where)


@lru_cache(maxsize=4096)
def _clock_changes(day: date, where: ZoneInfo) -> list[datetime]:
    """Where the zone's offset changes around this day, to the second."""
    low = datetime.combine(day, time(), UTC) - _DAY
    high = low + 3 * _DAY
    if low.astimezone(where).utcoffset() == high.astimezone(where).utcoffset():
        return []
    before = low.astimezone(where).utcoffset()
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(where).utcoffset() == before:
            low = middle
        else:
            high = middle
    return [high]
