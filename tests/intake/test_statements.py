"""A bank's own statement of a month, however it is laid out."""

from datetime import date

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.intake.placement import read_placement
from collector_desk.intake.statements import read_statement
from tests.samples import bank_files as files


def read(*rows, encoding="utf-8"):
    return read_statement(files.text([list(row) for row in rows], encoding), "对账单.csv")


def test_accounts_with_what_was_paid_and_is_owed():
    found = read(
        ("某某银行 2026年11月 对账单", "", "", ""),
        ("账号", "客户姓名", "本月还款金额", "期末余额"),
        ("6222000011112222", "某某", "1,200.50", "8,799.50"),
        ("6222000011113333", "某某", "0", "100"),
        ("合计", "", "1,200.50", "8,899.50"),
        encoding="gb18030",
    )
    assert [(one.account_no, one.paid, one.balance) for one in found.rows] == [
        ("6222000011112222", 120_050, 879_950),
        ("6222000011113333", 0, 10_000),
    ]
    assert (found.set_aside, found.rows[0].line) == (0, 3)


def test_payments_one_a_row():
    found = read(
        ("卡号", "入账日期", "入账金额", "流水号"),
        ("6222000011112222", "2026-11-05", "300", "R1"),
        ("6222000011112222", "20261106", "-300", "R1"),
    )
    assert [(one.day, one.reference, one.paid, one.balance) for one in found.rows] == [
        (date(2026, 11, 5), "R1", 30_000, None),
        (date(2026, 11, 6), "R1", -30_000, None),
    ]


def test_totals_alone_by_placement():
    found = read(
        ("委案批次号", "户数", "回款总额（万元）", "期末欠款余额（万元）"),
        ("XK1", "12", "1.5", "20"),
        ("XK2", "3", "1", "2"),
    )
    assert [(one.placement_no, one.account_no, one.paid, one.balance) for one in found.rows] == [
        ("XK1", "", 1_500_000, 20_000_000),
        ("XK2", "", 1_000_000, 2_000_000),
    ]


def test_a_row_that_says_nothing_is_set_aside_with_its_reason():
    found = read(("账号", "本期回款", "余额"), ("6222000011112222", "", ""), ("6222000011113333", "x", "1"))
    assert (found.rows, found.set_aside) == ((), 2)
    assert [one.line for one in found.problems if one.severity.value == "refused"] == [2, 3]


def test_what_is_no_statement_is_refused():
    with pytest.raises(Trouble) as trouble:
        read(("姓名", "电话"), ("某某", "1"))
    assert trouble.value.message.code == "intake.statement_no_header"


ACCOUNT = "6200000000000001"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("对账单.csv", [("账号", "最新欠款"), ("6200000000000001", "100")]),
        ("11月.csv", [("账号", "本月还款"), ("6200000000000001", "100")]),
        ("11月.csv", [("账号", "还款金额", "期末余额"), ("6200000000000001", "100", "5")]),
        ("11月.csv", [("某某银行11月对账单",), ("账号", "还款金额"), ("6200000000000001", "100")]),
        ("11月.csv", [("本月还款", "期末余额"), ("1200.50", "8899.50")]),
        ("reconciliation 2026-11.csv", [("account", "paid", "balance"), ("6200000000000001", "100", "5")]),
    ],
)
def test_a_months_statement_is_told_from_what_comes_in_as_cases_or_payments(name, rows):
    with pytest.raises(Trouble) as trouble:
        read_placement(files.text([list(row) for row in rows], "utf-8"), name)
    assert trouble.value.message.code == "intake.is_statement"


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        (
            "对账明细.csv",
            [("账号", "还款日期", "还款金额"), ("6200000000000001", "2026-11-03", "100")],
            "intake.is_payments",
        ),
        ("余额.csv", [("账号", "最新欠款", "数据日期"), ("6200000000000001", "100", "2026-11-03")], None),
        (
            "委案.csv",
            [("账号", "客户姓名", "委案金额", "本期应还"), (ACCOUNT, "王小明", "100", "9")],
            None,
        ),
    ],
)
def test_payments_day_by_day_balances_and_placements_are_none(name, rows, code):
    content = files.text([list(row) for row in rows], "utf-8")
    if code is None:
        assert len(list(read_placement(content, name).rows)) == 1
        return
    with pytest.raises(Trouble) as trouble:
        read_placement(content, name)
    assert trouble.value.message.code == code
