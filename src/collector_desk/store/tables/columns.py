"""What the columns of all tables share."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

ID = String(32)
"""A UUIDv7 as hexadecimal digits."""


def ref(name: str, table: str, *, nullable: bool = False) -> Column[str]:
    """A column that names a row of another table."""
    return Column(name, ID, ForeignKey(f"{table}.id"), nullable=nullable)


def found_by(table: Table, *columns: str) -> None:
    """An index on these columns, named after the first."""
    Index(f"ix_{table.name}_{columns[0]}", *(table.c[name] for name in columns))
