"""A month's figures add up to the fen, whatever comes when, and a frozen month stays what it was."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.money.allocation import AccountFigure
from collector_desk.domain.money.ledger import OwedAccount, work
from collector_desk.domain.money.payments import FileKind, ReceivedRow, RowDecision, RowStanding, Settling
from collector_desk.domain.money.reconciling import (
    CaseTold,
    FigureSaid,
    Month,
    Moved,
    month_named,
    month_of,
    month_part,
    state_at,
    sums,
)
from tests.domain.money.making import row

NOV, DEC, JAN = Month(2026, 11), Month(2026, 12), Month(2027, 1)


def posted(one: ReceivedRow, day: date) -> ReceivedRow:
    return replace(one, posted_on=day)


def case(owed=1_000, as_of=date(2026, 11, 2), *more, ends=(), name="c1") -> CaseTold:
    figures = (FigureSaid(as_of, owed * 100), *(FigureSaid(day, yuan * 100) for day, yuan in more))
    newest = AccountFigure(figures[-1].minor, "CNY", figures[-1].as_of)
    return CaseTold(OwedAccount(name, "6222", newest), as_of, figures, ends)


def month(which, one, rows, *, frozen=None, decisions=None):
    return month_part(which, [one], {one.account.case_id: rows}, decisions or {}, frozen, [one.account.case_id])


def test_months_are_named_and_follow_each_other():
    assert (month_of(date(2026, 11, 30)), NOV.after, DEC.after, JAN.before) == (NOV, DEC, JAN, DEC)
    assert (NOV.first, NOV.last, DEC.last) == (date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 31))
    assert (month_named("2026-11"), month_named("2026-13"), month_named("11"), str(NOV)) == (
        NOV,
        None,
        None,
        "2026-11",
    )


def test_a_payment_taken_back_next_month_was_a_payment_of_this_one():
    paid, back = row(400, 10, "R1"), posted(row(-400, 10, "R1"), date(2026, 12, 3))
    (november,) = month(NOV, case(), [paid, back]).cases
    assert (november.opening, november.moved, november.closing) == (0, Moved(placed=100_000, paid=40_000), 60_000)
    (december,) = month(DEC, case(), [paid, back]).cases
    assert (december.opening, december.moved, december.closing) == (60_000, Moved(reversed=40_000), 100_000)


def test_what_is_more_than_owed_is_in_no_balance():
    (found,) = month(NOV, case(100), [row(150, 5, "R1")]).cases
    assert (found.moved, found.closing) == (Moved(placed=10_000, paid=15_000, excess=5_000), 0)


def test_a_late_row_moves_the_month_after_the_frozen_one():
    first, late = row(400, 10, "R1"), row(50, 11, "R2")
    seen = month(NOV, case(), [first])
    frozen = seen.frozen(NOV, None)
    next_month = month(DEC, case(), [first, late], frozen=frozen)
    (december,) = next_month.cases
    assert (december.opening, december.late, december.moved) == (60_000, Moved(paid=5_000), Moved())
    assert december.closing == 55_000
    assert [(one.then, one.row.row_id) for one in next_month.late] == [(None, late.id)]
    after = next_month.frozen(DEC, frozen)
    (january,) = month(JAN, case(), [first, late], frozen=after).cases
    assert (january.opening, january.late) == (55_000, Moved())


def test_a_figure_of_the_bank_within_the_month_stands_by_itself():
    rows = [row(100, 10, "R1"), row(30, 25, "R2")]
    (found,) = month(NOV, case(1_000, date(2026, 11, 2), (date(2026, 11, 20), 950)), rows).cases
    assert found.moved == Moved(placed=100_000, refigured=5_000, paid=13_000)
    assert found.closing == 92_000


def test_what_a_case_takes_along_when_it_ends_and_brings_back():
    ends = ((date(2026, 11, 20), True), (date(2026, 12, 5), False))
    rows = [row(100, 10, "R1")]
    (november,) = month(NOV, case(ends=ends), rows).cases
    assert (november.moved.ended, november.closing) == (90_000, 0)
    (december,) = month(DEC, case(ends=ends), rows).cases
    assert (december.moved, december.closing) == (Moved(ended=-90_000), 90_000)


days = st.dates(date(2026, 11, 1), date(2027, 1, 31))


@st.composite
def rows(draw) -> list[ReceivedRow]:
    found = []
    for _ in range(draw(st.integers(0, 9))):
        back = -1 if draw(st.integers(0, 3)) == 0 else 1
        yuan = back * draw(st.sampled_from([100, 250, 250.5, 700]))
        reference = draw(st.sampled_from(["", "R1", "R2", "R3", "R4"]))
        file = f"f{draw(st.integers(1, 3))}"
        one = row(yuan, 3, reference, file=file, kind=draw(st.sampled_from(FileKind)))
        found.append(posted(one, draw(days)))
    return found


@st.composite
def told(draw) -> CaseTold:
    as_of = draw(st.dates(date(2026, 10, 20), date(2026, 11, 20)))
    later = sorted(draw(st.lists(st.dates(date(2026, 11, 21), date(2027, 1, 20)), max_size=2, unique=True)))
    more = [(day, draw(st.integers(0, 900))) for day in later]
    ends = sorted(draw(st.lists(st.tuples(days, st.booleans()), max_size=2)))
    return case(draw(st.integers(1, 900)), as_of, *more, ends=tuple(ends))


def _counted(rows) -> dict:
    return {name: one.counts for name, one in rows.items()}


@given(told(), rows(), st.data())
def test_every_fen_is_accounted_for_month_by_month_whatever_comes_late(one, received, data):
    """Each month knows some of the rows and decisions only; what was frozen is never asked again."""
    came = {each.id: data.draw(st.integers(0, 2)) for each in received}
    said = {each.id: (data.draw(st.sampled_from(Settling)), data.draw(st.integers(0, 3))) for each in received}
    frozen, owed, moved = None, None, Moved()
    for place, which in enumerate((NOV, DEC, JAN)):
        here = [each for each in received if came[each.id] <= place]
        words = {name: RowDecision(name, what) for name, (what, when) in said.items() if when <= place}
        part = month(which, one, here, frozen=frozen, decisions=words)
        found = {each.currency: each for each in part.cases}
        now = found["CNY"]
        assert now.opening + now.changes.total == now.closing
        assert owed is None or now.opening == owed
        moved = moved + now.changes if place else now.after
        assert sum(each.opening + each.changes.total for each in sums(part.cases)) == now.closing
        owed, frozen = now.closing, part.frozen(which, frozen)
        whole = state_at([one], {"c1": here}, words, which.last)
        assert whole.moved["c1", "CNY"] == moved == now.after  # as if nothing had ever been late
        assert _counted(frozen.rows) == _counted(whole.rows)
        assert now.closing >= 0


@given(rows(), st.integers(1, 900))
def test_the_last_month_ends_with_the_balance_of_the_case(received, owed):
    one = case(owed)
    ledger = work([one.account], {"c1": received})
    found = state_at([one], {"c1": received}, {}, JAN.last)
    assert found.moved["c1", "CNY"].total == ledger.balance(one.account)
    taken = [each for each in found.rows.values() if each.minor < 0 and each.standing is RowStanding.TAKEN]
    after = [each for each in taken if each.posted_on > one.figures[0].as_of]
    assert found.moved["c1", "CNY"].reversed <= -sum(each.minor for each in taken)
    assert found.moved["c1", "CNY"].reversed >= 0 or not after
    told_of = sum(each.allocated for each in found.rows.values())
    assert found.moved["c1", "CNY"].recovered - found.moved["c1", "CNY"].excess <= told_of
