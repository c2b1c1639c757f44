"""What is on the leads' list, after the history of the tasks."""

from collections.abc import Iterator

from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Made, Recorded


def opened(task: Recorded) -> Iterator[Effect]:
    """It is on the list."""
    values = {"task_id": task["id"], "debtor_id": task["debtor_id"], "open": True, "due_at": task["due_at"]}
    yield Made(t.task_state, values)


def done(line: Recorded) -> Iterator[Effect]:
    """It is off the list."""
    yield Changed(t.task_state, line["task_id"], {"open": False})
