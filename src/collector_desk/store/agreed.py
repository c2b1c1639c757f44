"""What counts only once a second person agreed: it hangs on a task, and the task has to be decided for it."""

from sqlalchemy import ColumnElement, select

from collector_desk.domain.states import TaskDecision
from collector_desk.store import tables as t


def agreed(task_id: ColumnElement[str | None]) -> ColumnElement[bool]:
    """Whether what bears this column is in force: it hangs on no task, or on one decided for it."""
    done = t.task_done.c
    decided = select(done.id).where(done.task_id == task_id, done.decision == TaskDecision.APPROVED)
    return task_id.is_(None) | decided.exists()
