"""The institution's figures that count for a debtor now, as the gate asks for them."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from collector_desk.domain.conduct.values import External
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.engine import Connection

LASTS = timedelta(days=2)
"""A figure is of one day, in whatever zone the debtor is: an older one says nothing any more."""
_FIGURES = (
    select(t.external_count)
    .join(t.counts_taken, t.counts_taken.c.id == t.external_count.c.counts_id)  # else its import never ended
    .where(
        t.external_count.c.debtor_id == bindparam("debtor_id"),
        t.external_count.c.as_of >= bindparam("since"),
        agreed(t.external_count.c.task_id),
    )
    .order_by(t.external_count.c.as_of.desc(), t.external_count.c.id.desc())
)


def figures_of(conn: Connection, debtor_id: str, now: datetime) -> tuple[External | None, External | None]:
    """The newest figures of the last two days, and the newest before them for one that they leave out.

    Whether they are of the debtor's own day, and so in force, is for the gate to say.
    """
    newest: External | None = None
    for row in conn.execute(_FIGURES, {"debtor_id": debtor_id, "since": now - LASTS}):
        found = External(row.as_of, row.effective_today, row.connected_today, row.ours_included)
        if newest is None:
            newest = found
        elif (newest.effective_today is None and found.effective_today is not None) or (
            newest.connected_today is None and found.connected_today is not None
        ):
            return newest, found
    return newest, None
