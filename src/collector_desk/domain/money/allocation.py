"""What an account owes now, and how much of each payment went to it.

Balance = the bank's newest figure − payments posted after it + reversals posted after it, never below zero in
silence: what is more than owed stands by itself and waits for a person. Worked by posting day, time and reference,
always from the whole, so that a late row comes out as if it had come in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from collector_desk.domain.money.payments import Payment, ReceivedRow, RowDecision, RowDoubt, RowStanding, Settling
from collector_desk.domain.money.sameness import Sameness


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """The bank's newest figure of one account with us: what was owed at the end of ``as_of``."""

    minor: int
    currency: str
    as_of: date
    placed_on: date | None = None
    returned_on: date | None = None
    tail_days: int = 0  # how long after the return payments still count
    daily_ppm: int = 0  # the contract's interest a day, in millionths; 0: not known
    flagged_since: datetime | None = None  # since then it is known that its debtor died or disputes


@dataclass(frozen=True, slots=True)
class PaymentShare:
    """Where one payment's money went: ``allocated`` + ``excess`` + ``contained`` is what remains of it.

    ``contained``: the bank's figure has it already.
    """

    payment: Payment
    allocated: int
    excess: int
    contained: int
    doubt: RowDoubt | None


@dataclass(frozen=True, slots=True)
class Worked:
    """An account after all its rows."""

    balance: int
    shares: tuple[PaymentShare, ...]
    perhaps_not_yet: bool  # something was posted on the figure's own day: it may not be in it
    reopened: bool  # a payment was taken back after the figure, and something is owed because of it


def allocate(figure: AccountFigure, found: Sameness, decisions: Mapping[str, RowDecision] | None = None) -> Worked:
    """Work an account's payments off against its figure."""
    decided = decisions or {}
    back = [one for one in _taken_back(found) if one.posted_on > figure.as_of and one.currency == figure.currency]
    inside = {
        one.id for payment in found.payments if payment.row.posted_on <= figure.as_of for one in payment.reversals
    } | {one.id for one in found.unnamed}
    again = -sum(one.minor for one in back if one.id in inside)
    left = figure.minor + again
    shares: list[PaymentShare] = []
    for payment in found.payments:
        share = _share(figure, payment, left, found.payments, decided.get(payment.row.id))
        left -= share.allocated
        shares.append(share)
    not_yet = any(payment.row.posted_on == figure.as_of and payment.net for payment in found.payments)
    return Worked(left, tuple(shares), not_yet, bool(again or back) and left > 0)


def _taken_back(found: Sameness) -> list[ReceivedRow]:
    return [one for payment in found.payments for one in payment.reversals] + list(found.unnamed)


def _share(
    figure: AccountFigure, payment: Payment, left: int, others: Sequence[Payment], decision: RowDecision | None
) -> PaymentShare:
    row, net = payment.row, payment.net
    doubt = _outside(figure, row)
    if doubt in (RowDoubt.OTHER_CURRENCY, RowDoubt.AFTER_RETURN):
        counted = doubt is RowDoubt.AFTER_RETURN and _agreed(decision)
        if not counted:
            return PaymentShare(payment, 0, net, 0, None if _agreed(decision) else doubt)
        doubt = None
    if row.posted_on <= figure.as_of:
        return PaymentShare(payment, 0, 0, net, None if _agreed(decision) else doubt)
    allocated = min(left, net)
    excess = net - allocated
    if excess and not _agreed(decision):
        twice = not allocated and any(_as_much(one, payment) for one in others)
        doubt = RowDoubt.PERHAPS_TWICE if twice else RowDoubt.MORE_THAN_OWED
        if not twice and excess <= _interest(figure, row.posted_on):
            doubt = RowDoubt.PERHAPS_INTEREST
    elif net and not _agreed(decision) and _told_since(figure.flagged_since, row):
        doubt = RowDoubt.FLAGGED
    elif net and payment.again is not None and not _agreed(decision):
        doubt = RowDoubt.BOOKED_AGAIN
    return PaymentShare(payment, allocated, excess, 0, doubt)


def _outside(figure: AccountFigure, row: ReceivedRow) -> RowDoubt | None:
    if row.currency != figure.currency:
        return RowDoubt.OTHER_CURRENCY
    if figure.returned_on is not None and row.posted_on > figure.returned_on + timedelta(days=figure.tail_days):
        return RowDoubt.AFTER_RETURN
    before = figure.placed_on is not None and row.posted_on < figure.placed_on and row.posted_on < figure.as_of
    return RowDoubt.BEFORE_PLACEMENT if before else None


def _interest(figure: AccountFigure, until: date) -> int:
    """What the contract's interest on the bank's figure comes to by a day, begun fen counted."""
    days = max((until - figure.as_of).days, 0)
    return -(-figure.minor * figure.daily_ppm * days // 1_000_000)


def _told_since(flagged: datetime | None, row: ReceivedRow) -> bool:
    return flagged is not None and row.received_at >= flagged


def _as_much(one: Payment, other: Payment) -> bool:
    return one.row.id != other.row.id and one.net == other.net


def _agreed(decision: RowDecision | None) -> bool:
    return decision is not None and decision.settling in (Settling.ACCEPT, Settling.SPLIT)


def standing_after(share: PaymentShare) -> RowStanding:
    """How a payment's row stands once the account was worked."""
    return RowStanding.TAKEN if share.doubt is None else RowStanding.TO_SETTLE
