"""When to ring again, by keys: in free words, or one of the moments that are often asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.services.book import cases

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def call_back(desk) -> str:
    """A call that leads to a call back, its time still to be said."""
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")
    desk.key("1")
    return who


def saved(desk, who: str):
    desk.ctrl("N")
    desk.type("客户说在开会，约好时间再打给他。")
    desk.clock.forward(seconds=20)
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()
    why = cases.open_case(desk.seat, who).file.why
    assert why.code == "book.callback_later"
    return desk.seat.local(why.params["at"])


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("14", 23, "14:00"),
        ("30m", 23, None),
        ("明早9点", 24, "09:00"),
        ("下午三点半", 23, "15:30"),
        ("9", 24, "09:00"),
        ("后天 10:20", 25, "10:20"),
    ],
)
def test_one_key_and_free_words_say_day_and_time(desk, typed, day, at):
    who = call_back(desk)
    now = desk.page.call.now_there
    desk.key(Qt.Key.Key_Semicolon)
    assert desk.page.log.fields.at.hasFocus()
    desk.type(typed)
    assert desk.page.log.fields.understood.text().startswith("→")
    desk.key(ESC)
    told = saved(desk, who)
    assert told.day == day
    assert at is None or f"{told:%H:%M}" == at
    assert told > now


def test_a_moment_often_asked_for_takes_two_keys(desk):
    who = call_back(desk)
    desk.ctrl(Qt.Key.Key_Semicolon)
    assert QApplication.activePopupWidget() is desk.page.log.fields.soon.menu()
    desk.key("6")
    told = saved(desk, who)
    assert (told.day, f"{told:%H:%M}") == (24, "09:00")


def test_the_example_is_tomorrow_and_the_key_stands_at_the_field(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")
    desk.key("1")
    fields = desk.page.log.fields
    assert fields.day.placeholderText().startswith("24")
    assert ";" in fields._labels["time"].text()
