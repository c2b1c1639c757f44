"""The file ``keys.json`` beside the database: read, locked, replaced in one step, with a twin in case of damage.

The store's key is nowhere else, so the file carries a checksum and is kept twice; both hold the same at rest.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble
from collector_desk.store.private import opener

KEYS = "keys.json"
TWIN = "keys.copy.json"
FORMAT = 1
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
        return path.is_file() and _load(path) is not None
    except (OSError, ValueError):
        return False


def _digest(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _load(path: Path) -> dict[str, Any] | None:
    """What the file holds, or None if it is not a whole key file."""
    try:
        whole = json.loads(path.read_text("utf-8"))
        body = whole["body"]
        if whole["sha256"] != _digest(body) or not isinstance(body["slots"], list):
            return None
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(body)


def read_keys(folder: Path) -> dict[str, Any]:
    """The body of the key file; falls back on its twin.

    Raises Trouble ``store.no_store`` (no key file here), ``store.keys_damaged``, ``store.newer_program``.
    """
    missing = 0
    for name in (KEYS, TWIN):
        try:
            body = _load(folder / name)
        except FileNotFoundError:
            missing += 1
            continue
        if body is not None:
            if body["format"] > FORMAT:
                raise Trouble("store.newer_program", found=str(body["format"]), known=str(FORMAT))
            return body
    if missing == 2:
        raise Trouble("store.no_store", folder=str(folder))
    raise Trouble("store.keys_damaged", folder=str(folder))


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in one step that survives power loss: the old content or the new, never half."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(partial, "wb", opener=opener) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    for attempt in range(50):
        try:
            partial.replace(path)
            break
        except PermissionError:  # Windows: somebody is reading the old one this very moment
            if attempt == 49:
                raise
            time.sleep(0.02)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in the folder durable (Windows does that by itself)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def dump_keys(body: dict[str, Any]) -> bytes:
    """The bytes of a key file."""
    whole = {"body": body, "sha256": _digest(body)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def write_keys(folder: Path, body: dict[str, Any]) -> None:
    """Replace both copies. Call it under ``locked_keys``. Raises Trouble ``store.disk_full`` / ``disk_failed``."""
    data = dump_keys(body)
    try:
        for name in (KEYS, TWIN):
            replace_file(folder / name, data)
    except OSError as error:
        raise disk_trouble(error, folder / KEYS) from error


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


@contextmanager
def locked_keys(folder: Path, *, patience: float = 10.0) -> Iterator[None]:
    """Hold the key file's lock across processes; Trouble ``store.locked`` if another keeps it for too long."""
    try:
        handle = open(folder / "keys.lock", "a+b", opener=opener)  # noqa: SIM115 -- held below
    except OSError as error:
        raise disk_trouble(error, folder / KEYS) from error
    with handle:
        deadline = time.monotonic() + patience
        while not try_lock(handle.fileno()):
            if time.monotonic() > deadline:
                raise Trouble("store.locked", file=KEYS)
            time.sleep(0.02)
        try:
            yield
        finally:
            _unlock(handle.fileno())


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

    def _unlock(descriptor: int) -> None:
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

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
