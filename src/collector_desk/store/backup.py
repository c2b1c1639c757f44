"""Backing a store up into one file, and putting it back. What the file is, ``backup_file`` says."""

import hashlib
import json
import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.office.backups import BackupInfo
from collector_desk.exchange.outgoing import refuse_inside_store
from collector_desk.exchange.store_folder import KEYS, TWIN, disk_trouble
from collector_desk.store import keys, replacing
from collector_desk.store.backup_file import (
    DATABASE,
    FORMAT,
    MANIFEST,
    Progress,
    backup_database,
    check_pages,
    info_of,
)
from collector_desk.store.drives import refuse_network_drive
from collector_desk.store.engine import make_engine, translated
from collector_desk.store.keyfile import read_keys
from collector_desk.store.migrate import refuse_trial
from collector_desk.store.private import opener, tighten
from collector_desk.store.store import Store

_CHUNK = 1 << 20


def backup(
    store: Store, target: Path, *, at: datetime, progress: Progress | None = None, replace: bool = False
) -> BackupInfo:
    """Write the whole store to the file ``target``; others may go on working meanwhile.

    The copy is checked page by page before the file gets its name. Raises as ``outgoing.writing``; then no file of
    that name is left, or the one that was there.
    """
    return backup_database(store.database_path, store.key, target, at=at, progress=progress, replace=replace)


# --- putting it back -------------------------------------------------------------------------------------


def inspect(file: Path) -> BackupInfo:
    """What the backup says of itself; its content isn't checked yet.

    Raises Trouble ``store.backup_unreadable``, ``store.newer_program``, ``store.cannot_open``.
    """
    with _opened(file) as archive:
        return info_of(_manifest(archive, file))


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
    ``store.in_use``, ``store.wrong_password``, ``store.older_store``, ``store.disk_full`` and their like;
    then ``folder`` is as it was.
    """
    refuse_network_drive(folder)
    refuse_inside_store(folder)
    try:
        _refuse_other_things(folder)
        with replacing.beside(folder) as scratch:
            with _opened(file) as archive:
                manifest = _manifest(archive, file)
                _extract(archive, manifest, scratch, file, progress)
            shutil.copyfile(scratch / KEYS, scratch / TWIN)
            tighten(scratch / TWIN)
            read_keys(scratch)
            if who is not None and password is not None:
                _prove(scratch, who, password, folder)
            kept = replacing.swap(scratch, folder, at)
    except OSError as error:
        raise disk_trouble(error, folder) from error
    return kept


def _refuse_other_things(folder: Path) -> None:
    """Only a store makes room for a store: nobody's papers are renamed for a slip in a folder's name."""
    if folder.exists() and not any((folder / name).exists() for name in (DATABASE, KEYS, TWIN)):
        if not folder.is_dir():
            raise Refused("documents.outgoing.exists", file=folder.name)
        if any(folder.iterdir()):
            raise Refused("documents.outgoing.not_a_store", folder=str(folder))


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise Trouble("store.cannot_open", file=file.name) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Trouble("store.backup_unreadable", file=file.name) from error


def _manifest(archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _CHUNK:
            raise ValueError("a manifest is small")  # noqa: TRY301
        manifest: dict[str, Any] = json.loads(archive.read(info))
        if int(manifest["format"]) > FORMAT:
            raise Trouble("store.newer_program", found=str(manifest["format"]), known=str(FORMAT))
        if set(manifest["files"]) != {DATABASE, KEYS}:
            raise ValueError("other files than a store's")  # noqa: TRY301
        info_of(manifest)
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
            with archive.open(name) as source, open(scratch / name, "wb", opener=opener) as out:
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


def _prove(scratch: Path, who: str, password: str, folder: Path) -> None:
    store_keys, _ = keys.unlock(scratch, who, password)
    engine = make_engine(scratch / DATABASE, store_keys[0])
    try:
        with translated(scratch / DATABASE), engine.connect() as conn:
            raw: Any = conn.connection.driver_connection
            check_pages(raw)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        with translated(scratch / DATABASE), engine.connect() as conn:
            refuse_trial(conn, folder)
    finally:
        engine.dispose()
