"""The bank's statement against ours: every difference, and none where there is nothing to compare."""

from datetime import UTC, date, datetime

from collector_desk.domain.money.reconciling import Month, month_part
from collector_desk.domain.money.statements import DifferenceIn, TheirRow, Theirs, differences
from tests.domain.money.making import nov, row
from tests.domain.money.test_reconciling import case

NOV = Month(2026, 11)


def ours(*rows):
    one = case(1_000)
    return month_part(NOV, [one], {"c1": list(rows)}, {}, None, ["c1"])


def told(*rows):
    return Theirs("s", "对账单.csv", "0" * 64, datetime(2026, 12, 2, tzinfo=UTC), "林", 0, rows)


def theirs(paid=None, balance=None, *, case_id="c1", whole=False, day=None, reference="", line=2):
    return TheirRow(line, case_id, "" if case_id else "62**99", whole, day, reference, "CNY", paid, balance)


def found(part, *rows):
    return [(one.what, one.case_id, one.ours, one.theirs) for one in differences(part, told(*rows), NOV)]


def test_what_agrees_is_no_difference():
    part = ours(row(300, 10, "R1"), row(100, 12, "R2"), row(-100, 13, "R2"))
    assert found(part, theirs(30_000, 70_000)) == []
    assert found(part, theirs(30_000, 70_000, case_id="", whole=True)) == []
    rows = [("R1", 10, 30_000), ("R2", 12, 10_000), ("R2", 13, -10_000)]
    assert found(part, *(theirs(paid, day=nov(day), reference=name) for name, day, paid in rows)) == []


def test_what_an_account_paid_and_owes_otherwise():
    part = ours(row(300, 10, "R1"))
    assert found(part, theirs(25_000, 75_000)) == [
        (DifferenceIn.PAID, "", 30_000, 25_000),
        (DifferenceIn.BALANCE, "", 70_000, 75_000),
        (DifferenceIn.PAID, "c1", 30_000, 25_000),
        (DifferenceIn.BALANCE, "c1", 70_000, 75_000),
    ]


def test_payments_one_by_one_also_those_without_a_reference():
    part = ours(row(300, 10, "R1"), row(40, 11), row(40, 11, file="f1"), row(7, 12, "R9"))
    rows = [("R1", 10, 29_000), ("", 11, 4_000), ("R5", 14, 600)]
    said = found(part, *(theirs(paid, day=nov(day), reference=name) for name, day, paid in rows))
    assert said == [
        (DifferenceIn.PAID, "", 38_700, 33_600),
        (DifferenceIn.PAYMENT, "c1", 30_000, 29_000),
        (DifferenceIn.PAYMENT, "c1", None, 600),
        (DifferenceIn.PAYMENT, "c1", 4_000, None),
        (DifferenceIn.PAYMENT, "c1", 700, None),
    ]


def test_an_account_that_only_one_of_both_has():
    assert found(ours(), theirs(100, 0, case_id=""), theirs(0, 100_000)) == [
        (DifferenceIn.PAID, "", 0, 100),
        (DifferenceIn.ACCOUNT, "", None, 100),
    ]
    other = case(500, name="c2")
    part = month_part(NOV, [case(1_000), other], {}, {}, None, ["c1", "c2"])
    assert found(part, theirs(0, 100_000))[1:] == [(DifferenceIn.ACCOUNT, "c2", 50_000, None)]


def test_a_payment_of_another_month_is_not_this_ones_affair():
    outside = theirs(100, day=date(2026, 12, 1), reference="R1")
    assert [one[0] for one in found(ours(), outside)] == [DifferenceIn.PAID]
