"""What a lead decides is put on their list and taken off it: the one writer of tasks and of their state."""

from collections.abc import Sequence

from collector_desk.domain.calls.log import CallLog, OpenAttempt
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import Outcome, Speaker, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import flags
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.permits.tasks import waiting


def open_task(
    act: Writing, debtor_id: str, kind: TaskKind, attempt_id: str | None = None, *, task_id: str | None = None
) -> str:
    """Put a task on the leads' list, due as its rule says; returns its id."""
    due_at = act.at + TASK_RULES[kind].within
    row = {"id": task_id, "debtor_id": debtor_id, "kind": kind.value, "attempt_id": attempt_id, "due_at": due_at}
    return act.record(t.task, row | {"opened_by": act.person_id})


def open_many(act: Writing, debtor_ids: Sequence[str], kind: TaskKind) -> list[str]:
    """The same of many debtors, a task each; returns the tasks in their order. It settles nobody."""
    due_at, found = act.at + TASK_RULES[kind].within, [new_id() for _ in debtor_ids]
    rows = [
        {"id": task_id, "debtor_id": debtor_id, "kind": kind.value, "attempt_id": None, "due_at": due_at}
        | {"opened_by": act.person_id}
        for task_id, debtor_id in zip(found, debtor_ids, strict=True)
    ]
    act.record_all(t.task, rows)
    return found


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
    if any((one.attempt_id, one.kind) == (attempt.id, kind) for one in waiting(act.conn, attempt.debtor_id)):
        return  # taken back and entered again: it was never off the list
    flag = TASK_RULES[kind].flag
    if flag:
        flags.put(act, attempt.debtor_id, flag, on=True, attempt_id=attempt.id)
    open_task(act, attempt.debtor_id, kind, attempt.id)
