"""What is set for the store as a whole, as it was kept: plain values by the name of each kind."""

from typing import Any

from sqlalchemy import select

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.kept import kept

STORE_WIDE = ("agency", "desk", "emergency", "share")
"""The names under which something is set for everybody: read all at once, and once in a transaction."""
_VALUES = select(t.setting.c.key, t.setting.c.value).where(t.setting.c.key.in_(STORE_WIDE))
_READ_FROM = frozenset({t.setting})


def setting(conn: Connection, key: str) -> Any:
    """What was set last under one of these names, as ``domain.plain`` keeps it; None where nothing was."""
    known = kept(conn, "settings", _READ_FROM)
    if not known:
        known.update(dict.fromkeys(STORE_WIDE))
        known.update((row.key, row.value) for row in conn.execute(_VALUES))
    return known[key]
