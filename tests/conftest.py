"""What holds for every test: nothing real is touched, and nothing goes wrong or stays behind unseen.

Python and Qt warnings fail by ``pyproject.toml``; here are the other guards. ``test_guards.py`` shows that each
can fail.
"""

import gc
import logging
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

# Before Qt, platformdirs or the program look: no screen, one time zone, one locale, nobody's real home.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_OFFSCREEN_NO_GLX", "1")
os.environ.update(LC_ALL="C.UTF-8", LANG="C.UTF-8", LANGUAGE="", TZ="Asia/Shanghai")
if hasattr(time, "tzset"):
    time.tzset()

# Where nothing may be written beside the source, what is compiled is kept elsewhere, for the processes that tests
# start too: else every one of them compiles all of it anew.
if sys.dont_write_bytecode:
    sys.pycache_prefix = str(Path(tempfile.gettempdir()) / f"desk-tests-compiled-{Path.home().name}")
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

import hypothesis
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

SHARED = Path(os.environ.get("COLLECTOR_DESK_SHARED") or Path(__file__).parents[2] / "shared") / "data"

hypothesis.settings.register_profile(
    "desk",
    deadline=None,  # a shared machine is slow at times; a slow example is no fault
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("desk")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shared: wants the customer's real files; left out where they are missing")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    _watch_starts()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, not skip: what wants files that are not here, and benchmarks nobody asked for by their path."""
    timed = any("benchmarks" in Path(arg).parts for arg in config.args)
    out = [
        item
        for item in items
        if (item.get_closest_marker("shared") and not SHARED.is_dir())
        or ("benchmarks" in item.path.relative_to(config.rootpath).parts and not timed)
    ]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def pytest_collection_finish() -> None:
    """What imports and collection made lives to the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The customer's real files; only for tests marked ``shared``."""
    assert SHARED.is_dir(), "mark the test as shared"
    return SHARED


# --- Nobody's real folders ------------------------------------------------------------------------

_homes = count(1)


@pytest.fixture(autouse=True, scope="session")
def _nobodys_home() -> Iterator[Path]:
    """A home without anything in it, for what looks past COLLECTOR_DESK_HOME."""
    with (
        tempfile.TemporaryDirectory(prefix="desk-tests-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, folder)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
            patch.delenv(name, raising=False)
        patch.setenv("XDG_RUNTIME_DIR", folder)
        patch.setenv("COLLECTOR_DESK_MACHINE", str(Path(folder) / "no machine"))
        Path(folder).chmod(0o700)  # Qt complains of a runtime folder that others may read
        yield Path(folder)


@pytest.fixture(autouse=True)
def desk_home(_nobodys_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder of this test alone; not made yet, as on a first start."""
    home = _nobodys_home / f"desk-{next(_homes)}"
    monkeypatch.setenv("COLLECTOR_DESK_HOME", str(home))
    monkeypatch.setenv("COLLECTOR_DESK_MACHINE", f"{home}-machine")
    monkeypatch.delenv("COLLECTOR_DESK_PASSWORD", raising=False)
    return home


@pytest.fixture(autouse=True, scope="session")
def _one_prefix() -> Iterator[None]:
    """Every store a test makes gives out numbers as K7M-1001; what a worker makes has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("collector_desk.store.store.draw_prefix", lambda: "K7M")
        yield


# --- No network -----------------------------------------------------------------------------------


def _refusing(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def connect(self: socket.socket, address: Any, *rest: Any) -> Any:
        local = self.family not in (socket.AF_INET, socket.AF_INET6) or address[0] in ("127.0.0.1", "::1")
        if local:
            return original(self, address, *rest)
        # Failed is a BaseException: no ``except OSError`` of ours can swallow it.
        return pytest.fail("A test reached for the network")

    return connect


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host in (None, "", "localhost", "127.0.0.1", "::1"):
            return resolve(host, *rest, **more)
        return pytest.fail("A test asked for an address of the network")

    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", _refusing(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _refusing(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


# --- No stray log records -------------------------------------------------------------------------


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_stray_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or error in the log fails the test; one that provokes it asks for ``caplog`` and looks at it."""
    ear = _Ear()
    logging.getLogger().addHandler(ear)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(ear)
    if ear.heard and "caplog" not in request.fixturenames:
        pytest.fail("Stray log records: " + "; ".join(ear.heard), pytrace=False)


# --- Nothing stays behind -------------------------------------------------------------------------


class _Start(NamedTuple):
    thing: Any  # held on purpose: a thread that lost its last name is a leak too
    place: str


_threads: list[_Start] = []
_pools: list[_Start] = []
_timers: list[_Start] = []


def _watch_starts() -> None:
    """Note who starts threads, pool work and timers, so that a leak can name its line."""
    for kind, started in ((QThread, _threads), (QThreadPool, _pools), (QTimer, _timers)):
        if not hasattr(kind.start, "__wrapped__"):
            kind.start = _noting(kind.start, started)  # type: ignore[attr-defined,method-assign]


def _noting(original: Callable[..., Any], started: list[_Start]) -> Callable[..., Any]:
    def start(self: Any, *args: Any) -> Any:
        frame = sys._getframe(1)
        started.append(_Start(self, f"{frame.f_code.co_filename}:{frame.f_lineno}"))
        return original(self, *args)

    start.__wrapped__ = original  # type: ignore[attr-defined]
    return start


def _alive(starts: list[_Start], running: Callable[[Any], bool]) -> list[_Start]:
    unique = {id(start.thing): start for start in starts}.values()
    return [start for start in unique if shiboken6.isValid(start.thing) and running(start.thing)]


def _top_windows() -> dict[int, Any]:
    """The windows that nobody will take down, by address; Qt's own (tool tips) are not counted."""
    if QApplication.instance() is None:
        return {}
    windows = (w for w in QApplication.topLevelWidgets() if w.parent() is None)
    return {shiboken6.getCppPointer(w)[0]: w for w in windows if w.metaObject().className() != "QTipLabel"}


def _flush_deletions() -> None:
    """Carry out ``deleteLater``, which Qt otherwise leaves to an event loop that no longer runs."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _python_threads() -> set[threading.Thread]:
    dummies = threading._DummyThread  # left by Qt's threads that ran Python; not ours to end
    return {t for t in threading.enumerate() if t.is_alive() and not isinstance(t, dummies)}


@pytest.fixture(autouse=True)
def _nothing_stays_behind() -> Iterator[None]:
    windows = set(_top_windows())
    threads = _python_threads()
    for starts in (_threads, _pools, _timers):
        starts.clear()
    yield
    _flush_deletions()
    leaks = _leaks(windows, threads)
    if leaks:  # perhaps only a cycle waiting for the collector; that costs time, so it is done only here
        gc.collect()
        _flush_deletions()
        leaks = _leaks(windows, threads)
    if leaks:
        _take_down(windows)
        pytest.fail("Left behind: " + "; ".join(leaks), pytrace=False)


def _leaks(windows: set[int], threads: set[threading.Thread]) -> list[str]:
    found = [f"QThread started at {s.place}" for s in _alive(_threads, QThread.isRunning)]
    found += [f"QThreadPool work started at {s.place}" for s in _alive(_pools, lambda p: not p.waitForDone(0))]
    if QThreadPool.globalInstance().activeThreadCount() and not any("QThreadPool" in leak for leak in found):
        found.append("work in the global QThreadPool")
    found += [f"active QTimer started at {s.place}" for s in _alive(_timers, QTimer.isActive)]
    found += [f"Python thread {thread.name}" for thread in _python_threads() - threads]
    found += [
        f"top-level widget {type(widget).__name__} {widget.objectName()!r}"
        for address, widget in _top_windows().items()
        if address not in windows
    ]
    return found


def _take_down(windows: set[int]) -> None:
    """End what a failed test left, so that only that test fails."""
    for start in _alive(_timers, QTimer.isActive):
        start.thing.stop()
    for address, widget in _top_windows().items():
        if address not in windows:
            widget.hide()  # not close(): its questions would hang
            widget.deleteLater()
    _flush_deletions()
    for start in _alive(_threads, QThread.isRunning):
        start.thing.requestInterruption()
        start.thing.quit()
        start.thing.wait(5000)
    for start in _pools:
        start.thing.waitForDone(5000)
