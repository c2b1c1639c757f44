"""What is missing in a visit report, and what in it a lead has to look at before accepting it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from collector_desk.domain.message import Message, msg
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    Entry,
    Identified,
    PlaceKind,
    Relation,
    VisitOutcome,
    VisitPlan,
    VisitReport,
)


class FindingLevel(StrEnum):
    """What a finding asks for."""

    MISSING = "missing"  # the report can't be signed without it
    BREACH = "breach"  # a rule was touched: the lead answers it in writing
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One thing about a report, with the field it concerns."""

    level: FindingLevel
    message: Message
    field_name: str


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The figures of the conduct pack that a report is judged by (C1, C2, C14-C16, S0)."""

    earliest: time = time(8)
    latest: time = time(22)
    most_minutes_inside: int = 20
    least_people: int = 2


_MAY_HEAR_DEBT = (Relation.DEBTOR, Relation.GUARANTOR)


def check_report(report: VisitReport, plan: VisitPlan, rules: VisitRules) -> list[ReportFinding]:
    """Everything missing, then every rule touched. Which fields must be filled follows from the outcome."""
    missing = [
        ReportFinding(FindingLevel.MISSING, msg(f"visits.missing_{name}"), name) for name in _missing(report)
    ]
    return missing + list(_breaches(report, plan, rules)) + list(_notes(report))


def may_be_signed(findings: list[ReportFinding]) -> bool:
    """Nothing is missing; breaches do not stand in the way of an honest report."""
    return all(f.level is not FindingLevel.MISSING for f in findings)


def _missing(report: VisitReport) -> Iterator[str]:
    went = _was_there(report)
    if report.outcome in (VisitOutcome.NOT_CARRIED_OUT, VisitOutcome.BROKEN_OFF) and _blank(report.outcome_reason):
        yield "outcome_reason"
    if went:
        if report.arrived_at is None:
            yield "arrived_at"
        if report.left_at is None:
            yield "left_at"
        if _blank(report.recorded_where):
            yield "recorded_where"
        if report.outcome is not VisitOutcome.BROKEN_OFF and report.address is AddressFinding.UNKNOWN:
            yield "address"
    if report.address is AddressFinding.NEW and _blank(report.new_address):
        yield "new_address"
    if report.outcome is VisitOutcome.DONE:
        if report.met is None:
            yield "met"
        if _blank(report.said):
            yield "said"
        if report.met is Relation.DEBTOR and report.debt_disclosed and report.arrears_reason is None:
            yield "arrears_reason"
    if report.entry is Entry.ALLOWED:
        if report.minutes_inside is None:
            yield "minutes_inside"
        if report.consent is not None and _blank(report.consent_where):
            yield "consent_where"
    if report.agreed is Agreed.PROMISE:
        if report.promise_amount is None or report.promise_amount.minor <= 0:
            yield "promise_amount"
        if report.promise_on is None:
            yield "promise_on"
        if report.promise_channel is None:
            yield "promise_channel"
    if report.agreed in (Agreed.PLAN_REQUEST, Agreed.CALL_BACK) and _blank(report.agreed_words):
        yield "agreed_words"
    if report.agreed is Agreed.CALL_BACK and report.next_on is None:
        yield "next_on"
    if _blank(report.next_step):
        yield "next_step"
    for item in report.evidence:
        if item.indoors and _blank(item.indoors_reason):
            yield "indoors_reason"


def _breaches(report: VisitReport, plan: VisitPlan, rules: VisitRules) -> Iterator[ReportFinding]:
    team = {v.person_id for v in plan.team}
    if _was_there(report) and len(set(report.present) & team) < rules.least_people:
        yield _breach("too_few_people", "present", least=rules.least_people)
    if set(report.present) - team:
        yield _breach("stranger_present", "present")
    for name, at in (("arrived_at", report.arrived_at), ("left_at", report.left_at)):
        if at is not None and not _within_hours(at, plan.zone, rules, inclusive=name == "left_at"):
            yield _breach(
                "outside_hours", name, at=at, earliest=f"{rules.earliest:%H:%M}", latest=f"{rules.latest:%H:%M}"
            )
    if report.arrived_at and report.left_at and report.left_at < report.arrived_at:
        yield _breach("times_backwards", "left_at")
    inside = report.minutes_inside or 0
    if inside and report.entry is not Entry.ALLOWED:
        yield _breach("inside_without_entry", "entry", minutes=inside)
    if report.entry is Entry.ALLOWED and report.consent is None:
        yield _breach("entry_without_consent", "consent")
    if inside > rules.most_minutes_inside:
        if report.over_time_reason.strip():
            yield _breach("over_time", "minutes_inside", minutes=inside, most=rules.most_minutes_inside)
        else:
            yield _breach("over_time_no_reason", "over_time_reason", minutes=inside, most=rules.most_minutes_inside)
    if (
        report.arrived_at
        and report.left_at
        and inside * 60 > (report.left_at - report.arrived_at).total_seconds() + 60
    ):
        yield _breach("inside_longer_than_there", "minutes_inside", minutes=inside)
    if plan.place is PlaceKind.WORK and report.entry is Entry.ALLOWED:
        yield _breach("inside_work_place", "entry")
    yield from _disclosure(report)
    for visitor in plan.team:
        if visitor.badge_until and visitor.badge_until < plan.start.astimezone(ZoneInfo(plan.zone)).date():
            yield _breach("badge_expired", "plan", name=visitor.name, until=visitor.badge_until)


def _disclosure(report: VisitReport) -> Iterator[ReportFinding]:
    """As on the telephone: a debt only before who owes it, and only once it is sure who stands there."""
    if report.met is Relation.CHILD:
        yield _breach("child_met", "met")
    if not report.debt_disclosed:
        return
    if report.met not in _MAY_HEAR_DEBT:
        yield _breach("debt_before_third_party", "debt_disclosed")
    elif report.identified is Identified.NOT_IDENTIFIED:
        yield _breach("debt_before_unidentified", "identified")


def _notes(report: VisitReport) -> Iterator[ReportFinding]:
    if report.outcome is VisitOutcome.DONE and not report.evidence:
        yield ReportFinding(FindingLevel.NOTE, msg("visits.no_evidence_attached"), "evidence")
    if report.unusual.strip():
        yield ReportFinding(FindingLevel.NOTE, msg("visits.something_unusual"), "unusual")


def _breach(code: str, field_name: str, **params: object) -> ReportFinding:
    return ReportFinding(FindingLevel.BREACH, msg(f"visits.{code}", **params), field_name)


def _was_there(report: VisitReport) -> bool:
    """Whether somebody stood at the door: a visit may be broken off on the way."""
    if report.outcome is VisitOutcome.BROKEN_OFF:
        return report.arrived_at is not None
    return report.outcome is not VisitOutcome.NOT_CARRIED_OUT


def _blank(text: str) -> bool:
    return not text.strip()


def _within_hours(at: datetime, zone: str, rules: VisitRules, *, inclusive: bool) -> bool:
    local = at.astimezone(ZoneInfo(zone)).time()
    return rules.earliest <= local < rules.latest or (inclusive and local == rules.latest)
