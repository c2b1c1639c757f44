"""A visit to a debtor of whom everything went back to the bank, as whoever has no more to do with it sees it."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from collector_desk.domain.people import Act, Person, may
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import OPEN_STATES, Visit

_T = TypeVar("_T")
_HIDDEN = "****"


def may_see(visit: Visit | None, person: Person) -> bool:
    """Whether this person still sees what a visit found: leads, legal, and who is on a visit under way."""
    if may(person.roles, Act.SEE_RETURNED):
        return True
    team = visit.plan.team if visit is not None and visit.plan else ()
    going = visit is not None and visit.state in OPEN_STATES
    return going and person.id in {member.person_id for member in team}


def masked_visit(visit: Visit) -> Visit:
    """The visit with its days, its steps and who went, and nothing that was written or is somebody's address."""
    return _masked(visit)


def masked_row(row: VisitRow) -> VisitRow:
    """A line of the list without the name."""
    return replace(row, debtor_name=masked_name(row.debtor_name))


def _masked(value: _T) -> _T:
    """The same without whatever its class keeps out of logs, for that is what is personal in it."""
    if isinstance(value, tuple):
        return tuple(map(_masked, value))  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    said: dict[str, Any] = {}
    for field in fields(value):
        found = getattr(value, field.name)
        said[field.name] = _masked(found) if field.repr else _blank(found)
    return replace(value, **said)


def _blank(found: Any) -> Any:
    if isinstance(found, str):
        return _HIDDEN if found else ""
    return () if isinstance(found, tuple) else found
