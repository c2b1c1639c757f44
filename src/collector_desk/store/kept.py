"""What a transaction has read already, kept with its connection until it ends or what it was read from changes.

Within one transaction the same question has the same answer, as long as the transaction itself writes nothing that
bears on it: whoever writes says so (``changed``; ``journal.record`` and the projections do). Nothing outlives the
transaction: another seat may have written by the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.sql.expression import ClauseElement
from sqlalchemy.sql.util import find_tables

_KEPT = "collector_desk_kept"


@contextmanager
def keeping(conn: Connection) -> Iterator[None]:
    """Within the block, what is read on this connection is kept: for the length of one transaction."""
    notes = conn.info
    notes[_KEPT] = {}
    try:
        yield
    finally:
        notes.pop(_KEPT, None)


def kept(conn: Connection, what: str, tables: frozenset[Table]) -> dict[Any, Any]:
    """What was read under this name, by whatever it is found by; to be added to. ``tables``: where it was read."""
    found: dict[str, tuple[frozenset[Table], dict[Any, Any]]] | None = conn.info.get(_KEPT)
    if found is None:
        return {}  # a connection that no act of the store's is on: nothing is kept
    if what not in found:
        found[what] = tables, {}
    return found[what][1]


def changed(conn: Connection, *tables: Table) -> None:
    """Rows of these tables were written: what was read from them has to be read anew."""
    found = conn.info.get(_KEPT)
    if found:
        for what in [what for what, (read_from, _) in found.items() if not read_from.isdisjoint(tables)]:
            del found[what]


def read_from(statement: ClauseElement) -> frozenset[Table]:
    """The tables a statement reads, those of its inner ones as well."""
    found = find_tables(statement, include_joins=True, include_selects=True, check_columns=True)
    return frozenset(table for table in found if isinstance(table, Table))
