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
from collector_desk.store.tables.desk import role_grant
from collector_desk.store.tables.history import journal, key_event

RECOVERED_KIND = "key_recovered"
"""The kind of line by which somebody got a password by the printed code."""

# outer joins keep their order: the few events are looked up in the long journal, never the other way about
_TOLD = key_event.outerjoin(journal, journal.c.row_id == key_event.c.id)
_LAST = (
    select(key_event.c.event, key_event.c.slot_print, key_event.c.recovery_print)
    .select_from(_TOLD)
    .order_by(journal.c.seq.desc())  # a clock set back can't make an older line the last one
    .limit(1)
)
_OF_PERSON = _LAST.where(
    key_event.c.person_id == bindparam("who"),
    key_event.c.event.in_((KeyEvent.ADMITTED, KeyEvent.PASSWORD, KeyEvent.CLOSED)),
)
_OF_CODE = _LAST.where(key_event.c.recovery_print.is_not(None), key_event.c.event != KeyEvent.OFFERED)
_LAST_CODE = _LAST.where(key_event.c.recovery_print.is_not(None))


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
    """Raise Trouble ``store.recovery_wrong`` where another code was confirmed since, or this one never was."""
    last = conn.execute(_OF_CODE).first()
    if last is None or last.recovery_print != fingerprint:
        raise Trouble("store.recovery_wrong")


def code_to_confirm(conn: Connection) -> bytes | None:
    """The fingerprint of the newest code's slot, where nobody has shown yet that they have it; else None."""
    last = conn.execute(_LAST_CODE).first()
    return None if last is None or last.event == KeyEvent.RECOVERY else bytes(last.recovery_print)


def still_open(conn: Connection) -> frozenset[str]:
    """Whose old key file opens the store to more than they have now: who left since it was last written anew, lost
    a role, or came in by the printed code because a password was lost."""
    moments = [
        (row.seq, row.event, row.person_id)
        for row in conn.execute(
            select(journal.c.seq, journal.c.kind, key_event.c.event, key_event.c.person_id)
            .select_from(_TOLD)
            .where(key_event.c.event.in_((KeyEvent.CLOSED, KeyEvent.REKEYED, KeyEvent.PASSWORD)))
        )
        if row.event != KeyEvent.PASSWORD or row.kind == RECOVERED_KIND
    ]
    moments += [
        (row.seq, "", row.person_id)
        for row in conn.execute(
            select(journal.c.seq, role_grant.c.person_id)
            .select_from(role_grant.outerjoin(journal, journal.c.row_id == role_grant.c.id))
            .where(role_grant.c.granted.is_(False))
        )
    ]
    found: set[str] = set()
    for _, event, person_id in sorted(moments):
        if event == KeyEvent.REKEYED:
            found.clear()
        else:
            found.add(person_id)
    return frozenset(found)


def left_over(conn: Connection, slots: Iterable[dict[str, Any]]) -> list[str]:
    """The slots of a key file that are nobody's any more: of who left or was never let in, or replaced by another
    slot that is there as well. The only slot of somebody stays, though it may not hold: they recover by it."""
    gone: list[str] = []
    of_owner: dict[str, list[dict[str, Any]]] = {}
    for slot in slots:
        of_owner.setdefault(slot["person_id"] if slot["kind"] == PERSON else "", []).append(slot)
    for owner, theirs in of_owner.items():
        holds = {print_ for print_ in _holding(conn, owner) if print_ is not None}
        if not holds or any(print_of(slot) in holds for slot in theirs):
            gone += [slot["id"] for slot in theirs if print_of(slot) not in holds]
    return gone


def in_force(conn: Connection, slots: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The slots of a key file that the history names, and no others."""
    kept = []
    for slot in slots:
        owner = slot["person_id"] if slot["kind"] == PERSON else ""
        if print_of(slot) in _holding(conn, owner):
            kept.append(slot)
    return kept


def _holding(conn: Connection, owner: str) -> tuple[bytes | None, ...]:
    """The fingerprints that hold for a person; for "" those of the printed codes, one offered included."""
    if not owner:
        codes = (conn.execute(statement).first() for statement in (_OF_CODE, _LAST_CODE))
        return tuple(code.recovery_print for code in codes if code is not None)
    last = conn.execute(_OF_PERSON, {"who": owner}).first()
    return () if last is None or last.event == KeyEvent.CLOSED else (last.slot_print,)
