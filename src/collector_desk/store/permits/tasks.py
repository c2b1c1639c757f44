"""Questions about what waits for a lead."""

from datetime import datetime

from sqlalchemy import and_, bindparam, func, select

from collector_desk.domain.office.tasks import URGENT, AskedTask, LeadTask, WaitingTask
from collector_desk.domain.vocabulary import Outcome, TaskKind
from collector_desk.store import tables as t
from collector_desk.store.book import history
from collector_desk.store.calls import HOLDS
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal

_TASK, _END = t.task.c, t.attempt_end.c
_OPEN = t.task.join(t.task_state, t.task_state.c.task_id == _TASK.id)


def waiting(conn: Connection, debtor_id: str) -> tuple[WaitingTask, ...]:
    """All about one debtor that waits for a lead's answer, the first asked first."""
    return history.tasks_of(conn, debtor_id)


_ABOUT = (
    _OPEN.outerjoin(t.attempt, t.attempt.c.id == _TASK.attempt_id)
    .outerjoin(t.attempt_end, and_(_END.attempt_id == t.attempt.c.id, HOLDS))
    .outerjoin(t.incident, t.incident.c.task_id == _TASK.id)
)
"""Every task with the call or the incident it is about."""
_LIST = (
    select(
        t.task,
        t.debtor.c.name,
        func.coalesce(t.attempt.c.actor_id, t.incident.c.begun_by, journal.c.actor_id, _TASK.opened_by).label(
            "by_id"
        ),
        func.coalesce(_END.note, shown(t.incident), t.lead_asked.c.reason).label("note"),
        _END.outcome,
    )
    .select_from(
        _ABOUT.join(t.debtor, t.debtor.c.id == _TASK.debtor_id)
        .outerjoin(t.lead_asked, t.lead_asked.c.task_id == _TASK.id)
        .outerjoin(journal, journal.c.row_id == t.lead_asked.c.id)
    )
    .where(t.task_state.c.open.is_(True))
    .order_by(*(_TASK.kind != kind for kind in URGENT), _TASK.due_at, _TASK.id)
)


def open_tasks(conn: Connection) -> tuple[LeadTask, ...]:
    """The leads' list: danger to a life, then incidents, then what runs out first."""
    return tuple(
        LeadTask(
            row.id,
            row.debtor_id,
            row.name,
            TaskKind(row.kind),
            row.due_at,
            row.by_id,
            row.note or "",
            row.attempt_id,
            Outcome(row.outcome) if row.outcome else None,
        )
        for row in conn.execute(_LIST)
    )


_ONE = (
    select(
        t.task,
        t.task_state.c.open,
        t.attempt.c.actor_id,
        _END.actor_id.label("ended_by"),
        _END.outcome,
        t.incident.c.begun_by,
    )
    .select_from(_ABOUT)
    .where(_TASK.id == bindparam("task_id"))
)


def task_of(conn: Connection, task_id: str) -> AskedTask | None:
    """One task, also where it is settled; None where there is none."""
    row = conn.execute(_ONE, {"task_id": task_id}).first()
    if row is None:
        return None
    return AskedTask(
        id=row.id,
        debtor_id=row.debtor_id,
        kind=TaskKind(row.kind),
        open=row.open,
        opened_by=row.opened_by,
        attempt_id=row.attempt_id,
        outcome=Outcome(row.outcome) if row.outcome else None,
        acted=frozenset({row.actor_id, row.ended_by, row.begun_by}) - {None},
    )


_OPENED = select(journal.c.at).join(t.task, _TASK.id == journal.c.row_id).where(_TASK.id == bindparam("task_id"))


def opened_at(conn: Connection, task_id: str) -> datetime:
    """When a task was put on the list."""
    found: datetime = conn.execute(_OPENED, {"task_id": task_id}).scalar_one()
    return found
