"""Dangers to a life and incidents that are not settled, with what became of each so far."""

from typing import Any

from sqlalchemy import bindparam, func, select

from collector_desk.domain.alarms import Alarm, Told
from collector_desk.domain.office.tasks import URGENT
from collector_desk.domain.states import AlarmLine
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown

_BY = func.coalesce(t.attempt.c.actor_id, t.incident.c.begun_by)
_UNSETTLED = (
    select(
        t.task.c.id,
        t.task.c.debtor_id,
        t.task.c.due_at,  # both are due the instant they are filed
        t.debtor.c.name,
        _BY.label("by"),
        t.person.c.name.label("by_name"),
        t.incident.c.incident_kind,
        shown(t.incident),
        t.incident.c.visit_id,
    )
    .select_from(
        t.task_state.join(t.task, t.task.c.id == t.task_state.c.task_id)
        .join(t.debtor, t.debtor.c.id == t.task.c.debtor_id)
        .outerjoin(t.attempt, t.attempt.c.id == t.task.c.attempt_id)
        .outerjoin(t.incident, t.incident.c.task_id == t.task.c.id)
        .outerjoin(t.person, t.person.c.id == _BY)
    )
    .where(t.task_state.c.open.is_(True), t.task.c.kind.in_(URGENT))
    .order_by(t.task.c.kind != URGENT[0], t.task.c.id.desc())
)
_LINES = (
    select(t.alarm_line, t.person.c.name)
    .join(t.person, t.person.c.id == t.alarm_line.c.person_id)
    .where(t.alarm_line.c.task_id.in_(bindparam("ids", expanding=True)))
    .order_by(t.alarm_line.c.id)
)


def unsettled(conn: Connection) -> tuple[Alarm, ...]:
    """What no lead has settled yet, danger to a life before everything and the newest first."""
    rows = conn.execute(_UNSETTLED).all()
    if not rows:
        return ()
    lines: dict[str, list[Any]] = {}
    for line in conn.execute(_LINES, {"ids": [row.id for row in rows]}):
        lines.setdefault(line.task_id, []).append(line)
    return tuple(_alarm(row, lines.get(row.id, [])) for row in rows)


def _alarm(row: Any, lines: list[Any]) -> Alarm:
    return Alarm(
        task_id=row.id,
        debtor_id=row.debtor_id,
        debtor_name=row.name,
        kind=IncidentKind(row.incident_kind) if row.incident_kind else IncidentKind.RISK_TO_LIFE,
        at=row.due_at,
        by=row.by or "",
        by_name=row.by_name or "",
        number=row.number or "",
        visit_id=row.visit_id,
        opened=any(line.line_kind == AlarmLine.OPENED for line in lines),
        told=tuple(
            Told(line.name, line.told_at, line.words or "") for line in lines if line.line_kind == AlarmLine.TOLD
        ),
    )
