"""A folder that takes a store's place, whole: made beside it, and what an end in between left put in order.

No system renames two folders at once. So a folder that is complete first gets the name *ready*: from then on it
counts as soon as the old one is out of the way, and whoever looks next finishes it (``settle``).
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import free_name, is_store, sync_folder
from collector_desk.store.importlock import lone
from collector_desk.store.presence import alone


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder to make the new one in, for one at a time; gone afterwards, unless it took the place of ``folder``.

    Raises Trouble ``store.in_use`` where somebody else puts a store there just now.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(folder):
        _put_in_order(folder)
        scratch = Path(tempfile.mkdtemp(prefix=_scratch(folder), dir=folder.parent))
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def swap(scratch: Path, folder: Path, at: datetime) -> Path | None:
    """Rename the old folder aside and the new one into its place; never deletes, never merges.

    Returns where the old one lies now; None where there was none.
    """
    if not folder.exists() or not any(folder.iterdir()):
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
        sync_folder(folder.parent)
        return None
    kept = free_name(folder.with_name(f"{folder.name}.before-restore-{at:%Y%m%dT%H%M%S}"))
    if is_store(folder):
        with alone(folder, renames=True):
            _rename_both(folder, kept, scratch)
    else:
        _rename_both(folder, kept, scratch)
    sync_folder(folder.parent)
    return kept


def settle(folder: Path) -> None:
    """Put in order what an end in the middle left beside ``folder``. Raises Trouble ``store.in_use`` where somebody
    is at it just now and the folder is not there to be opened."""
    try:
        if not _left(folder) and not _lock(folder).exists():
            return
        with _only_one(folder):
            _put_in_order(folder)
    except Trouble:
        if not folder.exists():
            raise
    except (OSError, ValueError):  # no such place, or it can't be written: opening the store tells, if it matters
        return


def _rename_both(folder: Path, kept: Path, scratch: Path) -> None:
    ready = _ready(folder)
    scratch.rename(ready)
    sync_folder(folder.parent)
    try:
        folder.rename(kept)
    except OSError as error:
        ready.rename(scratch)
        if isinstance(error, PermissionError):  # Windows: somebody has a file in it open
            raise Trouble("store.in_use", folder=str(folder)) from error
        raise
    try:
        ready.rename(folder)
    except OSError:
        kept.rename(folder)  # as it was
        ready.rename(scratch)
        raise


def _put_in_order(folder: Path) -> None:
    """Only for who is the only one: whatever lies here belongs to nobody any more."""
    ready = _ready(folder)
    if is_store(ready) and not folder.exists():
        ready.rename(folder)
        sync_folder(folder.parent)
    for left in _left(folder):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = _lock(folder)
    with lone(lock, "store.in_use", folder=str(folder)):
        try:
            yield
        finally:
            with suppress(OSError):  # Windows, while it is open: an empty file stays
                lock.unlink()


def _lock(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-restore.lock")


def _scratch(folder: Path) -> str:
    return f".{folder.name}-restore-"


def _ready(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-ready")


def _left(folder: Path) -> list[Path]:
    """What an end in the middle left: folders half made, one that was ready."""
    beginning, ready = _scratch(folder), _ready(folder)
    return [path for path in folder.parent.iterdir() if path.name.startswith(beginning) or path == ready]
