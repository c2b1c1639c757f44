"""Caps that turn out to be passed: the institution's figure came after our calls (rules, cases 15 and 16).

Nothing is dropped silently: each is a line of history and a task that a lead other than the caller settles.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.conduct.late import LateFigure, passed_caps
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate.facts import active_packs, facts_of
from collector_desk.services.record import tasks
from collector_desk.store import tables as t
from collector_desk.store.calls import last_attempt
from collector_desk.store.permits import figures


def look(act: Writing, debtor_id: str, counts_id: str) -> int:
    """Report what the newly taken figures show of our own calls to a debtor; returns how many caps were passed."""
    found, days = 0, set()
    for taken in figures.taken_of(act.conn, debtor_id, counts_id):
        figure, zone = taken.figure, ZoneInfo(taken.zone or "UTC")
        day = figure.as_of.astimezone(zone).date()
        if day in days:
            continue
        days.add(day)
        start = datetime.combine(day, time(), zone)
        last = last_attempt(act.conn, debtor_id, start, start + timedelta(days=1))
        if last is None:
            continue
        facts = facts_of(act.conn, debtor_id, act.at)
        for count in passed_caps(facts, figure, active_packs(act.conn), act.at):
            late = LateFigure(debtor_id, count.rule, day, figure.as_of, count.n, count.m)
            found += _report(act, late, counts_id, last)
    return found


def _report(act: Writing, late: LateFigure, counts_id: str, attempt_id: str) -> bool:
    if figures.most_told(act.conn, late.debtor_id, late.rule, late.day) >= late.n:
        return False
    task_id = tasks.open_task(act, late.debtor_id, TaskKind.LATE_FIGURE, attempt_id)
    act.record(
        t.late_figure,
        {
            "debtor_id": late.debtor_id,
            "counts_id": counts_id,
            "task_id": task_id,
            "attempt_id": attempt_id,
            "rule": late.rule,
            "day": late.day,
            "as_of": late.as_of,
            "n": late.n,
            "m": late.m,
        },
    )
    return True


def of_task(seat: Seat, task_id: str) -> LateFigure | None:
    """The passed cap a task is about."""
    with seat.store.read() as conn:
        return figures.late_of_task(conn, task_id)


def since(seat: Seat, day: date) -> tuple[LateFigure, ...]:
    """The caps passed on that day and later, the newest first."""
    with seat.store.read() as conn:
        return figures.late_since(conn, day)
