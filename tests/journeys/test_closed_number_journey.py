"""A number that may not be called, beside one that may: said, with the key that goes on."""

from PySide6.QtCore import Qt

from collector_desk.domain.vocabulary import NumberKind

ENTER = Qt.Key.Key_Return


def test_only_the_chosen_number_is_closed(desk):
    desk.debtor(numbers=(("16188001234", NumberKind.MOBILE), ("16277005678", NumberKind.CONTACT)))
    desk.open()
    desk.key(ENTER)
    page = desk.page
    assert page.debtor.dial.isEnabled()
    desk.key("J")  # a contact's, who may not be asked yet
    assert not page.call.number.callable_now
    assert not page.debtor.dial.isEnabled()
    assert page.log.waiting._head.text() == "这个号码现在不能拨"
    assert "K" in page.log.waiting._todo.text()
    desk.key("D")
    assert page.banner.isVisible()
    desk.key("K")
    assert page.debtor.dial.isEnabled()
    desk.key("D")
    assert page.call.attempt is not None
    shown = [card for card in page.debtor.numbers if card.isVisible()]
    assert any("161 8800 1234" in card.accessibleName() for card in shown)
