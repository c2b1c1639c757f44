"""The bytes of evidence: kept in pieces that each fit a short transaction, staged, made to count by one commit.

A piece of evidence exists once its history row does: the row carries the file's SHA-256, and triggers
(``history.py``) keep the pieces under it from being changed. What a killed program staged is dropped at the next
open: who stages holds a lock that ends with its process, however that ends.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, delete, insert, select

from collector_desk.domain.message import Trouble
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.importlock import lone
from collector_desk.store.store import Store

PIECE = 1 << 18
"""Bytes of one piece: written within 10 ms or so, so that no other seat waits."""

_LOCKS = "adding-{}.lock"
_OLD = 86_400  # seconds: nothing takes a day to be added


def stage(
    store: Store,
    evidence_id: str,
    file: BinaryIO,
    at: datetime,
    kept: Callable[[int], None],
    sha256: str | None = None,
) -> tuple[str, int]:
    """Write a file down piece by piece, seen by nobody yet; returns its SHA-256 and size.

    ``sha256`` where it is known, so that nothing is hashed twice. ``kept`` hears how many bytes are in the store
    and may raise to stop. OSError is the source's. Inside ``staging`` only.
    """
    digest = hashlib.sha256()
    position = size = 0
    while content := file.read(PIECE):
        if sha256 is None:
            digest.update(content)
        with store.write() as conn:
            if position == 0:
                conn.execute(insert(t.evidence_staged).values(evidence_id=evidence_id, begun_at=at))
            conn.exec_driver_sql(
                "INSERT INTO evidence_piece (evidence_id, position, content) VALUES (?, ?, ?)",
                (packed(evidence_id), position, content),
            )
        position += 1
        size += len(content)
        kept(size)
    return sha256 or digest.hexdigest(), size


@contextmanager
def staging(store: Store, evidence_id: str) -> Iterator[None]:
    """Hold the lock of one staged file; where the block fails, what was staged of it is dropped."""
    path = _lock_path(store.folder, evidence_id)
    try:
        with lone(path, "visits.evidence.being_added"):
            try:
                yield
            except BaseException:
                with suppress(Trouble):  # a full disk: the next open drops it
                    drop(store, evidence_id)
                raise
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def settle(conn: Connection, evidence_id: str) -> None:
    """From this transaction on the pieces count; its history row is written in the same one."""
    conn.execute(delete(t.evidence_staged).where(t.evidence_staged.c.evidence_id == evidence_id))


def drop(store: Store, evidence_id: str) -> None:
    """Take a staged file away in short transactions; one that counts stays."""
    p = t.evidence_piece.c
    more = True
    while more:
        with store.write() as conn:
            if conn.execute(select(t.evidence.c.id).where(t.evidence.c.id == evidence_id)).first() is not None:
                return
            last = conn.execute(
                select(p.position).where(p.evidence_id == evidence_id).order_by(p.position.desc()).limit(1)
            ).scalar()
            more = last is not None
            if more:
                conn.execute(delete(t.evidence_piece).where(p.evidence_id == evidence_id, p.position == last))
            else:
                settle(conn, evidence_id)


def drop_leftovers(store: Store) -> int:
    """Clear what killed programs staged; quick where there is nothing. Returns how many files it were."""
    with store.read() as conn:
        staged = list(conn.execute(select(t.evidence_staged.c.evidence_id)).scalars())
    dropped = 0
    for path in store.folder.glob(_LOCKS.format("*")):  # of one killed before its first piece
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _OLD and path.name not in map(_LOCKS.format, staged):
                path.unlink()
    for evidence_id in staged:
        path = _lock_path(store.folder, evidence_id)
        try:
            with lone(path, "visits.evidence.being_added"):
                drop(store, evidence_id)
        except Trouble as trouble:
            if trouble.message.code != "visits.evidence.being_added":  # another seat is at it
                raise
            continue
        with suppress(OSError):
            path.unlink(missing_ok=True)
        dropped += 1
    return dropped


def content(conn: Connection, evidence_id: str) -> Iterator[bytes]:
    """The pieces of a file in order."""
    p = t.evidence_piece.c
    statement = select(p.position).where(p.evidence_id == evidence_id).order_by(p.position)
    for position in list(conn.execute(statement).scalars()):
        yield piece(conn, evidence_id, position)


def piece(conn: Connection, evidence_id: str, position: int) -> bytes:
    """One piece, counted from 0; empty beyond the last."""
    found = conn.exec_driver_sql(
        "SELECT content FROM evidence_piece WHERE evidence_id = ? AND position = ?", (packed(evidence_id), position)
    ).scalar()
    return bytes(found or b"")


def piece_size(conn: Connection, evidence_id: str) -> int:
    """Bytes in every piece of this file but its last."""
    return len(piece(conn, evidence_id, 0))


def _lock_path(folder: Path, evidence_id: str) -> Path:
    return folder / _LOCKS.format(evidence_id)
