"""A payment file that should not have come in: undone while nobody has acted on it, afterwards withdrawn by a lead.

Either way its rows count for nothing and all is derived anew: what the next file called repeated because of it is
taken from that one, promises and claims it had decided are decided by the others. One small commit says so and
marks whom it bears on; whoever opens one of them works that one first. A killed process leaves nothing but these
marks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.people import Act, require
from collector_desk.domain.states import BatchState, PaymentsEvent
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting, reading
from collector_desk.services.intake import telling
from collector_desk.services.intake.payments import PaymentsLeft
from collector_desk.services.money import questions
from collector_desk.services.record import payment_files, tasks
from collector_desk.store.engine import Connection
from collector_desk.store.importlock import importing
from collector_desk.store.money import files, leaning
from collector_desk.store.money.files import CallMade, FileSays
from collector_desk.store.money.leaning import Leaning
from collector_desk.store.permits.tasks import waiting

_REASON_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A payment file that may be taken out, or was. ``calls``: those made on its figures, for the lead to look at.

    ``leaning``: what was decided by its rows; ``decisions``: how much of what was decided nobody could undo with
    it; ``state``: what it is, or was made.
    """

    batch: str
    filename: str
    bank: str
    rows: int
    state: BatchState
    calls: tuple[CallMade, ...] = field(repr=False)
    leaning: tuple[Leaning, ...] = field(repr=False)
    decisions: int
    changes: Changes = field(default_factory=Changes, repr=False)

    @property
    def acted_on(self) -> bool:
        """Whether somebody has acted on it: then only a lead withdraws it."""
        return bool(self.calls or self.decisions)


def look(seat: Seat, batch_id: str) -> TakenOut:
    """What there is to say of a payment file before it is taken out. Raises Refused where there is none."""
    with reading(seat, Act.IMPORT) as conn:
        return _looked(conn, batch_id, telling.file(conn, batch_id))


def undo(seat: Seat, batch_id: str) -> TakenOut:
    """As if it had never come, while nobody has acted on it.

    Raises Refused for who may not import; ``money.withdrawal.no_file``, ``money.withdrawal.gone`` where it counts
    no more, ``money.withdrawal.acted_on``; Trouble ``intake.import_running`` while another seat imports.
    """
    require(seat.person, Act.IMPORT)
    return _take_out(seat, batch_id, PaymentsEvent.UNDONE)


def withdraw(seat: Seat, batch_id: str, *, reason: str) -> TakenOut:
    """Its rows count for nothing, on a lead's word. Raises as ``undo``, and without a reason."""
    require(seat.person, Act.CLOSE_CASE)
    words = cleaned(reason, 300)
    if len(words) < _REASON_AT_LEAST:
        raise Refused("money.withdrawal.reason", "reason")
    return _take_out(seat, batch_id, PaymentsEvent.WITHDRAWN, words)


def _take_out(seat: Seat, batch_id: str, event: PaymentsEvent, reason: str = "") -> TakenOut:
    with _alone(seat):
        with acting(seat, f"payments.{event.value}") as act:
            file = telling.file(act.conn, batch_id)
            if file.state is not BatchState.VISIBLE:
                raise Refused("money.withdrawal.gone", "batch", file=file.filename)
            if event is PaymentsEvent.UNDONE:
                seen = _looked(act.conn, batch_id, file)
                if seen.acted_on:
                    raise Refused("money.withdrawal.acted_on", "batch", calls=len(seen.calls), more=seen.decisions)
            payment_files.write(act, batch_id, event, reason=reason)
            telling.mark(act, batch_id, file)
            questions.file_gone(act, batch_id)
            if event is PaymentsEvent.WITHDRAWN:
                _ask_about_closed(act, batch_id)
        telling.follow(seat, file)
        with reading(seat, Act.IMPORT) as conn:
            done = _looked(conn, batch_id, telling.file(conn, batch_id))
    return replace(done, changes=Changes(everything=True))


def _ask_about_closed(act: Writing, batch_id: str) -> None:
    """Nothing opens by itself what a lead closed: a lead is asked about it, once a debtor."""
    kind = TaskKind.CLOSED_IN_DOUBT
    debtors = dict.fromkeys(one.debtor_id for one in leaning.closed_by_file(act.conn, batch_id))
    new = [who for who in debtors if all(task.kind is not kind for task in waiting(act.conn, who))]
    tasks.open_many(act, new, kind)


@contextmanager
def _alone(seat: Seat) -> Iterator[None]:
    """No import meanwhile, and nothing left of one that was killed."""
    with importing(seat.store.folder):
        PaymentsLeft().clear(seat)
        yield


def _looked(conn: Connection, batch_id: str, file: FileSays) -> TakenOut:
    calls, decisions = files.calls_made(conn, batch_id), files.decisions_made(conn, batch_id)
    leans = tuple(leaning.on_file(conn, batch_id))
    return TakenOut(batch_id, file.filename, file.bank, file.rows, file.state, tuple(calls), leans, decisions)
