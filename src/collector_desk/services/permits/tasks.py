"""What somebody must settle by a time: complaints, disputes, requests, promises further out. A lead's list."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import ApprovalKind
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import Flag, PromiseState, TaskKind
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.permits import guarantees
from collector_desk.services.record import given_numbers, outcome
from collector_desk.services.record.pauses import is_taken_back, lift
from collector_desk.store import tables as t
from collector_desk.store.calls import HOLDS
from collector_desk.store.tables.history import journal

NUMBERS = frozenset({TaskKind.GIVEN_NUMBER, TaskKind.NUMBER_AGAIN})
AGREEMENTS = frozenset({TaskKind.CONSENT, TaskKind.GUARANTEE, TaskKind.COUNTS_FALL})
"""What opens nothing until a lead other than who wrote it agrees (``second_person``)."""


def urgent(kind: TaskKind) -> bool:
    """Whether a matter of this kind is to be before a lead's eyes at once."""
    return kind in (TaskKind.RISK_TO_LIFE, TaskKind.INCIDENT)


def pauses(kind: TaskKind) -> bool:
    """Whether a matter of this kind holds collecting up until somebody releases it."""
    return kind in outcome.PAUSES


@dataclass(frozen=True, slots=True)
class LeadTask:
    """One open matter."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    kind: TaskKind
    due_at: datetime
    opened_by: str | None
    note: str = field(repr=False)
    taken_back: bool = False  # the outcome that raised this pause was corrected since
    outcome: str | None = None  # the one that holds now


def open_tasks(seat: Seat) -> tuple[LeadTask, ...]:
    """What waits for a decision: danger to a life, then incidents, then what runs out first."""
    end = t.attempt_end.c
    statement = (
        select(
            t.task,
            t.debtor.c.name,
            func.coalesce(
                t.attempt.c.actor_id, t.incident.c.begun_by, journal.c.actor_id, t.task.c.opened_by
            ).label("actor_id"),
            func.coalesce(end.note, t.incident.c.number, t.lead_asked.c.reason).label("note"),
            end.outcome,
        )
        .select_from(
            t.task.join(t.task_state, t.task_state.c.task_id == t.task.c.id)
            .join(t.debtor, t.debtor.c.id == t.task.c.debtor_id)
            .outerjoin(t.attempt, t.attempt.c.id == t.task.c.attempt_id)
            .outerjoin(t.attempt_end, and_(end.attempt_id == t.attempt.c.id, HOLDS))
            .outerjoin(t.incident, t.incident.c.task_id == t.task.c.id)
            .outerjoin(t.lead_asked, t.lead_asked.c.task_id == t.task.c.id)
            .outerjoin(journal, journal.c.row_id == t.lead_asked.c.id)
        )
        .where(t.task_state.c.open.is_(True))
        .order_by(
            t.task.c.kind != TaskKind.RISK_TO_LIFE, t.task.c.kind != TaskKind.INCIDENT, t.task.c.due_at, t.task.c.id
        )
    )
    with seat.store.read() as conn:
        rows = conn.execute(statement).all()
    return tuple(
        LeadTask(
            row.id,
            row.debtor_id,
            row.name,
            TaskKind(row.kind),
            row.due_at,
            row.actor_id,
            row.note or "",
            is_taken_back(TaskKind(row.kind), row.attempt_id, row.outcome),
            row.outcome,
        )
        for row in rows
    )


def settle(seat: Seat, task_id: str, *, approve: bool, reason: str) -> Changes:
    """Decide an open matter with a reason. An approved promise counts from now on; a pause is released.

    What takes two people comes into force. Nobody decides what they opened themselves. Raises Refused without a
    reason or where it is settled already.
    """
    require(seat.person, Act.SETTLE_TASK)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("permits.tasks.no_reason", "reason")
    with acting(seat, "task.settle") as act:
        row = act.conn.execute(_ONE, {"task_id": task_id}).first()
        if row is None or not row.open:
            raise Refused("permits.tasks.settled")
        kind = TaskKind(row.kind)
        if kind in AGREEMENTS:
            require(seat.person, Act.AGREE)
        _refuse_own(row, seat.person.id)
        decision = TaskDecision.APPROVED if approve else TaskDecision.REFUSED
        flag = outcome.PAUSES.get(kind)
        if kind is TaskKind.PROMISE_APPROVAL:
            _decide_promise(act, row, approve=approve)
        elif kind in NUMBERS:
            given_numbers.decide(act, kind, task_id, row.debtor_id, row.attempt_id, theirs=approve)
        elif kind is TaskKind.GUARANTEE:
            guarantees.decide(act, row.debtor_id, task_id, holds=approve)
        elif approve and flag:
            decision = TaskDecision.RELEASED
        outcome.close_task(act, task_id, row.debtor_id, decision, words)
        if flag and decision is TaskDecision.RELEASED:
            if is_taken_back(kind, row.attempt_id, row.outcome):
                lift(act, row.debtor_id, row.attempt_id, flag, words)
            elif flag is not Flag.DECEASED:
                outcome.lift_flag(act, row.debtor_id, flag, reason=words)
        refresh.refresh(act.conn, [row.debtor_id], act.at)
    return Changes(debtors=frozenset({row.debtor_id}))


_ONE = (
    select(
        t.task,
        t.task_state.c.open,
        t.attempt.c.actor_id,
        t.attempt_end.c.actor_id.label("ended_by"),
        t.attempt_end.c.outcome,
        t.incident.c.begun_by,
    )
    .select_from(
        t.task.join(t.task_state, t.task_state.c.task_id == t.task.c.id)
        .outerjoin(t.attempt, t.attempt.c.id == t.task.c.attempt_id)
        .outerjoin(t.attempt_end, and_(t.attempt_end.c.attempt_id == t.attempt.c.id, HOLDS))
        .outerjoin(t.incident, t.incident.c.task_id == t.task.c.id)
    )
    .where(t.task.c.id == bindparam("task_id"))
)


def _refuse_own(row: Any, person_id: str) -> None:
    """Nobody decides what they called, wrote, reported or asked for. (Who takes a figure over did none of it.)"""
    theirs = {row.actor_id, row.ended_by, row.begun_by}
    if row.kind != TaskKind.LATE_FIGURE:
        theirs.add(row.opened_by)
    for proposer in theirs - {None}:
        require_other(proposer, person_id)


def _decide_promise(act: Writing, row: Any, *, approve: bool) -> None:
    state = t.promise_state.c
    promises = (
        select(t.promise.c.id)
        .join(t.promise_state, state.promise_id == t.promise.c.id)
        .where(
            state.debtor_id == row.debtor_id,
            state.state == PromiseState.PROPOSED,  # else it was replaced or taken back meanwhile
            t.promise.c.attempt_id == row.attempt_id,
        )
    )
    for promise_id in list(act.conn.execute(promises).scalars()):
        outcome.set_promise_state(
            act, promise_id, row.debtor_id, PromiseState.OPEN if approve else PromiseState.REFUSED
        )


def approve_contact(seat: Seat, debtor_id: str, *, until: datetime | None, reason: str) -> Changes:
    """A lead's word that this debtor counts as lost, so that the reserved contacts may be asked (rules 0b)."""
    require(seat.person, Act.OVERRIDE_GATE)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("permits.tasks.no_reason", "reason")
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
        refresh.refresh(act.conn, [debtor_id], act.at)
    return Changes(debtors=frozenset({debtor_id}))
