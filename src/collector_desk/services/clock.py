"""The clock, passed in everywhere so that tests and rehearsals can set it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock. The store refuses to write where it ran backwards (``store.journal``)."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)
