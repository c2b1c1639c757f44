"""Incidents with their newest report, and who has still to write one down."""

from sqlalchemy import Connection, Select, bindparam, or_, select

from collector_desk.domain.plain import from_plain
from collector_desk.domain.visits.incidents import Incident, IncidentReport
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown
from collector_desk.store.visits.reading import teams_of

_I, _LINE, _STATE = t.incident.c, t.incident_line.c, t.visit_state.c
_OTHER = t.incident_line.alias("other")
_NEWEST = (
    select(_OTHER.c.id)
    .where(_OTHER.c.incident_id == _I.id, _OTHER.c.salt.is_not(None))
    .order_by(_OTHER.c.version.desc(), _OTHER.c.id.desc())
    .limit(1)
    .correlate(t.incident)
    .scalar_subquery()
)
_INCIDENTS = (
    select(
        t.incident,
        shown(t.incident),
        t.debtor.c.name,
        t.person.c.name.label("by_name"),
        t.task_state.c.open,
        _LINE.content,
    )
    .select_from(
        t.incident.join(t.debtor, t.debtor.c.id == _I.debtor_id)
        .join(t.task_state, t.task_state.c.task_id == _I.task_id)
        .join(t.incident_line, _LINE.incident_id == _I.id)
        .outerjoin(t.person, t.person.c.id == _I.begun_by)
    )
    .where(_LINE.id == _NEWEST)
    .order_by(_I.id.desc())
)
_ONE = _INCIDENTS.where(_I.id == bindparam("incident_id"))
_OF_TASK = _INCIDENTS.where(_I.task_id == bindparam("task_id"))


def all_incidents(conn: Connection) -> tuple[Incident, ...]:
    """Every incident that was not erased, the newest first."""
    return _read(conn, _INCIDENTS, {})


def incident_of(conn: Connection, incident_id: str) -> Incident | None:
    """One incident; None where there is none, or it was erased."""
    return next(iter(_read(conn, _ONE, {"incident_id": incident_id})), None)


def incident_of_task(conn: Connection, task_id: str) -> Incident | None:
    """The incident behind a task of the leads' list, if it is one."""
    return next(iter(_read(conn, _OF_TASK, {"task_id": task_id})), None)


def _read(conn: Connection, statement: Select[tuple[object, ...]], asked: dict[str, str]) -> tuple[Incident, ...]:
    rows = conn.execute(statement, asked).all()
    visits = [row.visit_id for row in rows if row.visit_id]
    teams = teams_of(conn, visits) if visits else {}
    return tuple(
        Incident(
            row.id,
            row.number,
            row.debtor_id,
            row.name,
            row.visit_id,
            teams.get(row.visit_id, frozenset()),
            row.begun_at,
            row.begun_by,
            row.by_name or "",
            row.task_id,
            row.open,
            from_plain(IncidentReport, row.content),
        )
        for row in rows
    )


_UNWRITTEN = (
    select(_I.visit_id, _I.id)
    .join(t.visit_state, _STATE.visit_id == _I.visit_id)
    .where(
        _I.id.not_in(select(_LINE.incident_id).where(_LINE.version > 0)),
        or_(
            _I.begun_by == bindparam("who"),
            _STATE.lead_visitor_id == bindparam("who"),
            _STATE.companion_id == bindparam("who"),
        ),
    )
    .order_by(_I.id)
)


def unwritten(conn: Connection, person_id: str) -> tuple[tuple[str, str], ...]:
    """Visits this person was on, of which an incident was begun and never written down, and the incident's id."""
    return tuple((row.visit_id, row.id) for row in conn.execute(_UNWRITTEN, {"who": person_id}))
