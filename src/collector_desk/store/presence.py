"""Who has a store open, who sits at a window of it, who waits to write: each holds a locked file, in ``open``,
``seats`` and ``waiting``.

What opens the store passes a gate (``open.lock``); whoever wants to be alone, to migrate or to restore it, keeps
the gate shut meanwhile. The same on every system: the locks are files' (``locks``), and a crash lets go of them.
"""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from collector_desk.domain.message import Trouble
from collector_desk.store import locks
from collector_desk.store.private import make_folder, opener

_GATE, _OPEN, _SEATS, _WAITING = "open.lock", "open", "seats", "waiting"
_SETTLING = 10.0
"""Seconds in which a file just made may still be waiting for its lock."""


class Held:
    """A locked file that says somebody is here, as long as it is held; a crash lets it go as well.

    Kept by files and not in the database: a beat there would have every other window read all anew.
    """

    def __init__(self, path: Path, handle: IO[bytes]) -> None:
        self.path, self._handle = path, handle

    def leave(self) -> None:
        """Nobody is here any more."""
        self._handle.close()
        with suppress(OSError):
            self.path.unlink()


# --- which stores are open ---------------------------------------------------------------------------------


def enter(folder: Path) -> Held | None:
    """Say that the store is open, until what is returned is left; None where the folder can't be written.

    Raises Trouble ``store.in_use`` while it is migrated or replaced.
    """
    try:
        gate = open(folder / _GATE, "a+b", opener=opener)  # noqa: SIM115 -- closed below
    except OSError:  # a read-only folder: writing will tell
        return None
    with gate:
        if not locks.take_soon(gate):
            raise Trouble("store.in_use", folder=str(folder))
        return _hold(folder / _OPEN, secrets.token_hex(8))


def others(folder: Path, own: Held) -> bool:
    """Whether the store is open elsewhere too: in another window, or by a command."""
    return any(path != own.path and _held(path) for path in _files(folder / _OPEN))


@contextmanager
def alone(folder: Path, *, renames: bool = False) -> Iterator[None]:
    """Nobody else has the store open, and nobody can open it inside the block; else Trouble ``store.in_use``.

    ``renames``: the folder itself is renamed inside. Windows does that only when no file in it is open, ours
    neither; then it is Windows that refuses whoever comes in between.
    """
    with open(folder / _GATE, "a+b", opener=opener) as gate:
        if not locks.take_soon(gate) or any(_held(path) for path in _files(folder / _OPEN)):
            raise Trouble("store.in_use", folder=str(folder))
        if renames and sys.platform == "win32":
            gate.close()
        yield


# --- who sits at a window --------------------------------------------------------------------------------


def sit(folder: Path, person_id: str) -> Held | None:
    """Say that this person sits at a window of the store; None where the folder can't be written."""
    return _hold(folder / _SEATS, f"{person_id}.{secrets.token_hex(8)}")


def seated(folder: Path) -> frozenset[str]:
    """The ids of who sits at a window of the store now. What a crash left behind is cleared away."""
    return frozenset(path.name.partition(".")[0] for path in _files(folder / _SEATS) if _held(path))


# --- who waits to write --------------------------------------------------------------------------------


@contextmanager
def waiting(folder: Path) -> Iterator[None]:
    """Say that somebody waits for the store to be written to; nothing is said where the folder can't be."""
    held = _hold(folder / _WAITING, secrets.token_hex(8))
    try:
        yield
    finally:
        if held is not None:
            held.leave()


def anybody_waits(folder: Path) -> bool:
    """Whether anybody does, in whatever process."""
    return any(_held(path) for path in _files(folder / _WAITING))


# --- files that are held ---------------------------------------------------------------------------------


def _hold(folder: Path, name: str) -> Held | None:
    try:
        make_folder(folder)
        handle = open(folder / name, "xb", opener=opener)  # noqa: SIM115 -- closed by whoever holds it
    except OSError:
        return None
    if locks.take_soon(handle):  # who looks around may have it for an instant
        return Held(folder / name, handle)
    handle.close()
    return None


def _files(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _held(path: Path) -> bool:
    try:
        with path.open("r+b") as handle:
            held = not locks.take(handle)
    except OSError:  # gone meanwhile, or another account's: then it is no use to guess that somebody is there
        return False
    with suppress(OSError):
        if not held and time.time() - path.stat().st_mtime > _SETTLING:
            path.unlink()
    return held
