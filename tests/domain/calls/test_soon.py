from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.calls.soon import Soon, moment_of

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 13, 20, 31, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("soon", "day", "at"),
    [
        (Soon.HALF_HOUR, 30, time(13, 51)),
        (Soon.HOUR, 30, time(14, 21)),
        (Soon.NOON, 1, time(12)),
        (Soon.TWO, 30, time(14)),
        (Soon.SIX, 30, time(18)),
        (Soon.TOMORROW, 1, time(9)),
    ],
)
def test_each_is_the_next_such_moment(soon, day, at):
    found = moment_of(soon, NOW)
    assert (found.day, found.time()) == (day, at)


@given(st.sampled_from(list(Soon)), st.integers(0, 60 * 60 * 24 * 365))
def test_none_of_them_is_past_or_far(soon, seconds):
    now = NOW + timedelta(seconds=seconds)
    assert now < moment_of(soon, now) <= now + timedelta(days=2)
