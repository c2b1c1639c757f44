"""Caps that turn out to be passed: the institution's figure came after our calls (rules, cases 15 and 16).

Nothing is dropped silently: each is a line of history and a task that a lead other than the caller settles.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collector_desk.domain.book.history import History
from collector_desk.domain.conduct import known
from collector_desk.domain.conduct.known import Here
from collector_desk.domain.conduct.late import LateFigure, passed_caps
from collector_desk.domain.conduct.values import External
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t
from collector_desk.store.permits import figures


def called_on(past: History, taken: Iterable[External]) -> bool:
    """Whether we may have called the debtor on a day that newly taken figures tell of: then ``look`` has to."""
    if past.calls is None:
        return bool(past.attempts)
    first = min((figure.as_of for figure in taken), default=None)
    last = past.calls.last_at
    return first is not None and last is not None and last >= first - timedelta(days=2)


def look(act: Writing, past: History, taken: Iterable[External], at: Here, counts_id: str) -> int:
    """Report what newly taken figures, the latest first, show of our own calls to a debtor.

    ``past`` is the debtor's history with these figures in it. Returns how many caps were passed.
    """
    zone = ZoneInfo(past.debtor.zone or "UTC")
    found, days = 0, set()
    for figure in taken:
        day = figure.as_of.astimezone(zone).date()
        if day in days:
            continue
        days.add(day)
        last = _our_last(past, datetime.combine(day, time(), zone))
        if last is None:
            continue
        for count in passed_caps(known.facts_of(past, at, act.at), figure, at.packs, act.at):
            late = LateFigure(past.debtor.id, count.rule, day, figure.as_of, count.n, count.m)
            found += _report(act, late, counts_id, last)
    return found


def _our_last(past: History, start: datetime) -> str | None:
    """Our last call to the debtor on the day that begins then."""
    end = start + timedelta(days=1)
    return next((one.id for one in reversed(past.attempts) if start <= one.at < end), None)


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
