"""The rules that judge no contact: keeping and erasing, deadlines, plans, promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from collector_desk.domain.conduct.content import words
from collector_desk.domain.conduct.rules import (
    Calendar,
    Deadline,
    Pack,
    PromiseKeeping,
    RepaymentPlan,
    Retention,
)
from collector_desk.domain.message import Message, msg


class Keeping(StrEnum):
    """What may be done with a record."""

    KEEP = "keep"  # keep and use
    STORE_ONLY = "store_only"  # keep, but for nothing other than storing
    DELETE = "delete"  # erase it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record whose keeping is in question, with the dates the rules count from (``None``: not happened yet)."""

    kind: str  # of ``names.RECORDS``
    event: date
    last_activity: date | None = None
    settlement: date | None = None
    case_close: date | None = None
    holds: frozenset[str] = frozenset()  # of ``names.HOLDS``
    deletion_demanded: bool = False


def keeping(record: Record, packs: Sequence[Pack], today: date) -> Keeping:
    """What becomes of a record today: no rule's term may be cut short, and a hold outlasts all of them.

    Whoever demands deletion before a term is over gets what the law gives: it is stored and used for nothing else.
    """
    rules = [
        rule
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, Retention) and (not rule.records or record.kind in rule.records)
    ]
    ends = [_term_end(rule, record) for rule in rules]
    if not rules or any(end is None or today < end for end in ends):
        return Keeping.STORE_ONLY if record.deletion_demanded else Keeping.KEEP
    if any(record.holds & rule.hold_flags for rule in rules):
        return Keeping.STORE_ONLY
    for rule, end in zip(rules, ends, strict=True):
        if rule.then == "delete" and end is not None and today >= end + timedelta(days=rule.delete_after_days or 0):
            return Keeping.DELETE
    return Keeping.STORE_ONLY


def _term_end(rule: Retention, record: Record) -> date | None:
    begins = {
        "event": record.event,
        "last_activity": record.last_activity,
        "settlement": record.settlement,
        "case_close": record.case_close,
    }[rule.counted_from]
    if begins is None:
        return None
    year = begins.year + rule.keep_years
    try:
        return begins.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


@dataclass(frozen=True, slots=True)
class Due:
    """By when something has to be done; ``extended``: later dates open to it, ``warning``: what is unsure."""

    rule: str
    on: date
    extended: tuple[date, ...] = ()
    warning: Message | None = None


def deadlines(event: str, day: date, packs: Sequence[Pack]) -> tuple[Due, ...]:
    """The deadlines an event of ``day`` starts, soonest first. Calendar days run over and end on holidays."""
    found = [
        _due(rule, day, pack.calendars.get(rule.calendar) if rule.calendar else None)
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, Deadline) and rule.event == event
    ]
    return tuple(sorted(found, key=lambda due: due.on))


def _due(rule: Deadline, day: date, calendar: Calendar | None) -> Due:
    if rule.day_kind == "calendar":
        extended = tuple(day + timedelta(days=days) for days in rule.extend_to)
        return Due(rule.id, day + timedelta(days=rule.due_days), extended)
    on = _business(day, rule.due_days, calendar)
    extended = tuple(_business(day, days, calendar) for days in rule.extend_to)
    covered = calendar is not None and {day.year, on.year} <= calendar.years
    return Due(rule.id, on, extended, None if covered else msg("conduct.calendar_missing", year=str(on.year)))


def _business(day: date, days: int, calendar: Calendar | None) -> date:
    while days > 0:
        day += timedelta(days=1)
        worked = day.weekday() < 5
        if calendar is not None:
            worked = (worked or day in calendar.working) and day not in calendar.closed
        days -= worked
    return day


def plan_terms(packs: Sequence[Pack]) -> tuple[Message, ...]:
    """What a repayment plan may be and must contain by the rules of the packs, for who agrees to one."""
    found: list[Message] = []
    for rule in (rule for pack in packs for rule in pack.rules if isinstance(rule, RepaymentPlan)):
        found.append(msg("conduct.plan_at_most", m=rule.max_months, parts=words("part", rule.must_have)))
        if rule.oral_needs_recording:
            found.append(msg("conduct.plan_recording"))
    return tuple(found)


def promise_keeping(packs: Sequence[Pack]) -> tuple[PromiseKeeping, ...]:
    """What the packs say of when a promise is kept; none of them needs to."""
    return tuple(rule for pack in packs for rule in pack.rules if isinstance(rule, PromiseKeeping))
