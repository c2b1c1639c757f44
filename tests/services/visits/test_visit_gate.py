"""What the rules say of a visit: when it is planned, when the pair sets out, and at the door."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from collector_desk.domain.message import Refused
from collector_desk.domain.visits.checks import FindingLevel
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import (
    ConsentHow,
    PlaceKind,
    SignedHow,
    Tap,
    TapKind,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitPurpose,
)
from collector_desk.domain.vocabulary import Flag, Role
from collector_desk.services.book import cases
from collector_desk.services.desk.seat import acting
from collector_desk.services.office import people
from collector_desk.services.record import flags
from collector_desk.services.visits import gate, visiting
from collector_desk.services.visits.gate import VisitRefused
from collector_desk.store import tables as t
from tests.samples import visit_story

CHINA = ZoneInfo("Asia/Shanghai")


STORIES = {"asked": visit_story.ASKED_FOR}


@pytest.fixture
def asked(told):
    return told


def plan_at(team, hour, minute=0, *, day=24, minutes=60, letter="授权书 12 号"):
    first, second = (visiting.visitor(seat.person) for seat in team)
    start = datetime(2026, 11, day, hour, minute, tzinfo=CHINA)
    plan = VisitPlan(first, second, start, start + timedelta(minutes=minutes), visit_story.ADDRESS)
    return replace(plan, authority_letter=letter)


def tap(seat, team, visit_id, kind, **more):
    both = tuple(one.person.id for one in team)
    visiting.tap(seat, visit_id, Tap(kind, seat.now(), "", more.pop("present", both), **more))


def breached(seat, visit, report):
    found = visiting.findings(seat, visit, report)
    return {one.field_name for one in found if one.level is FindingLevel.BREACH}


def flag(manager, visit_id, which):
    visit = visiting.load(manager, visit_id)
    with acting(manager, "flag") as act:
        flags.put(act, visit.debtor_id, which, on=True, reason="测试")


@pytest.mark.parametrize(("hour", "minute"), [(7, 59), (22, 0), (23, 30)])
def test_a_planned_hour_outside_the_hours_is_refused_with_when_it_is_possible(manager, team, asked, hour, minute):
    with pytest.raises(VisitRefused) as refused:
        visiting.open_and_plan(manager, asked, plan_at(team, hour, minute))
    assert refused.value.message.code == "visits.visiting.gate_until"
    assert refused.value.field_name == "start"
    again = dict(refused.value.message.params)["until"].astimezone(CHINA)
    assert (again.hour, again.minute) == (8, 0)
    assert visiting.load(manager, asked).state is VisitState.REQUESTED
    with manager.store.read() as conn:
        kept = conn.execute(select(t.gate_decision.c.verdict).where(t.gate_decision.c.channel == "visit")).scalars()
        assert list(kept) == ["block"], "what the gate said is history, refused or not"


def test_eight_sharp_is_allowed_and_the_visit_has_to_end_inside_the_hours(manager, team, asked):
    with pytest.raises(Refused) as refused:
        visiting.open_and_plan(manager, asked, plan_at(team, 21, 30))
    assert (refused.value.message.code, refused.value.field_name) == ("visits.visiting.ends_outside", "end")
    visiting.open_and_plan(manager, asked, plan_at(team, 8))
    assert visiting.load(manager, asked).state is VisitState.PLANNED


def test_a_time_gone_by_is_no_plan(manager, team, asked, clock):
    with pytest.raises(Refused) as refused:
        visiting.open_and_plan(manager, asked, plan_at(team, 9, day=22))
    assert refused.value.message.code == "visits.visiting.time_gone_by"


@pytest.mark.parametrize("which", [Flag.PLAN_ACTIVE, Flag.DISPUTED, Flag.VULNERABLE, Flag.DECEASED])
def test_what_came_up_since_the_request_closes_planning_and_setting_out(manager, team, asked, clock, which):
    plan = plan_at(team, 10)
    flag(manager, asked, which)
    with pytest.raises(VisitRefused) as refused:
        visiting.open_and_plan(manager, asked, plan)
    assert refused.value.message.code == "visits.visiting.gate"


def test_a_dispute_raised_after_planning_stops_the_pair_before_it_goes(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    clock.forward(days=1)
    flag(manager, asked, Flag.DISPUTED)
    with pytest.raises(VisitRefused):
        tap(team[0], team, asked, TapKind.SET_OUT)
    assert visiting.load(manager, asked).state is VisitState.PLANNED


def test_setting_out_early_is_judged_by_the_hour_of_the_visit_arriving_by_the_clock(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 8, 30))
    clock.at = datetime(2026, 11, 24, 7, 20, tzinfo=CHINA)
    tap(team[0], team, asked, TapKind.SET_OUT)
    clock.at = datetime(2026, 11, 24, 7, 58, tzinfo=CHINA)
    with pytest.raises(VisitRefused):
        tap(team[0], team, asked, TapKind.ARRIVED)
    clock.at = datetime(2026, 11, 24, 21, 40, tzinfo=CHINA)
    with manager.store.read() as conn:
        visit = visiting.load(manager, asked)
        decision = gate.judge(conn, manager, visit.debtor_id, manager.now(), manager.now())
    assert decision.close_by.astimezone(CHINA).hour == 22, "arrived at 21:40: allowed, to be over by ten"
    tap(team[0], team, asked, TapKind.ARRIVED)
    assert visiting.load(manager, asked).state is VisitState.ON_SITE


def test_one_visit_a_day(manager, agent, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    clock.at = datetime(2026, 11, 24, 10, tzinfo=CHINA)
    visit_story.arrived(team, asked)
    for kind in (TapKind.NOBODY, TapKind.LEFT):
        clock.forward(minutes=3)
        tap(team[0], team, asked, kind)
    visiting.hand_in(
        team[0], asked, visit_story.not_found(team, arrived_at=visiting.load(manager, asked).taps[1].at)
    )
    for seat in team:
        visiting.sign(seat, asked, how=SignedHow.PASSWORD)
    visiting.review(manager, asked, accepted=True, words="无人在家，属实。")
    who = visiting.load(manager, asked).debtor_id
    again, _ = visiting.request(
        agent, debtor_id=who, purpose=VisitPurpose.TALK, address="别处 1 号", place=PlaceKind.HOME
    )
    with pytest.raises(VisitRefused) as refused:
        visiting.open_and_plan(manager, again, plan_at(team, 17))
    until = dict(refused.value.message.params)["until"].astimezone(CHINA)
    assert (until.day, until.hour) == (25, 8)
    visiting.open_and_plan(manager, again, plan_at(team, 9, day=25))


def test_without_the_letter_nobody_sets_out(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10, letter=""))
    clock.at = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA)
    with pytest.raises(VisitRefused):
        tap(team[0], team, asked, TapKind.SET_OUT)
    clock.at = datetime(2026, 11, 24, 10, 5, tzinfo=CHINA)  # they wait at the desk; the hour itself stays
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    tap(team[0], team, asked, TapKind.SET_OUT)
    assert visiting.load(manager, asked).state is VisitState.SET_OUT


def test_a_plan_is_not_put_into_the_past(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    clock.at = datetime(2026, 11, 24, 11, 30, tzinfo=CHINA)
    for hour in (10, 11):  # the same hour, over by now; another one that has begun
        with pytest.raises(Refused) as refused:
            visiting.open_and_plan(manager, asked, plan_at(team, hour))
        assert refused.value.message.code == "visits.visiting.time_gone_by"


def test_a_badge_that_ends_before_the_visit_keeps_its_owner_at_home(manager, team, asked, clock):
    people.set_badge(manager, team[1].person.id, date(2026, 11, 23))
    with pytest.raises(Refused) as refused:
        visiting.open_and_plan(manager, asked, plan_at(team, 10))
    assert (refused.value.message.code, refused.value.field_name) == ("visits.visiting.badge_ends", "companion")
    people.set_badge(manager, team[1].person.id, date(2026, 11, 24))
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    assert visiting.load(manager, asked).plan.companion.badge_until == date(2026, 11, 24)
    clock.at = datetime(2026, 11, 25, 10, tzinfo=CHINA)  # gone to a day late: the badge has run out
    with pytest.raises(VisitRefused):
        tap(team[0], team, asked, TapKind.SET_OUT)
    with pytest.raises(Refused):
        people.set_badge(team[0], team[0].person.id, None)


def test_a_name_without_a_person_behind_it_is_no_second_visitor(manager, team, asked, agent):
    plan = plan_at(team, 10)
    for ghost in (Visitor("f" * 32, "查无此人"), Visitor(agent.person.id, "赵同行")):
        with pytest.raises(Refused) as refused:
            visiting.open_and_plan(manager, asked, replace(plan, companion=ghost))
        assert (refused.value.message.code, refused.value.field_name) == ("visits.visiting.may_not_go", "companion")
    people.leave(manager, team[1].person.id)
    with pytest.raises(Refused):
        visiting.open_and_plan(manager, asked, plan)


def test_nobody_is_in_two_places_whatever_their_part(manager, agent, debtor, team, seat_of, asked):
    third = seat_of("孙第三", Role.VISITOR)
    plan = plan_at(team, 10, minutes=180)
    visiting.open_and_plan(manager, asked, replace(plan, third=visiting.visitor(third.person)))
    other = visit_story.requested(agent, debtor("欧阳明哲", days=80), "别处 2 号")
    fourth = seat_of("周第四", Role.VISITOR)
    for hour, expected in ((12, "visits.visiting.busy"), (13, None)):
        wish = plan_at((fourth, third), hour)
        if expected:
            with pytest.raises(Refused) as refused:
                visiting.open_and_plan(manager, other, wish)
            assert (refused.value.message.code, refused.value.field_name) == (expected, "companion")
        else:
            visiting.open_and_plan(manager, other, wish)


@pytest.fixture
def at_door(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    clock.at = datetime(2026, 11, 24, 10, tzinfo=CHINA)
    visit_story.arrived(team, asked)
    clock.forward(minutes=1)
    return asked


def test_nobody_goes_in_without_a_consent_that_can_be_shown_or_alone(team, at_door):
    first = team[0].person.id
    how = {"consent": ConsentHow.ON_RECORDING, "recorded_where": "记录仪 3 号"}
    for kind, more, code in (
        (TapKind.ENTERED, {}, "visits.in_without_consent"),
        (TapKind.ASKED_IN, {"consent": ConsentHow.WRITTEN}, None),
        (TapKind.ENTERED, {}, "visits.in_without_consent"),
        (TapKind.ASKED_IN, how, None),
        (TapKind.ENTERED, {"present": (first,)}, "visits.one_person"),
        (TapKind.ENTERED, {}, None),
    ):
        if code:
            with pytest.raises(Refused) as refused:
                tap(team[0], team, at_door, kind, **more)
            assert refused.value.message.code == code
        else:
            tap(team[0], team, at_door, kind, **more)


def test_a_child_at_the_door_ends_the_visit_there(team, at_door, clock):
    tap(team[0], team, at_door, TapKind.CHILD)
    for kind in (TapKind.MET, TapKind.ASKED_IN, TapKind.ENTERED):
        with pytest.raises(Refused) as refused:
            tap(team[0], team, at_door, kind)
        assert refused.value.message.code == "visits.tap_ended"
    clock.forward(minutes=1)
    tap(team[0], team, at_door, TapKind.LEFT)
    assert visiting.load(team[0], at_door).state is VisitState.BROKEN_OFF


def test_taps_run_forward_and_only_while_somebody_is_there(team, at_door, clock):
    for at, code in ((timedelta(minutes=5), "visits.tap_time"), (-timedelta(hours=1), "visits.tap_time")):
        with pytest.raises(Refused) as refused:
            visiting.tap(team[0], at_door, Tap(TapKind.MET, clock.now() + at, "", ()))
        assert refused.value.message.code == code
    tap(team[0], team, at_door, TapKind.NOBODY)
    tap(team[0], team, at_door, TapKind.LEFT)
    with pytest.raises(Refused) as refused:
        tap(team[0], team, at_door, TapKind.LEFT_HOME)
    assert refused.value.message.code == "visits.tap_not_now"


def test_a_report_that_contradicts_the_taps_is_a_breach_the_lead_answers(manager, team, at_door, clock):
    tap(team[0], team, at_door, TapKind.NOBODY)
    clock.forward(minutes=20)
    tap(team[0], team, at_door, TapKind.LEFT)
    visit = visiting.load(team[0], at_door)
    report = visit_story.not_found(
        team, arrived_at=visit.taps[1].at - timedelta(hours=1), left_at=visit.taps[-1].at,
        outcome=VisitOutcome.BROKEN_OFF,
    )  # fmt: skip
    found = {
        one.field_name for one in visiting.findings(team[0], visit, report) if one.level is FindingLevel.BREACH
    }
    assert found == {"arrived_at", "outcome"}
    honest = replace(report, arrived_at=visit.taps[1].at + timedelta(minutes=3), outcome=VisitOutcome.NOT_FOUND)
    assert breached(team[0], visit, honest) == set()


def test_who_was_alone_can_say_so_in_the_report_and_the_lead_has_to_answer(manager, team, asked, clock):
    visiting.open_and_plan(manager, asked, plan_at(team, 10))
    clock.at = datetime(2026, 11, 24, 11, tzinfo=CHINA)
    alone = visit_story.not_found(team, present=(team[0].person.id,))
    visiting.hand_in(team[0], asked, alone)
    for seat in team:
        visiting.sign(seat, asked, how=SignedHow.PASSWORD)
    with pytest.raises(Refused) as refused:
        visiting.review(manager, asked, accepted=True, words=" ")
    assert refused.value.message.code == "visits.visiting.findings_unanswered"
    assert all(one.afterwards for one in visiting.load(manager, asked).taps)


def test_only_what_was_handed_in_is_signed(manager, team, at_door, clock):
    tap(team[0], team, at_door, TapKind.NOBODY)
    tap(team[0], team, at_door, TapKind.LEFT)
    visiting.hand_in(team[0], at_door, visit_story.not_found(team))
    visiting.sign(team[0], at_door, how=SignedHow.PASSWORD)
    visiting.review(manager, at_door, accepted=False, words="请补充门牌")
    with pytest.raises(Refused) as refused:
        visiting.sign(team[1], at_door, how=SignedHow.PASSWORD)
    assert refused.value.message.code == "visits.nothing_to_sign"


def test_the_next_step_brings_the_case_back_on_its_day(manager, team, at_door, clock):
    tap(team[0], team, at_door, TapKind.NOBODY)
    tap(team[0], team, at_door, TapKind.LEFT)
    visiting.hand_in(team[0], at_door, visit_story.not_found(team, next_on=date(2026, 11, 27)))
    for seat in team:
        visiting.sign(seat, at_door, how=SignedHow.PASSWORD)
    visiting.review(manager, at_door, accepted=True, words="同意")
    who = visiting.load(manager, at_door).debtor_id
    with manager.store.read() as conn:
        row = conn.execute(select(t.debtor.c.try_again_at).where(t.debtor.c.id == who)).scalar_one()
    assert row.astimezone(CHINA) == datetime(2026, 11, 27, 9, tzinfo=CHINA)
    assert cases.open_case(manager, who).file is not None
