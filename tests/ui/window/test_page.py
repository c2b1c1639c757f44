"""The base of all pages."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from collector_desk.ui.window.page import Page


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_leaving_a_field_for_the_page_paints_only_the_field(qtbot, qapp):
    page = Page()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field, other = QLineEdit(page), QLabel("words", page)
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    of_field, of_other = Paints(field), Paints(other)
    qapp.processEvents()
    of_field.count = of_other.count = 0
    page.setFocus()
    assert page.hasFocus()
    qtbot.waitUntil(lambda: of_field.count > 0)  # its caret goes
    assert of_other.count == 0
