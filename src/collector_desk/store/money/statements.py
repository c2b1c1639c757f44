"""Banks' own statements of a placement's month, as they were received."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, and_, bindparam, select

from collector_desk.domain.money.reconciling import Month
from collector_desk.domain.money.statements import TheirRow, Theirs
from collector_desk.store import tables as t
from collector_desk.store.ids import packed, unpacked
from collector_desk.store.sqlite.bulk import slices
from collector_desk.store.tables.history import journal

_PIECE = 2_000
_TAKEN = t.statement_taken.c
_LAST = (
    select(_TAKEN.id)
    .where(_TAKEN.placement_id == bindparam("placement_id"), _TAKEN.month == bindparam("month"))
    .order_by(_TAKEN.id.desc())
    .limit(1)
)
_ONE = (
    select(t.statement_taken, journal.c.at, t.person.c.name)
    .join(journal, and_(journal.c.row_id == _TAKEN.id, journal.c.table_name == t.statement_taken.name))
    .outerjoin(t.person, t.person.c.id == journal.c.actor_id)
    .where(_TAKEN.id == bindparam("id"))
)
_PIECES = "SELECT content FROM statement_piece WHERE statement_id = ? ORDER BY position"


def last(conn: Connection, placement_id: str, month: Month) -> str | None:
    """The statement that counts for a month; None where none was received."""
    found: str | None = conn.execute(_LAST, {"placement_id": placement_id, "month": str(month)}).scalar()
    return found


def theirs(conn: Connection, statement_id: str) -> Theirs:
    """A statement with its rows."""
    head = conn.execute(_ONE, {"id": statement_id}).one()
    rows = [
        TheirRow._make((*row[:4], date.fromisoformat(row[4]) if row[4] else None, *row[5:]))
        for (content,) in conn.exec_driver_sql(_PIECES, (packed(statement_id),))
        for row in json.loads(zlib.decompress(content))
    ]
    return Theirs(head.id, head.filename or "", head.sha256, head.at, head.name or "", head.set_aside, tuple(rows))


def pieces(rows: Sequence[TheirRow]) -> list[bytes]:
    """Rows as they are kept: squeezed JSON, some thousand a piece."""
    plain = [[*row[:4], row.day.isoformat() if row.day else None, *row[5:]] for row in rows]
    return [
        zlib.compress(json.dumps(plain[start : start + _PIECE], separators=(",", ":")).encode())
        for start in range(0, len(plain), _PIECE)
    ]


def cases_of(conn: Connection, placement_id: str, accounts: Iterable[str]) -> dict[str, str]:
    """The cases of a placement by their account numbers."""
    found: dict[str, str] = {}
    for marks, some in slices(accounts):
        rows = conn.exec_driver_sql(
            "SELECT account_number, id FROM account_case WHERE placement_id = ? "  # noqa: S608
            f"AND account_number IN ({marks})",
            (packed(placement_id), *some),
        )
        found.update((row[0], unpacked(row[1])) for row in rows)
    return found
