"""The demo says its password where it is asked for: at the sign-in and at the lock; a real store says none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collector_desk.app import Program
from collector_desk.demo.sign import PASSWORD
from collector_desk.services.office import people
from collector_desk.services.office.people import create_store
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch
from tests.samples.store import SetClock


@pytest.fixture
def window_at(qapp, tmp_path):
    """The window as it starts at a store, before anybody is in."""
    made = []

    def open_at(folder, language):
        preferences = Preferences(tmp_path / "window.ini")
        preferences.language = language
        window = MainWindow(Program(clock=SetClock(), store=folder), preferences)
        made.append(window)
        window.resize(1366, 697)
        window.start()
        window.show()
        window.activateWindow()
        qapp.processEvents()
        return window

    yield open_at
    for window in made:
        window.close()
        window.deleteLater()
    LanguageSwitch().use("en")


def typed(qapp, text):
    """Keys on whatever has the focus, Enter at the end."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qapp.processEvents()


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "演示"), ("en", "This is the demo")])
def test_the_demo_says_its_password_at_sign_in_and_lock(qapp, qtbot, tmp_path, window_at, language, words):
    folder = tmp_path / "demo"
    people.sign_out(create_store(folder, name="Lead", password=PASSWORD, demo=True, clock=SetClock()).seat)
    window = window_at(folder, language)
    said = window.screens.sign_in.form.demo_text
    assert said.isVisible()
    assert words in said.text()
    assert PASSWORD in said.text()
    typed(qapp, said.text().split()[-1].split("：")[-1])  # as somebody does who reads it there
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.current_screen() is window.screens.lock)
    assert window.screens.lock.form.demo_text.isVisible()
    assert words in window.screens.lock.form.demo_text.text()
    typed(qapp, PASSWORD)
    qtbot.waitUntil(lambda: window.current_screen() is window.desk)


def test_a_real_store_says_nothing(qtbot, tmp_path, window_at):
    folder = tmp_path / "store"
    people.sign_out(create_store(folder, name="Lead", password="correct horse", clock=SetClock()).seat)
    window = window_at(folder, "en")
    assert window.current_screen() is window.screens.sign_in
    assert not window.screens.sign_in.form.demo_text.isVisible()


def test_a_key_file_that_lies_makes_no_demo_of_a_store(tmp_path):
    """The mark in the key file is a hint for the sign-in page; what a demo may do is asked of the store itself."""
    from collector_desk.store import keys
    from collector_desk.store.keyfile import read_keys, write_keys

    folder = tmp_path / "store"
    people.sign_out(create_store(folder, name="Lead", password="correct horse", clock=SetClock()).seat)
    write_keys(folder, read_keys(folder) | {"demo": True})
    assert keys.says_demo(folder)
    session = Program(clock=SetClock()).sign_in(folder, "Lead", "correct horse")
    assert session.demo_password == ""
    assert not session.status().is_demo
    session.close()
