from datetime import date

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
    assert (first.account_no, first.name, first.paid_on) == ("629558139670751", "田勇信", date(2026, 11, 14))
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
