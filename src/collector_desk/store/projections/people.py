"""Who the people of a store are by its history: roles given and taken, access closed, badges, whose password.

The table of people is written by the acts themselves; the proof compares it with what their rows say.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from collector_desk.domain.states import KeyEvent, KeyPurpose
from collector_desk.store.tables.desk import badge, person, role_grant
from collector_desk.store.tables.history import journal, key_event, person_key


def odd_people(conn: Connection) -> Iterator[str]:
    """The ids of people whose row says anything else than the history."""
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for grant in _in_order(conn, role_grant):
        (roles[grant.person_id].add if grant.granted else roles[grant.person_id].discard)(grant.role)
    closed = {row.person_id for row in _in_order(conn, key_event) if row.event == KeyEvent.CLOSED}
    badges = {row.person_id: row.valid_until for row in _in_order(conn, badge)}
    given = {row.holder: row.given for row in _in_order(conn, person_key) if row.purpose != KeyPurpose.HANDED}
    for row in conn.execute(select(person).order_by(person.c.id)):
        said = (roles[row.id], row.id not in closed, badges.get(row.id), given.get(row.id, False))
        if said != (set(row.roles), row.active, row.badge_until, row.first_password):
            yield row.id


def _in_order(conn: Connection, table: Table) -> Iterator[Any]:
    statement = select(table).join(journal, journal.c.row_id == table.c.id).order_by(journal.c.seq)
    yield from conn.execute(statement)
