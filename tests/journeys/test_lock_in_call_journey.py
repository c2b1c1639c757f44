"""Ctrl+L during a call: nothing of it stays on the screen, the call and its clock go on behind the lock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from collector_desk.services.calls import calling
from tests.samples.store import PASSWORD

ENTER = Qt.Key.Key_Return


def seen(desk) -> str:
    """Every word on the screen."""
    labels = [one.text() for one in desk.window.findChildren(QLabel) if one.isVisible()]
    return " ".join([*labels, *(one.text() for one in desk.window.findChildren(QLineEdit) if one.isVisible())])


def test_a_call_goes_on_behind_the_lock(desk, qtbot, clock):
    first = desk.debtor("欧阳明珠")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    desk.type("刚接通，客户请我稍等。")
    assert "欧阳" in seen(desk)
    desk.ctrl("L")
    lock = desk.window.screens.lock
    assert desk.window.current_screen() is lock
    assert "欧阳" not in seen(desk)
    assert "通话仍在进行" in seen(desk)
    assert not lock.form.switch_button.isVisible(), "nobody else signs in over an open call"
    desk.key("D")
    clock.forward(minutes=3)
    desk.ctrl("A")
    desk.type(PASSWORD)
    desk.key(ENTER)
    qtbot.waitUntil(lambda: desk.window.current_screen() is desk.window.desk)
    attempt = calling.open_attempt(desk.seat)
    assert attempt is not None
    assert attempt.debtor_id == first == desk.case_on_screen
    assert desk.page.call.talking
    assert desk.page.call.seconds() >= 180
    assert "稍等" in desk.page.log.note.toPlainText()


def test_without_a_call_the_lock_offers_the_seat_to_somebody_else(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.ctrl("L")
    lock = desk.window.screens.lock
    assert desk.window.current_screen() is lock
    assert lock.form.switch_button.isVisible()
    assert "通话仍在进行" not in seen(desk)


def test_an_open_answer_has_the_whole_side_until_esc(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("O")
    desk.type("没钱")
    answers, history = desk.page.help.answers, desk.page.help.timeline
    assert answers.panel.isVisible()
    assert not history.isVisible()
    bottom = answers.next.mapTo(answers, answers.next.rect().bottomLeft()).y()
    assert bottom < answers.height(), "what to ask next is in view"
    desk.key(Qt.Key.Key_Escape)
    assert history.isVisible()
    assert answers.typed.text() == "没钱", "nothing typed is lost"
