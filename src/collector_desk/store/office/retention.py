"""The files without an open account, and when each last saw something of every kind that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select

from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import CaseState, Flag, TaskKind
from collector_desk.store import tables as t
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal

_CASE, _ATTEMPT, _END, _STATE = t.account_case.c, t.attempt.c, t.attempt_end.c, t.visit_state.c
_SLICE = 500


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A debtor's file none of whose accounts is open any more.

    ``closed_at``: when the last of them was closed here, None where the bank placed them closed; ``as_of``: the
    day of its figures; ``settled``: every one was paid. ``last``: by kind of record its last event.
    """

    debtor_id: str
    case_numbers: tuple[str, ...]
    closed_at: datetime | None
    as_of: date
    settled: bool
    flags: frozenset[Flag]
    last: Mapping[str, datetime]


_CLOSED = (
    select(
        _CASE.debtor_id,
        t.debtor.c.flags,
        func.max(_CASE.balance_as_of).label("as_of"),
        (func.sum(_CASE.state == CaseState.SETTLED) == func.count()).label("settled"),
    )
    .join(t.debtor, t.debtor.c.id == _CASE.debtor_id)
    .group_by(_CASE.debtor_id)
    .having(func.sum(_CASE.state == CaseState.OPEN) == 0)
)
_THESE: BindParameter[list[str]] = bindparam("ids", expanding=True)
_NUMBERS = (
    select(_CASE.debtor_id, shown(t.account_case))
    .where(_CASE.debtor_id.in_(_THESE))
    .order_by(_CASE.issuer, _CASE.serial)
)
_CLOSED_AT = (
    select(t.case_event.c.debtor_id, func.max(journal.c.at))
    .join(t.case_event, t.case_event.c.id == journal.c.row_id)
    .where(t.case_event.c.debtor_id.in_(_THESE))
    .group_by(t.case_event.c.debtor_id)
)
_CALLED = (
    select(_ATTEMPT.debtor_id, func.max(_ATTEMPT.begun_at))
    .where(_ATTEMPT.debtor_id.in_(_THESE))
    .group_by(_ATTEMPT.debtor_id)
)
_LAST: dict[str, Select[Any]] = {
    "call": _CALLED,
    "recording": _CALLED.join(t.attempt_end, _END.attempt_id == _ATTEMPT.id).where(_END.recording.is_not(None)),
    "visit": (
        select(_STATE.debtor_id, func.max(_STATE.changed_at))
        .where(_STATE.debtor_id.in_(_THESE))
        .group_by(_STATE.debtor_id)
    ),
    "oral_plan": (
        select(t.task.c.debtor_id, func.max(journal.c.at))
        .select_from(
            t.task.join(t.task_done, t.task_done.c.task_id == t.task.c.id).join(
                journal, journal.c.row_id == t.task_done.c.id
            )
        )
        .where(
            t.task.c.debtor_id.in_(_THESE),
            t.task.c.kind == TaskKind.PLAN_REQUEST,
            t.task_done.c.decision == TaskDecision.APPROVED,
        )
        .group_by(t.task.c.debtor_id)
    ),
}
"""By the kind of record, as the rules name it, who has one and when its last event was."""


def closed_files(conn: Connection) -> tuple[ClosedFile, ...]:
    """Every debtor's file without an open account, a statement for each kind of record."""
    rows = conn.execute(_CLOSED).all()
    found: list[ClosedFile] = []
    for start in range(0, len(rows), _SLICE):
        found += _files(conn, rows[start : start + _SLICE])
    return tuple(found)


def _files(conn: Connection, rows: Sequence[Any]) -> list[ClosedFile]:
    asked = {"ids": [row.debtor_id for row in rows]}
    numbers: dict[str, list[str]] = {}
    for debtor_id, number in conn.execute(_NUMBERS, asked):
        numbers.setdefault(debtor_id, []).append(number)
    closed: dict[str, datetime] = dict(conn.execute(_CLOSED_AT, asked).all())
    last: dict[str, dict[str, datetime]] = {}
    for kind, statement in _LAST.items():
        for debtor_id, at in conn.execute(statement, asked):
            last.setdefault(debtor_id, {})[kind] = at
    return [
        ClosedFile(
            row.debtor_id,
            tuple(numbers[row.debtor_id]),
            closed.get(row.debtor_id),
            row.as_of,
            bool(row.settled),
            frozenset(Flag(flag) for flag in row.flags),
            last.get(row.debtor_id, {}),
        )
        for row in rows
    ]
