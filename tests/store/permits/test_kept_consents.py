"""Questions about what a debtor agreed to."""

from datetime import timedelta

from collector_desk.domain.conduct.values import Consent, ConsentInForce, ConsentScope
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind, Verdict
from collector_desk.store import tables as t
from collector_desk.store.permits import consents
from collector_desk.store.permits.consents import GivenConsent
from tests.samples.ids import an_id
from tests.samples.rows import AT

WHO, OTHER = an_id("debtor"), an_id("other")
HOURS, BACK = ConsentScope.AGREED_HOURS, ConsentScope.CALL_BACK
DAY = timedelta(days=1)


def test_recordings_are_of_this_debtors_calls(conn, filed):
    for whose, name in ((WHO, "R-1"), (WHO, None), (OTHER, "R-2")):
        call = filed(t.attempt, debtor_id=whose)
        filed(t.attempt_end, debtor_id=whose, attempt_id=call, recording=name)
    assert consents.recordings(conn, WHO) == ("R-1",)


def test_a_task_is_about_one_consent_of_its_debtor(conn, filed):
    task_id = filed(t.task, debtor_id=WHO, kind=TaskKind.CONSENT)
    filed(t.consent, debtor_id=WHO, scope=BACK)
    said = {"window_from": 72_000, "window_to": 75_600, "words": "晚上打给我", "proof": "R-1"}
    filed(t.consent, debtor_id=WHO, task_id=task_id, scope=HOURS, until=AT + DAY, **said)
    expected = Consent(HOURS, AT, AT + DAY, (72_000, 75_600), "晚上打给我", "R-1")
    assert consents.of_task(conn, WHO, task_id) == expected
    assert consents.of_task(conn, OTHER, task_id) is None
    assert consents.of_task(conn, WHO, an_id("another")) is None


def test_what_acts_or_waits_is_in_force_and_nothing_that_ran_out_was_withdrawn_or_refused(conn, filed):
    def consent(whose: str = WHO, **said) -> str:
        return filed(t.consent, debtor_id=whose, scope=HOURS, **said)

    tasks = [filed(t.task, debtor_id=WHO, kind=TaskKind.CONSENT) for _ in range(3)]
    for task_id, decision in zip(tasks, (TaskDecision.APPROVED, TaskDecision.REFUSED), strict=False):
        filed(t.task_done, whose=WHO, task_id=task_id, decision=decision)
    at_once, agreed = consent(), consent(task_id=tasks[0], until=AT + DAY)
    consent(task_id=tasks[1])
    waits = consent(task_id=tasks[2])
    consent(until=AT)
    filed(t.consent_withdrawn, whose=WHO, consent_id=consent())
    consent(OTHER)
    assert consents.in_force(conn, WHO, AT) == (
        ConsentInForce(waits, HOURS, None, agreed=False),
        ConsentInForce(agreed, HOURS, AT + DAY),
        ConsentInForce(at_once, HOURS, None),
    )


def test_a_given_consent_stands_until_it_is_withdrawn(conn, filed):
    task_id = an_id("task")
    old = filed(t.consent, debtor_id=WHO, scope=BACK, until=AT - DAY, task_id=task_id)
    gone = filed(t.consent, debtor_id=WHO, scope=BACK)
    filed(t.consent_withdrawn, whose=WHO, consent_id=gone)
    assert consents.given(conn, old) == GivenConsent(WHO, task_id)
    assert consents.given(conn, gone) is None
    assert consents.given(conn, an_id("none")) is None


def test_who_was_last_told_no_is_remembered_a_yes_is_none(conn, filed):
    first, last = an_id("first"), an_id("last")
    assert consents.last_refused(conn, WHO) is None
    for by, whose, verdict in (
        (first, WHO, Verdict.BLOCK),
        (last, WHO, Verdict.ASK),
        (an_id("warned"), WHO, Verdict.WARN),
        (an_id("elsewhere"), OTHER, Verdict.BLOCK),
    ):
        filed(t.gate_decision, by=by, debtor_id=whose, verdict=verdict)
    assert consents.last_refused(conn, WHO) == last
