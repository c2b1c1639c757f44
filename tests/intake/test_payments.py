from datetime import date, datetime, time

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.intake.payments import read_payments
from collector_desk.intake.problems import ProblemSeverity
from tests.samples.bank_files import text, xlsx

HEADER = ["账户号", "客户姓名", "还款日期", "还款金额", "还款渠道", "流水号"]
GOOD = ["629558139670751", "田勇信", "2026-11-14", "513.17", "自动扣款", "LS00000001"]


def test_payments_are_read_and_a_repeat_is_marked_not_dropped() -> None:
    other = [*GOOD[:3], "-10.00", "柜面", "LS00000002"]
    found = read_payments(text([HEADER, GOOD, other, GOOD, ["合计", "", "", "1016.34"]], "utf-8-sig"), "p.csv")
    first, second, third = found.rows
    assert (first.account_no, first.name, first.posted_on) == ("629558139670751", "田勇信", date(2026, 11, 14))
    assert (first.amount, first.currency, first.channel) == (51317, "CNY", "自动扣款")
    assert (first.reference, first.twice) == ("LS00000001", None)
    assert second.amount == -1000
    assert third.twice == 2
    warned = [p.reason.code for p in found.problems if p.severity is ProblemSeverity.WARNING]
    assert warned == ["intake.payment_reversed", "intake.payment_twice"]
    (sheet,) = found.sheets
    assert (sheet.rows, sheet.accepted, len(sheet.recognised)) == (5, 3, 2)


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (0, "", "intake.account_missing"),
        (0, "6.29E+14", "intake.digits_lost"),
        (2, "", "intake.day_missing"),
        (2, "14/11/2026", "intake.not_a_day"),
        (3, "0.00", "intake.amount_zero"),
        (3, "", "intake.amount_missing"),
    ],
)
def test_what_cannot_be_read_is_set_aside(place: int, value: str, code: str) -> None:
    bad = [*GOOD[:place], value, *GOOD[place + 1 :]]
    found = read_payments(text([HEADER, bad, GOOD]), "p.csv")
    assert (len(found.rows), found.set_aside) == (1, 1)
    assert [p.reason.code for p in found.problems] == [code]


def test_a_file_without_payments_is_refused() -> None:
    for rows, code in (
        ([["你好"]], "intake.no_header"),
        ([["客户姓名", "客户号", "账户号"]], "intake.columns_missing"),
    ):
        with pytest.raises(Trouble) as caught:
            read_payments(xlsx(rows), "p.xlsx")
        assert caught.value.message.code == code


def test_the_banks_day_and_the_payers_are_told_apart() -> None:
    header = [
        "卡号",
        "交易日期",
        "入账日期",
        "交易金额",
        "流水号",
        "交易时间",
        "币种",
        "还款人",
        "最新欠款",
        "是否结清",
    ]
    row = [
        "629558139670751",
        "2026-11-13",
        "2026-11-17",
        "513.17",
        "LS1",
        "16:40:05",
        "人民币",
        "田父",
        "0.00",
        "是",
    ]
    (found,) = read_payments(text([header, row]), "p.csv").rows
    assert (found.posted_on, found.paid_on, found.assumed) == (date(2026, 11, 17), date(2026, 11, 13), False)
    assert (found.at, found.payer, found.owed_after, found.settled) == (time(16, 40, 5), "田父", 0, "是")


@pytest.mark.parametrize(
    "cell",
    ["2026-11-14 09:05", "2026/11/14 9:05:00", "20261114090500", datetime(2026, 11, 14, 9, 5)],  # noqa: DTZ001 -- a sheet has no zone
)
def test_a_time_beside_the_day_is_kept(cell: object) -> None:
    found = read_payments(xlsx([HEADER, [*GOOD[:2], cell, *GOOD[3:]]]), "p.xlsx")
    (row,) = found.rows
    assert (row.posted_on, row.at, row.assumed) == (date(2026, 11, 14), time(9, 5), True)


def test_what_is_set_aside_is_counted_with_its_amount() -> None:
    found = read_payments(text([HEADER, ["", *GOOD[1:]], [*GOOD[:3], "ten", *GOOD[4:]]]), "p.csv")
    assert (found.set_aside, found.aside_minor) == (2, 51317)
