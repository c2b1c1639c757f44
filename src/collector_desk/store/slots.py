"""Which slot of the key file holds: the history says, not the file.

Every slot let in leaves its fingerprint in ``key_event``. A key file is only a file: an older one put back would
open the store to who left, and under passwords that were changed since. So a slot that opens is compared with the
last word on its person, and one that no longer holds is refused although the password is right.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.message import Trouble
from collector_desk.domain.states import KeyEvent
from collector_desk.store.keys import PERSON, print_of
from collector_desk.store.tables.history import journal, key_event

_LAST = (
    select(key_event.c.event, key_event.c.slot_print, key_event.c.recovery_print)
    .join(journal, journal.c.row_id == key_event.c.id)
    .order_by(journal.c.seq.desc())  # a clock set back can't make an older line the last one
    .limit(1)
)
_OF_PERSON = _LAST.where(key_event.c.person_id == bindparam("who"), key_event.c.event != KeyEvent.RECOVERY)
_OF_RECOVERY = _LAST.where(key_event.c.recovery_print.is_not(None))


def require_in_force(conn: Connection, person_id: str, fingerprint: bytes) -> None:
    """Raise Trouble unless this is the slot the person has now.

    ``store.slot_closed``: they left; ``store.slot_stale``: it was replaced since; ``store.no_such_person``: the
    history knows nothing of them.
    """
    last = conn.execute(_OF_PERSON, {"who": person_id}).first()
    if last is None:
        raise Trouble("store.no_such_person")
    if last.event == KeyEvent.CLOSED:
        raise Trouble("store.slot_closed")
    if last.slot_print != fingerprint:
        raise Trouble("store.slot_stale")


def require_not_closed(conn: Connection, person_id: str) -> None:
    """Raise Trouble ``store.slot_closed`` where the person left."""
    last = conn.execute(_OF_PERSON, {"who": person_id}).first()
    if last is not None and last.event == KeyEvent.CLOSED:
        raise Trouble("store.slot_closed")


def require_recovery_in_force(conn: Connection, fingerprint: bytes) -> None:
    """Raise Trouble ``store.recovery_wrong`` where another code was made since."""
    last = conn.execute(_OF_RECOVERY).first()
    if last is None or last.recovery_print != fingerprint:
        raise Trouble("store.recovery_wrong")


def left_over(conn: Connection, slots: Iterable[dict[str, Any]]) -> list[str]:
    """The slots of a key file that are nobody's any more: of who left or was never let in, or replaced by another
    slot that is there as well. The only slot of somebody stays, though it may not hold: they recover by it."""
    gone: list[str] = []
    of_owner: dict[str, list[dict[str, Any]]] = {}
    for slot in slots:
        of_owner.setdefault(slot["person_id"] if slot["kind"] == PERSON else "", []).append(slot)
    for owner, theirs in of_owner.items():
        last = conn.execute(_OF_PERSON, {"who": owner}).first() if owner else conn.execute(_OF_RECOVERY).first()
        holds = None if last is None else last.slot_print if owner else last.recovery_print
        closed = last is None or (owner and last.event == KeyEvent.CLOSED)
        if closed or any(print_of(slot) == holds for slot in theirs):
            gone += [slot["id"] for slot in theirs if closed or print_of(slot) != holds]
    return gone
