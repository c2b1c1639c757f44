"""A danger to a life logged at one window reaches every other, by keys alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.vocabulary import ArrearsReason, Flag, Outcome, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Emergency
from collector_desk.services.permits import alarms, tasks
from collector_desk.services.visits import incidents

ENTER, ALT, TAB, F10 = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Tab, Qt.Key.Key_F10
CTRL = Qt.KeyboardModifier.ControlModifier
NOTE = "客户说不想活了，已安抚并告知求助电话，等主管接手。"
TOLD = "打手机告诉了林主管，他说马上联系家属"


@pytest.fixture
def beeps(monkeypatch):
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def danger(desk, clock, who):
    """A call that ended so, begun and ended at this seat."""
    number = cases.open_case(desk.seat, who).numbers[0].phone.id
    begun = calling.begin(desk.seat, debtor_id=who, phone_id=number)
    clock.forward(minutes=2)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    log = CallLog(Outcome.RISK_TO_LIFE, Speaker.DEBTOR, checked, talk_seconds=90, note=NOTE)
    log = replace(log, reason=ArrearsReason.OTHER, recording="R-1")
    return calling.finish(desk.seat, begun.attempt.id, log)


def poll(desk):
    desk.window.pulse.look_elsewhere()
    QApplication.processEvents()


def go_to(desk, qtbot):
    """The hands move over to this window."""
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.current_screen().on_shown()


def strip(desk):
    return desk.window.desk.alarms.strip


def test_danger_at_one_window_stands_before_every_other_until_a_lead_opens_it(two_desks, clock, beeps, qtbot):
    agent, lead = two_desks
    who, free = agent.debtor("朱雪彩"), agent.debtor("王明")
    agent.open()
    lead.open()
    assert strip(lead).text() == ""
    assert strip(agent).text() == ""
    agent.window.distribute(danger(agent, clock, who))
    poll(lead)
    for desk in (agent, lead):
        assert "生命危险" in strip(desk).text()
        assert "朱**" in strip(desk).text()
        assert "雪彩" not in strip(desk).text()
        assert "张晓" in strip(desk).text()
    assert "主管的屏幕上" in strip(agent).text(), "a lead sits at a window: nobody has to ring"
    assert beeps == [1], "at the lead's window and nowhere else"
    poll(lead)
    assert beeps == [1]
    rail = lead.window.desk.buttons["review"]
    assert rail.badge == 1
    assert "review" not in agent.window.desk.buttons

    place = list(lead.window.desk.buttons).index("review") + 1
    go_to(lead, qtbot)
    lead.key(str(place), ALT)
    assert strip(lead).text(), "a page that lies open is not a lead who looks"
    lead.key(F10)
    page = lead.window.page("review")
    assert page.tasks.detail.task.debtor_id == who
    assert QApplication.focusWidget() is page.tasks.detail.reason
    poll(agent)
    assert strip(lead).text() == ""
    assert strip(agent).text() == ""
    assert rail.badge == 1, "opened, not yet settled"
    lead.type("已联系家属和社区，暂停继续。")
    lead.ctrl(ENTER)
    assert rail.badge == 0
    assert Flag.VULNERABLE in cases.open_case(lead.seat, who).file.flags
    assert free


def test_the_window_follows_the_language_and_the_lock(two_desks, clock, beeps):
    agent, lead = two_desks
    who = agent.debtor("朱雪彩")
    lead.open()
    lead.ctrl("L")
    danger(agent, clock, who)
    poll(lead)
    screen = lead.window.screens.lock
    assert not screen.urgent.isHidden()
    assert "朱" not in screen._urgent_text.text(), "not a word of whom, before the lock"
    assert not alarms.state(agent.seat).lead_there, "a locked window is nobody's eyes"
    lead.window._unlocked()
    assert "生命危险" in strip(lead).text()
    assert alarms.state(agent.seat).lead_there
    lead.window.toggle_language()
    QApplication.processEvents()
    assert "生命危险" not in strip(lead).text()
    assert "张晓" in strip(lead).text()
    assert strip(lead).button.text() == "Open (F10)"


def test_without_a_lead_the_next_number_waits_for_whom_one_told(desk, clock, beeps, qtbot):
    settings_of = desk.seat
    first, second = desk.debtor("朱雪彩"), desk.debtor("王明")
    desk.open()
    desk.window.distribute(danger(desk, clock, first))
    assert "没有主管在座" in strip(desk).text()
    assert "12356" in strip(desk).text()
    assert beeps == []
    page = desk.page
    desk.key(ENTER)
    assert desk.case_on_screen == second
    desk.key("D")
    assert page.call.attempt is None
    told = page.column.told
    assert told.isVisible()
    assert page.log.isHidden()
    assert QApplication.focusWidget() is told.words
    clock.forward(minutes=3)
    desk.key(ENTER)
    assert told._words.error(), "an empty answer is none"
    desk.type("……")
    desk.ctrl(ENTER)
    assert told._words.error()
    assert page.call.attempt is None
    desk.key("A", CTRL)
    desk.type(TOLD)
    desk.key(ENTER)
    assert told._at.error()
    assert QApplication.focusWidget() is told.at
    desk.type("10:04")
    desk.key(ENTER)
    assert page.call.attempt is not None, "then dialling goes on"
    assert told.isHidden()
    assert page.log.isVisible()
    qtbot.waitUntil(lambda: TOLD in strip(desk).text())
    assert strip(desk).text().startswith("生命危险"), "it stays before everybody"
    (one,) = alarms.state(settings_of).waiting
    assert [line.words for line in one.told] == [TOLD]


def test_whom_one_told_stands_with_the_matter(two_desks, clock, beeps):
    agent, lead = two_desks
    settings.change(lead.seat, Emergency("林主管 16188001111"))
    danger(agent, clock, agent.debtor("朱雪彩"))
    clock.forward(minutes=5)
    agent.open()
    assert "林主管 16188001111" in strip(agent).text()
    alarms.tell(agent.seat, TOLD, "10:04")
    lead.open()
    assert TOLD in strip(lead).text()
    assert beeps == [1], "at the sign-in, at once"
    lead.key(F10)
    detail = lead.window.page("review").tasks.detail
    said = [label.text() for label in detail.findChildren(type(strip(lead).what).__mro__[1])]
    assert any(TOLD in text for text in said)


def test_no_sound_into_an_open_call_but_after_it(two_desks, clock, beeps):
    agent, lead = two_desks
    own, who = agent.debtor("王明"), agent.debtor("朱雪彩")
    lead.open()
    work = lead.window.show_page("work")
    work.acts.turns.open(own)
    work.acts.dial()
    assert work.call.attempt is not None
    danger(agent, clock, who)
    poll(lead)
    assert strip(lead).text()
    assert beeps == []
    script = work.script.geometry()
    strip(lead).hide()
    QApplication.processEvents()
    assert work.script.geometry() == script, "nothing of the call moved for the strip"
    strip(lead).show()
    work.acts.unreached(Outcome.NO_ANSWER)
    poll(lead)
    assert beeps == [1]


@pytest.mark.parametrize("kind", [IncidentKind.THREAT, IncidentKind.POLICE, IncidentKind.DATA_LEAK])
def test_an_incident_is_told_as_loudly_and_stands_first(two_desks, clock, beeps, qtbot, kind):
    agent, lead = two_desks
    other = agent.debtor("王明")
    number = cases.open_case(agent.seat, other).numbers[0].phone.id
    begun = calling.begin(agent.seat, debtor_id=other, phone_id=number)
    clock.forward(minutes=2)
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    log = CallLog(Outcome.COMPLAINT, Speaker.DEBTOR, checked, talk_seconds=90, note="客户要求书面答复来电频繁。")
    calling.finish(agent.seat, begun.attempt.id, replace(log, reason=ArrearsReason.OTHER, recording="R-1"))
    clock.forward(days=3)
    lead.open()
    agent.open()
    agent.window.show_page("work").acts.turns.open(agent.debtor("朱雪彩"))
    go_to(agent, qtbot)
    agent.key(Qt.Key.Key_F9)
    dialog = agent.page.incident.dialog
    dialog.view.begin(kind)
    poll(lead)
    assert "朱**" in strip(lead).text()
    assert beeps == [1]
    assert [task.kind for task in tasks.open_tasks(lead.seat)] == ["incident", "complaint"]
    dialog.accept()
    go_to(lead, qtbot)
    lead.key(F10)
    assert lead.window.page("review").tasks.detail.task.kind == "incident"
    assert strip(lead).text() == ""
    assert incidents.incidents(lead.seat)[0].open
