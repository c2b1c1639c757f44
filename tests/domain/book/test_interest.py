"""The interest a day as it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.interest import MOST_PPM, read_daily, shown_daily


@pytest.mark.parametrize(
    ("typed", "ppm"),
    [("0.05", 500), ("0.05 %", 500), ("０．０５％", 500), ("", 0), ("  ", 0), ("1", 10_000), ("0.0001", 1)],
)
def test_what_is_read(typed, ppm):
    assert read_daily(typed) == ppm


@pytest.mark.parametrize("typed", ["万分之五", "5x", "-0.05", "1.01", "nan", "inf", "0.00005", "18,25", "0.05.1"])
def test_what_is_not_read(typed):
    assert read_daily(typed) is None


@given(st.integers(0, MOST_PPM))
def test_what_is_shown_is_read_again(ppm):
    assert read_daily(shown_daily(ppm)) == ppm
