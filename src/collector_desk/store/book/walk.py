"""Where a person is in the queue: what they left without an outcome waits until the rest has had its turn.

A mark (``left_row``) is working state. It goes with the day, with any change of the row's place and with an
outcome, whoever brought that about: then the row stands in its order again.
"""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, delete, insert, select

from collector_desk.domain.book.ageing import StageLimits
from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.queue import QueueFilter
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import QUEUE_ORDER, ROW_COLUMNS, conditions, order_of, queue_row_of
from collector_desk.store.tables.columns import ID

_LEFT, _DEBTOR = t.left_row.c, t.debtor.c
_WHO: BindParameter[str] = bindparam("who", type_=ID)  # typed: it is written too, not only compared
_OF: BindParameter[str] = bindparam("debtor_id")
_SINCE: BindParameter[datetime] = bindparam("since", type_=_LEFT.left_at.type)
_NOT: BindParameter[str] = bindparam("not_these", expanding=True)
_PLACE = tuple(column.name for column in QUEUE_ORDER)
_SAME_PLACE = and_(*(_LEFT[name] == _DEBTOR[name] for name in _PLACE))


def next_of(
    conn: Connection,
    *,
    today: date,
    viewer_id: str,
    since: datetime,
    where: QueueFilter,
    other_than: Collection[str] = (),
) -> QueueRow | None:
    """The first row under the filter that the viewer did not leave since; all left: the one left longest ago."""
    limits = StageLimits()
    asked = {"who": viewer_id, "since": since, "not_these": list(other_than)}
    for build in (_untouched, _left_longest):
        row = conn.execute(build(where, today, viewer_id, limits), asked).first()
        if row is not None:
            return queue_row_of(row, today, limits)
    return None


@lru_cache(maxsize=32)
def _untouched(where: QueueFilter, today: date, viewer_id: str, limits: StageLimits) -> Select[Any]:
    left = select(_LEFT.queue_case).where(_LEFT.person_id == _WHO, _LEFT.left_at >= _SINCE)
    return (
        select(*ROW_COLUMNS)
        # by the case, which is in the order's own index: of thousands that were left no row has to be read
        .where(
            *conditions(where, today, viewer_id, limits), _DEBTOR.queue_case.not_in(left), _DEBTOR.id.not_in(_NOT)
        )
        .order_by(*order_of(where))
        .limit(1)
    )


@lru_cache(maxsize=32)
def _left_longest(where: QueueFilter, today: date, viewer_id: str, limits: StageLimits) -> Select[Any]:
    asked = [_LEFT.person_id == _WHO, _LEFT.left_at >= _SINCE, *conditions(where, today, viewer_id, limits)]
    return (
        select(*ROW_COLUMNS)
        .select_from(t.left_row.join(t.debtor, _SAME_PLACE))
        .where(*asked, _LEFT.debtor_id.not_in(_NOT))
        .order_by(_LEFT.left_at)
        .limit(1)
    )


_OLD = delete(t.left_row).where(_LEFT.person_id == _WHO, _LEFT.left_at < _SINCE)
_BEFORE = delete(t.left_row).where(_LEFT.person_id == _WHO, _LEFT.debtor_id == _OF)
_MARK = insert(t.left_row).from_select(
    ["person_id", "debtor_id", "left_at", *_PLACE],
    select(_WHO, _DEBTOR.id, bindparam("at", type_=_LEFT.left_at.type), *QUEUE_ORDER).where(_DEBTOR.id == _OF),
)


def leave(conn: Connection, person_id: str, debtor_id: str, at: datetime, since: datetime) -> None:
    """Mark a row as left by this person; marks from before ``since`` are forgotten on the way."""
    conn.execute(_OLD, {"who": person_id, "since": since})
    conn.execute(_BEFORE, {"who": person_id, "debtor_id": debtor_id})
    conn.execute(_MARK, {"who": person_id, "debtor_id": debtor_id, "at": at})


_FORGET = delete(t.left_row).where(_LEFT.debtor_id == _OF)


def forget(conn: Connection, debtor_id: str) -> None:
    """The row changed, or has its outcome: it stands in its order again, for everybody."""
    conn.execute(_FORGET, {"debtor_id": debtor_id})
