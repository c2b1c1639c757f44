"""Questions about people: who somebody is by now, and who is let in at all."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from collector_desk.domain.people import Person
from collector_desk.domain.vocabulary import Role
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import OWN, origin

_WHO = select(t.person, shown(t.person)).where(t.person.c.id == bindparam("who"))
_ACTIVE = select(t.person, shown(t.person)).where(t.person.c.active.is_(True)).order_by(t.person.c.id)
_OURS = (
    select(t.person, shown(t.person))
    .where(t.person.c.issuer == select(origin.c.store_id).where(origin.c.number == OWN).scalar_subquery())
    .order_by(t.person.c.name)
)
_NAMES = select(t.person.c.id, t.person.c.name)
_SOME = _NAMES.where(t.person.c.id.in_(bindparam("ids", expanding=True)))


def person_of(conn: Connection, person_id: str) -> Person | None:
    """A person as they are now, also who was let go; None where nobody bears this id."""
    row = conn.execute(_WHO, {"who": person_id}).first()
    return person_from(row) if row else None


def active(conn: Connection) -> list[Person]:
    """Everybody who may sign in."""
    return [person_from(row) for row in conn.execute(_ACTIVE)]


def of_this_store(conn: Connection) -> tuple[Person, ...]:
    """Everybody let in here, those who left as well, by name; nobody of another store whose lines came in."""
    return tuple(person_from(row) for row in conn.execute(_OURS))


def names(conn: Connection, ids: Collection[str] | None = None) -> dict[str, str]:
    """What people are called, by their id: these, or everybody who was ever let in."""
    rows = conn.execute(_NAMES) if ids is None else conn.execute(_SOME, {"ids": list(ids)})
    return {row.id: row.name for row in rows}


def person_from(row: Any) -> Person:
    """A person as the store's row has them, with their number."""
    return Person(
        id=row.id,
        name=row.name,
        number=row.number,
        roles=frozenset(Role(role) for role in row.roles),
        active=row.active,
        badge_until=row.badge_until,
        first_password=row.first_password,
    )
