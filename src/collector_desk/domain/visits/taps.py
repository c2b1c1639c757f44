"""What is tapped on the way: what may be tapped when, the step it is, and the report made of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from collector_desk.domain.message import Message, msg
from collector_desk.domain.visits.steps import LEAST_PEOPLE, SAYS_WHY, Visit, VisitState, VisitStep
from collector_desk.domain.visits.visit import Entry, Relation, Tap, TapKind, VisitOutcome, VisitPlan, VisitReport

_CLOCKS = timedelta(minutes=1)  # a tap's instant comes from the seat's own clock, so it is never ahead
TOLERANCE = timedelta(minutes=5)
"""How far a time in the report may lie from the one that was tapped: watches differ, buttons are pressed late."""

_AT_THE_DOOR = frozenset(TapKind) - {TapKind.SET_OUT, TapKind.ARRIVED, TapKind.BROKE_OFF}
_ENDS_IT = SAYS_WHY | {TapKind.NOBODY}
_GOING_ON = frozenset({TapKind.MET, TapKind.ASKED_IN, TapKind.ENTERED, TapKind.ENTRY_REFUSED})


def tap_objection(visit: Visit, one: Tap, now: datetime) -> Message | None:
    """Why this can't be tapped now; None where nothing is against it. The step it may be is judged by itself."""
    if one.at > now + _CLOCKS or (visit.taps and one.at < max(tap.at for tap in visit.taps)):
        return msg("visits.tap_time")
    if one.kind in _AT_THE_DOOR and visit.state is not VisitState.ON_SITE:
        return msg("visits.tap_not_now", tap=one.kind, state=visit.state)
    had = {tap.kind for tap in visit.taps}
    if one.kind in _GOING_ON and had & _ENDS_IT:
        return msg("visits.tap_ended", tap=one.kind)
    if one.kind is TapKind.ENTERED:
        asked = [tap for tap in visit.taps if tap.kind is TapKind.ASKED_IN]
        if not asked or asked[-1].consent is None or not asked[-1].recorded_where.strip():
            return msg("visits.in_without_consent")
        team = {member.person_id for member in visit.plan.team} if visit.plan else set()
        if len(team & set(one.present)) < LEAST_PEOPLE:
            return msg("visits.one_person", least=LEAST_PEOPLE)
    return None


def step_of_tap(one: Tap, visit: Visit) -> VisitStep | None:
    """The step of the way that a tap is; None where it only keeps an instant."""
    match one.kind:
        case TapKind.SET_OUT:
            return VisitStep.SET_OUT
        case TapKind.ARRIVED:
            return VisitStep.ARRIVE
        case TapKind.BROKE_OFF:
            return VisitStep.BREAK_OFF
        case TapKind.LEFT if visit.state is VisitState.ON_SITE:
            kinds = {earlier.kind for earlier in visit.taps}
            if kinds & SAYS_WHY:
                return VisitStep.BREAK_OFF
            nobody = TapKind.NOBODY in kinds and TapKind.MET not in kinds
            return VisitStep.FIND_NOBODY if nobody else VisitStep.FINISH
        case _:
            return None


def minutes_inside(taps: tuple[Tap, ...], now: datetime) -> int | None:
    """Whole minutes spent inside, begun ones counted, up to ``now`` where still inside; None if nobody went in."""
    seconds, entered, ever = 0.0, None, False
    for tap in sorted(taps, key=lambda t: t.at):
        if tap.kind is TapKind.ENTERED and entered is None:
            entered, ever = tap.at, True
        elif tap.kind in (TapKind.LEFT_HOME, TapKind.LEFT) and entered is not None:
            seconds += (tap.at - entered).total_seconds()
            entered = None
    if entered is not None:
        seconds += max(0.0, (now - entered).total_seconds())
    return -int(-seconds // 60) if ever else None


def draft_from_taps(plan: VisitPlan, taps: tuple[Tap, ...], now: datetime) -> VisitReport:
    """The report as far as it was tapped: people only add to it, nothing is asked twice."""
    first = {tap.kind: tap for tap in sorted(taps, key=lambda t: t.at, reverse=True)}
    asked_in = first.get(TapKind.ASKED_IN)
    arrived = first.get(TapKind.ARRIVED)
    report = VisitReport(outcome=VisitOutcome.DONE)
    if first.keys() & (SAYS_WHY | {TapKind.BROKE_OFF}):
        met = Relation.CHILD if TapKind.CHILD in first else None
        broke_off = first.get(TapKind.BROKE_OFF)
        why = broke_off.words if broke_off else ""
        report = replace(report, outcome=VisitOutcome.BROKEN_OFF, met=met, outcome_reason=why)
    elif arrived is None:
        report = replace(report, outcome=VisitOutcome.NOT_CARRIED_OUT)
    elif TapKind.NOBODY in first and TapKind.MET not in first:
        report = replace(report, outcome=VisitOutcome.NOT_FOUND)
    entry = Entry.NOT_ASKED
    if TapKind.ENTERED in first or asked_in is not None:
        entry = Entry.ALLOWED
    elif TapKind.ENTRY_REFUSED in first:
        entry = Entry.REFUSED
    present = set(arrived.present) if arrived else set()
    for tap in taps:
        if arrived and tap.present and tap.at >= arrived.at:
            present &= set(tap.present)
    return replace(
        report,
        set_out_at=_at(first.get(TapKind.SET_OUT)),
        arrived_at=_at(arrived),
        left_at=_at(first.get(TapKind.LEFT)),
        present=tuple(v.person_id for v in plan.team if v.person_id in present),
        entry=entry,
        consent=asked_in.consent if asked_in else None,
        consent_where=asked_in.recorded_where if asked_in else "",
        minutes_inside=minutes_inside(taps, now),
    )


def against_taps(report: VisitReport, taps: tuple[Tap, ...]) -> list[tuple[str, Message]]:
    """Where the report says otherwise than was tapped on the way, by field: a lead has to hear why.

    What was never tapped, or only taken from the report itself, can't contradict it.
    """
    own = [tap for tap in taps if not tap.afterwards]
    first = {tap.kind: tap for tap in sorted(own, key=lambda tap: tap.at, reverse=True)}
    found = []
    for name, kind in (("arrived_at", TapKind.ARRIVED), ("left_at", TapKind.LEFT)):
        tapped, said = _at(first.get(kind)), getattr(report, name)
        left_out = report.outcome is VisitOutcome.BROKEN_OFF and said is None and name == "arrived_at"
        if tapped and (left_out or (said and abs(tapped - said) > TOLERANCE)):
            found.append((name, msg("visits.not_as_tapped", tapped=tapped)))
    ended = _ended(first)
    if ended is not None and report.outcome is not ended:
        found.append(("outcome", msg("visits.outcome_not_as_tapped", outcome=ended)))
    if TapKind.LEFT_HOME in first or (TapKind.ENTERED in first and TapKind.LEFT in first):
        inside = minutes_inside(tuple(own), own[-1].at) or 0
        if inside > (report.minutes_inside or 0) + TOLERANCE.seconds // 60:
            found.append(("minutes_inside", msg("visits.minutes_not_as_tapped", minutes=inside)))
    return found


def _ended(first: dict[TapKind, Tap]) -> VisitOutcome | None:
    """How the visit ended by its taps; None where they do not say."""
    if first.keys() & (SAYS_WHY | {TapKind.BROKE_OFF}):
        return VisitOutcome.BROKEN_OFF
    if TapKind.ARRIVED not in first:
        return None
    if TapKind.LEFT not in first:
        return None
    return VisitOutcome.NOT_FOUND if TapKind.NOBODY in first and TapKind.MET not in first else VisitOutcome.DONE


def _at(tap: Tap | None) -> datetime | None:
    return tap.at if tap else None
