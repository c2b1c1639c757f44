"""Only one import at a time in a store. The lock is the system's: it ends with its process, however that ends, so
that whoever gets it knows that a staged batch belongs to nobody any more."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import disk_trouble

_NAME = "import.lock"


@contextmanager
def importing(folder: Path) -> Iterator[None]:
    """Hold the lock. Raises Trouble ``intake.import_running`` where another seat imports just now."""
    with lone(folder / _NAME, "intake.import_running"):
        yield


@contextmanager
def lone(path: Path, taken: str) -> Iterator[None]:
    """Hold the lock of that file (made where it is missing). Raises Trouble ``taken`` where somebody else does."""
    try:
        handle = path.open("a+b")
    except OSError as error:
        raise disk_trouble(error, path) from error
    with handle:
        if not _lock(handle.fileno()):
            raise Trouble(taken)
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
