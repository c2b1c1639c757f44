"""The debtor asks for a call back this afternoon: it comes up at its minute, is made, and is made once."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases, queueing
from collector_desk.ui.words import say

ENTER = Qt.Key.Key_Return


def talk(desk, who: str) -> None:
    """Dial, "it is me", two right answers."""
    file = cases.open_case(desk.seat, who).file
    desk.key("D")
    assert desk.page.call.attempt is not None, desk.page.banner.text()
    desk.key("1")
    desk.type(file.debtor.name)
    desk.key(ENTER)
    desk.type(file.debtor.id_number[-4:])
    desk.key(ENTER)
    desk.clock.forward(seconds=90)


def call_back(desk, at: str, note: str) -> None:
    """The outcome with day, time and note, by keys."""
    desk.key("R")
    desk.key("4")
    desk.page.log.fields.day.setFocus()
    desk.page.log.fields.day.selectAll()
    desk.type("+0")
    desk.page.log.fields.at.setFocus()
    desk.page.log.fields.at.selectAll()
    desk.type(at)
    desk.ctrl("N")
    desk.page.log.note.selectAll()
    desk.type(note)


def clock_to(desk, hour: int, minute: int) -> None:
    desk.clock.at = datetime(2026, 11, 23, hour - 8, minute, tzinfo=UTC)
    desk.window.distribute(queueing.tick(desk.seat))


def test_a_call_back_for_today_is_made_at_its_minute(desk):
    who, other = desk.debtor(balance=5000000), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == who
    talk(desk, who)
    call_back(desk, "2330", "客户正在开会，请晚一点再打这个电话。")
    assert "22:00" in desk.page.log.problem.text(), "said while one types, with the hours"
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is not None, "an hour at which nobody may be called is refused"
    desk.page.log.fields.at.setFocus()
    desk.page.log.fields.at.selectAll()
    desk.type("15")
    assert desk.page.log.problem.text() == ""
    desk.ctrl(ENTER)
    assert desk.case_on_screen == other
    assert desk.page.call.attempt is None

    clock_to(desk, 15, 1)
    desk.key(ENTER)
    assert desk.case_on_screen == who, "to the minute it stands on top"
    talk(desk, who)
    assert desk.page.call.outcome is not Outcome.CALL_BACK
    desk.key("R")
    desk.key("9")
    desk.ctrl("N")
    desk.type("客户听完金额后称在忙，直接挂断了电话。")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None

    desk.page.acts.turns.open(who)
    desk.key("D")
    assert desk.page.call.attempt is None, "one call back was asked for"
    (row,) = (each for each in queueing.rows(desk.seat) if each.debtor_id == who)
    assert not row.queue_class.workable


def test_a_promise_of_today_stands_as_one_though_nobody_may_be_called_about_it(desk, qtbot):
    who, other = desk.debtor(balance=5000000), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    talk(desk, who)
    while not any(branch.outcome is Outcome.PROMISE_FULL for branch in desk.page.call.walk.branches):
        desk.key("1")
    desk.key(next(each.digit for each in desk.page.call.walk.branches if each.outcome is Outcome.PROMISE_FULL))
    for key in ("1", "T", "E", "1"):  # agreed, today, at six, repeated
        desk.key(key)
    desk.page.log.fields.amount.setFocus()
    desk.page.log.fields.amount.selectAll()
    desk.type("50000")
    desk.ctrl("N")
    desk.type("客户说工资今天发，下午六点前从手机银行还清，已复述确认。")
    desk.ctrl(ENTER)
    assert desk.case_on_screen == other, desk.page.log.problem.text()

    def row():
        return next((each for each in desk.page.queue.first_rows() if each.debtor_id == who), None)

    qtbot.waitUntil(lambda: row() is not None and row().queue_class is QueueClass.PROMISED_TODAY)
    assert "18:00" in say(row().why, zone=desk.page.call.zone, now=desk.seat.now())
    desk.key("D")
    desk.key("N")
    assert desk.case_on_screen != who, "Enter and what follows a call pass it by"
