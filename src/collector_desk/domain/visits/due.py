"""Until when the next step of a visit has to be done, and by whom: what is overdue shows in the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from collector_desk.domain.visits.steps import VisitState


class VisitTurn(StrEnum):
    """Whose turn it is."""

    LEAD_OPENS = "lead_opens"
    PAIR_GOES = "pair_goes"
    PAIR_REPORTS = "pair_reports"
    PAIR_SIGNS = "pair_signs"
    LEAD_REVIEWS = "lead_reviews"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, and until when; ``due_at`` None where nothing runs."""

    waits: VisitTurn
    due_at: datetime | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether the time has passed."""
        return self.due_at is not None and now > self.due_at


# House figures (no rule names any): a day for the lead's word and for the report, two hours past the planned time.
_WORD = timedelta(hours=24)
_REPORT = timedelta(hours=24)
_LATE_START = timedelta(hours=2)

_REPORTING = (
    VisitState.DONE,
    VisitState.NOT_FOUND,
    VisitState.BROKEN_OFF,
    VisitState.SENT_BACK,
)


def turn(
    state: VisitState, changed_at: datetime, planned_at: datetime | None, *, signed_by_all: bool = False
) -> Turn:
    """Whose turn it is in a visit that stands like this since ``changed_at``."""
    if state in (VisitState.REQUESTED, VisitState.OPENED):
        return Turn(VisitTurn.LEAD_OPENS, changed_at + _WORD)
    if state is VisitState.PLANNED:
        return Turn(VisitTurn.PAIR_GOES, (planned_at or changed_at) + _LATE_START)
    if state in (VisitState.SET_OUT, VisitState.ON_SITE):
        return Turn(VisitTurn.PAIR_GOES, changed_at + _LATE_START)
    if state in _REPORTING:
        return Turn(VisitTurn.PAIR_REPORTS, changed_at + _REPORT)
    if state is VisitState.REPORTED:
        return Turn(VisitTurn.LEAD_REVIEWS if signed_by_all else VisitTurn.PAIR_SIGNS, changed_at + _REPORT)
    return Turn(VisitTurn.NOBODY)
