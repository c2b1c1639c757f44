"""What is being typed in the identity check stays there, whatever else changes on the desk meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collector_desk.domain.calls.identity import Factor
from collector_desk.domain.changes import Changes
from collector_desk.domain.vocabulary import Speaker


def test_news_from_elsewhere_takes_no_field_away(desk):
    """Else the figures of an identity number would be taken for branches of the script (4: somebody else)."""
    desk.debtor()
    desk.open()
    desk.key(Qt.Key.Key_Return)
    desk.key("D")
    desk.key("1")
    field = desk.page.script.identity.field(Factor.NAME)
    assert field.hasFocus()
    desk.window.distribute(Changes(everything=True))
    assert QApplication.focusWidget() is field
    desk.type("4")
    assert field.text() == "4"
    assert desk.page.call.speaker is Speaker.UNKNOWN
    assert desk.page.call.walk.current.id == "identity"
