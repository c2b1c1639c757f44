"""Incidents with their newest report."""

import pytest

from collector_desk.domain.plain import to_plain
from collector_desk.domain.visits.incidents import IncidentKind, IncidentReport
from collector_desk.domain.visits.steps import VisitState
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.visits.incidents import all_incidents, incident_of, incident_of_task, unwritten
from tests.samples.ids import an_id
from tests.samples.rows import AT

ME = an_id("me")


@pytest.fixture
def incident(filed, visit):
    """An incident with its reports up to a version, of a visit or of none; returns its id and its task's."""

    def make(versions: int = 0, *, of: str | None = None, by: str = ME, done: bool = False) -> tuple[str, str]:
        task = filed(t.task, debtor_id=visit.debtor_id, kind="incident")
        if done:
            filed(t.task_done, task_id=task, decision="approved", whose=visit.debtor_id)
        said = {"incident_kind": "threat", "begun_by": by, "task_id": task}
        given = {"visit_id": of} if of else {}
        made = filed(t.incident, debtor_id=visit.debtor_id, begun_at=AT, **said, **given)
        for version in range(versions + 1):
            report = IncidentReport(IncidentKind.THREAT, AT, happened=f"第{version}版", version=version)
            filed(t.incident_line, incident_id=made, version=version, content=to_plain(report))
        return made, task

    return make


def test_an_incident_has_its_newest_report_and_the_team_that_was_there(conn, incident, visit, plan, filed):
    who = filed(t.person, name="王走访", roles=[])
    visit_id = visit(VisitState.ON_SITE, plan)
    made, task = incident(2, of=visit_id, by=who)
    found = incident_of(conn, made)
    assert (found.report.happened, found.report.version) == ("第2版", 2)
    assert (found.debtor_name, found.visit_id, found.begun_by_name) == ("张三", visit_id, "王走访")
    assert (found.team, found.task_id) == ({member.person_id for member in plan.team}, task)
    assert found.open
    assert incident_of(conn, an_id("none")) is None


def test_a_settled_incident_and_one_of_no_visit(conn, incident):
    found = incident_of(conn, incident(done=True)[0])
    assert (found.open, found.visit_id, found.team) == (False, None, frozenset())


def test_all_incidents_are_told_newest_first_but_no_erased_ones(conn, incident):
    first, second, third = incident()[0], incident(1)[0], incident()[0]
    found = all_incidents(conn)
    assert [one.id for one in found] == [third, second, first]
    line = conn.execute(t.incident_line.select().where(t.incident_line.c.incident_id == third)).one()
    erase_row(conn, t.incident_line, line.id, actor_id=ME, at=AT)
    assert [one.id for one in all_incidents(conn)] == [second, first]


def test_the_incident_behind_a_task(conn, incident):
    made, task = incident()
    incident()
    assert incident_of_task(conn, task).id == made
    assert incident_of_task(conn, an_id("other task")) is None


def test_who_was_there_has_still_to_write_it_down(conn, incident, visit, plan):
    visit_id = visit(VisitState.ON_SITE, plan)
    open_one, _ = incident(of=visit_id)
    incident(1, of=visit_id)
    incident()
    mine = ((visit_id, open_one),)
    assert unwritten(conn, ME) == unwritten(conn, plan.lead.person_id) == mine
    assert unwritten(conn, plan.companion.person_id) == mine
    assert unwritten(conn, an_id("stranger")) == ()
