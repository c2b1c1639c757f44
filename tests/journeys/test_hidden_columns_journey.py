"""A file that hides columns, by keys: one is taken, one left, and the choice is kept with the batch."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.states import HiddenUse
from collector_desk.services.book import overview as book
from collector_desk.store import tables as t
from tests.journeys.test_import_journey import LEAD, cases_page, to_widget, wait_for
from tests.samples import bank_files as files

ENTER, RIGHT, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space


@pytest.fixture
def hidden_file(tmp_path):
    """A hidden 委案金额 beside a visible 逾期金额, and a hidden note."""
    header = [*files.HEADER, "逾期金额"]
    rows = files.grid([files.account(1) | {"逾期金额": 1234.56}], header)
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(files.xlsx(rows))
    made = load_workbook(path)
    for name in ("委案金额", "备注"):
        made.active.column_dimensions[made.active.cell(1, header.index(name) + 1).column_letter].hidden = True
    made.save(path)
    return path


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_hidden_column_is_taken_and_one_left_and_the_batch_says_so(desk_of, qtbot, hidden_file, language):
    lead = desk_of(LEAD)
    lead.open(language)
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    view = page.importing
    preview = view.preview
    lead.ctrl("I")
    lead.type(str(hidden_file))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥1,234.56"
    assert "2" in preview.tabs.tabText(1).split()[-1] or "2" in preview.tabs.tabText(1)
    to_widget(lead, preview.tabs)
    lead.key(RIGHT)
    assert preview.hidden_note.isVisible()
    assert [preview.model.index(row, 1).data() for row in range(2)] == ["委案金额", "备注"]
    assert preview.hidden_button.text().endswith("L 列") or "column L" in preview.hidden_button.text()
    to_widget(lead, preview.hidden_button)
    lead.key(SPACE)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥4,044.09"
    assert preview.hidden_button.hasFocus(), "the same key would take it back"
    to_widget(lead, preview.table)
    lead.key(DOWN)
    to_widget(lead, preview.hidden_button)
    lead.key(SPACE)
    wait_for(lead, qtbot, page, preview)
    assert preview.figures[1].value.text() == "¥4,044.09", "the other choice stands"
    to_widget(lead, preview.next_button)
    lead.key(ENTER)
    assert view.step() is view.terms
    lead.type("某某银行")
    to_widget(lead, view.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.result)
    said = dict(view.result.facts.texts())["隐藏列" if language == "zh_CN" else "Hidden columns"]
    assert "委案金额" in said
    (batch,) = book.batches(lead.seat)
    assert [(column.header, column.use) for column in batch.hidden] == [
        ("委案金额", HiddenUse.TAKEN),
        ("备注", HiddenUse.LEFT),
    ]
    with lead.seat.store.read() as conn:
        case = conn.execute(select(t.account_case)).one()
    assert (case.placed_minor, case.remark) == (404_409, "")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert "委案金额" in page.overview.hidden_note.text()
    assert page.overview.hidden_note.isVisible()


def test_what_can_not_be_read_so_stays_as_it_was(desk_of, qtbot, tmp_path):
    rows = files.grid([files.account(1)])
    path = tmp_path / "hidden.xlsx"
    path.write_bytes(files.xlsx(rows))
    made = load_workbook(path)
    column = made.active.cell(1, files.HEADER.index("客户姓名") + 1).column_letter
    made.active.column_dimensions[column].hidden = True
    made.save(path)
    lead = desk_of(LEAD)
    lead.open("en")
    page = cases_page(lead, qtbot)
    view = page.importing
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, view.preview)
    to_widget(lead, view.preview.tabs)
    lead.key(RIGHT)
    to_widget(lead, view.preview.hidden_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
    assert view.step() is view.preview
    assert "name" in lead.window.desk.form.banner.text()
    assert view.preview.figures[1].value.text() == "¥4,044.09"
