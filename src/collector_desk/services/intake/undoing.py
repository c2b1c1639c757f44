"""A placement, a refresh or a file of balances that should not have come in: undone while nobody has worked on it.

Its accounts go, and the figures it brought of others; what it said stays in the history, and that it was taken back
beside it. One small commit says so and marks whom it bears on: whoever opens or dials one of them loses it first.
A killed process leaves nothing but these marks, for the next start. Once somebody worked on it, it is refused with
what stands in the way.
"""

from dataclasses import dataclass, field, replace

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.states import BatchKind, BatchState
from collector_desk.domain.vocabulary import InTheWay
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, acting, reading
from collector_desk.services.intake import nobodys_payments
from collector_desk.services.intake.placements import PlacementsLeft
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import undone_files
from collector_desk.store import journal
from collector_desk.store.engine import Connection
from collector_desk.store.importlock import importing
from collector_desk.store.intake import undone, unfinished
from collector_desk.store.intake.undone import Hindrance, PlacementFileSays

_INSTEAD = (  # what to do where such a thing stands in the way: the first that fits
    (InTheWay.PAYMENTS, "intake.undo.instead_payments"),
    (InTheWay.LATER_FILE, "intake.undo.instead_later_file"),
)


@dataclass(frozen=True, slots=True)
class PlacementUndo:
    """A placement file that may be undone, or was; ``hindrances``: what stands in the way."""

    file: PlacementFileSays
    hindrances: tuple[Hindrance, ...] = field(repr=False)
    changes: Changes = field(default_factory=Changes, repr=False)

    @property
    def instead(self) -> Message | None:
        """What to do instead; None where nothing stands in the way."""
        if not self.hindrances:
            return None
        there = {one.what for one in self.hindrances}
        done = there - {what for what, _ in _INSTEAD}
        if not done:
            return msg(next(code for what, code in _INSTEAD if what in there))
        return msg("intake.undo.instead_figures" if not self.file.accepted else "intake.undo.instead_cases")


def look(seat: Seat, batch_id: str) -> PlacementUndo:
    """What there is to say of a file before it is undone. Raises Refused ``intake.undo.no_file``."""
    with reading(seat, Act.IMPORT) as conn:
        return _looked(conn, batch_id)


def is_placement(seat: Seat, batch_id: str) -> PlacementUndo | None:
    """The same where it is such a file; None where it is of another kind, or there is none."""
    with reading(seat, Act.IMPORT) as conn:
        file = undone.file(conn, batch_id)
        return _looked(conn, batch_id) if file is not None and file.kind is BatchKind.PLACEMENT else None


def undo(seat: Seat, batch_id: str) -> PlacementUndo:
    """As if it had never come.

    Raises Refused for who may not import; ``intake.undo.no_file``, ``intake.undo.gone`` where it counts no more,
    ``intake.undo.worked_on``; Trouble ``intake.import_running`` while another seat imports.
    """
    require(seat.person, Act.IMPORT)
    with importing(seat.store.folder):
        PlacementsLeft().clear(seat)
        UndoneLeft().clear(seat)
        with reading(
            seat, Act.IMPORT
        ) as conn:  # before the writing: it may take a while, and holds nobody up there
            seen, until = _looked(conn, batch_id), journal.last_line(conn)
        with acting(seat, "placement.undone") as act:
            if journal.last_line(act.conn) != until:
                seen = _looked(act.conn, batch_id)
            if seen.file.state is not BatchState.VISIBLE:
                raise Refused("intake.undo.gone", "batch", file=seen.file.filename)
            if seen.hindrances:
                first = seen.hindrances[0]
                told = {"file": seen.file.filename, "what": first.what, "about": first.about, "by": first.by or "—"}
                raise Refused("intake.undo.worked_on", "batch", count=len(seen.hindrances), **told)
            undone_files.undone(act, batch_id, undone.last_serial(act.conn, batch_id))
            undone.mark_stale(act.conn, batch_id)
            unfinished.mark(act.conn, undone.UNFINISHED, batch_id)
        _follow(seat)
        with reading(seat, Act.IMPORT) as conn:
            done = _looked(conn, batch_id)
    return replace(done, hindrances=(), changes=Changes(everything=True))


class UndoneLeft:
    """A file that was undone, of which not everything followed yet."""

    def there(self, conn: Connection) -> bool:
        """Whether a killed process left one."""
        return unfinished.batch_of(conn, undone.UNFINISHED) is not None

    def clear(self, seat: Seat) -> bool:
        """Let it follow."""
        with seat.store.read() as conn:
            left = self.there(conn)
        if left:
            _follow(seat)
        return left


def _follow(seat: Seat) -> None:
    work_stale(seat)
    with seat.store.write() as conn:
        unfinished.done(conn, undone.UNFINISHED)
    nobodys_payments.try_again(seat)
    refresh.count_top_tenth(seat.store)


def _looked(conn: Connection, batch_id: str) -> PlacementUndo:
    file = undone.file(conn, batch_id)
    if file is None or file.kind is not BatchKind.PLACEMENT:
        raise Refused("intake.undo.no_file", "batch")
    still = file.state is BatchState.VISIBLE
    return PlacementUndo(file, tuple(undone.hindrances(conn, batch_id)) if still else ())
