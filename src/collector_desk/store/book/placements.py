"""Questions about placements on file, and their files as the banks sent them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.lists import PlacementInfo
from collector_desk.domain.plain import from_plain
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_ALL = select(t.placement).order_by(t.placement.c.number)
_BANK = select(t.placement.c.bank_name).where(t.placement.c.id == bindparam("placement_id"))


def placements(conn: Connection) -> tuple[PlacementInfo, ...]:
    """All placements with their terms, by number."""
    rows = conn.execute(_ALL)
    return tuple(PlacementInfo(row.id, row.number, from_plain(PlacementTerms, row.terms)) for row in rows)


def bank_of(conn: Connection, placement_id: str) -> str:
    """The bank whose placement it is, as its terms say."""
    return str(conn.execute(_BANK, {"placement_id": placement_id}).scalar_one())


def tail_of(conn: Connection, placement_id: str) -> int:
    """How many days after a return payments count, as its terms say."""
    terms = conn.execute(select(t.placement.c.terms).where(t.placement.c.id == placement_id)).scalar_one()
    return int(terms.get("tail_days", 0))


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file a bank sent, whose bytes lie here."""

    id: str
    filename: str
    size: int


_FILE, _PIECE = t.received_file.c, t.received_piece.c
_RECEIVED = (
    select(_FILE.id, _FILE.filename, _FILE.size)
    .join(t.batch, t.batch.c.file_id == _FILE.id)
    .join(t.received_piece, _PIECE.file_id == _FILE.id)  # another store's has no bytes here
    .where(_FILE.sha256 == bindparam("sha256"))
    .limit(1)
)


def received_file(conn: Connection, sha256: str) -> ReceivedFile | None:
    """The file of this digest that a batch came from; None where none did, or its bytes lie elsewhere."""
    row = conn.execute(_RECEIVED, {"sha256": sha256}).first()
    return ReceivedFile(row.id, row.filename, row.size) if row else None


_PIECES = select(_PIECE.content).where(_PIECE.file_id == bindparam("file_id")).order_by(_PIECE.position)


def pieces_of(conn: Connection, file_id: str) -> Iterator[bytes]:
    """The bytes of a file, piece by piece in their order."""
    yield from conn.execute(_PIECES, {"file_id": file_id}).scalars()
