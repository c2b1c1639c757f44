from dataclasses import replace
from datetime import timedelta

import pytest

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.vocabulary import ArrearsReason, Direction, Outcome, Role, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Emergency
from collector_desk.services.permits import alarms, tasks
from collector_desk.services.visits import incidents
from collector_desk.store import presence
from collector_desk.store.verify import verify
from tests.samples import visit_story

NOTE = "客户说不想活了，已安抚并告知求助电话，等主管接手。"
TOLD = "打手机告诉了林主管，他说马上联系客户家属"


def begin(seat, who, direction=Direction.OUT):
    number = cases.open_case(seat, who).numbers[0].phone.id
    return calling.begin(seat, debtor_id=who, phone_id=number, direction=direction).attempt


def danger(seat, clock, who):
    """A call in which somebody spoke of ending their life."""
    attempt = begin(seat, who)
    clock.forward(minutes=2)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    log = CallLog(Outcome.RISK_TO_LIFE, Speaker.DEBTOR, checked, talk_seconds=90, note=NOTE)
    calling.finish(seat, attempt.id, replace(log, reason=ArrearsReason.OTHER, recording="R-1"))


@pytest.fixture
def sits(manager):
    """Sits people down at a window of the store."""
    sittings = []

    def sit(seat):
        sittings.append(presence.sit(manager.store.folder, seat.person.id))
        return sittings[-1]

    yield sit
    for one in sittings:
        one.leave()


def test_nobody_dials_on_until_they_wrote_down_whom_they_told(agent, debtor, clock):
    danger(agent, clock, debtor())
    after = debtor()
    with pytest.raises(Refused) as refused:
        begin(agent, after)
    assert refused.value.field_name == "told"
    clock.forward(minutes=5)
    alarms.tell(agent, TOLD, "10:05")
    assert begin(agent, after).debtor_id == after
    (one,) = alarms.state(agent).waiting
    assert [(told.by_name, told.words, told.at) for told in one.told] == [
        ("张晓", TOLD, clock.now() - timedelta(minutes=2))
    ]
    assert verify(agent.store).ok


@pytest.mark.parametrize(
    ("words", "at", "field_name"),
    [
        ("", "10:05", "words"),
        ("……", "10:05", "words"),
        ("。。。。。。。。", "10:05", "words"),
        ("啊啊啊啊啊啊啊", "10:05", "words"),
        ("asdfgh qwerty", "10:05", "words"),
        ("111111111", "10:05", "words"),
        ("有生命危险", "10:05", "words"),
        ("Danger to life", "10:05", "words"),
        ("没有告诉", "10:05", "words"),
        ("nobody", "10:05", "words"),
        (TOLD, "", "at"),
        (TOLD, "一会儿", "at"),
        (TOLD, "10:55", "at"),
        (TOLD, "09:30", "at"),
    ],
)
def test_an_answer_that_says_nothing_is_none(agent, debtor, clock, words, at, field_name):
    danger(agent, clock, debtor())
    clock.forward(minutes=5)
    with pytest.raises(Refused) as refused:
        alarms.tell(agent, words, at)
    assert refused.value.field_name == field_name
    with pytest.raises(Refused):
        begin(agent, debtor())


def test_the_question_is_for_who_filed_it_and_not_for_who_answers_the_phone(agent, seat_of, debtor, clock):
    other = seat_of("李明", Role.AGENT)
    danger(agent, clock, debtor())
    assert begin(other, debtor()).direction is Direction.OUT, "nobody else is held up"
    assert begin(agent, debtor(), Direction.IN), "whoever rings is answered"


def test_an_incident_asks_the_same(agent, debtor, clock):
    incidents.begin(agent, IncidentKind.THREAT, debtor_id=debtor())
    with pytest.raises(Refused) as refused:
        begin(agent, debtor())
    assert refused.value.field_name == "told"


def test_a_lead_at_a_window_sees_it_so_nothing_is_asked(agent, manager, seat_of, debtor, clock, sits):
    visitor = seat_of("王走访", Role.VISITOR)
    sits(agent), sits(visitor)
    danger(agent, clock, debtor())
    assert not alarms.state(agent).lead_there
    there = sits(manager)
    assert alarms.state(agent).lead_there
    attempt = begin(agent, debtor())
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    there.leave()  # locked, signed out, or crashed
    with pytest.raises(Refused):
        begin(agent, debtor())


def test_it_waits_before_everybody_until_a_lead_opens_it(agent, manager, debtor, clock):
    who = debtor()
    danger(agent, clock, who)
    (one,) = alarms.state(agent).waiting
    assert (one.debtor_id, one.kind, one.by_name, one.at) == (
        who,
        IncidentKind.RISK_TO_LIFE,
        "张晓",
        clock.now(),
    )
    with pytest.raises(Refused):
        alarms.open_alarm(agent, one.task_id)
    assert alarms.open_alarm(manager, one.task_id).debtors == {who}
    assert alarms.open_alarm(manager, one.task_id).debtors == frozenset(), "once is enough"
    for seat in (agent, manager):
        found = alarms.state(seat)
        assert (found.waiting, found.unsettled) == ((), 1)
    assert begin(agent, debtor())
    tasks.settle(manager, one.task_id, approve=False, reason="已联系家属和当地社区，暂停联系。")
    assert alarms.state(manager).unsettled == 0


def test_a_danger_is_taken_back_by_nobody_alone(agent, manager, debtor, clock):
    """A correction takes no danger to a life off the windows: a lead looks first, and then it waits for nobody."""
    danger(agent, clock, debtor())
    clock.forward(minutes=1)
    attempt, _ = calling.take_back(agent)
    (alarm,) = alarms.state(agent).waiting
    calling.finish(agent, attempt.id, CallLog(Outcome.NO_ANSWER))
    alarms.open_alarm(manager, alarm.task_id)
    assert alarms.state(agent).waiting == ()
    assert begin(agent, debtor())


def test_danger_stands_before_incidents_and_incidents_before_the_rest(agent, manager, debtor, clock, seat_of):
    team = seat_of("王走访", Role.VISITOR), seat_of("赵同行", Role.VISITOR)
    visit = visit_story.requested(agent, debtor("朱雪彩", days=75))
    visit_story.planned(manager, team, visit)
    clock.forward(days=1)
    incidents.begin(team[0], IncidentKind.RECORDING, visit_id=visit)
    clock.forward(hours=1)
    danger(agent, clock, debtor())
    late = debtor()
    begun = begin(manager, late)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    log = CallLog(
        Outcome.COMPLAINT, Speaker.DEBTOR, checked, talk_seconds=90, note="客户要求书面答复来电频繁一事。"
    )
    calling.finish(manager, begun.id, replace(log, recording="R-2", reason=ArrearsReason.OTHER))
    clock.forward(days=3)
    incidents.begin(team[1], IncidentKind.POLICE, visit_id=visit)
    waiting = alarms.state(manager).waiting
    kinds = [IncidentKind.RISK_TO_LIFE, IncidentKind.POLICE, IncidentKind.RECORDING]
    assert [one.kind for one in waiting] == kinds
    assert (waiting[2].visit_id, waiting[2].by_name) == (visit, "王走访")
    in_review = [task.kind for task in tasks.open_tasks(manager)]
    assert in_review == ["risk_to_life", "incident", "incident", "complaint"], "whatever is overdue longest"


def test_whom_to_ring_is_set_by_leads_and_managers_and_never_without_a_help_line(agent, manager, debtor, clock):
    danger(agent, clock, debtor())
    assert alarms.state(agent).contacts == ("110 · 120 · 12356",)
    with pytest.raises(Refused):
        settings.change(agent, Emergency("张晓 0"))
    settings.change(manager, Emergency("林主管 16188001111\n\n王经理 16188002222", ""))
    assert alarms.state(agent).contacts == ("林主管 16188001111", "王经理 16188002222", "110 · 120 · 12356")
    assert settings.get(manager, Share).effective == 3


def test_a_seat_is_let_go_by_a_crash_as_well(manager, agent):
    folder = manager.store.folder
    first, second = presence.sit(folder, agent.person.id), presence.sit(folder, agent.person.id)
    first.leave()
    assert presence.seated(folder) == {agent.person.id}, "the other window is still open"
    second._handle.close()  # what the system does with a process that was killed
    assert presence.seated(folder) == frozenset()
