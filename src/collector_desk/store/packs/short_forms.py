"""Questions about the short forms of notes that people added: each is what its newest line says."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_LINE = t.short_form.c
_NEWEST = select(func.max(_LINE.id)).group_by(_LINE.form_id)
_KEPT = (
    select(t.short_form)
    .where(
        _LINE.id.in_(_NEWEST),
        _LINE.gone.is_(False),
        _LINE.owner_id.is_(None) | (_LINE.owner_id == bindparam("who")),
    )
    .order_by(_LINE.name)
)


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A short form as somebody keeps it; ``owner_id`` is None where it is the team's."""

    id: str
    owner_id: str | None
    name: str
    text: str = field(repr=False)
    replaces: bool  # its owner has it stand for another of its name


def usable_by(conn: Connection, person_id: str) -> tuple[KeptForm, ...]:
    """A person's own forms and the team's, by name; what was taken out of use is none."""
    return tuple(
        KeptForm(row.form_id, row.owner_id, row.name, row.text or "", row.replaces)
        for row in conn.execute(_KEPT, {"who": person_id})
    )
