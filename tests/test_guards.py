"""Each guard of conftest.py catches what it is for, and only that."""

import logging
import os
from pathlib import Path

import pytest

OFFENDERS = """
import logging, os, socket, threading, warnings
import pytest
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, QMetaObject, qWarning
from PySide6.QtWidgets import QWidget

kept = []
stop = threading.Event()

class Waits(QThread):
    def run(self):
        while not self.isInterruptionRequested():
            self.msleep(1)

class Job(QRunnable):
    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds
    def run(self):
        stop.wait(self.seconds)

def test_bad_python_warning():
    warnings.warn("careless", UserWarning)

def test_bad_qt_warning():
    qWarning("careless")

def test_bad_log_warning():
    logging.getLogger("some.room").warning("careless")

def test_bad_log_error_in_a_thread():
    thread = threading.Thread(target=lambda: logging.getLogger("some.room").error("careless"))
    thread.start()
    thread.join()

def test_bad_qthread(qapp):
    kept.append(Waits())
    kept[-1].start()

def test_bad_pool(qapp):
    QThreadPool.globalInstance().start(Job(0.4))

def test_bad_own_pool(qapp):
    kept.append(QThreadPool())
    kept[-1].start(Job(0.4))

def test_bad_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(100000)

def test_bad_widget(qapp):
    kept.append(QWidget(objectName="forgotten"))

def test_bad_python_thread():
    threading.Thread(target=stop.wait, args=(20,), daemon=True).start()

def test_good_after_the_leaks(qapp):
    stop.set()

def test_bad_network():
    with socket.socket() as plug:
        try:
            plug.connect(("192.0.2.1", 80))
        except Exception:
            pass

def test_bad_lookup():
    try:
        socket.getaddrinfo("example.org", 80)
    except Exception:
        pass

def test_bad_slot(qapp, qtbot):
    def burst():
        raise RuntimeError("careless")
    timer = QTimer(singleShot=True)
    timer.timeout.connect(burst)
    with qtbot.waitSignal(timer.timeout):
        timer.start(0)

def test_good_log(caplog):
    logging.getLogger("some.room").warning("meant")
    assert "meant" in caplog.text

def test_good_debug():
    logging.getLogger("some.room").info("fine")

def test_good_widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    timer = QTimer(widget)
    timer.start(100000)

def test_good_delete_later(qapp):
    QWidget().deleteLater()

def test_good_cycle(qapp):
    widget = QWidget()
    widget.myself = widget

def test_good_threads(qapp):
    thread = Waits()
    thread.start()
    thread.requestInterruption()
    assert thread.wait(5000)
    QThreadPool.globalInstance().start(Job(0))
    assert QThreadPool.globalInstance().waitForDone(5000)

def test_good_socketpair():
    left, right = socket.socketpair()
    left.close()
    right.close()

@pytest.mark.shared
def test_bad_shared():
    raise AssertionError("runs only where the real files are")
"""

REASONS = {
    "test_bad_python_warning": "UserWarning: careless",
    "test_bad_qt_warning": "",
    "test_bad_log_warning": "Stray log records: WARNING some.room: careless",
    "test_bad_log_error_in_a_thread": "Stray log records: ERROR some.room: careless",
    "test_bad_qthread": "test_offenders.py:",
    "test_bad_pool": "Left behind: QThreadPool work started at",
    "test_bad_own_pool": "Left behind: QThreadPool work started at",
    "test_bad_timer": "Left behind: active QTimer started at",
    "test_bad_widget": "Left behind: top-level widget QWidget 'forgotten'",
    "test_bad_python_thread": "Left behind: Python thread",
    "test_bad_network": "A test reached for the network",
    "test_bad_lookup": "A test asked for an address of the network",
    "test_bad_slot": "Exceptions caught in Qt event loop",
}


@pytest.fixture
def ini(pytester: pytest.Pytester) -> None:
    """The project's own guards, in a run of their own."""
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    pytester.makepyprojecttoml(
        """
        [tool.pytest.ini_options]
        addopts = "--strict-markers"
        qt_api = "pyside6"
        qt_log_level_fail = "WARNING"
        filterwarnings = ["error"]
        """
    )


def test_every_offender_fails_and_every_decent_test_passes(
    pytester: pytest.Pytester, ini: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTOR_DESK_SHARED", str(pytester.path / "nowhere"))
    pytester.makepyfile(test_offenders=OFFENDERS)
    monkeypatch.setenv("COLUMNS", "400")
    result = pytester.runpytest_subprocess("-rA", "-p", "no:cacheprovider")
    summary = [line.split("::", 1) for line in result.outlines if "test_offenders.py::" in line]
    bad = {rest.split()[0]: rest for kind, rest in summary if kind.startswith(("FAILED ", "ERROR "))}
    passed = {rest.split()[0] for kind, rest in summary if kind.startswith("PASSED ")}
    decent = {part.split("(")[0] for part in OFFENDERS.split("def ") if part.startswith("test_good")}
    assert set(bad) == set(REASONS)
    for name, reason in REASONS.items():
        assert reason in bad[name], bad[name]
    assert passed - set(bad) == decent
    assert any("Failure: Qt messages with level WARNING or above" in line for line in result.outlines)
    assert any("1 deselected" in line for line in result.outlines)


def test_shared_tests_run_where_the_files_are(
    pytester: pytest.Pytester, ini: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pytester.path / "shared" / "data").mkdir(parents=True)
    monkeypatch.setenv("COLLECTOR_DESK_SHARED", str(pytester.path / "shared"))
    pytester.makepyfile("import pytest\n@pytest.mark.shared\ndef test_it(shared_data): assert shared_data.is_dir()")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_benchmarks_run_only_when_asked_for(pytester: pytest.Pytester, ini: None) -> None:
    folder = pytester.mkdir("benchmarks")
    (folder / "test_speed.py").write_text("def test_it(): pass")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(deselected=1)
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "benchmarks").assert_outcomes(passed=1)


def test_no_test_sees_a_real_home(desk_home: Path) -> None:
    assert os.environ["COLLECTOR_DESK_HOME"] == str(desk_home)
    assert not desk_home.exists()
    assert Path.home() in desk_home.parents
    assert Path("~/.local/share").expanduser().is_relative_to(Path.home())


def test_time_and_language_do_not_depend_on_the_machine() -> None:
    from datetime import datetime

    from PySide6.QtCore import QLocale

    assert QLocale().name() == "en_US"
    offset = datetime(2026, 7, 1).astimezone().utcoffset()
    assert offset is not None
    if os.name == "posix":
        assert offset.total_seconds() == 8 * 3600


def test_hypothesis_never_fails_for_slowness() -> None:
    import hypothesis

    assert hypothesis.settings().deadline is None
    assert hypothesis.settings().derandomize == ("CI" in os.environ)


def test_a_record_of_the_log_is_no_stray_when_looked_at(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("collector_desk.somewhere").error("looked at")
    assert "looked at" in caplog.text
