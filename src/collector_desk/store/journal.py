"""The journal: one chained line for every act, over a salted digest of the history row it wrote.

    digest = SHA-256(salt + row as canonical JSON)
    hash = SHA-256(hash of the line before it of the same origin + line as canonical JSON)

Every store numbers its own lines: ``origin`` and ``place`` are one line's name wherever it lies. ``seq`` is the
order in which lines arrived here; nobody hashes it, so that histories of several stores can lie in one.

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

from collector_desk.domain.message import Trouble
from collector_desk.store.ids import new_id, packed, unpacked
from collector_desk.store.kept import changed, kept
from collector_desk.store.metadata import HISTORY, Id, UtcMicros, from_micros, to_micros
from collector_desk.store.projections.apply import PROJECTIONS, project_all
from collector_desk.store.projections.facts import Recorded
from collector_desk.store.sqlite.bulk import binder_of
from collector_desk.store.tables.history import ERASE_KIND, OWN, clock_repair, journal, personal_columns

TOLERANCE_MICROS = 2_000_000
"""How far the clock may step back without a word (a time server does that); the line then keeps the last time."""

_LINE = tuple(column.name for column in journal.columns)
_INSERT_LINE = f"INSERT INTO journal ({', '.join(_LINE)}) VALUES ({', '.join('?' * len(_LINE))})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Head:
    """The end of this store's own chain: its last line's place, time (microseconds) and hash."""

    place: int
    at: int
    hash: bytes


# --- canonical form: what is hashed ----------------------------------------------------------------------


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"hex": bytes(value).hex()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain).encode


@cache
def _keys(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Each column's key as JSON has it, in JSON's order, with its place; the salt is none."""
    ordered = sorted((name, place) for place, name in enumerate(names) if name != "salt")
    return tuple((f"{_ENCODE(name)}:", place) for name, place in ordered)


def canonical_row(names: tuple[str, ...], values: Sequence[object]) -> bytes:
    """A row's stored values as bytes. NULL is left out, so that a column added later changes no old digest.

    Written out, for a proof asks it of every row: the encoder takes three times as long over what is no JSON.
    """
    if len(names) != len(values):
        raise ValueError("a row has a value for every name")
    parts = []
    for key, place in _keys(names):
        value = values[place]
        if value is None:
            continue
        if value.__class__ is bytes:
            parts.append(f'{key}{{"hex":"{value.hex()}"}}')
        else:
            parts.append(f"{key}{value}" if value.__class__ is int else key + _ENCODE(value))
    return f"{{{','.join(parts)}}}".encode()


def row_digest(salt: bytes, names: tuple[str, ...], values: Sequence[object]) -> bytes:
    """SHA-256 over salt and row; ``salt`` is empty for what stays of an erased row."""
    return hashlib.sha256(salt + canonical_row(names, values)).digest()


def line_hash(prev: bytes, line: Sequence[Any]) -> bytes:
    """The hash of a line of which ``prev`` is the hash of the one before it, of the same origin.

    ``line``: what is hashed of it (``HASHED``) as stored. The origin is in ``genesis``, under all of them.
    """
    plain = [value.hex() if isinstance(value, bytes) else value for value in line]
    return hashlib.sha256(prev + _ENCODE(plain).encode()).digest()


def genesis(store_id: str, prefix: str) -> bytes:
    """What an origin's first line chains to: that store and its numbers' prefix; no line of another one fits."""
    return hashlib.sha256(f"collector-desk journal {store_id} {prefix}".encode()).digest()


# --- values as the driver stores them --------------------------------------------------------------------


def _storage_kind(column: Column[Any]) -> type:
    if isinstance(column.type, LargeBinary | Id):
        return bytes
    if isinstance(column.type, Integer | BigInteger | Boolean | UtcMicros):
        return int
    if isinstance(column.type, String | Date | JSON):
        return str
    raise TypeError(f"{column} has no storage form")


@cache
def _binders(table: Table) -> tuple[frozenset[str], tuple[tuple[str, type, Callable[[Any], Any] | None], ...]]:
    binders = tuple((column.name, _storage_kind(column), binder_of(column)) for column in table.columns)
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


HASHED = _LINE[_LINE.index("place") : _LINE.index("hash")]
"""What of a line its hash covers, in this order: all but its arrival here and the origin, which genesis holds."""


# --- writing ---------------------------------------------------------------------------------------------


def head(conn: Connection) -> Head:
    """The end of this store's own chain as the connection sees it; ``place`` 0 where nothing was written yet.

    What arrived from other stores doesn't count: their clocks may be wrong, and nobody here signs for them.
    """
    return _ends(conn)[0]


def hash_at(conn: Connection, place: int) -> bytes | None:
    """The hash of one line of this store's own; None where there is none."""
    found = conn.exec_driver_sql("SELECT hash FROM journal WHERE origin = ? AND place = ?", (OWN, place)).scalar()
    return None if found is None else bytes(found)


def last_line(conn: Connection) -> tuple[int, bytes]:
    """The line that arrived here last, whoever wrote it, and its hash: the same as long as nothing happened."""
    found = conn.exec_driver_sql("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").first()
    return (0, b"") if found is None else (found[0], bytes(found[1]))


def _ends(conn: Connection) -> tuple[Head, int]:
    """The end of this store's own chain, and how many lines lie here, whoever wrote them.

    Read once in a transaction: nobody else writes meanwhile, and who writes here keeps the new end.
    """
    known = _known_ends(conn)
    if not known:
        known[OWN] = _read_ends(conn)
    found: tuple[Head, int] = known[OWN]
    return found


def _known_ends(conn: Connection) -> dict[int, tuple[Head, int]]:
    return kept(conn, "end of the journal", _JOURNAL)


_JOURNAL = frozenset({journal})


def _read_ends(conn: Connection) -> tuple[Head, int]:
    row = conn.exec_driver_sql(
        "SELECT place, at, hash, (SELECT max(seq) FROM journal) FROM journal "
        "WHERE origin = ? ORDER BY place DESC LIMIT 1",
        (OWN,),
    ).fetchone()
    if row is not None:
        return Head(*row[:3]), row[3]
    arrived = conn.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0
    raw, prefix = conn.exec_driver_sql("SELECT store_id, prefix FROM origin WHERE number = ?", (OWN,)).one()
    return Head(0, 0, genesis(unpacked(raw), prefix)), int(arrived)


def store_id(conn: Connection) -> str:
    """The id of the store behind the connection."""
    found = conn.exec_driver_sql("SELECT store_id FROM origin WHERE number = ?", (OWN,)).scalar_one()
    return unpacked(found)


def found_store(conn: Connection, store_id: str, prefix: str) -> None:
    """Say whose history begins here: the very first thing in a new store."""
    conn.exec_driver_sql(
        "INSERT INTO origin (number, store_id, prefix) VALUES (?, ?, ?)", (OWN, packed(store_id), prefix)
    )


def last_instant(conn: Connection) -> datetime | None:
    """The time of the last act: the clock's high-water mark."""
    end = head(conn)
    return from_micros(end.at) if end.place else None


def _line_time(end: Head, micros: int) -> int:
    if micros < end.at - TOLERANCE_MICROS:
        raise Trouble("store.clock_backwards", last=from_micros(end.at), now=from_micros(micros))
    return max(micros, end.at)  # a repaired clock apart, times never fall from line to line


def _zone_of(at: datetime) -> str:
    return str(getattr(at.tzinfo, "key", None) or "UTC")


class _Lines:
    """The lines that follow the end of this store's chain."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.end, self._seq = _ends(conn)
        self._place, self._prev = self.end.place, self.end.hash
        self._alone = self._seq == self.end.place  # nothing of another store lies here

    def next(
        self,
        micros: int,
        zone: str,
        actor_id: str,
        kind: str,
        table: str,
        row_id: str,
        debtor_id: str | None,
        digest: bytes,
    ) -> tuple[Any, ...]:
        """The next line as stored."""
        self._seq += 1
        self._place += 1
        debtor = packed(debtor_id) if debtor_id else None
        after = (None, None) if self._alone or debtor is None else _known_of(self._conn, debtor)
        hashed = (
            self._place,
            *after,
            micros,
            zone,
            packed(actor_id),
            kind,
            table,
            packed(row_id),
            debtor,
            digest,
        )
        self._prev = line_hash(self._prev, hashed)
        self.end = Head(self._place, micros, self._prev)
        return (self._seq, OWN, *hashed, self._prev)

    def write(self, lines: Sequence[tuple[Any, ...]]) -> None:
        """Write the lines made so far, and keep where the chain ends now."""
        self._conn.exec_driver_sql(_INSERT_LINE, list(lines))
        _known_ends(self._conn)[OWN] = self.end, self._seq


def _known_of(conn: Connection, debtor: bytes) -> tuple[bytes | None, int | None]:
    """The last line of a debtor that is known here, if another store wrote it: by that one's id and its place.

    What a bank placed counts with its piece's line, which names no debtor.
    """
    found = conn.exec_driver_sql(
        "SELECT j.origin, o.store_id, j.place FROM journal j JOIN origin o ON o.number = j.origin "
        "WHERE j.seq IN (SELECT max(seq) FROM journal WHERE debtor_id = ? UNION ALL SELECT max(k.seq) "
        "FROM placed p JOIN journal k ON k.row_id = p.piece_id WHERE p.debtor_id = ?) ORDER BY j.seq DESC LIMIT 1",
        (debtor, debtor),
    ).first()
    return (None, None) if found is None or found[0] == OWN else (found[1], found[2])


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
) -> str:
    """Insert one history row and its journal line; returns the row's id (made here if the row has none).

    ``debtor_id`` defaults to the row's own, ``zone`` to the one ``at`` carries. Raises Trouble
    ``store.clock_backwards``.
    """
    subjects = [{"debtor_id": debtor_id}]
    return record_many(conn, table, [row], kind=kind, actor_id=actor_id, at=at, zone=zone, subjects=subjects)[0]


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
    lines_of = _Lines(conn)
    micros = _line_time(lines_of.end, to_micros(at))
    zone = zone or _zone_of(at)
    names = tuple(column.name for column in table.columns)
    inserts, lines, ids, facts = [], [], [], []
    projected = table.name in PROJECTIONS
    for position, given in enumerate(rows):
        row = {**given, "salt": os.urandom(16)}  # without it a digest of few possible values could be guessed
        row_id = row.setdefault("id", None) or new_id()
        row["id"] = row_id
        subject = subjects[position] if subjects else {}
        values = stored_values(table, row)
        debtor = subject.get("debtor_id") or given.get("debtor_id")
        digest = row_digest(row["salt"], names, values)
        lines.append(lines_of.next(micros, zone, actor_id, kind, table.name, row_id, debtor, digest))
        inserts.append(values)
        ids.append(row_id)
        if projected:
            facts.append(Recorded(row, from_micros(micros), actor_id, debtor))
    if inserts:
        conn.exec_driver_sql(insert_sql(table), inserts)
        lines_of.write(lines)
        changed(conn, table)
        project_all(conn, table, facts)
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
        (packed(row_id),),
    ).fetchone()
    if found is None:
        raise KeyError(row_id)
    if found[names.index("salt")] is None:
        return
    remains = [None if name in blanked else value for name, value in zip(names, found, strict=True)]
    of_row = dict(zip(names, remains, strict=True))
    lines_of = _Lines(conn)
    line = lines_of.next(
        _line_time(lines_of.end, to_micros(at)),
        zone or _zone_of(at),
        actor_id,
        ERASE_KIND,
        table.name,
        row_id,
        unpacked(debtor) if (debtor := of_row.get("debtor_id")) else None,
        row_digest(b"", names, remains),
    )
    # the line first: the trigger lets a row be blanked only where the journal says so already
    lines_of.write([line])
    blank(conn, table, packed(row_id))


def blank(conn: Connection, table: Table, raw: bytes) -> None:
    """Take salt and personal values out of a row, once the journal says so."""
    sets = ", ".join(f'"{name}" = NULL' for name in sorted({"salt", *personal_columns(table)}))
    conn.exec_driver_sql(f"UPDATE {table.name} SET {sets} WHERE id = ?", (raw,))  # noqa: S608
    changed(conn, table)


def insert_lines(conn: Connection, number: int, lines: Sequence[tuple[Any, ...]]) -> None:
    """Write lines of another store (``HASHED`` and the hash) behind all that arrived here, under its number."""
    arrived = conn.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0
    conn.exec_driver_sql(_INSERT_LINE, [(seq, number, *line) for seq, line in enumerate(lines, int(arrived) + 1)])
    changed(conn, journal)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def repair_clock(conn: Connection, *, reason: str, actor_id: str, at: datetime, zone: str | None = None) -> None:
    """Go on from ``at`` although the last act bears a later time: the clock was wrong then. An act of history.

    Who may do it (a lead) is for the caller to decide.
    """
    lines_of = _Lines(conn)
    salt = os.urandom(16)  # not by ``record``: that refuses a time before the last line's, which is the point here
    row = {"id": new_id(), "salt": salt, "was": from_micros(lines_of.end.at), "reason": reason}
    names = tuple(column.name for column in clock_repair.columns)
    values = stored_values(clock_repair, row)
    digest = row_digest(salt, names, values)
    line = lines_of.next(
        to_micros(at),
        zone or _zone_of(at),
        actor_id,
        CLOCK_KIND,
        clock_repair.name,
        str(row["id"]),
        None,
        digest,
    )
    conn.exec_driver_sql(insert_sql(clock_repair), values)
    lines_of.write([line])


CLOCK_KIND = "clock_repair"
"""The one kind of line whose time may lie before the line above it."""
