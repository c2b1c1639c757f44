"""Is this the store that the computer remembers? Asked at sign-in; until a lead has answered nobody dials.

``move`` takes the mark along after what was done. It waits for the disk: never inside a key press.
"""

from pathlib import Path

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.states import StoreDoubt
from collector_desk.services.desk.seat import Seat
from collector_desk.store import marks
from collector_desk.store.engine import Connection
from collector_desk.store.standing import judge


def look(seat: Seat, conn: Connection | None = None) -> None:
    """Hold the store against what is remembered of it here. Raises Trouble ``store.root_differs``."""
    kept = marks.read(seat.folder, seat.store_id)
    if conn is not None:
        seat.standing = judge(conn, seat.store_id, kept, seat.person.id)
        return
    with seat.store.read() as own:
        seat.standing = judge(own, seat.store_id, kept, seat.person.id)


def doubt(seat: Seat, conn: Connection | None = None) -> Message | None:
    """Why one may look but not dial; None where nothing speaks against the store.

    While there is a doubt it is asked anew each time: a lead may have answered at another window.
    """
    if seat.standing.doubt is not None:
        look(seat, conn)
    return seat.standing.message


def move(seat: Seat) -> Message | None:
    """Take the mark along to what the store holds now; what stands in the way is told once, and harms nothing.

    In doubt it stays where it is: it is the witness.
    """
    if seat.over or not seat.vouches or seat.standing.doubt not in (None, StoreDoubt.OWN_ANSWER):
        return None
    with seat.store.read() as conn:
        mark = marks.mark_of(conn)
    if mark == seat.marked:
        return None
    seat.marked = mark
    begin_anew = bool(seat.standing.behind)  # a lead gave up what those saw
    told = (marks.tie if begin_anew else marks.advance)(seat.folder, mark)
    return _once(seat, told)


def begin(seat: Seat) -> None:
    """Before a new store is one: killed in between, it is not taken for one whose marks somebody deleted."""
    marks.tie(seat.folder, marks.beginning(seat.store_id, seat.unlocked.root))


def tie(seat: Seat) -> Message | None:
    """The store as it is now is the one to remember: it was made or restored here, or a lead answered for it."""
    with seat.store.read() as conn:
        seat.marked = marks.mark_of(conn)
    told = marks.tie(seat.folder, seat.marked)
    look(seat)
    return _once(seat, told)


def moved(old: Path, new: Path) -> None:
    """The program itself renamed a store's folder."""
    marks.moved(old, new)


def _once(seat: Seat, told: Trouble | None) -> Message | None:
    if told is None or seat.mark_told:
        return None
    seat.mark_told = True
    return msg("office.mark_not_written", why=told.message)
