"""Signed heads, and the high-water mark kept outside the store.

A person who leaves signs the chain's head: from then on nobody can rewrite what lies before without breaking that
person's signature. The mark remembers the newest signed head in the user's data folder, so that a cut-off tail or
an older copy put back is noticed although such a store is whole in itself.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from collector_desk.domain.message import Trouble
from collector_desk.exchange.store_folder import disk_trouble
from collector_desk.resources import home_folder
from collector_desk.store import endorsements, slots
from collector_desk.store.journal import hash_at, head, record
from collector_desk.store.keyfile import replace_file
from collector_desk.store.keys import Unlocked
from collector_desk.store.metadata import to_micros
from collector_desk.store.private import make_folder
from collector_desk.store.tables.history import loss_accepted, signed_head


@dataclass(frozen=True, slots=True)
class HighWaterMark:
    """A signed head: line ``seq`` of the journal has ``hash``, says ``person_id``. ``at`` in microseconds UTC."""

    store_id: str
    seq: int
    hash: bytes
    person_id: str
    at: int
    signature: bytes
    root: bytes
    """What all signing keys of the store went back to."""


def signed_text(store_id: str, seq: int, head_hash: bytes, person_id: str, at: int) -> bytes:
    """The bytes a head's signature covers."""
    return f"collector-desk head v1\n{store_id}\n{seq}\n{head_hash.hex()}\n{person_id}\n{at}\n".encode()


def sign_head(conn: Connection, unlocked: Unlocked, at: datetime) -> HighWaterMark:
    """Sign the end of the chain in the person's name. After the commit, hand the result to ``save_mark``.

    Only where ``may_sign``; else it would be a signature that proves nothing (RuntimeError).
    """
    if not may_sign(conn, unlocked):
        raise RuntimeError("a head signed under a key that doesn't count")
    end = head(conn)
    micros = to_micros(at)
    text = signed_text(unlocked.store_id, end.place, end.hash, unlocked.person_id, micros)
    mark = HighWaterMark(
        unlocked.store_id,
        end.place,
        end.hash,
        unlocked.person_id,
        micros,
        unlocked.signing_key.sign(text),
        endorsements.root_of(conn),
    )
    row = {"seq": end.place, "hash": end.hash, "person_id": mark.person_id, "at": at, "signature": mark.signature}
    conn.execute(signed_head.insert(), row)
    return mark


def may_sign(conn: Connection, unlocked: Unlocked) -> bool:
    """Whether the person's key counts now: not the one under a password given to them, nor one replaced since."""
    try:
        slots.require_not_closed(conn, unlocked.person_id)
        return not endorsements.require_own(conn, unlocked)
    except Trouble:
        return False


def _mark_path(store_id: str) -> Path:
    return home_folder() / "marks" / f"{store_id}.json"


def load_mark(store_id: str) -> HighWaterMark | None:
    """The mark kept on this machine for the store; None if there is none or it can't be read."""
    try:
        raw = json.loads(_mark_path(store_id).read_text("utf-8"))
        return HighWaterMark(
            store_id=str(raw["store_id"]),
            seq=int(raw["seq"]),
            hash=bytes.fromhex(raw["hash"]),
            person_id=str(raw["person_id"]),
            at=int(raw["at"]),
            signature=bytes.fromhex(raw["signature"]),
            root=bytes.fromhex(raw["root"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_mark(mark: HighWaterMark, *, even_if_older: bool = False) -> bool:
    """Keep the mark; one further on is never replaced (False), unless a lead accepted the loss.

    Raises Trouble ``store.disk_full`` and its like.
    """
    path = _mark_path(mark.store_id)
    kept = load_mark(mark.store_id)
    if kept is not None and kept.seq > mark.seq and not even_if_older:
        return False
    raw = {
        "store_id": mark.store_id,
        "seq": mark.seq,
        "hash": mark.hash.hex(),
        "person_id": mark.person_id,
        "at": mark.at,
        "signature": mark.signature.hex(),
        "root": mark.root.hex(),
    }
    try:
        make_folder(path.parent)
        replace_file(path, json.dumps(raw).encode())
    except OSError as error:
        raise disk_trouble(error, path) from error
    return True


def check_mark(conn: Connection, mark: HighWaterMark) -> None:
    """A look at one line, quick enough for every sign-in.

    Raises Trouble ``store.older_copy`` if the store ends before the mark or took another way since,
    ``store.root_differs`` if its keys don't go back to the root the mark remembers.
    """
    if not endorsements.is_root(conn, mark.root):
        raise Trouble("store.root_differs")
    found = hash_at(conn, mark.seq)
    if found == mark.hash:
        return
    accepted = conn.exec_driver_sql("SELECT 1 FROM loss_accepted WHERE mark_hash = ?", (mark.hash,)).scalar()
    if accepted is None:
        raise Trouble("store.older_copy", mark=mark.seq, last=head(conn).place)


def accept_older_copy(conn: Connection, mark: HighWaterMark, *, reason: str, actor_id: str, at: datetime) -> None:
    """Go on with an older copy although the mark is further on: an act of history; a lead's, says the caller.

    Then sign the head and ``save_mark(…, even_if_older=True)``.
    """
    row = {"mark_seq": mark.seq, "mark_hash": mark.hash, "reason": reason}
    record(conn, loss_accepted, row, kind="loss_accepted", actor_id=actor_id, at=at)
