"""The encrypted engine: how a connection to a store is opened, and what SQLite's failures mean to a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # comes without types

from collector_desk.domain.message import Refused, Trouble

IMMEDIATE = "collector_desk_immediate"
"""Execution option: this connection's transactions begin with BEGIN IMMEDIATE."""

# Of these two types the driver asks everything it knows whether they could be adapted, 1.6 µs for each value bound,
# unless it is told that they are what they are: then 0.2. A debtor taken in binds forty of them.
dbapi2.register_adapter(bytes, bytes)
dbapi2.register_adapter(type(None), lambda nothing: nothing)

_CODES = {
    sqlite3.SQLITE_NOTADB: "store.wrong_key",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_FULL: "store.disk_full",
    sqlite3.SQLITE_IOERR: "store.disk_failed",
    sqlite3.SQLITE_BUSY: "store.locked",
    sqlite3.SQLITE_LOCKED: "store.locked",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_AUTH: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.cannot_open",
}

_WORDS = {
    "database or disk is full": "store.disk_full",
    "disk I/O error": "store.disk_failed",
    "unable to open database file": "store.cannot_open",
    "database disk image is malformed": "store.damaged",
    "file is not a database": "store.wrong_key",
    "attempt to write a readonly database": "store.read_only",
    "database is locked": "store.locked",
}
"""SQLite's own words for the same: the copying of pages raises without a code."""

_PRAGMAS = (
    "PRAGMA busy_timeout = {busy}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was confirmed survives power loss
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # INSERT OR REPLACE deletes too: the history triggers must see it
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
    "PRAGMA journal_size_limit = 67108864",
    # SQLite would move 4 MB into the database within every 25th commit or so, while somebody waits for it: the
    # window does that beside the work (``Store.settle``), this is for what runs without a window.
    "PRAGMA wal_autocheckpoint = 8000",
)


def translate(error: BaseException, path: Path | None = None) -> Trouble | None:
    """The Trouble behind an error of SQLite or SQLAlchemy, or None: then it is our own bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, UnicodeEncodeError) and cause.encoding == "utf-8":
        return Refused("store.half_character")  # half of a pair: no file can hold it
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        name = _CODES.get(code & 0xFF)  # the low byte is the family, the rest says which kind
    else:
        name = _WORDS.get(str(cause)) if isinstance(cause, dbapi2.Error) else None
    return Trouble(name, file=path.name if path else "") if name else None


@contextmanager
def translated(path: Path | None = None) -> Iterator[None]:
    """Turn what the surroundings did inside the block into Trouble; let everything else pass."""
    try:
        yield
    except Exception as error:
        trouble = translate(error, path)
        if trouble is None:
            raise
        raise trouble from error


def make_engine(path: Path, key: bytes, *, busy_ms: int = 5000) -> Engine:
    """An engine on the encrypted file ``path`` with the raw 32-byte ``key``; nothing is opened yet.

    Transactions begin with BEGIN, or BEGIN IMMEDIATE on connections with the option ``IMMEDIATE``. A raw key
    costs 0.1 ms a connection (a passphrase 100 ms). The pool is named because the dialect's default closes
    connections that other threads still use.
    """
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", database=str(path), password=f"x'{key.hex()}'"),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=16,
        pool_use_lifo=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,  # what people wrote never gets into an exception's text
    )

    @event.listens_for(engine, "connect", insert=True)
    def _before_key(raw: Any, _record: object) -> None:
        raw.execute("PRAGMA cipher_log_level = NONE")  # else SQLCipher writes to stderr on a wrong key

    @event.listens_for(engine, "connect")
    def _after_key(raw: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            raw.execute(pragma.format(busy=busy_ms)).fetchall()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def probe(engine: Engine, path: Path) -> None:
    """Read the first page, so that a wrong key or a damaged head is told at once (as Trouble)."""
    with translated(path), engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
