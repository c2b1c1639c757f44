from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.ageing import (
    StageLimits,
    bucket_bounds,
    bucket_of,
    carried_days,
    days_past_due,
    round_order,
    stage_bounds,
    stage_of,
)
from collector_desk.domain.vocabulary import Bucket, Stage


def test_the_day_after_the_due_date_is_day_one():
    due = date(2026, 10, 10)
    assert days_past_due(due, date(2026, 10, 10)) == 0
    assert days_past_due(due, date(2026, 10, 11)) == 1
    assert days_past_due(due, date(2026, 11, 24)) == 45


def test_the_banks_days_are_carried_on():
    assert carried_days(57, date(2026, 11, 2), date(2026, 11, 23)) == 78


@pytest.mark.parametrize(
    ("days", "stage", "bucket"),
    [
        (-3, Stage.PRE_DUE, Bucket.M0),
        (0, Stage.PRE_DUE, Bucket.M0),
        (1, Stage.POLITE, Bucket.M1),
        (30, Stage.POLITE, Bucket.M1),
        (31, Stage.FIRM, Bucket.M2),
        (60, Stage.FIRM, Bucket.M2),
        (61, Stage.ESCALATION, Bucket.M3),
        (90, Stage.ESCALATION, Bucket.M3),
        (91, Stage.LEGAL, Bucket.M4),
        (150, Stage.LEGAL, Bucket.M5),
        (180, Stage.LEGAL, Bucket.M6),
        (181, Stage.LEGAL, Bucket.M6_PLUS),
    ],
)
def test_stage_and_bucket(days, stage, bucket):
    assert stage_of(days) is stage
    assert bucket_of(days) is bucket


@given(st.integers(-100, 4000))
def test_bounds_hold_exactly_the_days_of_their_stage_and_bucket(days):
    for first, last in (stage_bounds(stage_of(days)), bucket_bounds(bucket_of(days))):
        assert first is None or first <= days
        assert last is None or days <= last


def test_a_team_may_set_other_limits():
    assert stage_of(45, StageLimits(polite=45)) is Stage.POLITE


def test_rounds_stand_by_their_number_not_by_their_sign():
    told = ["其他", "第10手", "三手", "一手", "2手", "首手"]
    assert sorted(told, key=round_order) == ["一手", "首手", "2手", "三手", "第10手", "其他"]
