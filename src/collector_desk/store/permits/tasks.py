"""Questions about what waits for a lead."""

from sqlalchemy import bindparam, select

from collector_desk.domain.office.tasks import WaitingTask
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_OF_DEBTOR = (
    select(t.task.c.id, t.task.c.kind, t.task.c.attempt_id)
    .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
    .where(t.task_state.c.debtor_id == bindparam("debtor_id"), t.task_state.c.open.is_(True))
    .order_by(t.task.c.id)
)


def waiting(conn: Connection, debtor_id: str) -> tuple[WaitingTask, ...]:
    """All about one debtor that waits for a lead's answer, the first asked first."""
    return tuple(
        WaitingTask(row.id, TaskKind(row.kind), row.attempt_id)
        for row in conn.execute(_OF_DEBTOR, {"debtor_id": debtor_id})
    )
