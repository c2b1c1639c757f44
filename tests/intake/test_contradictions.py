"""Figures of one row against each other: what can't be stays out, what hardly can is said."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.intake.placement import read_placement
from collector_desk.intake.problems import ProblemSeverity
from collector_desk.intake.values import PlacementFile
from tests.samples.bank_files import account, grid, text

TODAY = date(2026, 11, 30)
DUE = date(2026, 10, 15)
GOOD = {"委案日期": "2026-11-25", "逾期天数": 45, "到期还款日": "2026-10-15", "最近还款日期": "2026-09-01"}


def read(**changes: Any) -> PlacementFile:
    return read_placement(text(grid([account(1, **{**GOOD, **changes})]), "utf-8"), "a.csv", today=TODAY)


def codes(found: PlacementFile, severity: ProblemSeverity) -> set[str]:
    return {problem.reason.code for problem in found.problems if problem.severity is severity}


def test_what_fits_together_is_not_spoken_of() -> None:
    found = read()
    assert not codes(found, ProblemSeverity.REFUSED) | codes(found, ProblemSeverity.WARNING)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"委案日期": "2027-11-25"}, "intake.placed_in_future"),
        ({"委案日期": "2027-01-01"}, "intake.placed_in_future"),
        ({"到期还款日": "2027-10-15"}, "intake.days_before_due"),
        ({"到期还款日": "2026-11-28"}, "intake.days_before_due"),
        ({"委案日期": "2006-11-25"}, "intake.days_before_due"),
        ({"最近还款日期": "2030-01-01"}, "intake.day_in_future"),
        ({"开卡日期": "2035-01-01"}, "intake.day_in_future"),
        ({"逾期天数": 36500}, "intake.days_too_many"),
        ({"逾期天数": 10951}, "intake.days_too_many"),
    ],
)
def test_what_cannot_be_keeps_the_row_out(changes: dict[str, Any], code: str) -> None:
    found = read(**changes)
    assert (len(found.rows), found.set_aside) == (0, 1)
    assert code in codes(found, ProblemSeverity.REFUSED)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"逾期天数": 0}, "intake.days_differ"),
        ({"逾期天数": 720}, "intake.days_differ"),
        ({"逾期天数": "-3"}, "intake.days_differ"),
        ({"逾期天数": "", "到期还款日": ""}, "intake.age_unknown"),
        ({"逾期天数": "", "到期还款日": "9999-12-31"}, "intake.age_unknown"),
        ({"委案日期": "1900-01-01"}, "intake.no_day"),
        ({"委案日期": "2026-12-05"}, "intake.placed_ahead"),
        ({"开卡日期": "2026-11-01"}, "intake.opened_after_due"),
        ({"开卡日期": "2026-10-01"}, "intake.paid_before_opened"),
        ({"最低还款额": 5000}, "intake.part_above_whole"),
        ({"本金": -1}, "intake.part_negative"),
        ({"信用额度": 300}, "intake.far_above_limit"),
    ],
)
def test_what_hardly_can_be_is_said_and_goes_in(changes: dict[str, Any], code: str) -> None:
    found = read(**changes)
    assert len(found.rows) == 1
    assert code in codes(found, ProblemSeverity.WARNING)


@pytest.mark.parametrize("days", ["-3", -3, "－3", "-1天"])
def test_days_below_nought_are_before_the_due_date(days: Any) -> None:
    found = read(逾期天数=days, 到期还款日="2026-11-28")
    assert found.rows[0].days_past_due == int(str(days).replace("－", "-").rstrip("天"))
    assert "intake.days_differ" not in codes(found, ProblemSeverity.WARNING)


@given(st.integers(0, 3000), st.integers(0, 31))
def test_days_that_fit_any_day_from_the_placement_to_today_are_right(days: int, since: int) -> None:
    placed = TODAY - timedelta(days=since)
    due = placed - timedelta(days=days)
    found = read(委案日期=placed, 逾期天数=days, 到期还款日=due, 开卡日期="", 最近还款日期="")
    assert "intake.days_differ" not in codes(found, ProblemSeverity.WARNING)
    assert len(found.rows) == 1


def test_a_table_that_tells_no_ages_says_so_once() -> None:
    lines = ["账户号,客户姓名,委案金额", "A1,甲,5", "A2,乙,6"]
    found = read_placement("\n".join(lines).encode(), "a.csv", today=TODAY)
    assert [p.line for p in found.problems if p.reason.code == "intake.no_age_column"] == [1]
    assert len(found.rows) == 2


@pytest.mark.parametrize("lacks", [(), ("证件号码",), ("本人手机",), ("证件号码", "本人手机")])
def test_what_no_row_of_a_table_can_say_is_said_once(lacks: tuple[str, ...]) -> None:
    """A refresh with names and figures alone had two warnings a row."""
    head = ["账户号", "客户姓名", "委案金额", "逾期天数", *(h for h in ("证件号码", "本人手机") if h not in lacks)]
    rows = [[f"62500000000000{n}", "某某", "100.00", "20", *[""] * (len(head) - 4)] for n in range(3)]
    found = read_placement(text([head, *rows], "utf-8"), "更新.csv", today=TODAY)
    said = Counter(problem.reason.code for problem in found.problems)
    assert said["intake.id_missing"] == (0 if "证件号码" in lacks else 3)
    assert said["intake.no_id_column"] == ("证件号码" in lacks)
    assert said["intake.no_number"] == (0 if "本人手机" in lacks else 3)
    assert said["intake.no_phone_column"] == ("本人手机" in lacks)
