"""The life of a pack's versions: handed in, returned, released, withdrawn; which one is in use; who may release.

Nobody releases what they wrote or handed in themselves, so that going back to an earlier version (handing it in
again) takes two persons as well. Only what came with the program may be released by one person alone, as long as
the store has no version of its own in use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collector_desk.domain.message import Refused

Pack = tuple[str, str]
"""A pack's kind and id."""


class PackKind(StrEnum):
    """What a pack holds."""

    SCRIPTS = "scripts"
    RULES = "rules"
    OBJECTIONS = "objections"


class PackStep(StrEnum):
    """Where a version stands; a line of history each."""

    DRAFT = "draft"  # no step yet: not handed in, or came with the program and nobody read it
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A version as the store keeps it, its files apart; ``author_id`` is None where it came with the program."""

    id: str
    pack: Pack
    language: str
    version: str
    sha256: str
    author_id: str | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of one version. ``author_id`` is the version's author, None where it came with the program."""

    pack: Pack
    version_id: str
    author_id: str | None
    step: PackStep
    actor_id: str
    at: datetime
    reason: str = ""


def in_use(lines: Iterable[StepLine]) -> dict[Pack, StepLine]:
    """Of each pack the release live calls go by: the latest one, none where it was withdrawn. Oldest line first."""
    used: dict[Pack, StepLine] = {}
    for line in lines:
        current = used.get(line.pack)
        if line.step is PackStep.RELEASED:
            used[line.pack] = line
        elif line.step is PackStep.WITHDRAWN and current and current.version_id == line.version_id:
            del used[line.pack]
    return used


def latest(lines: Iterable[StepLine]) -> dict[str, StepLine]:
    """The last step of each version, by its id. Oldest line first."""
    return {line.version_id: line for line in lines}


def refuse_release(version_id: str, lines: Iterable[StepLine], actor_id: str) -> None:
    """Refuse a release of a handed-in version by who wrote it or handed it in, and of one nobody handed in."""
    last = latest(lines).get(version_id)
    if last is None or last.step is not PackStep.HANDED_IN:
        raise Refused("packs.not_handed_in")
    if actor_id in (last.actor_id, last.author_id):
        raise Refused("packs.own_pack")


def alone(pack: Pack, version_id: str | None, lines: Iterable[StepLine]) -> bool:
    """Whether one person may release a version that came with the program without its having been handed in.

    So it is as long as the store never released a version of its own, and this one was never released before.
    """
    released = [line for line in lines if line.pack == pack and line.step is PackStep.RELEASED]
    return all(line.author_id is None and line.version_id != version_id for line in released)
