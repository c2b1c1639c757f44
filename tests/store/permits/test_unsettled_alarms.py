"""Dangers to a life and incidents that are not settled."""

import pytest

from collector_desk.domain.alarms import Alarm, Told
from collector_desk.domain.states import AlarmLine, TaskDecision
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.store import tables as t
from collector_desk.store.numbers import own
from collector_desk.store.permits.alarms import unsettled
from tests.samples.ids import an_id
from tests.samples.rows import AT


@pytest.fixture
def who(filed) -> str:
    return filed(t.debtor, name="朱雪彩", customer_no="1")


def test_danger_comes_first_then_the_newest_and_nothing_that_is_settled_or_no_alarm(conn, filed, who):
    def task(kind: TaskKind) -> str:
        return filed(t.task, debtor_id=who, kind=kind)

    assert unsettled(conn) == ()
    danger, older, newer = task(TaskKind.RISK_TO_LIFE), task(TaskKind.INCIDENT), task(TaskKind.INCIDENT)
    settled = task(TaskKind.RISK_TO_LIFE)
    task(TaskKind.COMPLAINT)
    filed(t.task_done, whose=who, task_id=settled, decision=TaskDecision.RELEASED)
    assert [one.task_id for one in unsettled(conn)] == [danger, newer, older]


def test_an_alarm_says_who_filed_it_who_was_told_and_whether_a_lead_has_it(conn, filed, who):
    caller, visitor = (filed(t.person, name=name, roles=[]) for name in ("张晓", "王走访"))
    call = filed(t.attempt, debtor_id=who, actor_id=caller)
    danger = filed(t.task, debtor_id=who, kind=TaskKind.RISK_TO_LIFE, attempt_id=call)
    told = {"line_kind": AlarmLine.TOLD, "told_at": AT, "words": "陈组长"}
    filed(t.alarm_line, debtor_id=who, task_id=danger, person_id=caller, **told)
    at_the_door = filed(t.task, debtor_id=who, kind=TaskKind.INCIDENT)
    filed(
        t.incident,
        debtor_id=who,
        task_id=at_the_door,
        begun_by=visitor,
        visit_id=an_id("visit"),
        incident_kind=IncidentKind.THREAT,
        serial=1044,
    )
    filed(t.alarm_line, debtor_id=who, task_id=at_the_door, person_id=caller, line_kind=AlarmLine.OPENED)
    assert unsettled(conn) == (
        Alarm(
            danger,
            who,
            "朱雪彩",
            IncidentKind.RISK_TO_LIFE,
            AT,
            caller,
            "张晓",
            told=(Told("张晓", AT, "陈组长"),),
        ),
        Alarm(
            at_the_door,
            who,
            "朱雪彩",
            IncidentKind.THREAT,
            AT,
            visitor,
            "王走访",
            number=f"{own(conn).prefix}-E1044",
            visit_id=an_id("visit"),
            opened=True,
        ),
    )
