"""The file ``keys.json`` beside the database: read, locked, replaced in one step, with a twin in case of damage.

The store's key is nowhere else, so the file carries a checksum and is kept twice; both hold the same at rest.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import (
    FORMAT,
    KEYS,
    TWIN,
    digest_of,
    disk_trouble,
    let_go,
    load_key_file,
    sync_folder,
    try_lock,
)
from collector_desk.store.private import opener

_PARTS = "keys*.part"


def read_keys(folder: Path) -> dict[str, Any]:
    """The body of the key file; falls back on its twin.

    Raises Trouble ``store.no_store`` (no key file here), ``store.keys_damaged``, ``store.newer_program``,
    ``store.older_store``.
    """
    missing = 0
    for name in (KEYS, TWIN):
        try:
            body = load_key_file(folder / name)
        except FileNotFoundError:
            missing += 1
            continue
        if body is not None:
            if body["format"] > FORMAT:
                raise Trouble("store.newer_program", found=str(body["format"]), known=str(FORMAT))
            if body["format"] < FORMAT:  # before the first release: nothing to bring along
                raise Trouble("store.older_store", folder=str(folder))
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


def dump_keys(body: dict[str, Any]) -> bytes:
    """The bytes of a key file."""
    whole = {"body": body, "sha256": digest_of(body)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def write_keys(folder: Path, body: dict[str, Any]) -> None:
    """Replace both copies. Call it under ``locked_keys``. Raises Trouble ``store.disk_full`` / ``disk_failed``."""
    data = dump_keys(body)
    try:
        for name in (KEYS, TWIN):
            replace_file(folder / name, data)
    except OSError as error:
        raise disk_trouble(error, folder / KEYS) from error


def mend(folder: Path) -> None:
    """What a program killed while it wrote left: the twin made like its original, half written files gone."""
    if not list(folder.glob(_PARTS)) and _same(folder):
        return
    with locked_keys(folder):  # nobody is just writing
        for part in folder.glob(_PARTS):
            with suppress(OSError):
                part.unlink(missing_ok=True)
        if not _same(folder):
            write_keys(folder, read_keys(folder))


def _same(folder: Path) -> bool:
    try:
        return (folder / KEYS).read_bytes() == (folder / TWIN).read_bytes()
    except OSError:
        return False


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
            let_go(handle.fileno())
