"""What a projection is given and what it answers: plain values, so that the same one serves a single act, a file of
100,000 rows, a rebuild and the proof.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One row of history with what its journal line says of it."""

    row: Row
    at: datetime
    actor_id: str
    debtor_id: str | None
    own: bool = True
    """Whether this store itself wrote it: settings and people of another one hold there, not here."""

    def __getitem__(self, name: str) -> Any:
        """A column's value; None where the row has none."""
        return self.row.get(name)


@dataclass(frozen=True, slots=True)
class Made:
    """A row of state that begins; ``values`` name its key too."""

    table: Table
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """What of a row of state is otherwise from now on. A row that isn't there stays away."""

    table: Table
    key: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """A row of state that begins, or takes the place of the one under its key."""

    table: Table
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A value that is in a column's list from now on, or no longer; the list stays in order."""

    table: Table
    key: str
    column: str
    value: str
    present: bool

    def after(self, before: Sequence[str]) -> list[str]:
        """The list as it is from now on."""
        return sorted({*before, self.value} if self.present else {*before} - {self.value})


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows of state that begin behind the debtor's others; one whose ``same`` is there already stays away."""

    table: Table
    rows: Sequence[dict[str, Any]]
    same: str


Effect = Made | Changed | Put | Listed
Projection = Callable[[Recorded], Iterator[Effect]]
