"""What somebody must settle by a time: complaints, disputes, requests, promises further out. A lead's list."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, func, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import ApprovalKind
from collector_desk.domain.incidents import MATTER
from collector_desk.domain.message import Refused
from collector_desk.domain.outcomes import OUTCOME_RULES, RecordKind
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.text import cleaned
from collector_desk.domain.vocabulary import Flag
from collector_desk.services import given_numbers, outcome, standing
from collector_desk.services.desk import Seat, acting
from collector_desk.store import field_tables as f
from collector_desk.store import tables as t
from collector_desk.store.calls import HOLDS
from collector_desk.store.history import journal

PROMISE_APPROVAL = "promise_approval"
LIFE_AT_RISK = RecordKind.RISK_TO_LIFE.value
_FLAG_OF = {
    rule.record.kind.value: rule.record.flag for rule in OUTCOME_RULES.values() if rule.record and rule.record.flag
}


def urgent(kind: str) -> bool:
    """Whether a matter of this kind is to be before a lead's eyes at once."""
    return kind in (LIFE_AT_RISK, MATTER)


def pauses(kind: str) -> bool:
    """Whether a matter of this kind holds collecting up until somebody releases it."""
    return kind in _FLAG_OF


@dataclass(frozen=True, slots=True)
class Duty:
    """One open matter."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    kind: str
    due_at: datetime
    opened_by: str | None
    note: str = field(repr=False)


def open_duties(seat: Seat) -> tuple[Duty, ...]:
    """What waits for a decision: danger to a life, then incidents, then what runs out first."""
    end = t.attempt_end.c
    statement = (
        select(
            t.duty,
            t.debtor.c.name,
            func.coalesce(t.attempt.c.actor_id, f.incident.c.begun_by, journal.c.actor_id).label("actor_id"),
            func.coalesce(end.note, f.incident.c.number, t.lead_asked.c.reason).label("note"),
        )
        .select_from(
            t.duty.join(t.duty_state, t.duty_state.c.duty_id == t.duty.c.id)
            .join(t.debtor, t.debtor.c.id == t.duty.c.debtor_id)
            .outerjoin(t.attempt, t.attempt.c.id == t.duty.c.attempt_id)
            .outerjoin(t.attempt_end, and_(end.attempt_id == t.attempt.c.id, HOLDS))
            .outerjoin(f.incident, f.incident.c.duty_id == t.duty.c.id)
            .outerjoin(t.lead_asked, t.lead_asked.c.duty_id == t.duty.c.id)
            .outerjoin(journal, journal.c.row_id == t.lead_asked.c.id)
        )
        .where(t.duty_state.c.open.is_(True))
        .order_by(t.duty.c.kind != LIFE_AT_RISK, t.duty.c.kind != MATTER, t.duty.c.due_at, t.duty.c.id)
    )
    with seat.store.read() as conn:
        rows = conn.execute(statement).all()
    return tuple(
        Duty(row.id, row.debtor_id, row.name, row.kind, row.due_at, row.actor_id, row.note or "") for row in rows
    )


def settle(seat: Seat, duty_id: str, *, approve: bool, reason: str) -> Changes:
    """Decide an open matter with a reason. An approved promise counts from now on; a pause is released.

    Nobody decides what they opened themselves. Raises Refused without a reason or where it is settled already.
    """
    require(seat.person, Act.SETTLE_DUTY)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("duties.no_reason", "reason")
    with acting(seat, "duty.settle") as act:
        row = act.conn.execute(
            select(
                t.duty,
                t.duty_state.c.open,
                func.coalesce(t.attempt.c.actor_id, f.incident.c.begun_by, journal.c.actor_id).label("actor_id"),
            )
            .select_from(
                t.duty.join(t.duty_state, t.duty_state.c.duty_id == t.duty.c.id)
                .outerjoin(t.attempt, t.attempt.c.id == t.duty.c.attempt_id)
                .outerjoin(f.incident, f.incident.c.duty_id == t.duty.c.id)
                .outerjoin(t.lead_asked, t.lead_asked.c.duty_id == t.duty.c.id)
                .outerjoin(journal, journal.c.row_id == t.lead_asked.c.id)
            )
            .where(t.duty.c.id == duty_id)
        ).first()
        if row is None or not row.open:
            raise Refused("duties.settled")
        require_other(row.actor_id or "", seat.person.id)
        decision = "approved" if approve else "refused"
        if row.kind == PROMISE_APPROVAL:
            state = t.promise_state.c
            promises = (
                select(t.promise.c.id)
                .join(t.promise_state, state.promise_id == t.promise.c.id)
                .where(
                    state.debtor_id == row.debtor_id,
                    state.state == "proposed",  # else it was replaced or taken back meanwhile
                    t.promise.c.attempt_id == row.attempt_id,
                )
            )
            for promise_id in list(act.conn.execute(promises).scalars()):
                outcome.set_promise_state(act, promise_id, row.debtor_id, "open" if approve else "refused")
        elif row.kind == given_numbers.GIVEN_NUMBER:
            given_numbers.decide(act, duty_id, row.debtor_id, row.attempt_id, theirs=approve)
        elif approve and row.kind in _FLAG_OF:
            decision = "released"
        outcome.close_duty(act, duty_id, row.debtor_id, decision, words)
        flag = _FLAG_OF.get(row.kind) if decision == "released" else None
        if flag and flag is not Flag.DECEASED:
            outcome.lift_flag(act, row.debtor_id, flag, reason=words)
        standing.refresh(act.conn, [row.debtor_id], act.at)
    return Changes(debtors=frozenset({row.debtor_id}))


def approve_contact(seat: Seat, debtor_id: str, *, until: datetime | None, reason: str) -> Changes:
    """A lead's word that this debtor counts as lost, so that the reserved contacts may be asked (rules 0b)."""
    require(seat.person, Act.OVERRIDE_GATE)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("duties.no_reason", "reason")
    with acting(seat, "gate.approve") as act:
        act.record(
            t.approval,
            {
                "debtor_id": debtor_id,
                "approval_kind": ApprovalKind.THIRD_PARTY.value,
                "until": until,
                "approved_by": seat.person.id,
                "approved_at": act.at,
                "reason": words,
            },
        )
        standing.refresh(act.conn, [debtor_id], act.at)
    return Changes(debtors=frozenset({debtor_id}))
