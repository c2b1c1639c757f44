"""The leads' list of tasks and the act that settles one; what holds for each kind: ``domain/office/tasks.py``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.office.tasks import TASK_RULES, URGENT, TaskRule
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import PromiseState, TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.permits import contacts, guarantees
from collector_desk.services.record import flags, given_numbers, promises, tasks
from collector_desk.store import tables as t
from collector_desk.store.calls import HOLDS
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal


@dataclass(frozen=True, slots=True)
class LeadTask:
    """One open task, as the list shows it."""

    id: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    kind: TaskKind
    due_at: datetime
    opened_by: str | None
    note: str = field(repr=False)
    taken_back: bool = False  # the outcome that raised this pause was corrected since
    outcome: str | None = None  # the one that holds now

    @property
    def rule(self) -> TaskRule:
        """What holds for tasks of its kind."""
        return TASK_RULES[self.kind]


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
            func.coalesce(end.note, shown(t.incident), t.lead_asked.c.reason).label("note"),
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
        .order_by(*(t.task.c.kind != kind for kind in URGENT), t.task.c.due_at, t.task.c.id)
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
            flags.is_taken_back(TaskKind(row.kind), row.attempt_id, row.outcome),
            row.outcome,
        )
        for row in rows
    )


def settle(seat: Seat, task_id: str, *, approve: bool, reason: str) -> Changes:
    """Decide an open task with a reason. An approved promise counts from now on; a pause is released.

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
        rule = TASK_RULES[TaskKind(row.kind)]
        require(seat.person, rule.decided_by)
        _refuse_own(row, rule, seat.person.id)
        effect = _EFFECTS.get(rule.kind)
        if effect is not None:
            effect(act, row, LeadAnswer(approve, words))
        tasks.close_task(act, task_id, row.debtor_id, _decision(rule, approve=approve), words)
        if rule.flag and approve:
            # after it is closed: a flag stays up as long as an open task needs it
            if flags.is_taken_back(rule.kind, row.attempt_id, row.outcome):
                flags.lift_taken_back(act, row.debtor_id, row.attempt_id, rule.flag, words)
            elif not rule.flag_stays:
                flags.lift(act, row.debtor_id, rule.flag, reason=words)
    return Changes(debtors=frozenset({row.debtor_id}))


def _decision(rule: TaskRule, *, approve: bool) -> TaskDecision:
    if not approve:
        return TaskDecision.REFUSED
    return TaskDecision.RELEASED if rule.pauses else TaskDecision.APPROVED


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


def _refuse_own(row: Any, rule: TaskRule, person_id: str) -> None:
    """Nobody decides what they called, wrote, reported or asked for."""
    theirs = {row.actor_id, row.ended_by, row.begun_by}
    if rule.opener_bound:
        theirs.add(row.opened_by)
    for proposer in theirs - {None}:
        require_other(proposer, person_id)


@dataclass(frozen=True, slots=True)
class LeadAnswer:
    """What the lead decided, and why."""

    yes: bool
    words: str = field(repr=False)


def _decide_promise(act: Writing, row: Any, answer: LeadAnswer) -> None:
    state = t.promise_state.c
    waiting = (
        select(t.promise.c.id)
        .join(t.promise_state, state.promise_id == t.promise.c.id)
        .where(
            state.debtor_id == row.debtor_id,
            state.state == PromiseState.PROPOSED,  # else it was replaced or taken back meanwhile
            t.promise.c.attempt_id == row.attempt_id,
        )
    )
    becomes = PromiseState.OPEN if answer.yes else PromiseState.REFUSED
    for promise_id in list(act.conn.execute(waiting).scalars()):
        promises.set_state(act, promise_id, row.debtor_id, becomes)


def _decide_number(act: Writing, row: Any, answer: LeadAnswer) -> None:
    given_numbers.decide(act, TaskKind(row.kind), row.id, row.debtor_id, row.attempt_id, theirs=answer.yes)


def _decide_guarantee(act: Writing, row: Any, answer: LeadAnswer) -> None:
    guarantees.decide(act, row.debtor_id, row.id, holds=answer.yes)


def _decide_contacts(act: Writing, row: Any, answer: LeadAnswer) -> None:
    contacts.decide(act, row, answer.words, yes=answer.yes)


_EFFECTS: dict[TaskKind, Callable[[Writing, Any, LeadAnswer], None]] = {
    TaskKind.PROMISE_APPROVAL: _decide_promise,
    TaskKind.GIVEN_NUMBER: _decide_number,
    TaskKind.NUMBER_AGAIN: _decide_number,
    TaskKind.GUARANTEE: _decide_guarantee,
    TaskKind.CONTACTS: _decide_contacts,
}
"""What a decision changes besides the list and the flag. Consents and figures need nothing: they ask whether the
task they hang on was approved (``store.agreed``)."""
