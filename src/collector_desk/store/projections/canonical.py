"""The order in which a debtor's history is replayed: the same wherever its lines lie and however they arrived.

A line comes after the last one of this debtor that its maker knew: what the same store wrote before, and what it
had taken in from another (``after_origin``, ``after_place``). Lines that knew nothing of each other go by their
instant, then by the id of their store and their place there.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What of a journal line says where it belongs."""

    origin: str
    place: int
    at: datetime
    after: tuple[str, int] | None  # origin and place of another store's line its maker knew last
    table: str
    row_id: str
    actor_id: str
    debtor_id: str | None
    own: bool = True  # this store's own


def in_order(lines: Sequence[JournalLine]) -> list[JournalLine]:
    """The lines of one debtor (or of none) in canonical order."""
    if len({line.origin for line in lines}) <= 1:
        return sorted(lines, key=lambda line: line.place)
    here = {(line.origin, line.place): line for line in lines}
    waits: dict[tuple[str, int], int] = dict.fromkeys(here, 0)
    behind: dict[tuple[str, int], list[tuple[str, int]]] = {}
    last: dict[str, tuple[str, int]] = {}
    for name in sorted(here):
        before = [last[name[0]]] if name[0] in last else []
        known = here[name].after
        if known is not None and known in here:
            before.append(known)
        for one in before:
            behind.setdefault(one, []).append(name)
            waits[name] += 1
        last[name[0]] = name
    free = [(here[name].at, name) for name, count in waits.items() if count == 0]
    heapq.heapify(free)
    found = []
    while free:
        _, name = heapq.heappop(free)
        found.append(here[name])
        for one in behind.get(name, ()):
            waits[one] -= 1
            if waits[one] == 0:
                heapq.heappush(free, (here[one].at, one))
    return found
