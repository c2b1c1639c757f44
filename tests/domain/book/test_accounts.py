"""Several accounts of one debtor: the one that leads, and what they come to."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.accounts import AccountOwed, due_day, together
from collector_desk.domain.book.money import Money

OLD, NEW = date(2026, 8, 1), date(2026, 10, 1)


def owed(
    number: str, due: date | None, minor: int, currency: str = "CNY", overdue: int | None = None
) -> AccountOwed:
    return AccountOwed(number, due, Money(minor, currency), overdue)


def test_the_longest_past_due_leads_then_the_largest_then_the_first() -> None:
    assert together([owed("1", NEW, 900), owed("2", OLD, 1)]).lead == 1
    assert together([owed("1", None, 900), owed("2", NEW, 1)]).lead == 1
    assert together([owed("1", OLD, 5), owed("2", OLD, 6)]).lead == 1
    assert together([owed("2", OLD, 5), owed("1", OLD, 5)]).lead == 1


def test_only_the_leading_currency_is_added_up() -> None:
    found = together([owed("1", NEW, 900, "USD", 3), owed("2", OLD, 50), owed("3", NEW, 70, overdue=1)])
    assert (found.lead, found.balance, found.previous_overdue) == (1, Money(120), 3)


def test_the_banks_own_days_win_over_its_due_date() -> None:
    assert due_day(31, date(2026, 11, 2), OLD) == date(2026, 10, 2)
    assert due_day(None, date(2026, 11, 2), OLD) == OLD
    assert due_day(None, date(2026, 11, 2), None) is None


@given(
    st.lists(
        st.tuples(st.sampled_from((OLD, NEW, None)), st.integers(0, 9), st.sampled_from(("CNY", "USD"))), min_size=1
    )
)
def test_the_order_of_the_accounts_does_not_matter(rows: list[tuple[date | None, int, str]]) -> None:
    accounts = [owed(f"{n:03d}", *row) for n, row in enumerate(rows)]
    forward, back = together(accounts), together(accounts[::-1])
    assert accounts[forward.lead] == accounts[::-1][back.lead]
    assert forward.balance == back.balance
