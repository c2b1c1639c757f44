"""Who has a store open: each open store holds a shared lock on ``open.lock``; a restore wants to be alone.

On Windows nothing is locked: there the system itself refuses to rename a folder whose files are open.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
