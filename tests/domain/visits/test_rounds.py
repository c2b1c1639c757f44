from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.visits.rounds import (
    Address,
    DayOrder,
    RoundStop,
    address_key,
    moved,
    read_address,
    rounds,
)

TEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "广东省广州市天河区石牌街道和平街25号9栋2601室",
            Address("广东省", "广州市", "天河区", "石牌街道", "和平街", (25, 9, 2601)),
        ),
        ("广州市天河区和平街25号9栋2601室", Address("", "广州市", "天河区", "", "和平街", (25, 9, 2601))),
        ("上海市浦东新区世纪大道８８号", Address("", "上海市", "浦东新区", "", "世纪大道", (88,))),
        ("上海浦东新区张江镇科苑路12弄3号", Address("", "上海市", "浦东新区", "张江镇", "科苑路", (12, 3))),
        ("北京市市辖区海淀区中关村大街一号楼十二单元", Address("", "北京市", "海淀区", "", "中关村", (1, 12))),
        ("江苏省苏州市昆山市人民路5号", Address("江苏省", "苏州市", "昆山市", "", "人民路", (5,))),
        (
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇",
            Address("内蒙古自治区", "呼伦贝尔市", "鄂温克族自治旗", "巴彦托海镇"),
        ),
        (
            "湖北省恩施土家族苗族自治州恩施市舞阳大道12号",
            Address("湖北省", "恩施土家族苗族自治州", "恩施市", "", "舞阳大道", (12,)),
        ),
        ("阳光小区3栋1单元", Address(numbers=(3, 1))),
        ("12 High Street, Leeds", Address(numbers=(12,))),
        ("", Address()),
    ],
)
def test_the_parts_of_an_address(line, parts):
    found = read_address(line)
    assert (found.province, found.city, found.district) == (parts.province, parts.city, parts.district)
    assert (found.subdistrict, found.street, found.numbers) == (parts.subdistrict, parts.street, parts.numbers)


@given(st.text())
def test_no_text_is_too_odd_to_be_sorted(line):
    assert address_key(line) <= address_key(line)
    assert read_address(line) == read_address(line)


def stop(number: int, address: str, *, minutes: int = 0, pair=("a", "b")) -> RoundStop:
    return RoundStop(f"v{number}", f"V2611-{number:04d}", address, TEN + timedelta(minutes=minutes), pair)


def test_a_round_is_a_pair_in_a_district_in_walking_order():
    base = "广州市天河区和平街"
    day = [
        stop(1, base + "25号"),
        stop(2, "广州市越秀区中山路1号", minutes=200),
        stop(3, base + "3号"),
        stop(4, base + "25号", pair=("c", "d")),
        stop(5, base + "25号2栋"),
        stop(6, "没有写明地方"),
    ]
    made = rounds(day, DayOrder())
    assert [(one.pair[0], one.area, [s.visit_id for s in one.stops]) for one in made] == [
        ("a", "广州市天河区", ["v3", "v1", "v5"]),
        ("a", "", ["v6"]),
        ("a", "广州市越秀区", ["v2"]),
        ("c", "广州市天河区", ["v4"]),
    ]


def test_the_hand_goes_before_the_address_and_spares_come_last():
    base = "广州市天河区和平街"
    day = [stop(n, f"{base}{n}号", minutes=10 * n) for n in range(1, 5)]
    (made,) = rounds(day, DayOrder(("v3", "v1"), ("v2",)))
    assert [s.visit_id for s in made.stops] == ["v3", "v1", "v4", "v2"]
    assert [s.early for s in made.stops] == [False, True, False, False]
    assert [s.spare for s in made.stops] == [False, False, False, True]


@given(st.lists(st.integers(0, 20), unique=True), st.integers(0, 20), st.integers(-30, 30))
def test_moving_loses_and_doubles_nothing(ids, chosen, by):
    order = [str(one) for one in ids]
    assert sorted(moved(order, str(chosen), by)) == sorted(order)


def test_moving_up_and_down():
    assert moved("abc", "c", -1) == ("a", "c", "b")
    assert moved("abc", "a", 5) == ("b", "c", "a")
    assert moved("abc", "a", -1) == ("a", "b", "c")
