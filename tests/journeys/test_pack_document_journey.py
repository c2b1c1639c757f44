"""A manager reads a pack by keys as a document; the text it is made of is a key away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

BOSS = "林主管"
DOWN, SPACE, TAB = Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier


def to(desk, widget) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        desk.key(TAB)
    raise AssertionError("Tab never reaches it")


def packs_part(desk):
    desk.key(str(len(desk.window.desk.buttons)), ALT)
    page = desk.window.page("settings")
    row = len(page.parts) + [spec.id for spec in page.further].index("packs")
    while page.form.menu.currentRow() < row:
        desk.key(DOWN)
    return page.part("packs")


def test_a_pack_is_read_as_a_document_and_its_source_is_a_key_away(desk_of):
    desk = desk_of(BOSS)
    desk.open()
    part = packs_part(desk)
    rows = [part.model.index(row, 1).data() for row in range(part.model.rowCount())]
    assert rows.index("cn-card-zh") < rows.index("cn-card-en"), "one's own language first"
    to(desk, part.table)
    while part.chosen().id != "cn-card":
        desk.key(DOWN)
    said = part.document.toPlainText()
    assert "22:00至次日08:00不得联系" in said
    assert "条款" in said
    assert "见于引用或转述" in said
    assert "[[rule]]" not in said
    assert part.faces.currentWidget() is part.document
    assert part.document.verticalScrollBar().value() == 0
    to(desk, part.source_button)
    desk.key(SPACE)
    assert part.faces.currentWidget() is part.text
    assert "[[rule]]" in part.text.toPlainText()
    desk.key(SPACE)
    assert part.faces.currentWidget() is part.document
