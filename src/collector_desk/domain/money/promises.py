"""What became of the promises on one account, by what is known to have been paid.

The clock makes a promise due and passed, nothing else. It is kept the moment known payments reach it; that too
little or nothing came is said only once the bank has told of all its days, grace included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum

from collector_desk.domain.money.payments import Payment


class KeptState(StrEnum):
    """How a promise stands by the money."""

    WAITING = "waiting"  # the bank has not told of all its days yet
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class KeepingRules:
    """Shares of the promised amount, in hundredths: what counts as kept, and below what as not paid at all; and how
    many bank days after the due day money still comes in time."""

    kept_from: int = 100
    broken_below: int = 10
    grace: int = 1

    @classmethod
    def mildest(cls, rules: Iterable["KeepingRules"]) -> "KeepingRules":
        """Of several that hold at once what is best for the debtor; the plain ones where there is none."""
        every = list(rules)
        if not every:
            return cls()
        return cls(
            min(one.kept_from for one in every),
            min(one.broken_below for one in every),
            max(one.grace for one in every),
        )


@dataclass(frozen=True, slots=True)
class PromisedPart:
    """One promise, or one part of it. ``grace_ends``: the last day on which money still comes in time; ``rules``:
    those in use when it was given."""

    id: str
    minor: int
    currency: str
    given_at: datetime
    due_at: datetime
    grace_ends: date
    rules: KeepingRules = field(default_factory=KeepingRules)


@dataclass(frozen=True, slots=True)
class Claim:
    """A payment the debtor told of before the bank did."""

    minor: int
    day: date
    told_at: datetime
    id: str = ""
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class KeepingOutcome:
    """What came in for a part, in minor units, and what that makes of it; ``since``: the day that kept it."""

    kept: KeptState
    served: int
    since: date | None = None


def decide(
    parts: Iterable[PromisedPart],
    payments: Iterable[Payment],
    known_up_to: date | None,
    zone: tzinfo,
    *,
    claims: Sequence[Claim] = (),
) -> dict[str, KeepingOutcome]:
    """Serve the parts, earliest first, each fen once. ``known_up_to``: how far the bank's word reaches."""
    ordered = sorted(parts, key=lambda part: (part.due_at, part.given_at, part.id))
    served = {part.id: 0 for part in ordered}
    since: dict[str, date] = {}
    for payment in sorted(payments, key=lambda one: (one.day, one.row.worked_at)):
        left = payment.net
        for part in ordered:
            if left <= 0:
                break
            if payment.row.currency == part.currency and _in_window(payment, part, zone, claims):
                takes = min(left, part.minor - served[part.id])
                served[part.id] += takes
                left -= takes
                if takes and _reached(part, served[part.id]):
                    since.setdefault(part.id, payment.day)
    return {
        part.id: KeepingOutcome(_kept(part, served[part.id], known_up_to), served[part.id], since.get(part.id))
        for part in ordered
    }


def _kept(part: PromisedPart, served: int, known_up_to: date | None) -> KeptState:
    if _reached(part, served):
        return KeptState.KEPT
    if known_up_to is None or known_up_to < part.grace_ends:
        return KeptState.WAITING
    return KeptState.BROKEN if served * 100 < part.minor * part.rules.broken_below else KeptState.PARTLY


def _reached(part: PromisedPart, served: int) -> bool:
    return served * 100 >= part.minor * part.rules.kept_from


def _in_window(payment: Payment, part: PromisedPart, zone: tzinfo, claims: Sequence[Claim]) -> bool:
    row, day = payment.row, payment.day
    given = part.given_at.astimezone(zone)
    if day > part.grace_ends or day < given.date():
        return False
    if day > given.date():
        return True
    if row.at is not None:
        return row.at > given.time()
    # A day without a time, and it is the promise's own: paid because of it, unless it was known before.
    told = any(one.minor == row.minor and one.day == day and one.told_at < part.given_at for one in claims)
    return row.received_at > part.given_at and not told
