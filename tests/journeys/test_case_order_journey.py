"""The list of cases in another order, by keys: the largest first, the whole book asked and not one page of it."""

from PySide6.QtCore import Qt

from collector_desk.domain.book.lists import CaseOrder

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def shown(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_cases_are_put_in_order_by_age_and_balance(desk):
    for name, balance, days in (("王明", 50_000, 20), ("孙晓梅", 900_000, 5), ("李强", 120_000, 95)):
        desk.debtor(name, balance=balance, days=days)
    desk.open()
    places = list(desk.window.desk.buttons)
    desk.key(str(places.index("cases") + 1), ALT)
    overview = desk.window.page("cases").overview
    model = overview.model
    assert shown(model, 0) == ["K7M-1001", "K7M-1002", "K7M-1003"]
    desk.key("O", CTRL, SHIFT)
    assert model.order is CaseOrder.AGE
    assert [line.days for line in map(model.line, range(3))] == [95, 20, 5]
    header = overview.table.horizontalHeader()
    assert header.sortIndicatorSection() == 4
    desk.key("O", CTRL, SHIFT)
    assert model.order is CaseOrder.BALANCE
    assert [line.balance.minor for line in map(model.line, range(3))] == [900_000, 120_000, 50_000]
    overview._sort_by(5)
    assert [line.balance.minor for line in map(model.line, range(3))] == [50_000, 120_000, 900_000]
    for _ in range(5):
        desk.key("O", CTRL, SHIFT)
    assert model.order is CaseOrder.NUMBER
    assert shown(model, 0) == ["K7M-1001", "K7M-1002", "K7M-1003"]


def test_what_is_sought_stands_by_how_likely_it_is(desk):
    desk.debtor("王明")
    desk.debtor("孙晓梅")
    desk.open()
    places = list(desk.window.desk.buttons)
    desk.key(str(places.index("cases") + 1), ALT)
    overview = desk.window.page("cases").overview
    desk.key("O", CTRL, SHIFT)
    desk.ctrl("F")
    desk.type("王明")
    desk.key(Qt.Key.Key_Down)
    assert overview.model.text == "王明"
    assert overview.model.rowCount() == 1
