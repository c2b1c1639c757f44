"""The field visit from request to accepted report: every step a line of history, read back as one thing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct import Action, decide
from collector_desk.domain.conduct.values import Purpose
from collector_desk.domain.masking import masked_number
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.plain import from_plain, to_plain
from collector_desk.domain.text import cleaned
from collector_desk.domain.visit_checks import Finding, VisitRules, check_report, may_be_signed
from collector_desk.domain.visit_steps import Actor, Review, StepTaken, Visit, VisitState, VisitStep, take_step
from collector_desk.domain.visits import (
    BrokenPromise,
    FailedAttempt,
    PlaceKind,
    Signature,
    SignedHow,
    Tap,
    TapKind,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
    VisitRequest,
    add_signature,
    content_hash,
    fully_signed,
)
from collector_desk.domain.vocabulary import Addressee, Channel, Outcome, Result, Verdict
from collector_desk.services import gate, standing
from collector_desk.services.calling import GateRefused
from collector_desk.services.desk import Seat, Writing, acting
from collector_desk.store import tables as t
from collector_desk.store.debts import debtor_file, phones_of, promises_of
from collector_desk.store.ids import new_id

_VALUES: dict[str, type] = {
    "step": StepTaken,
    "plan": VisitPlan,
    "tap": Tap,
    "report": VisitReport,
    "signature": Signature,
    "review": Review,
}
_ENDING = {
    VisitOutcome.DONE: VisitStep.FINISH,
    VisitOutcome.NOT_FOUND: VisitStep.FIND_NOBODY,
    VisitOutcome.BROKEN_OFF: VisitStep.BREAK_OFF,
}
OPEN_STATES = frozenset(
    {
        VisitState.REQUESTED,
        VisitState.OPENED,
        VisitState.PLANNED,
        VisitState.SET_OUT,
        VisitState.ON_SITE,
        VisitState.DONE,
        VisitState.NOT_FOUND,
        VisitState.BROKEN_OFF,
        VisitState.REPORTED,
        VisitState.SENT_BACK,
    }
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list of visits."""

    visit_id: str
    number: str
    debtor_id: str
    debtor_name: str
    state: VisitState
    lead_visitor_id: str | None
    companion_id: str | None
    planned_at: datetime | None
    requested_by: str
    changed_at: datetime


def rows(seat: Seat, *, mine: bool = False, open_only: bool = False) -> tuple[VisitRow, ...]:
    """The visits, what was touched last on top; ``mine``: those whose team the person is in."""
    state = t.visit_state.c
    statement = select(t.visit_state, t.debtor.c.name).join(t.debtor, t.debtor.c.id == state.debtor_id)
    if mine:
        statement = statement.where(
            (state.lead_visitor_id == seat.person.id) | (state.companion_id == seat.person.id)
        )
    if open_only:
        statement = statement.where(state.state.in_([item.value for item in OPEN_STATES]))
    with seat.store.read() as conn:
        found = conn.execute(statement.order_by(state.changed_at.desc())).all()
    return tuple(
        VisitRow(
            row.visit_id,
            row.number,
            row.debtor_id,
            row.name,
            VisitState(row.state),
            row.lead_visitor_id,
            row.companion_id,
            row.planned_at,
            row.requested_by,
            row.changed_at,
        )
        for row in found
    )


def load(seat: Seat, visit_id: str) -> Visit:
    """The whole visit, read back from its history. Raises Refused where there is none."""
    with seat.store.read() as conn:
        return _load(conn, visit_id)


def evidence_for(conn: Connection, debtor_id: str) -> tuple[tuple[FailedAttempt, ...], tuple[BrokenPromise, ...]]:
    """What shows that the calls have failed: tries that reached nobody or led to nothing, promises not kept."""
    end = t.attempt_end.c
    taken = select(t.taken_back.c.attempt_end_id)
    found = conn.execute(
        select(t.attempt.c.id, t.attempt.c.begun_at, end.outcome, end.result, t.phone.c.number)
        .select_from(
            t.attempt.join(t.attempt_end, end.attempt_id == t.attempt.c.id).outerjoin(
                t.phone, t.phone.c.id == t.attempt.c.phone_id
            )
        )
        .where(t.attempt.c.debtor_id == debtor_id, end.id.not_in(taken))
        .order_by(t.attempt.c.begun_at.desc())
        .limit(20)
    ).all()
    failed = tuple(
        FailedAttempt(row.id, row.begun_at, Channel.CALL, Outcome(row.outcome), masked_number(row.number or ""))
        for row in reversed(found)
        if row.result != Result.EFFECTIVE.value or row.outcome in {Outcome.REFUSES.value, Outcome.HANGS_UP.value}
    )
    broken = tuple(
        BrokenPromise(promise.amount, promise.due_at.date())
        for promise in promises_of(conn, debtor_id)
        if promise.state == "broken"
    )
    return failed, broken


def request(
    seat: Seat, *, debtor_id: str, purpose: VisitPurpose, address: str, place: PlaceKind, words: str = ""
) -> tuple[str, Changes]:
    """Ask for a visit with the evidence on file; returns its id.

    Raises GateRefused where the rules close visits to this debtor (plan, dispute, …), Refused without evidence,
    without an address, or while another visit is under way.
    """
    require(seat.person, Act.REQUEST_VISIT)
    with acting(seat, "visit.request") as act:
        file = debtor_file(act.conn, debtor_id, today=seat.today())
        if file is None:
            raise Refused("cases.gone")
        _refuse_second(act.conn, debtor_id)
        _ask_gate(act, seat, debtor_id)
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
        )
        visit_id = new_id()
        number = _next_number(act.conn, seat)
        row = {"id": visit_id, "debtor_id": debtor_id, "case_id": file.lead_case.id, "number": number}
        act.record(t.visit, row | {"request": to_plain(wish)})
        act.conn.execute(
            insert(t.visit_state).values(
                visit_id=visit_id,
                number=number,
                debtor_id=debtor_id,
                case_id=file.lead_case.id,
                state=VisitState.REQUESTED.value,
                requested_by=seat.person.id,
                changed_at=act.at,
            )
        )
        standing.refresh(act.conn, [debtor_id], act.at)
    return visit_id, Changes(debtors=frozenset({debtor_id}), visits=frozenset({visit_id}))


def refuse(seat: Seat, visit_id: str, reason: str) -> Changes:
    """The lead does not open it; with a reason."""
    return _steps(seat, visit_id, [(VisitStep.REFUSE, cleaned(reason, 2000))])


def call_off(seat: Seat, visit_id: str, reason: str) -> Changes:
    """It is not carried out; with a reason."""
    return _steps(seat, visit_id, [(VisitStep.CALL_OFF, cleaned(reason, 2000))])


def open_and_plan(seat: Seat, visit_id: str, plan: VisitPlan) -> Changes:
    """A lead opens the visit and names two different people (the plan itself can't name one person twice)."""
    with acting(seat, "visit.plan") as act:
        visit = _load(act.conn, visit_id)
        _refuse_busy(act.conn, visit_id, plan)
        if visit.state is VisitState.REQUESTED:
            visit = _take(act, seat, visit, VisitStep.OPEN)
        named = replace(plan, planned_by=seat.person.id)
        _line(
            act,
            visit,
            "plan",
            named,
            lead_visitor_id=named.lead.person_id,
            companion_id=named.companion.person_id,
        )
        visit = _take(act, seat, replace(visit, plan=named), VisitStep.PLAN)
        act.conn.execute(
            update(t.visit_state)
            .where(t.visit_state.c.visit_id == visit_id)
            .values(
                lead_visitor_id=named.lead.person_id, companion_id=named.companion.person_id, planned_at=named.start
            )
        )
    return _changed(visit)


def visitor(person: Any) -> Visitor:
    """A person of the store as a member of a team."""
    return Visitor(person.id, person.name, badge=person.number)


def hand_in(seat: Seat, visit_id: str, report: VisitReport) -> Changes:
    """Hand the report in: the steps on the way follow from its times, the checks are asked, then both can sign.

    Raises Refused with the field at fault where something is missing.
    """
    with acting(seat, "visit.report") as act:
        visit = _load(act.conn, visit_id)
        if visit.plan is None:
            raise Refused("visits.plan_missing")
        version = (visit.report.version + 1) if visit.report else 1
        final = replace(report, version=version)
        for finding in check_report(final, visit.plan, VisitRules()):
            if not may_be_signed([finding]):
                raise Refused(finding.message.code, finding.field_name, **dict(finding.message.params))
        digest = content_hash(final, visit.plan)
        visit = _walked(act, seat, visit, final)
        _line(act, visit, "report", final, version=version, content_hash=digest)
        visit = _take(act, seat, replace(visit, report=final), VisitStep.REPORT)
        act.conn.execute(t.draft.delete().where(t.draft.c.kind == "visit", t.draft.c.subject_id == visit_id))
        standing.refresh(act.conn, [visit.debtor_id], act.at)
    return _changed(visit)


def findings(visit: Visit, report: VisitReport) -> list[Finding]:
    """What the rule checks say of a report, for the form and the review."""
    return check_report(report, visit.plan, VisitRules()) if visit.plan else []


def sign(
    seat: Seat, visit_id: str, *, how: SignedHow, strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
) -> Changes:
    """Sign the report as it stands; the second signature can't be the first person's."""
    with acting(seat, "visit.sign") as act:
        visit = _load(act.conn, visit_id)
        if visit.report is None or visit.plan is None:
            raise Refused("visits.report_missing")
        digest = content_hash(visit.report, visit.plan)
        mark = Signature(seat.person.id, seat.person.name, act.at, how, digest, strokes)
        add_signature(visit.signatures, mark, visit.report, visit.plan)
        _line(act, visit, "signature", mark, version=visit.report.version, content_hash=digest)
        act.conn.execute(
            update(t.visit_state).where(t.visit_state.c.visit_id == visit_id).values(changed_at=act.at)
        )
    return _changed(visit)


def review(
    seat: Seat, visit_id: str, *, accepted: bool, words: str, marks: tuple[tuple[str, str], ...] = ()
) -> Changes:
    """The lead accepts the report (signed by both) or sends it back with a reason."""
    with acting(seat, "visit.review") as act:
        visit = _load(act.conn, visit_id)
        if accepted and not (
            visit.report and visit.plan and fully_signed(visit.signatures, visit.report, visit.plan)
        ):
            raise Refused("visiting.not_signed")
        said = Review(accepted, seat.person.id, seat.person.name, act.at, cleaned(words, 2000), marks)
        step = VisitStep.ACCEPT if accepted else VisitStep.SEND_BACK
        visit = _take(act, seat, visit, step, said.words)
        _line(act, visit, "review", said)
        if accepted:
            visit = _take(act, seat, visit, VisitStep.FILE)
        standing.refresh(act.conn, [visit.debtor_id], act.at)
    return _changed(visit)


# --- parts -----------------------------------------------------------------------------------------------


def _load(conn: Connection, visit_id: str) -> Visit:
    head = conn.execute(select(t.visit).where(t.visit.c.id == visit_id)).first()
    if head is None:
        raise Refused("visiting.gone")
    visit = Visit(visit_id, head.debtor_id, (head.case_id,), from_plain(VisitRequest, head.request))
    lines = conn.execute(
        select(t.visit_line.c.line_kind, t.visit_line.c.content)
        .where(t.visit_line.c.visit_id == visit_id)
        .order_by(t.visit_line.c.id)
    )
    for line in lines:
        visit = _with(visit, line.line_kind, from_plain(_VALUES[line.line_kind], line.content))
    return visit


def _with(visit: Visit, kind: str, value: Any) -> Visit:
    if kind == "step":
        return replace(visit, history=(*visit.history, value))
    if kind == "tap":
        return replace(visit, taps=(*visit.taps, value))
    if kind == "signature":
        return replace(visit, signatures=(*visit.signatures, value))
    if kind == "plan":
        return replace(visit, plan=value)
    if kind == "report":
        return replace(visit, report=value)
    return replace(visit, review=value)


def _line(act: Writing, visit: Visit, kind: str, value: object, **columns: Any) -> None:
    row = {"visit_id": visit.visit_id, "line_kind": kind, "content": to_plain(value)}
    act.record(t.visit_line, row | columns, debtor_id=visit.debtor_id)


def _take(act: Writing, seat: Seat, visit: Visit, step: VisitStep, reason: str = "") -> Visit:
    actor = Actor(seat.person.id, seat.person.name, seat.person.roles)
    walked = take_step(visit, step, actor, act.at, reason)
    _line(act, visit, "step", walked.history[-1], step=step.value)
    act.conn.execute(
        update(t.visit_state)
        .where(t.visit_state.c.visit_id == visit.visit_id)
        .values(state=walked.state.value, changed_at=act.at)
    )
    return walked


def _steps(seat: Seat, visit_id: str, steps: list[tuple[VisitStep, str]]) -> Changes:
    with acting(seat, "visit.step") as act:
        visit = _load(act.conn, visit_id)
        for step, reason in steps:
            visit = _take(act, seat, visit, step, reason)
        standing.refresh(act.conn, [visit.debtor_id], act.at)
    return _changed(visit)


def _walked(act: Writing, seat: Seat, visit: Visit, report: VisitReport) -> Visit:
    """The steps and taps of the way, as far as they were not tapped: taken from the times the pair wrote down."""
    if report.outcome is VisitOutcome.NOT_CARRIED_OUT:
        if visit.state in {VisitState.PLANNED, VisitState.SET_OUT}:
            visit = _take(act, seat, visit, VisitStep.CALL_OFF, cleaned(report.outcome_reason, 2000))
        return visit
    if visit.state is VisitState.PLANNED:
        visit = _tapped(act, seat, visit, TapKind.SET_OUT, report.set_out_at or act.at, report.present)
        visit = _take(act, seat, visit, VisitStep.SET_OUT)
    if visit.state is VisitState.SET_OUT:
        visit = _tapped(act, seat, visit, TapKind.ARRIVED, report.arrived_at or act.at, report.present)
        visit = _take(act, seat, visit, VisitStep.ARRIVE)
    if visit.state is VisitState.ON_SITE:
        reason = cleaned(report.outcome_reason, 2000)
        visit = _take(act, seat, visit, _ENDING[report.outcome], reason)
    return visit


def _tapped(act: Writing, seat: Seat, visit: Visit, kind: TapKind, at: datetime, present: tuple[str, ...]) -> Visit:
    tap = Tap(kind, at, seat.person.id, present)
    _line(act, visit, "tap", tap)
    return replace(visit, taps=(*visit.taps, tap))


def _changed(visit: Visit) -> Changes:
    return Changes(debtors=frozenset({visit.debtor_id}), visits=frozenset({visit.visit_id}))


def _next_number(conn: Connection, seat: Seat) -> str:
    """The report number: year, month and a running figure of the store, e.g. V2611-0042."""
    count = conn.execute(select(func.count()).select_from(t.visit_state)).scalar_one()
    return f"V{seat.today():%y%m}-{count + 1:04d}"


def _refuse_second(conn: Connection, debtor_id: str) -> None:
    state = t.visit_state.c
    under_way = conn.execute(
        select(state.number).where(
            state.debtor_id == debtor_id, state.state.in_([item.value for item in OPEN_STATES])
        )
    ).scalar()
    if under_way:
        raise Refused("visiting.under_way", number=under_way)


def _refuse_busy(conn: Connection, visit_id: str, plan: VisitPlan) -> None:
    """Nobody is planned for two visits within the same hour."""
    state = t.visit_state.c
    span = timedelta(hours=1)
    for member in plan.team:
        other = conn.execute(
            select(state.number).where(
                state.visit_id != visit_id,
                state.state.in_([VisitState.PLANNED.value, VisitState.SET_OUT.value, VisitState.ON_SITE.value]),
                (state.lead_visitor_id == member.person_id) | (state.companion_id == member.person_id),
                state.planned_at > plan.start - span,
                state.planned_at < plan.start + span,
            )
        ).scalar()
        if other:
            raise Refused("visiting.busy", name=member.name, number=other)


def _ask_gate(act: Writing, seat: Seat, debtor_id: str) -> None:
    """Whether visits to this debtor are closed by more than the hour of the day: asked for ten the next morning."""
    morning = (seat.local(act.at) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    phones = phones_of(act.conn, debtor_id)
    facts = gate.facts_of(act.conn, debtor_id, act.at, phones)
    action = Action(Channel.VISIT, Addressee.DEBTOR, purpose=Purpose.COLLECT, actor_id=seat.person.id)
    decision = decide(action, facts, gate.active_packs(), morning)
    if decision.verdict is Verdict.BLOCK:
        raise GateRefused(decision)
