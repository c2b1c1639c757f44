"""The paper with the recovery code, saved by keys where the code is shown: on the page in clear, nowhere else."""

import io

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import select

from collector_desk.services.office import keyring
from collector_desk.store import tables as t

SPACE, TAB, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return
NEW = "another horse"


@pytest.fixture
def shown(desk_of, tmp_path, qtbot):
    """The manager's code, as it is shown after a lost password; returns the desk and its screen."""
    lead = desk_of("林主管")
    lead.open()
    code = keyring.new_recovery_code(lead.seat)
    lead.window.show_recovery_code(code)
    screen = lead.window.screens.recovery_code
    qtbot.waitUntil(screen.form.first_group.hasFocus)
    yield lead, screen, code
    for field, group in zip((screen.form.first_group, screen.form.second_group), screen.asked(), strict=True):
        field.setFocus()
        lead.type(group)
    lead.key(ENTER)
    assert lead.window.current_screen() is lead.window.desk
    assert not keyring.recovery_unconfirmed(lead.seat)


def to(lead, button) -> None:
    for _ in range(20):
        if QApplication.focusWidget() is button:
            return
        lead.key(TAB)
    pytest.fail("Tab never reaches the button")


def test_it_is_saved_as_a_pdf_and_the_history_says_so(shown, tmp_path, qtbot, monkeypatch, caplog):
    lead, screen, code = shown
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    to(lead, screen.form.save_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=20_000)
    assert "明文" in screen.form.sheet_note.text()
    (page,) = pypdf.PdfReader(io.BytesIO(target.read_bytes())).pages
    text = page.extract_text()
    for group in code.split("-"):
        assert group in text
        assert group not in caplog.text
    assert "林主管" in text
    with lead.seat.store.read() as conn:
        kept = conn.execute(select(t.access.c.what, t.access.c.subject_id)).all()
    assert [tuple(row) for row in kept] == [("recovery sheet", lead.seat.store_id)]
    assert screen.form.first_group.hasFocus()


def test_it_is_printed(shown, tmp_path, qtbot, monkeypatch):
    lead, screen, _ = shown
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(screen, "ask_printer", lambda: printer)
    to(lead, screen.form.print_button)
    lead.key(SPACE)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=20_000)
    qtbot.waitUntil(lambda: "打印机" in screen.form.sheet_note.text())
    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 1
