"""A placement's month as it is looked at, sent to the bank and frozen: figures, rows, ends, what is open."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import RowDoubt
from collector_desk.domain.money.reconciling import Month, MonthPart, MonthSums, sums
from collector_desk.domain.money.statements import MonthDifference, Theirs, differences
from collector_desk.domain.text.masking import masked_account, masked_name
from collector_desk.domain.vocabulary import QuestionKind


@dataclass(frozen=True, slots=True)
class CaseNamed:
    """Whose case it is, as lists show it."""

    number: str
    account: str = field(repr=False)
    name: str = field(repr=False)

    @property
    def masked(self) -> str:
        """Name and account, behind the mask."""
        return f"{masked_name(self.name)} {masked_account(self.account)}".strip()


@dataclass(frozen=True, slots=True)
class EndLine:
    """A case that ended in the month, or was opened again."""

    case_number: str
    ending: Ending
    day: date
    balance: Money


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Rows that nobody has decided yet: how many wait for this reason, and their sum. None: of no account here."""

    doubt: RowDoubt | None
    rows: int
    amount: Money


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Questions to the bank about cases of the placement that have no answer yet: how many of a kind."""

    kind: QuestionKind
    count: int


@dataclass(frozen=True, slots=True)
class DaysTold:
    """Of which days of the month the bank has told: up to a day, but for holes."""

    up_to: date | None
    holes: tuple[DaySpan, ...]

    def whole(self, month: Month) -> bool:
        """Whether nothing of it is missing."""
        return self.up_to is not None and self.up_to >= month.last and not self.holes


@dataclass(frozen=True, slots=True)
class FrozenBy:
    """Who froze a month, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class PlacementMonth:
    """All of it. ``as_of``: when the figures were worked out; of a frozen month that is when it was frozen.

    ``after``: the last month of the placement that is frozen, by its id; ``next_to_freeze``: the one that can be.
    """

    placement_id: str
    placement_number: str
    bank: str
    month: Month
    as_of: datetime
    part: MonthPart
    names: Mapping[str, CaseNamed] = field(repr=False)
    ends: tuple[EndLine, ...]
    waiting: tuple[OpenLine, ...]
    asked: tuple[AskedLine, ...]
    told: DaysTold
    frozen: FrozenBy | None
    theirs: Theirs | None
    after: str | None
    next_to_freeze: Month | None

    @cached_property
    def differences(self) -> tuple[MonthDifference, ...]:
        """Where the bank's own statement says otherwise; none without one, which says nothing."""
        return differences(self.part, self.theirs, self.month) if self.theirs else ()

    @cached_property
    def sums(self) -> tuple[MonthSums, ...]:
        """The cases added up, by currency."""
        return sums(self.part.cases)

    def name_of(self, case_id: str) -> CaseNamed:
        """Whose case it is; a number of ours is all that is left of who was erased."""
        return self.names.get(case_id, CaseNamed("", "", ""))


def open_lines(part: MonthPart, nobodys: list[tuple[str, int, int]]) -> tuple[OpenLine, ...]:
    """What waits at the month's end, the surest first, then what is nobody's."""
    rows: Counter[tuple[RowDoubt, str]] = Counter()
    minor: Counter[tuple[RowDoubt, str]] = Counter()
    for one in part.waiting:
        if one.doubt is not None:
            rows[one.doubt, one.currency] += 1
            minor[one.doubt, one.currency] += one.minor
    found = [OpenLine(key[0], rows[key], Money(minor[key], key[1])) for key in sorted(rows)]
    return (*found, *(OpenLine(None, count, Money(sum_, currency)) for currency, count, sum_ in nobodys))


def facts(found: PlacementMonth) -> Iterator[tuple[str, Message]]:
    """What the figures are of and how they stand: label and value, each a code or sentence."""
    yield "money.month.placement", _plain(found.placement_number)
    yield "money.month.bank", _plain(found.bank)
    yield "money.month.period", _plain(f"{found.month.first} – {found.month.last}")
    yield "money.month.as_of", msg("money.month.instant", at=found.as_of)
    for one in found.sums:
        if one.placed_ever:
            yield "money.month.recovery", _recovered(found, one)
    yield "money.month.days_told", _told(found)
    yield "money.month.statement", _of_theirs(found)
    by = found.frozen
    said = msg("money.month.frozen", name=by.name, at=by.at) if by else msg("money.month.not_frozen")
    yield "money.month.state", said


def _plain(text: str) -> Message:
    return msg("money.month.plain", text=text)


def _told(found: PlacementMonth) -> Message:
    up_to, holes = found.told.up_to, found.told.holes
    if holes:
        return msg("money.month.hole", first=holes[0].first, last=holes[0].last)
    if up_to is None:
        return msg("money.month.told_nothing")
    return msg("money.month.told_all") if found.told.whole(found.month) else msg("money.month.not_told", day=up_to)


def _recovered(found: PlacementMonth, one: MonthSums) -> Message:
    return msg(
        "money.month.recovered",
        recovered=Money(one.changes.recovered, one.currency),
        placed=Money(one.placed_ever, one.currency),
        share=f"{one.changes.recovered * 100 / one.placed_ever:.2f} %",
        first=found.month.first,
        last=found.month.last,
        as_of=found.as_of,
    )


def lines(found: PlacementMonth) -> list[Message]:
    """The month in sentences: figures, what they are held against, what came late, what is open, how it stands."""
    said = [line for one in found.sums for line in _of_sums(found, one)]
    if not found.told.whole(found.month):
        said.append(_told(found))
    said.append(_of_theirs(found))
    said += [
        msg("money.month.open", rows=one.rows, amount=one.amount, why=why_open(one.doubt)) for one in found.waiting
    ]
    said += [msg("money.month.asked", count=one.count, kind=one.kind) for one in found.asked]
    by = found.frozen
    said.append(msg("money.month.frozen", name=by.name, at=by.at) if by else msg("money.month.not_frozen"))
    return said


def _of_sums(found: PlacementMonth, one: MonthSums) -> list[Message]:
    def amount(minor: int) -> Money:
        return Money(minor, one.currency)

    whole = {"placed": one.changes.placed, "paid": one.changes.paid, "reversed": one.changes.reversed}
    whole |= {"refigured": one.changes.refigured, "excess": one.changes.excess, "ended": one.changes.ended}
    whole |= {"opening": one.opening, "closing": one.closing}
    of = {"placement": found.placement_number, "month": str(found.month), "currency": one.currency}
    said = [msg("money.month.line", **of, **{name: amount(minor) for name, minor in whole.items()})]
    if one.placed_ever:
        said.append(_recovered(found, one))
    late = [each for each in found.part.late if each.row.currency == one.currency]
    if late:
        before = str(found.month.before)
        said.append(msg("money.month.late", rows=len(late), month=before, amount=amount(one.late.recovered)))
    return said


def _of_theirs(found: PlacementMonth) -> Message:
    theirs = found.theirs
    if theirs is None:
        return msg("money.month.theirs_missing")
    figures = {"file": theirs.filename, "rows": len(theirs.rows), "at": theirs.at}
    return msg("money.month.theirs", count=len(found.differences), **figures)


def why_open(doubt: RowDoubt | None) -> Message:
    """Why a row waits, in words."""
    return msg("money.month.nobodys") if doubt is None else Message(f"RowDoubt.{int(doubt)}")
