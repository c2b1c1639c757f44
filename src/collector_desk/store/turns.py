"""Whose turn it is to write: who comes next lets those go first who wait, in this window and in every other.

SQLite wakes nobody: who finds the store taken looks again later and later, and who writes one small piece after the
other (an import) takes it back each time before they look. So who waits says so, by a file that is held, and looks
often; and nobody begins while somebody waits.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from collector_desk.domain.message import Trouble
from collector_desk.store import presence

_LOOK = 0.001  # seconds
_GIVES_WAY = 0.1
"""Seconds after which who gives way goes on all the same: whoever waits may wait for somebody else."""
_TAKEN = "store.locked"
T = TypeVar("T")


class Turns:
    """The turns of one open store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._queue, self._turn = threading.Lock(), threading.RLock()

    @contextmanager
    def of_this_process(self) -> Iterator[None]:
        """One thread at a time, each as it came; the thread whose turn it is may enter again."""
        with self._queue:  # held while waiting: who was just served waits behind
            self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def if_free(self) -> Iterator[bool]:
        """The turn, where nobody of this process has it; says whether it was to be had."""
        free = self._turn.acquire(blocking=False)
        try:
            yield free
        finally:
            if free:
                self._turn.release()

    def begin(self, begin: Callable[[], T], patience: float) -> T:
        """Begin a transaction once it is one's turn among all processes.

        ``begin`` raises Trouble ``store.locked`` at once where another has it; so does this, where that stays so
        for ``patience`` seconds.
        """
        until = time.monotonic() + patience
        self._give_way(min(until, time.monotonic() + _GIVES_WAY))
        try:
            return begin()
        except Trouble as trouble:
            if trouble.message.code != _TAKEN or patience <= 0:
                raise
        with presence.waiting(self._folder):
            while True:
                time.sleep(_LOOK)
                try:
                    return begin()
                except Trouble as trouble:
                    if trouble.message.code != _TAKEN or time.monotonic() >= until:
                        raise

    def _give_way(self, until: float) -> None:
        while presence.anybody_waits(self._folder) and time.monotonic() < until:
            time.sleep(_LOOK)
