"""Walking the queue by keys alone: Enter goes on, arrows choose, what interrupts does not move the place."""

import pytest
from PySide6.QtCore import Qt

from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
NAMES = ("朱雪彩", "王明", "吴广", "陈丽", "高远")
NOTE = "客户来电说工资推迟到月底，约好届时再联系，已复述确认。"


def several(desk, count=4) -> list[str]:
    """So many debtors, in the order in which they stand."""
    return [desk.debtor(NAMES[place], balance=900_000 - 1000 * place) for place in range(count)]


def say_who(desk, who: str) -> None:
    """Dial, "it is me", two right answers: identity is checked."""
    file = cases.open_case(desk.seat, who).file
    desk.key("D")
    desk.key("1")
    desk.type(file.debtor.name)
    desk.key(ENTER)
    desk.type(file.debtor.id_number[-4:])
    desk.key(ENTER)
    desk.clock.forward(seconds=90)


def enter(desk) -> str | None:
    desk.clock.forward(seconds=2)
    desk.key(ENTER)
    return desk.case_on_screen


def find(desk, name: str) -> None:
    desk.ctrl("F")
    desk.type(name)
    desk.key(ENTER)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_enter_visits_every_row_and_then_begins_with_the_one_left_longest_ago(desk, language):
    rows = several(desk, 5)
    desk.open(language)
    assert [enter(desk) for _ in range(11)] == [*rows, *rows, rows[0]]


def test_one_row_alone_stays_on_the_screen_and_says_so(desk):
    (only,) = several(desk, 1)
    desk.open()
    assert enter(desk) == only
    assert enter(desk) == only
    assert "没有其他" in desk.page.banner.text()


def test_each_save_goes_on_to_a_row_not_yet_seen(desk, qtbot):
    rows = several(desk, 5)
    desk.open()
    enter(desk)
    assert enter(desk) == rows[1]
    desk.key("D")
    desk.key("N")
    assert desk.case_on_screen == rows[2]
    desk.key("D")
    desk.key("B")
    assert desk.case_on_screen == rows[3]
    assert enter(desk) == rows[4]
    assert enter(desk) == rows[0]


def test_a_search_between_two_enters_does_not_move_the_place(desk):
    rows = several(desk, 5)
    desk.open()
    enter(desk)
    enter(desk)
    find(desk, NAMES[4])
    assert desk.case_on_screen == rows[4]
    assert enter(desk) == rows[2]
    assert enter(desk) == rows[3]
    assert enter(desk) == rows[0]


def test_after_an_inbound_call_the_case_it_interrupted_is_back(desk):
    rows = several(desk, 5)
    desk.open()
    enter(desk)
    enter(desk)
    find(desk, NAMES[4])
    desk.key("I")
    desk.key("R")
    desk.key("9")  # hangs up
    desk.clock.forward(seconds=40)
    desk.ctrl("N")
    desk.type("来电后未说明身份即挂断，未能核对任何信息，稍后再联系。")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()
    assert desk.case_on_screen == rows[1]
    assert enter(desk) == rows[2]


def test_a_row_that_falls_due_is_next(desk):
    rows = several(desk, 4)
    desk.open()
    enter(desk)
    say_who(desk, rows[0])
    desk.key("R")
    desk.key("4")  # call back
    desk.page.log.fields.day.setFocus()
    desk.type("24")
    desk.page.log.fields.at.setFocus()
    desk.type("10:30")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()
    desk.clock.forward(days=1)
    desk.window.pulse.look_elsewhere()
    assert [enter(desk) for _ in range(3)] == [rows[2], rows[3], rows[1]]
    desk.clock.forward(minutes=40)
    desk.window.pulse.look_elsewhere()
    assert queueing.next_row(desk.seat).queue_class is QueueClass.DUE_NOW
    assert enter(desk) == rows[0]
    assert enter(desk) != rows[0]


def test_marks_outlive_the_window(desk):
    rows = several(desk, 4)
    desk.open()
    enter(desk)
    enter(desk)
    desk.crash()
    desk.open()
    assert enter(desk) == rows[1]  # it was on the screen: nobody left it
    assert enter(desk) == rows[2]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_save_without_a_call_only_blinks(desk, language):
    rows = several(desk, 3)
    desk.open(language)
    enter(desk)
    desk.ctrl(ENTER)
    assert desk.case_on_screen == rows[0]
    assert desk.page.log.waiting._dark.isActive()
    assert not desk.page.banner.isVisible()
    desk.key("D")
    desk.key("N")
    desk.ctrl(ENTER)
    desk.ctrl(ENTER)  # a nervous hand
    assert desk.case_on_screen == rows[1]


def test_without_a_case_it_does_nothing_either(desk):
    several(desk, 2)
    desk.open()
    desk.ctrl(ENTER)
    assert desk.case_on_screen is None


def test_the_arrows_choose_a_row_and_enter_opens_it(desk, qtbot):
    rows = several(desk, 5)
    desk.open()
    enter(desk)
    desk.key(DOWN)
    desk.key(DOWN)
    desk.key(DOWN)
    desk.key(UP)
    assert desk.case_on_screen == rows[0]
    assert desk.page.queue.selected() == rows[2]
    assert enter(desk) == rows[2]
    assert enter(desk) == rows[1]  # the first was left for the third
    desk.key(DOWN)
    desk.key(ESC)
    assert desk.page.queue.selected() == rows[1]
    assert enter(desk) == rows[3]


def test_the_arrows_stay_where_one_types(desk):
    rows = several(desk, 3)
    desk.open()
    enter(desk)
    desk.key("D")
    desk.ctrl("N")
    desk.type("a")
    desk.key(DOWN)
    desk.key(UP)
    assert desk.page.log.note.hasFocus()
    assert desk.page.queue.selected() == rows[0]
    desk.ctrl("F")
    desk.type(NAMES[2])
    desk.key(DOWN)
    assert desk.page.queue.typed.hasFocus()
    assert desk.page.queue.selected() == rows[0]


def test_a_walked_row_outlives_a_reading_of_the_queue(desk):
    rows = several(desk, 4)
    desk.open()
    enter(desk)
    desk.key(DOWN)
    desk.key(DOWN)
    desk.page.queue.reload(rows[0])
    assert desk.page.queue.selected() == rows[2]
    assert enter(desk) == rows[2]


def test_an_open_call_keeps_its_case_whatever_is_walked(desk):
    rows = several(desk, 3)
    desk.open()
    enter(desk)
    desk.key("D")
    desk.key(DOWN)
    assert enter(desk) == rows[0]
    assert desk.page.banner.isVisible()
    assert calling.open_attempt(desk.seat) is not None
    desk.key("N")
    assert desk.case_on_screen == rows[1]
    assert cases.open_case(desk.seat, rows[0]).file.queue_class is QueueClass.LATER


# --- what the headline says --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_headline_counts_what_is_left_and_what_one_did(desk, qtbot, language):
    rows = several(desk, 5)
    desk.open(language)
    says = ("还剩 {} · 今日已办 {}" if language == "zh_CN" else "left {} · done {}").format

    def told(left: int, done: int) -> None:
        qtbot.waitUntil(lambda: desk.page.queue.count.text() == says(left, done))

    told(5, 0)
    enter(desk)
    desk.key("D")
    desk.key("N")
    told(4, 1)
    desk.key("D")
    desk.key("W")
    desk.key("W")
    told(3, 2)
    assert enter(desk) == rows[3]  # left without an outcome: nothing is done, and nothing less is left
    told(3, 2)
    desk.ctrl("Z")
    told(3, 1)
    desk.key("B")
    told(3, 2)


def test_an_empty_class_says_so_on_both_sides_and_full_again_it_does_not(desk, qtbot):
    several(desk, 2)
    desk.open()
    page = desk.page
    page.queue._look_at(QueueFilter(classes=frozenset({QueueClass.PROMISE_BROKEN})))
    qtbot.waitUntil(lambda: page.queue.count.text().startswith("还剩 0"))
    assert page.queue.classes.value is QueueClass.PROMISE_BROKEN
    assert page.empty._head.text() == "现在没有可作业的案件"
    page.queue._all()
    qtbot.waitUntil(lambda: page.queue.count.text().startswith("还剩 2"))
    assert page.empty._head.text() != "现在没有可作业的案件"


def test_what_is_out_of_the_way_is_counted_but_not_as_left(desk, qtbot):
    several(desk, 2)
    desk.open()
    enter(desk)
    desk.key("D")
    desk.key("N")
    desk.page.queue._look_at(QueueFilter(classes=frozenset({QueueClass.LATER})))
    qtbot.waitUntil(lambda: desk.page.queue.count.text() == "1 户 · 今日已办 1")
