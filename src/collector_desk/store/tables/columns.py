"""What the columns of all tables share."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table

from collector_desk.store.metadata import Id

ID = Id()
"""A UUIDv7: 16 bytes in the file, hexadecimal digits in Python."""


def ref(name: str, table: str, *, nullable: bool = False) -> Column[str]:
    """A column that names a row of another table."""
    return Column(name, ID, ForeignKey(f"{table}.id"), nullable=nullable)


def numbered() -> tuple[Column[str], Column[int]]:
    """The columns of a number people read, see ``store.numbers``: which store gave it out, and its count there."""
    return Column("issuer", ID, nullable=False), Column("serial", Integer, nullable=False)


def found_by(table: Table, *columns: str) -> None:
    """An index on these columns, named after the first."""
    Index(f"ix_{table.name}_{columns[0]}", *(table.c[name] for name in columns))


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """A check that a column holds a member of the enum and nothing else: no slip reaches the file.

    For current state only. History is not checked so: a member more would mean to copy all that ever happened.
    """
    # of IN and more than two words SQLite builds a table anew for every row it writes: half of what a number cost
    said = " OR ".join(f"{column} = '{member.value}'" for member in states)
    return CheckConstraint(said, name=f"{column}_known")


def ids_are_bytes(metadata: MetaData) -> None:
    """Have the file refuse an id written as text: a row under such an id would be found by nothing, silently."""
    for table in metadata.tables.values():
        columns = [column for column in table.columns if isinstance(column.type, Id)]
        conditions = [
            f"typeof({column.name}) IN ('blob', 'null')" if column.nullable else f"typeof({column.name}) = 'blob'"
            for column in columns
        ]
        if conditions:
            table.append_constraint(CheckConstraint(" AND ".join(conditions), name="ids_are_bytes"))
