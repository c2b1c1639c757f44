from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector_desk.domain.book.money import Money
from collector_desk.domain.visits.checks import VisitRules, check_report, may_be_signed
from collector_desk.domain.visits.due import Turn, VisitTurn, turn
from collector_desk.domain.visits.form import CHOICES, SECTIONS, asked, compose, typed_of
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import (
    AddressFinding,
    Agreed,
    Entry,
    Relation,
    Visitor,
    VisitOutcome,
    VisitPlan,
    VisitReport,
)
from collector_desk.domain.vocabulary import ArrearsReason, PayChannel

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in Shanghai
PLAN = VisitPlan(Visitor("a", "王走访"), Visitor("b", "赵同行"), START, START + timedelta(hours=1), "某路 1 号")
TODAY = date(2026, 11, 24)
RULES = VisitRules()
NAMES = [name for _, names in SECTIONS for name in names]
DONE = {
    "outcome": "done",
    "day": "2026-11-24",
    "set_out_at": "9:20",
    "arrived_at": "1000",
    "left_at": "10:24",
    "present": "a b",
    "recorded_where": "记录仪 3 号",
    "address": "right",
    "met": "debtor",
    "identified": "id_card_seen",
    "debt_disclosed": "yes",
    "entry": "allowed",
    "consent": "on_recording",
    "consent_where": "记录仪 3 号",
    "minutes_inside": "15",
    "said": "客户说本周内先还五千元。",
    "arrears_reason": "waiting_wages",
    "agreed": "promise",
    "promise_amount": "5,000",
    "promise_on": "+2",
    "promise_channel": "bank_app",
    "agreed_words": "两日内还五千元",
    "next_step": "核对入账",
    "next_on": "11-26",
}


def test_a_filled_form_is_a_report_that_can_be_signed():
    composed = compose(DONE, PLAN, TODAY, RULES)
    report = composed.report
    assert not composed.unreadable
    assert report.arrived_at.astimezone(ZoneInfo("Asia/Shanghai")).time() == time(10)
    assert report.promise_amount == Money(500_000)
    assert (report.promise_on, report.next_on) == (date(2026, 11, 26), date(2026, 11, 26))
    assert (report.minutes_inside, report.present) == (15, ("a", "b"))
    assert report.arrears_reason is ArrearsReason.WAITING_WAGES
    assert report.promise_channel is PayChannel.BANK_APP
    assert may_be_signed(check_report(report, PLAN, VisitRules()))


@pytest.mark.parametrize(
    ("change", "there", "away"),
    [
        ({"outcome": "not_carried_out"}, {"outcome_reason", "next_step"}, {"arrived_at", "met", "said", "address"}),
        ({"outcome": "not_found"}, {"outcome_reason", "address", "arrived_at"}, {"met", "said", "entry", "agreed"}),
        ({"met": "spouse"}, {"identified", "debt_disclosed", "said"}, {"agreed", "arrears_reason", "handed_over"}),
        ({"met": "child"}, {"debt_disclosed"}, {"identified", "agreed", "handed_over"}),
        ({"identified": "not_identified"}, {"debt_disclosed"}, {"agreed", "promise_amount"}),
        ({"debt_disclosed": "no"}, {"said"}, {"agreed", "arrears_reason"}),
        ({"entry": "refused"}, {"entry"}, {"consent", "minutes_inside"}),
        ({"minutes_inside": "21"}, {"over_time_reason"}, set()),
        ({"minutes_inside": "20"}, set(), {"over_time_reason"}),
        ({"address": "new"}, {"new_address"}, set()),
        ({"agreed": "call_back"}, {"agreed_words"}, {"promise_amount"}),
        ({"outcome": ""}, {"outcome"}, {"next_step"}),
    ],
)
def test_only_what_can_apply_is_asked(change, there, away):
    fields = asked(DONE | change, RULES)
    assert there <= fields
    assert not away & fields


def test_what_is_no_longer_asked_does_not_slip_into_the_report():
    report = compose(DONE | {"outcome": "not_found", "outcome_reason": "无人应答"}, PLAN, TODAY, RULES).report
    assert report.met is None
    assert report.said == ""
    assert report.entry is Entry.NOT_ASKED
    assert report.agreed is Agreed.NOTHING
    assert report.promise_amount is None
    assert not report.debt_disclosed


def test_half_typed_figures_are_told_and_left_out():
    typed = DONE | {"left_at": "25:99", "promise_amount": "5,0x", "promise_on": "??", "minutes_inside": "1e3"}
    composed = compose(typed, PLAN, TODAY, RULES)
    assert set(composed.unreadable) == {"left_at", "promise_amount", "promise_on", "minutes_inside"}
    assert composed.report.left_at is None
    assert compose(DONE | {"day": "??"}, PLAN, TODAY, RULES).unreadable.keys() == {"day"}


def test_a_statement_is_each_visitors_own():
    report = compose(DONE | {"statement:b": "我看到门口有老人。", "statement:x": "外人"}, PLAN, TODAY, RULES).report
    assert [(s.person_id, s.text) for s in report.statements] == [("b", "我看到门口有老人。")]


def test_a_report_comes_back_into_the_form_as_it_was():
    report = compose(DONE | {"statement:a": "无补充"}, PLAN, TODAY, RULES).report
    assert compose(typed_of(report, PLAN), PLAN, TODAY, RULES).report == report


choices = {name: st.sampled_from(["", *(member.value for member in kind)]) for name, kind in CHOICES.items()}
texts = {name: st.text(max_size=30) for name in NAMES if name not in CHOICES}


@given(st.fixed_dictionaries(choices | texts | {"debt_disclosed": st.sampled_from(["", "yes", "no"])}))
def test_whatever_is_typed_becomes_a_report_and_comes_back_the_same(typed):
    composed = compose(typed, PLAN, TODAY, RULES)
    assert isinstance(composed.report, VisitReport)
    assert set(composed.unreadable) <= asked(typed, RULES)
    again = typed_of(composed.report, PLAN)
    assert asked(again, RULES) <= set(NAMES)
    assert compose(again, PLAN, TODAY, RULES).report.said == composed.report.said


def test_a_debt_told_to_a_stranger_can_be_reported_and_is_found():
    typed = DONE | {"met": "spouse"}
    report = compose(typed, PLAN, TODAY, RULES).report
    assert report.met is Relation.SPOUSE
    assert report.debt_disclosed, "what happened is written down, not hidden by the form"
    codes = {finding.message.code for finding in check_report(report, PLAN, VisitRules())}
    assert "visits.debt_before_third_party" in codes


def test_an_unknown_choice_counts_as_none():
    assert compose(DONE | {"address": "sideways"}, PLAN, TODAY, RULES).report.address is AddressFinding.UNKNOWN
    assert asked(DONE | {"outcome": "lost"}, RULES) == {"outcome"}
    report = replace(compose(DONE, PLAN, TODAY, RULES).report, outcome=VisitOutcome.NOT_FOUND, met=None)
    assert typed_of(report, PLAN)["debt_disclosed"] == "yes"


@pytest.mark.parametrize(
    ("state", "signed", "waits"),
    [
        (VisitState.REQUESTED, False, VisitTurn.LEAD_OPENS),
        (VisitState.PLANNED, False, VisitTurn.PAIR_GOES),
        (VisitState.ON_SITE, False, VisitTurn.PAIR_GOES),
        (VisitState.DONE, False, VisitTurn.PAIR_REPORTS),
        (VisitState.SENT_BACK, False, VisitTurn.PAIR_REPORTS),
        (VisitState.REPORTED, False, VisitTurn.PAIR_SIGNS),
        (VisitState.REPORTED, True, VisitTurn.LEAD_REVIEWS),
        (VisitState.FILED, True, VisitTurn.NOBODY),
        (VisitState.REFUSED, False, VisitTurn.NOBODY),
        (VisitState.NOT_CARRIED_OUT, False, VisitTurn.NOBODY),
    ],
)
def test_whose_turn_it_is(state, signed, waits):
    found = turn(state, START, START, signed_by_all=signed)
    assert found.waits is waits
    assert (found.due_at is None) == (waits is VisitTurn.NOBODY)


def test_a_turn_is_overdue_only_after_its_time():
    running = turn(VisitState.PLANNED, START - timedelta(days=1), START)
    assert not running.overdue(START + timedelta(hours=2))
    assert running.overdue(START + timedelta(hours=2, seconds=1))
    assert not Turn(VisitTurn.NOBODY).overdue(START + timedelta(days=900))
