"""A store's folder and the disk seen from outside: is this a store, what a failed write means, whose lock."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble

KEYS = "keys.json"
TWIN = "keys.copy.json"
FORMAT = 2
_BESIDE = (KEYS, TWIN, "keys.lock", "open.lock", "import.lock", "store.db-wal")
_MOST_SHOWN = 40  # characters of a file's name that a sentence shows


def is_store(folder: Path) -> bool:
    """Whether the folder holds a store (whatever its state); never raises, however odd the name."""
    return _there(folder / KEYS)


def holds_store(folder: Path) -> bool:
    """Whether a store's own files lie in this very folder: also one half made, or that lost its key file."""
    return (_there(folder / "store.db") and any(_there(folder / name) for name in _BESIDE)) or any(
        _is_key_file(folder / name) for name in (KEYS, TWIN)
    )


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _is_key_file(path: Path) -> bool:
    """Whether this is one of ours, and not what another program calls by the same name."""
    try:
        return path.is_file() and load_key_file(path) is not None
    except (OSError, ValueError):
        return False


def digest_of(body: dict[str, Any]) -> str:
    """The checksum that a key file carries of itself."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load_key_file(path: Path) -> dict[str, Any] | None:
    """What the file holds, or None if it is not a whole key file."""
    try:
        whole = json.loads(path.read_text("utf-8"))
        body = whole["body"]
        if whole["sha256"] != digest_of(body) or not isinstance(body["slots"], list):
            return None
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(body)


def sync_folder(folder: Path) -> None:
    """Make renames in the folder durable (Windows does that by itself)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def free_name(path: Path, ending: str = "") -> Path:
    """``path`` with this ending, or with a number before it where something of the name lies there already."""
    found, number = path.with_name(f"{path.name}{ending}"), 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}{ending}")
    return found


def disk_trouble(error: OSError, path: Path) -> Trouble:
    """The Trouble behind an OSError while writing ``path``."""
    import errno

    name = shortened(path.name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Trouble("store.disk_full", file=name)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble("store.read_only", file=name)
    if error.errno == errno.ENAMETOOLONG:
        longest = max(path.parts, key=lambda part: len(part.encode("utf-8", "replace")), default=name)
        return Trouble("documents.outgoing.name_too_long", file=shortened(longest))
    if error.errno in (errno.EINVAL, errno.EILSEQ):
        return Trouble("documents.outgoing.odd_name", file=name)
    return Trouble("store.disk_failed", file=name)


def shortened(name: str) -> str:
    """A file's name as a sentence shows it."""
    return name if len(name) <= _MOST_SHOWN else name[: _MOST_SHOWN - 1] + "…"


if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Take the file's lock, if nobody holds it: it is gone with the process, however that ends."""
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def let_go(descriptor: int) -> None:
        """Give the lock back before the process ends."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Take the file's lock, if nobody holds it: it is gone with the process, however that ends."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def let_go(descriptor: int) -> None:
        """Give the lock back before the process ends."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)
