"""Visits read back from their lines."""

from dataclasses import replace

import pytest

from collector_desk.domain.message import Refused
from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.steps import Review, StepTaken, VisitState, VisitStep
from collector_desk.domain.visits.visit import Signature, SignedHow, Tap, TapKind, Visitor, content_hash
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.numbers import own
from collector_desk.store.visits.reading import number_of, numbers_of, read_visit, read_visits, teams_of
from tests.samples.ids import an_id
from tests.samples.rows import AT
from tests.samples.visit_values import a_report

THIRD = Visitor(an_id("third"), "孙第三", "WF-0113", None)


def test_a_visit_is_all_that_its_lines_say_in_their_order(conn, visit, plan):
    report = a_report()
    tap = Tap(TapKind.SET_OUT, AT, plan.lead.person_id, ())
    mark = Signature(plan.lead.person_id, "王前龙", AT, SignedHow.PASSWORD, content_hash(report, plan))
    review = Review(True, an_id("lead"), "主管", AT, "内容完整", ())
    steps = [StepTaken(step, an_id("lead"), "主管", AT) for step in (VisitStep.OPEN, VisitStep.PLAN)]
    visit_id = visit()
    for step in steps:
        visit.line(visit_id, VisitLine.STEP, step, step=step.step, state=VisitState.PLANNED)
    visit.plan(visit_id, replace(plan, third=THIRD))
    for kind, value in (
        (VisitLine.PLAN, plan),
        (VisitLine.TAP, tap),
        (VisitLine.REPORT, report),
        (VisitLine.SIGNATURE, mark),
        (VisitLine.REVIEW, review),
    ):
        pair = {"companion_id": plan.companion.person_id} if kind is VisitLine.PLAN else {}
        visit.line(visit_id, kind, value, **pair)
    found = read_visit(conn, visit_id)
    assert (found.visit_id, found.debtor_id, found.request.address) == (visit_id, visit.debtor_id, plan.address)
    assert (found.history, found.plan, found.report) == (tuple(steps), plan, report)
    assert (found.taps, found.signatures, found.review) == ((tap,), (mark,), review)


def test_lines_that_say_nothing_of_the_visit_and_erased_ones_stay_out(conn, visit, plan):
    visit_id = visit()
    visit.plan(visit_id, plan)
    later = visit.plan(visit_id, replace(plan, third=THIRD))
    visit.line(visit_id, VisitLine.SETTLED, ())
    erase_row(conn, t.visit_line, later, actor_id=an_id("who"), at=AT)
    assert read_visit(conn, visit_id).plan == plan
    assert teams_of(conn, [visit_id])[visit_id] == {plan.lead.person_id, plan.companion.person_id}


def test_many_are_read_each_with_its_own_lines_in_the_order_asked_for(conn, visit, plan):
    first, second = visit(), visit(plan=plan)
    visit()
    found = read_visits(conn, [second, first])
    assert list(found) == [second, first]
    assert (found[first].plan, found[second].plan) == (None, plan)
    assert read_visits(conn, []) == {}


def test_a_visit_that_is_none_is_refused(conn, visit):
    with pytest.raises(Refused) as refused:
        read_visits(conn, [visit(), an_id("none")])
    assert refused.value.message.code == "visits.visiting.gone"


def test_numbers_are_told_as_people_read_them(conn, visit):
    first, second = visit(), visit()
    found = numbers_of(conn, [first, second])
    assert set(found) == {first, second}
    assert all(number.startswith(f"{own(conn).prefix}-V") for number in found.values())
    assert number_of(conn, first) == found[first] != found[second]


def test_the_newest_plan_names_the_team(conn, visit, plan):
    alone, planned = visit(), visit(plan=plan)
    visit.plan(planned, replace(plan, third=THIRD))
    pair = {plan.lead.person_id, plan.companion.person_id}
    assert teams_of(conn, [alone, planned]) == {planned: pair | {THIRD.person_id}}
