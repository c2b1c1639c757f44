"""What somebody with a password of their own and a database tool does to a store, past all our code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3

from collector_desk.store.ids import unpacked
from collector_desk.store.journal import HASHED, genesis, line_hash, row_digest
from collector_desk.store.metadata import HISTORY
from collector_desk.store.store import Store


@contextmanager
def keyed(store: Store) -> Iterator[Any]:
    """A connection under the store's key, which everybody who can sign in has."""
    connection = sqlcipher3.connect(str(store.database_path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{store.key.hex()}'\"")
    try:
        yield connection
    finally:
        connection.close()


def cut(raw: Any, count: int) -> None:
    """The last lines of the history with their rows, and the heads signed over them."""
    (last,) = raw.execute("SELECT max(seq) FROM journal").fetchone()
    for name, row_id in raw.execute(
        "SELECT table_name, row_id FROM journal WHERE seq > ?", (last - count,)
    ).fetchall():
        raw.execute(f"DELETE FROM {name} WHERE id = ?", (row_id,))  # noqa: S608
    raw.execute("DELETE FROM journal WHERE seq > ?", (last - count,))
    raw.execute("DELETE FROM signed_head WHERE seq > ?", (last - count,))


def past_the_triggers(raw: Any, work: Callable[[], None]) -> None:
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    work()
    for _, sql in triggers:
        raw.execute(sql)


def rehash(raw: Any) -> None:
    """All digests, the chain and its end computed anew from what now stands in the rows."""
    (own,) = raw.execute("SELECT store_id FROM origin WHERE number = 1").fetchone()
    prev = genesis(unpacked(own), "K7M")
    name, key, digest = map(HASHED.index, ("table_name", "row_id", "digest"))
    for line in map(list, raw.execute(f"SELECT {', '.join(HASHED)} FROM journal ORDER BY place").fetchall()):  # noqa: S608
        names = tuple(HISTORY[line[name]].c.keys())
        names_sql = ", ".join(f'"{column}"' for column in names)
        found_row = f"SELECT {names_sql} FROM {line[name]} WHERE id = ?"  # noqa: S608
        row = raw.execute(found_row, (line[key],)).fetchone()
        line[digest] = row_digest(row[1], names, row)
        prev = line_hash(prev, line)
        raw.execute("UPDATE journal SET digest=?, hash=? WHERE place=?", (line[digest], prev, line[0]))
