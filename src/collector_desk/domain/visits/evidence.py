"""What is known of a photo, recording or paper of a visit beside its bytes, and who may see or add to it.

Photos show strangers, plates, the inside of a home, and where somebody was: sensitive (rules C28, C29).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NewType

from collector_desk.domain.message import Refused
from collector_desk.domain.people import Person
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.domain.visits.visit import EvidenceItem, EvidenceKind
from collector_desk.domain.vocabulary import Role

MOST_PIECES = 100
"""Pieces of evidence one visit holds: a house figure, three times the longest report."""

EXPORTING = frozenset({Role.LEAD, Role.LEGAL})
"""Who may save an original outside the store."""

_ADDING = frozenset(
    {
        VisitState.PLANNED,  # a pair that writes everything down at the office
        VisitState.SET_OUT,
        VisitState.ON_SITE,
        VisitState.DONE,
        VisitState.NOT_FOUND,
        VisitState.BROKEN_OFF,
        VisitState.SENT_BACK,
    }
)
_MASKING = _ADDING | {VisitState.REPORTED}


Printable = NewType("Printable", bytes)
"""A JPEG of our own making (``documents.evidence.printable``): fit for a page, nothing in it but the picture."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture to be hidden, in thousandths of its width and height from the upper left."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """The words and marks beside one piece. Place in millionths of a degree north and east, as the file claims it.

    ``withdrawn`` is the reason why it is left out of the report; its bytes stay.
    """

    kind: EvidenceKind
    caption: str = field(default="", repr=False)
    taken_at: datetime | None = None
    north_e6: int | None = None
    east_e6: int | None = None
    indoors: bool = False
    indoors_reason: str = field(default="", repr=False)
    boxes: tuple[Box, ...] = ()
    withdrawn: str = ""

    def __post_init__(self) -> None:
        if (
            self.indoors
            and self.kind in (EvidenceKind.PHOTO, EvidenceKind.VIDEO)
            and not self.indoors_reason.strip()
        ):
            raise Refused("visits.evidence.indoors_reason", "indoors_reason")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a visit's evidence. ``thumb`` is a small masked JPEG, empty where there is nothing to see."""

    id: str
    visit_id: str
    facts: EvidenceFacts
    sha256: str
    size: int
    media_type: str
    added_by: str
    thumb: bytes = field(repr=False)

    @property
    def item(self) -> EvidenceItem:
        """The piece as it stands in the report: without its place, which is nobody's business there."""
        return EvidenceItem(
            self.id,
            self.facts.kind,
            self.facts.caption,
            self.sha256,
            self.size,
            self.media_type,
            self.facts.taken_at,
            self.facts.indoors,
            self.facts.indoors_reason,
        )


def masked_piece(piece: Piece) -> Piece:
    """A piece as a line of the list, with nothing to be seen of it."""
    reason = "****" if piece.facts.indoors else ""
    facts = replace(piece.facts, caption="", indoors_reason=reason, north_e6=None, east_e6=None)
    return replace(piece, facts=facts, thumb=b"")


def require_sight(visit: Visit, person: Person) -> None:
    """Evidence is shown to who goes on the visit and to who reviews it, to nobody else. Raises Refused."""
    if not (_of_team(visit, person) or person.roles & {Role.LEAD, Role.LEGAL}):
        raise Refused("visits.evidence.not_yours")


def require_adding(visit: Visit, person: Person) -> None:
    """The team adds evidence from the plan on until the report is handed in. Raises Refused."""
    if not _of_team(visit, person):
        raise Refused("visits.not_of_the_team")
    if visit.state not in _ADDING:
        raise Refused("visits.evidence.closed")


def require_masking(visit: Visit, person: Person) -> None:
    """Hiding a face or a plate is still possible while the report waits for review, for the reviewer too."""
    require_sight(visit, person)
    if visit.state not in _MASKING:
        raise Refused("visits.evidence.closed")


def require_export(person: Person) -> None:
    """A copy outside the store is protected by nobody: only who reviews takes one. Raises Refused."""
    if not person.roles & EXPORTING:
        raise Refused("visits.evidence.export_who")


def _of_team(visit: Visit, person: Person) -> bool:
    return visit.plan is not None and person.id in {member.person_id for member in visit.plan.team}
