"""The store written anew under another key, so that an old key file opens it no more.

A new file is made beside, checked, and renamed into place. Before that every slot that holds gets the new key
sealed to its pair, beside the old one: killed anywhere, the next opening tells by the file which of the two counts
(``settle``). Nobody else may have the store open: SQLCipher's own rekey would leave another window with a file it
can't read.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from collector_desk.domain.message import Trouble
from collector_desk.domain.states import KeyEvent
from collector_desk.exchange.store_folder import disk_trouble, sync_folder
from collector_desk.store import endorsements, heads, keys, slots
from collector_desk.store.backup_file import DATABASE, copy_database
from collector_desk.store.engine import make_engine, translated, writer
from collector_desk.store.journal import record
from collector_desk.store.keys import Unlocked
from collector_desk.store.marks import Mark, mark_of
from collector_desk.store.migrate import row_counts
from collector_desk.store.presence import alone
from collector_desk.store.tables.history import key_event

_NEW = f"{DATABASE}.rekeyed"
_COPIES = 2  # the new file, and its log while it is written
_MARGIN = 32 << 20

Progress = Callable[[int, int], None]


def needed(folder: Path) -> int:
    """Bytes of free disk that writing the store anew takes."""
    sizes = (path.stat().st_size for path in (folder / DATABASE, folder / f"{DATABASE}-wal") if path.exists())
    return _COPIES * sum(sizes) + _MARGIN


def write_anew(
    folder: Path, store_key: bytes, unlocked: Unlocked, *, at: datetime, progress: Progress | None = None
) -> Mark:
    """Put a store under a fresh key in the place of this one; ``unlocked`` signs its head.

    Nobody may have it open, this process neither. Raises Trouble ``store.in_use``, ``store.no_room`` (asked before
    anything is done), ``store.damaged``, ``store.disk_full`` and their like: then the store is as it was.
    """
    path, new = folder / DATABASE, folder / _NEW
    want, free = needed(folder), shutil.disk_usage(folder).free
    if free < want:
        raise Trouble("store.no_room", wanted=-(-want >> 20), free=free >> 20)
    with alone(folder):
        new_key, ready = os.urandom(32), False
        _forget(folder)
        try:
            engine = make_engine(path, store_key)
            try:
                with translated(path), engine.connect() as conn:
                    offered = _sealed_anew(conn, folder, unlocked.store_id, new_key)
                    before = row_counts(conn)
            finally:
                engine.dispose()
            keys.write_slots(folder, offered)
            copy_database(path, store_key, new, progress, copy_key=new_key)
            mark = _finish(new, new_key, unlocked, before, at)
            ready = True
            _replace(path, new)
        except BaseException:
            if not ready or new.exists():  # else it has its name already, and the older key opens nothing
                settle(folder, newer=False)
            raise
        sync_folder(folder)
        settle(folder, newer=True)
    return mark


def settle(folder: Path, *, newer: bool) -> None:
    """The file in place opened under the newer key, or under the older: the other one goes.

    Only who has the store open may ask for it: then nobody is just writing it anew.
    """
    if not newer:
        _forget(folder)
    keys.settle(folder, newer=newer)


def _sealed_anew(conn: Connection, folder: Path, store_id: str, new_key: bytes) -> list[dict[str, object]]:
    """The slots that hold, each with the new key sealed to the pair the history vouches for."""
    chain = endorsements.chain_of(conn, store_id)
    kept = []
    for slot in slots.in_force(conn, keys.slots(folder)):
        holder = slot["person_id"] if slot["kind"] == keys.PERSON else endorsements.CODE
        if keys.publics_of(slot) not in chain.in_force(holder):
            raise Trouble("store.key_exchanged")  # somebody wants the new key sealed to a pair of their own
        kept.append({**slot, "next_key": keys.seal_key(store_id, new_key, slot["sealing"])})
    return kept


def _finish(new: Path, new_key: bytes, unlocked: Unlocked, before: dict[str, int], at: datetime) -> Mark:
    """See that everything came along, write down and sign that it was done, and make the file durable."""
    engine = make_engine(new, new_key)
    try:
        with translated(new), writer(engine) as conn:
            with conn.begin():
                if row_counts(conn) != before:
                    raise Trouble("store.damaged", file=DATABASE)
                row = {"person_id": unlocked.person_id, "event": KeyEvent.REKEYED}
                record(conn, key_event, row, kind="store_rekeyed", actor_id=unlocked.person_id, at=at)
                heads.sign_head(conn, unlocked, at)
                mark = mark_of(conn)
            raw: Any = conn.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        engine.dispose()
    try:
        with new.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise disk_trouble(error, new) from error
    return mark


def _replace(path: Path, new: Path) -> None:
    """The new file takes the old one's name. What was committed is in the old file, not in its log any more."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Trouble("store.in_use", folder=str(path.parent))
    try:
        new.replace(path)
    except PermissionError as error:  # Windows: somebody has it open
        raise Trouble("store.in_use", folder=str(path.parent)) from error
    except OSError as error:
        raise disk_trouble(error, path) from error


def _forget(folder: Path) -> None:
    """Delete a new file that never got its name."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            (folder / f"{_NEW}{suffix}").unlink(missing_ok=True)
