"""Many rows at once: tuples handed to the driver as they are. The one place that does so for current state.

Core's bulk insert takes three times as long (the columns' types are worked through for every value), so the values
must come as the driver stores them: days as ``day(...)``, instants as ``to_micros(...)``, truth as 0 and 1, JSON as
``json_text(...)``. Ids come as Python holds them.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects import sqlite

from collector_desk.store.ids import PLACE_OF_HEX
from collector_desk.store.metadata import Id

SHORT = 0.020
"""Seconds a write transaction should take, so that nobody waits longer than 0.050."""
_DIALECT = sqlite.dialect()
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_text(value: object) -> str:
    """A JSON column's value as stored."""
    return _ENCODE(value)


@lru_cache(maxsize=4096)
def _iso(value: date) -> str:
    return value.isoformat()


def day(value: date | None) -> str | None:
    """A Date column's value as stored."""
    return None if value is None else _iso(value)


def binder_of(column: Column[Any]) -> Callable[[Any], Any] | None:
    """What makes a value of this column one of the driver's; None where it is one."""
    return column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def insert_tuples(conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows`` (values in the order of ``columns``) by executemany."""
    if not rows:
        return
    unknown = set(columns) - set(table.c.keys())
    if unknown or len(rows[0]) != len(columns):
        raise TypeError(f"rows do not fit {table.name}")
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(PLACE_OF_HEX if isinstance(table.c[name].type, Id) else "?" for name in columns)
    conn.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({places})", rows)  # noqa: S608


class Pace:
    """How much goes into one transaction: as much as the machine writes in the time it may take.

    ``with pace, store.write() as conn`` around each piece of at most ``pace.size`` things. ``aim`` gives the
    seconds allowed now: they may be more while nobody waits.
    """

    def __init__(self, first: int, largest: int, aim: Callable[[], float] = lambda: SHORT) -> None:
        self._size = first
        self._largest = largest
        self._aim = aim
        self._began = 0.0
        self._spent: float | None = None

    @property
    def size(self) -> int:
        """How many things the next piece may have."""
        if self._spent is None:
            return self._size
        return max(10, min(self._largest, self._size * 2, int(self._size * self._aim() / self._spent)))

    def __enter__(self) -> None:
        self._size = self.size
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._spent = max(time.perf_counter() - self._began, 1e-6)


_SLICE = 400


def slices(values: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Values for ``IN (…)``, each once and none empty, so many at a time; with the marks for them."""
    unique = sorted({value for value in values if value})
    for start in range(0, len(unique), _SLICE):
        some = tuple(unique[start : start + _SLICE])
        yield ", ".join("?" * len(some)), some
