"""A log that can't be saved shows all that is missing at once; the button counts, and leads on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.calls import calling
from collector_desk.ui.theme import Tint

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def in_a_promise(desk, clock):
    """The identified debtor wants to pay a part; nothing of it is written down yet."""
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("1")
    case = desk.page.call.case.file.debtor
    desk.type(case.name)
    desk.key(ENTER)
    desk.type(case.id_number[-4:])
    desk.key(ENTER)
    clock.forward(minutes=2)
    desk.page.call.set_outcome(Outcome.PROMISE_PART)
    desk.page.view.show_call()
    desk.page.view.rest()


def red(desk) -> set[str]:
    """The fields whose labels say that they are at fault."""
    labels = desk.page.log.fields._labels
    return {name for name, label in labels.items() if label.tint is Tint.DANGER_STRONG and label.isVisible()}


def test_everything_that_is_missing_is_shown_at_once_and_the_button_leads_on(desk, clock):
    in_a_promise(desk, clock)
    log = desk.page.log
    log.fields.amount.clear()
    log.fields.typed.emit()
    desk.key(ENTER, CTRL)
    assert calling.open_attempt(desk.seat) is not None
    missing = red(desk)
    assert {"amount", "date"} <= missing
    told = log.problem.text()
    assert told.count("⚠") >= len(missing)
    assert "缺" in log.save.text()
    assert QApplication.focusWidget() is log.fields.amount, "the first, as they stand"
    desk.type("500")
    assert "缺" not in log.save.text(), "what is typed is judged anew"
    desk.key(ENTER, CTRL)
    assert "amount" not in red(desk)
    assert QApplication.focusWidget() is log.fields.day
    assert "缺" in log.save.text()


def test_the_button_counts_what_stands_in_the_way(desk, clock):
    in_a_promise(desk, clock)
    log = desk.page.log
    log.fields.amount.setFocus()
    desk.ctrl("A")
    desk.type("500")
    desk.page.view.rest()
    desk.key(ENTER, CTRL)
    before = len(desk.page.call.check().refusals)
    assert before > 1
    assert log.save.text() == f"缺 {before} 项：下一处"
    log.fields.day.setFocus()
    desk.type("明天18点")
    desk.page.view.rest()
    desk.key(ENTER, CTRL)
    after = len(desk.page.call.check().refusals)
    assert 0 < after < before
    assert log.save.text() == f"缺 {after} 项：下一处"
