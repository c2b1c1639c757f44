"""Figures as they are said aloud."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.text.spoken import (
    amount_words,
    date_words,
    days_words,
    greeting_words,
    moment_words,
    number_words,
    time_words,
)

_FIGURES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_SIZES = {"十": 10, "百": 100, "千": 1000}


THE_SAMPLE = "thirty-three thousand nine hundred and eleven yuan and sixty-two fen"


def _read_zh(words: str) -> int:
    """The other way round, written apart from the code it tests."""
    for unit, size in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, low = words.split(unit, 1)
            return _read_zh(high) * size + (_read_zh(low) if low else 0)
    total = figure = 0
    for char in words:
        if char in _SIZES:
            total += (figure or 1) * _SIZES[char]
            figure = 0
        else:
            figure = _FIGURES[char]
    return total + figure


@given(st.integers(0, 10**12 - 1))
def test_chinese_numbers_say_the_number(value: int) -> None:
    words = number_words(value, "zh_CN")
    assert _read_zh(words) == value
    assert "零零" not in words
    assert value == 0 or not words.endswith("零")


@given(st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_english_numbers_differ_where_the_numbers_do(one: int, other: int) -> None:
    assert (number_words(one, "en") == number_words(other, "en")) == (one == other)


@pytest.mark.parametrize(
    ("minor", "chinese", "english"),
    [
        (
            3391162,
            "三万三千九百一十一元六角二分",
            "thirty-three thousand nine hundred and eleven yuan and sixty-two fen",
        ),
        (0, "零元", "zero yuan"),
        (5, "五分", "five fen"),
        (2, "两分", "two fen"),
        (105, "一元零五分", "one yuan and five fen"),
        (150, "一元五角", "one yuan and fifty fen"),
        (200, "两元", "two yuan"),
        (1200, "十二元", "twelve yuan"),
        (11200, "一百一十二元", "one hundred and twelve yuan"),
        (200000, "两千元", "two thousand yuan"),
        (2000000, "两万元", "twenty thousand yuan"),
        (2001000, "两万零一十元", "twenty thousand and ten yuan"),
        (10050000, "十万零五百元", "one hundred thousand five hundred yuan"),
        (-300, "负三元", "minus three yuan"),
    ],
)
def test_amounts(minor: int, chinese: str, english: str) -> None:
    assert amount_words(Money(minor), "zh_CN") == chinese
    assert amount_words(Money(minor), "en") == english


def test_other_currencies_are_said_with_a_point() -> None:
    assert amount_words(Money(1250, "USD"), "zh_CN") == "十二点五美元"
    assert amount_words(Money(1205, "USD"), "en") == "twelve point zero five US dollars"
    assert amount_words(Money(300, "JPY"), "zh_CN") == "三百日元"


def test_dates_and_days() -> None:
    day = date(2026, 10, 10)
    assert date_words(day, "zh_CN") == "十月十号"
    assert date_words(day, "zh_CN", today=date(2027, 1, 2)) == "二零二六年十月十号"
    assert date_words(day, "en") == "the tenth of October"
    assert date_words(date(2026, 2, 21), "en", today=date(2027, 1, 2)) == "the twenty-first of February 2026"
    assert [days_words(n, "zh_CN") for n in (1, 2, 12, 35)] == ["一天", "两天", "十二天", "三十五天"]
    assert [days_words(n, "en") for n in (1, 35)] == ["one day", "thirty-five days"]


@pytest.mark.parametrize(
    ("at", "chinese", "english"),
    [
        (time(0, 10), "凌晨零点十分", "twelve ten in the morning"),
        (time(8, 5), "早上八点零五分", "eight oh five in the morning"),
        (time(10, 45), "上午十点四十五分", "ten forty-five in the morning"),
        (time(12), "中午十二点", "noon"),
        (time(14, 30), "下午两点半", "half past two in the afternoon"),
        (time(18), "下午六点", "six in the evening"),
        (time(20, 15), "晚上八点十五分", "eight fifteen in the evening"),
    ],
)
def test_times(at: time, chinese: str, english: str) -> None:
    assert time_words(at, "zh_CN") == chinese
    assert time_words(at, "en") == english


def test_a_moment_and_a_greeting() -> None:
    at = datetime(2026, 10, 10, 18, tzinfo=UTC)
    assert moment_words(at, "zh_CN") == "十月十号下午六点"
    assert moment_words(at, "en") == "six in the evening on the tenth of October"
    near = [at.replace(day=day).date() for day in (10, 9, 8, 7)]
    assert [moment_words(at, "zh_CN", today=day, near=True) for day in near] == [
        "今天下午六点",
        "明天下午六点",
        "后天下午六点",
        "十月十号下午六点",
    ]
    assert moment_words(at, "en", today=near[1], near=True) == "six in the evening tomorrow"
    assert greeting_words(at, "zh_CN") == "您好"
    assert [greeting_words(at.replace(hour=h), "en") for h in (9, 13, 19)] == [
        "Good morning",
        "Good afternoon",
        "Good evening",
    ]


def test_an_unknown_language_and_an_endless_number_are_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        number_words(1, "fr")
    with pytest.raises(ValueError, match="large"):
        number_words(10**15, "en")
