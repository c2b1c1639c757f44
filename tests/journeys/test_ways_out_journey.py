"""What is saved from the windows: never into a store; over a file only where the dialog asked; else a sentence."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from collector_desk.store import backup as backups
from collector_desk.ui.window.screens.recovery import RecoveryCodeScreen

ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier


def to_widget(desk, wanted: QWidget) -> None:
    for _ in range(60):
        if QApplication.focusWidget() is wanted:
            return
        desk.key(TAB)
    pytest.fail(f"Tab never reaches {type(wanted).__name__}")


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch):
    """What the system's dialog comes back with."""

    def choose(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return choose


def test_a_backup_goes_nowhere_it_would_harm(desk_of, qtbot, tmp_path, chosen):
    lead = desk_of("林主管")
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    lead.key(str(len(lead.window.desk.buttons)), ALT)
    page = lead.window.page("settings")
    row = len(page.parts) + [spec.id for spec in page.further].index("keeping")
    while page.form.menu.currentRow() < row:
        lead.key(DOWN)
    part = page.part("keeping")

    def back_up(target: Path) -> str:
        chosen(target)
        to_widget(lead, part.backup_button)
        lead.key(ENTER)
        qtbot.waitUntil(lambda: not lead.window.tasks.busy, timeout=15000)
        return lead.window.desk.form.banner.text() + lead.window.desk.toast.text()

    keys = (lead.folder / "keys.json").read_bytes()
    (tmp_path / "link").symlink_to(lead.folder)
    for target in (lead.folder / "keys.json", lead.folder / "new.cdbackup", tmp_path / "link" / "store.db"):
        assert "数据库文件夹内" in back_up(target)
    assert (lead.folder / "keys.json").read_bytes() == keys
    assert not (lead.folder / "new.cdbackup").exists()
    assert "过长" in back_up(tmp_path / ("长" * 90))
    assert "不存在" in back_up(tmp_path / "gone" / "a.cdbackup")
    old = tmp_path / "old.cdbackup"
    old.write_bytes(b"an older one")  # the dialog asked, and was told that it may go
    assert "old.cdbackup" in back_up(old)
    assert backups.inspect(old).store_id == lead.seat.store.store_id


def test_the_recovery_code_says_why_it_can_not_be_saved(qtbot, desk_of, tmp_path, chosen):
    lead = desk_of("林主管")
    lead.open()
    screen = RecoveryCodeScreen(lead.window.tasks)
    qtbot.addWidget(screen)
    screen.show_code("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH", lambda lang: f"{lang} AAAA".encode())
    screen.show()
    for target in (lead.folder / "keys.json", tmp_path / ("长" * 90)):
        chosen(target)
        screen.form.save_button.setFocus()
        qtbot.keyClick(screen.form.save_button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: bool(screen.form.first_group_error.text()))
        screen.form.first_group_error.say("")
    chosen(tmp_path / "code.pdf")
    qtbot.keyClick(screen.form.save_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not lead.window.tasks.busy)
    assert not screen.form.first_group_error.text()
    assert (tmp_path / "code.pdf").read_text("utf-8") == "zh_CN AAAA"
