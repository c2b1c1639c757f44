"""What is being typed: the one place that reads and writes drafts. Current state, not history."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from collector_desk.domain.states import DraftKind
from collector_desk.domain.text.merging import Beside, Common, Draft
from collector_desk.store import tables as t
from collector_desk.store.desk import people
from collector_desk.store.engine import Connection

_DRAFT = t.draft.c
_THIS = (_DRAFT.kind == bindparam("of_kind"), _DRAFT.subject_id == bindparam("of_subject"))
_DRAFTS = select(t.draft, t.person.c.name).outerjoin(t.person, t.person.c.id == _DRAFT.person_id)
_ONE = _DRAFTS.where(*_THIS)
_OWN = _DRAFTS.where(_DRAFT.kind == bindparam("of_kind"), _DRAFT.person_id == bindparam("who")).order_by(
    _DRAFT.subject_id.desc()
)


def read(conn: Connection, kind: DraftKind, subject_id: str) -> Draft | None:
    """The draft of one subject with the names of all who typed at it, whoever began it."""
    row = conn.execute(_ONE, _of(kind, subject_id)).first()
    if row is None:
        return None
    found = _draft(row)
    others = found.people - {row.person_id}
    return replace(found, names=people.names(conn, found.people)) if others else found


def of_person(conn: Connection, kind: DraftKind, person_id: str) -> list[Draft]:
    """A person's own drafts of one kind, the last begun first."""
    return [_draft(row) for row in conn.execute(_OWN, {"of_kind": kind, "who": person_id})]


def _draft(row: Any) -> Draft:
    beside = tuple(Beside(**one) for one in row.beside)
    by = row.name or ""
    names = {row.person_id: by}
    return Draft(DraftKind(row.kind), row.subject_id, row.content, row.saved_at, by, row.authors, beside, names)


_CHANGE = update(t.draft).where(*_THIS)


def keep(
    conn: Connection, kind: DraftKind, subject_id: str, common: Common, *, person_id: str, at: datetime
) -> None:
    """Write a draft as it is now, in the place of what there was; it is this person's from now on."""
    values: Mapping[str, Any] = {
        "content": common.fields,
        "authors": common.authors,
        "beside": [asdict(one) for one in common.beside],
        "saved_at": at,
        "person_id": person_id,
    }
    if not conn.execute(_CHANGE.values(**values), _of(kind, subject_id)).rowcount:
        conn.execute(insert(t.draft).values(kind=kind, subject_id=subject_id, **values))


def hand_over(conn: Connection, kind: DraftKind, subject_id: str, person_id: str) -> None:
    """Let a draft be another person's, with all that was typed."""
    conn.execute(_CHANGE.values(person_id=person_id), _of(kind, subject_id))


_FORGET = delete(t.draft).where(*_THIS)


def forget(conn: Connection, kind: DraftKind, subject_id: str) -> None:
    """Delete a draft, where there is one."""
    conn.execute(_FORGET, _of(kind, subject_id))


def _of(kind: DraftKind, subject_id: str) -> dict[str, str]:
    return {"of_kind": kind, "of_subject": subject_id}
