"""What is set for the store as a whole, as it was kept: plain values by the name of each kind."""

from typing import Any

from sqlalchemy import bindparam, select

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_VALUE = select(t.setting.c.value).where(t.setting.c.key == bindparam("of"))


def setting(conn: Connection, key: str) -> Any:
    """What was set last under this name, as ``domain.plain`` keeps it; None where nothing was."""
    return conn.execute(_VALUE, {"of": key}).scalar()
