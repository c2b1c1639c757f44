"""What a debtor's history adds up to: the figures the queue and the screen go by, derived and never typed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.book.history import PastAttempt
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.vocabulary import Addressee, NumberStanding, Outcome, Speaker

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


def summarise(
    attempts: Sequence[PastAttempt], own_numbers: Iterable[NumberStanding], now: datetime, zone: str
) -> ContactSummary:
    """Add up the attempts (oldest first). What was taken back still counts as tried, but leads to nothing."""
    ended = [attempt for attempt in attempts if attempt.outcome is not None]
    last = ended[-1] if ended else None
    step, instant = (last.next_step, last.next_at) if last else (None, None)
    retry = step in {StepKind.TRY_AGAIN, StepKind.TRY_OTHER_NUMBER, StepKind.CHECK_PAYMENT}
    effective = [attempt for attempt in ended if attempt.effective]
    monday, next_monday = _this_week(now, zone)
    return ContactSummary(
        attempts=len(attempts),
        contacts_this_week=sum(monday <= attempt.at < next_monday for attempt in attempts),
        last_attempt_at=attempts[-1].at if attempts else None,
        last_outcome=last.outcome if last else None,
        ever_reached=bool(effective),
        lost_contact=_lost(ended, own_numbers, zone),
        can_pay_part=bool(effective) and effective[-1].outcome is Outcome.PROMISE_PART,
        callback_at=instant if step is StepKind.CALL_BACK else None,
        try_again_at=instant if retry else None,
        try_again_after=last.outcome if last and retry else None,
    )


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


def _this_week(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the local week of an instant began, and when the next one will."""
    day = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day - timedelta(days=day.weekday())  # by the wall: midnight, whatever the clocks did in between
    # as instants of one zone: two of the same zone would be compared by the wall
    return monday.astimezone(UTC), (monday + timedelta(days=7)).astimezone(UTC)


def _lost(ended: Sequence[PastAttempt], own_numbers: Iterable[NumberStanding], zone: str) -> bool:
    standings = list(own_numbers)
    gone = {NumberStanding.DEAD, NumberStanding.WRONG, NumberStanding.STOPPED}
    if standings and all(standing in gone for standing in standings):
        return True
    failed_days = set()
    for attempt in reversed(ended):
        if attempt.to is not Addressee.DEBTOR and attempt.speaker is not Speaker.DEBTOR:
            continue  # a guarantor or contact who answers, or doesn't, says nothing of the debtor
        if attempt.reached:
            break
        failed_days.add(attempt.at.astimezone(ZoneInfo(zone)).date())
    return len(failed_days) >= LOST_AFTER_DAYS
