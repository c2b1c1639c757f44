"""Whether the file itself is sound: its pages, and what stands in its schema besides the tables.

A flipped bit is found by the pages' own checksums before anything is read from them. A trigger or view nobody made
could change what an act writes, an index left out or made otherwise could hide rows from a question.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

import collector_desk.store.schema  # noqa: F401 -- hangs every table on the metadata
from collector_desk.store.backup_file import odd_pages
from collector_desk.store.metadata import metadata
from collector_desk.store.search import SEARCH_DDL
from collector_desk.store.tables.history import history_triggers


def bad_pages(conn: Connection) -> int:
    """How many pages of the file don't fit their checksum, or hang together wrongly; reads all of it."""
    raw: Any = conn.connection.driver_connection
    return odd_pages(raw)


def odd_guards(conn: Connection) -> Iterator[str]:
    """The triggers that keep history written once and are missing or altered, by name."""
    present: dict[str, str] = dict(
        conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    )
    return (name for name, statement in history_triggers() if present.get(name) != statement)


def odd_objects(conn: Connection) -> Iterator[str]:
    """Triggers and views nobody made, and indexes that are missing, altered or nobody's; by name."""
    guards = {name for name, _ in history_triggers()}
    made = _indexes()
    found = set()
    for kind, name, sql in conn.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view', 'index') ORDER BY name"
    ):
        if kind == "index":
            found.add(name)
            if sql is not None and made.get(name) != _parts(sql):  # without a statement: SQLite's own, of a key
                yield name
        elif kind == "view" or name not in guards:
            yield name
    yield from sorted(made.keys() - found)


@cache
def _indexes() -> dict[str, tuple[str, ...]]:
    """Every index the program makes, by name: the parts of its statement."""
    dialect = sqlite.dialect()
    made = {
        str(index.name): _parts(str(CreateIndex(index).compile(dialect=dialect)))
        for table in metadata.tables.values()
        for index in table.indexes
    }
    for statement in SEARCH_DDL:
        named = re.match(r"CREATE (?:UNIQUE )?INDEX (\w+)", statement)
        if named:
            made[named[1]] = _parts(statement)
    return made


def _parts(sql: str) -> tuple[str, ...]:
    """A statement without what differs by who wrote it down: spaces and quotes."""
    return tuple(filter(None, re.split(r"[(),]+", re.sub(r"[\s\"]+", "", sql))))
