"""One file that holds a whole store, encrypted like the store itself; and putting it back.

The file is an uncompressed zip of ``store.db`` (a consistent copy, same key), ``keys.json`` and ``manifest.json``
(sizes and SHA-256). Whoever could sign in on the day of the backup can sign in to the restored store.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Trouble
from collector_desk.store import keys
from collector_desk.store.drives import refuse_network_drive
from collector_desk.store.engine import make_engine, translated
from collector_desk.store.keyfile import KEYS, TWIN, disk_trouble, dump_keys, read_keys, sync_folder
from collector_desk.store.presence import alone
from collector_desk.store.store import DATABASE, Store, is_store

FORMAT = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_PAGES = 2000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself."""

    store_id: str
    made_at: datetime
    last_seq: int
    size: int


def backup(store: Store, target: Path, *, at: datetime, progress: Progress | None = None) -> BackupInfo:
    """Write the whole store to the new file ``target``; others may go on working meanwhile.

    The copy is checked page by page before the file gets its name. Raises Trouble ``store.backup_exists``,
    ``store.disk_full`` and their like; then no file of that name is left.
    """
    return backup_database(store.database_path, store.key, target, at=at, progress=progress)


def backup_database(
    database: Path, key: bytes, target: Path, *, at: datetime, progress: Progress | None = None
) -> BackupInfo:
    """As ``backup`` for a database that isn't opened as a store (before a migration)."""
    if target.exists():
        raise Trouble("store.backup_exists", file=target.name)
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as scratch:
            copy = Path(scratch) / DATABASE
            with translated(copy):
                last_seq = _copy_database(database, key, copy, progress)
            body = read_keys(database.parent)
            key_file = dump_keys(body)
            manifest = {
                "format": FORMAT,
                "store_id": body["store_id"],
                "made_at": at.astimezone(UTC).isoformat(),
                "last_seq": last_seq,
                "files": {
                    DATABASE: {"size": copy.stat().st_size, "sha256": _sha256(copy)},
                    KEYS: {"size": len(key_file), "sha256": hashlib.sha256(key_file).hexdigest()},
                },
            }
            with partial.open("wb") as out:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                    archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
                    archive.writestr(KEYS, key_file)
                    archive.write(copy, DATABASE)
                out.flush()
                os.fsync(out.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_trouble(error, target) from error
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return _info(manifest)


def _copy_database(database: Path, key: bytes, copy: Path, progress: Progress | None) -> int:
    """A page-wise copy of one moment, checked; returns the last journal line's number in it."""

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    source_engine, copy_engine = make_engine(database, key), make_engine(copy, key)
    try:
        with source_engine.connect() as source, copy_engine.connect() as target:
            with source.begin():  # the open view keeps the moment: other seats' commits don't start it anew
                last = source.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0
                source_raw: Any = source.connection.driver_connection
                target_raw: Any = target.connection.driver_connection
                source_raw.backup(target_raw, pages=_PAGES, progress=tell, sleep=0.0)
            target_raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            _check_pages(target_raw)
    finally:
        source_engine.dispose()
        copy_engine.dispose()
    return int(last)


def _check_pages(raw: Any) -> None:
    """Every page's HMAC, then the trees' structure; Trouble ``store.damaged``."""
    if raw.execute("PRAGMA cipher_integrity_check").fetchall():
        raise Trouble("store.damaged", file=DATABASE)
    if raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise Trouble("store.damaged", file=DATABASE)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _info(manifest: dict[str, Any]) -> BackupInfo:
    return BackupInfo(
        store_id=str(manifest["store_id"]),
        made_at=datetime.fromisoformat(manifest["made_at"]),
        last_seq=int(manifest["last_seq"]),
        size=sum(int(entry["size"]) for entry in manifest["files"].values()),
    )


# --- putting it back -------------------------------------------------------------------------------------


def inspect(file: Path) -> BackupInfo:
    """What the backup says of itself; its content isn't checked yet.

    Raises Trouble ``store.backup_unreadable``, ``store.newer_program``, ``store.cannot_open``.
    """
    with _opened(file) as archive:
        return _info(_manifest(archive, file))


def restore(
    file: Path,
    folder: Path,
    *,
    at: datetime,
    who: str | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Put the backup's store in ``folder``. Returns where the store that was there before is kept now, or None.

    Everything is checked before anything is replaced: sizes and hashes, and with ``who`` and ``password`` also that
    they open it and that every page is whole. Raises Trouble ``store.backup_unreadable``, ``store.backup_damaged``,
    ``store.in_use``, ``store.wrong_password``, ``store.disk_full`` and their like; then ``folder`` is as it was.
    """
    refuse_network_drive(folder)
    scratch: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-restore-", dir=folder.parent))
        with _opened(file) as archive:
            manifest = _manifest(archive, file)
            _extract(archive, manifest, scratch, file, progress)
        shutil.copyfile(scratch / KEYS, scratch / TWIN)
        read_keys(scratch)
        if who is not None and password is not None:
            _prove(scratch, who, password)
        kept = _swap(scratch, folder, at)
    except OSError as error:
        raise disk_trouble(error, folder) from error
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
    return kept


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise Trouble("store.cannot_open", file=file.name) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Trouble("store.backup_unreadable", file=file.name) from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        info = archive.getinfo(_MANIFEST)
        if info.file_size > _CHUNK:
            raise ValueError("a manifest is small")  # noqa: TRY301
        manifest: dict[str, Any] = json.loads(archive.read(info))
        if int(manifest["format"]) > FORMAT:
            raise Trouble("store.newer_program", found=str(manifest["format"]), known=str(FORMAT))
        if set(manifest["files"]) != {DATABASE, KEYS}:
            raise ValueError("other files than a store's")  # noqa: TRY301
        _info(manifest)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, EOFError) as error:
        raise Trouble("store.backup_unreadable", file=file.name) from error
    return manifest


def _extract(
    archive: zipfile.ZipFile, manifest: dict[str, Any], scratch: Path, file: Path, progress: Progress | None
) -> None:
    total = sum(entry["size"] for entry in manifest["files"].values())
    done = 0
    for name, entry in manifest["files"].items():
        digest = hashlib.sha256()
        size = 0
        try:
            with archive.open(name) as source, (scratch / name).open("wb") as out:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > entry["size"]:
                        break
                    digest.update(chunk)
                    out.write(chunk)
                    done += len(chunk)
                    if progress is not None:
                        progress(done, total)
                out.flush()
                os.fsync(out.fileno())
        except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError) as error:
            raise Trouble("store.backup_damaged", file=file.name) from error
        if size != entry["size"] or digest.hexdigest() != entry["sha256"]:
            raise Trouble("store.backup_damaged", file=file.name)


def _prove(scratch: Path, who: str, password: str) -> None:
    key, _ = keys.unlock(scratch, who, password)
    engine = make_engine(scratch / DATABASE, key)
    try:
        with translated(scratch / DATABASE), engine.connect() as conn:
            raw: Any = conn.connection.driver_connection
            _check_pages(raw)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        engine.dispose()


def _swap(scratch: Path, folder: Path, at: datetime) -> Path | None:
    """Rename the old folder aside and the new one into its place; never deletes, never merges."""
    if not folder.exists() or not any(folder.iterdir()):
        if folder.exists():
            folder.rmdir()
        scratch.rename(folder)
        sync_folder(folder.parent)
        return None
    kept = folder.with_name(f"{folder.name}.before-restore-{at:%Y%m%dT%H%M%S}")
    number = 1
    while kept.exists():
        number += 1
        kept = folder.with_name(f"{folder.name}.before-restore-{at:%Y%m%dT%H%M%S}-{number}")
    if is_store(folder):
        with alone(folder):
            _rename_pair(folder, kept, scratch)
    else:
        _rename_pair(folder, kept, scratch)
    sync_folder(folder.parent)
    return kept


def _rename_pair(folder: Path, kept: Path, scratch: Path) -> None:
    try:
        folder.rename(kept)
    except PermissionError as error:  # Windows: somebody has a file in it open
        raise Trouble("store.in_use", folder=str(folder)) from error
    try:
        scratch.rename(folder)
    except OSError:
        kept.rename(folder)  # as it was
        raise
