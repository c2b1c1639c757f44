"""The lead settles open matters by keys alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.call_log import CallLog
from collector_desk.domain.changes import Changes
from collector_desk.domain.identity import Factor, IdentityCheck
from collector_desk.domain.vocabulary import ArrearsReason, Flag, Outcome, Speaker
from collector_desk.services import calling, cases, duties

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
LEAD, AGENT = "林主管", "张晓"
NOTES = {
    Outcome.COMPLAINT: "客户称昨日来电语气生硬，要求给出书面答复。",
    Outcome.WANTS_PLAN: "客户希望分六期归还，月收入约八千元。",
}


@pytest.fixture
def matters(desk_of, clock):
    """A complaint and a request for a plan, as two calls left them."""
    agent = desk_of(AGENT)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    found = {}
    for outcome, note in NOTES.items():
        who = agent.debtor(days=40)
        number = cases.open_case(agent.seat, who).next_number.phone.id
        begun = calling.begin(agent.seat, debtor_id=who, phone_id=number)
        clock.forward(minutes=2)
        log = CallLog(outcome, Speaker.DEBTOR, checked, talk_seconds=90, note=note, reason=ArrearsReason.OTHER)
        log = replace(log, recording="R-1")
        calling.finish(agent.seat, begun.attempt.id, log)
        found[outcome] = who
    return found


def test_matters_are_settled_with_a_reason(desk_of, matters, clock):
    lead = desk_of(LEAD).open()
    place = list(lead.window.desk.buttons).index("review") + 1
    lead.key(str(place), ALT)
    page = lead.window.page("review")
    assert page.matters.count() == 2
    assert page.matters.detail.duty.kind == "complaint", "what runs out first stands on top"
    lead.ctrl(ENTER)
    assert page.matters.detail.field.error()
    assert QApplication.focusWidget() is page.matters.detail.reason
    lead.type("已致歉并书面答复，客户表示接受。")
    lead.ctrl(ENTER)
    assert page.matters.count() == 1
    file = cases.open_case(lead.seat, matters[Outcome.COMPLAINT]).file
    assert Flag.COMPLAINT_OPEN not in file.flags, "released, collecting may go on"
    lead.key(ENTER)
    lead.type("月收入不足以支持六期，请先提供证明。")
    lead.ctrl("R")
    assert duties.open_duties(lead.seat) == ()
    assert page.matters.count() == 0
    assert page.matters.stack.currentWidget() is page.matters.empty


def test_what_is_overdue_is_said_in_words(desk_of, matters, clock):
    clock.forward(days=2)
    lead = desk_of(LEAD).open("en")
    page = lead.window.show_page("review")
    first = page.matters.model.index(0)
    assert "overdue since" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert clock.now() - page.matters.detail.duty.due_at > timedelta(0)


def test_typing_a_reason_survives_what_others_do(desk_of, matters):
    lead = desk_of(LEAD).open()
    page = lead.window.show_page("review")
    lead.key(ENTER)
    lead.type("正在核实通话录音")
    lead.window.distribute(Changes(everything=True))
    assert page.matters.detail.reason.toPlainText() == "正在核实通话录音"
    page.matters.detail.reason.clear()


def test_a_half_typed_reason_survives_the_other_language(desk_of, matters):
    lead = desk_of(LEAD).open("zh_CN")
    page = lead.window.show_page("review")
    lead.key(ENTER)
    lead.type("正在核实通话录音")
    before = page.matters.detail.approve_button.button.text()
    lead.window.toggle_language()
    QApplication.processEvents()
    assert page.matters.detail.approve_button.button.text() != before
    assert page.matters.detail.reason.toPlainText() == "正在核实通话录音"
    assert QApplication.focusWidget() is page.matters.detail.reason
    page.matters.detail.reason.clear()
