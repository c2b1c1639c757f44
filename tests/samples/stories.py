"""What a store has been through before a test begins: told once for all tests that want it, each on a copy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from collector_desk.services.desk.seat import Seat
from tests.samples.store import DebtorMaker, SetClock


@dataclass
class Cast:
    """Who a story is told with: the manager, and whoever else it names, each at a seat."""

    manager: Seat
    seats: Mapping[str, tuple[Seat, ...]]
    debtor: DebtorMaker
    clock: SetClock

    @property
    def agent(self) -> Seat:
        (seat,) = self.seats["agent"]
        return seat

    @property
    def team(self) -> tuple[Seat, ...]:
        return self.seats["team"]


@dataclass(frozen=True)
class Story:
    """``tell`` lives it and returns what its tests want to know of it: ids, never a seat."""

    people: tuple[str, ...]
    tell: Callable[[Cast], Any]


@dataclass(frozen=True)
class Template:
    """A store to copy: when its last act was, how many debtors are on file, what its story returned."""

    folder: Path
    at: datetime
    debtors: int = 0
    told: Any = None
