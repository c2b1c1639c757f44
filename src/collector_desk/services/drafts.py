"""What is being typed, safe within a second and offered again after a crash, bound to what it is about."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from collector_desk.services.desk import Seat
from collector_desk.store import tables as t


@dataclass(frozen=True, slots=True)
class Draft:
    """Half-finished work: ``kind`` is "call", "visit" or "incident", ``subject_id`` names which."""

    kind: str
    subject_id: str
    content: dict[str, Any] = field(repr=False)
    saved_at: datetime
    by: str = ""


def save(seat: Seat, kind: str, subject_id: str, content: dict[str, Any]) -> None:
    """Keep the draft; current state, not history: it is overwritten as one types."""
    now = seat.now()
    values = {"content": content, "saved_at": now, "person_id": seat.person.id}
    draft = t.draft.c
    with seat.store.write() as conn:
        changed = conn.execute(
            update(t.draft).where(draft.kind == kind, draft.subject_id == subject_id).values(**values)
        )
        if not changed.rowcount:
            conn.execute(insert(t.draft).values(kind=kind, subject_id=subject_id, **values))


def load(seat: Seat, kind: str, subject_id: str, *, anybody: bool = False) -> Draft | None:
    """The draft of one subject; ``anybody``: whoever began it (a visit's report has one for the whole team)."""
    draft = t.draft.c
    statement = (
        select(t.draft, t.person.c.name)
        .join(t.person, t.person.c.id == draft.person_id)
        .where(draft.kind == kind, draft.subject_id == subject_id)
    )
    if not anybody:
        statement = statement.where(draft.person_id == seat.person.id)
    with seat.store.read() as conn:
        row = conn.execute(statement).first()
    return Draft(row.kind, row.subject_id, row.content, row.saved_at, row.name) if row else None


def discard(seat: Seat, kind: str, subject_id: str) -> None:
    """Forget a draft whose work was given up."""
    with seat.store.write() as conn:
        forget(conn, kind, subject_id)


def forget(conn: Connection, kind: str, subject_id: str) -> None:
    """Forget it in the transaction that saves its work."""
    draft = t.draft.c
    conn.execute(delete(t.draft).where(draft.kind == kind, draft.subject_id == subject_id))
