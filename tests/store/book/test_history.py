"""What is known of a debtor is read whole, of one or of many, and each part of it means what it says."""

from datetime import date, timedelta

import pytest

from collector_desk.domain.book.debts import NumberSource
from collector_desk.domain.calls.outcomes import StepKind
from collector_desk.domain.conduct.values import ApprovalKind, ConsentScope, External
from collector_desk.domain.message import Message
from collector_desk.domain.states import TaskDecision, VisitLine
from collector_desk.domain.visits.steps import VisitState, VisitStep
from collector_desk.domain.visits.visit import TapKind
from collector_desk.domain.vocabulary import (
    Addressee,
    Channel,
    Direction,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    PayChannel,
    PromiseState,
    Result,
    Speaker,
    TaskKind,
)
from collector_desk.store import tables as t
from collector_desk.store.book import history
from collector_desk.store.ids import new_id
from collector_desk.store.tables.history import journal
from tests.samples.rows import AT
from tests.samples.statements import statements

TODAY = date(2026, 11, 23)
SHARED = "16188001002"


@pytest.fixture
def debtor(filed):
    """Makes a debtor with an account, and numbers: (digits, kind, standing)."""
    placement = filed(t.placement, terms={"bank_name": "某银行", "mandate_ends": "2026-11-22"})

    def make(*numbers, name="王明"):
        said = {"customer_no": new_id(), "zone": "Asia/Shanghai", "flags": [], "queue_class": 7}
        who = filed(t.debtor, name=name, queue_why=_why(), **said)
        filed(t.account_case, debtor_id=who, placement_id=placement, currency="CNY", state="open", bank_days=40)
        for place, (digits, kind, standing) in enumerate(numbers):
            said = {"number": digits, "kind": kind, "standing": standing, "source": NumberSource.BANK}
            filed(t.phone, debtor_id=who, position=place, **said)
        return who

    return make


def _why():
    return {"code": "book.in_work", "params": {}}


def own(digits="16188001001"):
    return digits, NumberKind.MOBILE, NumberStanding.UNKNOWN


def read(conn, who):
    found = history.of(conn, who, TODAY)
    assert found is not None
    return found


@pytest.fixture
def tried(conn, filed):
    """Makes an attempt with ends, the last of which holds; the others were taken back."""

    def make(who, phone, *outcomes, days=1):
        attempt = filed(
            t.attempt,
            debtor_id=who,
            phone_id=phone.id,
            begun_at=AT - timedelta(days=days),
            channel=Channel.CALL,
            direction=Direction.OUT,
            addressee=Addressee.DEBTOR,
        )
        for place, (outcome, result) in enumerate(outcomes):
            end = filed(
                t.attempt_end,
                attempt_id=attempt,
                debtor_id=who,
                outcome=outcome,
                result=result,
                speaker=Speaker.DEBTOR,
                next_step=StepKind.TRY_AGAIN,
                path=[],
                identity_right=[],
                note=f"{outcome}",
            )
            if place < len(outcomes) - 1:
                filed(t.taken_back, attempt_id=attempt, attempt_end_id=end, whose=who)
        return attempt

    return make


NOBODY = Outcome.NO_ANSWER, Result.NO_ANSWER
TALK = Outcome.REFUSES, Result.EFFECTIVE
STRANGER = Outcome.WRONG_NUMBER, Result.WRONG_PERSON


def test_nobody_is_nobody(conn):
    assert history.of(conn, new_id(), TODAY) is None


def test_an_attempt_has_every_end_it_ever_had(conn, debtor, tried):
    who = debtor(own())
    (phone,) = read(conn, who).phones
    tried(who, phone, NOBODY, TALK)
    tried(who, phone, days=0)
    past = read(conn, who)
    first, still_open = past.attempts
    assert (first.outcome, first.result, first.phone_id) == (*TALK, phone.id)
    assert [(end.result, end.holds) for end in first.ends] == [(NOBODY[1], False), (TALK[1], True)]
    assert past.taken_back == {first.ends[0].id}
    assert past.last_note == Outcome.REFUSES
    assert still_open.outcome is None
    assert still_open.ends == ()


def test_others_calls_on_a_shared_number_are_read_as_far_back_as_rules_count(conn, debtor, tried):
    who, other, stranger = debtor(own(), own(SHARED)), debtor(own(SHARED), own("16188001003")), debtor(own("1"))
    theirs = {phone.number: phone for phone in read(conn, other).phones}
    near = tried(other, theirs[SHARED], NOBODY, days=3)
    tried(other, theirs[SHARED], NOBODY, days=60)
    tried(other, theirs["16188001003"], NOBODY, days=3)
    past = read(conn, who)
    assert [(one.id, one.debtor_id, one.number) for one in past.others] == [(near, other, SHARED)]
    assert [phone.shared for phone in past.phones] == [False, True]
    assert read(conn, stranger).others == ()


def test_a_contact_who_said_stop_elsewhere_is_told_of(conn, debtor):
    contact = SHARED, NumberKind.CONTACT, NumberStanding.UNKNOWN
    who = debtor(own(), contact)
    debtor((SHARED, NumberKind.CONTACT, NumberStanding.STOPPED))
    assert read(conn, who).stopped_elsewhere == {SHARED}
    assert read(conn, who).phones[1].kind is NumberKind.CONTACT


def test_a_number_a_lead_gave_back_is_asked_for_where_somebody_else_answered(conn, filed, debtor, tried):
    who = debtor(own())
    (phone,) = read(conn, who).phones
    said = {"standing": NumberStanding.UNKNOWN, "source": NumberSource.LEAD}
    filed(t.phone_event, phone_id=phone.id, whose=who, **said)
    assert read(conn, who).accepted == frozenset()
    tried(who, phone, STRANGER)
    assert read(conn, who).accepted == {phone.number}


def test_figures_count_once_taken_and_agreed(conn, filed, debtor):
    who, agreed, refused = debtor(own()), new_id(), new_id()
    taken = filed(t.counts_taken, newest_as_of=AT)
    for hours, counts_id, task in ((3, taken, None), (2, taken, agreed), (1, taken, refused), (0, new_id(), None)):
        at = AT - timedelta(hours=hours)
        filed(t.external_count, debtor_id=who, counts_id=counts_id, as_of=at, task_id=task, connected_today=hours)
    filed(t.external_count, debtor_id=who, counts_id=taken, as_of=AT - timedelta(days=5), connected_today=9)
    filed(t.task_done, task_id=agreed, decision=TaskDecision.APPROVED, whose=who)
    filed(t.task_done, task_id=refused, decision=TaskDecision.REFUSED, whose=who)
    found = [External(AT - timedelta(hours=hours), 0, hours) for hours in (2, 3)]
    assert [(one.as_of, one.connected_today) for one in read(conn, who).counts] == [
        (one.as_of, one.connected_today) for one in found
    ]


def test_a_visit_says_when_somebody_stood_at_the_door_and_what_comes_next(conn, filed, debtor):
    who = debtor(own())
    visit = filed(
        t.visit_state,
        debtor_id=who,
        state=VisitState.ACCEPTED,
        next_step="call_back",
        next_at=AT + timedelta(days=2),
    )
    tap = {"kind": TapKind.ARRIVED.value, "at": AT.isoformat()}
    filed(t.visit_line, visit_id=visit, line_kind=VisitLine.TAP, content=tap, whose=who)
    step = {"line_kind": VisitLine.STEP, "step": VisitStep.FIND_NOBODY, "content": {}, "state": "accepted"}
    filed(t.visit_line, visit_id=visit, whose=who, **step)
    past = read(conn, who)
    (seen,) = past.visits
    assert (seen.arrived_at, seen.led_to) == (AT, Result.NO_ANSWER)
    assert past.last_visit == seen
    assert past.waits_on is None
    filed(t.visit_state, debtor_id=who, state=VisitState.PLANNED)
    assert read(conn, who).waits_on == Message("book.waits_for_visit", {})


def test_flags_are_as_their_last_event_left_them(conn, filed, debtor):
    who = debtor(own())
    for flag, on in ((Flag.CEASE, True), (Flag.DISPUTED, True), (Flag.CEASE, False)):
        filed(t.flag_event, debtor_id=who, flag=flag, on=on)
    assert read(conn, who).flags == {Flag.DISPUTED}


def test_promises_say_what_became_of_them(conn, filed, debtor):
    who = debtor(own())
    promise = filed(t.promise, debtor_id=who, channel=PayChannel.BANK_APP, currency="CNY", needs_lead=True)
    filed(t.promise_event, promise_id=promise, state=PromiseState.BROKEN, whose=who)
    (found,) = read(conn, who).promises
    assert (found.id, found.state, found.needs_lead) == (promise, PromiseState.BROKEN, True)
    assert history.promises_of(conn, who) == (found,)


def test_consents_say_who_noted_them_and_whether_they_are_in_force(conn, filed, debtor):
    who, asked = debtor(own()), new_id()
    free = filed(t.consent, debtor_id=who, scope=ConsentScope.CALL_BACK)
    waits = filed(t.consent, debtor_id=who, scope=ConsentScope.AGREED_HOURS, task_id=asked)
    filed(t.consent_withdrawn, consent_id=free, at=AT + timedelta(hours=1), whose=who)
    first, second = read(conn, who).consents
    assert (first.id, first.by, first.noted_at, first.agreed) == (free, "test", AT, True)
    assert first.consent.withdrawn_at == AT + timedelta(hours=1)
    assert (second.id, second.agreed, second.task_id) == (waits, False, asked)


def test_what_leads_decided_and_what_waits_for_them(conn, filed, debtor):
    who = debtor(own())
    filed(t.approval, debtor_id=who, approval_kind=ApprovalKind.RELEASE, flag=Flag.CEASE)
    filed(t.gate_override, debtor_id=who, rule="a_cap", reason="客户来电")
    done = filed(t.task, debtor_id=who, kind=TaskKind.COMPLAINT)
    open_one = filed(t.task, debtor_id=who, kind=TaskKind.DISPUTE)
    filed(t.task_done, task_id=done, decision=TaskDecision.APPROVED, whose=who)
    for attempts in (1, 2):
        filed(t.scheduled, debtor_id=who, due_at=AT, attempts=attempts, why=_why())
    past = read(conn, who)
    assert [(one.kind, one.flag) for one in past.approvals] == [(ApprovalKind.RELEASE, Flag.CEASE)]
    assert [(one.rule, one.reason) for one in past.overrides] == [("a_cap", "客户来电")]
    assert [one.id for one in past.tasks] == [open_one]
    assert past.waits_on == Message("book.waits_for_lead", {})
    assert past.set_for is not None
    assert past.set_for.attempts == 2


def test_the_last_word_on_a_guarantee_holds(conn, filed, debtor):
    surety = "16188001005", NumberKind.GUARANTOR, NumberStanding.UNKNOWN
    who = debtor(own(), surety, ("16188001006", NumberKind.GUARANTOR, NumberStanding.UNKNOWN))
    _, first, second = read(conn, who).phones
    for phone, proven in ((first, True), (second, True), (second, False)):
        filed(t.guarantee, debtor_id=who, phone_id=phone.id, proven=proven, name="李保")
    assert {phone: one.name for phone, one in read(conn, who).guarantees.items()} == {first.id: "李保"}


def test_an_account_is_as_it_stands_on_the_day(conn, debtor):
    who = debtor(own())
    (case,) = read(conn, who).accounts
    assert not case.in_mandate
    (before,) = history.of(conn, who, TODAY - timedelta(days=1)).accounts
    assert before.in_mandate
    assert case.days == before.days + 1


def test_many_are_read_as_each_of_them(conn, filed, asked, debtor, tried):
    ids = [debtor(own(f"1618800{place:04}"), own(SHARED)) for place in range(7)]
    for place, who in enumerate(ids):
        for phone in read(conn, who).phones[: place % 3]:
            tried(who, phone, NOBODY, *([STRANGER] if place % 2 else []))
        if place % 2:
            filed(t.flag_event, debtor_id=who, flag=Flag.CEASE, on=True)
    each = {who: read(conn, who) for who in ids}
    with statements(asked) as counted:
        assert history.of_many(conn, ids, TODAY) == each
    assert counted.total == 0  # kept: nothing has changed since
    filed(t.flag_event, debtor_id=ids[0], flag=Flag.CEASE, on=True)
    with statements(asked) as counted:
        again = history.of_many(conn, ids, TODAY)
    assert {who for who in ids if again[who] != each[who]} == {ids[0]}
    assert set(counted.by_table) >= {"debtor", "flag_event"}
    assert not set(counted.by_table) & {"phone", "attempt_end", "account_case", journal.name}
