"""What is kept longer than the rules in use ask: closed files past their term. Only listed; nothing is erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from collector_desk.domain.conduct.names import HOLDS
from collector_desk.domain.conduct.records import Keeping, Record, keeping
from collector_desk.domain.conduct.rules import Pack
from collector_desk.domain.people import Act
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import CaseState, TaskKind
from collector_desk.services.desk.seat import Seat, reading
from collector_desk.services.gate.facts import active_packs, flags_of
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown
from collector_desk.store.tables.history import journal


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A debtor's file whose term is over: whose, when its last account was closed, what the rules ask now."""

    debtor_id: str
    case_numbers: tuple[str, ...]
    closed_on: date
    asked: Keeping


def past_term(seat: Seat) -> tuple[PastTerm, ...]:
    """The files past their term, the longest closed first; for who takes files in. Slow: for a worker."""
    with reading(seat, Act.IMPORT) as conn:
        packs, zone = active_packs(conn), ZoneInfo(seat.zone)
        files = [_judged(conn, row, packs, zone, seat.today()) for row in _closed(conn)]
    found = (file for file in files if file.asked is not Keeping.KEEP)
    return tuple(sorted(found, key=lambda file: (file.closed_on, file.case_numbers)))


_CASE = t.account_case.c


def _day(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at else None


def _closed(conn: Connection) -> Sequence[Any]:
    """Every debtor without an open account."""
    is_open = func.sum(_CASE.state == CaseState.OPEN)
    settled = func.sum(_CASE.state == CaseState.SETTLED)
    return conn.execute(
        select(
            _CASE.debtor_id,
            func.max(_CASE.balance_as_of).label("as_of"),
            (settled == func.count()).label("settled"),
        )
        .group_by(_CASE.debtor_id)
        .having(is_open == 0)
    ).all()


def _judged(conn: Connection, row: Any, packs: Sequence[Pack], zone: ZoneInfo, today: date) -> PastTerm:
    """The file as its records make it: kept while the term of one of them runs, erased where all may go."""
    who = row.debtor_id
    event = select(func.max(journal.c.at)).join(t.case_event, t.case_event.c.id == journal.c.row_id)
    closed = _day(conn.execute(event.where(t.case_event.c.debtor_id == who)).scalar(), zone) or row.as_of
    known = dict(_records(conn, who, zone))
    last = max([closed, *known.values()])
    holds = frozenset(flag.value for flag in flags_of(conn, who)) & HOLDS
    asked = {
        keeping(
            Record(
                kind=kind,
                event=day,
                last_activity=last,
                settlement=closed if row.settled else None,
                case_close=closed,
                holds=holds,
            ),
            packs,
            today,
        )
        for kind, day in {"file": last, **known}.items()
    }
    strictest = next(each for each in (Keeping.KEEP, Keeping.STORE_ONLY, Keeping.DELETE) if each in asked)
    numbered = select(shown(t.account_case)).where(_CASE.debtor_id == who)
    numbers = conn.execute(numbered.order_by(_CASE.issuer, _CASE.serial)).scalars()
    return PastTerm(who, tuple(numbers), closed, strictest)


def _records(conn: Connection, who: str, zone: ZoneInfo) -> Iterable[tuple[str, date]]:
    """What there is of a debtor, each with the day of its last event."""
    end, attempt = t.attempt_end.c, t.attempt.c
    called = select(func.max(attempt.begun_at)).where(attempt.debtor_id == who)
    recorded = called.join(t.attempt_end, end.attempt_id == attempt.id).where(end.recording.is_not(None))
    visited = select(func.max(t.visit_state.c.changed_at)).where(t.visit_state.c.debtor_id == who)
    planned = (
        select(func.max(journal.c.at))
        .join(t.task_done, t.task_done.c.id == journal.c.row_id)
        .join(t.task, t.task.c.id == t.task_done.c.task_id)
        .where(
            t.task.c.debtor_id == who,
            t.task.c.kind == TaskKind.PLAN_REQUEST,
            t.task_done.c.decision == TaskDecision.APPROVED,
        )
    )
    for kind, statement in (("call", called), ("recording", recorded), ("visit", visited), ("oral_plan", planned)):
        day = _day(conn.execute(statement).scalar(), zone)
        if day is not None:
            yield kind, day
