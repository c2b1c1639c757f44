"""Who has a store open: each open store holds a shared lock on ``open.lock``; a restore wants to be alone.
Who sits at a window of it: each window holds a locked file under ``seats``, named by the person's id.

On Windows nothing is locked: there the system itself refuses to rename a folder whose files are open.
"""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from collector_desk.domain.message import Trouble
from collector_desk.store.private import opener

_NAME = "open.lock"


def enter(folder: Path) -> IO[bytes] | None:
    """Say that the store is open, until the returned handle is closed. Trouble ``store.in_use`` if it is just
    being replaced."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        handle = open(folder / _NAME, "a+b", opener=opener)  # noqa: SIM115 -- closed by the store
    except OSError:  # a read-only folder: writing will tell
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise Trouble("store.in_use", folder=str(folder)) from error
    return handle


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else has the store open, and nobody can open it inside the block; else Trouble ``store.in_use``."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with open(folder / _NAME, "a+b", opener=opener) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Trouble("store.in_use", folder=str(folder)) from error
        yield


# --- who sits at a window --------------------------------------------------------------------------------

_SEATS = "seats"


class Sitting:
    """One window with somebody at it, as long as it is held; a crash lets it go as well, for the system does.

    Kept by a locked file and not in the database: a beat there would have every other window read all anew.
    """

    def __init__(self, path: Path, handle: IO[bytes]) -> None:
        self._path, self._handle = path, handle

    def leave(self) -> None:
        """Nobody sits here any more."""
        self._handle.close()
        with suppress(OSError):
            self._path.unlink()


def sit(folder: Path, person_id: str) -> Sitting | None:
    """Say that this person sits at a window of the store; None where the folder can't be written."""
    try:
        (folder / _SEATS).mkdir(exist_ok=True)
        path = folder / _SEATS / f"{person_id}.{secrets.token_hex(8)}"
        handle = path.open("xb")
    except OSError:
        return None
    for _ in range(20):  # who looks around may have it for an instant
        if _locked(handle):
            return Sitting(path, handle)
        time.sleep(0.005)
    handle.close()
    return None


def seated(folder: Path) -> frozenset[str]:
    """The ids of who sits at a window of the store now. What a crash left behind is cleared away."""
    found = set()
    with suppress(OSError):
        for path in (folder / _SEATS).iterdir():
            if _held(path):
                found.add(path.name.partition(".")[0])
    return frozenset(found)


def _held(path: Path) -> bool:
    try:
        with path.open("r+b") as handle:
            held = not _locked(handle)
    except OSError:  # gone meanwhile, or another account's: then it is no use to guess that somebody is there
        return False
    with suppress(OSError):
        if not held and time.time() - path.stat().st_mtime > _SETTLING:
            path.unlink()
    return held


_SETTLING = 10.0
"""Seconds in which a file just made may still be waiting for its lock."""


def _locked(handle: IO[bytes]) -> bool:
    """Take the lock of a file for oneself; False where another has it."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
