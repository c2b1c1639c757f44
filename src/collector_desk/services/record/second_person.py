"""What needs a second person: one writes it, a lead other than them agrees, and only then does it open anything.

Nothing falls back to one person. Where nobody could ever agree, the act is refused with who is missing; stops and
pauses never come by here, they are always possible alone.
"""

from sqlalchemy import select

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t


def ask(act: Writing, debtor_id: str, kind: TaskKind, attempt_id: str | None = None) -> str:
    """Open a task that another lead has to agree to; returns its id. Raises Refused where there is none."""
    require_somebody(act)
    return tasks.open_task(act, debtor_id, kind, attempt_id)


def drop(act: Writing, task_id: str | None, debtor_id: str) -> None:
    """Close the task of what is taken back: nobody has to agree to it any more."""
    state = t.task_state.c
    if task_id and act.conn.execute(select(state.open).where(state.task_id == task_id)).scalar():
        tasks.close_task(act, task_id, debtor_id, TaskDecision.WITHDRAWN)


def require_somebody(act: Writing) -> None:
    """Raise Refused ``office.second_missing`` where nobody but who acts could agree."""
    people = act.conn.execute(select(t.person.c.id, t.person.c.roles).where(t.person.c.active.is_(True))).all()
    if not any(row.id != act.person_id and may(row.roles, Act.AGREE) for row in people):
        raise Refused("office.second_missing")
