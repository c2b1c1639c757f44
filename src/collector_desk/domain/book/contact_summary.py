"""What a debtor's history adds up to: the figures the queue and the screen go by, derived and never typed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from collector_desk.domain.book.history import CallsSum, PastAttempt
from collector_desk.domain.book.queue import CALL_BACK_LATE
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.conduct.known import RECENT, counts_as
from collector_desk.domain.vocabulary import Addressee, NumberStanding, Outcome, Result, Speaker

LOST_AFTER_DAYS = 3
"""Tries that failed on this many different days, with nobody reached since, make a debtor lost (C11)."""

DAY_BEGINS, DAY_ENDS = 9, 20
"""Hours of the local day between which a retry is planned; the conduct gate decides apart from this."""


@dataclass(frozen=True, slots=True)
class ContactSummary:
    """The sum of the attempts."""

    attempts: int = 0
    contacts_this_week: int = 0
    last_attempt_at: datetime | None = None
    last_outcome: Outcome | None = None
    ever_reached: bool = False
    lost_contact: bool = False
    can_pay_part: bool = False
    callback_at: datetime | None = None
    try_again_at: datetime | None = None
    try_again_after: Outcome | None = None


def sum_up(attempts: Sequence[PastAttempt], zone: str) -> CallsSum:
    """What attempts (oldest first) come to by the days of a zone. What was taken back still counts as tried, but
    leads to nothing."""
    if not attempts:
        return CallsSum()
    ended = [attempt for attempt in attempts if attempt.outcome is not None]
    last = ended[-1] if ended else None
    led = _kept_agreement(ended)
    effective = [attempt for attempt in ended if attempt.effective]
    last_at = attempts[-1].at
    return CallsSum(
        attempts=len(attempts),
        last_at=last_at,
        outcome=last.outcome if last else None,
        next_step=led.next_step if led else None,
        next_at=led.next_at if led else None,
        ever_reached=bool(effective),
        can_pay_part=bool(effective) and effective[-1].outcome is Outcome.PROMISE_PART,
        failed_days=_failed_days(ended, zone),
        recent=tuple((one.at, counts_as(one)) for one in attempts if one.at >= last_at - RECENT),
        zone=zone,
    )


def _kept_agreement(ended: Sequence[PastAttempt]) -> PastAttempt | None:
    """The attempt whose next step holds: the last one, but a call back agreed before outlives somebody who could
    not be verified, until its time is over."""
    if not ended or ended[-1].outcome is not Outcome.NOT_VERIFIED:
        return ended[-1] if ended else None
    last = ended[-1]
    agreed = next((one for one in reversed(ended) if one.outcome is not Outcome.NOT_VERIFIED), None)
    if agreed is None or agreed.next_step is not StepKind.CALL_BACK or agreed.next_at is None:
        return last
    return agreed if agreed.next_at + CALL_BACK_LATE > last.at else last


def summarise(calls: CallsSum, own_numbers: Iterable[NumberStanding], now: datetime, zone: str) -> ContactSummary:
    """What calls come to now, by what is known of the debtor's own numbers."""
    step, instant = calls.next_step, calls.next_at
    retry = step in _RETRIES
    monday, next_monday = _this_week(now, zone)
    return ContactSummary(
        attempts=calls.attempts,
        contacts_this_week=sum(monday <= at < next_monday for at, _ in calls.recent),
        last_attempt_at=calls.last_at,
        last_outcome=calls.outcome,
        ever_reached=calls.ever_reached,
        lost_contact=_lost(calls.failed_days, own_numbers),
        can_pay_part=calls.can_pay_part,
        callback_at=instant if step is StepKind.CALL_BACK else None,
        try_again_at=instant if retry else None,
        try_again_after=calls.outcome if retry else None,
    )


_RETRIES = frozenset({StepKind.TRY_AGAIN, StepKind.TRY_OTHER_NUMBER, StepKind.CHECK_PAYMENT})


@lru_cache(maxsize=64)
def iso_week(at: datetime, zone: str) -> int:
    """The local ISO week as one number, year * 100 + week."""
    year, week, _ = at.astimezone(ZoneInfo(zone)).isocalendar()
    return year * 100 + week


def retry_at(now: datetime, after: timedelta, zone: str) -> datetime:
    """``after`` from now, moved to the next local working hour where it falls outside."""
    local = (now + after).astimezone(ZoneInfo(zone))
    if local.hour >= DAY_ENDS:
        local = (local + timedelta(days=1)).replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
    elif local.hour < DAY_BEGINS:
        local = local.replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
    return local.astimezone(now.tzinfo)


@lru_cache(maxsize=64)  # of all who are worked out at one instant it is the same
def _this_week(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the local week of an instant began, and when the next one will."""
    day = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day - timedelta(days=day.weekday())  # by the wall: midnight, whatever the clocks did in between
    # as instants of one zone: two of the same zone would be compared by the wall
    return monday.astimezone(UTC), (monday + timedelta(days=7)).astimezone(UTC)


_GONE = frozenset({NumberStanding.DEAD, NumberStanding.WRONG, NumberStanding.STOPPED})


def _lost(failed_days: int, own_numbers: Iterable[NumberStanding]) -> bool:
    standings = list(own_numbers)
    return failed_days >= LOST_AFTER_DAYS or (bool(standings) and _GONE.issuperset(standings))


def _failed_days(ended: Sequence[PastAttempt], zone: str) -> int:
    """On how many days the debtor was tried in vain since they were last reached."""
    failed = set()
    for attempt in reversed(ended):
        if attempt.to is not Addressee.DEBTOR and attempt.speaker is not Speaker.DEBTOR:
            continue  # a guarantor or contact who answers, or doesn't, says nothing of the debtor
        if attempt.reached:
            break
        failed.add(attempt.at.astimezone(ZoneInfo(zone)).date())
    return len(failed)


# --- as the debtor's row keeps it -----------------------------------------------------------------------------

_OUTCOMES = {one.value: one for one in Outcome}
_STEPS = {one.value: one for one in StepKind}
_RESULTS = {one.value: one for one in Result}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def calls_to_plain(calls: CallsSum) -> list[Any]:
    """What the calls come to as JSON keeps it, in the order of the fields; empty where nobody called."""
    if not calls.attempts:
        return []
    return [
        calls.attempts,
        _micros(calls.last_at),
        calls.outcome.value if calls.outcome else None,
        calls.next_step.value if calls.next_step else None,
        _micros(calls.next_at),
        calls.ever_reached,
        calls.can_pay_part,
        calls.failed_days,
        [[_micros(at), result.value if result else None] for at, result in calls.recent],
        calls.zone,
    ]


def calls_from_plain(plain: list[Any]) -> CallsSum:
    """The value that ``calls_to_plain`` wrote."""
    if not plain:
        return CallsSum()
    attempts, last_at, outcome, step, next_at, reached, part, failed, recent, zone = plain
    return CallsSum(
        attempts,
        _instant(last_at),
        _OUTCOMES.get(outcome),
        _STEPS.get(step),
        _instant(next_at),
        reached,
        part,
        failed,
        tuple((_EPOCH + timedelta(microseconds=at), _RESULTS.get(result)) for at, result in recent),
        zone,
    )


def _micros(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def _instant(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)
