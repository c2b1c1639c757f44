"""Before the dial: what was said last time and what is promised, and the whole history read by keys."""

from PySide6.QtCore import Qt

from collector_desk.domain.vocabulary import Outcome
from tests.journeys.test_call import digit_of, say_who, will_pay

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
TOLD = "朱雪彩说工资 12,000 明天发，下午六点前从手机银行还 3391 元，电话 16188001234。"


def promised(desk) -> str:
    """A debtor who promised for tomorrow, on the screen again before the next call."""
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, who)
    will_pay(desk)
    for key in (digit_of(desk, Outcome.PROMISE_FULL), "1", "M", "1", "1"):
        desk.key(key)
    desk.ctrl("N")
    desk.type(TOLD)
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()
    desk.ctrl("F")
    desk.type("朱")
    desk.key(ENTER)
    assert desk.case_on_screen == who
    return who


def test_the_last_note_and_the_promise_stand_there_masked_until_looked_behind(desk):
    promised(desk)
    before = desk.page.log.waiting.before
    assert before.isVisible()
    shown = before.note.text()
    assert "下午六点前从手机银行还" in shown
    for secret in ("朱雪彩", "12,000", "3391", "16188001234"):
        assert secret not in shown
    assert "张晓" in before.head.text()
    assert "¥****" in before.promise.text()
    desk.ctrl("U")
    assert before.note.text() == TOLD
    assert "33,911.62" in before.promise.text()
    desk.clock.forward(hours=24)
    desk.key("D")
    assert not before.isVisible()


def test_a_case_without_a_past_shows_nothing_of_it(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    assert not desk.page.log.waiting.before.isVisible()
    desk.ctrl("H")
    assert desk.page.column.history.isVisible()
    desk.ctrl("Y")
    assert desk.page.column.history.empty.isVisible()


def test_the_history_is_read_walked_and_left_by_keys(desk):
    who = promised(desk)
    panel = desk.page.column.history
    desk.ctrl("H")
    assert panel.isVisible()
    assert panel.list.hasFocus()
    everything = panel.model.rowCount()
    assert everything > 1
    desk.key(DOWN)
    assert panel.list.currentIndex().row() == 1
    desk.ctrl("Y")
    assert panel.model.rowCount() == 1
    line = panel.model.index(0).data()
    assert "张晓" in line
    assert "11-23" in line
    assert "朱雪彩" not in line
    desk.ctrl("Y")
    assert panel.model.rowCount() == everything
    desk.key(ENTER)
    assert not panel.isVisible()
    assert desk.case_on_screen == who
    desk.ctrl("H")
    desk.key(ESC)
    assert not panel.isVisible()
    assert desk.page.log.isVisible()


def test_in_a_call_the_history_is_gone_once_somebody_else_listens(desk):
    promised(desk)
    desk.clock.forward(hours=24)
    desk.key("D")
    assert desk.page.call.attempt is not None
    desk.ctrl("H")
    assert desk.page.column.history.isVisible()
    desk.ctrl("T")
    assert not desk.page.column.history.isVisible()
    desk.ctrl("H")
    assert not desk.page.column.history.isVisible()


def test_ctrl_enter_over_the_history_of_a_call_saves_nothing(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    attempt = desk.page.call.attempt
    desk.ctrl("H")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt == attempt
    assert desk.page.log.isVisible()
