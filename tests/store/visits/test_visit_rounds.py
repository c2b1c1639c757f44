"""Who is planned to go where, and what waits."""

from dataclasses import replace
from datetime import date, timedelta

from collector_desk.domain.plain import to_plain
from collector_desk.domain.visits.rounds import DayOrder
from collector_desk.domain.visits.steps import GOING, VisitState
from collector_desk.store import tables as t
from collector_desk.store.journal import erase_row
from collector_desk.store.visits.rounds import order_of, planned_between, waiting
from tests.samples.ids import an_id
from tests.samples.rows import AT


def test_what_is_planned_in_a_span_with_its_newest_plan(conn, visit, plan):
    first = visit(VisitState.PLANNED, plan)
    newer = replace(plan, authority_letter="SQ-2")
    visit.plan(first, newer)
    others = [visit(state, plan) for state in GOING[1:]]
    visit(VisitState.REPORTED, plan)
    visit(VisitState.PLANNED, replace(plan, start=plan.end, end=plan.end + timedelta(hours=1)))
    found = planned_between(conn, plan.start, plan.end)
    assert [one.visit_id for one in found] == [first, *others]
    assert found[0].plan == newer
    assert planned_between(conn, plan.start + timedelta(seconds=1), plan.end) == ()


def test_what_nobody_is_named_for_waits(conn, visit, plan):
    asked = visit(address="武汉市江汉区示例大道 1 号")
    opened = visit(VisitState.OPENED)
    visit(VisitState.PLANNED, plan)
    erased = visit()
    erase_row(conn, t.visit, erased, actor_id=an_id("who"), at=AT)
    found = {one.visit_id: one.area for one in waiting(conn)}
    assert found == {asked: "武汉市江汉区", opened: "武汉市江岸区"}


def test_the_order_of_a_day_is_the_last_one_made(conn, filed):
    day = date(2026, 11, 24)
    for order in (DayOrder((an_id("a"),), ()), DayOrder((an_id("b"), an_id("a")), (an_id("c"),))):
        filed(t.round_order, day=day, content=to_plain(order))
    assert order_of(conn, day) == DayOrder((an_id("b"), an_id("a")), (an_id("c"),))
    assert order_of(conn, day + timedelta(days=1)) == DayOrder()
