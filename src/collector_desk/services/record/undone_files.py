"""That a placement file counts for nothing any more: the one writer of it."""

from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def undone(act: Writing, batch_id: str, last_serial: int | None) -> None:
    """Write it; ``last_serial``: the highest number of a case the file placed, which no other is to get."""
    act.record(t.batch_undone, {"batch_id": batch_id, "last_serial": last_serial})
