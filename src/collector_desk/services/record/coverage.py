"""What is said of the days a bank has told of, besides its files: the one writer of it."""

from datetime import date

from collector_desk.domain.states import CoverageEvent
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def write(
    act: Writing,
    bank: str,
    event: CoverageEvent,
    first: date | None,
    last: date,
    reason: str = "",
    said_id: str | None = None,
) -> None:
    """Of all of a bank's placements: days told without a payment, or the last day that is still known.

    ``said_id``: the line by which the first of two people said the same.
    """
    act.record(
        t.coverage_line,
        {
            "bank_name": bank,
            "placements": [],
            "event": event.value,
            "covers_from": first,
            "covers_to": last,
            "said_id": said_id,
            "reason": reason or None,
        },
    )
