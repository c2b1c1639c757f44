"""The bank's own statement of a month against ours: where they differ, row by row. Without one none is told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from collector_desk.domain.money.payments import RowStanding
from collector_desk.domain.money.reconciling import BookedRow, Month, MonthOfCase, MonthPart, sums


class TheirRow(NamedTuple):
    """What the bank says in one row, in minor units.

    ``case_id`` is empty where no case of the placement bears the account: ``masked`` then shows which it is. One
    that is ``whole`` speaks of the placement, not of an account.
    """

    line: int
    case_id: str
    masked: str
    whole: bool
    day: date | None
    reference: str
    currency: str
    paid: int | None
    balance: int | None


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the bank says of a month, in a file that was received."""

    id: str
    filename: str
    sha256: str
    at: datetime
    by: str
    set_aside: int
    rows: tuple[TheirRow, ...] = field(repr=False)


class DifferenceIn(StrEnum):
    """What a difference is in."""

    PAID = "paid"  # what an account, or all of them, paid in the month, less what was taken back
    BALANCE = "balance"  # what is owed at its end
    PAYMENT = "payment"  # one payment, or one taking back
    ACCOUNT = "account"  # an account that only one of both has


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """Where both differ. ``ours`` or ``theirs`` is None where that side has nothing; ``line`` is of their file."""

    what: DifferenceIn
    case_id: str
    masked: str
    currency: str
    ours: int | None
    theirs: int | None
    line: int | None = None
    day: date | None = None
    reference: str = ""

    @property
    def by(self) -> int:
        """By how much ours is more."""
        return (self.ours or 0) - (self.theirs or 0)


def differences(part: MonthPart, theirs: Theirs, month: Month) -> tuple[MonthDifference, ...]:
    """Every place where their file says otherwise, totals first; what their file leaves out is no difference."""
    single = [row for row in theirs.rows if not row.whole]
    found = [*_totals(part, theirs.rows, single)]
    found += _strangers(single)
    listed = any(row.reference or row.day for row in single)
    if listed:
        found += _payments(part.rows, single, month)
    found += _accounts(part.cases, single, paid=not listed)
    return tuple(found)


def _totals(part: MonthPart, rows: Iterable[TheirRow], single: Sequence[TheirRow]) -> Iterator[MonthDifference]:
    ours = {one.currency: one for one in sums(part.cases)}
    for currency in sorted({row.currency for row in rows}):
        for what in (DifferenceIn.PAID, DifferenceIn.BALANCE):
            told = [row for row in rows if row.currency == currency and row.whole] or [
                row for row in single if row.currency == currency
            ]
            values = [value for row in told if (value := _value(row, what)) is not None]
            if not values or (what is DifferenceIn.BALANCE and not told[0].whole and _twice(told)):
                continue
            here = ours.get(currency)
            mine = None if here is None else here.moved.recovered if what is DifferenceIn.PAID else here.closing
            if mine != sum(values):
                yield MonthDifference(what, "", "", currency, mine, sum(values))


def _value(row: TheirRow, what: DifferenceIn) -> int | None:
    return row.paid if what is DifferenceIn.PAID else row.balance


def _twice(rows: Sequence[TheirRow]) -> bool:
    """Whether an account has several rows: its balance stands in each, and they can't be added up."""
    return max(Counter(row.case_id or row.masked for row in rows).values()) > 1


def _strangers(rows: Iterable[TheirRow]) -> Iterator[MonthDifference]:
    for row in rows:
        if not row.case_id and (row.paid or row.balance):
            said = row.paid if row.paid is not None else row.balance
            place = (row.line, row.day, row.reference)
            yield MonthDifference(DifferenceIn.ACCOUNT, "", row.masked, row.currency, None, said, *place)


def _accounts(cases: Iterable[MonthOfCase], rows: Iterable[TheirRow], *, paid: bool) -> Iterator[MonthDifference]:
    by: defaultdict[tuple[str, str], list[TheirRow]] = defaultdict(list)
    for row in rows:
        if row.case_id:
            by[row.case_id, row.currency].append(row)
    if not by:
        return
    whole = any(row.balance is not None for some in by.values() for row in some)
    for case in cases:
        told = by.pop((case.case_id, case.currency), None)
        ours = case.moved.recovered, case.closing
        if told is None:
            if (paid and ours[0]) or (whole and ours[1]):
                mine = ours[0] if paid and ours[0] else ours[1]
                yield MonthDifference(DifferenceIn.ACCOUNT, case.case_id, "", case.currency, mine, None)
            continue
        line = told[-1].line
        of = [row.paid for row in told if row.paid is not None]
        if paid and of and sum(of) != ours[0]:
            yield MonthDifference(DifferenceIn.PAID, case.case_id, "", case.currency, ours[0], sum(of), line)
        last = next((row for row in reversed(told) if row.balance is not None), None)
        if last is not None and last.balance != ours[1]:
            yield MonthDifference(
                DifferenceIn.BALANCE, case.case_id, "", case.currency, ours[1], last.balance, last.line
            )
    for (case_id, currency), told in by.items():  # in a currency in which nothing is owed here
        said = sum(row.paid or 0 for row in told)
        yield MonthDifference(DifferenceIn.PAID, case_id, "", currency, None, said, told[-1].line)


_Key = tuple[str, str, str, object]


def _payments(ours: Iterable[BookedRow], theirs: Iterable[TheirRow], month: Month) -> Iterator[MonthDifference]:
    """One payment against one: by account and reference, else by account, day and amount."""
    here: defaultdict[_Key, list[BookedRow]] = defaultdict(list)
    for row in ours:
        if row.standing not in (RowStanding.REPEATED, RowStanding.NOT_OURS):
            here[_key(row.case_id, row.currency, row.reference, row.posted_on, row.minor)].append(row)
    for told in theirs:
        if not told.case_id or told.paid is None or (told.day and not month.first <= told.day <= month.last):
            continue
        key = _key(told.case_id, told.currency, told.reference, told.day, told.paid)
        some = here.get(key, [])
        match = next((row for row in some if row.minor == told.paid), some[0] if some else None)
        if match is not None:
            some.remove(match)
        if match is None or match.minor != told.paid:
            mine = match.minor if match else None
            place = (told.line, told.day, told.reference)
            yield MonthDifference(DifferenceIn.PAYMENT, told.case_id, "", told.currency, mine, told.paid, *place)
    for some in here.values():
        for row in some:
            own = (row.posted_on, row.reference)
            yield MonthDifference(DifferenceIn.PAYMENT, row.case_id, "", row.currency, row.minor, None, None, *own)


def _key(case_id: str, currency: str, reference: str, day: date | None, minor: int) -> _Key:
    back = "-" if minor < 0 else ""
    return case_id, currency, reference and back + reference, None if reference else (day, minor)
