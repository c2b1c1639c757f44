"""That bank's figures fell below what known payments explain was put before a lead: the one writer of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t


@dataclass(frozen=True, slots=True)
class NewFall:
    """Between the days of two figures of an account."""

    debtor_id: str
    case_id: str
    since: date
    as_of: date
    fell: Money


def ask_about_falls(act: Writing, found: Sequence[NewFall]) -> None:
    """Nobody rings about these accounts before a lead has said what it was; it settles nobody."""
    asked = tasks.open_many(act, [one.debtor_id for one in found], TaskKind.FIGURE_FELL)
    rows = [
        {
            "debtor_id": one.debtor_id,
            "case_id": one.case_id,
            "since": one.since,
            "as_of": one.as_of,
            "fell_minor": one.fell.minor,
            "currency": one.fell.currency,
            "task_id": task_id,
        }
        for one, task_id in zip(found, asked, strict=True)
    ]
    act.record_all(t.figure_fell, rows)
