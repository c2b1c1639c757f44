"""Day and time in words, by keys: what was understood stands in full below before anybody accepts it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases
from collector_desk.store import tables as t
from tests.journeys.test_call import NOTE, digit_of, say_who, will_pay

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at_the_day(desk) -> str:
    """A promise in full, the keys in the field of its day."""
    who = desk.debtor()
    desk.key(ENTER)
    say_who(desk, who)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("A")
    desk.key(TAB)
    assert desk.page.log.fields.day.hasFocus()
    return who


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("zh_CN", "明早9点", "→ 2026年11月24日 星期二 09:00"),
        ("en", "tomorrow 9am", "→ Tuesday 24 Nov 2026 09:00"),
        ("zh_CN", "2h", "→ 2026年11月23日 星期一 12:02"),
    ],
)
def test_a_promise_in_words_is_shown_in_full_and_saved_as_shown(desk, language, typed, shown):
    desk.open(language)
    who = at_the_day(desk)
    fields = desk.page.log.fields
    desk.type(typed)
    assert fields.understood.text() == shown
    assert fields.understood.isVisible()
    assert fields.at.text() == shown[-5:], "the time that was filled in before follows"
    desk.key(TAB)
    assert fields.understood.text() == shown, "and what was written out means the same"
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    (promise,) = cases.open_case(desk.seat, who).file.promises
    assert f"{promise.due_at.astimezone(SHANGHAI):%H:%M}" == shown[-5:]


def test_what_can_be_two_moments_is_said_and_not_saved(desk):
    desk.open()
    who = at_the_day(desk)
    fields = desk.page.log.fields
    desk.type("周一")
    assert fields.understood.text() == "⚠ 可能是 2026年11月23日，也可能是 2026年11月30日：请写明日期。"
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is not None
    assert "可能是" in desk.page.log.problem.text()
    assert fields.day.hasFocus()
    assert fields.day.text() == "周一", "what is typed stays"
    fields.day.selectAll()
    desk.type("明天3点")
    assert "03:00" in fields.understood.text()
    assert "15:00" in fields.understood.text()
    fields.day.selectAll()
    desk.type("明天下午3点")
    desk.ctrl(ENTER)
    (promise,) = cases.open_case(desk.seat, who).file.promises
    assert promise.due_at.astimezone(SHANGHAI) == datetime(2026, 11, 24, 15, tzinfo=SHANGHAI)


def test_what_is_past_is_said_while_it_is_typed(desk):
    desk.open("en")
    at_the_day(desk)
    desk.type("today")
    fields = desk.page.log.fields
    fields.at.selectAll()
    desk.key(TAB)
    fields.at.selectAll()
    desk.type("9am")
    assert fields.understood.text() == "⚠ today 09:00 is past."


def test_a_call_back_and_a_put_off_are_typed_the_same_way(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")  # not now
    desk.clock.forward(seconds=20)
    page = desk.page
    page.call.set_outcome(Outcome.CALL_BACK)
    page.view.show_call()
    page.log.fields.at.setFocus()
    page.log.fields.at.selectAll()
    desk.type("30m")
    assert page.log.fields.understood.text().startswith("→ 2026年11月23日 星期一 10:3")
    page.log.toggle_more()
    page.log.more.fields["next_day"].setFocus()
    desk.type("下周一10点")
    assert page.log.more.understood.text() == "→ 2026年11月30日 星期一 10:00"
    page.log.more.fields["next_day"].selectAll()
    desk.key(Qt.Key.Key_Delete)
    assert page.log.more.understood.isHidden()
    desk.ctrl("N")
    desk.type("对方在开会，约好半小时以后再打给他。")
    desk.ctrl(ENTER)
    with desk.seat.store.read() as conn:
        end = conn.execute(select(t.attempt_end)).one()
    assert f"{end.next_at.astimezone(SHANGHAI):%m-%d %H}" == "11-23 10"
    assert cases.open_case(desk.seat, first).file.attempts == 1
