"""A counter of what an act asks of the database: ``with statements(store) as counted: ...``."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class Sent:
    """A statement as it went out: an executemany is one, with ``many`` sets of parameters."""

    text: str
    given: tuple[Any, ...] = ()
    many: int = 1

    @property
    def ids(self) -> set[bytes]:
        """The ids it was given."""
        return {value for value in self.given if isinstance(value, bytes) and len(value) == 16}


@dataclass
class Counted:
    """The statements in order; what only frames them is none."""

    sent: list[Sent] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Their texts."""
        return [one.text for one in self.sent]

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
            found.update(_tables(text) - {name.lower() for name in _WITH.findall(text)})
        return found

    def read_again(self, besides: Iterable[str]) -> list[str]:
        """The SELECTs over a table that was read before for the same id, and nothing of it was written in between.

        What is looked at within a statement (is there any?) is no reading of it. ``besides``: a SELECT that says
        this is left out.
        """
        known: list[Sent] = []
        found = []
        for one in self.sent:
            if not one.text.lstrip().upper().startswith("SELECT"):
                known = [before for before in known if not _tables(before.text) & _tables(one.text)]
                continue
            plain = _outer(" ".join(one.text.split()))
            if any(mark in plain for mark in besides):
                continue
            found += [
                f"{', '.join(sorted(again))}: {plain[:200]}"
                for before in known
                if one.ids & before.ids and (again := _tables(_outer(before.text)) & _tables(plain))
            ]
            known.append(one)
        return found

    def told(self) -> str:
        """What went out more than once, for the message of a failed test."""
        several = [(times, text) for text, times in Counter(self.texts).most_common() if times > 1]
        lines = [f"{self.total} statements, {self.distinct} of them different"]
        return "\n".join([*lines, *(f"  {times} x {' '.join(text.split())[:160]}" for times, text in several)])


def _tables(text: str) -> set[str]:
    return {name.lower() for name in _TABLE.findall(text)}


def _outer(text: str) -> str:
    """A statement without those that stand in brackets within it."""
    while (begin := text.rfind("(SELECT")) >= 0:
        depth, end = 1, begin + 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        text = text[:begin] + text[end:]
    return text


@contextmanager
def statements(store: Store) -> Iterator[Counted]:
    """Count every statement this open store sends within the block, whichever connection it goes by."""
    counted = Counted()

    def note(_conn: object, _cursor: object, text: str, given: Any, _context: object, many: bool) -> None:
        if not _OUTSIDE.match(text):
            counted.sent.append(Sent(text, () if many else tuple(given), len(given) if many else 1))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
