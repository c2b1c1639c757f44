"""The bank's figures of an account, one after the other: what explains a drop, and what remains."""

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.money.figures import remains, steps
from tests.domain.money.making import nov


def told(*figures):
    return [(nov(day), round(yuan * 100)) for day, yuan in figures]


def test_a_drop_is_explained_by_what_was_paid_between_the_two_days():
    paid = told((3, 1_000), (10, 500), (11, 70))
    (step,) = steps(told((2, 10_000), (10, 8_500)), paid)
    assert (step.fell, step.remains) == (0, False)
    (step,) = steps(told((2, 10_000), (10, 8_000)), paid)
    assert step.fell == 50_000
    (step,) = steps(told((2, 10_000), (9, 8_500)), paid)
    assert step.fell == 50_000  # the second of them came after its day


def test_a_figure_that_rises_or_stays_fell_by_nothing():
    assert [step.fell for step in steps(told((2, 100), (3, 100), (4, 120)), ())] == [0, 0]


def test_what_the_bank_asks_for_after_payment_in_full_remains():
    paid = told((5, 5_000))
    every = steps(told((2, 5_000), (10, 63.20)), paid)
    assert remains(every)
    assert remains(steps(told((2, 5_000), (10, 63.20), (11, 63.20)), paid))
    assert remains(steps(told((2, 5_000), (10, 63.20), (11, 64)), paid))  # with interest on it
    assert not remains(steps(told((2, 5_000), (10, 63.20), (11, 0)), paid))
    assert not remains(steps(told((2, 5_000), (10, 4_000)), ()))
    assert not remains(())


def test_an_older_or_another_figure_of_a_day_is_no_step():
    assert len(steps(told((2, 100), (5, 90), (5, 80), (4, 70), (6, 60)), ())) == 2


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 10**6))),
    st.lists(st.tuples(st.integers(1, 28), st.integers(1, 10**6))),
)
def test_days_only_rise_and_no_sum_is_below_nought(figures, paid):
    days = [(nov(day), minor) for day, minor in figures]
    every = steps(days, [(nov(day), minor) for day, minor in paid])
    assert all(step.since < step.as_of and step.expected >= 0 and step.fell >= 0 for step in every)
    assert all(not (step.fell and step.remains) for step in every)
