"""Taking in what another store wrote: its lines, in one act that names how far its history is known here since."""

from collections.abc import Sequence

from collector_desk.domain.changes import Changes
from collector_desk.domain.people import Act, require
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, acting
from collector_desk.store import foreign, search
from collector_desk.store.foreign import ForeignLine
from collector_desk.store.intake import batches
from collector_desk.store.numbers import Issuer
from collector_desk.store.tables.history import lines_taken


def take_in(seat: Seat, whose: Issuer, lines: Sequence[ForeignLine]) -> Changes:
    """Take in another store's lines; what lies here already is passed over, and all of it twice writes nothing.

    One transaction: the lines with their rows, the state of the debtors concerned, and the one line of our own.
    Raises Trouble as ``store.foreign.take_in``.
    """
    require(seat.person, Act.IMPORT)
    with acting(seat, "lines.take") as act:
        taken = foreign.take_in(act.conn, whose, lines)
        if taken is None:
            return Changes()
        head = {"head_place": taken.head_place, "head_hash": taken.head_hash}
        act.record(lines_taken, {"store_id": whose.store_id, "prefix": whose.prefix, **head})
        refresh.refresh(act.conn, taken.debtors, act.at)
        search.index_debtors(act.conn, [batches.search_row(act.conn, debtor) for debtor in taken.debtors])
    return Changes(everything=True)
