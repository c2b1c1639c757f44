"""What comes due says so quietly, with its key; five minutes before where somebody wishes it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, Speaker
from collector_desk.services.book import cases
from collector_desk.services.calls import calling

ENTER, F12, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_F12, Qt.Key.Key_Space, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier
NOTE = "客户在开会，请我过一会儿再打给他。"


def agree_on(desk, clock, debtor_id, minutes):
    """A call back in so many minutes, agreed on the telephone at this seat."""
    number = cases.open_case(desk.seat, debtor_id).numbers[0].phone.id
    begun = calling.begin(desk.seat, debtor_id=debtor_id, phone_id=number)
    clock.forward(minutes=1)
    at = desk.seat.local(clock.now() + timedelta(minutes=minutes))
    checked = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
    log = CallLog(Outcome.CALL_BACK, Speaker.DEBTOR, checked, talk_seconds=40, note=NOTE, recording="R-1")
    when = replace(log, day=at.date(), at=at.time().replace(second=0, microsecond=0), reason=ArrearsReason.BUSY)
    calling.finish(desk.seat, begun.attempt.id, when)


@pytest.fixture
def due_soon(desk, clock):
    """One debtor to be called back in ten minutes, and one more."""
    first = desk.debtor("孙晓梅")
    desk.debtor("王明")
    agree_on(desk, clock, first, 10)
    return first


def test_a_call_back_tells_of_itself_at_its_minute_and_its_key_opens_it(desk, clock, due_soon, qtbot):
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen != due_soon
    strip = desk.page.queue.due
    assert not strip.isVisible()
    clock.forward(minutes=10)
    desk.window.pulse.look_elsewhere()
    qtbot.waitUntil(strip.isVisible)
    assert "孙" in strip._words.text()
    assert "晓梅" not in strip._words.text(), "masked as in the list"
    focus = QApplication.focusWidget()
    assert focus is desk.page, "it takes no focus"
    desk.key(F12)
    assert desk.case_on_screen == due_soon
    assert not strip.isVisible()


def test_who_wishes_is_told_five_minutes_before_and_once(desk, clock, due_soon, qtbot):
    desk.open()
    desk.key(str(len(desk.window.desk.buttons)), ALT)
    settings = desk.window.page("settings")
    for _ in range(30):
        if QApplication.focusWidget() is settings.appearance.ahead:
            break
        desk.key(TAB)
    desk.key(SPACE)
    desk.key("1", ALT)
    desk.key(ENTER)
    strip = desk.page.queue.due
    clock.forward(minutes=4)
    strip.looked.emit()
    assert not strip.isVisible(), "six minutes are left"
    clock.forward(minutes=2)
    strip.looked.emit()
    assert strip.isVisible()
    assert strip.debtor_id == due_soon
    strip.hide()
    strip.looked.emit()
    assert not strip.isVisible(), "told once"


def test_who_does_not_wish_it_is_told_at_the_minute_alone(desk, clock, due_soon):
    desk.open()
    clock.forward(minutes=7)
    desk.page.queue.due.looked.emit()
    assert not desk.page.queue.due.isVisible()
