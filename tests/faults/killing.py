"""A worker that does what it is told until it is killed, and the hand that kills it: both ends of one pipe.

The worker (``serve``) reads an order a line and forks a child that carries it out. The child says a line at the
beginning and the end of every transaction, so that it can be killed in any of them; "done" says what it did.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Connection

from collector_desk.store import keys
from collector_desk.store.store import Store

KILLS = int(os.environ.get("COLLECTOR_DESK_KILLS", "12"))
"""How many times a test kills; the hundred of an issue by ``COLLECTOR_DESK_KILLS=100``."""
CHEAP = {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}
no_kill = pytest.mark.skipif(sys.platform == "win32", reason="the worker forks, and Windows has no kill -9")
_write = Store.write


# --- the worker's end ----------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Say a line: one write, the whole of it or nothing."""
    os.write(1, f"{text}\n".encode())


@contextmanager
def _watched(store: Store) -> Iterator[Connection]:
    say("begin")
    with _write(store) as conn:
        yield conn
        say("commit")
    say("end")


def watch() -> None:
    """From now on every transaction is a moment to be killed in."""
    Store.write = _watched  # type: ignore[assignment,method-assign]


def serve(carry_out: Callable[[Path, str], object], *slow: str) -> None:
    """Carry the orders out, each in a child, until there are none left; ``slow``: imported once for all of them.

    ``carry_out`` gets the store's folder and the order; what it returns is what was done.
    """
    for name, value in CHEAP.items():
        setattr(keys, name, value)
    for name in slow:
        import_module(name)
    folder = Path(sys.argv[1])
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                say(f"done {carry_out(folder, line.strip())}")
                status = 0
            finally:
                os._exit(status)
        say(f"child {child}")
        _, ended = os.waitpid(child, 0)
        say(f"ended {ended}")


# --- the hand ------------------------------------------------------------------------------------------------


class Victim:
    """A worker at a store."""

    def __init__(self, started: "subprocess.Popen[str]") -> None:
        self._started = started

    def run(self, order: Path | str, kill_at: int | None) -> str | None:
        """Carry an order out in a child, killed once it said ``kill_at`` lines; what it did, if it said so."""
        pipe = self._started
        assert pipe.stdin is not None
        assert pipe.stdout is not None
        pipe.stdin.write(f"{order}\n")
        pipe.stdin.flush()
        child, said, done = 0, 0, None
        while True:
            word, _, rest = pipe.stdout.readline().strip().partition(" ")
            if word == "child":
                child = int(rest)
            elif word == "ended":
                return done
            else:
                said += 1
                done = rest if word == "done" else done
            if child and kill_at is not None and said >= kill_at:
                with suppress(ProcessLookupError):  # it may have ended this moment
                    os.kill(child, signal.SIGKILL)
                kill_at = None


@contextmanager
def victim(module: str, folder: Path) -> Iterator[Victim]:
    """A worker of a module at the store in a folder; it ends with the block."""
    started = subprocess.Popen(
        [sys.executable, "-m", module, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    yield Victim(started)
    started.communicate(timeout=60)
