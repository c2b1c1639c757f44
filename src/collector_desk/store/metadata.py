"""The one ``MetaData`` all tables hang on, the storage types, and the helper that makes history tables.

A history table is written once: triggers (``store/tables/history.py``) refuse UPDATE and DELETE. The law's
erasure is the one exception, and the columns say what it takes: those made with ``personal(...)`` are blanked, the
skeleton (ids, instants, codes) stays. A personal value can be demanded of a new row and still be blanked later.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
)
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from collector_desk.store.ids import packed, unpacked_if

T = TypeVar("T")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

HistoryTable: TypeAlias = Table
"""A noun of the history, as an act names it where it records one."""

HISTORY: dict[str, HistoryTable] = {}
"""Every table that is written once, by name."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

BigKey = BigInteger().with_variant(Integer(), "sqlite")
"""A counting primary key: SQLite gives out row numbers only for a column typed exactly INTEGER."""


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 in UTC, exact; a naive instant is our own bug (ValueError)."""
    if at.tzinfo is None:
        raise ValueError("an instant without a zone")
    return (at - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC instant of ``to_micros``."""
    return _EPOCH + timedelta(microseconds=micros)


def _instant(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


class UtcMicros(TypeDecorator[datetime]):
    """An instant: stored as whole microseconds UTC, handed out as an aware datetime in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To the store."""
        return None if value is None else to_micros(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002
        """From the store, without what a decorator puts between: a debtor's history has hundreds of instants."""
        return _instant


class Id(UserDefinedType[str]):
    """A column of ids: a BLOB of 16 bytes that Python sees as hex digits."""

    cache_ok = True

    @property
    def python_type(self) -> type[str]:
        """What the column holds in Python."""
        return str

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in the file."""
        return "BLOB"

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], bytes | None]:  # noqa: ARG002
        """To the store."""

        def process(value: str | None) -> bytes | None:
            return None if value is None else packed(value)

        return process

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], str | None]:  # noqa: ARG002
        """From the store."""
        return unpacked_if


def personal(name: str, type_: TypeEngine[T], *, required: bool = False) -> Column[T]:
    """A history column that erasure blanks; ``required`` demands a value as long as the row is not erased."""
    return Column(name, type_, nullable=True, info={"personal": True, "required": required})


def history_table(name: str, *columns: Any) -> Table:
    """A table written once: ``id`` (``Id``), ``salt`` (16 random bytes, NULL once erased), and ``columns``.

    Columns (and constraints, indexes) as for ``Table``. Floats and zone-less times are refused: what is hashed
    must come back exactly as it went in.
    """
    checks = []
    for column in columns:
        if not isinstance(column, Column):
            continue
        if isinstance(column.type, Float | Numeric | DateTime):
            raise TypeError(f"{name}.{column.name}: history keeps integers, text and UtcMicros only")
        if column.info.get("required"):
            checks.append(
                CheckConstraint(f"salt IS NULL OR {column.name} IS NOT NULL", name=f"{column.name}_given")
            )
    table = Table(
        name,
        metadata,
        Column("id", Id(), primary_key=True),
        Column("salt", LargeBinary(16), nullable=True),
        *columns,
        *checks,
    )
    HISTORY[name] = table
    return table
