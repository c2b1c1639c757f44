"""The lead settles open matters by keys alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.changes import Changes
from collector_desk.domain.vocabulary import ArrearsReason, Flag, Outcome, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.permits import alarms, tasks

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEAD, AGENT = "林主管", "张晓"
NOTES = {
    Outcome.COMPLAINT: "客户称昨日来电语气生硬，要求给出书面答复。",
    Outcome.WANTS_PLAN: "客户希望分六期归还，月收入约八千元。",
}


@pytest.fixture
def matters(desk_of, clock):
    """A complaint and a request for a plan, as two calls left them."""
    agent = desk_of(AGENT)
    return {outcome: called(agent, clock, outcome, note) for outcome, note in NOTES.items()}


def called(agent, clock, outcome, note):
    """A call that ended so; whom it was with."""
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    who = agent.debtor(days=40)
    number = cases.open_case(agent.seat, who).next_number.phone.id
    begun = calling.begin(agent.seat, debtor_id=who, phone_id=number)
    clock.forward(minutes=2)
    log = CallLog(outcome, Speaker.DEBTOR, checked, talk_seconds=90, note=note, reason=ArrearsReason.OTHER)
    calling.finish(agent.seat, begun.attempt.id, replace(log, recording="R-1"))
    for one in alarms.owed(agent.seat):
        alarms.tell(agent.seat, "打手机告诉了林主管，他马上处理", f"{agent.seat.local(one.at):%H:%M}")
    return who


def test_matters_are_settled_with_a_reason(desk_of, matters, clock):
    lead = desk_of(LEAD).open()
    place = list(lead.window.desk.buttons).index("review") + 1
    lead.key(str(place), ALT)
    page = lead.window.page("review")
    assert page.tasks.count() == 2
    assert page.tasks.detail.task.kind == "complaint", "what runs out first stands on top"
    lead.ctrl(ENTER)
    assert page.tasks.detail.field.error()
    assert QApplication.focusWidget() is page.tasks.detail.reason
    lead.type("已致歉并书面答复，客户表示接受。")
    lead.key(ENTER, CTRL, SHIFT)
    assert page.tasks.count() == 1
    file = cases.open_case(lead.seat, matters[Outcome.COMPLAINT]).file
    assert Flag.COMPLAINT_OPEN not in file.flags, "released, collecting may go on"
    lead.key(ENTER)
    lead.type("月收入不足以支持六期，请先提供证明。")
    lead.ctrl("R")
    assert tasks.open_tasks(lead.seat) == ()
    assert page.tasks.count() == 0
    assert page.tasks.stack.currentWidget() is page.tasks.empty


PAUSING = {
    Outcome.COMPLAINT: Flag.COMPLAINT_OPEN,
    Outcome.STOP_CALLING: Flag.CEASE,
    Outcome.RISK_TO_LIFE: Flag.VULNERABLE,
    Outcome.DISPUTE: Flag.DISPUTED,
}


@pytest.mark.parametrize(("outcome", "flag"), PAUSING.items(), ids=lambda value: value.value)
def test_the_key_pressed_by_habit_never_lets_collecting_go_on(desk_of, clock, outcome, flag):
    agent = desk_of(AGENT)
    first, second = (called(agent, clock, outcome, f"客户第{n}次说明情况，已如实记下。") for n in "一二")
    lead = desk_of(LEAD).open()
    page = lead.window.show_page("review")
    assert page.tasks.detail.refuse_button.button.isDefault(), "the blue button is the one that keeps the pause"
    lead.key(ENTER)
    lead.type("已联系本人核实，暂停继续保留。")
    lead.ctrl(ENTER)
    assert page.tasks.count() == 1
    flags = {who: cases.open_case(lead.seat, who).file.flags for who in (first, second)}
    assert all(flag in held for held in flags.values()), "settled, and nobody is called"
    lead.key(ENTER)
    lead.type("已核实并书面答复，可以恢复联系。")
    lead.key(ENTER, CTRL, SHIFT)
    assert page.tasks.count() == 0
    assert sum(flag in cases.open_case(lead.seat, who).file.flags for who in (first, second)) == 1


def test_what_is_overdue_is_said_in_words(desk_of, matters, clock):
    clock.forward(days=2)
    lead = desk_of(LEAD).open("en")
    page = lead.window.show_page("review")
    first = page.tasks.model.index(0)
    assert "overdue since" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert clock.now() - page.tasks.detail.task.due_at > timedelta(0)


def test_typing_a_reason_survives_what_others_do(desk_of, matters):
    lead = desk_of(LEAD).open()
    page = lead.window.show_page("review")
    lead.key(ENTER)
    lead.type("正在核实通话录音")
    lead.window.distribute(Changes(everything=True))
    assert page.tasks.detail.reason.toPlainText() == "正在核实通话录音"
    page.tasks.detail.reason.clear()


def test_a_half_typed_reason_survives_the_other_language(desk_of, matters):
    lead = desk_of(LEAD).open("zh_CN")
    page = lead.window.show_page("review")
    lead.key(ENTER)
    lead.type("正在核实通话录音")
    before = page.tasks.detail.approve_button.button.text()
    lead.window.toggle_language()
    QApplication.processEvents()
    assert page.tasks.detail.approve_button.button.text() != before
    assert page.tasks.detail.reason.toPlainText() == "正在核实通话录音"
    assert QApplication.focusWidget() is page.tasks.detail.reason
    page.tasks.detail.reason.clear()
