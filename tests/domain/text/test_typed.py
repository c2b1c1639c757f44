from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.typed import parse_day, parse_past_moment, parse_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", TODAY),
        ("明天 11-24", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 24)),
        ("后天", date(2026, 11, 25)),
        ("+3", date(2026, 11, 26)),
        ("25", date(2026, 11, 25)),
        ("5", date(2026, 12, 5)),
        ("11-24", date(2026, 11, 24)),
        ("11/2", date(2027, 11, 2)),
        ("1124", date(2026, 11, 24)),
        ("11月24日", date(2026, 11, 24)),
        ("2026-12-01", date(2026, 12, 1)),
        ("２４", date(2026, 11, 24)),
        ("", None),
        ("13-45", None),
        ("soon 3", None),
    ],
)
def test_days(text, day):
    assert parse_day(text, TODAY) == day


def test_a_day_that_was():
    assert parse_day("25", TODAY, past=True) == date(2026, 10, 25)
    assert parse_day("12-01", TODAY, past=True) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18", time(18)),
        ("1830", time(18, 30)),
        ("930", time(9, 30)),
        ("18：05", time(18, 5)),
        ("下午6点半", time(18, 30)),
        ("6:30pm", time(18, 30)),
        ("上午9点", time(9)),
        ("25", None),
        ("18:61", None),
        ("", None),
        ("evening", None),
    ],
)
def test_times(text, at):
    assert parse_time(text) == at


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_an_answer(text):
    parse_day(text, TODAY)
    parse_time(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:00", "2026-11-23 14:00"),
        ("下午2点", "2026-11-23 14:00"),
        ("1400", "2026-11-23 14:00"),
        ("11-22 18:00", "2026-11-22 18:00"),
        ("昨天 18:00", "2026-11-22 18:00"),
        ("2026-11-22T18:00", "2026-11-22 18:00"),
        ("", None),
        ("25:00", None),
        ("someday 14:00", None),
    ],
)
def test_a_moment_of_today_or_before_is_read(text, at):
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime(2026, 11, 23, 15, tzinfo=zone)
    found = parse_past_moment(text, now)
    assert found == (datetime.fromisoformat(at).replace(tzinfo=zone) if at else None)
