"""The whole schema of a fresh store in one place: tables, triggers, search index."""

from sqlalchemy import Connection

import collector_desk.store.tables  # noqa: F401 -- hangs the tables on the metadata
from collector_desk.store.metadata import metadata
from collector_desk.store.search import SEARCH_DDL
from collector_desk.store.tables.columns import ids_are_bytes
from collector_desk.store.tables.history import history_triggers

ids_are_bytes(metadata)  # every table hangs on it by now


def create_all(conn: Connection) -> None:
    """Make everything a store of today holds, in the connection's transaction."""
    metadata.create_all(conn)
    for _, statement in history_triggers():
        conn.exec_driver_sql(statement)
    for statement in SEARCH_DDL:
        conn.exec_driver_sql(statement)
