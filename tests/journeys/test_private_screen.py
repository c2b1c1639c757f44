"""What leaves the window by itself: titles name nobody, and a number on the clipboard goes with the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.book import cases
from collector_desk.services.calls import calling


def told_by(widget: QWidget) -> str:
    """All that Qt hands on of a widget: to the window manager, to screen readers, to the pointer."""
    shown = widget.text() if isinstance(widget, QLabel) else ""
    return " ".join((widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription(), shown))


def test_titles_and_what_is_read_aloud_name_nobody_before_identity(desk):
    who = desk.debtor("欧阳霁明")
    desk.open()
    desk.key(Qt.Key.Key_Return)
    desk.key("D")
    file = cases.open_case(desk.seat, who).file
    secrets = file.debtor.name, file.debtor.id_number, file.lead_case.account_number, "和平街"
    for widget in (desk.window, *desk.window.findChildren(QWidget)):
        assert not any(secret in told_by(widget) for secret in secrets), type(widget).__name__
        assert not any(secret in widget.toolTip() for secret in secrets), type(widget).__name__
    for window in QApplication.topLevelWidgets():
        assert not any(secret in window.windowTitle() for secret in secrets)
    calling.finish(desk.seat, desk.page.call.attempt.id, CallLog(Outcome.NO_ANSWER))


def test_a_number_on_the_clipboard_goes_with_the_window(desk):
    desk.debtor("欧阳霁明")
    desk.open()
    desk.key(Qt.Key.Key_Return)
    desk.key("D")
    attempt = desk.page.call.attempt
    assert QGuiApplication.clipboard().text() == attempt.number
    desk.key("N")  # nobody answered: nothing is open any more
    assert desk.window.close()
    assert attempt.number not in QGuiApplication.clipboard().text()
