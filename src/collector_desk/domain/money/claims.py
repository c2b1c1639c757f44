"""What became of what debtors say they have paid: *claimed* is not *confirmed*.

A claim waits till the bank has told of its day. Known payments answer it, one payment one claim; where the bank has
told of all its days and none does, it is refuted. Of days the bank's own figure has in it nobody has to wait.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from collector_desk.domain.money.bank_days import BankDays
from collector_desk.domain.money.payments import Payment
from collector_desk.domain.money.promises import Claim
from collector_desk.domain.vocabulary import ClaimState

BEFORE = timedelta(days=3)
"""So long before the day that was named a payment may lie: people mix their days up."""
SILENT_AFTER = 5
"""Bank days beyond a claim's window on which a bank may be silent before the case is worked again."""
_NEAR = 100  # an amount within a hundredth of the one named answers it, where none is named exactly


@dataclass(frozen=True, slots=True)
class ClaimNow:
    """How a claim stands. ``told_to``: how far the bank has told, of one that waits (None: of no day yet); of one
    refuted the day that was enough.

    ``window_ends``: the last day of the bank's that can answer it; ``silent_from``: from then on it holds nobody
    up though the bank has not told of its days; ``row_id``: the payment's row that answers it.
    """

    claim: Claim
    state: ClaimState
    window_ends: date
    silent_from: date
    told_to: date | None = None
    row_id: str | None = None


def judge(
    claims: Iterable[Claim],
    payments: Iterable[Payment],
    *,
    as_of: date,
    known_up_to: date | None,
    days: BankDays,
) -> tuple[ClaimNow, ...]:
    """Judge what was said of one account, the earliest told first. ``as_of``: the day of the bank's figure."""
    told = sorted(claims, key=lambda one: (one.told_at, one.id))
    answers = _answers(told, [one for one in payments if one.net > 0], days)
    return tuple(_stands(one, answers.get(one.id), as_of, known_up_to, days) for one in told)


def _stands(claim: Claim, row_id: str | None, as_of: date, known_up_to: date | None, days: BankDays) -> ClaimNow:
    ends = days.after(claim.day)
    now = ClaimNow(claim, ClaimState.WAITING, ends, days.after(ends, SILENT_AFTER) + timedelta(days=1))
    # what is decided doesn't move with every further day the bank tells of: nobody works it out anew then
    if row_id is not None:
        return replace(now, state=ClaimState.CONFIRMED, row_id=row_id)
    if ends <= as_of:
        return replace(now, state=ClaimState.IN_FIGURE)
    if known_up_to is None or known_up_to < ends:
        return replace(now, told_to=known_up_to)
    return replace(now, state=ClaimState.REFUTED, told_to=ends)


def _answers(claims: Sequence[Claim], payments: Sequence[Payment], days: BankDays) -> Mapping[str, str]:
    """Which row answers which claim: first what fits exactly, then the day, then the amount a little off."""
    left = {one.row.id: one for one in sorted(payments, key=lambda one: one.row.worked_at)}
    found: dict[str, str] = {}
    for fits in (_exactly, _amount, _nearly):
        for claim in claims:
            if claim.id in found:
                continue
            window = claim.day - BEFORE, days.after(claim.day)
            near = [one for one in left.values() if window[0] <= _day(one) <= window[1] and fits(claim, one)]
            if near:
                best = min(near, key=lambda one: (abs(_day(one) - claim.day), one.row.worked_at))
                found[claim.id] = best.row.id
                del left[best.row.id]
    return found


def _day(payment: Payment) -> date:
    return payment.row.paid_on or payment.row.posted_on


def _exactly(claim: Claim, payment: Payment) -> bool:
    return _amount(claim, payment) and _day(payment) == claim.day


def _amount(claim: Claim, payment: Payment) -> bool:
    return payment.row.currency == claim.currency and payment.row.minor == claim.minor


def _nearly(claim: Claim, payment: Payment) -> bool:
    off = abs(payment.row.minor - claim.minor)
    return payment.row.currency == claim.currency and off * _NEAR <= claim.minor
