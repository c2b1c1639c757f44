"""Long work beside the window: the one class in ``ui`` that starts threads.

``tasks.run(work, done=…)`` calls ``work(job)`` in a worker. The worker must not touch a widget (that can crash Qt):
it returns a value, reports how far it is, and asks ``job.check()`` now and then whether somebody cancelled.
``done``, ``failed`` and ``progress`` are called in the window's thread, in order, never from inside ``run``.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal

from collector_desk.domain.message import Message, Trouble

_T = TypeVar("_T")
_TURN = 0.0005
"""Seconds a worker may keep the interpreter while the window wants it."""


class Cancelled(Exception):  # noqa: N818 -- no error: somebody pressed cancel
    """Raised by ``Job.check`` inside the work; a cancelled job calls neither ``done`` nor ``failed``."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` (0 where nobody knows), and what it is at."""

    done: int
    total: int
    message: Message | None = None


class _Kind(Enum):
    STEP = auto()
    DONE = auto()
    TROUBLE = auto()
    BUG = auto()
    CANCELLED = auto()


class Job:
    """One piece of work: what the worker sees of it, and what the window may ask of it."""

    def __init__(self, send: Callable[["Job", _Kind, object], None]) -> None:
        self._send = send
        self._cancel = threading.Event()
        self.finished = False

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next ``check``."""
        self._cancel.set()

    def check(self) -> None:
        """For the work: raises Cancelled when it is to stop."""
        if self._cancel.is_set():
            raise Cancelled

    def report(self, done: int, total: int = 0, message: Message | None = None) -> None:
        """For the work: say how far it is (and stop here if that was asked)."""
        self.check()
        self._send(self, _Kind.STEP, Progress(done, total, message))


@dataclass(slots=True)
class _Listeners:
    owner: QObject | None
    done: Callable[[Any], None] | None
    failed: Callable[[Trouble], None] | None
    progress: Callable[[Progress], None] | None
    ended: Callable[[], None] | None


class Tasks(QObject):
    """Runs work in its own small pool and brings the results back. One for the whole program.

    ``troubled`` carries a Trouble that nobody who started the work wanted to hear of: the window shows it.
    """

    troubled = Signal(object)
    busy_changed = Signal(bool)
    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        # A worker keeps the interpreter for 5 ms a turn by default; a key press that paints in Python takes dozens
        # of turns, and would wait that long for each.
        sys.setswitchinterval(_TURN)
        self._open: dict[Job, _Listeners] = {}
        # Queued even where the sender is the same thread: a result must never arrive inside run().
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._open)

    def run(
        self,
        work: Callable[[Job], _T],
        *,
        owner: QObject | None = None,
        done: Callable[[_T], None] | None = None,
        failed: Callable[[Trouble], None] | None = None,
        progress: Callable[[Progress], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Start ``work`` in a worker; returns its job at once.

        ``failed`` hears of a Trouble (the surroundings' fault); without it, ``troubled`` is emitted. Our own
        bugs go to ``sys.excepthook``. ``ended`` is called last, whatever happened. Nothing is called once
        ``owner`` is gone.
        """
        job = Job(self._send)
        self._open[job] = _Listeners(owner, done, failed, progress, ended)
        if len(self._open) == 1:
            self.busy_changed.emit(True)
        self._pool.start(lambda: self._work(job, work))
        return job

    def drain(self) -> None:
        """Cancel what runs, wait for it, and deliver what is left: before the store closes."""
        for job in list(self._open):
            job.cancel()
        self._pool.waitForDone(-1)
        QCoreApplication.sendPostedEvents(self)

    def _work(self, job: Job, work: Callable[[Job], object]) -> None:
        """In the worker: nothing may escape, or the window would wait for ever."""
        try:
            self._send(job, _Kind.DONE, work(job))
        except Cancelled:
            self._send(job, _Kind.CANCELLED, None)
        except Trouble as trouble:
            self._send(job, _Kind.TROUBLE, trouble)
        except BaseException as bug:  # noqa: BLE001 -- handed to sys.excepthook in the window's thread
            self._send(job, _Kind.BUG, bug)

    def _send(self, job: Job, kind: _Kind, value: object) -> None:
        self._arrived.emit((job, kind, value))

    def _deliver(self, parcel: tuple[Job, _Kind, Any]) -> None:
        job, kind, value = parcel
        listeners = self._open.get(job)
        if listeners is None:
            return
        there = listeners.owner is None or shiboken6.isValid(listeners.owner)
        if kind is _Kind.STEP:
            if there and listeners.progress and not job.cancelled:
                listeners.progress(value)
            return
        job.finished = True
        del self._open[job]
        try:
            if kind is _Kind.BUG:
                sys.excepthook(type(value), value, value.__traceback__)
            elif kind is _Kind.TROUBLE and there and listeners.failed:
                listeners.failed(value)
            elif kind is _Kind.TROUBLE:
                self.troubled.emit(value)
            elif kind is _Kind.DONE and there and listeners.done:
                listeners.done(value)
        finally:
            if there and listeners.ended:
                listeners.ended()
            if not self._open:
                self.busy_changed.emit(False)
                self.idle.emit()
