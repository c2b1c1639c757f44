"""The people of a store, after who was let in, what they were given, and that they left."""

from collections.abc import Iterator

from collector_desk.domain.states import KeyEvent
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Listed, Made, Recorded


def added(line: Recorded) -> Iterator[Effect]:
    """Somebody more; who was let in at another store is known here by name, and may do nothing."""
    yield Made(
        t.person,
        {
            "id": line["person_id"],
            "issuer": line["issuer"],
            "serial": line["serial"],
            "name": line["name"] or "",
            "roles": [],
            "first_password": line["first_password"] and line.own,
            "active": line.own,
            "created_at": line.at,
        },
    )


def granted(line: Recorded) -> Iterator[Effect]:
    """A role more, or less."""
    if line.own:
        yield Listed(t.person, line["person_id"], "roles", line["role"], line["granted"])


def key_changed(line: Recorded) -> Iterator[Effect]:
    """A password of their own, or access closed."""
    if not line.own:
        return
    if line["event"] == KeyEvent.PASSWORD:
        yield Changed(t.person, line["person_id"], {"first_password": False})
    elif line["event"] == KeyEvent.CLOSED:
        yield Changed(t.person, line["person_id"], {"active": False})


def badge_shown(line: Recorded) -> Iterator[Effect]:
    """Until when their badge is valid."""
    yield Changed(t.person, line["person_id"], {"badge_until": line["valid_until"]})
