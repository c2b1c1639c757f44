from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.visits.due import VisitTurn
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.taps import draft_from_taps
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    ConsentHow,
    Entry,
    Identified,
    PlaceKind,
    Relation,
    SignedHow,
    Tap,
    TapKind,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
    VisitReport,
)
from collector_desk.domain.vocabulary import ArrearsReason, PayChannel, Role
from collector_desk.services.book import cases
from collector_desk.services.permits import tasks
from collector_desk.services.visits import visiting
from collector_desk.store.tables.history import journal
from tests.samples import visit_story
from tests.samples.store import PASSWORD

ADDRESS = "广州市天河区和平街25号9栋2601室"


STORIES = {"asked": visit_story.ASKED_FOR}


@pytest.fixture
def asked(told):
    """A visit asked for after a call that reached nobody."""
    return told


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
    assert refused.value.message.code == "visits.visiting.under_way"


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


def at_the_door(plan: VisitPlan, present, **more) -> VisitReport:
    """A talk with the debtor that led to a promise."""
    said = {
        "outcome": VisitOutcome.DONE,
        "outcome_reason": "",
        "met": Relation.DEBTOR,
        "identified": Identified.ID_CARD_SEEN,
        "debt_disclosed": True,
        "said": "客户说本周内先还五千元。",
        "arrears_reason": ArrearsReason.WAITING_WAGES,
        "agreed": Agreed.PROMISE,
        "promise_amount": Money(500_000),
        "promise_on": plan.start.date() + timedelta(days=3),
        "promise_channel": PayChannel.BANK_APP,
    }
    return replace(not_found(plan, present), **(said | more))


def accepted(manager, team, visit_id, report, words="内容完整"):
    visiting.hand_in(team[0], visit_id, report)
    for seat in team:
        visiting.sign(seat, visit_id, how=SignedHow.PASSWORD)
    visiting.review(manager, visit_id, accepted=True, words=words)


def test_what_is_tapped_walks_the_visit_and_is_kept(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    both = tuple(seat.person.id for seat in team)

    def tap(kind, present=both, **more):
        clock.forward(minutes=5)
        visiting.tap(team[0], asked, Tap(kind, clock.now(), "somebody else", present, **more))
        return visiting.load(manager, asked)

    assert tap(TapKind.SET_OUT).state is VisitState.SET_OUT
    with pytest.raises(Refused) as refused:
        tap(TapKind.ARRIVED, both[:1])
    assert refused.value.message.code == "visits.one_person"
    assert visiting.load(manager, asked).state is VisitState.SET_OUT
    assert tap(TapKind.ARRIVED).state is VisitState.ON_SITE
    assert tap(TapKind.MET).state is VisitState.ON_SITE
    with pytest.raises(Refused) as refused:
        tap(TapKind.BROKE_OFF)
    assert refused.value.message.code == "visits.reason_missing"
    visit = tap(TapKind.LEFT)
    assert visit.state is VisitState.DONE
    assert [one.kind for one in visit.taps] == [TapKind.SET_OUT, TapKind.ARRIVED, TapKind.MET, TapKind.LEFT]
    assert {one.by for one in visit.taps} == {team[0].person.id}, "who tapped is who is signed in"
    with pytest.raises(Refused):
        visiting.tap(manager, asked, Tap(TapKind.LEFT, clock.now(), ""))


def test_nobody_found_ends_as_not_found(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan(manager, team))
    both = tuple(seat.person.id for seat in team)
    for kind in (TapKind.SET_OUT, TapKind.ARRIVED, TapKind.NOBODY, TapKind.LEFT):
        clock.forward(minutes=5)
        visiting.tap(team[1], asked, Tap(kind, clock.now(), "", both))
    assert visiting.load(manager, asked).state is VisitState.NOT_FOUND


def test_the_companion_signs_at_the_first_ones_seat_with_their_own_password(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    visiting.hand_in(team[0], asked, not_found(agreed, tuple(seat.person.id for seat in team)))
    other = team[1].person
    with pytest.raises(Trouble) as trouble:
        visiting.sign_beside(team[0], asked, other.id, "not that one")
    assert trouble.value.message.code == "store.wrong_password"
    strokes = (((0, 0), (500, 400), (1000, 20)),)
    visiting.sign_beside(team[0], asked, other.id, PASSWORD, strokes=strokes)
    [mark] = visiting.load(manager, asked).signatures
    assert (mark.person_id, mark.how, mark.strokes) == (other.id, SignedHow.DRAWN, strokes)
    with manager.store.read() as conn:
        line = conn.execute(
            select(journal.c.actor_id).where(journal.c.kind == "visit.sign").order_by(journal.c.seq)
        ).scalars()
        assert list(line) == [other.id], "the line of history is the signer's"
    with pytest.raises(Refused) as refused:
        visiting.sign_beside(team[0], asked, manager.person.id, PASSWORD)
    assert refused.value.message.code == "visits.not_of_the_team"


def test_a_visitor_sees_own_visits_only(manager, agent, team, asked, seat_of):
    stranger = seat_of("孙旁人", Role.VISITOR)
    visiting.open_and_plan(manager, asked, plan(manager, team))
    assert visiting.rows(stranger) == ()
    with pytest.raises(Refused):
        visiting.load(stranger, asked)
    assert [row.visit_id for row in visiting.rows(team[1])] == [asked]
    assert [row.turn.waits for row in visiting.rows(agent)] == [VisitTurn.PAIR_GOES]


def test_a_touched_rule_is_answered_in_words_and_the_promise_follows(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    present = tuple(seat.person.id for seat in team)
    long = at_the_door(
        agreed,
        present,
        left_at=agreed.start + timedelta(minutes=40),
        entry=Entry.ALLOWED,
        consent=ConsentHow.ON_RECORDING,
        consent_where="记录仪 3 号",
        minutes_inside=25,
        over_time_reason="客户请求核对账单",
        address=AddressFinding.NEW,
        new_address="广州市天河区新街 2 号",
    )
    with pytest.raises(Refused) as refused:
        accepted(manager, team, asked, long, words=" ")
    assert refused.value.message.code == "visits.visiting.findings_unanswered"
    visiting.review(manager, asked, accepted=True, words="已向两人说明时限，理由成立。")
    visit = visiting.load(manager, asked)
    assert visit.state is VisitState.FILED
    file = cases.open_case(manager, visit.debtor_id).file
    assert file.open_promise.amount == Money(500_000)
    assert file.open_promise.due_at.astimezone(ZoneInfo("Asia/Shanghai")).hour == 18
    assert ("home", "广州市天河区新街 2 号") in {(kind, line) for _, kind, line in file.addresses}


def test_nobody_promises_more_at_the_door_than_is_owed(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    both = tuple(seat.person.id for seat in team)
    visit = visiting.load(manager, asked)
    owed = sum(
        c.balance.minor for c in cases.open_case(manager, visit.debtor_id).file.cases if c.id in visit.case_ids
    )
    for minor, fits in ((owed + 1, False), (owed * 10, False), (owed, True)):
        report = at_the_door(agreed, both, promise_amount=Money(minor))
        found = [one.field_name for one in visiting.findings(team[0], visit, report)]
        assert ("promise_amount" not in found) is fits
        if not fits:
            with pytest.raises(Refused) as refused:
                visiting.hand_in(team[0], asked, report)
            assert refused.value.field_name == "promise_amount"
            assert refused.value.message.params["balance"] == Money(owed)
    accepted(manager, team, asked, at_the_door(agreed, both, promise_amount=Money(owed)))
    assert cases.open_case(manager, visit.debtor_id).file.open_promise.full


def test_a_request_for_a_plan_reaches_the_leads_list(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    report = at_the_door(
        agreed,
        tuple(seat.person.id for seat in team),
        agreed=Agreed.PLAN_REQUEST,
        agreed_words="希望分六期",
        promise_amount=None,
        promise_on=None,
        promise_channel=None,
    )
    accepted(manager, team, asked, report)
    assert [task.kind for task in tasks.open_tasks(manager)] == ["plan_request"]


def test_sending_back_takes_a_reason_or_a_mark(manager, team, asked, clock):
    agreed = plan(manager, team)
    visiting.open_and_plan(manager, asked, agreed)
    clock.forward(days=1, hours=1)
    visiting.hand_in(team[0], asked, not_found(agreed, tuple(seat.person.id for seat in team)))
    with pytest.raises(Refused) as refused:
        visiting.review(manager, asked, accepted=False, words="")
    assert refused.value.field_name == "words"
    visiting.review(manager, asked, accepted=False, words="", marks=(("outcome_reason", "敲门几次？"),))
    assert visiting.load(manager, asked).history[-1].reason == "敲门几次？"


@pytest.mark.parametrize("at_the_door", [False, True])
def test_a_visit_that_was_broken_off_says_so_and_why(manager, team, asked, clock, at_the_door):
    visiting.open_and_plan(manager, asked, plan(manager, team))
    clock.forward(days=1)
    both, why = tuple(seat.person.id for seat in team), "小区封闭施工，保安要求离开。"
    visiting.tap(team[0], asked, Tap(TapKind.SET_OUT, clock.now(), "", both))
    if at_the_door:
        clock.forward(minutes=30)
        visiting.tap(team[0], asked, Tap(TapKind.ARRIVED, clock.now(), "", both))
    visiting.tap(team[0], asked, Tap(TapKind.BROKE_OFF, clock.now(), "", both, words=why))
    visit = visiting.load(team[0], asked)
    assert visit.state is VisitState.BROKEN_OFF
    draft = draft_from_taps(visit.plan, visit.taps, clock.now())
    assert (draft.outcome, draft.outcome_reason) == (VisitOutcome.BROKEN_OFF, why)
    other = replace(draft, outcome=VisitOutcome.NOT_CARRIED_OUT, next_step="改日再约")
    with pytest.raises(Refused) as refused:
        visiting.hand_in(team[0], asked, other)
    assert refused.value.field_name == "outcome"
    there = {"left_at": clock.now(), "recorded_where": "记录仪 3 号"} if at_the_door else {}
    final = replace(draft, next_step="改日再约", **there)
    assert visiting.findings(team[0], visit, final) == []
    visiting.hand_in(team[0], asked, final)
    assert visiting.load(team[0], asked).state is VisitState.REPORTED
