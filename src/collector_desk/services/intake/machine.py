"""How any file of a bank comes into the store: read, planned, staged in pieces, made to count by one small commit.

A kind of file (placements, counts) is a subclass of ``Intake`` with the steps that differ; the order of the steps,
the lock, what is undone and what a crash left for the next start are the same for all of them and stand here.

What is staged doesn't count: a process that dies while staging leaves what the kind's ``clear`` takes away, one
that dies after the commit what it finishes.
"""

import gc
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import Event
from typing import Generic, Protocol, TypeVar

from collector_desk.domain.message import Trouble
from collector_desk.domain.people import Act, require
from collector_desk.services.desk.seat import Seat
from collector_desk.store.calls import any_open
from collector_desk.store.engine import Connection
from collector_desk.store.importlock import importing
from collector_desk.store.sqlite.bulk import SHORT, Pace

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Rest = Callable[[Connection], object]
Write = Callable[[Connection], Rest | None]
"""Writes a piece. What it returns goes into the same transaction and is SQLite's own work, a statement or two: the
next piece is made ready meanwhile."""
Report = TypeVar("Report")
Thing = TypeVar("Thing")
_TURN = 0.0005
"""Seconds of Python after which who makes a piece lets who writes one go on to the next statement."""
LONG = 1.0
"""Seconds of a transaction while nobody is there to wait for it."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Who looks on: is told how far it is, and may call it off."""

    progress: Progress
    cancelled: Cancelled

    @classmethod
    def by(cls, progress: Progress | None, cancelled: Cancelled | None) -> "Watching":
        """Nobody's part may be left out."""
        return cls(progress or (lambda _done, _all: None), cancelled or (lambda: False))


class LeftOver(Protocol):
    """What a killed process of one kind may have left."""

    def there(self, conn: Connection) -> bool:
        """Whether there is anything; quick."""

    def clear(self, seat: Seat) -> bool:
        """Take away what was staged, finish what counts already; the import lock is held."""


class Intake(ABC, Generic[Report]):
    """One file under way. ``left_over``: what must be cleared before another of its kind begins."""

    seat: Seat
    left_over: LeftOver

    @abstractmethod
    def known(self) -> Report | None:
        """The report where this very file was taken over before."""

    @abstractmethod
    def plan(self) -> Report | None:
        """Work out what will be written, by the store as it is now; the report where that is nothing.

        Raises Refused where something is missing.
        """

    @abstractmethod
    def stage(self, watching: Watching) -> None:
        """Write everything in short transactions (``in_pieces``); none of it counts yet."""

    @abstractmethod
    def undo(self) -> None:
        """Staging was stopped or failed: take away what can be."""

    @abstractmethod
    def commit(self) -> None:
        """The one small transaction that makes it count, with its line of history."""

    @abstractmethod
    def finish(self, watching: Watching) -> Report:
        """What follows from it; a crash in here is made up for by ``left_over``."""


def take(run: Intake[Report], watching: Watching) -> Report:
    """Take a file over, alone among all seats. Raises Trouble ``intake.import_running`` while another imports."""
    require(run.seat.person, Act.IMPORT)
    with importing(run.seat.store.folder), uncollected(), _taking_turns():
        run.left_over.clear(run.seat)
        nothing = run.known() or run.plan()
        if nothing is not None:
            return nothing
        try:
            run.stage(watching)
        except BaseException:
            run.undo()
            raise
        run.commit()
        return run.finish(watching)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector off the hundreds of values a row makes, none of them in a circle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _taking_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def recover(seat: Seat, *kinds: LeftOver) -> bool:
    """Clear or finish what a killed process left; says whether anything was done. Nothing while another imports."""
    with seat.store.read() as conn:
        left = [kind for kind in kinds if kind.there(conn)]
    if not left:
        return False
    try:
        with importing(seat.store.folder):
            done = [kind.clear(seat) for kind in left]  # every kind, whatever the first one says
            return any(done)
    except Trouble as trouble:
        if trouble.message.code != "intake.import_running":
            raise
        return False


def in_pieces(
    seat: Seat,
    things: Iterable[Thing],
    total: int,
    prepared: Callable[[list[Thing]], Write],
    *,
    sizes: tuple[int, int],
    watching: Watching,
    stopped: Trouble,
) -> Iterator[int]:
    """Write many things, each piece a transaction of its own; yields how many are written after each.

    ``prepared`` gets a piece ready and returns what writes it, so that nobody waits for the getting ready; it goes
    on while the piece before is put on the disk, and a failure there comes one piece later, at the end at the
    latest. ``sizes``: of the first piece and at most. Raises ``stopped`` where who looks on calls it off.
    """
    done, pace, waiting = 0, Pace(*sizes, aim=aim_of(seat)), iter(things)
    with ThreadPoolExecutor(1, "intake") as hand:
        under_way: Future[None] | None = None
        while done < total:
            if watching.cancelled():
                raise stopped
            piece = list(islice(waiting, pace.size))
            write = prepared(piece)
            if under_way is not None:
                under_way.result()
            handed = Event()
            under_way = hand.submit(_write, seat, pace, write, handed)
            handed.wait()  # two that work in Python at once only keep each other waiting
            done += len(piece)
            if done >= total:
                under_way.result()
            yield done
            watching.progress(done, total)


def _write(seat: Seat, pace: Pace, write: Write, handed: Event) -> None:
    """One transaction; ``handed`` is set when only SQLite has work left: the rest, and the committing."""
    try:
        with pace, seat.store.write() as conn:
            rest = write(conn)
            handed.set()
            if rest is not None:
                rest(conn)
    finally:
        handed.set()


def all_pieces(
    seat: Seat,
    things: Sequence[Thing],
    prepared: Callable[[list[Thing]], Callable[[Connection], object]],
    *,
    sizes: tuple[int, int],
) -> None:
    """The same where nobody looks on, and each piece is a few statements."""

    def whole(piece: list[Thing]) -> Write:
        write = prepared(piece)

        def all_of_it(conn: Connection) -> None:
            write(conn)

        return all_of_it

    nobody = Watching.by(None, None)
    stopped = Trouble("intake.cancelled", file="")
    for _ in in_pieces(seat, things, len(things), whole, sizes=sizes, watching=nobody, stopped=stopped):
        pass


def aim_of(seat: Seat) -> Callable[[], float]:
    """How long a transaction may take now: short as soon as anybody could be kept waiting by it."""
    return lambda: LONG if _nobody_waits(seat) else SHORT


def _nobody_waits(seat: Seat) -> bool:
    """No other window has the store open, and in this one nobody is on the telephone."""
    if seat.store.open_elsewhere():
        return False
    with seat.store.read() as conn:
        return not any_open(conn)
