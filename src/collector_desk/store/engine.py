"""The encrypted engine: how a connection to a store is opened, and what SQLite's failures mean to a person."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import URL, Engine, QueuePool
from sqlalchemy.dialects.sqlite.pysqlcipher import SQLiteDialect_pysqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import COLLECT_CARTESIAN_PRODUCTS
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # comes without types

from collector_desk.domain.message import Refused, Trouble

Connection: TypeAlias = sqlalchemy.Connection
"""A transaction on the store as it is handed on by whoever acts: only this floor sends statements on it."""

_IMMEDIATE = "collector_desk_immediate"
"""In a pooled connection's notes: its transactions begin with BEGIN IMMEDIATE."""

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

BUSY_MS = 5000
"""Milliseconds a statement waits for whoever has the file to themselves."""
_PREPARED = 256
"""Statements a connection keeps prepared; Python's own 128 are fewer than an hour's work uses."""


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


class _Dialect(SQLiteDialect_pysqlcipher):
    """SQLite as stores speak it: a transaction begins where it is said, and at once on a writer's connection.

    Begun here and not by an event: an engine with events goes through their whole machinery at every statement.
    """

    supports_statement_cache = True
    server_version_info = dbapi2.sqlite_version_info

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction on a pooled connection."""
        immediate = _IMMEDIATE in dbapi_connection.info
        dbapi_connection.driver_connection.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _from_json(text: str) -> Any:
    """A JSON column's value; most of those read many at a time are empty."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


_DIALECT = _Dialect(dbapi=dbapi2, compiler_linting=COLLECT_CARTESIAN_PRODUCTS, json_deserializer=_from_json)
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""What was made of each statement, by all engines of this process: who signs in again finds it made."""


def make_engine(path: Path, key: bytes, *, busy_ms: int = BUSY_MS) -> Engine:
    """An engine on the encrypted file ``path`` with the raw 32-byte ``key``; nothing is opened yet.

    Transactions begin with BEGIN, or BEGIN IMMEDIATE on a connection of ``writer``. A raw key costs 0.1 ms a
    connection (a passphrase 100 ms). Any thread may use any connection.
    """
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")

    def connect() -> Any:
        raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=_PREPARED)
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")  # else SQLCipher writes to stderr on a wrong key
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            for pragma in _PRAGMAS:
                raw.execute(pragma.format(busy=busy_ms)).fetchall()
        except BaseException:
            raw.close()
            raise
        return raw

    pool = QueuePool(connect, pool_size=4, max_overflow=16, use_lifo=True, dialect=_DIALECT)
    return Engine(
        pool,
        _DIALECT,
        URL.create("sqlite"),  # says neither where nor by which key
        execution_options={"compiled_cache": _COMPILED},
        hide_parameters=True,  # what people wrote never gets into an exception's text
    )


def writer(engine: Engine) -> Connection:
    """A connection whose transactions begin with BEGIN IMMEDIATE; never given back before the engine is let go."""
    connection = engine.connect()
    connection.connection.info[_IMMEDIATE] = True
    return connection


def probe(engine: Engine, path: Path) -> None:
    """Read the first page, so that a wrong key or a damaged head is told at once (as Trouble)."""
    with translated(path), engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
