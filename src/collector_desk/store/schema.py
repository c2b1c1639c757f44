"""The whole schema of a fresh store in one place: tables, triggers, search index."""

from functools import cache

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import collector_desk.store.tables  # noqa: F401 -- hangs the tables on the metadata
from collector_desk.store.metadata import metadata
from collector_desk.store.search import SEARCH_DDL
from collector_desk.store.tables.columns import ids_are_bytes
from collector_desk.store.tables.history import history_triggers

ids_are_bytes(metadata)  # every table hangs on it by now


@cache
def _statements() -> tuple[str, ...]:
    """Every statement, written out once: SQLAlchemy takes longer to word them than SQLite to carry them out."""
    dialect = sqlite.dialect()
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return (*made, *(statement for _, statement in history_triggers()), *SEARCH_DDL)


def create_all(conn: Connection) -> None:
    """Make everything a store of today holds, in the connection's transaction."""
    for statement in _statements():
        conn.exec_driver_sql(statement)
