"""What the columns of all tables share."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table

ID = String(32)
"""A UUIDv7 as hexadecimal digits."""


def ref(name: str, table: str, *, nullable: bool = False) -> Column[str]:
    """A column that names a row of another table."""
    return Column(name, ID, ForeignKey(f"{table}.id"), nullable=nullable)


def found_by(table: Table, *columns: str) -> None:
    """An index on these columns, named after the first."""
    Index(f"ix_{table.name}_{columns[0]}", *(table.c[name] for name in columns))


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """A check that a column holds a member of the enum and nothing else: no slip reaches the file.

    For current state only. History is not checked so: a member more would mean to copy all that ever happened.
    """
    values = ", ".join(f"'{member.value}'" for member in states)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")
