"""What the demo's bank says was paid: a file a week, by how willing those who promised are. Pure but for the file.

Some keep their word, some in part, some don't; a few pay unasked, one pays what is owed and once more, and one row
names an account that nobody here knows. Without such a file no promise is kept or broken.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from collector_desk.demo.book import DemoAccount, DemoPerson
from collector_desk.domain.money.bank_days import BankDays

FILES = (15, 8, 1)
"""When the bank sends one, in days before today."""
_UNASKED = 0.03
_STRANGE_ACCOUNT = "6290009999999999"


@dataclass(frozen=True, slots=True)
class GivenWord:
    """A promise as the demo remembers it; ``willing`` is from 0 to 1. ``pays``: by its story, else by chance."""

    account_no: str
    name: str
    minor: int
    given: date
    due: date
    willing: float
    pays: bool | None = None


@dataclass(frozen=True, slots=True)
class PaidRow:
    """One row of the bank's file; the amount in fen."""

    account_no: str
    name: str
    day: date
    minor: int
    way: str


def told_to(day: date, days: BankDays) -> date:
    """Up to which day a file of a day tells: the end of the bank day before."""
    found = day - timedelta(days=1)
    while not days.is_one(found):
        found -= timedelta(days=1)
    return found


def paid(
    rng: Random,
    ways: Sequence[str],
    words: Iterable[GivenWord],
    others: Sequence[tuple[date, DemoPerson, DemoAccount]],
    first: date,
    last: date,
) -> list[PaidRow]:
    """What came in from ``first`` to ``last``: on promises due then, unasked from ``others``, placed on days."""
    rows: list[PaidRow] = []
    for word in words:
        if not first <= word.due <= last:
            continue
        pays = rng.random() < word.willing if word.pays is None else word.pays
        if pays:
            whole = word.pays or rng.random() < 0.8
            early = word.due - timedelta(days=1) > max(word.given, first) and rng.random() < 0.4
            day = word.due - timedelta(days=1) if early else word.due
            minor = word.minor if whole else max(word.minor * 2 // 5, 1)
            rows.append(PaidRow(word.account_no, word.name, day, minor, rng.choice(ways)))
    promised = {word.account_no for word in words}
    unasked = [
        each for each in others if each[0] < last and each[2].account_no not in promised and rng.random() < _UNASKED
    ]
    for number, (placed, person, account) in enumerate(unasked):
        since = max(first, placed + timedelta(days=1))
        day = since + timedelta(days=rng.randrange((last - since).days + 1))
        minor = account.amount if number == 0 else max(account.amount // rng.choice((4, 6, 10)), 1)
        rows.append(PaidRow(account.account_no, person.name, day, minor, rng.choice(ways)))
        if number == 0:  # paid in full, and once more: perhaps twice
            rows.append(PaidRow(account.account_no, person.name, last, minor, rng.choice(ways)))
    rows.append(PaidRow(_STRANGE_ACCOUNT, "某某", last, 20_000, ways[0]))
    return sorted(rows, key=lambda row: (row.day, row.account_no))


def write_payment_file(path: Path, bank: Mapping[str, Any], rows: Sequence[PaidRow]) -> None:
    """The rows as the bank's system exports them, each with a reference of its own."""
    stamp = max(row.day for row in rows)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        told = csv.writer(out)
        told.writerow(bank["payment_headings"])
        for number, row in enumerate(rows, 1):
            yuan = f"{row.minor / 100:.2f}"
            told.writerow(
                [row.account_no, row.name, row.day.isoformat(), yuan, row.way, f"LS{stamp:%m%d}{number:05d}"]
            )
