"""The journal: one chained line for every act, over a salted digest of the history row it wrote.

    digest = SHA-256(salt + row as canonical JSON)       hash = SHA-256(prev + line as canonical JSON)

Erasing a row blanks its salt and its personal values: the digest then tells nothing of what was there, and the
chain still proves that it was there, when, and in what order. The erase line's own digest covers what stays.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
)
from sqlalchemy.dialects import sqlite

from collector_desk.domain.message import Trouble
from collector_desk.store.ids import new_id
from collector_desk.store.metadata import HISTORY, UtcMicros, from_micros, to_micros
from collector_desk.store.tables.history import ERASE_KIND, clock_repair, journal, personal_columns

TOLERANCE_MICROS = 2_000_000
"""How far the clock may step back without a word (a time server does that); the line then keeps the last time."""

_DIALECT = sqlite.dialect()
_LINE = tuple(column.name for column in journal.columns)
_INSERT_LINE = f"INSERT INTO journal ({', '.join(_LINE)}) VALUES ({', '.join('?' * len(_LINE))})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: its last line's number, time (microseconds) and hash."""

    seq: int
    at: int
    hash: bytes


# --- canonical form: what is hashed ----------------------------------------------------------------------


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"hex": bytes(value).hex()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain).encode


def canonical_row(names: Sequence[str], values: Sequence[object]) -> bytes:
    """A row's stored values as bytes. NULL is left out, so that a column added later changes no old digest."""
    row = {name: value for name, value in zip(names, values, strict=True) if value is not None and name != "salt"}
    return _ENCODE(row).encode()


def row_digest(salt: bytes, names: Sequence[str], values: Sequence[object]) -> bytes:
    """SHA-256 over salt and row; ``salt`` is empty for what stays of an erased row."""
    return hashlib.sha256(salt + canonical_row(names, values)).digest()


def line_hash(line: Sequence[Any]) -> bytes:
    """The hash of a journal line given as its stored columns without ``hash`` itself (the last is ``prev``)."""
    *fields, digest, prev = line
    return hashlib.sha256(prev + _ENCODE([*fields, digest.hex()]).encode()).digest()


def genesis(store_id: str) -> bytes:
    """What the first line chains to: the store itself, so that no line of another store fits."""
    return hashlib.sha256(f"collector-desk journal {store_id}".encode()).digest()


# --- values as the driver stores them --------------------------------------------------------------------


def _storage_kind(column: Column[Any]) -> type:
    if isinstance(column.type, LargeBinary):
        return bytes
    if isinstance(column.type, Integer | BigInteger | Boolean | UtcMicros):
        return int
    if isinstance(column.type, String | Date | JSON):
        return str
    raise TypeError(f"{column} has no storage form")


@cache
def _binders(table: Table) -> tuple[frozenset[str], tuple[tuple[str, type, Callable[[Any], Any] | None], ...]]:
    binders = tuple(
        (column.name, _storage_kind(column), column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
        for column in table.columns
    )
    return frozenset(name for name, _, _ in binders), binders


def stored_values(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The row as the driver gets it, in the table's column order; what is missing is NULL.

    A value that SQLite would quietly turn into another type is our own bug (TypeError): its digest would not fit.
    """
    names, binders = _binders(table)
    if not row.keys() <= names:
        raise TypeError(f"{table.name} has no column {sorted(row.keys() - names)[0]}")
    values = []
    for name, kind, bind in binders:
        value = row.get(name)
        if value is not None:
            value = bind(value) if bind else value
            if isinstance(value, bool):
                value = int(value)
            if not isinstance(value, kind):
                raise TypeError(f"{table.name}.{name} is stored as {kind.__name__}, got {type(value).__name__}")
        values.append(value)
    return tuple(values)


@cache
def insert_sql(table: Table) -> str:
    """The bare INSERT for tuples of ``stored_values``: a third of the time of a bulk insert through Core."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608


# --- writing ---------------------------------------------------------------------------------------------


def head(conn: Connection) -> Head:
    """The end of the chain as this connection sees it; ``seq`` 0 where nothing was written yet."""
    row = conn.exec_driver_sql("SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    if row is not None:
        return Head(*row)
    return Head(0, 0, genesis(store_id(conn)))


def store_id(conn: Connection) -> str:
    """The id of the store behind the connection."""
    return str(conn.exec_driver_sql("SELECT value FROM store_meta WHERE key = 'store_id'").scalar_one())


def last_instant(conn: Connection) -> datetime | None:
    """The time of the last act: the clock's high-water mark."""
    end = head(conn)
    return from_micros(end.at) if end.seq else None


def _line_time(end: Head, micros: int) -> int:
    if micros < end.at - TOLERANCE_MICROS:
        raise Trouble("store.clock_backwards", last=from_micros(end.at), now=from_micros(micros))
    return max(micros, end.at)  # a repaired clock apart, times never fall from line to line


def _zone_of(at: datetime) -> str:
    return str(getattr(at.tzinfo, "key", None) or "UTC")


def record(
    conn: Connection,
    table: Table,
    row: Mapping[str, Any],
    *,
    kind: str,
    actor_id: str,
    at: datetime,
    zone: str | None = None,
    debtor_id: str | None = None,
    case_id: str | None = None,
) -> str:
    """Insert one history row and its journal line; returns the row's id (made here if the row has none).

    Subject ids default to the row's own columns of that name, ``zone`` to the one ``at`` carries. Raises Trouble
    ``store.clock_backwards``.
    """
    subjects = {"debtor_id": debtor_id, "case_id": case_id}
    return record_many(conn, table, [row], kind=kind, actor_id=actor_id, at=at, zone=zone, subjects=[subjects])[0]


def record_many(
    conn: Connection,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    kind: str,
    actor_id: str,
    at: datetime,
    zone: str | None = None,
    subjects: Sequence[Mapping[str, str | None]] | None = None,
) -> list[str]:
    """As ``record`` for many rows of one table: bare executemany twice. Returns their ids in order."""
    if HISTORY.get(table.name) is not table:
        raise TypeError(f"{table.name} is no history table")
    # Read in the same transaction that writes, and that one holds the lock: no line can come between.
    end = head(conn)
    micros = _line_time(end, to_micros(at))
    zone = zone or _zone_of(at)
    names = tuple(column.name for column in table.columns)
    seq, prev = end.seq, end.hash
    inserts, lines, ids = [], [], []
    for position, given in enumerate(rows):
        row = {**given, "salt": os.urandom(16)}  # without it a digest of few possible values could be guessed
        row_id = row.setdefault("id", None) or new_id()
        row["id"] = row_id
        subject = subjects[position] if subjects else {}
        values = stored_values(table, row)
        debtor = subject.get("debtor_id") or given.get("debtor_id")
        case = subject.get("case_id") or given.get("case_id")
        seq += 1
        digest = row_digest(row["salt"], names, values)
        line = (seq, micros, zone, actor_id, kind, table.name, row_id, debtor, case, digest, prev)
        prev = line_hash(line)
        inserts.append(values)
        lines.append((*line, prev))
        ids.append(row_id)
    if inserts:
        conn.exec_driver_sql(insert_sql(table), inserts)
        conn.exec_driver_sql(_INSERT_LINE, lines)
    return ids


def erase_row(
    conn: Connection, table: Table, row_id: str, *, actor_id: str, at: datetime, zone: str | None = None
) -> None:
    """Blank the salt and the personal values of a history row, as an act of history. Erasing twice is once.

    Raises KeyError if there is no such row.
    """
    names = tuple(column.name for column in table.columns)
    blanked = {"salt", *personal_columns(table)}
    found = conn.exec_driver_sql(
        f"SELECT {_quoted(names)} FROM {table.name} WHERE id = ?",  # noqa: S608
        (row_id,),
    ).fetchone()
    if found is None:
        raise KeyError(row_id)
    if found[names.index("salt")] is None:
        return
    remains = [None if name in blanked else value for name, value in zip(names, found, strict=True)]
    of_row = dict(zip(names, remains, strict=True))
    end = head(conn)
    line = (
        end.seq + 1,
        _line_time(end, to_micros(at)),
        zone or _zone_of(at),
        actor_id,
        ERASE_KIND,
        table.name,
        row_id,
        of_row.get("debtor_id"),
        of_row.get("case_id"),
        row_digest(b"", names, remains),
        end.hash,
    )
    # the line first: the trigger lets a row be blanked only where the journal says so already
    conn.exec_driver_sql(_INSERT_LINE, (*line, line_hash(line)))
    sets = ", ".join(f'"{name}" = NULL' for name in sorted(blanked))
    conn.exec_driver_sql(f"UPDATE {table.name} SET {sets} WHERE id = ?", (row_id,))  # noqa: S608


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def repair_clock(conn: Connection, *, reason: str, actor_id: str, at: datetime, zone: str | None = None) -> None:
    """Go on from ``at`` although the last act bears a later time: the clock was wrong then. An act of history.

    Who may do it (a lead) is for the caller to decide.
    """
    end = head(conn)
    salt = os.urandom(16)  # not by ``record``: that refuses a time before the last line's, which is the point here
    row = {"id": new_id(), "salt": salt, "was": from_micros(end.at), "reason": reason}
    names = tuple(column.name for column in clock_repair.columns)
    values = stored_values(clock_repair, row)
    digest = row_digest(salt, names, values)
    fields = (end.seq + 1, to_micros(at), zone or _zone_of(at), actor_id, CLOCK_KIND, clock_repair.name, row["id"])
    line = (*fields, None, None, digest, end.hash)
    conn.exec_driver_sql(insert_sql(clock_repair), values)
    conn.exec_driver_sql(_INSERT_LINE, (*line, line_hash(line)))


CLOCK_KIND = "clock_repair"
"""The one kind of line whose time may lie before the line above it."""
