"""Figures of the bank that fell below what known payments explain: what a lead was asked, and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import CaseState
from collector_desk.store import tables as t

_F = t.figure_fell.c
_OF: BindParameter[Any] = bindparam("of", expanding=True)


@dataclass(frozen=True, slots=True)
class AskedFall:
    """One that a lead was asked about. ``decision`` is None while it waits."""

    debtor_id: str
    case_id: str
    since: date
    as_of: date
    fell: Money
    task_id: str
    decision: TaskDecision | None


_ASKED = select(t.figure_fell, t.task_done.c.decision).outerjoin(t.task_done, t.task_done.c.task_id == _F.task_id)
_OF_MANY = _ASKED.where(_F.debtor_id.in_(_OF)).order_by(_F.id)
_OF_TASK = _ASKED.where(_F.task_id == bindparam("of"))
_OPEN = select(t.account_case.c.id, t.account_case.c.debtor_id, t.account_case.c.currency).where(
    t.account_case.c.debtor_id.in_(_OF),
    t.account_case.c.figure_minor.is_not(None),
    t.account_case.c.state == CaseState.OPEN,
)


def asked(conn: Connection, debtor_ids: Sequence[str]) -> list[AskedFall]:
    """Of these debtors."""
    return [_fall(row) for row in conn.execute(_OF_MANY, {"of": list(debtor_ids)}).mappings()]


def of_task(conn: Connection, task_id: str) -> AskedFall | None:
    """That which a task is about."""
    row = conn.execute(_OF_TASK, {"of": task_id}).mappings().first()
    return _fall(row) if row is not None else None


def _fall(said: RowMapping) -> AskedFall:
    return AskedFall(
        said["debtor_id"],
        said["case_id"],
        said["since"],
        said["as_of"],
        Money(said["fell_minor"], said["currency"]),
        said["task_id"],
        TaskDecision(said["decision"]) if said["decision"] else None,
    )


def refreshed_accounts(conn: Connection, debtor_ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Case, debtor and currency of their open accounts of which a later file told."""
    return [tuple(row) for row in conn.execute(_OPEN, {"of": list(debtor_ids)})]
