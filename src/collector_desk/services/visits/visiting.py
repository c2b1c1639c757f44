"""The field visit from request to accepted report: every step a line of history. Reading is in ``reading``."""

from dataclasses import replace
from datetime import datetime, timedelta

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import Decision
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.people import Act, require, require_own_password
from collector_desk.domain.states import DraftKind, VisitLine
from collector_desk.domain.text.cleaning import cleaned, cleaned_value
from collector_desk.domain.visits.checks import FindingLevel, ReportFinding, VisitRules, check_report, may_be_signed
from collector_desk.domain.visits.steps import OPEN_STATES, Review, Visit, VisitState, VisitStep
from collector_desk.domain.visits.taps import against_taps, step_of_tap, tap_objection
from collector_desk.domain.visits.visit import (
    PlaceKind,
    Signature,
    SignedHow,
    Tap,
    TapKind,
    VisitOutcome,
    VisitPurpose,
    VisitReport,
    VisitRequest,
    add_signature,
    content_hash,
    fully_signed,
)
from collector_desk.domain.vocabulary import Verdict
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.gate.facts import law_day
from collector_desk.services.office import people
from collector_desk.services.record.visits import add_line, ask, refuse_unless_may, take
from collector_desk.services.visits import evidence, follow_up, gate
from collector_desk.services.visits.drafts import late_in, refuse_dropping
from collector_desk.services.visits.planning import open_and_plan, visitor
from collector_desk.services.visits.reading import evidence_for, load, rows
from collector_desk.store.book.debtors import debtor_file
from collector_desk.store.desk import drafts
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.visits.lists import visits_in
from collector_desk.store.visits.reading import read_visit
from collector_desk.store.visits.requests import owed_on

__all__ = [
    "call_off",
    "closed_to_visits",
    "evidence_for",
    "findings",
    "hand_in",
    "load",
    "open_and_plan",
    "proof_for",
    "refuse",
    "request",
    "review",
    "rows",
    "sign",
    "sign_beside",
    "tap",
    "visitor",
]

_ASKS = {TapKind.SET_OUT: VisitStep.SET_OUT, TapKind.ARRIVED: VisitStep.ARRIVE}
"""Taps before which the gate is asked, and the step they are."""
_ENDING = {
    VisitOutcome.DONE: VisitStep.FINISH,
    VisitOutcome.NOT_FOUND: VisitStep.FIND_NOBODY,
    VisitOutcome.BROKEN_OFF: VisitStep.BREAK_OFF,
}


def request(
    seat: Seat, *, debtor_id: str, purpose: VisitPurpose, address: str, place: PlaceKind, words: str = ""
) -> tuple[str, Changes]:
    """Ask for a visit with the evidence on file; returns its id.

    Raises VisitRefused where the rules close visits to this debtor (plan, dispute, …), Refused without evidence,
    without an address, or while another visit is under way.
    """
    require(seat.person, Act.REQUEST_VISIT)
    with acting(seat, "visit.request") as act:
        file = debtor_file(act.conn, debtor_id, today=seat.today(), law_day=law_day(act.conn, act.at))
        if file is None:
            raise Refused("book.cases.gone")
        _refuse_second(act.conn, debtor_id)
        _ask_gate(act.conn, seat, debtor_id, act.at)
        attempts, broken = evidence_for(act.conn, debtor_id)
        wish = VisitRequest(
            purpose=purpose,
            address=cleaned(address, 300),
            place=place,
            requested_by=seat.person.id,
            requested_by_name=seat.person.name,
            requested_at=act.at,
            attempts=attempts,
            broken_promises=broken,
            words=cleaned(words, 2000),
            no_number=file.queue_class is QueueClass.NO_NUMBER,
        )
        visit_id = new_id()
        ask(act, visit_id, debtor_id, file.lead_case.id, wish)
    return visit_id, Changes(debtors=frozenset({debtor_id}), visits=frozenset({visit_id}))


def closed_to_visits(seat: Seat, debtor_id: str) -> Refused | None:
    """Why no visit to this debtor can be asked for now, before anybody fills in the form; None where one can."""
    try:
        with seat.store.read() as conn:
            _ask_gate(conn, seat, debtor_id, seat.now())
    except gate.VisitRefused as refused:
        return refused
    return None


def refuse(seat: Seat, visit_id: str, reason: str) -> Changes:
    """A lead refuses a visit that was asked for; with a reason."""
    return _steps(seat, visit_id, [(VisitStep.REFUSE, cleaned(reason, 2000))])


def call_off(seat: Seat, visit_id: str, reason: str) -> Changes:
    """Call a visit off before it is carried out; with a reason."""
    return _steps(seat, visit_id, [(VisitStep.CALL_OFF, cleaned(reason, 2000))])


def tap(seat: Seat, visit_id: str, *taps: Tap) -> Changes:
    """Keep what was tapped on the way, each with its instant; the steps of the visit follow from it.

    Arriving takes two of the team (``present``); leaving ends the visit as it was tapped: somebody met, or nobody.
    Breaking off wants its reason in ``words``. Setting out and arriving ask the conduct gate anew: what was planned
    in the morning may be closed by the evening. Raises VisitRefused (its decision is stored all the same), Refused
    where the tap or its step may not be done now or by this person.
    """
    with acting(seat, "visit.tap") as act:
        visit = read_visit(act.conn, visit_id)
        if visit.plan is None or seat.person.id not in {member.person_id for member in visit.plan.team}:
            raise Refused("visits.not_of_the_team")
        refused = None
        for one in taps:
            against = tap_objection(visit, one, act.at)
            if against is not None:
                raise Refused(against.code, "tap", **dict(against.params))
            kept = replace(
                one,
                by=seat.person.id,
                recorded_where=cleaned(one.recorded_where, 300),
                words=cleaned(one.words, 2000),
                afterwards=False,
            )
            if kept.kind in _ASKS:
                refuse_unless_may(replace(visit, taps=(*visit.taps, kept)), _ASKS[kept.kind], seat)
                refused = _asked_at_the_door(act, seat, visit, kept)
                if refused is not None:
                    break
            add_line(act, visit, VisitLine.TAP, kept)
            visit = replace(visit, taps=(*visit.taps, kept))
            step = step_of_tap(kept, visit)
            if step is not None:
                visit = take(act, seat, visit, step, kept.words)
    if refused is not None:
        raise gate.VisitRefused(refused)
    return _changed(visit)


def _asked_at_the_door(act: Writing, seat: Seat, visit: Visit, kept: Tap) -> Decision | None:
    """The gate's answer as of now, kept; returned where it is no."""
    plan = visit.plan
    if plan is None:
        return None
    team = {member.person_id for member in plan.team}
    here = team & set(kept.present) if kept.kind is TapKind.ARRIVED else team
    # who sets out early is judged by the hour they are going for
    at = act.at if kept.kind is TapKind.ARRIVED else max(act.at, plan.start)
    details = gate.at_the_door(plan, len(here), at)
    decision = gate.judge(act.conn, seat, visit.debtor_id, at, act.at, details=details)
    return None if gate.keep(act, visit.debtor_id, decision) else decision


def hand_in(seat: Seat, visit_id: str, report: VisitReport) -> Changes:
    """Hand the report in: the steps on the way follow from its times, the checks are asked, then both can sign.

    Raises Refused with the field at fault where something is missing, or where it would drop words that another
    typed into the draft.
    """
    with acting(seat, "visit.report") as act:
        visit = read_visit(act.conn, visit_id)
        if visit.plan is None:
            raise Refused("visits.plan_missing")
        signed = visit.report is not None and fully_signed(visit.signatures, visit.report, visit.plan)
        if visit.state is VisitState.REPORTED and signed:
            raise Refused("visits.signed_by_all")
        version = (visit.report.version + 1) if visit.report else 1
        final = replace(cleaned_value(report), version=version, evidence=evidence.items(act.conn, visit_id))
        checked = check_report(final, visit.plan, gate.rules(act.conn))
        for finding in [*checked, *_above_debt(act.conn, visit, final)]:
            if not may_be_signed([finding]):
                raise Refused(finding.message.code, finding.field_name, **dict(finding.message.params))
        if visit.state is VisitState.BROKEN_OFF and final.outcome is VisitOutcome.NOT_CARRIED_OUT:
            raise Refused("visits.outcome_not_as_tapped", "outcome", outcome=VisitOutcome.BROKEN_OFF)
        refuse_dropping(act.conn, seat, visit, final, gate.rules(act.conn))
        digest = content_hash(final, visit.plan)
        visit = _walked(act, seat, visit, final)
        add_line(act, visit, VisitLine.REPORT, final, version=version, content_hash=digest)
        visit = take(act, seat, replace(visit, report=final), VisitStep.REPORT)
        drafts.forget(act.conn, DraftKind.VISIT, visit_id)
    return _changed(visit)


def rules(seat: Seat) -> VisitRules:
    """The figures that a visit goes by, of the packs in use: for the clock inside and the report's form."""
    with seat.store.read() as conn:
        return gate.rules(conn)


def findings(seat: Seat, visit: Visit, report: VisitReport) -> list[ReportFinding]:
    """What the rule checks say of a report, for the form and the review."""
    with seat.store.read() as conn:
        above = [] if report == visit.report else _above_debt(conn, visit, report)
        return above + findings_in(conn, visit, report)


def _above_debt(conn: Connection, visit: Visit, report: VisitReport) -> list[ReportFinding]:
    """More promised at the door than is owed on the accounts visited for: a slip of the hand, or no promise."""
    promised = report.promise_amount
    if promised is None:
        return []
    owed = owed_on(conn, visit.case_ids, promised.currency)
    if (
        owed is None or not owed.minor or promised <= owed
    ):  # all paid meanwhile: the word they gave stands in the report
        return []
    above = msg("calls.promises.above_balance", balance=owed)
    return [ReportFinding(FindingLevel.MISSING, above, "promise_amount")]


def findings_in(conn: Connection, visit: Visit, report: VisitReport) -> list[ReportFinding]:
    """What the checks find in a report, inside a transaction: by the packs in use and what was tapped."""
    if visit.plan is None:
        return []
    tapped = [
        ReportFinding(FindingLevel.BREACH, message, name) for name, message in against_taps(report, visit.taps)
    ]
    return check_report(report, visit.plan, gate.rules(conn)) + tapped


def sign(
    seat: Seat, visit_id: str, *, how: SignedHow, strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
) -> Changes:
    """Sign the report as it stands; the second signature can't be the first person's."""
    with acting(seat, "visit.sign") as act:
        require_own_password(seat.person)
        visit = read_visit(act.conn, visit_id)
        if visit.report is None or visit.plan is None:
            raise Refused("visits.report_missing")
        if visit.state is not VisitState.REPORTED:
            raise Refused("visits.nothing_to_sign")
        if late := late_in(act.conn, visit):
            raise Refused("visits.late_words", names=tuple(sorted({one.person_name for one in late})))
        digest = content_hash(visit.report, visit.plan)
        mark = Signature(seat.person.id, seat.person.name, act.at, how, digest, strokes)
        add_signature(visit.signatures, mark, visit.report, visit.plan)
        add_line(act, visit, VisitLine.SIGNATURE, mark, version=visit.report.version, content_hash=digest)
    return _changed(visit)


def proof_for(seat: Seat, person_id: str, password: str) -> Seat:
    """The seat of somebody who signs beside the person signed in, proved by their own password. Slow (Argon2id).

    Raises Trouble ``store.wrong_password``, Refused for who still has the password given to them.
    """
    unlocked = seat.store.prove(person_id, password)
    with seat.store.read() as conn:
        person = people.person_of(conn, person_id)
    require_own_password(person)
    return replace(seat, person=person, unlocked=unlocked)


def sign_beside(
    seat: Seat,
    visit_id: str,
    person_id: str,
    password: str,
    *,
    strokes: tuple[tuple[tuple[int, int], ...], ...] = (),
) -> Changes:
    """Sign with one's password at whoever's seat it is; strokes add the drawn name. Slow (Argon2id).

    The line of history is the signer's. Raises Trouble for a wrong password, Refused as ``sign`` does.
    """
    own = proof_for(seat, person_id, password)
    return sign(own, visit_id, how=SignedHow.DRAWN if strokes else SignedHow.PASSWORD, strokes=strokes)


def review(
    seat: Seat, visit_id: str, *, accepted: bool, words: str, marks: tuple[tuple[str, str], ...] = ()
) -> Changes:
    """The lead accepts the report (signed by both) or sends it back with a reason."""
    with acting(seat, "visit.review") as act:
        visit = read_visit(act.conn, visit_id)
        if accepted and not (
            visit.report and visit.plan and fully_signed(visit.signatures, visit.report, visit.plan)
        ):
            raise Refused("visits.visiting.not_signed")
        if accepted and not words.strip() and _breached(act.conn, visit):
            raise Refused("visits.visiting.findings_unanswered", "words")
        if not accepted and not (words.strip() or marks):
            raise Refused("visits.visiting.no_reason", "words")
        said = Review(
            accepted, seat.person.id, seat.person.name, act.at, cleaned(words, 2000), cleaned_value(marks, 2000)
        )
        step = VisitStep.ACCEPT if accepted else VisitStep.SEND_BACK
        visit = take(act, seat, visit, step, said.words or "; ".join(text for _, text in said.marks))
        add_line(act, visit, VisitLine.REVIEW, said)
        if accepted:
            visit = take(act, seat, visit, VisitStep.FILE)
            follow_up.follow(act, visit)
    return _changed(visit)


def _breached(conn: Connection, visit: Visit) -> bool:
    """Whether a rule was touched: nobody waves that away without a word."""
    found = findings_in(conn, visit, visit.report) if visit.report else []
    return any(finding.level is FindingLevel.BREACH for finding in found)


# --- parts -----------------------------------------------------------------------------------------------


def _steps(seat: Seat, visit_id: str, steps: list[tuple[VisitStep, str]]) -> Changes:
    with acting(seat, "visit.step") as act:
        visit = read_visit(act.conn, visit_id)
        for step, reason in steps:
            visit = take(act, seat, visit, step, reason)
    return _changed(visit)


def _walked(act: Writing, seat: Seat, visit: Visit, report: VisitReport) -> Visit:
    """The steps and taps of the way, as far as they were not tapped: taken from the times the pair wrote down."""
    if report.outcome is VisitOutcome.NOT_CARRIED_OUT:
        if visit.state in {VisitState.PLANNED, VisitState.SET_OUT}:
            visit = take(act, seat, visit, VisitStep.CALL_OFF, cleaned(report.outcome_reason, 2000))
        return visit
    if visit.state is VisitState.PLANNED:
        visit = _tapped(act, seat, visit, TapKind.SET_OUT, report.set_out_at or act.at, report.present)
        visit = take(act, seat, visit, VisitStep.SET_OUT)
    if visit.state is VisitState.SET_OUT:
        visit = _tapped(act, seat, visit, TapKind.ARRIVED, report.arrived_at or act.at, report.present)
        visit = take(act, seat, visit, VisitStep.ARRIVE)
    if visit.state is VisitState.ON_SITE:
        reason = cleaned(report.outcome_reason, 2000)
        visit = take(act, seat, visit, _ENDING[report.outcome], reason)
    return visit


def _tapped(act: Writing, seat: Seat, visit: Visit, kind: TapKind, at: datetime, present: tuple[str, ...]) -> Visit:
    tap = Tap(kind, at, seat.person.id, present, afterwards=True)
    add_line(act, visit, VisitLine.TAP, tap)
    return replace(visit, taps=(*visit.taps, tap))


def _changed(visit: Visit) -> Changes:
    return Changes(debtors=frozenset({visit.debtor_id}), visits=frozenset({visit.visit_id}))


def _refuse_second(conn: Connection, debtor_id: str) -> None:
    for number in visits_in(conn, debtor_id, OPEN_STATES).values():
        raise Refused("visits.visiting.under_way", number=number)


def _ask_gate(conn: Connection, seat: Seat, debtor_id: str, now: datetime) -> None:
    """Whether visits to this debtor are closed by more than the hour of the day: asked for ten the next morning."""
    morning = (seat.local(now) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    decision = gate.judge(conn, seat, debtor_id, morning, now)
    if decision.verdict is Verdict.BLOCK:
        raise gate.VisitRefused(decision)
