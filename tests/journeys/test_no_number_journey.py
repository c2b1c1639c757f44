"""D W W on a debtor's only number: the case leaves the way, and its three acts are keys on the screen."""

import pytest
from PySide6.QtCore import Qt

from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.services.book import cases
from collector_desk.services.permits import tasks
from collector_desk.services.visits import visiting

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
NAMES = ("朱雪彩", "王明", "吴广", "陈丽")


def several(desk, count=4) -> list[str]:
    return [desk.debtor(NAMES[place], balance=900_000 - 1000 * place) for place in range(count)]


def two_dead(desk, language="zh_CN") -> list[str]:
    rows = several(desk)
    desk.open(language)
    desk.key(ENTER)
    for expected in rows[:2]:
        assert desk.case_on_screen == expected
        desk.key("D")
        desk.key("W")
        desk.key("W")
    return rows


def only_dead(desk) -> None:
    """The class of its own is picked, as one does from the list of classes."""
    desk.page.queue._look_at(QueueFilter(classes=frozenset({QueueClass.NO_NUMBER})))
    desk.page.view.rest()
    desk.key(ENTER)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_two_dead_cases_leave_the_top_and_stay_away(desk, language):
    rows = two_dead(desk, language)
    assert desk.case_on_screen == rows[2]
    desk.clock.forward(minutes=5)
    desk.window.pulse.look_elsewhere()
    seen = []
    for _ in range(4):
        desk.clock.forward(seconds=1)
        desk.key(ENTER)
        seen.append(desk.case_on_screen)
    assert seen == [rows[3], rows[2], rows[3], rows[2]]
    only_dead(desk)
    assert desk.case_on_screen == rows[0]
    told = desk.page.log.waiting._head.text()
    assert ("号码错误" if language == "zh_CN" else "wrong number") in told
    assert not desk.page.script.isVisible()
    assert [button.isVisible() for button in desk.page.log.waiting.ways.values()] == [True] * 3
    desk.clock.forward(seconds=1)
    desk.key(ENTER)
    assert desk.case_on_screen == rows[1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_finds_a_new_number(desk, qtbot, language):
    rows = two_dead(desk, language)
    only_dead(desk)
    page = desk.page
    desk.key("1")
    panel = page.column.no_number
    assert panel.isVisible()
    assert panel.number.hasFocus()
    desk.type("161-8800-7777")
    desk.key(ENTER)
    assert panel.origin.hasFocus()
    desk.key(ENTER)  # without its origin
    assert panel.isVisible()
    assert panel._fields["where_from"].error()
    desk.type("委托方补充提供")
    desk.key(ENTER)
    assert not panel.isVisible()
    qtbot.waitUntil(lambda: page.call.number is not None and page.call.number.phone.number == "16188007777")
    qtbot.waitUntil(lambda: not page.log.waiting.ways["1"].isVisible())
    assert page.script.isVisible()
    desk.key("D")
    assert page.call.dialled() == "16188007777"
    assert page.call.case.file.debtor.id == rows[0]
    desk.key("N")


def test_two_asks_for_a_visit(desk):
    rows = two_dead(desk)
    only_dead(desk)
    desk.key("2")
    assert desk.page.visit.isVisible()
    desk.type("号码非本人，资料中无其他号码，申请上门核实。")
    desk.ctrl(ENTER)
    assert not desk.page.visit.isVisible()
    assert [row.debtor_id for row in visiting.rows(desk.seat)] == [rows[0]]
    assert cases.open_case(desk.seat, rows[0]).file.queue_class is QueueClass.WAITING
    desk.key(ENTER)
    assert desk.case_on_screen == rows[1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_three_puts_it_before_the_lead_and_goes_on(two_desks, language):
    desk, lead = two_desks
    rows = two_dead(desk, language)
    only_dead(desk)
    desk.key("3")
    panel = desk.page.column.no_number
    desk.ctrl(ENTER)  # without a word
    assert panel.isVisible()
    assert panel._fields["words"].error()
    desk.type("号码非本人，资料中无其他联系方式，请安排。")
    desk.ctrl(ENTER)
    assert not panel.isVisible()
    assert cases.open_case(desk.seat, rows[0]).file.queue_class is QueueClass.WAITING
    assert desk.case_on_screen == rows[1]
    (task,) = tasks.open_tasks(lead.seat)
    assert task.note == "号码非本人，资料中无其他联系方式，请安排。"


def test_esc_leaves_the_panel_and_nothing_is_written(desk):
    rows = two_dead(desk)
    only_dead(desk)
    for way in ("1", "3"):
        desk.key(way)
        assert desk.page.panels.is_open
        desk.key(ESC)
        assert not desk.page.panels.is_open
        assert desk.page.log.isVisible()
    assert cases.open_case(desk.seat, rows[0]).file.queue_class is QueueClass.NO_NUMBER


def test_the_digits_mean_nothing_before_an_ordinary_call(desk):
    several(desk)
    desk.open()
    desk.key(ENTER)
    desk.key("1")
    desk.key("3")
    assert not desk.page.panels.is_open
    assert not desk.page.log.waiting.ways["1"].isVisible()


def test_who_calls_back_without_a_number_is_heard_and_the_digits_are_the_scripts_again(desk):
    two_dead(desk)
    only_dead(desk)
    desk.key("I")
    assert desk.page.call.attempt is not None
    step = desk.page.call.walk.here
    desk.key("1")
    assert not desk.page.panels.is_open
    assert desk.page.call.walk.here != step
