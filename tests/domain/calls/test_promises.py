from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.promises import PromiseLimits, Weight, check_promise, presets

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai
BALANCE = Money(3_391_162)


def check(amount=BALANCE, day=date(2026, 11, 23), at=time(18, 0), **more):
    return check_promise(amount, day, at, balance=BALANCE, now=more.pop("now", NOW), zone=ZONE, **more)


def test_a_promise_for_tonight_is_fine_and_due_in_utc():
    result = check()
    assert result.findings == ()
    assert result.due_at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "waits"),
    [(date(2026, 11, 25), False), (date(2026, 11, 26), True)],
)
def test_more_than_two_calendar_days_waits_for_a_lead(day, waits):
    result = check(day=day)
    assert result.waits_for_lead is waits
    assert not result.refused


def test_calendar_days_are_the_debtors_own():
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # already the 23rd in Shanghai
    assert not check(day=date(2026, 11, 25), now=late).waits_for_lead


def test_a_day_beyond_the_mandates_end_is_said_at_its_field_and_refuses_nothing():
    ends = PromiseLimits(mandate_ends=date(2026, 11, 24))
    assert check(day=date(2026, 11, 24), limits=ends).findings == ()
    result = check(day=date(2026, 11, 25), limits=ends)
    assert [(f.weight, f.field_name) for f in result.findings] == [(Weight.WARN, "date")]
    assert not result.refused


def test_past_times_are_refused_at_their_field():
    assert [f.field_name for f in check(at=time(14, 0)).findings] == ["time"]
    assert [f.field_name for f in check(day=date(2026, 11, 22)).findings] == ["date"]
    assert check(at=time(14, 0)).refused


def test_missing_values_are_each_named():
    result = check_promise(None, None, None, balance=BALANCE, now=NOW, zone=ZONE)
    assert [f.field_name for f in result.findings] == ["amount", "date", "time"]
    assert result.refused
    assert result.due_at is None


def test_amounts():
    assert [f.weight for f in check(Money(BALANCE.minor + 1)).findings] == [Weight.REFUSE]  # a part, too
    assert check(Money(0)).refused
    assert check(Money(-5)).refused
    assert check(Money(5, "USD")).refused
    assert not check(Money(1)).findings


@pytest.mark.parametrize("minor", [1, 100, BALANCE.minor - 1, BALANCE.minor + 1, 9_999_900])
def test_in_full_is_the_debt_as_shown(minor):
    result = check(Money(minor), full=BALANCE)
    assert result.refused
    assert [(f.field_name, f.message.params["balance"]) for f in result.findings] == [("amount", BALANCE)]
    assert not check(BALANCE, full=BALANCE).findings
    assert check(Money(minor), full=None).refused == (minor > BALANCE.minor)


def test_presets():
    values = presets(BALANCE, datetime(2026, 11, 22, 17, 0, tzinfo=UTC), ZONE)
    assert values.full == BALANCE
    assert (values.today, values.tomorrow) == (date(2026, 11, 23), date(2026, 11, 24))
    assert values.at == time(18, 0)


@given(st.integers(-5, 40), st.times(), st.integers(0, 10))
def test_no_promise_passes_unseen_in_the_past_or_beyond_the_limit(days, at, limit):
    day = date(2026, 11, 23) + timedelta(days=days)
    result = check(day=day, at=at, limits=PromiseLimits(days=limit))
    assert result.refused == (datetime.combine(day, at, ZONE) <= NOW)
    assert result.waits_for_lead == (not result.refused and days > limit)
