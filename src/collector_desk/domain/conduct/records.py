"""The rules that judge no contact: keeping and erasing, deadlines, plans, proof, masks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from collector_desk.domain.conduct.content import words
from collector_desk.domain.conduct.rules import (
    Calendar,
    DataMask,
    Deadline,
    Evidence,
    Pack,
    RepaymentPlan,
    Retention,
)
from collector_desk.domain.conduct.values import Reason
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Role, Verdict


class Keeping(StrEnum):
    """What may be done with a record."""

    KEEP = "keep"  # keep and use
    STORE_ONLY = "store_only"  # keep, but for nothing other than storing
    DELETE = "delete"  # erase it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record whose keeping is in question, with the dates the rules count from (``None``: not happened yet)."""

    kind: str  # call, visit, oral_plan, recording, …
    event: date
    last_activity: date | None = None
    settlement: date | None = None
    case_close: date | None = None
    holds: frozenset[str] = frozenset()  # plan_active, complaint_open, court_hold, …
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
    begins: date | None = getattr(record, rule.counted_from)
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


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """A repayment plan as it was agreed."""

    months: int
    parts: frozenset[str]
    oral: bool = False
    recorded: bool = False


def plan_faults(terms: PlanTerms, packs: Sequence[Pack]) -> tuple[Reason, ...]:
    """What a plan lacks by the rules of the packs; empty where it is whole."""
    faults = []
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, RepaymentPlan):
                continue
            found = []
            if terms.months > rule.max_months:
                found.append(msg("conduct.plan_too_long", n=terms.months, m=rule.max_months))
            if rule.must_have - terms.parts:
                found.append(msg("conduct.parts_missing", parts=words("part", rule.must_have - terms.parts)))
            if rule.oral_needs_recording and terms.oral and not terms.recorded:
                found.append(msg("conduct.plan_recording"))
            faults += [
                Reason(
                    rule=rule.id,
                    verdict=rule.verdict,
                    detail=detail,
                    pack=pack.id,
                    level=rule.level,
                    clause=rule.clause,
                    clause_zh=rule.clause_zh,
                    conf=rule.conf,
                    text=rule.text,
                )
                for detail in found
            ]
    return tuple(fault for fault in faults if fault.verdict is not Verdict.ALLOW)


def effective_collections(
    proven: Iterable[tuple[datetime, frozenset[str]]], packs: Sequence[Pack]
) -> tuple[datetime, ...]:
    """The collections that count as effective ones: each proven, each far enough from the one before.

    For a report on what could be shown; never for anything said to a debtor.
    """
    rules = [rule for pack in packs for rule in pack.rules if isinstance(rule, Evidence)]
    counted: list[datetime] = []
    for instant, proof in sorted(proven, key=lambda pair: pair[0]):
        if all(
            proof & rule.proof and (not counted or instant - counted[-1] >= timedelta(days=rule.min_gap_days))
            for rule in rules
        ):
            counted.append(instant)
    return tuple(counted) if rules else ()


def masked_fields(packs: Sequence[Pack], roles: frozenset[Role], *, export: bool = False) -> frozenset[str]:
    """The fields that stay masked for a person of these roles; in exports also for those who may see them."""
    masked: set[str] = set()
    for pack in packs:
        for rule in pack.rules:
            if isinstance(rule, DataMask) and (not roles & rule.open_to or (export and rule.exports == "masked")):
                masked |= rule.fields
    return frozenset(masked)
