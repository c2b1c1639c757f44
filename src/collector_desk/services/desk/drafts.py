"""What is being typed, safe within a second and offered again after a crash, bound to what it is about.

Several windows may type at one draft: ``save`` merges field by field (``domain.text.merging``) and gives back what
it is now, so that a window can show what the others wrote.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Beside, Common, merge
from collector_desk.services.desk.seat import Seat
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Draft:
    """Half-finished work: ``subject_id`` names which call, visit or incident, or the draft of a pack itself.

    ``authors`` and ``beside`` name people by their id, ``names`` says who they are.
    """

    kind: DraftKind
    subject_id: str
    content: dict[str, Any] = field(repr=False)
    saved_at: datetime
    by: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    def is_alone(self, person_id: str) -> bool:
        """Whether nobody else typed anything of it: then its person may throw it away."""
        return _people(self) <= {person_id}


def save(
    seat: Seat,
    kind: DraftKind,
    subject_id: str,
    content: Mapping[str, Any],
    *,
    base: Mapping[str, Any] | None = None,
    window: str = "",
    chosen: Collection[tuple[str, str]] = (),
) -> Draft:
    """Keep what stands in a window's fields; current state, not history. Returns the draft as it is now.

    ``base`` is what this window last knew of it. Without one the draft is its person's alone and written over;
    where it is another's after all, what they typed stays and this lies beside it.
    """
    with seat.store.write() as conn:
        return put(
            conn,
            seat,
            kind,
            subject_id,
            content,
            base=base,
            window=window,
            chosen=chosen,
            stored=_row(conn, kind, subject_id),
        )


def put(
    conn: Connection,
    seat: Seat,
    kind: DraftKind,
    subject_id: str,
    content: Mapping[str, Any],
    *,
    base: Mapping[str, Any] | None,
    window: str,
    chosen: Collection[tuple[str, str]] = (),
    stored: Draft | None = None,
) -> Draft:
    """Keep a window's fields inside a transaction, merged into ``stored``: the draft, or what stands for it."""
    person_id = seat.person.id
    known = base
    if known is None and stored is not None and person_id not in _people(stored):
        known = {name: type(value)() if isinstance(value, str | bool) else None for name, value in content.items()}
    if known is None:
        common = Common(dict(content))
    else:
        before = Common(stored.content, dict(stored.authors), stored.beside) if stored else None
        common = merge(before, base=known, mine=content, person_id=person_id, window=window, chosen=chosen)
    values = {
        "content": common.fields,
        "authors": common.authors,
        "beside": [asdict(one) for one in common.beside],
        "saved_at": seat.now(),
        "person_id": person_id,
    }
    draft = t.draft.c
    changed = conn.execute(
        update(t.draft).where(draft.kind == kind, draft.subject_id == subject_id).values(**values)
    )
    if not changed.rowcount:
        conn.execute(insert(t.draft).values(kind=kind, subject_id=subject_id, **values))
    found = _row(conn, kind, subject_id)
    assert found is not None  # noqa: S101 -- written above
    return found


def load(seat: Seat, kind: DraftKind, subject_id: str, *, anybody: bool = False) -> Draft | None:
    """The draft of one subject; ``anybody``: whoever began it (a visit's report has one for the whole team)."""
    with seat.store.read() as conn:
        found = _row(conn, kind, subject_id)
    return found if found and (anybody or seat.person.id in _people(found)) else None


def read(conn: Connection, kind: DraftKind, subject_id: str) -> Draft | None:
    """The draft inside a transaction, whoever began it."""
    return _row(conn, kind, subject_id)


def discard(seat: Seat, kind: DraftKind, subject_id: str) -> None:
    """Forget a draft whose work was given up."""
    with seat.store.write() as conn:
        forget(conn, kind, subject_id)


def forget(conn: Connection, kind: DraftKind, subject_id: str) -> None:
    """Delete a draft in the transaction that saves its work."""
    draft = t.draft.c
    conn.execute(delete(t.draft).where(draft.kind == kind, draft.subject_id == subject_id))


def hand_over(conn: Connection, kind: DraftKind, subject_id: str, person_id: str) -> None:
    """Give a draft to another person, with all that was typed."""
    draft = t.draft.c
    whose = update(t.draft).where(draft.kind == kind, draft.subject_id == subject_id)
    conn.execute(whose.values(person_id=person_id))


def _row(conn: Connection, kind: DraftKind, subject_id: str) -> Draft | None:
    draft = t.draft.c
    row = conn.execute(
        select(t.draft, t.person.c.name)
        .outerjoin(t.person, t.person.c.id == draft.person_id)
        .where(draft.kind == kind, draft.subject_id == subject_id)
    ).first()
    if row is None:
        return None
    beside = tuple(Beside(**one) for one in row.beside)
    found = Draft(kind, subject_id, row.content, row.saved_at, row.name or "", row.authors, beside)
    people = _people(found) | {row.person_id}
    names: dict[str, str] = {row.person_id: found.by}
    if len(people) > 1:
        others = conn.execute(select(t.person.c.id, t.person.c.name).where(t.person.c.id.in_(people)))
        names = {one.id: one.name for one in others}
    return Draft(kind, subject_id, row.content, row.saved_at, found.by, row.authors, beside, names)


def _people(draft: Draft) -> set[str]:
    return {*draft.names, *draft.authors.values(), *(one.person_id for one in draft.beside)}
