"""Which rows of an account are payments of their own, which the same one again, which take one back.

Pure, and by the bank's own marks: account, direction and reference make a row; without a reference account, day and
amount do, counted. What is told twice counts once, whatever file brings it and in whatever order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from collector_desk.domain.money.payments import (
    FileKind,
    Payment,
    ReceivedRow,
    RowDecision,
    RowDoubt,
    RowStanding,
    Settling,
)

REFERENCE_LIVES = timedelta(days=180)
"""A bank numbers its bookings anew in time: the same reference beyond this is another booking."""
BOOKED_AGAIN_WITHIN = timedelta(days=7)
"""So long after it was taken back a payment may be booked once more."""
_COUNTED = (Settling.ACCEPT, Settling.SPLIT)


@dataclass(frozen=True, slots=True)
class Sameness:
    """The payments of one account's rows, and of each row that is none of its own what it is instead."""

    payments: tuple[Payment, ...]  # as they are worked
    repeats: Mapping[str, str]  # row → the row that said it first
    doubts: Mapping[str, RowDoubt]  # row → why nothing of it counts yet
    reversals: Mapping[str, str]  # row that takes back → the payment's row
    unnamed: tuple[ReceivedRow, ...] = ()  # taken back by a person's word, of a payment we never saw


def sort_rows(rows: Iterable[ReceivedRow], decisions: Mapping[str, RowDecision] | None = None) -> Sameness:
    """Sort all rows the store has of one account."""
    work = _Sorting(decisions or {})
    arrived = sorted(rows, key=lambda row: (row.place[0], row.file_id, row.place))  # two may come at one instant
    for row in arrived:
        if row.reference:
            work.referenced(row)
    work.unreferenced([row for row in arrived if not row.reference])
    work.take_back()
    return work.result()


@dataclass(slots=True)
class _Sorting:
    decisions: Mapping[str, RowDecision]
    own: list[ReceivedRow] = field(default_factory=list)  # payments
    back: list[ReceivedRow] = field(default_factory=list)  # what takes one back
    repeats: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, RowDoubt] = field(default_factory=dict)
    reversals: dict[str, str] = field(default_factory=dict)
    taken_from: defaultdict[str, list[ReceivedRow]] = field(default_factory=lambda: defaultdict(list))
    unnamed: list[ReceivedRow] = field(default_factory=list)
    known: defaultdict[tuple[str, bool, str], list[ReceivedRow]] = field(default_factory=lambda: defaultdict(list))

    def referenced(self, row: ReceivedRow) -> None:
        """A row with a reference: known, at odds with a known one, or new."""
        before = self.known[row.reference, row.reversal, row.currency]
        same = next((one for one in before if _same(one, row)), None)
        if same is not None:
            self.repeats[row.id] = same.id
            return
        clash = any(abs(one.posted_on - row.posted_on) <= REFERENCE_LIVES for one in before)
        before.append(row)
        self._take(row, RowDoubt.CLASH if clash else None)

    def unreferenced(self, rows: Sequence[ReceivedRow]) -> None:
        """Rows without a reference: as many count as one cumulative file shows, or all new-only ones together."""
        alike: defaultdict[object, list[ReceivedRow]] = defaultdict(list)
        for row in rows:
            alike[row.posted_on, row.minor, row.currency].append(row)
        for group in alike.values():
            self._alike(group)

    def _alike(self, group: Sequence[ReceivedRow]) -> None:
        by_file = Counter(row.file_id for row in group if row.kind is FileKind.CUMULATIVE)
        news = sum(row.kind is FileKind.NEW for row in group)
        unknown = Counter(row.file_id for row in group if row.kind is FileKind.UNKNOWN)
        sure = max(max(by_file.values(), default=0), news)
        if not sure and unknown:
            sure = unknown[
                next(row.file_id for row in group)
            ]  # the first file's rows are what there is to begin with
        for place, row in enumerate(group):
            if place < sure:
                self._take(row, None)
            elif row.kind is FileKind.UNKNOWN:
                self._take(row, RowDoubt.KIND_UNKNOWN)
            else:
                self.repeats[row.id] = group[0].id

    def _take(self, row: ReceivedRow, doubt: RowDoubt | None) -> None:
        decided = self.decisions.get(row.id)
        if decided is not None and decided.settling is Settling.NOT_OURS:
            return
        if doubt is not None and (decided is None or decided.settling not in _COUNTED):
            self.doubts[row.id] = doubt
        else:
            (self.back if row.reversal else self.own).append(row)

    def take_back(self) -> None:
        """Give each reversal its payment: by reference, else the one of that amount that still stands."""
        for row in sorted(self.back, key=lambda one: one.worked_at):
            named = [one for one in self.own if row.reference and one.reference == row.reference]
            found = [one for one in named if self._left(one) >= -row.minor and one.currency == row.currency]
            if not named:
                found = [
                    one
                    for one in self.own
                    if one.minor == -row.minor == self._left(one)
                    and one.currency == row.currency
                    and one.posted_on <= row.posted_on
                ]
            if len(found) == 1:
                self.reversals[row.id] = found[0].id
                self.taken_from[found[0].id].append(row)
            elif (said := self.decisions.get(row.id)) and said.settling in _COUNTED:
                self.unnamed.append(row)
            else:
                self.doubts[row.id] = RowDoubt.UNNAMED_REVERSAL

    def _booked_again(self, own: Sequence[ReceivedRow]) -> dict[str, ReceivedRow]:
        """Payments that are perhaps one which was taken back whole just before; each of those but once."""
        found: dict[str, ReceivedRow] = {}
        for first in own:
            if self._left(first) or not self.taken_from[first.id]:
                continue
            back = max(one.posted_on for one in self.taken_from[first.id])
            again = next(
                (
                    one
                    for one in own
                    if one.minor == first.minor == self._left(one)
                    and one.currency == first.currency
                    and back <= one.posted_on <= back + BOOKED_AGAIN_WITHIN
                    and one.id not in found
                ),
                None,
            )
            if again is not None:
                found[again.id] = first
        return found

    def _left(self, row: ReceivedRow) -> int:
        return row.minor + sum(one.minor for one in self.taken_from[row.id])

    def result(self) -> Sameness:
        """What was found."""
        own = sorted(self.own, key=lambda one: one.worked_at)
        again = self._booked_again(own)
        said = {row_id: self.decisions[row_id].settling for row_id in again if row_id in self.decisions}
        one = {row_id for row_id, settling in said.items() if settling is Settling.ACCEPT}
        payments = tuple(
            Payment(row, tuple(self.taken_from[row.id]), again.get(row.id), row.id in one) for row in own
        )
        return Sameness(payments, self.repeats, self.doubts, self.reversals, tuple(self.unnamed))


def _same(one: ReceivedRow, other: ReceivedRow) -> bool:
    return one.minor == other.minor and one.posted_on == other.posted_on


def standing_of(row: ReceivedRow, found: Sameness) -> RowStanding:
    """How a row stands by sameness alone; what is more than owed is for ``allocation`` to find."""
    if row.id in found.repeats:
        return RowStanding.REPEATED
    return RowStanding.TO_SETTLE if row.id in found.doubts else RowStanding.TAKEN
