"""Reads the bank days of a country: which days banks are shut, and which weekends make up for them."""

from datetime import date
from functools import cache

from collector_desk.domain.message import Trouble
from collector_desk.domain.money.bank_days import BankDays, YearOfDays
from collector_desk.packs.strict_toml import Strict, parse
from collector_desk.resources import resource

FILE = "bank-days-cn.toml"


class _Year(Strict):
    year: int
    source: str
    off: tuple[date, ...]
    made_up: tuple[date, ...]


class _Calendar(Strict):
    country: str
    year: tuple[_Year, ...]


def read_bank_days(name: str, raw: bytes) -> BankDays:
    """The bank days in a file's content.

    Raises Trouble ``packs.calendar_broken`` with the line where it is none, or a day stands under another year.
    """
    content, faults, lines = parse(name, raw, _Calendar)
    if content is None:
        raise Trouble("packs.calendar_broken", file=name, line=faults[0].line, reason=faults[0].message)
    for place, one in enumerate(content.year):
        for day in (*one.off, *one.made_up):
            if day.year != one.year:
                raise Trouble("packs.calendar_year", file=name, line=lines.line(("year", place)), day=day)
    return BankDays({one.year: YearOfDays(frozenset(one.off), frozenset(one.made_up)) for one in content.year})


@cache
def bank_days() -> BankDays:
    """Those that come with the program."""
    return read_bank_days(FILE, resource("calendars", FILE).read_bytes())
