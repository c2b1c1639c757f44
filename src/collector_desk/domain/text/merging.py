"""One draft, several windows: field by field, what each of them changed stands, and nothing typed is lost.

A window sends what stands in its fields and what it last knew of the draft (its base). Where two changed the same
field, the first stays and the later one lies beside it until somebody has chosen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from collector_desk.domain.states import DraftKind

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody typed into a field that another had changed meanwhile."""

    name: str  # of the field
    person_id: str
    window: str
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Common:
    """A draft as all share it: who wrote each field last, and what lies beside."""

    fields: dict[str, Any] = field(repr=False)
    authors: dict[str, str] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()


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

    @property
    def people(self) -> frozenset[str]:
        """Whose it is, and everybody who typed anything of it."""
        return frozenset((*self.names, *self.authors.values(), *(one.person_id for one in self.beside)))

    def is_alone(self, person_id: str) -> bool:
        """Whether nobody else typed anything of it: then its person may throw it away."""
        return self.people <= {person_id}


def merge(
    stored: Common | None,
    *,
    base: Fields,
    mine: Fields,
    person_id: str,
    window: str,
    chosen: Collection[tuple[str, str]] = (),
) -> Common:
    """What the draft is once a window's fields came in.

    ``chosen``: field and window of what lay beside and was decided on; it lies there no longer.
    """
    common = stored or Common(dict(base))
    fields, authors = dict(common.fields), dict(common.authors)
    beside = [one for one in common.beside if (one.name, one.window) not in chosen]
    for name, value in mine.items():
        theirs, known = fields.get(name, base.get(name)), base.get(name)
        own = [one for one in beside if (one.name, one.window) == (name, window)]
        if value not in (theirs, known):
            joined = _joined(known, theirs, value)
            if theirs == known:
                fields[name], authors[name] = value, person_id
            elif joined is not None:
                fields[name], authors[name] = joined, person_id
            else:
                beside = [one for one in beside if one not in own]
                beside.append(Beside(name, person_id, window, value))
                continue
        else:
            fields[name] = theirs
        beside = [one for one in beside if one not in own]
    return Common(fields, authors, tuple(beside))


def both(first: str, second: str) -> str:
    """Two texts of one field as one, none of them twice."""
    if not first.strip() or first.strip() in second:
        return second
    if not second.strip() or second.strip() in first:
        return first
    return f"{first.rstrip()}\n{second.lstrip()}"


def _joined(base: object, theirs: object, mine: object) -> str | None:
    """A text of many lines that was changed in different places, as one; None where both touched the same lines."""
    if not (isinstance(base, str) and isinstance(theirs, str) and isinstance(mine, str)):
        return None
    if "\n" not in base:
        return None
    old = base.split("\n")
    changes = sorted((*_changes(old, theirs.split("\n")), *_changes(old, mine.split("\n"))))
    lines: list[str] = []
    at = 0
    for place, (start, end, new) in enumerate(changes):
        if place and changes[place - 1] == (start, end, new):
            continue  # both did the same
        if start < at or (place and start == changes[place - 1][1]):  # touching: nobody can say which goes first
            return None
        lines += [*old[at:start], *new]
        at = end
    return "\n".join([*lines, *old[at:]])


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(start, end, tuple(new[a:b])) for kind, start, end, a, b in codes if kind != "equal"]
