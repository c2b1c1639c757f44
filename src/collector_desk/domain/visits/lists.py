"""The lines of the lists of visits: the visits themselves, and what waits for a pair."""

from dataclasses import dataclass, field
from datetime import date, datetime

from collector_desk.domain.visits.due import Turn
from collector_desk.domain.visits.rounds import read_address
from collector_desk.domain.visits.steps import VisitState


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the list of visits. ``turn`` says whose turn it is, and until when."""

    visit_id: str
    number: str
    debtor_id: str
    debtor_name: str = field(repr=False)
    state: VisitState
    lead_visitor_id: str | None
    companion_id: str | None
    planned_at: datetime | None
    requested_by: str
    changed_at: datetime
    lead_name: str
    companion_name: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that nobody is planned for yet, and could be a spare case in its district."""

    visit_id: str
    number: str
    address: str = field(repr=False)

    @property
    def area(self) -> str:
        """City and district of it; empty where neither could be read."""
        return read_address(self.address).area


@dataclass(frozen=True, slots=True)
class CarriedPack:
    """One pack of papers in the list. ``state``: out, returned, lost."""

    id: str
    number: str
    holder_id: str
    holder: str
    day: date
    visits: int
    pages: int
    made_at: datetime
    state: str
    overdue: bool
