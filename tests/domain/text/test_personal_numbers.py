from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.text.personal_numbers import NumberSort, find_numbers

CARD = "4111111111111111"
IDENTITY = "11010519491231002X"


def sorts(text):
    return [(text[n.start : n.end], n.sort) for n in find_numbers(text)]


@pytest.mark.parametrize(
    "written",
    [
        CARD,
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１１１１１１１１１１１１１",
        " ".join(CARD),
        ",".join(CARD),
    ],
)
def test_cards_however_they_are_spaced(written):
    assert sorts(f"卡号{written}，已核实") == [(written, NumberSort.CARD)]


@pytest.mark.parametrize(
    "written", [IDENTITY, "110105 19491231 002x", "110105194912310021", "110105-19491231-0021"]
)
def test_identity_numbers(written):
    assert sorts(f"证件 {written}。") == [(written, NumberSort.IDENTITY)]


@pytest.mark.parametrize(
    "written",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "一三八零零零零一二三四",
        "1 3 8 0 0 0 0 1 2 3 4",
        "+8613800001234"[1:],
    ],
)
def test_phones(written):
    assert sorts(f"新号码{written}可用") == [(written, NumberSort.PHONE)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25 18:00 前还款 12,345,678.90 元",
        "分三笔还 1500,2000,300",
        "分三笔还 1500 2000 300",
        "20261125 1800",
        "客服 95588，投诉 12378",
        "一千三百五十元",
        "2026.11.25-2026.12.25",
        "尾号 1234",
    ],
)
def test_dates_times_and_amounts_are_left_alone(text):
    assert sorts(text) == []


def test_a_long_number_that_is_nothing_known():
    assert sorts("账号1234567890123456") == [("1234567890123456", NumberSort.LONG)]


@given(st.text(alphabet="0123456789 -,一二三x年元.", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    found = find_numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
