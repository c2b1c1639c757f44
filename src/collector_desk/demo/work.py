"""What an invented debtor's calls come to: who answers, what is said, what is promised. Pure, seeded.

How willing somebody is follows the fit: accounts as late as theirs went on unpaid as often the month after. Who
pays, the bank tells (``payments``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Speaker

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Temper:
    """How an invented debtor is: chances between 0 and 1."""

    answers: float
    willing: float
    gone: bool  # the number is dead or somebody else's
    odd: Outcome | None  # the one unusual thing that comes up in the first talk


@dataclass(frozen=True, slots=True)
class Reply:
    """One call's end. ``days``, ``hour`` and ``minute`` say for when it was agreed, ``share`` of the balance."""

    outcome: Outcome
    speaker: Speaker
    talk_seconds: int
    note: str = ""
    reason: ArrearsReason | None = None
    channel: PayChannel | None = None
    share: float | None = None
    days: int = 0
    hour: int = 18
    minute: int = 0


_ODD: tuple[tuple[Outcome, float], ...] = (
    (Outcome.DISPUTE, 0.030),
    (Outcome.WANTS_PLAN, 0.030),
    (Outcome.COMPLAINT, 0.014),
    (Outcome.HARDSHIP, 0.016),
    (Outcome.REPRESENTED, 0.008),
    (Outcome.STOP_CALLING, 0.012),
    (Outcome.DECEASED, 0.004),
)
_UNREACHED = ((Outcome.NO_ANSWER, 0.56), (Outcome.BUSY, 0.14), (Outcome.OFF, 0.16), (Outcome.VOICEMAIL, 0.14))
_REASONS = (
    (ArrearsReason.FORGOT, 0.16),
    (ArrearsReason.SHORT_OF_CASH, 0.24),
    (ArrearsReason.WAITING_WAGES, 0.18),
    (ArrearsReason.WAITING_PAYMENT, 0.10),
    (ArrearsReason.LOST_JOB, 0.12),
    (ArrearsReason.BUSINESS_TROUBLE, 0.10),
    (ArrearsReason.OTHER_TO_PAY, 0.05),
    (ArrearsReason.CARD_FAULT, 0.05),
)
_FIXED_REASONS = {
    Outcome.DISPUTE: ArrearsReason.DISPUTED_CHARGE,
    Outcome.REFUSES: ArrearsReason.WILL_NOT_PAY,
    Outcome.WANTS_PLAN: ArrearsReason.LOST_JOB,
    Outcome.HARDSHIP: ArrearsReason.ILLNESS_FAMILY,
}
_WAYS = ((PayChannel.BANK_APP, 0.62), (PayChannel.ONLINE_BANKING, 0.12), (PayChannel.BRANCH, 0.14),
         (PayChannel.AUTO_DEBIT, 0.12))  # fmt: skip


def temper(rng: Random, unpaid_next_month: float) -> Temper:
    """How somebody is, from how often accounts as late as theirs stayed unpaid."""
    place, odd = rng.random(), None
    for outcome, chance in _ODD:
        if place < chance:
            odd = outcome
            break
        place -= chance
    paying = 1 - unpaid_next_month
    return Temper(
        answers=min(max(rng.gauss(0.30 + 0.35 * paying, 0.15), 0.04), 0.85),
        willing=min(max(rng.gauss(0.35 + 0.6 * paying, 0.15), 0.05), 0.95),
        gone=rng.random() < 0.05,
        odd=odd,
    )


def answer(rng: Random, who: Temper, talks: int, notes: Mapping[str, Sequence[str]]) -> Reply:
    """What one call to somebody comes to, after ``talks`` earlier talks."""
    if who.gone:
        wrong = rng.random() < 0.35
        return Reply(Outcome.WRONG_NUMBER if wrong else Outcome.OFF, Speaker.UNKNOWN, 6 if wrong else 0)
    if rng.random() >= who.answers:
        return Reply(_pick(rng, _UNREACHED), Speaker.UNKNOWN, 0)
    if who.odd and not talks:
        speaker = Speaker.THIRD_PARTY if who.odd is Outcome.DECEASED else Speaker.DEBTOR
        return _said(rng, who.odd, speaker, notes)
    place = rng.random()
    if place < 0.11:
        return _said(rng, Outcome.THIRD_PARTY, Speaker.THIRD_PARTY, notes)
    if place < 0.19:
        return _said(rng, Outcome.HANGS_UP, Speaker.UNKNOWN, notes)
    if place < 0.33:
        return _said(rng, Outcome.CALL_BACK, Speaker.DEBTOR, notes)
    if place < 0.33 + 0.25 * (1 - who.willing):
        return _said(rng, Outcome.REFUSES, Speaker.DEBTOR, notes)
    full = rng.random() < who.willing
    return _said(rng, Outcome.PROMISE_FULL if full else Outcome.PROMISE_PART, Speaker.DEBTOR, notes)


def further_out(rng: Random) -> int:
    """Days to a promise beyond the usual limit, which a lead has to agree to."""
    return rng.randint(4, 9)


def _said(rng: Random, outcome: Outcome, speaker: Speaker, notes: Mapping[str, Sequence[str]]) -> Reply:
    promise = outcome in (Outcome.PROMISE_FULL, Outcome.PROMISE_PART)
    short = outcome in (Outcome.HANGS_UP, Outcome.THIRD_PARTY, Outcome.CALL_BACK)
    share = None
    if outcome is Outcome.PROMISE_PART:
        share = rng.choice((0.1, 0.15, 0.2, 0.3, 0.5))
    elif promise:
        share = 1.0
    return Reply(
        outcome=outcome,
        speaker=speaker,
        talk_seconds=rng.randint(12, 40) if short else rng.randint(55, 240),
        note=rng.choice(notes[outcome.value]),
        reason=_FIXED_REASONS.get(outcome) or (_pick(rng, _REASONS) if promise else None),
        channel=_pick(rng, _WAYS) if promise else None,
        share=share,
        days=rng.choice((1, 1, 2)) if promise else rng.choice((1, 1, 1, 2)),
        hour=rng.choice((12, 15, 17, 18, 18, 20)) if promise else rng.randint(9, 18),
        minute=0 if promise else rng.choice((0, 0, 15, 30, 30, 45)),
    )


def _pick(rng: Random, chances: Sequence[tuple[_T, float]]) -> _T:
    place = rng.random() * sum(chance for _, chance in chances)
    for value, chance in chances:
        place -= chance
        if place < 0:
            return value
    return chances[-1][0]
