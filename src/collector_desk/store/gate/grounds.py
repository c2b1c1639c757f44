"""What decisions of the gate went by, each kept once: found again by the digest of what it says."""

from sqlalchemy import bindparam, select

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_GROUND = select(t.ground.c.id).where(t.ground.c.content_hash == bindparam("content_hash")).limit(1)
_RULE_SET = select(t.rule_set.c.id).where(t.rule_set.c.pack_hash == bindparam("pack_hash")).limit(1)


def ground_like(conn: Connection, content_hash: bytes) -> str | None:
    """The id of the ground that says just this; None where no attempt was begun on it yet."""
    found = conn.execute(_GROUND, {"content_hash": content_hash}).scalar()
    return None if found is None else str(found)


def rule_set_like(conn: Connection, pack_hash: bytes) -> str | None:
    """The id of the rules with this digest over all of them; None where nothing was decided by them yet."""
    found = conn.execute(_RULE_SET, {"pack_hash": pack_hash}).scalar()
    return None if found is None else str(found)
