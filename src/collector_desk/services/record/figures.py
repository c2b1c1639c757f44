"""That a bank's figure fell below what known payments explain was put before a lead: the one writer of it."""

from datetime import date

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t


def ask_about_fall(act: Writing, debtor_id: str, case_id: str, since: date, as_of: date, fell: Money) -> None:
    """Between the days of two figures of an account; nobody rings about it before a lead has said what it was."""
    task_id = tasks.open_task(act, debtor_id, TaskKind.FIGURE_FELL)
    days = {"since": since, "as_of": as_of, "task_id": task_id}
    sums = {"fell_minor": fell.minor, "currency": fell.currency}
    act.record(t.figure_fell, {"debtor_id": debtor_id, "case_id": case_id, **days, **sums})
