"""Which months of a placement are frozen."""

from collections.abc import Iterator

from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Effect, Made, Recorded


def frozen(line: Recorded) -> Iterator[Effect]:
    """A month that stays as it is from now on; a second one of the same name is refused by the table."""
    yield Made(t.frozen_month, {name: line[name] for name in ("id", "placement_id", "month")})
