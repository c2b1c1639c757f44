"""The worked examples of the trade: what a row of the bank does to balance and promise."""

from dataclasses import replace
from datetime import date, time

import pytest

from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.money.coverage import DaySpan, coverage
from collector_desk.domain.money.payments import FileKind, RowDecision, RowDoubt, Settling
from collector_desk.domain.money.promises import Claim, KeepingRules, KeptState, PromisedPart, decide
from collector_desk.domain.money.sameness import sort_rows
from tests.domain.money.making import ZONE, at, nov, row, worked

PLAIN_WEEK = BankDays()


def part(yuan, given, due, *, name="p"):
    """A promise of so many yuan given and due at instants; grace as the plain week has it."""
    ends = PLAIN_WEEK.after(due.astimezone(ZONE).date())
    return PromisedPart(name, round(yuan * 100), "CNY", given, due, ends)


def became(parts, rows, known_up_to=None, **more):
    """What each part became, by name, and how many yuan served it."""
    found = decide(parts, sort_rows(rows).payments, known_up_to, ZONE, **more)
    return {name: (one.kept, one.served / 100) for name, one in found.items()}


def test_what_was_posted_on_the_figures_own_day_is_perhaps_in_it():
    found = worked(10_000, [row(3_000, 2, "R1")])
    assert (found.balance, found.perhaps_not_yet) == (1_000_000, True)
    assert [(one.allocated, one.excess, one.contained) for one in found.shares] == [(0, 0, 300_000)]
    assert not worked(10_000, [row(3_000, 3, "R1")]).perhaps_not_yet


def test_what_is_owed_takes_its_part_and_the_rest_is_settled():
    found = worked(206_345.70, [row(109_848.26, 5, "R1"), row(103_118.59, 19, "R2")])
    assert found.balance == 0
    assert [(one.allocated, one.excess, one.doubt) for one in found.shares] == [
        (10_984_826, 0, None),
        (9_649_744, 662_115, RowDoubt.MORE_THAN_OWED),
    ]


def test_rows_are_worked_by_their_day_and_not_by_their_place():
    found = worked(19_729.44, [row(5_020.58, 10, "LS10"), row(19_729.44, 7, "LS11")])
    assert [(one.payment.row.reference, one.allocated, one.doubt) for one in found.shares] == [
        ("LS11", 1_972_944, None),
        ("LS10", 0, RowDoubt.MORE_THAN_OWED),
    ]


def test_a_day_without_a_time_on_the_promises_own_day_counts_unless_it_was_known():
    given = at(10, "10:00")
    promise = part(1_000, given, at(11, "18:00"))
    later = row(600, 11, "R2")
    assert became([promise], [row(400, 10, "R1"), later]) == {"p": (KeptState.KEPT, 1_000)}
    on_file = row(400, 10, "R1", arrived=at(10, "09:00"))
    assert became([promise], [on_file, later]) == {"p": (KeptState.WAITING, 600)}
    told = Claim(40_000, nov(10), at(10, "09:00"))
    assert became([promise], [row(400, 10, "R1"), later], claims=[told]) == {"p": (KeptState.WAITING, 600)}
    told_after = Claim(40_000, nov(10), at(10, "11:00"))
    assert became([promise], [row(400, 10, "R1"), later], claims=[told_after])["p"][0] is KeptState.KEPT
    assert became([promise], [row(400, 10, "R1", at="09:30"), later])["p"] == (KeptState.WAITING, 600)
    assert became([promise], [row(400, 10, "R1", at="10:30"), later])["p"] == (KeptState.KEPT, 1_000)


def test_paid_on_friday_and_booked_after_grace_is_kept_once_the_file_tells_both_days():
    friday = part(1_000, at(12, "10:00"), at(13, "18:00"))
    assert friday.grace_ends == nov(16)  # Monday, the first bank day after it
    booked = row(1_000, 17, "R1", paid=13)
    assert became([friday], [booked], nov(17)) == {"p": (KeptState.KEPT, 1_000)}
    assert became([friday], [], nov(15)) == {"p": (KeptState.WAITING, 0)}
    assert became([friday], [], nov(16)) == {"p": (KeptState.BROKEN, 0)}
    assert became([friday], [row(1_000, 17, "R1")], nov(17)) == {"p": (KeptState.BROKEN, 0)}


def test_each_fen_serves_one_part_and_later_money_the_next():
    first = part(1_000, at(9), at(10, "18:00"), name="first")
    second = part(1_000, at(9), at(20, "18:00"), name="second")
    rows = [row(600, 10, "R1"), row(1_400, 19, "R2")]
    assert became([first, second], rows, nov(20)) == {
        "first": (KeptState.PARTLY, 600),
        "second": (KeptState.KEPT, 1_000),
    }


def test_the_usual_reversal_bears_the_same_reference_and_is_no_repeat():
    found = sort_rows([row(500, 5, "R1"), row(-500, 5, "R1")])
    (payment,) = found.payments
    assert payment.net == 0
    assert not found.repeats
    assert not found.doubts


def test_two_equal_rows_without_reference_of_two_new_only_files_are_two_payments():
    rows = [row(500, 5, file="f1"), row(500, 5, file="f2")]
    assert [one.net for one in sort_rows(rows).payments] == [50_000, 50_000]


def test_a_hole_is_named_and_holds_what_lies_after_it():
    told = coverage([DaySpan(nov(3), nov(9)), DaySpan(nov(13), nov(20))], nov(3))
    assert told.known_up_to == nov(9)
    assert told.holes == (DaySpan(nov(10), nov(12)),)
    assert became([part(100, at(10), at(11))], [], told.known_up_to)["p"][0] is KeptState.WAITING


def test_paid_in_full_early_is_kept_before_the_bank_told_of_all_days():
    assert became([part(1_000, at(5), at(20))], [row(1_000, 6, "R1")]) == {"p": (KeptState.KEPT, 1_000)}


def test_the_same_reference_on_another_day_is_a_clash():
    newcomer = row(500, 15, "R1", file="f2")
    found = sort_rows([row(500, 14, "R1"), newcomer])
    assert [one.net for one in found.payments] == [50_000]
    assert found.doubts == {newcomer.id: RowDoubt.CLASH}


def test_the_banks_next_figure_after_payment_in_full_is_the_remainder():
    rows = [row(5_000, 5, "R1")]
    assert worked(5_000, rows).balance == 0
    assert worked(63.20, rows, as_of=6).balance == 6_320
    assert became([part(5_000, at(3), at(5, "18:00"))], rows)["p"][0] is KeptState.KEPT


def test_a_payment_taken_back_after_the_last_word_reopens():
    rows = [row(5_000, 5, "R1"), row(-5_000, 8, "R1")]
    after = worked(0, rows, as_of=6)
    assert (after.balance, after.reopened) == (500_000, True)


def test_a_late_row_from_before_the_figure_changes_no_balance():
    found = worked(8_000, [row(500, 9, "R1", file="f2")], as_of=10)
    assert (found.balance, found.perhaps_not_yet) == (800_000, False)


# --- the neighbours -----------------------------------------------------------------------------------------


def test_beyond_half_a_year_a_reference_is_another_booking():
    old = row(500, 1, "R1")
    new = old.__class__(**{**_fields(row(500, 1, "R1", file="f2")), "posted_on": date(2027, 5, 1)})
    assert len(sort_rows([old, new]).payments) == 2
    near = old.__class__(**{**_fields(new), "posted_on": date(2027, 4, 30)})
    assert len(sort_rows([old, near]).payments) == 1


def _fields(one):
    return {name: getattr(one, name) for name in one.__slots__}


@pytest.mark.parametrize(
    ("kinds", "payments", "doubts"),
    [
        ((FileKind.CUMULATIVE, FileKind.CUMULATIVE), 1, 0),
        ((FileKind.NEW, FileKind.NEW), 2, 0),
        ((FileKind.UNKNOWN, FileKind.UNKNOWN), 1, 1),
        ((FileKind.NEW, FileKind.UNKNOWN), 1, 1),
        ((FileKind.CUMULATIVE, FileKind.NEW), 1, 0),
    ],
)
def test_rows_without_a_reference_go_by_what_their_files_are(kinds, payments, doubts):
    rows = [row(500, 5, file=f"f{place}", kind=kind) for place, kind in enumerate(kinds, 1)]
    found = sort_rows(rows)
    assert (len(found.payments), len(found.doubts)) == (payments, doubts)
    assert len(found.payments) + len(found.doubts) + len(found.repeats) == len(rows)


def test_an_unnamed_reversal_takes_back_the_one_payment_of_its_amount():
    rows = [row(500, 5, "R1"), row(700, 6, "R2"), row(-500, 8, "X9")]
    assert [one.net for one in sort_rows(rows).payments] == [0, 70_000]
    two = [row(500, 5, "R1"), row(500, 6, "R2"), row(-500, 8)]
    found = sort_rows(two)
    assert found.doubts == {two[2].id: RowDoubt.UNNAMED_REVERSAL}
    assert worked(10_000, two).balance == 900_000
    assert sort_rows([row(-500, 8)]).doubts  # none at all


def test_money_in_another_currency_goes_nowhere_by_itself():
    found = worked(1_000, [row(500, 5, "R1", currency="USD")])
    assert (found.balance, found.shares[0].doubt) == (100_000, RowDoubt.OTHER_CURRENCY)


def test_after_the_return_a_payment_counts_within_the_tail_days_only():
    within, beyond = row(100, 14, "R1"), row(100, 21, "R2")
    found = worked(1_000, [within, beyond], returned_on=nov(10), tail_days=10)
    assert found.balance == 90_000
    assert [one.doubt for one in found.shares] == [None, RowDoubt.AFTER_RETURN]


def test_less_than_a_tenth_is_broken_and_a_tenth_is_partly():
    promise = part(1_000, at(9), at(10, "18:00"))
    assert became([promise], [row(99.99, 10, "R1")], nov(11)) == {"p": (KeptState.BROKEN, 99.99)}
    assert became([promise], [row(100, 10, "R1")], nov(11)) == {"p": (KeptState.PARTLY, 100)}


def test_money_that_came_before_the_promise_or_after_its_grace_does_not_serve_it():
    promise = part(1_000, at(9), at(10, "18:00"))
    assert became([promise], [row(1_000, 8, "R1")], nov(11))["p"][0] is KeptState.BROKEN
    assert became([promise], [row(1_000, 12, "R1")], nov(12))["p"][0] is KeptState.BROKEN
    assert became([promise], [row(1_000, 11, "R1")], nov(12))["p"][0] is KeptState.KEPT


def test_a_payment_taken_back_keeps_no_promise():
    promise = part(1_000, at(9), at(10, "18:00"))
    rows = [row(1_000, 10, "R1"), row(-1_000, 12, "R1")]
    assert became([promise], rows, nov(12))["p"] == (KeptState.BROKEN, 0)


def test_a_row_at_an_hour_is_worked_before_one_of_the_same_day_without():
    found = worked(500, [row(500, 5, "A"), row(500, 5, "B", at="08:00")])
    assert [one.payment.row.reference for one in found.shares] == ["B", "A"]
    assert found.shares[0].payment.row.at == time(8)
    assert found.shares[1].doubt is RowDoubt.PERHAPS_TWICE


def test_a_house_may_call_less_than_all_of_it_kept_and_the_debtors_better_rule_holds():
    rules = KeepingRules.mildest([KeepingRules(kept_from=90, broken_below=20), KeepingRules(grace=3)])
    assert rules == KeepingRules(kept_from=90, broken_below=10, grace=3)
    assert KeepingRules.mildest([]) == KeepingRules(100, 10, 1)
    promise = replace(part(1_000, at(9), at(10, "18:00")), rules=rules)
    assert became([promise], [row(900, 10, "R1")])["p"][0] is KeptState.KEPT
    assert became([promise], [row(899, 10, "R1")], nov(11))["p"][0] is KeptState.PARTLY
    assert became([promise], [row(99, 10, "R1")], nov(11))["p"][0] is KeptState.BROKEN


def test_as_much_booked_again_after_it_was_taken_back_is_proposed_as_one_of_the_first_day():
    promise = part(500, at(9), at(11, "18:00"))
    rows = [row(500, 10, "R1"), row(-500, 12, "R1"), row(500, 13, "R2")]
    found = worked(5_000, rows)
    assert found.balance == 450_000  # it counts meanwhile, whichever it is
    assert [one.doubt for one in found.shares] == [None, RowDoubt.BOOKED_AGAIN]
    assert became([promise], rows, nov(13))["p"] == (KeptState.BROKEN, 0)
    one = {rows[2].id: RowDecision(rows[2].id, Settling.ACCEPT)}
    assert [share.doubt for share in worked(5_000, rows, decisions=one).shares] == [None, None]
    assert decide([promise], sort_rows(rows, one).payments, nov(13), ZONE)["p"].kept is KeptState.KEPT
    apart = {rows[2].id: RowDecision(rows[2].id, Settling.SPLIT)}
    assert [share.doubt for share in worked(5_000, rows, decisions=apart).shares] == [None, None]
    assert decide([promise], sort_rows(rows, apart).payments, nov(13), ZONE)["p"].kept is KeptState.BROKEN


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row(500, 10, "R1"), row(500, 13, "R2")], id="nothing taken back"),
        pytest.param([row(500, 10, "R1"), row(-200, 12, "R1"), row(500, 13, "R2")], id="not all of it"),
        pytest.param([row(500, 10, "R1"), row(-500, 12, "R1"), row(400, 13, "R2")], id="another amount"),
        pytest.param([row(500, 2, "R1"), row(-500, 3, "R1"), row(500, 11, "R2")], id="too late"),
        pytest.param([row(500, 10, "R2"), row(500, 11, "R1"), row(-500, 12, "R1")], id="it was there before"),
    ],
)
def test_nothing_else_is_taken_for_booked_again(rows):
    assert RowDoubt.BOOKED_AGAIN not in {one.doubt for one in worked(5_000, rows, as_of=1).shares}


def test_an_excess_that_the_interest_since_would_explain_says_so():
    # 10,000 yuan of the 2nd, 0.05 % a day: 50 yuan by the 12th
    def doubt(yuan, **figure):
        return worked(10_000, [row(yuan, 12, "R1")], **figure).shares[0].doubt

    assert doubt(10_050) is RowDoubt.MORE_THAN_OWED
    assert doubt(10_050, daily_ppm=500) is RowDoubt.PERHAPS_INTEREST
    assert doubt(10_050.01, daily_ppm=500) is RowDoubt.MORE_THAN_OWED
    again = worked(10_000, [row(10_000, 12, "R1"), row(10_000, 13, "R2")], daily_ppm=500)
    assert [one.doubt for one in again.shares] == [None, RowDoubt.PERHAPS_TWICE]
    assert max(RowDoubt) is RowDoubt.PERHAPS_INTEREST  # the least certain stands last
