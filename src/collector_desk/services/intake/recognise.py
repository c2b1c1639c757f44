"""A bank's file of which nobody says what it is: read as a placement, or as what it holds else."""

from dataclasses import dataclass, field
from pathlib import Path

from collector_desk.domain.message import Trouble
from collector_desk.intake.columns import HiddenChoice
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import case_words, payments, placements
from collector_desk.services.intake.case_words import CaseWordsDryRun
from collector_desk.services.intake.machine import Cancelled, Progress
from collector_desk.services.intake.payments import FileTold, PaymentDryRun
from collector_desk.services.intake.placement_plan import FiguresTold
from collector_desk.services.intake.placements import PlacementDryRun
from collector_desk.services.money import theirs


@dataclass(frozen=True, slots=True)
class StatementSeen:
    """A bank's statement of a month: it comes in at the month of its placement, where that is known."""

    source: Path
    placement_id: str | None
    trouble: Trouble = field(repr=False)


def preview(
    seat: Seat,
    source: Path,
    *,
    figures: FiguresTold | None = None,
    paid: FileTold | None = None,
    password: str | None,
    hidden: HiddenChoice,
    progress: Progress,
    cancelled: Cancelled,
) -> PlacementDryRun | PaymentDryRun | CaseWordsDryRun | StatementSeen:
    """What taking the file over would do; writes nothing. Raises Refused and Trouble as the preview of its kind.

    ``figures``, ``paid``: what somebody said of it where it holds accounts, or payments.
    """
    try:
        return placements.preview(
            seat, source, figures, password=password, hidden=hidden, progress=progress, cancelled=cancelled
        )
    except Trouble as trouble:
        if trouble.message.code == "intake.is_statement":
            return StatementSeen(source, theirs.whose(seat, source, password=password), trouble)
        if trouble.message.code == "intake.is_words":
            return case_words.preview(
                seat, source, password=password, hidden=hidden, progress=progress, cancelled=cancelled
            )
        if trouble.message.code != "intake.is_payments":
            raise
    return payments.preview(
        seat, source, paid, password=password, hidden=hidden, progress=progress, cancelled=cancelled
    )
