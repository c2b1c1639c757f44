"""The numbers people read, in the store: an ``issuer`` (the store that gave it out) and a ``serial``.

The prefix stands in the issuer's row of ``origin`` alone. What makes text of them, and finds rows by text, is here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Label, String, Table, cast, func, literal, select

from collector_desk.domain.text.numbers import FIRST, Numbered, Written, spelt, written
from collector_desk.store import tables as t
from collector_desk.store.ids import unpacked
from collector_desk.store.tables.history import OWN, origin

_KIND = {
    t.account_case.name: Numbered.CASE,
    t.visit.name: Numbered.VISIT,
    t.visit_state.name: Numbered.VISIT,
    t.incident.name: Numbered.INCIDENT,
    t.take_along.name: Numbered.PACK,
    t.person.name: Numbered.PERSON,
    t.contacts_export.name: Numbered.EXPORT,
    t.questions_export.name: Numbered.QUESTIONS,
    t.bank_list.name: Numbered.LIST,
    t.month_export.name: Numbered.MONTH,
}
_OF_DEBTORS = {Numbered.CASE: "account_case", Numbered.VISIT: "visit_state", Numbered.INCIDENT: "incident"}
_SLICE = 400
_OF_UNDONE = select(func.max(t.batch_undone.c.last_serial))


@dataclass(frozen=True, slots=True)
class Issuer:
    """A store that gives out numbers."""

    store_id: str
    prefix: str

    def spelt(self, kind: Numbered, serial: int) -> str:
        """A number of its own as people read it."""
        return spelt(self.prefix, kind, serial)


def shown(table: Table) -> Label[Any]:
    """The number of a row as people read it, to be selected as ``number``."""
    prefix = select(origin.c.prefix).where(origin.c.store_id == table.c.issuer).scalar_subquery()
    # the same form as ``spelt``, put together in the file
    before, after = spelt("\0", _KIND[table.name], "\0").strip("\0"), cast(table.c.serial, String)
    return prefix.op("||")(literal(before)).op("||")(after).label("number")


def own(conn: Connection) -> Issuer:
    """This store, as it numbers what begins here."""
    row = conn.execute(select(origin.c.store_id, origin.c.prefix).where(origin.c.number == OWN)).one()
    return Issuer(row.store_id, row.prefix)


def next_serial(conn: Connection, table: Table) -> int:
    """The first free serial of this store's own. Inside a writing transaction, or under the import lock."""
    me = select(origin.c.store_id).where(origin.c.number == OWN).scalar_subquery()
    last = conn.execute(select(func.max(table.c.serial)).where(table.c.issuer == me)).scalar()
    if table is t.account_case:  # those of a file that was undone are gone; their numbers were read by people
        last = max(filter(None, (last, conn.execute(_OF_UNDONE).scalar())), default=None)
    return FIRST if last is None else int(last) + 1


def next_number(conn: Connection, table: Table) -> tuple[int, str]:
    """The first free serial of this store's own, and the number it makes."""
    serial = next_serial(conn, table)
    return serial, own(conn).spelt(_KIND[table.name], serial)


def debtors_named(conn: Connection, typed: Iterable[str], kinds: Iterable[Numbered]) -> dict[str, list[str]]:
    """By the numbers as typed, whose they are: one debtor, or several where the prefix was left out and tells.

    Without a prefix this store's own number is meant wherever there is one.
    """
    asked: dict[Written, list[str]] = {}
    for text in typed:
        meant = written(text)
        if meant is not None:
            asked.setdefault(meant, []).append(text)
    found: dict[str, list[str]] = {}
    for kind in kinds:
        if kind not in _OF_DEBTORS:
            continue
        serials = sorted({meant.serial for meant in asked if meant.kind is kind})
        rows: dict[int, list[_Numbered]] = {}
        for start in range(0, len(serials), _SLICE):
            for row in _with_serial(conn, _OF_DEBTORS[kind], serials[start : start + _SLICE]):
                rows.setdefault(row[0], []).append(row)
        for meant, texts in asked.items():
            if meant.kind is kind:
                debtors = _meant(meant, rows.get(meant.serial, ()))
                for text in texts:
                    found.setdefault(text, []).extend(debtors)
    return {text: debtors for text, debtors in found.items() if debtors}


_Numbered = tuple[int, str, bool, str]  # serial, prefix, whether it is this store's own, whose it is


def _with_serial(conn: Connection, table: str, serials: list[int]) -> Iterator[_Numbered]:
    marks = ", ".join("?" * len(serials))
    rows = conn.exec_driver_sql(
        # a store knows few others: crossed, SQLite looks their numbers up instead of going through all
        "SELECT n.serial, o.prefix, o.number, n.debtor_id FROM origin o "  # noqa: S608
        f"CROSS JOIN {table} n ON n.issuer = o.store_id AND n.serial IN ({marks}) "
        "JOIN debtor d ON d.id = n.debtor_id AND d.visible ORDER BY o.number",
        tuple(serials),
    )
    yield from ((serial, prefix, number == OWN, unpacked(debtor)) for serial, prefix, number, debtor in rows)


def _meant(meant: Written, rows: Iterable[_Numbered]) -> list[str]:
    fits = [row for row in rows if meant.prefix in ("", row[1])]
    ours = [row for row in fits if row[2]]
    return [debtor for _, _, _, debtor in ours or fits]
