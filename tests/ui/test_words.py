"""Language, keys and preferences."""

import tomllib
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import msg
from collector_desk.domain.vocabulary import Outcome
from collector_desk.resources import resource
from collector_desk.ui import words
from collector_desk.ui.window.keys import KEYS, bind, bound_keys, descriptions, native, typing
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch, language, say, word


@pytest.fixture
def switch(qapp):
    made = LanguageSwitch()
    yield made
    made.use("en")
    made.deleteLater()


def test_messages_and_vocabulary_follow_the_switch(switch: LanguageSwitch, qtbot):
    english = say(msg("store.password_empty")), word(Outcome.NO_ANSWER)
    with qtbot.waitSignal(switch.changed):
        switch.use("zh_CN")
    assert language() == "zh_CN"
    chinese = say(msg("store.password_empty")), word(Outcome.NO_ANSWER)
    assert all(a != b and not b.isascii() for a, b in zip(english, chinese, strict=True))


def test_the_translation_is_compiled_and_complete_in_the_shell(switch: LanguageSwitch):
    switch.use("zh_CN")
    assert all(not text.isascii() for text in descriptions().values())
    contexts = {"SignInForm", "FirstStartForm", "LockForm", "MainWindow", "Keys", "PeopleForm", "Banner"}
    root = ET.parse(resource("i18n", "collector_desk_zh_CN.ts")).getroot()  # noqa: S314 -- our own file
    seen = {context.findtext("name") for context in root.iter("context")}
    assert contexts <= seen


def test_a_translation_replaced_under_the_program_does_not_end_it(switch: LanguageSwitch, tmp_path, monkeypatch):
    file = tmp_path / "collector_desk_zh_CN.qm"
    file.write_bytes(resource("i18n", file.name).read_bytes())
    monkeypatch.setattr(words, "resource", lambda *_: file)
    switch.use("zh_CN")
    before = descriptions()
    file.write_bytes(b"")
    assert descriptions() == before
    assert not before["save"].isascii()


def test_odd_preferences_count_as_not_set(tmp_path, qapp):
    file = tmp_path / "window.ini"
    file.write_text("[General]\ntheme=purple\nlanguage=fr\ngeometry=nonsense\n")
    preferences = Preferences(file)
    assert preferences.theme == "light"
    assert preferences.language in ("en", "zh_CN")
    assert preferences.geometry.isEmpty()
    preferences.theme = "dark"
    preferences.language = "zh_CN"
    again = Preferences(file)
    assert (again.theme, again.language) == ("dark", "zh_CN")


def test_every_key_is_said_once_and_no_two_share_a_sequence():
    sequences = [sequence for key in KEYS.values() for sequence in key.sequences]
    assert len(sequences) == len(set(sequences))
    assert set(descriptions()) <= set(KEYS)
    unsaid = {key for key in KEYS if key not in descriptions()}
    assert all(key.startswith(("branch_", "page_")) for key in unsaid)
    assert native("save_next") == "Ctrl+Enter"


def test_single_keys_keep_quiet_while_one_types(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    fields = [QLineEdit(), QPlainTextEdit(), QComboBox(editable=True)]
    button = QPushButton("x")
    for part in (*fields, button):
        box.addWidget(part)
    pressed: list[str] = []
    bind(window, "dial", lambda: pressed.append("dial"))
    bind(window, "branch_1", lambda: pressed.append("1"))
    bind(window, "answers", lambda: pressed.append("answers"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for field in fields:
        field.setFocus()
        qtbot.keyClicks(window.focusWidget(), "d1")
        assert pressed == [], type(field)
    assert typing()
    qtbot.keySequence(fields[0], "Ctrl+O")
    assert pressed == ["answers"]
    button.setFocus()
    assert not typing()
    qtbot.keyClicks(button, "d1")
    assert pressed == ["answers", "dial", "1"]
    assert [key.id for key in bound_keys(window)] == ["dial", "branch_1", "answers"]


def test_both_themes_name_the_same_roles():
    themes = [tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8")) for name in ("light", "dark")]
    assert set(themes[0]["roles"]) == set(themes[1]["roles"])
