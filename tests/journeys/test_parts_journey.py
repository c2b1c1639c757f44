"""A promise in several parts, by keys: typed in one line, shown in full, saved and judged part by part."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import Outcome, PromiseState
from collector_desk.services.book import cases
from collector_desk.store.verify import verify
from tests.journeys.test_call import NOTE, digit_of, say_who, will_pay

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def asked(desk):
    """The outcome is a part of the debt, 1,000 yuan of it tomorrow; the note is written."""
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, who)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key(digit_of(desk, Outcome.PROMISE_PART))
    desk.key("A")
    desk.ctrl("A")
    desk.type("1000")
    desk.key(TAB)
    desk.type("明天")
    desk.ctrl("N")
    desk.type(NOTE)
    return who


def at_the_parts(desk):
    desk.key(Qt.Key.Key_Escape)
    desk.key("L")
    more = desk.page.log.more
    for _ in range(12):
        if more.fields["parts"].hasFocus():
            return more
        desk.key(TAB)
    raise AssertionError("the field of the parts was not reached")


def promised(desk, who):
    return [
        (one.amount, one.due_at.astimezone(SHANGHAI), one.state)
        for one in cases.open_case(desk.seat, who).file.promises
    ]


def test_what_is_typed_is_shown_saved_and_taken_back_as_a_whole(desk, asked):
    more = at_the_parts(desk)
    desk.type("500 后天; 300 26日 12:00")
    assert more.parts.text() == "→ ¥500.00 2026年11月25日 星期三 18:00; ¥300.00 2026年11月26日 星期四 12:00"
    desk.ctrl(ENTER)
    assert promised(desk, asked) == [
        (Money(100_000), datetime(2026, 11, 24, 18, tzinfo=SHANGHAI), PromiseState.PROPOSED),
        (Money(50_000), datetime(2026, 11, 25, 18, tzinfo=SHANGHAI), PromiseState.PROPOSED),
        (Money(30_000), datetime(2026, 11, 26, 12, tzinfo=SHANGHAI), PromiseState.PROPOSED),
    ], "the last one lies further out than two days: all of it waits for one word of a lead"
    desk.ctrl("Z")
    assert {state for _, _, state in promised(desk, asked)} == {PromiseState.CANCELLED}
    assert verify(desk.seat.store).ok


def test_what_can_not_be_agreed_is_said_at_the_field_and_nothing_is_lost(desk, asked):
    more = at_the_parts(desk)
    desk.type("500 今天18:00")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is not None
    assert "后一期须晚于前一期" in desk.page.log.problem.text()
    assert more.fields["parts"].hasFocus()
    more.fields["parts"].selectAll()
    desk.type("40000 后天")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is not None
    more.fields["parts"].selectAll()
    desk.type("500")
    assert "未写明金额和日期" in more.parts.text()
    more.fields["parts"].selectAll()
    desk.type("500 后天")
    desk.ctrl(ENTER)
    assert [state for _, _, state in promised(desk, asked)] == [PromiseState.OPEN] * 2
