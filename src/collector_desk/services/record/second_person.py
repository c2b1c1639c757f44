"""What needs a second person: one writes it, a lead other than them agrees, and only then does it open anything.

Nothing falls back to one person. Where nobody could ever agree, the act is refused with who is missing; stops and
pauses never come by here, they are always possible alone.
"""

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store.desk.people import active
from collector_desk.store.permits.tasks import waiting


def ask(act: Writing, debtor_id: str, kind: TaskKind, attempt_id: str | None = None) -> str:
    """Open a task that another lead has to agree to; returns its id. Raises Refused where there is none."""
    require_somebody(act)
    return tasks.open_task(act, debtor_id, kind, attempt_id)


def drop(act: Writing, task_id: str | None, debtor_id: str) -> None:
    """Close the task of what is taken back: nobody has to agree to it any more."""
    if task_id and any(one.id == task_id for one in waiting(act.conn, debtor_id)):
        tasks.close_task(act, task_id, debtor_id, TaskDecision.WITHDRAWN)


def require_somebody(act: Writing) -> None:
    """Raise Refused ``office.second_missing`` where nobody but who acts could agree."""
    if not any(one.id != act.person_id and may(one.roles, Act.AGREE) for one in active(act.conn)):
        raise Refused("office.second_missing")
