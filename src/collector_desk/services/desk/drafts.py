"""What is being typed, safe within a second and offered again after a crash, bound to what it is about.

Several windows may type at one draft: ``save`` merges field by field (``domain.text.merging``) and gives back what
it is now, so that a window can show what the others wrote.
"""

from collections.abc import Collection, Mapping
from typing import Any

from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Common, Draft, merge
from collector_desk.services.desk.seat import Seat
from collector_desk.store.desk import drafts as kept
from collector_desk.store.engine import Connection


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
            stored=kept.read(conn, kind, subject_id),
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
    if known is None and stored is not None and person_id not in stored.people:
        known = {name: type(value)() if isinstance(value, str | bool) else None for name, value in content.items()}
    if known is None:
        common = Common(dict(content))
    else:
        before = Common(stored.content, dict(stored.authors), stored.beside) if stored else None
        common = merge(before, base=known, mine=content, person_id=person_id, window=window, chosen=chosen)
    kept.keep(conn, kind, subject_id, common, person_id=person_id, at=seat.now())
    found = kept.read(conn, kind, subject_id)
    assert found is not None  # noqa: S101 -- written above
    return found


def load(seat: Seat, kind: DraftKind, subject_id: str, *, anybody: bool = False) -> Draft | None:
    """The draft of one subject; ``anybody``: whoever began it (a visit's report has one for the whole team)."""
    with seat.store.read() as conn:
        found = kept.read(conn, kind, subject_id)
    return found if found and (anybody or seat.person.id in found.people) else None


def discard(seat: Seat, kind: DraftKind, subject_id: str) -> None:
    """Forget a draft whose work was given up."""
    with seat.store.write() as conn:
        kept.forget(conn, kind, subject_id)
