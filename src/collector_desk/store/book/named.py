"""Cases a bank's row names: by the account, a number of the case (the bank's or ours), or by the person's numbers;
what of them, callers say."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection

from collector_desk.domain.text.numbers import Numbered, written
from collector_desk.store.search import key_of_number
from collector_desk.store.sqlite.bulk import slices

T = TypeVar("T")
FROM = (
    "FROM account_case c JOIN debtor d ON d.id = c.debtor_id AND d.visible "
    "JOIN placement p ON p.id = c.placement_id"
)
"""Cases that are seen, as ``c``, with their debtor ``d`` and placement ``p``."""


def by_account(
    conn: Connection, columns: str, make: Callable[[tuple[Any, ...]], T], numbers: Iterable[str]
) -> dict[str, list[T]]:
    """The cases of these account numbers, the earlier placed first. ``make``: one out of a row of ``columns``."""
    found: dict[str, list[T]] = {}
    for marks, some in slices(numbers):
        rows = conn.exec_driver_sql(
            f"SELECT c.account_number, {columns} {FROM} "
            f"WHERE c.account_number IN ({marks}) ORDER BY p.placed_on, c.id",
            some,
        )
        for number, *case in rows:
            found.setdefault(number, []).append(make(tuple(case)))
    return found


def by_person(
    conn: Connection, columns: str, make: Callable[[tuple[Any, ...]], T], numbers: Iterable[str]
) -> dict[str, list[T]]:
    """The cases of those whose customer or identity number this is, by way of the search index."""
    keys = {key_of_number(number): number for number in numbers if number}
    found: dict[str, list[T]] = {}
    for marks, some in slices(keys):
        rows = conn.exec_driver_sql(
            f"SELECT k.key, d.customer_no, d.id_number, {columns} {FROM} "
            "JOIN search_debtor s ON s.debtor_id = d.id JOIN search_key k ON k.doc = s.doc "
            f"WHERE k.key IN ({marks}) ORDER BY p.placed_on, c.id",
            some,
        )
        for key, customer, id_number, *case in rows:
            number = keys[key]
            if number.upper() in (customer.upper(), id_number.upper()):
                found.setdefault(number, []).append(make(tuple(case)))
    return found


def by_serial(
    conn: Connection, columns: str, make: Callable[[tuple[Any, ...]], T], numbers: Iterable[str]
) -> dict[str, list[T]]:
    """The cases to which a bank gave these numbers of its own (``serials.as_sought``), the earlier placed first."""
    found: dict[str, list[T]] = {}
    for marks, some in slices(numbers):
        rows = conn.exec_driver_sql(
            f"SELECT c.bank_serial, {columns} {FROM} WHERE c.bank_serial IN ({marks}) ORDER BY p.placed_on, c.id",
            some,
        )
        for number, *case in rows:
            found.setdefault(number, []).append(make(tuple(case)))
    return found


def by_number(
    conn: Connection, columns: str, make: Callable[[tuple[Any, ...]], T], numbers: Iterable[str]
) -> dict[str, T]:
    """The cases that bear these numbers of ours, by the number as it was written.

    Only with the store's prefix: figures alone may be anybody's number.
    """
    meant: dict[tuple[str, str], list[str]] = {}
    for number in numbers:
        said = written(number)
        if said is not None and said.kind is Numbered.CASE and said.prefix:
            meant.setdefault((said.prefix, str(said.serial)), []).append(number)
    found: dict[str, T] = {}
    for marks, some in slices(serial for _, serial in meant):
        rows = conn.exec_driver_sql(
            f"SELECT o.prefix, c.serial, {columns} {FROM} JOIN origin o ON o.store_id = c.issuer "
            f"WHERE c.serial IN ({marks})",
            tuple(int(serial) for serial in some),
        )
        for prefix, serial, *case in rows:
            for number in meant.get((prefix, str(serial)), ()):
                found[number] = make(tuple(case))
    return found
