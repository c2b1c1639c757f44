"""What is set for the store as a whole, as it was kept: plain values by the name of each kind."""

from typing import Any

from sqlalchemy import bindparam, select

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.kept import kept

_VALUE = select(t.setting.c.value).where(t.setting.c.key == bindparam("of"))
_READ_FROM = frozenset({t.setting})


def setting(conn: Connection, key: str) -> Any:
    """What was set last under this name, as ``domain.plain`` keeps it; None where nothing was."""
    known = kept(conn, "settings", _READ_FROM)
    if key not in known:
        known[key] = conn.execute(_VALUE, {"of": key}).scalar()
    return known[key]
