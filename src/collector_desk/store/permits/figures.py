"""Questions about an institution's figures that hang on a task, or came after our calls."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from collector_desk.domain.conduct.late import LateFigure
from collector_desk.domain.conduct.values import External
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_COUNT, _LATE = t.external_count.c, t.late_figure.c


_TAKEN = (
    select(t.external_count)
    .where(_COUNT.debtor_id.in_(bindparam("ids", expanding=True)), _COUNT.counts_id == bindparam("counts_id"))
    .order_by(_COUNT.as_of.desc())
)


def taken_of(conn: Connection, debtor_ids: Sequence[str], counts_id: str) -> dict[str, list[External]]:
    """What one file said of each of these debtors, the latest figure first."""
    found: dict[str, list[External]] = {}
    for row in conn.execute(_TAKEN, {"ids": debtor_ids, "counts_id": counts_id}):
        found.setdefault(row.debtor_id, []).append(_figure(row))
    return found


_OF_TASK = (
    select(t.external_count)
    .where(_COUNT.debtor_id == bindparam("debtor_id"), _COUNT.task_id == bindparam("task_id"))
    .order_by(_COUNT.as_of.desc(), _COUNT.id.desc())
    .limit(1)
)


def figure_of_task(conn: Connection, debtor_id: str, task_id: str) -> External | None:
    """The figure that counts once the task is decided for it; None where the task is about none."""
    row = conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id}).first()
    return _figure(row) if row else None


def _figure(row: Any) -> External:
    return External(row.as_of, row.effective_today, row.connected_today, row.ours_included)


_MOST = select(func.max(_LATE.n)).where(
    _LATE.debtor_id == bindparam("debtor_id"), _LATE.rule == bindparam("rule"), _LATE.day == bindparam("day")
)


def most_told(conn: Connection, debtor_id: str, rule: str, day: date) -> int:
    """How many calls of a day were reported already as past this cap; 0 where none were."""
    return conn.execute(_MOST, {"debtor_id": debtor_id, "rule": rule, "day": day}).scalar() or 0


_ABOUT = select(t.late_figure).where(_LATE.task_id == bindparam("task_id"))
_SINCE = select(t.late_figure).where(_LATE.day >= bindparam("day")).order_by(_LATE.id.desc())


def late_of_task(conn: Connection, task_id: str) -> LateFigure | None:
    """The passed cap a task is about; None where it is about none."""
    row = conn.execute(_ABOUT, {"task_id": task_id}).first()
    return _late(row) if row else None


def late_since(conn: Connection, day: date) -> tuple[LateFigure, ...]:
    """The caps passed on that day and later, the last reported first."""
    return tuple(_late(row) for row in conn.execute(_SINCE, {"day": day}))


def _late(row: Any) -> LateFigure:
    return LateFigure(row.debtor_id, row.rule, row.day, row.as_of, row.n, row.m)
