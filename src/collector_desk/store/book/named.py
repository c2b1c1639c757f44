"""Cases a bank's row names: by the account, else by the customer or identity number; what of them, callers say."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection

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
