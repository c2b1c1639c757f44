"""Questions about what waits for a lead."""

from datetime import timedelta

import pytest

from collector_desk.domain.office.tasks import AskedTask, LeadTask, WaitingTask
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import Outcome, TaskKind
from collector_desk.store import tables as t
from collector_desk.store.numbers import own
from collector_desk.store.permits import tasks
from tests.samples.ids import an_id
from tests.samples.rows import AT

CALLER, ENDER, REPORTER, ASKER, OPENER = map(an_id, ("caller", "ender", "reporter", "asker", "opener"))


@pytest.fixture
def who(filed) -> str:
    return filed(t.debtor, name="朱雪彩", customer_no="1")


def call(filed, who, outcome=Outcome.COMPLAINT, note="投诉") -> str:
    attempt_id = filed(t.attempt, debtor_id=who, actor_id=CALLER)
    filed(t.attempt_end, debtor_id=who, actor_id=ENDER, attempt_id=attempt_id, outcome=outcome, note=note)
    return attempt_id


def test_what_waits_about_a_debtor_is_open_and_about_nobody_else(conn, filed, who):
    first = filed(t.task, debtor_id=who, kind=TaskKind.COMPLAINT, attempt_id=an_id("call"))
    second = filed(t.task, debtor_id=who, kind=TaskKind.CONTACTS)
    settled = filed(t.task, debtor_id=who, kind=TaskKind.DISPUTE)
    filed(t.task, debtor_id=an_id("other"), kind=TaskKind.COMPLAINT)
    filed(t.task_done, whose=who, task_id=settled, decision=TaskDecision.RELEASED)
    assert tasks.waiting(conn, who) == (
        WaitingTask(first, TaskKind.COMPLAINT, an_id("call")),
        WaitingTask(second, TaskKind.CONTACTS, None),
    )
    assert tasks.waiting(conn, an_id("nobody")) == ()


def test_the_list_begins_with_danger_and_incidents_and_then_goes_by_time(conn, filed, who):
    def task(kind: TaskKind, hours: int) -> str:
        return filed(t.task, debtor_id=who, kind=kind, due_at=AT + timedelta(hours=hours))

    late, early = task(TaskKind.COMPLAINT, 9), task(TaskKind.DISPUTE, 1)
    settled = task(TaskKind.DISPUTE, 0)
    incident, danger = task(TaskKind.INCIDENT, 5), task(TaskKind.RISK_TO_LIFE, 7)
    filed(t.task_done, whose=who, task_id=settled, decision=TaskDecision.RELEASED)
    assert [one.id for one in tasks.open_tasks(conn)] == [danger, incident, early, late]


def test_the_list_says_whose_act_each_is_about_and_in_which_words(conn, filed, who):
    attempt_id = call(filed, who)
    called = filed(t.task, debtor_id=who, kind=TaskKind.COMPLAINT, attempt_id=attempt_id, opened_by=OPENER)
    reported = filed(t.task, debtor_id=who, kind=TaskKind.INCIDENT)
    filed(t.incident, debtor_id=who, task_id=reported, begun_by=REPORTER, serial=1044)
    asked = filed(t.task, debtor_id=who, kind=TaskKind.NO_NUMBER)
    filed(t.lead_asked, by=ASKER, debtor_id=who, task_id=asked, reason="查不到新号码")
    opened = filed(t.task, debtor_id=who, kind=TaskKind.PLAN_REQUEST, opened_by=OPENER)
    found = {one.id: (one.opened_by, one.note) for one in tasks.open_tasks(conn)}
    assert found == {
        called: (CALLER, "投诉"),
        reported: (REPORTER, f"{own(conn).prefix}-E1044"),
        asked: (ASKER, "查不到新号码"),
        opened: (OPENER, ""),
    }
    (one,) = [one for one in tasks.open_tasks(conn) if one.id == called]
    assert one == LeadTask(
        called, who, "朱雪彩", TaskKind.COMPLAINT, AT, CALLER, "投诉", attempt_id, Outcome.COMPLAINT
    )


def test_the_outcome_that_holds_now_says_whether_a_pause_was_taken_back(conn, filed, who):
    attempt_id = call(filed, who)
    task_id = filed(t.task, debtor_id=who, kind=TaskKind.COMPLAINT, attempt_id=attempt_id)
    assert [one.taken_back for one in (*tasks.open_tasks(conn), tasks.task_of(conn, task_id))] == [False, False]
    (end_id,) = conn.exec_driver_sql("SELECT lower(hex(id)) FROM attempt_end").scalars()
    filed(t.taken_back, whose=who, attempt_id=attempt_id, attempt_end_id=end_id)
    for task in (*tasks.open_tasks(conn), tasks.task_of(conn, task_id)):
        assert (task.outcome, task.taken_back) == (None, True)
    filed(t.attempt_end, debtor_id=who, attempt_id=attempt_id, outcome=Outcome.NO_ANSWER)
    assert [(one.outcome, one.taken_back) for one in tasks.open_tasks(conn)] == [(Outcome.NO_ANSWER, True)]


def test_one_task_is_told_with_everybody_who_may_not_decide_it(conn, filed, who):
    attempt_id = call(filed, who)
    task_id = filed(t.task, debtor_id=who, kind=TaskKind.RISK_TO_LIFE, attempt_id=attempt_id, opened_by=OPENER)
    filed(t.incident, debtor_id=who, task_id=task_id, begun_by=REPORTER)
    expected = AskedTask(
        id=task_id,
        debtor_id=who,
        kind=TaskKind.RISK_TO_LIFE,
        open=True,
        opened_by=OPENER,
        attempt_id=attempt_id,
        outcome=Outcome.COMPLAINT,
        acted=frozenset({CALLER, ENDER, REPORTER}),
    )
    assert tasks.task_of(conn, task_id) == expected
    assert expected.bound == {CALLER, ENDER, REPORTER, OPENER}
    filed(t.task_done, whose=who, task_id=task_id, decision=TaskDecision.RELEASED)
    assert not tasks.task_of(conn, task_id).open
    assert tasks.task_of(conn, an_id("none")) is None


def test_when_a_task_was_opened_is_read_off_its_line(conn, filed, who):
    filed(t.task, debtor_id=who, kind=TaskKind.DISPUTE)
    task_id = filed(t.task, at=AT + timedelta(hours=2), debtor_id=who, kind=TaskKind.COMPLAINT)
    assert tasks.opened_at(conn, task_id) == AT + timedelta(hours=2)
