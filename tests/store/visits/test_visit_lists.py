"""Which visits there are, of whom, and where they stand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from collector_desk.domain.states import VisitLine
from collector_desk.domain.visits.due import VisitTurn
from collector_desk.domain.visits.steps import OPEN_STATES, StepTaken, VisitState, VisitStep
from collector_desk.domain.visits.visit import Signature, SignedHow, Visitor, content_hash
from collector_desk.store import tables as t
from collector_desk.store.visits.lists import accepted_of, case_numbers, visit_rows, visits_in
from collector_desk.store.visits.reading import numbers_of
from tests.samples.ids import an_id
from tests.samples.rows import AT
from tests.samples.visit_values import a_report


def test_every_visit_is_a_row_what_was_touched_last_on_top(conn, visit, filed, plan):
    filed(t.person, id=plan.lead.person_id, name="王前龙", roles=[])
    older, newer = visit(VisitState.PLANNED, plan), visit()
    visit.line(newer, VisitLine.SETTLED, (), minutes=5)
    top, below = visit_rows(conn)
    assert (top.visit_id, below.visit_id) == (newer, older)
    assert (below.debtor_name, below.lead_name, below.companion_name) == ("张三", "王前龙", "")
    assert (below.state, below.planned_at) == (VisitState.PLANNED, plan.start)
    assert below.turn.waits is VisitTurn.PAIR_GOES
    assert below.number == numbers_of(conn, [older])[older]


def test_only_what_is_under_way_or_called_off_for_later_is_open(conn, visit, plan):
    by_state = {state: visit(state, plan) for state in VisitState}
    before = visit(VisitState.NOT_CARRIED_OUT, replace(plan, start=plan.start - timedelta(days=1)))
    found = {row.visit_id for row in visit_rows(conn, called_off_from=plan.start)}
    assert found == {by_state[state] for state in (*OPEN_STATES, VisitState.NOT_CARRIED_OUT)}
    assert before not in found
    assert len(visit_rows(conn)) == len(VisitState) + 1


@pytest.mark.parametrize("place", ["lead", "companion", "third"])
def test_a_persons_visits_are_those_whose_newest_plan_names_them(conn, visit, plan, place):
    me = Visitor(an_id("me"), "我", "WF-9", None)
    mine = visit(VisitState.PLANNED, plan)
    visit.plan(mine, replace(plan, **{place: me}))
    was_mine = visit(VisitState.PLANNED, replace(plan, **{place: me}))
    visit.plan(was_mine, plan)
    visit()
    assert [row.visit_id for row in visit_rows(conn, of_person=me.person_id)] == [mine]
    assert visit_rows(conn, of_person=an_id("nobody")) == ()


def test_a_reported_visit_waits_for_review_once_everybody_signed(conn, visit, plan):
    report = a_report()
    half, whole = visit(plan=plan), visit(plan=plan)
    for visit_id, team in ((half, plan.team[:1]), (whole, plan.team)):
        visit.line(visit_id, VisitLine.REPORT, report)
        step = StepTaken(VisitStep.REPORT, an_id("me"), "我", AT)
        visit.line(visit_id, VisitLine.STEP, step, state=VisitState.REPORTED)
        for one in team:
            mark = Signature(one.person_id, one.name, AT, SignedHow.PASSWORD, content_hash(report, plan))
            visit.line(visit_id, VisitLine.SIGNATURE, mark)
    turns = {row.visit_id: row.turn.waits for row in visit_rows(conn)}
    assert turns == {half: VisitTurn.PAIR_SIGNS, whole: VisitTurn.LEAD_REVIEWS}


def test_a_debtors_visits_in_some_states(conn, visit, filed):
    asked, _ = visit(), visit(VisitState.FILED)
    visit(debtor_id=filed(t.debtor, name="李四", customer_no="C3"))
    assert visits_in(conn, visit.debtor_id, [VisitState.REQUESTED]) == numbers_of(conn, [asked])
    assert visits_in(conn, visit.debtor_id, [VisitState.OPENED]) == {}


def test_the_accepted_visits_of_a_placement_by_their_number(conn, visit, account):
    here, elsewhere = account("XK-1"), account("XK-2", serial=1002)
    filed_away = visit(VisitState.FILED, case_id=here)
    accepted = visit(VisitState.ACCEPTED, case_id=here)
    visit(VisitState.REPORTED, case_id=here)
    visit(VisitState.ACCEPTED, case_id=elsewhere)
    assert accepted_of(conn, "XK-1") == (filed_away, accepted)
    assert accepted_of(conn, "XK-9") is None


def test_the_numbers_of_accounts(conn, account):
    first, _ = account(), account(serial=1002)
    (number,) = case_numbers(conn, [first, an_id("none")])
    assert number.endswith("-1001")
