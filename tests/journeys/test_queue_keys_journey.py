"""The list by keys: walked by arrows, filtered and ordered by F, and people of one name told apart."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.book.queue import QueueClass, QueueFilter, QueueOrder
from collector_desk.domain.vocabulary import NumberKind

ENTER, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape


def names(desk) -> list[str]:
    model = desk.page.queue.model
    return [model.at(place).debtor_id for place in range(model.rowCount())]


def test_f_and_a_key_choose_the_class_and_show_all_lifts_it(desk, qtbot):
    desk.debtor()
    desk.debtor("王明")
    desk.open()
    queue = desk.page.queue
    qtbot.waitUntil(lambda: "2" in queue.count.text())
    desk.key("F")
    assert QApplication.activePopupWidget() is queue.classes.menu()
    desk.key("1")
    assert queue.where.classes == {QueueClass.FIRST_OVERDUE}
    desk.key(ENTER)
    for _ in range(2):
        desk.key("D")
        desk.key("N")
    qtbot.waitUntil(lambda: queue.model.rowCount() == 0)
    assert queue.empty.isVisible()
    qtbot.waitUntil(lambda: desk.page.queue._progress.left == 0)
    desk.key("F")
    desk.key("0")
    assert queue.where == QueueFilter()
    assert queue.model.rowCount() == 2
    assert queue.list.isVisible()


def test_f_f_orders_the_list_and_enter_goes_by_it(desk, qtbot):
    small, large, old = (
        desk.debtor(balance=100_000),
        desk.debtor(balance=900_000),
        desk.debtor(balance=50_000, days=80),
    )
    desk.open()
    queue = desk.page.queue
    qtbot.waitUntil(lambda: queue._progress is not None)
    for order, first in ((QueueOrder.AMOUNT, large), (QueueOrder.AGE, old)):
        desk.key("F")
        desk.key("F")
        menu = queue.filters.menu()
        assert QApplication.activePopupWidget() is menu
        key = next(choice.key for choice in queue.filters._choices if choice.value is order)
        desk.key(key)
        assert queue.where.order is order
        assert names(desk)[0] == first
    desk.key(ENTER)
    assert desk.case_on_screen == old
    desk.key(DOWN)
    desk.key(ENTER)
    assert desk.case_on_screen in {small, large}


def test_f_is_the_full_amount_while_a_call_is_on(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("F")
    assert QApplication.activePopupWidget() is None


def test_the_bar_grows_with_what_is_done(desk, qtbot):
    desk.debtor()
    desk.debtor("王明")
    desk.open()
    bar = desk.page.queue.bar
    assert bar.part == 0.0
    desk.key(ENTER)
    desk.key("D")
    desk.key("N")
    qtbot.waitUntil(lambda: bar.part == 0.5)


def test_people_of_one_name_are_told_apart_by_what_was_typed_and_by_their_tails(desk):
    one = desk.debtor("谢贞", numbers=(("16188001234", NumberKind.MOBILE),))
    two = desk.debtor("谢贞贞", numbers=(("16277005678", NumberKind.MOBILE),))
    desk.open()
    found = desk.page.queue.found
    desk.ctrl("F")
    desk.type("贞贞")
    assert "谢贞贞" in found.why(found.at(0))
    assert found.at(0).debtor_id == two
    desk.key(ESC)
    desk.ctrl("F")
    desk.type("8800")
    told = found.why(found.at(0))
    assert found.at(0).debtor_id == one
    assert "161880" in told
    assert "1234" in told
    assert "谢贞" not in told
    assert "16277005678" not in told
