"""The pieces of evidence of a visit and their small pictures; the bytes themselves are in ``pieces``."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from collector_desk.domain.plain import from_plain
from collector_desk.domain.visits.evidence import EvidenceFacts, Piece
from collector_desk.store import tables as t
from collector_desk.store.tables.history import journal

_E, _LINE, _SMALL = t.evidence.c, t.evidence_line.c, t.evidence_thumb.c
_PIECES = (
    select(t.evidence, _SMALL.content, t.person.c.name)
    .select_from(
        t.evidence.outerjoin(t.evidence_thumb, _SMALL.evidence_id == _E.id)
        .join(journal, journal.c.row_id == _E.id)
        .outerjoin(t.person, t.person.c.id == journal.c.actor_id)
    )
    .where(_E.salt.is_not(None))
    .order_by(_E.id)
)
_OF_VISIT = _PIECES.where(_E.visit_id == bindparam("visit_id"))
_ONE = _PIECES.where(_E.id == bindparam("evidence_id"))
_FACTS = (
    select(_LINE.evidence_id, _LINE.content)
    .where(_LINE.visit_id == bindparam("visit_id"), _LINE.salt.is_not(None))
    .order_by(_LINE.id)
)
_FACTS_OF = _FACTS.where(_LINE.evidence_id == bindparam("evidence_id"))


def pieces_of(conn: Connection, visit_id: str) -> tuple[Piece, ...]:
    """The evidence of a visit in the order it came, what was withdrawn as well."""
    asked = {"visit_id": visit_id}
    newest = {row.evidence_id: row.content for row in conn.execute(_FACTS, asked)}
    return tuple(_piece(row, newest[row.id]) for row in conn.execute(_OF_VISIT, asked) if row.id in newest)


def piece_of(conn: Connection, evidence_id: str) -> Piece | None:
    """One piece; None where there is none, or it was erased."""
    row = conn.execute(_ONE, {"evidence_id": evidence_id}).first()
    if row is None:
        return None
    lines = conn.execute(_FACTS_OF, {"evidence_id": evidence_id, "visit_id": row.visit_id}).all()
    return _piece(row, lines[-1].content) if lines else None


def _piece(row: Any, facts: Any) -> Piece:
    return Piece(
        row.id,
        row.visit_id,
        from_plain(EvidenceFacts, facts),
        row.sha256,
        row.size,
        row.media_type,
        row.name or "",
        row.content or b"",
    )


_SAME = select(_E.id).where(
    _E.visit_id == bindparam("visit_id"), _E.sha256 == bindparam("sha256"), _E.salt.is_not(None)
)
_COUNT = select(func.count()).where(_E.visit_id == bindparam("visit_id"))


def in_the_report(conn: Connection, visit_id: str, sha256: str) -> bool:
    """Whether a visit has a file of exactly these bytes that was not withdrawn."""
    same: Collection[str] = list(conn.execute(_SAME, {"visit_id": visit_id, "sha256": sha256}).scalars())
    found = (piece_of(conn, evidence_id) for evidence_id in same)
    return any(piece is not None and not piece.facts.withdrawn for piece in found)


def count_pieces(conn: Connection, visit_id: str) -> int:
    """How many pieces a visit ever had, withdrawn and erased ones too."""
    return int(conn.execute(_COUNT, {"visit_id": visit_id}).scalar_one())


_NO_PICTURE = delete(t.evidence_thumb).where(_SMALL.evidence_id == bindparam("of"))


def put_thumb(conn: Connection, evidence_id: str, content: bytes) -> None:
    """Keep the small picture of a piece in place of the one before."""
    conn.execute(_NO_PICTURE, {"of": evidence_id})
    conn.execute(insert(t.evidence_thumb).values(evidence_id=evidence_id, content=content))
