"""A big store many times over, by SQL alone: for its size only, since its chain proves nothing.

Making 2,000,000 attempts as acts make them takes a quarter of an hour of a core; copying a tenth of them ten times
takes a few minutes, and rows, keys and indexes are as long.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

from collector_desk.store import keys
from collector_desk.store.backup_file import DATABASE
from collector_desk.store.engine import make_engine
from collector_desk.store.metadata import Id, metadata
from tests.benchmarks.big_store import AGENT
from tests.samples.store import PASSWORD

_OF_ALL = {"actor_id", "holder_id", "placement_id", "rule_set_id", "ground_id", "batch_id", "person_id"}
_ONCE = {
    "person", "role_grant", "key_event", "person_key", "pack_version", "pack_step", "setting", "setting_change",
    "placement", "origin", "rule_set", "ground", "worked_out", "signed_head", "paper",
}  # fmt: skip
_COUNTED = {("journal", "seq"), ("journal", "place"), ("search_debtor", "doc"), ("search_key", "doc")}
_UNIQUE = {("debtor", "customer_no"): 3, ("account_case", "number"): 6}
"""Texts that may be there once only, and a place in each that is always 0."""
_DIGITS = "0123456789abcdef"
_QUICK = (
    "foreign_keys = OFF", "synchronous = OFF", "secure_delete = OFF", "cache_size = -400000",
    "wal_autocheckpoint = 20000",
)  # fmt: skip


def grow(folder: Path, times: int) -> int:
    """Let the store in this folder hold everything ``times`` over, up to 16; returns the bytes of its file."""
    (key, *_), _ = keys.unlock(folder, AGENT, PASSWORD)
    engine = make_engine(folder / DATABASE, key)
    raw: Any = engine.raw_connection().driver_connection
    for pragma in _QUICK:
        raw.execute(f"PRAGMA {pragma}")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    indexes = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in indexes:
        raw.execute(f'DROP INDEX "{name}"')
    tables = [table for table in metadata.tables.values() if table.name not in _ONCE]
    for table in tables:
        _copy(raw, table, times)
    docs = raw.execute("SELECT max(rowid) FROM search_digits").fetchone()[0]
    for turn in range(1, times):
        raw.execute(
            f"INSERT INTO search_digits (rowid, digits) SELECT rowid + {turn * docs}, digits "  # noqa: S608
            f"FROM search_digits WHERE rowid <= {docs}"
        )
    for _, statement in indexes:
        raw.execute(statement)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    engine.dispose()
    return (folder / DATABASE).stat().st_size


def _copy(raw: Any, table: Table, times: int) -> None:
    own = "doc" if table.name == "search_key" else "rowid"
    last = raw.execute(f"SELECT max({own}) FROM {table.name}").fetchone()[0]  # noqa: S608
    for turn in range(1, times) if last else ():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(_value(table, column, turn, last) for column in table.columns)
        raw.execute("BEGIN")
        raw.execute(
            f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} "  # noqa: S608
            f"WHERE {own} <= {last}"
        )
        raw.execute("COMMIT")


def _value(table: Table, column: Column[Any], turn: int, last: int) -> str:
    """What a copy has in a column: other ids, other numbers, else the same."""
    name = f'"{column.name}"'
    if (table.name, column.name) in _COUNTED:
        return f"{name} + {turn * last}"
    place = _UNIQUE.get((table.name, column.name))
    if place is not None:
        return f"substr({name}, 1, {place - 1}) || '{_DIGITS[turn]}' || substr({name}, {place + 1})"
    if isinstance(column.type, Id) and column.name not in _OF_ALL:
        # after those that are there: made later, they would stand behind them as well
        return f"CASE WHEN {name} IS NOT NULL THEN CAST(X'{turn + 1:02x}' || substr({name}, 2) AS BLOB) END"
    return name
