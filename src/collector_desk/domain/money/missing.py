"""What an earlier file said was paid and a later one, which has all of its days again, has no more.

It is a question to the bank and never a deletion.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a bank as far as two files are compared by it. ``here``: it stands in the later file."""

    id: str
    debtor_id: str
    case_id: str
    reference: str
    minor: int
    currency: str
    posted_on: date
    here: bool
    repeated: bool  # the same one again

    @property
    def key(self) -> tuple[object, ...]:
        """By what the bank would know it again: with another amount or day it is a clash, and not missing."""
        if self.reference:
            return self.case_id, self.reference, self.minor < 0
        return self.case_id, self.posted_on, self.minor, self.currency


@dataclass(frozen=True, slots=True)
class MissingRows:
    """What a cumulative file has no more of what was told of its days, and what it has."""

    missing: tuple[ToldRow, ...]
    there: tuple[ToldRow, ...]


def compare(rows: Iterable[ToldRow]) -> MissingRows:
    """Compare a file with what others told of the same days; without a reference equal rows are counted."""
    told = list(rows)
    left = Counter(row.key for row in told if row.here)
    missing, there = [], []
    for row in told:
        if row.here or row.repeated:
            continue
        if row.reference and left[row.key]:
            there.append(row)
        elif left[row.key] > 0:
            left[row.key] -= 1
            there.append(row)
        else:
            missing.append(row)
    return MissingRows(tuple(missing), tuple(there))
