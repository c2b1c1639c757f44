"""A month of a placement in figures that add up: what was owed, what moved it, what is owed; and what came late.

Always worked from all rows, cut at a day: how an account stood at the end of a day is asked anew of the rules that
make balances, so that a payment taken back in December is still a payment of November. What was frozen stays: where
the same day comes out otherwise afterwards, the difference is *late* and moves the first month after it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from collector_desk.domain.money.allocation import AccountFigure, Worked
from collector_desk.domain.money.ledger import OwedAccount, RowNow, work
from collector_desk.domain.money.payments import ReceivedRow, RowDecision, RowDoubt, RowStanding

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - _DAY

    @property
    def after(self) -> "Month":
        """The next one."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        """The one before it."""
        return month_of(self.first - _DAY)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def month_named(text: str) -> Month | None:
    """The month written ``2026-11``; None where it is none."""
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved an account, in minor units; ``total`` is by how much more is owed for it.

    ``refigured``: the bank's new figure against what its rows had made of the one before. ``paid`` are whole
    payments; what of them no balance took is ``excess``. ``ended``: what left with the case.
    """

    placed: int = 0
    refigured: int = 0
    paid: int = 0
    reversed: int = 0
    excess: int = 0
    ended: int = 0

    @property
    def total(self) -> int:
        """What all of it comes to."""
        return self.placed + self.refigured - self.paid + self.reversed + self.excess - self.ended

    @property
    def parts(self) -> tuple[int, int, int, int, int, int]:
        """The figures in their order."""
        return self.placed, self.refigured, self.paid, self.reversed, self.excess, self.ended

    @property
    def recovered(self) -> int:
        """What came in and stayed: confirmed less taken back."""
        return self.paid - self.reversed

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(*map(int.__add__, self.parts, other.parts))

    def __sub__(self, other: "Moved") -> "Moved":
        return Moved(*map(int.__sub__, self.parts, other.parts))


NOTHING = Moved()
Of = tuple[str, str]
"""A case and a currency: a row in another one than its account's is counted beside it."""


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """What the bank says was owed on an account at the end of a day."""

    as_of: date
    minor: int


@dataclass(frozen=True, slots=True)
class CaseTold:
    """One case: since when it is ours, the bank's figures of it by their day, and the days on which it ended
    (True) or was opened again."""

    account: OwedAccount
    began: date
    figures: tuple[FigureSaid, ...]
    ends: tuple[tuple[date, bool], ...] = ()

    def over(self, day: date) -> bool:
        """Whether it had ended by a day."""
        said = [ended for on, ended in self.ends if on <= day]
        return bool(said) and said[-1]


@dataclass(frozen=True, slots=True)
class BookedRow:
    """A row of the bank, and what it came to by the end of a day."""

    row_id: str
    case_id: str
    posted_on: date
    minor: int
    currency: str
    standing: RowStanding
    doubt: RowDoubt | None
    allocated: int
    excess: int
    contained: int
    reference: str = field(default="", compare=False)

    @property
    def counts(self) -> tuple[object, ...]:
        """What a frozen month knows of it."""
        return self.case_id, self.standing, self.allocated, self.excess, self.contained


@dataclass(frozen=True, slots=True)
class StateAt:
    """How accounts stood at the end of a day: all that had moved them, and every row up to it."""

    moved: Mapping[Of, Moved]
    rows: Mapping[str, BookedRow]


def state_at(
    cases: Sequence[CaseTold],
    rows: Mapping[str, Sequence[ReceivedRow]],
    decisions: Mapping[str, RowDecision],
    day: date,
) -> StateAt:
    """One debtor's accounts at the end of a day. ``rows``: those of each case."""
    moved: dict[Of, Moved] = {}
    booked: dict[str, BookedRow] = {}
    for case in cases:
        if case.began <= day:
            for of, change in _case_at(case, cases, rows, decisions, day, booked):
                moved[of] = moved.get(of, NOTHING) + change
    return StateAt(moved, booked)


def _case_at(
    case: CaseTold,
    cases: Sequence[CaseTold],
    rows: Mapping[str, Sequence[ReceivedRow]],
    decisions: Mapping[str, RowDecision],
    day: date,
    booked: dict[str, BookedRow],
) -> Iterator[tuple[Of, Moved]]:
    account = case.account
    own, currency = account.case_id, account.figure.currency
    numbers = [one.account for one in cases if one.account.number == account.number]
    known = [figure for figure in case.figures if figure.as_of <= day] or list(case.figures[:1])
    owed = 0
    for place, figure in enumerate(known):
        until = known[place + 1].as_of if place + 1 < len(known) else day
        fixed = replace(account.figure, minor=figure.minor, as_of=figure.as_of)
        here = [replace(account, figure=fixed) if one.case_id == own else one for one in numbers]
        cut = {one.case_id: [row for row in rows.get(one.case_id, ()) if row.posted_on <= until] for one in here}
        yield (own, currency), Moved(placed=figure.minor) if place == 0 else Moved(refigured=figure.minor - owed)
        owed = figure.minor
        if not cut[own]:
            continue
        ledger = work(here, cut, decisions)
        worked = ledger.accounts[own]
        yield from _paid(own, fixed, worked)
        owed = worked.balance
        by_id = {row.id: row for row in cut[own]}
        for now in ledger.rows:
            if now.case_id == own and (place == 0 or by_id[now.row_id].posted_on > figure.as_of):
                booked[now.row_id] = _booked(now, by_id[now.row_id])
    if case.over(day):
        yield (own, currency), Moved(ended=owed)


def _paid(case_id: str, figure: AccountFigure, worked: Worked) -> Iterator[tuple[Of, Moved]]:
    """What payments after the figure moved; the rest of the balance's way was taken back of earlier ones."""
    allocated = 0
    for share in worked.shares:
        row = share.payment.row
        allocated += share.allocated
        if row.posted_on > figure.as_of:
            change = Moved(paid=row.minor, reversed=row.minor - share.payment.net, excess=share.excess)
            yield (case_id, row.currency), change
    again = worked.balance - figure.minor + allocated
    if again:
        yield (case_id, figure.currency), Moved(reversed=again)


def _booked(now: RowNow, row: ReceivedRow) -> BookedRow:
    return BookedRow(
        now.row_id,
        now.case_id,
        row.posted_on,
        row.minor,
        row.currency,
        now.standing,
        now.doubt,
        now.allocated,
        now.excess,
        now.contained,
        row.reference,
    )


@dataclass(frozen=True, slots=True)
class MonthOfCase:
    """One case's month: ``before`` is all that had moved it until then, ``late`` what frozen months got since."""

    case_id: str
    currency: str
    before: Moved
    moved: Moved
    late: Moved = NOTHING

    @property
    def opening(self) -> int:
        """What was owed as the month began: as frozen, where it is."""
        return self.before.total

    @property
    def after(self) -> Moved:
        """All that had moved it at the month's end."""
        return self.before + self.moved + self.late

    @property
    def closing(self) -> int:
        """What was owed as it ended."""
        return self.after.total

    @property
    def changes(self) -> Moved:
        """What this month is answerable for, late or not."""
        return self.moved + self.late


@dataclass(frozen=True, slots=True)
class LateRow:
    """A row of a frozen month that came, or came to mean something else, after it was frozen. Without ``now`` it
    was withdrawn."""

    then: BookedRow | None
    now: BookedRow | None

    @property
    def row(self) -> BookedRow:
        """The row itself."""
        found = self.now or self.then
        assert found is not None  # noqa: S101 -- one of them is there
        return found


@dataclass(frozen=True, slots=True)
class Frozen:
    """What frozen months say: all that had moved each case until their end, and each row as it was counted."""

    month: Month
    moved: Mapping[Of, Moved]
    rows: Mapping[str, BookedRow]


@dataclass(frozen=True, slots=True)
class MonthPart:
    """A month of some cases, with its rows and what came late.

    ``touched`` are rows posted before it of which it made something else, as one that takes a payment back does;
    ``waiting`` all that wait for a person at its end, whenever they were posted.
    """

    cases: tuple[MonthOfCase, ...]
    rows: tuple[BookedRow, ...]
    late: tuple[LateRow, ...]
    touched: tuple[BookedRow, ...] = ()
    waiting: tuple[BookedRow, ...] = ()

    def frozen(self, month: Month, before: Frozen | None) -> Frozen:
        """What is known once this month is frozen too."""
        rows = dict(before.rows) if before else {}
        for one in self.late:
            rows.pop(one.row.row_id, None)
        came = [one.now for one in self.late if one.now is not None]
        rows.update((one.row_id, one) for one in (*came, *self.touched, *self.rows))
        return Frozen(month, {(one.case_id, one.currency): one.after for one in self.cases}, rows)


def month_part(
    month: Month,
    cases: Sequence[CaseTold],
    rows: Mapping[str, Sequence[ReceivedRow]],
    decisions: Mapping[str, RowDecision],
    frozen: Frozen | None,
    of: Iterable[str],
) -> MonthPart:
    """One debtor's month, of the cases ``of``. ``frozen``: where the month before it is."""
    wanted = frozenset(of)
    start = state_at(cases, rows, decisions, month.first - _DAY)
    end = state_at(cases, rows, decisions, month.last)
    if frozen is not None:
        known = {key: moved for key, moved in frozen.moved.items() if key[0] in wanted}
    else:
        known = {key: moved for key, moved in start.moved.items() if key[0] in wanted}
    found = []
    for key in sorted({*known, *(one for one in end.moved if one[0] in wanted)}):
        before, then = known.get(key, NOTHING), start.moved.get(key, NOTHING)
        moved = end.moved.get(key, NOTHING) - then
        found.append(MonthOfCase(*key, before, moved, then - before))
    late = () if frozen is None else tuple(_late(start, frozen, wanted))
    theirs = sorted((row for row in end.rows.values() if row.case_id in wanted), key=_order)
    here = tuple(row for row in theirs if row.posted_on >= month.first)
    touched = (row for row in theirs if (was := start.rows.get(row.row_id)) and was.counts != row.counts)
    waiting = tuple(row for row in theirs if row.standing is RowStanding.TO_SETTLE)
    return MonthPart(tuple(found), here, late, tuple(touched), waiting)


def _late(start: StateAt, frozen: Frozen, wanted: frozenset[str]) -> Iterator[LateRow]:
    theirs = {name: row for name, row in frozen.rows.items() if row.case_id in wanted}
    now = {name: row for name, row in start.rows.items() if row.case_id in wanted}
    for name in sorted({*theirs, *now}):
        was, row = theirs.get(name), now.get(name)
        if was is None or row is None or was.counts != row.counts:
            yield LateRow(was, row)


def _order(row: BookedRow) -> tuple[date, str, str]:
    return row.posted_on, row.case_id, row.row_id


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A placement's month in one currency: its cases added up."""

    currency: str
    cases: int
    opening: int
    moved: Moved
    late: Moved
    closing: int
    placed_ever: int

    @property
    def changes(self) -> Moved:
        """What the month is answerable for."""
        return self.moved + self.late


def together(parts: Iterable[MonthPart]) -> MonthPart:
    """Many debtors' months as one."""
    every = list(parts)
    return MonthPart(
        tuple(one for part in every for one in part.cases),
        tuple(sorted((row for part in every for row in part.rows), key=_order)),
        tuple(sorted((one for part in every for one in part.late), key=lambda one: _order(one.row))),
        tuple(row for part in every for row in part.touched),
        tuple(sorted((row for part in every for row in part.waiting), key=_order)),
    )


def sums(cases: Iterable[MonthOfCase]) -> tuple[MonthSums, ...]:
    """The cases of each currency added up."""
    by: dict[str, list[MonthOfCase]] = {}
    for case in cases:
        by.setdefault(case.currency, []).append(case)
    return tuple(
        MonthSums(
            currency,
            len(some),
            sum(one.opening for one in some),
            _added(one.moved for one in some),
            _added(one.late for one in some),
            sum(one.closing for one in some),
            sum(one.after.placed for one in some),
        )
        for currency, some in sorted(by.items())
    )


def _added(many: Iterable[Moved]) -> Moved:
    columns = zip(*(one.parts for one in many), strict=True)
    return Moved(*map(sum, columns))
