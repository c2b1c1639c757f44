"""What a lead decides is put on their list and taken off it: the one writer of tasks and of their state."""

from sqlalchemy import bindparam, select

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import Outcome, Speaker, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import flags
from collector_desk.services.record.attempts import OpenAttempt
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection


def open_task(
    act: Writing, debtor_id: str, kind: TaskKind, attempt_id: str | None = None, *, task_id: str | None = None
) -> str:
    """Put a task on the leads' list, due as its rule says; returns its id."""
    due_at = act.at + TASK_RULES[kind].within
    row = {"id": task_id, "debtor_id": debtor_id, "kind": kind.value, "attempt_id": attempt_id, "due_at": due_at}
    return act.record(t.task, row | {"opened_by": act.person_id})


_OPEN = (
    select(t.task.c.id)
    .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
    .where(
        t.task_state.c.debtor_id == bindparam("debtor_id"),
        t.task_state.c.open.is_(True),
        t.task.c.kind == bindparam("kind"),
    )
)


def waiting(conn: Connection, debtor_id: str, kind: TaskKind) -> list[str]:
    """The tasks of one kind that wait for a lead's answer about a debtor."""
    return list(conn.execute(_OPEN, {"debtor_id": debtor_id, "kind": kind.value}).scalars())


def ask_lead(act: Writing, debtor_id: str, kind: TaskKind, words: str) -> None:
    """Put an agent's question on the leads' list, with why it is asked."""
    task_id = open_task(act, debtor_id, kind)
    act.record(t.lead_asked, {"debtor_id": debtor_id, "task_id": task_id, "reason": words})


def close_task(
    act: Writing, task_id: str, debtor_id: str, decision: TaskDecision, reason: str | None = None
) -> None:
    """Take a task off the leads' list, with what was decided."""
    done = {"task_id": task_id, "decision": decision.value, "reason": reason}
    act.record(t.task_done, done, debtor_id=debtor_id)


def open_of_call(act: Writing, attempt: OpenAttempt, log: CallLog) -> None:
    """What an outcome opens: a flag that pauses, and a task that somebody must settle by a time."""
    kind = rule_for(log.outcome).opens
    if kind is None or (log.outcome is Outcome.STOP_CALLING and log.speaker is not Speaker.DEBTOR):
        return
    task, state = t.task.c, t.task_state.c
    waits = (
        select(task.id)
        .join(t.task_state, state.task_id == task.id)
        .where(
            state.debtor_id == attempt.debtor_id,
            state.open.is_(True),
            task.attempt_id == attempt.id,
            task.kind == kind,
        )
    )
    if act.conn.execute(waits).first():
        return  # taken back and entered again: it was never off the list
    flag = TASK_RULES[kind].flag
    if flag:
        flags.put(act, attempt.debtor_id, flag, on=True, attempt_id=attempt.id)
    open_task(act, attempt.debtor_id, kind, attempt.id)
