"""Signed heads: a person who leaves signs the end of the chain.

From then on nobody can rewrite what lies before without breaking that person's signature.
"""

from datetime import datetime

from sqlalchemy import Connection

from collector_desk.domain.message import Trouble
from collector_desk.store import endorsements, slots
from collector_desk.store.journal import head
from collector_desk.store.keys import Unlocked
from collector_desk.store.metadata import to_micros
from collector_desk.store.tables.history import signed_head


def signed_text(store_id: str, seq: int, head_hash: bytes, person_id: str, at: int) -> bytes:
    """The bytes a head's signature covers."""
    return f"collector-desk head v1\n{store_id}\n{seq}\n{head_hash.hex()}\n{person_id}\n{at}\n".encode()


def sign_head(conn: Connection, unlocked: Unlocked, at: datetime) -> None:
    """Sign the end of the chain in the person's name.

    Only where ``may_sign``; else it would be a signature that proves nothing (RuntimeError).
    """
    if not may_sign(conn, unlocked):
        raise RuntimeError("a head signed under a key that doesn't count")
    end = head(conn)
    text = signed_text(unlocked.store_id, end.place, end.hash, unlocked.person_id, to_micros(at))
    row = {
        "seq": end.place,
        "hash": end.hash,
        "person_id": unlocked.person_id,
        "at": at,
        "signature": unlocked.signing_key.sign(text),
    }
    conn.execute(signed_head.insert(), row)


def may_sign(conn: Connection, unlocked: Unlocked) -> bool:
    """Whether the person's key counts now: not the one under a password given to them, nor one replaced since."""
    try:
        slots.require_not_closed(conn, unlocked.person_id)
        return not endorsements.require_own(conn, unlocked)
    except Trouble:
        return False
