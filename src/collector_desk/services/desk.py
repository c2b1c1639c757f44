"""The seat: who works at which store, by which clock. Every act of ``services`` takes it first.

A function here and in its neighbours = one act = one transaction: permission, conduct gate, change, journal line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table

from collector_desk.domain.people import Person
from collector_desk.services.clock import Clock
from collector_desk.store.ids import new_id
from collector_desk.store.journal import record
from collector_desk.store.keys import Unlocked
from collector_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Seat:
    """One person signed in at one store. ``zone`` is the desk's time zone, by which days are counted."""

    store: Store
    person: Person
    unlocked: Unlocked
    clock: Clock
    zone: str = "Asia/Shanghai"

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The local calendar day."""
        return self.local(self.now()).date()

    def local(self, at: datetime) -> datetime:
        """The instant on the desk's clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def day_start(self) -> datetime:
        """The instant at which the local day began."""
        local = self.local(self.now())
        return local.replace(hour=0, minute=0, second=0, microsecond=0)


class Writing:
    """The transaction of one act; every history row written through it gets its journal line."""

    def __init__(self, conn: Connection, seat: Seat, kind: str, at: datetime) -> None:
        self.conn = conn
        self.at = at
        self._seat = seat
        self._kind = kind

    def record(
        self, table: Table, row: dict[str, Any], *, debtor_id: str | None = None, case_id: str | None = None
    ) -> str:
        """Insert a history row; returns its id. The row's own ``debtor_id`` and ``case_id`` go to the journal."""
        row_id = str(row.get("id") or new_id())
        record(
            self.conn,
            table,
            row | {"id": row_id},
            kind=self._kind,
            actor_id=self._seat.person.id,
            at=self.at,
            debtor_id=debtor_id or row.get("debtor_id"),
            case_id=case_id or row.get("case_id"),
        )
        return row_id


@contextmanager
def acting(seat: Seat, kind: str) -> Iterator[Writing]:
    """One act: a write transaction at the seat's present instant. An exception inside undoes all of it."""
    with seat.store.write() as conn:
        yield Writing(conn, seat, kind, seat.now())
