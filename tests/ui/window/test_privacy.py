"""Clipboard, log and the hook for our own bugs: personal data stays where it belongs."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from collector_desk.domain.message import Trouble
from collector_desk.ui.window.clipboard import PrivateClipboard
from collector_desk.ui.window.excepthook import BugCatcher
from collector_desk.ui.window.log import MaskingFormatter, mask, open_log


@pytest.fixture
def clipboard(qapp):
    made = PrivateClipboard(keep_ms=30)
    yield made
    made.clear()
    made.deleteLater()


def test_a_copy_is_kept_out_of_histories_and_goes_by_itself(qtbot, clipboard: PrivateClipboard):
    clipboard.copy("16188005778")
    data = QApplication.clipboard().mimeData()
    assert data.text() == "16188005778"
    windows = 'application/x-qt-windows-mime;value="{}"'
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert bytes(data.data(windows.format(name)).data()) == b"\0\0\0\0"
    assert data.hasFormat(windows.format("ExcludeClipboardContentFromMonitorProcessing"))
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "")


def test_what_somebody_else_copied_is_left_alone(qtbot, clipboard: PrivateClipboard):
    clipboard.copy("16188005778")
    other = QMimeData()
    other.setText("a shopping list")
    QApplication.clipboard().setMimeData(other)
    clipboard.clear()
    assert QApplication.clipboard().text() == "a shopping list"
    QApplication.clipboard().clear()


def test_the_log_masks_names_numbers_and_mail():
    text = mask("case of 朱雪彩 (phone 161 8800 5778, ID 11010519491231002X) at zhu@example.com, 3 tries")
    for part in ("朱", "雪", "5778", "110105", "1002X", "zhu@"):
        assert part not in text
    assert "3 tries" in text


def test_a_traceback_in_the_log_holds_places_but_no_values():
    def fails(name: str) -> None:
        raise KeyError(name)

    try:
        fails("Zhu Xuecai")
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    text = MaskingFormatter("%(message)s").format(record)
    assert "KeyError" in text
    assert "in fails" in text
    assert "test_privacy.py" in text
    assert "Zhu" not in text
    assert "/" not in text


def test_the_log_goes_to_a_file_and_is_masked_there(tmp_path):
    handler = open_log(tmp_path / "log")
    logger = logging.getLogger("collector_desk.test")
    before = logger.level
    logger.setLevel(logging.INFO)
    try:
        logger.info("Opened for %s", "朱雪彩")
    finally:
        logger.setLevel(before)
        logging.getLogger().removeHandler(handler)
        handler.close()
    written = (tmp_path / "log" / "collector-desk.log").read_text(encoding="utf-8")
    assert "Opened for" in written
    assert "朱" not in written


@pytest.fixture
def caught(qapp):
    done: list[str] = []
    catcher = BugCatcher(lambda: done.append("drafts"), ask=lambda _: done.append("dialog"))
    catcher.install()
    yield catcher, done
    catcher.release()
    catcher.deleteLater()


def test_a_bug_saves_the_drafts_before_anybody_is_asked(qtbot, caught, caplog):
    _, done = caught
    sys.excepthook(ValueError, ValueError("x"), None)
    assert done == []  # the hook only posts
    qtbot.waitUntil(lambda: done == ["drafts", "dialog"])
    assert "Unexpected error" in caplog.text


def test_a_bug_in_a_thread_comes_to_the_window(qtbot, caught, caplog):
    _, done = caught
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: done == ["drafts", "dialog"])
    assert "ZeroDivisionError" in caplog.text


def test_a_trouble_nobody_caught_is_told_not_logged(qtbot, caught):
    catcher, done = caught
    trouble = Trouble("store.disk_full", file="x")
    with qtbot.waitSignal(catcher.troubled) as told:
        sys.excepthook(Trouble, trouble, None)
    assert told.args[0].code == "store.disk_full"
    assert done == []


def test_failing_drafts_do_not_hide_the_bug(qtbot, qapp, caplog):
    done: list[str] = []

    def fails() -> None:
        raise OSError("no room")

    catcher = BugCatcher(fails, ask=lambda _: done.append("dialog"))
    catcher.install()
    try:
        sys.excepthook(ValueError, ValueError("x"), None)
        qtbot.waitUntil(lambda: done == ["dialog"])
    finally:
        catcher.release()
        catcher.deleteLater()
    assert "Saving the drafts failed" in caplog.text
