"""A lead freezes a placement's month; it stays, and what comes late moves the next one."""

import csv
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.message import Refused
from collector_desk.domain.money.payments import FileKind, RowDoubt, RowStanding, Settling
from collector_desk.domain.money.reconciling import Month, Moved
from collector_desk.domain.money.statements import DifferenceIn
from collector_desk.domain.people import Act
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import cases, closing, placements
from collector_desk.services.intake import case_words, payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import reconciling, settling, theirs
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.samples.words_of_bank import WordsOfBank
from tests.services.money.conftest import HEADER

NOV, DEC, JAN = Month(2026, 11), Month(2026, 12), Month(2027, 1)
PEOPLE = {"lead": (("陈组长", frozenset({Role.LEAD})),)}


@pytest.fixture
def lead(seat_of):
    return seat_of("陈组长", Role.LEAD)


@pytest.fixture
def tells(bank):
    """A file with rows of debtor, ISO day, yuan, reference."""

    def tell(*rows, kind=FileKind.NEW):
        bank.sent += 1
        file = bank.folder / f"还款{bank.sent}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            told = csv.writer(out)
            told.writerow(HEADER)
            for who, day, yuan, reference in rows:
                number = who if who.startswith("62") else bank.account(who)
                told.writerow((number, "某某", day, yuan, reference))
        return payments.import_payments(bank.seat, payments.preview(bank.seat, file, FileTold(kind=kind)))

    return tell


def the_placement(seat) -> str:
    with seat.store.read() as conn:
        return conn.execute(select(t.placement.c.id)).scalars().first()


def look(seat, month):
    return reconciling.of_placement(seat, the_placement(seat), month)


def only(found):
    (sums,) = found.sums
    return sums


def test_a_frozen_month_stays_and_the_late_row_moves_the_next(lead, debtor, tells, clock):
    first, second = debtor(balance=100_000), debtor(balance=200_000)
    clock.forward(days=3)
    tells((first, "2026-11-25", 300, "R1"), (second, "2026-11-26", 2500, "R2"))
    with pytest.raises(Refused) as refused:
        reconciling.freeze(lead, look(lead, NOV))
    assert refused.value.message.code == "money.month.not_over"
    clock.forward(days=10)
    seen = look(lead, NOV)
    assert only(seen).moved == Moved(placed=300_000, paid=280_000, excess=50_000)
    assert (only(seen).opening, only(seen).closing) == (0, 70_000)
    assert [(one.doubt, one.rows) for one in seen.waiting] == [(RowDoubt.MORE_THAN_OWED, 1)]
    reconciling.freeze(lead, seen)
    frozen = look(lead, NOV)
    assert frozen.frozen.name == "陈组长"
    assert (frozen.part, frozen.waiting) == (seen.part, seen.waiting)
    tells((first, "2026-11-27", 100, "R3"), (first, "2026-12-02", 50, "R4"))
    assert look(lead, NOV).part == seen.part
    december = look(lead, DEC)
    assert only(december).opening == only(seen).closing
    assert (only(december).late, only(december).moved) == (Moved(paid=10_000), Moved(paid=5_000))
    assert only(december).closing == 55_000
    (late,) = december.part.late
    assert (late.then, late.row.reference, late.now.standing) == (None, "R3", RowStanding.TAKEN)
    clock.forward(days=30)
    reconciling.freeze(lead, look(lead, DEC))
    assert (look(lead, JAN).part.late, only(look(lead, JAN)).opening) == ((), 55_000)
    report = verify(lead.store)
    assert report.ok, report


def test_what_a_person_settles_late_is_late_too(lead, debtor, tells, clock):
    who = debtor(balance=100_000)
    clock.forward(days=10)
    tells((who, "2026-11-25", 300, "R1"), (who, "2026-11-26", 400, "R1"))
    reconciling.freeze(lead, look(lead, NOV))
    frozen_asked = look(lead, NOV).asked
    assert [one.count for one in frozen_asked] == [1]  # the bank is asked about the reference used twice
    (row,) = settling.waiting(lead)
    settling.settle(lead, [row], Settling.ACCEPT)
    assert look(lead, NOV).asked == frozen_asked
    december = look(lead, DEC)
    assert only(december).late == Moved(paid=40_000)
    (late,) = december.part.late
    assert (late.then.doubt, late.now.standing) == (RowDoubt.CLASH, RowStanding.TAKEN)


def test_rows_of_nobody_stand_open_beside_the_figures(lead, debtor, tells, clock):
    who = debtor()
    clock.forward(days=3)
    tells((who, "2026-11-25", 300, "R1"), ("6299999999999999", "2026-11-25", 20, "R2"))
    (line,) = look(lead, NOV).waiting
    assert (line.doubt, line.rows, line.amount.minor) == (None, 1, 2_000)
    assert look(lead, NOV).told.up_to is None


def test_months_are_frozen_in_turn_and_once_by_a_lead(lead, agent, debtor, clock):
    debtor()
    clock.forward(days=75)
    with pytest.raises(Refused):
        look(agent, NOV)
    seen = look(lead, NOV)
    reconciling.freeze(lead, seen)
    for again in (seen, look(lead, NOV)):
        with pytest.raises(Refused) as refused:
            reconciling.freeze(lead, again)
        assert refused.value.message.code == "money.month.frozen_already"
    with pytest.raises(Refused) as refused:
        reconciling.freeze(lead, look(lead, JAN))
    assert refused.value.message.code == "money.month.not_in_turn"
    with pytest.raises(Refused) as refused:
        look(lead, JAN.after.after)
    assert refused.value.message.code == "money.month.to_come"


def test_who_is_no_lead_freezes_nothing(seat_of, debtor, clock):
    head = seat_of("何经理", Role.MANAGER)
    debtor()
    clock.forward(days=10)
    seen = look(head, NOV)
    with pytest.raises(Refused) as refused:
        reconciling.freeze(head, seen)
    assert refused.value.message.params["act"] is Act.FREEZE_MONTH


def test_of_two_windows_that_freeze_at_once_one_is_told(lead, manager, debtor, tells, clock):
    debtor()
    clock.forward(days=10)
    both, said = Barrier(2), []

    def go(seat) -> None:
        seen = look(seat, NOV)
        both.wait()
        try:
            reconciling.freeze(seat, seen)
            said.append("frozen")
        except Refused as refused:
            said.append(refused.message.code)

    hands = [Thread(target=go, args=(seat,)) for seat in (lead, manager)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(30)
    assert sorted(said) == ["frozen", "money.month.frozen_already"]
    with lead.store.read() as conn:
        assert len(conn.execute(select(t.frozen_month)).all()) == 1


def test_a_case_placed_before_begins_the_month_with_what_it_owed(lead, debtor, tells, clock):
    who = debtor(balance=100_000)
    clock.forward(days=40)
    tells((who, "2026-11-28", 300, "R1"), (who, "2026-12-28", 200, "R2"), (who, "2026-12-29", -200, "R2"))
    december = only(look(lead, DEC))
    assert (december.opening, december.moved) == (70_000, Moved(paid=20_000, reversed=20_000))
    assert december.opening + december.changes.total == december.closing == 70_000


def test_days_are_the_months_own(lead, debtor, tells, clock):
    who = debtor(balance=100_000)
    clock.forward(days=40)
    tells((who, "2026-11-30", 10, "R1"), (who, "2026-12-01", 20, "R2"), (who, "2026-12-31", 30, "R3"))
    assert [one.posted_on for one in look(lead, DEC).part.rows] == [date(2026, 12, 1), date(2026, 12, 31)]


def statement(folder, rows, name="对账单.csv"):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def test_theirs_is_their_own_file_or_not_received(lead, manager, bank, debtor, tells, tmp_path, clock):
    first, second = debtor(balance=100_000), debtor(balance=200_000)
    clock.forward(days=10)
    tells((first, "2026-11-25", 300, "R1"), (second, "2026-11-26", 500, "R2"))
    seen = look(lead, NOV)
    assert (seen.theirs, seen.differences) == (None, ())
    rows = [["账号", "本月还款", "期末余额"], [bank.account(first), 300, 700], [bank.account(second), 450, 1550]]
    theirs.take(manager, the_placement(lead), NOV, statement(tmp_path, [*rows, ["6299999999999999", 1, 2]]))
    seen = look(lead, NOV)
    assert (seen.theirs.filename, seen.theirs.by, len(seen.theirs.rows)) == ("对账单.csv", "林主管", 3)
    single = [(one.what, one.ours, one.theirs) for one in seen.differences if one.case_id or one.masked]
    assert single == [
        (DifferenceIn.ACCOUNT, None, 100),
        (DifferenceIn.PAID, 50_000, 45_000),
        (DifferenceIn.BALANCE, 150_000, 155_000),
    ]
    assert "6299999999999999" not in repr(seen.theirs.rows[2].masked)
    theirs.take(
        manager, the_placement(lead), NOV, statement(tmp_path, [*rows[:2], [bank.account(second), 500, 1500]])
    )
    assert look(lead, NOV).differences == ()
    reconciling.freeze(lead, look(lead, NOV))
    with pytest.raises(Refused) as refused:
        theirs.take(manager, the_placement(lead), NOV, statement(tmp_path, rows))
    assert refused.value.message.code == "money.month.frozen_already"
    assert look(lead, NOV).theirs.filename == "对账单.csv"
    assert look(lead, DEC).theirs is None
    assert verify(lead.store).ok


def test_who_may_not_import_takes_no_statement_in(agent, debtor, tmp_path):
    debtor()
    with pytest.raises(Refused):
        theirs.take(agent, the_placement(agent), NOV, statement(tmp_path, [["账号", "本月还款"], ["6", 1]]))


def test_a_newer_figure_of_the_bank_stands_by_itself(lead, bank, debtor, tells, clock):
    who = debtor(balance=1_000_000)
    clock.forward(days=7)
    tells((who, "2026-11-24", 1000, "R1"))
    bank.refreshes((who, 26, 9_063.20))
    clock.forward(days=5)
    tells((who, "2026-11-28", 500, "R2"))
    seen = only(look(lead, NOV))
    assert seen.moved == Moved(placed=1_000_000, refigured=6_320, paid=150_000)
    assert seen.closing == cases.open_case(lead, who).file.balance.minor == 856_320


def test_what_is_recalled_leaves_with_what_is_owed(lead, manager, debtor, clock):
    who = debtor(balance=100_000)
    clock.forward(days=10)
    (account,) = cases.open_case(lead, who).file.cases
    closing.close(manager, account.id, Ending.RECALLED, document="撤案函 2026-77", written_on=date(2026, 11, 28))
    seen = look(lead, NOV)
    assert (only(seen).moved, only(seen).closing) == (Moved(placed=100_000, ended=100_000), 0)
    assert [(one.ending, one.day) for one in seen.ends] == [(Ending.RECALLED, date(2026, 11, 28))]


def test_a_shorter_tail_leaves_the_frozen_month_and_is_late_in_the_next(
    manager, lead, debtor, tells, clock, tmp_path
):
    """Returned on the 23rd, paid on the 26th, frozen; then one day after a return counts."""
    who, stays = debtor(balance=100_000), debtor(balance=50_000)
    case = cases.open_case(manager, who).file.cases[0]
    terms = replace(case.terms, tail_days=10)
    placements.set_terms(manager, the_placement(manager), terms)
    WordsOfBank(manager, tmp_path).recalls(who, day="2026-11-23")
    clock.forward(days=4)
    tells((who, "2026-11-26", 300, "R1"), (stays, "2026-11-26", 100, "R2"))
    clock.forward(days=10)
    reconciling.freeze(lead, look(lead, NOV))
    before = look(lead, NOV).part
    placements.set_terms(manager, the_placement(manager), replace(terms, tail_days=1))
    assert look(lead, NOV).part == before
    december = look(lead, DEC)
    (late,) = december.part.late
    assert (late.row.reference, late.then.standing, late.now.doubt) == (
        "R1", RowStanding.TAKEN, RowDoubt.AFTER_RETURN,
    )  # fmt: skip
    assert only(december).late == Moved(excess=30_000, ended=30_000), "no balance took it, and more went back"
    placements.set_terms(manager, the_placement(manager), terms)
    assert look(lead, DEC).part.late == ()
    assert verify(lead.store).ok


def standing(seat):
    with seat.store.read() as conn:
        return dict(conn.execute(select(t.payment_now.c.posted_on, t.payment_now.c.standing)).all())


def test_what_was_paid_after_a_return_counts_by_it_whenever_it_is_told_and_undone(
    manager, lead, debtor, tells, clock, tmp_path
):
    """Paid on the 24th and 26th; a recall of the 25th comes in late, by mistake, and is undone."""
    who = debtor(balance=100_000)
    clock.forward(days=4)
    tells((who, "2026-11-24", 300, "R1"), (who, "2026-11-26", 200, "R2"))
    before, after = date(2026, 11, 24), date(2026, 11, 26)
    bank = WordsOfBank(manager, tmp_path)
    assert standing(lead) == {before: RowStanding.TAKEN, after: RowStanding.TAKEN}
    report = bank.recalls(who, day="2026-11-25")
    assert standing(lead) == {before: RowStanding.TAKEN, after: RowStanding.TO_SETTLE}
    case_words.undo(manager, report.batch, reason="银行发错了名单")
    assert standing(lead) == {before: RowStanding.TAKEN, after: RowStanding.TAKEN}
    case = cases.open_case(manager, who).file.cases[0]
    assert case.balance.minor == 50_000
    closing.close(manager, case.id, Ending.RECALLED, document="退案函 2026-11 号", written_on=date(2026, 11, 25))
    assert standing(lead)[after] == RowStanding.TO_SETTLE
    closing.reopen(manager, case.id, reason="登记有误，案件仍在委托")
    assert standing(lead)[after] == RowStanding.TAKEN
    assert cases.open_case(manager, who).file.cases[0].balance.minor == 50_000
    assert verify(lead.store).ok
