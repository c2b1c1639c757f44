"""What somebody means who types when, in one field or two; what can be two moments is none."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.moments import read
from collector_desk.words.messages import LANGUAGES, render

NOW = datetime(2026, 11, 23, 10, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
TODAY = NOW.date()
WHOLE = [
    ("明早9点", "11-24 09:00"),
    ("明天上午九点", "11-24 09:00"),
    ("明天下午3点", "11-24 15:00"),
    ("明天下午三点半", "11-24 15:30"),
    ("今晚8点", "11-23 20:00"),
    ("大后天下午5点", "11-26 17:00"),
    ("下周一10点", "11-30 10:00"),
    ("下周一十点", "11-30 10:00"),
    ("下星期五 14:00", "12-04 14:00"),
    ("下下周三上午10点", "12-09 10:00"),
    ("周三10:30", "11-25 10:30"),
    ("礼拜天上午10点", "11-29 10:00"),
    ("本周五15点", "11-27 15:00"),
    ("11月24日下午3点", "11-24 15:00"),
    ("11-24 9点", "11-24 09:00"),
    ("2026-11-24 15:00", "11-24 15:00"),
    ("24 18:00", "11-24 18:00"),
    ("+2 10:00", "11-25 10:00"),
    ("明天1830", "11-24 18:30"),
    ("明天中午", "11-24 12:00"),
    ("明晚12点", "11-25 00:00"),
    ("tomorrow 9am", "11-24 09:00"),
    ("tomorrow at 9", "11-24 09:00"),
    ("9am tomorrow", "11-24 09:00"),
    ("Tomorrow Morning 9", "11-24 09:00"),
    ("tomorrow at 3 in the afternoon", "11-24 15:00"),
    ("tomorrow noon", "11-24 12:00"),
    ("tomorrow midnight", "11-25 00:00"),
    ("tonight 8", "11-23 20:00"),
    ("3pm on friday", "11-27 15:00"),
    ("this fri 15:00", "11-27 15:00"),
    ("wed 10:30", "11-25 10:30"),
    ("next monday 10:00", "11-30 10:00"),
    ("tomorrow 10 o'clock", "11-24 10:00"),
    # so long from now, to the next whole minute
    ("30m", "11-23 10:31"),
    ("30 min", "11-23 10:31"),
    ("30分钟后", "11-23 10:31"),
    ("三十分钟后", "11-23 10:31"),
    ("in 30 minutes", "11-23 10:31"),
    ("half an hour", "11-23 10:31"),
    ("半小时后", "11-23 10:31"),
    ("2h", "11-23 12:01"),
    ("2小时后", "11-23 12:01"),
    ("两个小时后", "11-23 12:01"),
    ("in 2 hours", "11-23 12:01"),
    ("1h30m", "11-23 11:31"),
    ("1.5h", "11-23 11:31"),
    ("一个半小时后", "11-23 11:31"),
    ("14h", "11-24 00:01"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(("text", "meant"), WHOLE)
def test_a_moment_is_read_in_either_field(text, meant):
    for day, clock in ((text, ""), ("", text)):
        found = read(day, clock, NOW)
        assert found.fault is None
        assert found.instant(NOW) == at(meant)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("后天", "11-25"),
        ("周五", "11-27"),
        ("3天后", "11-26"),
        ("in 3 days", "11-26"),
        ("2周后", "12-07"),
        ("月底", "11-30"),
        ("明早", "11-24"),
        ("明天 11-24", "11-24"),
        ("tomorrow 11-24", "11-24"),
        ("next monday", "11-30"),
    ],
)
def test_a_day_alone_waits_for_its_hour(text, day):
    found = read(text, "", NOW)
    assert (found.day, found.at, found.fault) == (date.fromisoformat(f"2026-{day}"), None, None)
    assert read(text, "下午3点", NOW).instant(NOW) == at(f"{day} 15:00")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("noon", time(12)),
        ("中午", time(12)),
        ("14", time(14)),
        ("下午三点半", time(15, 30)),
        ("09:30", time(9, 30)),
    ],
)
def test_an_hour_alone_waits_for_its_day(text, clock):
    found = read("", text, NOW)
    assert (found.day, found.at, found.fault) == (None, clock, None)
    assert read("明天", text, NOW).instant(NOW) == datetime.combine(date(2026, 11, 24), clock, NOW.tzinfo)


def test_midnight_ends_the_day_it_is_said_of():
    assert read("明天", "midnight", NOW).instant(NOW) == at("11-25 00:00")
    assert read("今天", "半夜", NOW).instant(NOW) == at("11-24 00:00")
    assert read("", "午夜", NOW).at == time(0)


TWO = [
    ("周一", "", "two_days", "date"),  # today is one
    ("next friday 3pm", "", "two_days", "date"),  # this week's, or the one after
    ("tomorrow 11-25", "18:00", "two_days", "date"),
    ("", "周一 18:00", "two_days", "time"),
    ("明天3点", "", "two_hours", "date"),
    ("明天", "3点", "two_hours", "time"),
    ("tomorrow", "7", "two_hours", "time"),
    ("明天", "后天9点", "contradicts", "date"),
    ("明早9点", "18:00", "contradicts_time", "time"),
    ("明天3点", "18:00", "two_hours", "date"),
    ("昨天", "", "past_day", "date"),
    ("今天", "9点", "past", "time"),
    ("2026-11-20", "18:00", "past", "date"),
]


@pytest.mark.parametrize(("day", "clock", "code", "field"), TWO)
def test_what_can_be_two_moments_or_is_past_is_said(day, clock, code, field):
    found = read(day, clock, NOW)
    assert found.fault is not None
    assert (found.fault.code, found.at_fault) == (f"calls.moment.{code}", field)
    assert found.over == code.startswith("past")
    if not found.over:
        assert found.instant(NOW) is None, "nothing is taken silently"
    for lang in LANGUAGES:
        said = render(found.fault, lang, zone=NOW.tzinfo)
        assert said != found.fault.code
        assert "{" not in said


def test_the_other_field_settles_what_one_leaves_open():
    assert read("明天3点", "15:00", NOW).instant(NOW) == at("11-24 15:00")
    assert read("周一 18:00", "11-30", NOW).instant(NOW) == at("11-30 18:00")
    assert read("周一", "下周一18点", NOW).instant(NOW) == at("11-30 18:00")


@pytest.mark.parametrize("text", ["03:00", "凌晨3点", "3am", "下午3点", "15点", "8点", "0:30", "tomorrow 3pm"])
def test_an_hour_that_is_named_whole_is_one(text):
    assert read("tomorrow", text, NOW).fault is None


@pytest.mark.parametrize("text", ["", "soon", "一会儿", "明", "tomorow 9", "周八", "someday 3pm", "25:00", "下周"])
def test_what_is_none_of_these_is_left_unread(text):
    for found in (read(text, "", NOW), read("", text, NOW)):
        assert found.instant(NOW) is None or text == "明"


def test_of_a_payment_the_last_moment_is_meant():
    found = read("周五", "下午3点", NOW, past=True)
    assert (found.instant(NOW), found.fault) == (at("11-20 15:00"), None)
    assert read("2天前", "18:00", NOW, past=True).instant(NOW) == at("11-21 18:00")
    assert read("今天", "9点", NOW, past=True).instant(NOW) == at("11-23 09:00")


@given(st.integers(2, 360 * 24 * 60))
def test_every_moment_comes_back_from_how_it_is_written(minutes):
    moment = wanted = NOW.replace(second=0) + timedelta(minutes=minutes)
    for day in (
        f"{moment:%Y-%m-%d}",
        f"{moment.year}年{moment.month}月{moment.day}日",
        f"{moment:%Y%m%d}",
        f"{moment:%m-%d}",
    ):
        found = read(day, f"{moment:%H:%M}", NOW)
        assert found.instant(NOW) == wanted
        together = read(f"{day} {moment:%H:%M}", "", NOW)
        assert together.instant(NOW) == found.instant(NOW)


@given(st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), st.sampled_from(["周{}", "星期{}", "礼拜{}"]))
def test_a_weekday_of_next_week_is_one_day(weekday, hour, minute, form):
    name = "下" + form.format("一二三四五六日"[weekday])
    found = read(name, f"{hour:02}:{minute:02}", NOW)
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert found.instant(NOW) == datetime.combine(
        monday + timedelta(days=7 + weekday), time(hour, minute), NOW.tzinfo
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_gives_an_answer(day, clock):
    read(day, clock, NOW)


@given(st.text("下周一二明后天早晚上午点半0123456789:. ampmtorw年月日小时分钟", max_size=14))
def test_words_in_any_order_end_in_an_answer(text):
    read(text, "", NOW)
    read("", text, NOW)
