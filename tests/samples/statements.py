"""A counter of what an act asks of the database: ``with statements(store) as counted: ...``."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from collector_desk.store.store import Store

_OUTSIDE = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)\b", re.I)
_TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE(?:\s+OR\s+\w+)?)\s+"?([a-z_]\w*)', re.I)
_WITH = re.compile(
    r'(?:\bWITH(?:\s+RECURSIVE)?|,)\s+"?([a-z_]\w*)"?\s*(?:\([^()]*\))?\s+AS\s+(?:MATERIALIZED\s+)?\(', re.I
)


@dataclass
class Counted:
    """The statements as they went out, in order, each with its number of sets of parameters.

    An executemany is one, what only frames them is none.
    """

    sent: list[tuple[str, int]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Their texts."""
        return [text for text, _ in self.sent]

    @property
    def total(self) -> int:
        """How many went out."""
        return len(self.texts)

    @property
    def distinct(self) -> int:
        """How many of them differ: the others asked the same once more."""
        return len(set(self.texts))

    @property
    def by_table(self) -> Counter[str]:
        """How many statements name each table; one that joins three counts for all three."""
        found: Counter[str] = Counter()
        for text in self.texts:
            found.update(
                {name.lower() for name in _TABLE.findall(text)} - {name.lower() for name in _WITH.findall(text)}
            )
        return found

    def told(self) -> str:
        """What went out more than once, for the message of a failed test."""
        several = [(times, text) for text, times in Counter(self.texts).most_common() if times > 1]
        lines = [f"{self.total} statements, {self.distinct} of them different"]
        return "\n".join([*lines, *(f"  {times} x {' '.join(text.split())[:160]}" for times, text in several)])


@contextmanager
def statements(store: Store) -> Iterator[Counted]:
    """Count every statement this open store sends within the block, whichever connection it goes by."""
    counted = Counted()

    def note(_conn: object, _cursor: object, text: str, given: Any, _context: object, many: bool) -> None:
        if not _OUTSIDE.match(text):
            counted.sent.append((text, len(given) if many else 1))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
