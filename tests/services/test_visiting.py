from dataclasses import replace
from datetime import timedelta

import pytest

from collector_desk.domain.call_log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.visit_steps import VisitState
from collector_desk.domain.visits import (
    AddressFinding,
    PlaceKind,
    SignedHow,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
)
from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services import calling, cases, visiting

ADDRESS = "广州市天河区和平街25号9栋2601室"


@pytest.fixture
def asked(agent, debtor, clock):
    """A visit asked for after a call that reached nobody."""
    who = debtor(days=75)
    begun = calling.begin(agent, debtor_id=who, phone_id=cases.open_case(agent, who).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    visit_id, _ = visiting.request(
        agent, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
    )
    return visit_id


@pytest.fixture
def team(seat_of):
    return seat_of("王走访", Role.VISITOR), seat_of("赵同行", Role.VISITOR)


def plan(manager, team) -> VisitPlan:
    first, second = (visiting.visitor(seat.person) for seat in team)
    start = manager.now() + timedelta(days=1)
    return VisitPlan(first, second, start, start + timedelta(hours=1), ADDRESS, authority_letter="授权书 12 号")


def not_found(plan: VisitPlan, present) -> VisitReport:
    return VisitReport(
        outcome=VisitOutcome.NOT_FOUND,
        set_out_at=plan.start - timedelta(minutes=40),
        arrived_at=plan.start,
        left_at=plan.start + timedelta(minutes=5),
        present=present,
        address=AddressFinding.RIGHT,
        outcome_reason="按门铃两次无人应答，未留任何纸张。",
        recorded_where="记录仪 3 号",
        next_step="改日电话联系",
    )


def test_from_request_to_an_accepted_report(agent, manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    report = not_found(agreed, tuple(seat.person.id for seat in team))
    visiting.hand_in(team[0], asked, report)
    with pytest.raises(Refused):
        visiting.review(manager, asked, accepted=True, words="")
    visiting.sign(team[0], asked, how=SignedHow.PASSWORD)
    with pytest.raises(Refused) as refused:
        visiting.sign(team[0], asked, how=SignedHow.PASSWORD)
    assert refused.value.message.code == "visits.signed_twice"
    visiting.sign(team[1], asked, how=SignedHow.PASSWORD)
    visiting.review(manager, asked, accepted=True, words="内容完整")
    visit = visiting.load(manager, asked)
    assert visit.state is VisitState.FILED
    assert visit.report.outcome is VisitOutcome.NOT_FOUND
    assert len(visit.request.attempts) == 1
    assert visit.request.attempts[0].number_masked.count("*") == 4


def test_one_person_cannot_be_both(manager, team, asked):
    first = visiting.visitor(team[0].person)
    start = manager.now() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        VisitPlan(first, Visitor(first.person_id, "换个名字"), start, start + timedelta(hours=1), ADDRESS)
    assert refused.value.message.code == "visits.same_person"


def test_a_visit_needs_evidence_and_one_at_a_time(agent, debtor, asked, manager):
    who = debtor("王某", days=75)
    with pytest.raises(Refused) as refused:
        visiting.request(agent, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME)
    assert refused.value.message.code == "visits.no_evidence"
    again = visiting.load(manager, asked)
    with pytest.raises(Refused) as refused:
        visiting.request(
            agent, debtor_id=again.debtor_id, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
        )
    assert refused.value.message.code == "visiting.under_way"


def test_the_lead_does_not_review_own_visit_and_reasons_are_needed(manager, team, asked):
    visiting.open_and_plan(manager, asked, plan(manager, team))
    with pytest.raises(Refused):
        visiting.call_off(manager, asked, " ")
    visiting.call_off(manager, asked, "客户已还款，无需外访")
    assert visiting.load(manager, asked).state is VisitState.NOT_CARRIED_OUT


def test_a_report_with_a_missing_field_is_not_taken(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    report = replace(not_found(agreed, tuple(seat.person.id for seat in team)), arrived_at=None)
    with pytest.raises(Refused) as refused:
        visiting.hand_in(team[0], asked, report)
    assert refused.value.field_name == "arrived_at"
    assert visiting.load(manager, asked).state is VisitState.PLANNED
