"""A promise in parts: how they are typed, and what may be agreed of them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.parts import MOST, FurtherPart, check_parts, read_parts
from collector_desk.domain.calls.promises import PromiseLimits, Weight
from collector_desk.domain.message import Refused

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)
SIX = time(18)
FAR = PromiseLimits(days=30)


def nov(day: int) -> date:
    return date(2026, 11, day)


def part(yuan, day, at=SIX):
    return FurtherPart(Money(round(yuan * 100)), nov(day), at)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("500 11-30", [part(500, 30)]),
        ("500 11-25; 1,000 下周五 18:00", [part(500, 25), FurtherPart(Money(100_000), date(2026, 12, 4), SIX)]),
        ("￥500元 明天9点；300.50 后天", [part(500, 24, time(9)), part(300.5, 25)]),
        ("500　28日\n200 +6", [part(500, 28), part(200, 29)]),
        (" ; ；", []),
    ],
)
def test_what_is_read(typed, meant):
    assert list(read_parts(typed, "CNY", NOW, SIX)) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("500", "calls.part_unread"),
        ("11-30 500", "calls.part_unread"),
        ("500 11-30; tomorrow", "calls.part_unread"),
        ("1200,5 11-30", "calls.part_unread"),
        ("500 someday", "calls.part_unread"),
        ("500 明天3点", None),  # in the morning or in the afternoon?
    ],
)
def test_what_is_no_part_is_said_with_the_piece(typed, code):
    with pytest.raises(Refused) as refused:
        read_parts(typed, "CNY", NOW, SIX)
    assert refused.value.field_name == "parts"
    if code:
        assert refused.value.message.code == code


def judged(first, day, *more, owed=10_000, full=False, limits=FAR):
    return check_parts(
        Money(first * 100),
        nov(day),
        SIX,
        more,
        balance=Money(owed * 100),
        full=Money(owed * 100) if full else None,
        now=NOW,
        zone=ZONE,
        limits=limits,
    )


def codes(found, weight=Weight.REFUSE):
    return [one.message.code for one in found.findings if one.weight is weight]


def test_parts_that_are_less_than_owed_and_one_after_the_other_stand():
    found = judged(1_000, 24, part(1_000, 25), part(8_000, 30))
    assert found.findings == ()
    assert found.due == (
        datetime(2026, 11, 25, 10, tzinfo=UTC),
        datetime(2026, 11, 30, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (judged(1_000, 26, part(1_000, 25)), "calls.part_order"),
        (judged(1_000, 24, part(1_000, 25), part(1, 25)), "calls.part_order"),
        (judged(6_000, 24, part(6_000, 25)), "calls.part_sum"),
        (judged(6_000, 24, part(3_000, 25), full=True), "calls.part_not_full"),
        (judged(1_000, 24, part(1_000, 22)), "calls.promises.past"),
        (judged(1, 24, *(part(1, 25 + n) for n in range(MOST))), "calls.part_many"),
    ],
)
def test_what_can_not_be_agreed_is_refused_at_the_parts(found, code):
    assert code in codes(found)
    assert {one.field_name for one in found.findings if one.weight is Weight.REFUSE} == {"parts"}


def test_in_full_in_parts_is_the_debt_to_the_fen():
    assert codes(judged(6_000, 24, part(4_000, 25), full=True)) == []
    assert codes(judged(6_000, 24, full=True)) == ["calls.promises.not_full"]


def test_one_part_further_out_lets_all_of_it_wait_for_a_lead():
    found = judged(1_000, 24, part(1_000, 30), limits=PromiseLimits())
    assert found.waits_for_lead
    assert not judged(1_000, 24, part(1_000, 25), limits=PromiseLimits()).waits_for_lead


@given(st.lists(st.tuples(st.integers(1, 900_000), st.integers(24, 30)), min_size=1, max_size=5))
def test_what_is_shown_is_read_again(some):
    parts = [FurtherPart(Money(minor), nov(day), SIX) for minor, day in some]
    typed = "; ".join(f"{one.amount.minor / 100:.2f} {one.day:%m-%d} {one.at:%H:%M}" for one in parts)
    assert list(read_parts(typed, "CNY", NOW, time(9))) == parts


def test_before_it_is_due_in_full_is_the_instalment():
    def refused(first, *more):
        found = check_parts(
            *(Money(first * 100), nov(24), SIX, more),
            balance=Money(1_000_000),
            full=Money(80_000),
            now=NOW,
            zone=ZONE,
            limits=FAR,
        )
        return codes(found)

    assert refused(800) == []
    assert refused(10_000) == ["calls.promises.not_full"]
    assert refused(300, part(500, 25)) == []
    assert refused(300, part(600, 25)) == ["calls.part_not_full"]
