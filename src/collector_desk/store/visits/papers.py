"""Finished papers as they are kept: signed PDFs byte for byte, and the packs handed out to take along."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, and_, bindparam, select

from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import ERASE_KIND, journal

_PAPER, _PACK, _BACK = t.paper.c, t.take_along.c, t.take_along_back.c


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A signed paper as it is kept."""

    content: bytes = field(repr=False)
    sha256: str
    pages: int
    version: int

    @property
    def intact(self) -> bool:
        """Whether the bytes are still those that were signed."""
        return hashlib.sha256(self.content).hexdigest() == self.sha256


_KEPT = select(_PAPER.content, _PAPER.sha256, _PAPER.pages, _PAPER.version).where(
    _PAPER.paper_kind == bindparam("kind"),
    _PAPER.subject_id == bindparam("subject_id"),
    _PAPER.language == bindparam("language"),
    _PAPER.content_hash == bindparam("content_hash"),
    _PAPER.salt.is_not(None),
)


def kept_paper(
    conn: Connection, *, kind: str, subject_id: str, language: str, content_hash: str
) -> KeptPaper | None:
    """The paper kept of exactly this content of a subject, in this language; None where none was made."""
    asked = {"kind": kind, "subject_id": subject_id, "language": language, "content_hash": content_hash}
    row = conn.execute(_KEPT, asked).first()
    return KeptPaper(bytes(row.content), row.sha256, row.pages, row.version) if row else None


_BY_BYTES = select(_PAPER.paper_kind, _PAPER.subject_id).where(_PAPER.sha256 == bindparam("sha256"))


def whose_paper(conn: Connection, sha256: str) -> tuple[str, str] | None:
    """Of the paper with exactly these bytes its kind and the id of its subject; None where none is kept."""
    row = conn.execute(_BY_BYTES, {"sha256": sha256}).first()
    return (row.paper_kind, row.subject_id) if row else None


# --- packs to take along ---------------------------------------------------------------------------------

_CARRIED = (
    select(
        _PACK.id, shown(t.take_along), _PACK.holder_id, _PACK.day, _PACK.visits, _PACK.pages,
        _BACK.state, t.person.c.name, journal.c.at,
    )
    .select_from(
        t.take_along.outerjoin(t.take_along_back, _BACK.pack_id == _PACK.id)
        .outerjoin(t.person, t.person.c.id == _PACK.holder_id)
        .join(journal, and_(journal.c.row_id == _PACK.id, journal.c.kind != ERASE_KIND))
    )
    .order_by(_BACK.state.is_not(None), _PACK.day, _PACK.issuer, _PACK.serial)
)  # fmt: skip


def carried_packs(
    conn: Connection, *, today: date, holder_id: str | None = None, out_only: bool = False
) -> tuple[CarriedPack, ...]:
    """The packs, everybody's or one person's; those still out first, the oldest on top."""
    statement = _CARRIED
    if holder_id is not None:
        statement = statement.where(_PACK.holder_id == holder_id)
    if out_only:
        statement = statement.where(_BACK.state.is_(None))
    return tuple(
        CarriedPack(
            row.id,
            row.number,
            row.holder_id,
            row.name or "",
            row.day,
            len(row.visits),
            row.pages,
            row.at,
            row.state or "out",
            overdue=row.state is None and row.day < today,
        )
        for row in conn.execute(statement)
    )


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A pack as it was handed out; no ``pack`` and ``letter`` once erased. ``back``: somebody ticked it off."""

    number: str
    holder_id: str
    visits: tuple[str, ...]
    sha256: str
    pack: bytes | None = field(repr=False)
    letter: bytes | None = field(repr=False)
    back: bool

    @property
    def intact(self) -> bool:
        """Whether the bytes are still those that were issued."""
        return hashlib.sha256(self.pack or b"").hexdigest() == self.sha256


_HANDED_OUT = (
    select(t.take_along, shown(t.take_along), _BACK.state)
    .select_from(t.take_along.outerjoin(t.take_along_back, _BACK.pack_id == _PACK.id))
    .where(_PACK.id == bindparam("pack_id"))
)


def handed_out(conn: Connection, pack_id: str) -> HandedOut | None:
    """A pack with its papers; None where there is no such pack."""
    row = conn.execute(_HANDED_OUT, {"pack_id": pack_id}).first()
    if row is None:
        return None
    return HandedOut(
        row.number,
        row.holder_id,
        tuple(row.visits),
        row.sha256,
        row.pack,
        row.letter,
        row.state is not None,
    )
