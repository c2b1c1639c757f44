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
class Joined:
    """Rows of state that begin behind the debtor's others; one whose ``same`` is there already stays away."""

    table: Table
    rows: Sequence[dict[str, Any]]
    same: str


Effect = Made | Changed | Put
Projection = Callable[[Recorded], Iterator[Effect]]
