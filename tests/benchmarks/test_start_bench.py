"""From the start of the process to the sign-in painted, against an empty PySide6 window with the same style; from
the password to a usable queue, against what that can't do without."""

import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from collector_desk.app import Program, Session
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store.engine import make_engine
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from tests.benchmarks.benchmark_tools import Spans, compare
from tests.benchmarks.big_store import AGENT
from tests.samples.store import PASSWORD, SetClock

TIMES = 7

# Both end at the first painted picture of their window.
_PAINTED = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, seen, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.leave)
        return False
    def leave(self):
        print(time.time(), flush=True)
        import os; os._exit(0)
watch = Watch()
"""
_EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
from PySide6Qlementine import QlementineStyle
app = QApplication([])
app.setStyle(QlementineStyle(app))
window = QWidget()
window.resize(1366, 697)
{painted}
window.installEventFilter(watch)
window.show()
app.exec()
"""
_OURS = """
from collector_desk import app
from collector_desk.commands import entry
start = app.MainWindow.start
def watched(window):
{indented}
    start(window)
    window.current_screen().installEventFilter(watch)
    window._watch = watch
app.MainWindow.start = watched
entry.main()
"""


def _spent(program: str, home: Path) -> float:
    """Seconds from the call to the time the child printed."""
    environment = {**os.environ, "COLLECTOR_DESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    environment["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
    began = time.time()
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return float(run.stdout.split()[-1]) - began


def test_start_to_the_sign_in(tmp_path: Path) -> None:
    made = people.create_store(tmp_path / "store", name="王", password=PASSWORD)
    made.seat.store.close()
    indented = "\n".join("    " + line for line in _PAINTED.splitlines())
    programs = {"floor": _EMPTY.format(painted=_PAINTED), "ours": _OURS.format(indented=indented)}
    spans = {name: Spans() for name in programs}
    for turn in range(TIMES + 1):
        for name, program in programs.items():
            spent = _spent(program, tmp_path) * 1000
            if turn:  # the first fills the file cache
                spans[name].wall.append(spent)
    compare("start to the sign-in painted", spans["ours"], spans["floor"], at_most=2)


def test_password_to_a_usable_queue(qapp: QApplication, big: Path, clock: SetClock, tmp_path: Path) -> None:
    apply_theme(qapp, "light")
    program = Program(clock=clock, store=big)
    ours, floor = Spans(), Spans()
    for turn in range(6):
        first = _desk(qapp, program, big, tmp_path)
        spent = Spans()
        spent.time(first.work)
        first.close()
        bare = Spans()
        bare.time(lambda: _bare(big))
        if turn:
            ours.wall += spent.wall
            floor.wall += bare.wall
    compare("password to a usable queue", ours, floor, at_most=2)


class _desk:  # noqa: N801 -- used as a function
    """A window that waits for the password."""

    def __init__(self, app: QApplication, program: Program, folder: Path, kept: Path) -> None:
        self.app, self.program, self.folder = app, program, folder
        self.window = MainWindow(program, Preferences(kept / "window.ini"))
        self.window.start()
        self.window.show()
        app.processEvents()

    def work(self) -> None:
        session = self.program.sign_in(self.folder, AGENT, PASSWORD)
        assert isinstance(session, Session)
        self.window.enter(session)
        self.app.processEvents()
        page = self.window.page("work")
        assert page is not None
        assert page.queue.model.rowCount() > 50  # type: ignore[attr-defined]

    def close(self) -> None:
        assert self.window.close()
        self.window.deleteLater()
        self.app.processEvents()


def _bare(folder: Path) -> None:
    """Argon2id, opening the file, the first page by bare SQL."""
    (key, *_), _ = keys.unlock(folder, AGENT, PASSWORD)
    engine = make_engine(folder / "store.db", key)
    with engine.connect() as conn:
        rows = conn.exec_driver_sql(
            "SELECT id, queue_case, cases, name, balance_minor, currency, lead_due, queue_class, queue_why, "
            "queue_back_at, holder_id, attempts FROM debtor WHERE visible IS 1 AND holder_id IS NULL "
            "ORDER BY queue_class, queue_key, queue_amount, queue_case LIMIT 60"
        ).all()
    assert len(rows) == 60
    engine.dispose()
