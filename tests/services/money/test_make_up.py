"""Every part of a balance leads back to the file and the line it stands in."""

from collector_desk.domain.book.money import Money
from collector_desk.domain.money.payments import RowDoubt, RowStanding
from collector_desk.services.book import cases
from collector_desk.services.money import make_up


def test_the_parts_add_up_to_the_balance_and_name_their_lines(agent, bank, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=4)
    bank.tells((who, 24, 400, "R1"), (who, 25, 700, "R2"))
    bank.tells((who, 24, 400, "R1"), (who, 23, 50, "R0"))  # the first again, and one the figure has already
    file = cases.open_case(agent, who).file
    (rows,) = make_up.of_debtor(agent, who).values()
    assert file.lead_case.placed.minor - sum(one.allocated.minor for one in rows) == file.balance.minor == 0
    told = [(one.amount, one.standing, one.doubt, one.filename, one.line) for one in rows]
    assert told == [
        (Money(5_000), RowStanding.TAKEN, None, "还款2.csv", 3),
        (Money(40_000), RowStanding.TAKEN, None, "还款1.csv", 2),
        (Money(40_000), RowStanding.REPEATED, None, "还款2.csv", 2),
        (Money(70_000), RowStanding.TO_SETTLE, RowDoubt.MORE_THAN_OWED, "还款1.csv", 3),
    ]
    assert (rows[0].contained, rows[-1].excess) == (Money(5_000), Money(10_000))


def test_of_whom_no_bank_told_anything_there_are_none(agent, debtor):
    assert make_up.of_debtor(agent, debtor()) == {}


def test_the_case_tells_what_was_paid_and_taken_back(agent, bank, debtor, clock):
    who = debtor()
    clock.forward(days=4)
    bank.tells((who, 24, 400, "R1"), (who, 25, -400, "R1"))
    told = [entry.detail[0] for entry in cases.open_case(agent, who).timeline]
    assert [(one.code, one.params["amount"]) for one in told] == [
        ("book.timeline.payment_back", Money(40_000)),
        ("book.timeline.payment_bank", Money(40_000)),
    ]
