"""A store without a case: four steps with their state, each reached by keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

LEAD = "林主管"


def to_widget(desk, widget: QWidget) -> None:
    """Tab on until the keys go there."""
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        desk.key(Qt.Key.Key_Tab)
    raise AssertionError("Tab never reaches the step")


def test_a_new_store_says_its_four_steps_and_leads_to_each(desk_of):
    lead = desk_of(LEAD).open()
    page = lead.window.show_page("work")
    steps = page.empty.steps
    assert all(not button.isHidden() for button in steps.values())
    assert "✓" in steps["packs"].text()  # the template released them
    assert "✓" not in steps["import"].text()
    to_widget(lead, steps["share"])
    lead.key(Qt.Key.Key_Space)
    assert lead.window.page("settings").form.menu.currentItem() is not None
    assert lead.window.desk.form.pages.currentWidget() is lead.window.page("settings")
    page = lead.window.show_page("work")
    to_widget(lead, steps["import"])
    lead.key(Qt.Key.Key_Space)
    assert lead.window.desk.form.pages.currentWidget() is lead.window.page("cases")
    lead.debtor("朱雪彩")
    page.view.show_call()
    assert all(button.isHidden() for button in steps.values())
