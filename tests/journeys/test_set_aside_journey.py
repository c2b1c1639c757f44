"""A lead corrects a row the bank's file had wrong and takes it in, by keys alone."""

from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal
from tests.journeys.test_import_journey import DOWN, ENTER, ESC, cases_page, lead, to_widget, wait_for, workbook

__all__ = ["lead", "workbook"]


def test_a_row_set_aside_is_corrected_and_comes_in(lead, qtbot, workbook):
    page = cases_page(lead, qtbot)
    lead.ctrl("I")
    lead.type(str(workbook))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, page.importing.preview)
    lead.key(ENTER)
    to_widget(lead, page.importing.terms.next_button)
    lead.key(ENTER)
    wait_for(lead, qtbot, page, page.importing.result)
    lead.key(ESC)
    qtbot.waitUntil(lambda: page.face() is page.overview and not lead.window.tasks.busy)
    assert page.overview.aside_button.isVisible()
    to_widget(lead, page.overview.aside_button)
    lead.key(Qt.Key.Key_Space)
    view = page.aside
    assert page.face() is view
    assert workbook.name in view.list_card.title.text()
    assert view.model.rowCount() == 1
    assert "金额" in view.model.index(0, 1).data()
    assert not view.take_button.isEnabled()
    shown = [view.cell_model.index(row, 1).data() for row in range(view.cell_model.rowCount())]
    assert "黄𬭎䶮" not in shown
    assert "16100000003" not in shown

    lead.ctrl("U")
    shown = {view.cell_model.index(r, 0).data(): r for r in range(view.cell_model.rowCount())}
    assert view.cell_model.index(shown["本人手机"], 1).data() == "16100000003"
    lead.key(ENTER)  # from the list into the row
    while view.cells.currentIndex().row() < shown["委案金额"]:
        lead.key(DOWN)
    lead.key(ENTER)
    assert view.editing
    lead.key(ESC)
    assert not view.editing
    assert page.face() is view
    lead.key(ENTER)
    lead.ctrl("A")
    lead.type("4044.09")
    lead.key(ENTER)
    lead.key(ENTER)  # no reason: it stays
    assert view.editing
    assert view.reason_field.error()
    lead.type("银行来函")
    lead.key(ENTER)
    assert not view.editing
    amount = view.cell_model.index(shown["委案金额"], 2).data()
    assert amount == "很多", "what the bank sent stays beside it"
    assert view.take_button.isEnabled()
    lead.ctrl("S")
    qtbot.waitUntil(lambda: not lead.window.tasks.busy and not view.take_button.isEnabled(), timeout=15000)
    assert view.model.index(0, 2).data() == "已接收"
    lead.key(ESC)
    assert page.face() is page.overview
    assert view.cell_model.rowCount() == 0, "nothing seen in clear stays behind"

    with lead.seat.store.read() as conn:
        (kept,) = conn.execute(select(t.aside_correction)).all()
        cases = conn.execute(select(t.account_case.c.account_number)).scalars().all()
        looked = conn.execute(select(journal.c.row_id).where(journal.c.kind == "access.unmask")).all()
    assert (kept.was, kept.value, kept.reason) == ("很多", "4044.09", "银行来函")
    assert len(cases) == 3
    assert looked


def test_a_file_of_which_no_row_can_be_read_is_kept_to_be_corrected(lead, qtbot, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("账户号,客户姓名,委案金额\n625000000000077,黄某,很多\n", encoding="utf-8")
    page = cases_page(lead, qtbot)
    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(lead, qtbot, page, page.importing.preview)
    assert page.importing.preview.next_button.isEnabled()
    lead.key(ENTER)
    wait_for(lead, qtbot, page, page.importing.result)
    assert "1" in page.importing.result.title.text()
    lead.key(ESC)
    qtbot.waitUntil(lambda: page.face() is page.overview and not lead.window.tasks.busy)
    assert page.overview.aside_button.isVisible()
    assert not page.overview.terms_button.isVisible(), "there is no placement yet whose terms could be set"
    to_widget(lead, page.overview.aside_button)
    lead.key(Qt.Key.Key_Space)
    assert page.face() is page.aside
    assert page.aside.model.rowCount() == 1
