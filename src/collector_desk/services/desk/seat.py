"""The seat: who works at which store, by which clock. Every act of ``services`` takes it first.

A function here and in its neighbours = one act = one transaction: permission, conduct gate, change, journal line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from collector_desk.domain.people import Act, Person, require, require_still
from collector_desk.services.desk.clock import Clock
from collector_desk.store import tables as t
from collector_desk.store.desk.people import person_of
from collector_desk.store.engine import Connection
from collector_desk.store.ids import new_id
from collector_desk.store.journal import record, record_many
from collector_desk.store.keys import Unlocked
from collector_desk.store.marks import Mark
from collector_desk.store.metadata import HistoryTable
from collector_desk.store.standing import FITS, Standing
from collector_desk.store.store import Store


class Settle(Protocol):
    """Puts debtors where their history has them now, inside the transaction of the act that added to it.

    The room that knows the queue lies above this one: whoever makes a seat hands it in.
    """

    def __call__(self, conn: Connection, debtor_ids: Sequence[str], at: datetime, /) -> None:
        """Put these debtors in their place as of an instant; they come in the order the act named them."""


@dataclass(slots=True, eq=False)
class Seat:
    """One person signed in at one store. ``zone`` is the desk's time zone, by which days are counted.

    ``person`` is who they were at the last act: every act reads them anew (``still_here``). ``settle`` is called at
    the end of every act with the debtors it named. ``standing``: whether the store is the one this computer
    remembers (``desk.standing``); ``marked`` how far the mark outside was moved from here. ``vouches`` is False
    once the history was found broken: nothing is signed then, and no mark moved.
    """

    store: Store
    person: Person
    unlocked: Unlocked
    clock: Clock
    settle: Settle
    zone: str = "Asia/Shanghai"
    standing: Standing = FITS
    marked: Mark | None = None
    mark_told: bool = False
    vouches: bool = True

    @property
    def store_id(self) -> str:
        """The id of the store that is worked at."""
        return self.store.store_id

    @property
    def folder(self) -> Path:
        """Where that store lies."""
        return self.store.folder

    @property
    def over(self) -> bool:
        """Whether the store was let go: the window is being taken down."""
        return self.store.closed

    def version(self) -> int:
        """A figure that changes with everything another seat writes."""
        return self.store.data_version()

    def let_go(self) -> None:
        """Close the store without a word: nothing is signed, as when the program ends."""
        self.store.close()

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


_MOVES_NOBODY = frozenset({t.access, t.attempt, t.evidence, t.evidence_line, t.gate_decision, t.paper})
"""History that names a debtor who stands afterwards where they stood. A call begun is among it: nobody else reaches
its debtor before its outcome is written, and that settles them. Whatever is not named here counts."""


class Writing:
    """The transaction of one act; every history row written through it gets its journal line.

    It knows the debtors its rows name: ``acting`` settles them when the act is done, so that no act can forget to.
    """

    def __init__(self, conn: Connection, seat: Seat, kind: str, at: datetime) -> None:
        self.conn = conn
        self.at = at
        self._seat = seat
        self._kind = kind
        self._touched: dict[str, None] = {}  # in the order they were named

    @property
    def person_id(self) -> str:
        """Who acts."""
        return self._seat.person.id

    @property
    def store_id(self) -> str:
        """Whose history this act goes into."""
        return self._seat.store_id

    @property
    def zone(self) -> str:
        """The desk's time zone, by which days are counted."""
        return self._seat.zone

    def record(self, table: HistoryTable, row: dict[str, Any], *, debtor_id: str | None = None) -> str:
        """Insert a history row; returns its id. The row's own ``debtor_id`` goes to the journal."""
        row_id = str(row.get("id") or new_id())
        debtor_id = debtor_id or row.get("debtor_id")
        record(
            self.conn,
            table,
            row | {"id": row_id},
            kind=self._kind,
            actor_id=self._seat.person.id,
            at=self.at,
            debtor_id=debtor_id,
        )
        if debtor_id and table not in _MOVES_NOBODY:
            self.touches(debtor_id)
        return row_id

    def record_all(
        self, table: HistoryTable, rows: Iterable[Mapping[str, Any]], debtor_ids: Iterable[str] | None = None
    ) -> None:
        """Insert many history rows of one table, each with its line. It settles nobody: who acts on many does.

        ``debtor_ids``: of whom each of the rows is, where they don't say so themselves.
        """
        subjects = None if debtor_ids is None else [{"debtor_id": debtor_id} for debtor_id in debtor_ids]
        who = self._seat.person.id
        record_many(self.conn, table, rows, kind=self._kind, actor_id=who, at=self.at, subjects=subjects)

    def touches(self, debtor_id: str) -> None:
        """Say that this act moves a debtor whom none of its rows names: by the clock, by rows written in bulk."""
        self._touched[debtor_id] = None

    def settle(self) -> None:
        """Settle the debtors named so far; ``acting`` does it at the end of every act.

        For an act that goes through many, one after the other, and watches the time; or that has to read where a
        debtor stands now.
        """
        named, self._touched = list(self._touched), {}
        if named:
            self._seat.settle(self.conn, named, self.at)


def still_here(conn: Connection, seat: Seat) -> None:
    """Read who sits here anew: a role more counts at once. Raises SeatLost for who left, or lost a role.

    What was permitted by the roles known before is so by those of now, which are never fewer.
    """
    now = person_of(conn, seat.person.id)
    require_still(seat.person, now)
    if now is not None and now != seat.person:
        seat.person = now


@contextmanager
def reading(seat: Seat, act: Act) -> Iterator[Connection]:
    """A view of the store for what is only shown to some: the permission is asked of the roles of this instant."""
    with seat.store.read() as conn:
        still_here(conn, seat)
        require(seat.person, act)
        yield conn


def demand(seat: Seat, act: Act) -> None:
    """``require`` by the roles of this instant, where no act follows: what is only shown or taken out."""
    with reading(seat, act):
        pass


@contextmanager
def acting(seat: Seat, kind: str) -> Iterator[Writing]:
    """One act: a write transaction at the seat's present instant. An exception inside undoes all of it.

    At its end the debtors it touched are put where they stand now, in this very transaction.

    Raises SeatLost where the person may no longer act: in this very transaction, so that nobody goes on by the
    roles of this morning.
    """
    with seat.store.write() as conn:
        still_here(conn, seat)
        act = Writing(conn, seat, kind, seat.now())
        yield act
        act.settle()
