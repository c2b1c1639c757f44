"""The moments that are asked for most when somebody says when to ring again, each by one key."""

from datetime import datetime, time, timedelta
from enum import StrEnum


class Soon(StrEnum):
    """A moment from now; an hour that is over today is tomorrow's."""

    HALF_HOUR = "half_hour"
    HOUR = "hour"
    NOON = "noon"
    TWO = "two"
    SIX = "six"
    TOMORROW = "tomorrow"  # at nine


_AFTER = {Soon.HALF_HOUR: timedelta(minutes=30), Soon.HOUR: timedelta(hours=1)}
_AT = {Soon.NOON: time(12), Soon.TWO: time(14), Soon.SIX: time(18), Soon.TOMORROW: time(9)}


def moment_of(soon: Soon, now: datetime) -> datetime:
    """The next such moment on the clock of ``now``, to the minute."""
    if soon in _AFTER:
        return (now + _AFTER[soon] + timedelta(seconds=59)).replace(second=0, microsecond=0)
    at = datetime.combine(now.date(), _AT[soon], now.tzinfo)
    later = soon is Soon.TOMORROW or at <= now
    return datetime.combine(now.date() + timedelta(days=1), _AT[soon], now.tzinfo) if later else at
