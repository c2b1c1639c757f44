"""Only one import at a time in a store. The lock is the system's: it ends with its process, however that ends, so
that whoever gets it knows that a staged batch belongs to nobody any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import disk_trouble
from collector_desk.store import locks

_NAME = "import.lock"


@contextmanager
def importing(folder: Path) -> Iterator[None]:
    """Hold the lock. Raises Trouble ``intake.import_running`` where another seat imports just now."""
    with lone(folder / _NAME, "intake.import_running"):
        yield


@contextmanager
def lone(path: Path, taken: str, **figures: str) -> Iterator[None]:
    """Hold the lock of that file (made where it is missing). Raises Trouble ``taken`` where somebody else does."""
    try:
        handle = path.open("a+b")
    except OSError as error:
        raise disk_trouble(error, path) from error
    with handle:
        if not locks.take(handle):
            raise Trouble(taken, **figures)
        yield
