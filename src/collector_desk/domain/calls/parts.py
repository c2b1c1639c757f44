"""A promise in several parts: what comes after the first, as typed ("500 11-30; 1,000 下周五 18:00") and judged."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.promises import PromiseCheck, PromiseFinding, PromiseLimits, Weight, check_promise
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.text import moments
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money

FIELD = "parts"
MOST = 6
"""More than so many belong in a plan, which a lead agrees to."""
_BETWEEN = re.compile(r"[;；\n]")


@dataclass(frozen=True, slots=True)
class FurtherPart:
    """One part after the first: how much, and by when on the debtor's clock."""

    amount: Money
    day: date
    at: time


def read_parts(text: str, currency: str, now: datetime, usual: time) -> tuple[FurtherPart, ...]:
    """The parts somebody typed; ``now`` on the debtor's clock, ``usual``: the time of a part that names none.

    Raises Refused ``calls.part_unread`` with the piece that is none, ``calls.part_when`` where its day is in doubt.
    """
    return tuple(_read(piece, currency, now, usual) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    return filter(None, (piece.strip(" 　,，、") for piece in _BETWEEN.split(text)))


def _read(piece: str, currency: str, now: datetime, usual: time) -> FurtherPart:
    amount, _, when = piece.replace("\u3000", " ").partition(" ")
    try:
        money = parse_money(amount, currency)
    except NotAnAmountError as error:
        raise Refused("calls.part_unread", FIELD, said=piece) from error
    found = moments.read(when, "", now)
    if found.fault is not None and not found.over:
        raise Refused(found.fault.code, FIELD, **found.fault.params)
    if found.day is None:
        raise Refused("calls.part_unread", FIELD, said=piece)
    return FurtherPart(money, found.day, usual if found.at is None else found.at)


@dataclass(frozen=True, slots=True)
class JudgedParts:
    """What was found of a promise with all its parts, and when those after the first are due (UTC)."""

    first: PromiseCheck
    findings: tuple[PromiseFinding, ...]
    due: tuple[datetime, ...]

    @property
    def waits_for_lead(self) -> bool:
        """Whether the whole of it counts only once a lead has agreed: one part further out is enough."""
        return any(found.weight is Weight.WAITS_FOR_LEAD for found in self.findings)


def check_parts(
    amount: Money | None,
    day: date | None,
    at: time | None,
    more: Sequence[FurtherPart],
    *,
    balance: Money,
    full: Money | None,
    now: datetime,
    zone: tzinfo,
    limits: PromiseLimits | None = None,
) -> JudgedParts:
    """Judge a promise with the parts after the first: each by itself, later than the one before, together no more
    than is owed; ``full``: together just that."""
    first = check_promise(
        amount, day, at, balance=balance, full=None if more else full, now=now, zone=zone, limits=limits
    )
    found, due, before = list(first.findings), [], first.due_at
    for part in more:
        check = check_promise(part.amount, part.day, part.at, balance=balance, now=now, zone=zone, limits=limits)
        found += [PromiseFinding(one.weight, FIELD, one.message) for one in check.findings]
        if check.due_at is not None:
            if before is not None and check.due_at <= before:
                found.append(PromiseFinding(Weight.REFUSE, FIELD, msg("calls.part_order")))
            due.append(check.due_at)
            before = check.due_at
    if more and amount is not None and not any(one.weight is Weight.REFUSE for one in found):
        whole = amount.minor + sum(one.amount.minor for one in more)
        found += _of_the_sum(Money(whole, amount.currency), balance, full=full)
    if len(more) >= MOST:
        found.append(PromiseFinding(Weight.REFUSE, FIELD, msg("calls.part_many", most=MOST)))
    return JudgedParts(first, tuple(found), tuple(due))


def _of_the_sum(whole: Money, balance: Money, *, full: Money | None) -> list[PromiseFinding]:
    if whole.minor > balance.minor:
        return [PromiseFinding(Weight.REFUSE, FIELD, msg("calls.part_sum", whole=whole, balance=balance))]
    if full is not None and whole != full:
        return [PromiseFinding(Weight.REFUSE, FIELD, msg("calls.part_not_full", whole=whole, balance=full))]
    return []
