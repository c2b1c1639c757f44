"""Who signed in last at this machine is chosen at the next sign-in, and no name is kept for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.samples.store import PASSWORD

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_last_person_only_types_a_password(desk_of, qtbot):
    desk = desk_of("张晓")
    desk.open()
    desk.key("Q", CTRL, SHIFT)
    screens = desk.window.screens
    form = screens.sign_in.form
    qtbot.waitUntil(lambda: desk.window.current_screen() is screens.sign_in)
    assert form.person.count() > 1
    assert QApplication.focusWidget() is form.person, "nobody came in by this screen yet"
    while form.person.currentText() != "林主管":
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Tab)
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.session is not None and desk.window.current_screen() is desk.window.desk)
    desk.key("Q", CTRL, SHIFT)
    qtbot.waitUntil(lambda: desk.window.current_screen() is screens.sign_in)
    assert form.person.currentText() == "林主管"
    assert QApplication.focusWidget() is form.password
    desk.type(PASSWORD)
    desk.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.session is not None)
    assert desk.window.session.person.name == "林主管"
    desk.session = desk.window.session
    kept = (desk.folder.parent / "window.ini").read_bytes()
    assert "林主管".encode() not in kept
    assert b"last_person" in kept
