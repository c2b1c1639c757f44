"""One file that holds a whole store, encrypted like the store itself.

The file is an uncompressed zip of ``store.db`` (a consistent copy, same key), ``keys.json`` and ``manifest.json``
(sizes and SHA-256). Whoever could sign in on the day of the backup can sign in to the restored store.
"""

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # comes without types

from collector_desk.domain.message import Trouble
from collector_desk.domain.office.backups import BackupInfo
from collector_desk.exchange.outgoing import writing
from collector_desk.exchange.store_folder import KEYS
from collector_desk.store.engine import make_engine, translated
from collector_desk.store.journal import head
from collector_desk.store.keyfile import dump_keys, read_keys

DATABASE = "store.db"
FORMAT = 1
MANIFEST = "manifest.json"
_PAGES = 2000
_SCRATCH = ".backup-"

Progress = Callable[[int, int], None]


def backup_database(
    database: Path,
    key: bytes,
    target: Path,
    *,
    at: datetime,
    progress: Progress | None = None,
    replace: bool = False,
    own: bool = False,
) -> BackupInfo:
    """Write the store of ``database`` to the file ``target``; see ``backup.backup``. ``own``: into its folder."""
    with writing(target, replace=replace, own=own) as out, _scratch(target) as scratch:
        copy = scratch / DATABASE
        before = read_keys(database.parent)
        last_seq, last_hash = copy_database(database, key, copy, progress)
        body = read_keys(database.parent)
        # a password changed meanwhile: the copy's own history says which of the two slots holds in it
        slots = {slot["id"]: slot for slot in (*before["slots"], *body["slots"])}
        body = {**body, "slots": list(slots.values())}
        key_file = dump_keys(body)
        manifest = {
            "format": FORMAT,
            "store_id": body["store_id"],
            "made_at": at.astimezone(UTC).isoformat(),
            "last_seq": last_seq,
            "last_hash": last_hash,
            "files": {
                DATABASE: {"size": copy.stat().st_size, "sha256": _sha256(copy)},
                KEYS: {"size": len(key_file), "sha256": hashlib.sha256(key_file).hexdigest()},
            },
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            archive.writestr(KEYS, key_file)
            archive.write(copy, DATABASE)
    return info_of(manifest)


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder for the copy beside ``target``, on the same disk; encrypted as it is, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=target.parent) as place, translated(target):
        yield Path(place)


def drop_scratch(folder: Path) -> None:
    """Delete the copies that killed backups left in a folder where no other is being made."""
    for left in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)


def copy_database(
    database: Path, key: bytes, copy: Path, progress: Progress | None, *, copy_key: bytes | None = None
) -> tuple[int, str]:
    """A page-wise copy of one moment, checked; returns place and hash (hex) of the last line of the store's own.

    Page by page also under another key: each is read with the one and written with the other.
    """

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    source_engine, copy_engine = make_engine(database, key), make_engine(copy, copy_key or key)
    try:
        with source_engine.connect() as source, copy_engine.connect() as target:
            with source.begin():  # the open view keeps the moment: other seats' commits don't start it anew
                end = head(source)
                source_raw: Any = source.connection.driver_connection
                target_raw: Any = target.connection.driver_connection
                source_raw.backup(target_raw, pages=_PAGES, progress=tell, sleep=0.0)
            target_raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            check_pages(target_raw)
    finally:
        source_engine.dispose()
        copy_engine.dispose()
    return end.place, end.hash.hex()


def odd_pages(raw: Any) -> int:
    """How many pages don't fit their HMAC, or else how many faults the trees and the full-text index show.

    Asked alone, the index's own check goes by what this connection remembers of it from before another one wrote,
    and takes that for a fault; any question to the index makes it read anew.
    """
    odd = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    if odd:
        return len(odd)
    with suppress(dbapi2.Error):  # where the index is gone or can't be read, the check says so
        raw.execute("SELECT rowid FROM search_digits LIMIT 1").fetchall()
    told = [row[0] for row in raw.execute("PRAGMA quick_check(100)").fetchall()]
    return sum(line != "ok" for line in told)


def check_pages(raw: Any) -> None:
    """Raises Trouble ``store.damaged`` where a page is damaged."""
    if odd_pages(raw):
        raise Trouble("store.damaged", file=DATABASE)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def info_of(manifest: dict[str, Any]) -> BackupInfo:
    """What a manifest says; KeyError, ValueError or TypeError if it says something else."""
    return BackupInfo(
        store_id=str(manifest["store_id"]),
        made_at=datetime.fromisoformat(manifest["made_at"]),
        last_seq=int(manifest["last_seq"]),
        last_hash=str(manifest.get("last_hash", "")),
        size=sum(int(entry["size"]) for entry in manifest["files"].values()),
    )
