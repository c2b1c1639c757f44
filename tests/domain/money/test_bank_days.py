"""The first bank day after a day: over weekends, holidays and the Sundays that make up for them."""

from datetime import date

from collector_desk.domain.money.bank_days import BankDays, YearOfDays

DAYS = BankDays(
    {
        2026: YearOfDays(
            off=frozenset(date(2026, 10, day) for day in range(1, 8)),
            made_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
        )
    }
)


def test_a_friday_is_followed_by_monday():
    assert DAYS.after(date(2026, 11, 13)) == date(2026, 11, 16)


def test_the_national_days_are_stepped_over():
    assert DAYS.after(date(2026, 9, 30)) == date(2026, 10, 8)


def test_a_sunday_that_makes_up_is_a_bank_day():
    assert DAYS.after(date(2026, 9, 18)) == date(2026, 9, 20)
    assert DAYS.after(date(2026, 10, 9)) == date(2026, 10, 10)  # a Saturday


def test_of_a_year_nobody_published_the_weekends_are_known():
    assert DAYS.after(date(2030, 9, 30)) == date(2030, 10, 1)
    assert not DAYS.known(date(2030, 1, 1))
    assert DAYS.known(date(2026, 1, 1))
