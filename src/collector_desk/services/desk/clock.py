"""The clock, passed in everywhere so that tests and rehearsals can set it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

STEP = timedelta(seconds=2)
"""What the wall clock may differ from the steady one between two looks: a time server's correction is less."""


class Clock(Protocol):
    """Tells the instant."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the clock may be wrong: it was set ahead by ``jump`` of late, or once stood at ``mark`` already."""

    jump: timedelta = timedelta(0)
    mark: datetime | None = None


class SystemClock:
    """The machine's clock, held against the steady one that nobody can set.

    The time zone of the machine is of no matter: an instant is UTC. The store refuses to write where the clock
    stands before the last line of history (``store.journal``); this also knows what was seen since.
    """

    def __init__(
        self, wall: Callable[[], datetime] | None = None, steady: Callable[[], float] | None = None
    ) -> None:
        self._wall = wall or (lambda: datetime.now(UTC))
        self._steady = steady or steady_seconds
        self._lock = Lock()
        self._at, self._seconds = self._wall(), self._steady()
        self._mark, self._jump = self._at, timedelta(0)

    def now(self) -> datetime:
        """The present instant in UTC."""
        with self._lock:
            at, steady = self._wall(), self._steady()
            ahead = (at - self._at) - timedelta(seconds=steady - self._seconds)
            if abs(ahead) > STEP:
                self._jump += ahead
            self._at, self._seconds = at, steady
            self._mark = max(self._mark, at)
            return at

    def doubt(self) -> Doubt:
        """What speaks against the clock since the program began, or since somebody vouched for it."""
        at = self.now()
        return Doubt(self._jump, self._mark if at < self._mark - STEP else None)

    def trust(self) -> None:
        """Somebody vouches for the clock as it stands now."""
        with self._lock:
            self._at, self._seconds = self._wall(), self._steady()
            self._mark, self._jump = self._at, timedelta(0)


def steady_seconds() -> float:
    """Seconds of a clock that can't be set and goes on while the machine sleeps, from an unknown beginning."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # Linux; macOS, whose monotonic clock goes on asleep
        clock_id = getattr(time, name, None)
        if clock_id is not None:
            return float(time.clock_gettime(clock_id))
    return time.monotonic()  # Windows: ticks since it was started, sleep included


def doubt_of(clock: Clock) -> Doubt:
    """What speaks against a clock; nothing against one that a test or a rehearsal sets."""
    return clock.doubt() if isinstance(clock, SystemClock) else Doubt()
