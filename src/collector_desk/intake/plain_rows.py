"""The many rows of a text file that are written plainly, read a column at a time.

What a cell means is said by ``AccountFields`` alone: a text that its column had before is looked up, any other is
tried there by itself, save where it has the shape of nearly all (``Plain``). Where anything is to be said of one,
its whole row is left to be read by itself.
"""

from collections.abc import Sequence
from itertools import chain
from operator import add
from typing import Any

from collector_desk.intake.account_fields import AccountFields, ContactGroup, FieldCells
from collector_desk.intake.rowreader import ODD, RowReader, has_marks, has_unseen
from collector_desk.intake.values import Contact, PlacementRow

_HELD = 4096
"""Texts of a column whose meaning is kept; a column of names has ever new ones."""
_NAMING = ("account_no", "customer_no", "id_no", "placement_no", "card_tail")
Columns = Sequence[list[str]]


class PlainRows:
    """Reads blocks of rows. ``reader`` is the table's, which says things; ``fields`` has a reader of its own."""

    def __init__(self, reader: RowReader, fields: AccountFields) -> None:
        self._reader, self._fields = reader, fields
        parts = {**fields.who, **fields.money, **fields.rest}
        every = {name: _Column(part, fields.reader) for name, part in parts.items()}
        self._currency, self._amount = _Column(fields.currency, fields.reader), every["amount"]
        self._columns: dict[str, _Column | _Contacts] = {
            **every,
            "contacts": _Contacts(fields.contacts, fields.reader),
        }
        self._money = [every[name] for name in fields.money]
        self._naming = {place for name in _NAMING for place in every[name].places}
        self._held_to = ""

    def read(self, lines: Sequence[int], rows: Sequence[Sequence[Any]]) -> list[PlacementRow | None]:
        """Each row's account, or None where the row has to be read by itself."""
        nothing: list[PlacementRow | None] = [None] * len(rows)
        try:
            columns = [list(map(str.strip, column)) for column in zip(*rows, strict=True)]
        except (TypeError, ValueError):  # numbers and days among the cells, or rows of several lengths
            return nothing
        odd = self._odd(rows, columns)
        currencies = self._currency.read(columns, odd)
        in_use = {currency for at, currency in enumerate(currencies) if at not in odd}
        if len(in_use) != 1:
            return nothing
        self._hold_to(in_use.pop())
        said = {name: column.read(columns, odd) for name, column in self._columns.items()}
        odd.update(at for at, owed in enumerate(said["amount"]) if owed is None or (owed is not ODD and owed < 0))
        said |= {"sheet": [self._reader.sheet] * len(rows), "line": [*lines], "currency": currencies}
        every = map(PlacementRow._make, zip(*(said[name] for name in PlacementRow._fields), strict=True))
        found: list[PlacementRow | None] = [*every]
        for at in odd:
            found[at] = None
        return found

    def _odd(self, rows: Sequence[Sequence[str]], columns: Columns) -> set[int]:
        """Rows that have more than plain cells: what nobody sees, marks, the first tabs before a number."""
        odd: set[int] = set()
        whole = "".join(chain.from_iterable(columns))
        if has_unseen(whole) or has_marks(whole):
            texts = map("".join, zip(*columns, strict=True))
            odd.update(at for at, text in enumerate(texts) if has_unseen(text) or has_marks(text))
        for place in self._naming:
            if not self._reader.noted(place, "intake.tab_stripped"):
                odd.update(at for at, row in enumerate(rows) if row[place][:1] == "\t")
        if not self._currency.places or not all(columns[self._currency.places[0]]):
            # of a row that names no currency the amount's own mark is asked
            (place,) = self._amount.places
            odd.update(at for at, cell in enumerate(columns[place]) if not cell.replace(".", "", 1).isdigit())
        return odd

    def _hold_to(self, currency: str) -> None:
        if currency != self._held_to:
            self._held_to = currency
            self._fields.hold_to(currency)
            for column in self._money:
                column.clear()


class _Column(dict[Any, Any]):
    """What the texts of one field mean, as far as they were met; of several columns by all their texts."""

    def __init__(self, part: FieldCells, trial: RowReader) -> None:
        super().__init__()
        self.places = part.columns
        self._part, self._trial = part, trial
        self._plain = part.plain if len(self.places) == 1 else None
        self._odd = False

    def __missing__(self, said: Any) -> Any:
        cells = (said,) if len(self.places) == 1 else said
        if len(self) >= _HELD:
            self.clear()
        found = self[said] = self._trial.tried(dict(zip(self.places, cells, strict=True)), self._part.read)
        self._odd = self._odd or found is ODD
        return found

    def read(self, columns: Columns, odd: set[int]) -> list[Any]:
        """The field of each row; the rows in which it is odd go to the others that are."""
        cells = [columns[place] for place in self.places]
        rows = len(columns[0])
        if not any(map(any, cells)):
            found = [self["" if len(cells) == 1 else ("",) * len(cells)]] * rows
        elif len(cells) > 1:
            found = list(map(self.__getitem__, zip(*cells, strict=True)))
        elif self._plain is None or not self._plain.applies():
            found = list(map(self.__getitem__, cells[0]))
        elif self._plain.fits_all(cells[0]):
            made, nothing = self._plain.made, self[""]
            found = [made(cell) if cell else nothing for cell in cells[0]]
        else:
            made, fits = self._plain.made, self._plain.fits
            found = [made(cell) if fits(cell) else self[cell] for cell in cells[0]]
        if self._odd:
            odd.update(at for at, value in enumerate(found) if value is ODD)
        return found


class _Contacts:
    """The people a row names beside the debtor; one who has no number makes the row odd."""

    def __init__(self, groups: Sequence[ContactGroup], trial: RowReader) -> None:
        self._groups = [
            ([_Column(part, trial) for part in (group.name, group.relation, group.phones)], group.heading)
            for group in groups
        ]

    def read(self, columns: Columns, odd: set[int]) -> list[tuple[Contact, ...]]:
        """Those of each row, likewise."""
        found: list[tuple[Contact, ...]] = [()] * len(columns[0])
        for parts, heading in self._groups:
            if not any(any(columns[place]) for part in parts for place in part.places):
                continue
            names, relations, phones = (part.read(columns, odd) for part in parts)
            odd.update(at for at, of in enumerate(phones) if not of and (names[at] or relations[at]))
            theirs = [
                () if numbers is ODD else tuple([Contact(name, relation or heading, number) for number in numbers])
                for name, relation, numbers in zip(names, relations, phones, strict=True)
            ]
            found = list(map(add, found, theirs))
        return found
