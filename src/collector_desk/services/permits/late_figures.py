"""Caps that turn out to be passed: the institution's figure came after our calls (rules, cases 15 and 16).

Nothing is dropped silently: each is a line of history and a task that a lead other than the caller settles.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from collector_desk.domain.conduct.late import passed_caps
from collector_desk.domain.conduct.values import External
from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate.facts import active_packs, facts_of
from collector_desk.services.record import tasks
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection


@dataclass(frozen=True, slots=True)
class LateFigure:
    """One cap passed: ``n`` instead of ``m`` on a day, known since a figure as of ``as_of`` came in."""

    debtor_id: str
    rule: str
    day: date
    as_of: datetime
    n: int
    m: int

    @property
    def message(self) -> Message:
        """E.g. "On 23 Nov there were 4 effective talks (cap 3), as the figure as of … showed afterwards."."""
        return msg("intake.counts.late", day=self.day, n=self.n, m=self.m, as_of=self.as_of)


def look(act: Writing, debtor_id: str, counts_id: str) -> int:
    """Report what the newly taken figures show of our own calls to a debtor; returns how many caps were passed."""
    figures = act.conn.execute(
        select(t.external_count)
        .where(t.external_count.c.counts_id == counts_id, t.external_count.c.debtor_id == debtor_id)
        .order_by(t.external_count.c.as_of.desc())
    ).all()
    zone = ZoneInfo(
        act.conn.execute(select(t.debtor.c.zone).where(t.debtor.c.id == debtor_id)).scalar_one() or "UTC"
    )
    found, days = 0, set()
    for row in figures:
        day = row.as_of.astimezone(zone).date()
        if day in days:
            continue
        days.add(day)
        if _our_last(act.conn, debtor_id, row.as_of, zone) is None:
            continue
        facts = facts_of(act.conn, debtor_id, act.at)
        figure = External(row.as_of, row.effective_today, row.connected_today, row.ours_included)
        for count in passed_caps(facts, figure, active_packs(act.conn), act.at):
            late = LateFigure(debtor_id, count.rule, day, row.as_of, count.n, count.m)
            found += _report(act, late, counts_id, zone)
    return found


def _report(act: Writing, late: LateFigure, counts_id: str, zone: ZoneInfo) -> bool:
    known = act.conn.execute(
        select(func.max(t.late_figure.c.n)).where(
            t.late_figure.c.debtor_id == late.debtor_id,
            t.late_figure.c.rule == late.rule,
            t.late_figure.c.day == late.day,
        )
    ).scalar()
    attempt_id = _our_last(act.conn, late.debtor_id, late.as_of, zone)
    if attempt_id is None or (known is not None and known >= late.n):
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


def _our_last(conn: Connection, debtor_id: str, as_of: datetime, zone: ZoneInfo) -> str | None:
    """Our last call to the debtor on the figure's day."""
    local = as_of.astimezone(zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    found = conn.execute(
        select(t.attempt.c.id)
        .where(
            t.attempt.c.debtor_id == debtor_id,
            t.attempt.c.begun_at >= start,
            t.attempt.c.begun_at < start + timedelta(days=1),
            t.attempt.c.rehearsal.is_(False),
        )
        .order_by(t.attempt.c.begun_at.desc())
        .limit(1)
    ).scalar()
    return str(found) if found else None


_OF_TASK = select(t.late_figure)


def of_task(seat: Seat, task_id: str) -> LateFigure | None:
    """The passed cap a task is about."""
    with seat.store.read() as conn:
        row = conn.execute(_OF_TASK.where(t.late_figure.c.task_id == task_id)).first()
    return LateFigure(row.debtor_id, row.rule, row.day, row.as_of, row.n, row.m) if row else None


def since(seat: Seat, day: date) -> tuple[LateFigure, ...]:
    """The caps passed on that day and later, the newest first."""
    with seat.store.read() as conn:
        rows = conn.execute(_OF_TASK.where(t.late_figure.c.day >= day).order_by(t.late_figure.c.id.desc())).all()
    return tuple(LateFigure(row.debtor_id, row.rule, row.day, row.as_of, row.n, row.m) for row in rows)
