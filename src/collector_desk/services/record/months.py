"""A placement's month that a lead froze, and the bank's own statement of one: the one writer of both."""

from collector_desk.domain.money.month import PlacementMonth
from collector_desk.domain.money.statements import Theirs
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def write_piece(act: Writing, frozen_id: str, position: int, content: bytes) -> None:
    """Some of the cases or rows of a month; none of them counts before ``write_frozen``."""
    act.record(t.month_piece, {"frozen_id": frozen_id, "position": position, "content": content})


def write_frozen(act: Writing, frozen_id: str, seen: PlacementMonth, *, pieces: int) -> None:
    """The month stays from now on as it was seen."""
    sums = [
        {
            "currency": one.currency,
            "cases": one.cases,
            "opening": one.opening,
            "moved": list(one.moved.parts),
            "late": list(one.late.parts),
            "closing": one.closing,
        }
        for one in seen.sums
    ]
    waiting = [
        [None if line.doubt is None else int(line.doubt), line.rows, line.amount.minor, line.amount.currency]
        for line in seen.waiting
    ]
    act.record(
        t.month_frozen,
        {
            "id": frozen_id,
            "placement_id": seen.placement_id,
            "bank_name": seen.bank,
            "month": str(seen.month),
            "after": seen.after,
            "pieces": pieces,
            "cases": len(seen.part.cases),
            "rows": len(seen.part.rows),
            "late": len(seen.part.late),
            "sums": sums,
            "waiting": {"rows": waiting, "asked": [[line.kind.value, line.count] for line in seen.asked]},
            "statement_id": seen.theirs.id if seen.theirs else None,
        },
    )


def write_statement_piece(act: Writing, statement_id: str, position: int, content: bytes) -> None:
    """Some of the rows of a bank's statement; none of them counts before ``write_statement``."""
    act.record(t.statement_piece, {"statement_id": statement_id, "position": position, "content": content})


def write_statement(act: Writing, placement_id: str, month: str, said: Theirs, *, pieces: int) -> None:
    """The bank's own word on a month; the last one counts until the month is frozen."""
    act.record(
        t.statement_taken,
        {
            "id": said.id,
            "placement_id": placement_id,
            "month": month,
            "sha256": said.sha256,
            "rows": len(said.rows),
            "set_aside": said.set_aside,
            "pieces": pieces,
            "filename": said.filename,
        },
    )
