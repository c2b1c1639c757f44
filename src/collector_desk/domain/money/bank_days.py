"""On which days a bank books: not at weekends and holidays, but on the Sundays that make up for one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """What differs from the plain week in one year."""

    off: frozenset[date]
    made_up: frozenset[date]  # a Saturday or Sunday on which work is done


@dataclass(frozen=True, slots=True)
class BankDays:
    """The years somebody published; of any other year the weekends only are known."""

    years: Mapping[int, YearOfDays] = field(default_factory=dict)

    def is_one(self, day: date) -> bool:
        """Whether banks work on it."""
        year = self.years.get(day.year)
        if year is not None and day in year.off:
            return False
        return day.weekday() < _SATURDAY or (year is not None and day in year.made_up)

    def after(self, day: date, count: int = 1) -> date:
        """The first bank day after a day, or the so-manieth; with none, the day itself."""
        found = day
        for _ in range(count):
            found += timedelta(days=1)
            while not self.is_one(found):
                found += timedelta(days=1)
        return found

    def known(self, day: date) -> bool:
        """Whether the holidays of that day's year are known."""
        return day.year in self.years
