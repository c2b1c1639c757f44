"""What a received file says, as frozen values: accounts, contacts, and how the file checks out."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

from collector_desk.intake.layout import SheetReport, TablesRead
from collector_desk.intake.plain_cells import cells_from, plain_cells
from collector_desk.intake.problems import Problem


class Contact(NamedTuple):
    """A person the bank names beside the debtor; any part may be empty."""

    name: str
    relation: str
    phone: str

    def __repr__(self) -> str:
        return f"Contact(relation={self.relation!r})"


class PlacementRow(NamedTuple):
    """One account as the bank placed it. Amounts: minor units of ``currency``; None and "": the file is silent.

    A tuple, because a file has a million: frozen dataclasses take five times as long to make.
    """

    sheet: str
    line: int
    placement_no: str
    placed_on: date | None
    round: str
    customer_no: str
    name: str
    id_type: str
    id_no: str
    card_tail: str
    account_no: str
    currency: str
    credit_limit: int | None
    amount: int
    principal: int | None
    interest: int | None
    penalty: int | None
    fees: int | None
    minimum_due: int | None
    overdue: int | None  # what of the amount is overdue, where the file tells both
    days_past_due: int | None
    statement_day: int | None
    due_on: date | None
    last_paid_on: date | None
    last_paid: int | None
    previous_overdue: int | None
    opened_on: date | None
    as_of: date | None  # the day its figures are of, where a column or a title says it
    mobiles: tuple[str, ...]
    home_phones: tuple[str, ...]
    employer: str
    work_phones: tuple[str, ...]
    home_address: str
    registered_address: str
    contacts: tuple[Contact, ...]
    remark: str
    extras: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return f"PlacementRow({self.sheet!r}, line {self.line})"  # and nothing of whom it is about


def squeezed_rows(rows: list[PlacementRow]) -> bytes:
    """Rows as JSON in bytes, for ``spool``: a list a column, so that what is alike lies together; days as text.

    A column that says the same in all rows, as a third of a bank's do, says it once.
    """
    columns: list[Sequence[Any]] = [
        column[:1] if column.count(column[0]) == len(rows) else column for column in zip(*rows, strict=True)
    ]
    for place, kind in _KINDS:
        if kind is _day:
            columns[place] = [day and day.isoformat() for day in columns[place]]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def opened_rows(squeezed: bytes) -> list[PlacementRow]:
    """The rows of ``squeezed_rows``."""
    columns = json.loads(squeezed.decode("utf-8", "surrogatepass"))
    for place, kind in _KINDS:
        columns[place] = list(map(kind, columns[place]))
    count = max(map(len, columns))
    columns = [column if len(column) == count else column * count for column in columns]
    return list(map(PlacementRow._make, zip(*columns, strict=True)))


@lru_cache(maxsize=4096)
def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _contacts(said: list[list[str]]) -> tuple[Contact, ...]:
    return tuple(map(Contact._make, said))


def _pairs(said: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, said))


_MADE_OF: dict[Any, Callable[[Any], Any]] = {
    date | None: _day,
    tuple[str, ...]: tuple,
    tuple[Contact, ...]: _contacts,
    tuple[tuple[str, str], ...]: _pairs,
}
_KINDS = [
    (place, _MADE_OF[kind]) for place, kind in enumerate(get_type_hints(PlacementRow).values()) if kind in _MADE_OF
]
"""The columns that JSON has otherwise, by their place."""


@dataclass(frozen=True, slots=True)
class TableHead:
    """What stands above a table's rows: its titles and its header. With it a row can be read again by itself."""

    sheet: str
    lines: tuple[int, ...]
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row that stayed out, cell for cell as the file holds it. ``head``: its table's place among the heads."""

    head: int
    line: int
    cells: tuple[Any, ...] = field(repr=False)


def squeezed_aside(rows: list[AsideRow]) -> bytes:
    """Rows set aside as JSON in bytes, for ``spool``."""
    plain = [[row.head, row.line, plain_cells(row.cells)] for row in rows]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def opened_aside(squeezed: bytes) -> list[AsideRow]:
    """The rows of ``squeezed_aside``."""
    found = json.loads(squeezed.decode("utf-8", "surrogatepass"))
    return [AsideRow(head, line, cells_from(cells)) for head, line, cells in found]


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """What a total row states against what its rows add up to (also those set aside), in minor units."""

    sheet: str
    line: int
    column: str
    stated: int
    computed: int

    @property
    def matches(self) -> bool:
        """Whether the file agrees with itself to the cent."""
        return self.stated == self.computed


@dataclass(frozen=True, slots=True)
class PlacementFile(TablesRead):
    """All that was understood of a received file; ``content`` is the file byte for byte as it was parsed."""

    filename: str
    content: bytes = field(repr=False)
    sha256: str
    kind: str
    encoding: str
    rows: Sequence[PlacementRow] = field(repr=False)
    placements: Mapping[str, date | None]  # the placements named, with the day as their first rows have it
    amounts: Mapping[str, int]  # accepted, in minor units by currency
    set_aside: int
    problems: tuple[Problem, ...] = field(repr=False)
    sheets: tuple[SheetReport, ...] = field(repr=False)
    totals: tuple[TotalCheck, ...]
    bank_hint: str = ""  # the bank's name as a title row has it
    heads: Sequence[TableHead] = ()
    aside: Sequence[AsideRow] = field(default=(), repr=False)  # rows set aside that can be corrected
    balances: bool = False  # it tells of accounts on file what is owed now, and places none
