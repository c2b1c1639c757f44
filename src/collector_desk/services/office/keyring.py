"""The store's keys as its manager keeps them: recovery code, root of the signing keys, another store key."""

from collections.abc import Callable
from pathlib import Path

from collector_desk.domain.message import Refused, Trouble
from collector_desk.domain.people import Act, require, require_other
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.services.office.people import person_of
from collector_desk.store import marks, rekeying, slots
from collector_desk.store.endorsements import root_of
from collector_desk.store.pairs import key_print
from collector_desk.store.standing import judge
from collector_desk.store.store import Store


def new_recovery_code(seat: Seat) -> str:
    """A new recovery code to print; the one before goes on opening the store until ``confirm_recovery``. 0.2 s."""
    require(seat.person, Act.MANAGE_PEOPLE)
    new = seat.store.prepare_recovery(seat.unlocked)
    with acting(seat, "recovery.offer") as act:
        require(seat.person, Act.MANAGE_PEOPLE)
        by = seat.unlocked.signing_key
        seat.store.offer_recovery(act.conn, new, by=by, actor_id=seat.person.id, at=act.at)
    return new.code


def confirm_recovery(seat: Seat) -> None:
    """The code shown at this seat is on paper: it counts from now on, and no older one."""
    with acting(seat, "recovery.confirm") as act:
        seat.store.confirm_recovery(act.conn, actor_id=seat.person.id, at=act.at)


def recovery_unconfirmed(seat: Seat) -> bool:
    """Whether the newest code was never shown to be on paper: a manager makes another."""
    with seat.store.read() as conn:
        return slots.code_to_confirm(conn) is not None


def root_print(seat: Seat) -> str:
    """The root's fingerprint as people compare it with the recovery sheet."""
    with seat.store.read() as conn:
        return key_print(root_of(conn))


def hand_on_root(seat: Seat, person_id: str, password: str) -> str:
    """Who holds the root hands it on to another manager, who proves by their password that they take it. Slow.

    Returns the new fingerprint. Raises Refused where the root isn't one's own; Trouble for a wrong password.
    """
    require(seat.person, Act.MANAGE_PEOPLE)
    taking = seat.store.prove(person_id, password)
    with acting(seat, "root.hand_on") as act:
        require(seat.person, Act.MANAGE_PEOPLE)
        if root_of(act.conn) != seat.unlocked.public_key:
            raise Refused("office.not_the_root")
        other = person_of(act.conn, person_id)
        require_other(seat.person.id, person_id)
        require(other, Act.MANAGE_PEOPLE)
        seat.store.hand_on_root(act.conn, by=seat.unlocked, to=taking, at=act.at)
        return key_print(root_of(act.conn))


# --- another store key -------------------------------------------------------------------------------------


def still_open(seat: Seat) -> frozenset[str]:
    """Whose old key file still opens the store to who left, lost a role or a password, until ``rekey``."""
    with seat.store.read() as conn:
        return slots.still_open(conn)


def rekey(
    folder: Path,
    *,
    who: str,
    password: str,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the store anew under another key; everybody who stays goes on with their own password. Slow.

    A manager's act, on a store that nobody has open. Trouble as ``store.rekeying.write_anew``.
    """
    at = (clock or SystemClock()).now()
    store, unlocked = Store.open(folder, who, password)
    try:
        kept = marks.read(folder, store.store_id)
        with store.read() as conn:
            require(person_of(conn, unlocked.person_id), Act.MANAGE_PEOPLE)
            standing = judge(conn, store.store_id, kept)
            if (against := standing.message) is not None:
                raise Trouble(against.code, **against.params)
        store_key = store.key
    finally:
        store.close()
    marks.advance(folder, rekeying.write_anew(folder, store_key, unlocked, at=at, progress=progress))
