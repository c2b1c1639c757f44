"""Questions about what waits for a lead."""

from collector_desk.domain.office.tasks import WaitingTask
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.store import tables as t
from collector_desk.store.permits import tasks
from tests.samples.ids import an_id

WHO, OTHER, CALL = an_id("debtor"), an_id("other"), an_id("call")


def test_what_waits_about_a_debtor_is_open_and_about_nobody_else(conn, filed):
    first = filed(t.task, debtor_id=WHO, kind=TaskKind.COMPLAINT, attempt_id=CALL)
    second = filed(t.task, debtor_id=WHO, kind=TaskKind.CONTACTS)
    settled = filed(t.task, debtor_id=WHO, kind=TaskKind.DISPUTE)
    filed(t.task, debtor_id=OTHER, kind=TaskKind.COMPLAINT)
    filed(t.task_done, whose=WHO, task_id=settled, decision=TaskDecision.RELEASED)
    assert tasks.waiting(conn, WHO) == (
        WaitingTask(first, TaskKind.COMPLAINT, CALL),
        WaitingTask(second, TaskKind.CONTACTS, None),
    )
    assert tasks.waiting(conn, an_id("nobody")) == ()
