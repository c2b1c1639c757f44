"""Lists take as many statements for many visits as for one."""

from datetime import timedelta

import pytest

from collector_desk.domain.plain import to_plain
from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.incidents import IncidentKind, IncidentReport
from collector_desk.domain.visits.steps import StepTaken, VisitState, VisitStep
from collector_desk.store import tables as t
from collector_desk.store.visits.incidents import all_incidents
from collector_desk.store.visits.lists import visit_rows
from collector_desk.store.visits.reading import numbers_of, read_visits
from collector_desk.store.visits.rounds import planned_between, waiting
from tests.samples.ids import an_id
from tests.samples.rows import AT
from tests.samples.statements import statements
from tests.samples.visit_values import a_report


@pytest.fixture
def reported(visit, plan, filed):
    """A visit that waits for its signatures, with an incident on the way."""

    def make() -> str:
        visit_id = visit(VisitState.PLANNED, plan)
        visit.line(visit_id, VisitLine.REPORT, a_report())
        step = StepTaken(VisitStep.REPORT, an_id("me"), "我", AT)
        visit.line(visit_id, VisitLine.STEP, step, state=VisitState.REPORTED)
        task = filed(t.task, debtor_id=visit.debtor_id, kind="incident")
        said = {"incident_kind": "threat", "visit_id": visit_id, "task_id": task}
        made = filed(t.incident, debtor_id=visit.debtor_id, **said)
        filed(t.incident_line, incident_id=made, content=to_plain(IncidentReport(IncidentKind.THREAT, AT)))
        visit(VisitState.PLANNED, plan)
        visit()
        return visit_id

    return make


def test_more_visits_take_no_more_statements(conn, asked, reported, plan):
    ids: list[str] = []
    questions = {
        visit_rows: lambda: visit_rows(conn, called_off_from=AT),
        read_visits: lambda: read_visits(conn, ids),
        numbers_of: lambda: numbers_of(conn, ids),
        planned_between: lambda: planned_between(conn, plan.start, plan.start + timedelta(days=1)),
        waiting: lambda: waiting(conn),
        all_incidents: lambda: all_incidents(conn),
    }
    asked_for: dict[str, set[tuple[int, int]]] = {ask.__name__: set() for ask in questions}
    for wave in (1, 4):
        ids += [reported() for _ in range(wave)]
        for ask, run in questions.items():
            with statements(asked) as counted:
                found = len(run())
            asked_for[ask.__name__].add((found, counted.total))
    assert asked_for == {
        "visit_rows": {(3, 3), (15, 3)},
        "read_visits": {(1, 2), (5, 2)},
        "numbers_of": {(1, 1), (5, 1)},
        "planned_between": {(1, 1), (5, 1)},
        "waiting": {(1, 1), (5, 1)},
        "all_incidents": {(1, 2), (5, 2)},
    }
