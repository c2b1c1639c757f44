"""A debtor's flags as they were set and lifted."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from collector_desk.domain.vocabulary import Flag
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_EVENTS = (
    select(t.flag_event.c.flag, t.flag_event.c.on, t.flag_event.c.attempt_id)
    .where(t.flag_event.c.debtor_id == bindparam("debtor_id"))
    .order_by(t.flag_event.c.id)
)


@dataclass(frozen=True, slots=True)
class FlagSet:
    """A flag set or lifted, by the outcome of which attempt; None where it was no outcome's doing."""

    flag: Flag
    on: bool
    attempt_id: str | None


def events(conn: Connection, debtor_id: str) -> tuple[FlagSet, ...]:
    """Everything that was set and lifted of a debtor, the first first: of each flag the last says how it is."""
    rows = conn.execute(_EVENTS, {"debtor_id": debtor_id})
    return tuple(FlagSet(Flag(row.flag), row.on, row.attempt_id) for row in rows)
