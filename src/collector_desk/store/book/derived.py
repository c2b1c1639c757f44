"""The derived columns in debtors' rows: who is due to be worked out anew, and the writing of what came out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from collector_desk.domain.book.derived import DERIVED, PLACE, Figures
from collector_desk.domain.book.queue import ORDERED_IN
from collector_desk.store import tables as t
from collector_desk.store.ids import PLACE_OF_HEX
from collector_desk.store.kept import changed
from collector_desk.store.sqlite.bulk import binder_of

_TOP_TENTH = "top_tenth"
_OF = t.debtor.c.id == bindparam("of", type_=t.debtor.c.id.type)
_BINDERS = tuple((column.name, binder_of(column)) for column in t.debtor.columns if column.name in DERIVED)
_KEEP = f"UPDATE debtor SET {', '.join(f'{name}=?' for name, _ in _BINDERS)} WHERE id = {PLACE_OF_HEX}"  # noqa: S608
_DUE = update(t.debtor).where(_OF).values(queue_changes_at=bindparam("at"), calls_sum=None)
_DUE_OF_PLACEMENT = (
    update(t.debtor)
    .where(
        t.debtor.c.id.in_(
            select(t.account_case.c.debtor_id).where(t.account_case.c.placement_id == bindparam("placement_id"))
        )
    )
    .values(queue_changes_at=bindparam("at"))
)
_OFFER_AGAIN = delete(t.left_row).where(t.left_row.c.debtor_id == bindparam("of"))


def keep(conn: Connection, said: Mapping[str, Figures], stored: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the columns of those debtors of whom they are not what the row has, by the debtor.

    Whoever left a row without an outcome left it for what it was: once its place changes it comes up again.
    """
    differ = [who for who, figures in said.items() if figures != stored[who]]
    moved = [who for who in differ if any(said[who][name] != stored[who][name] for name in PLACE)]
    if moved:
        conn.execute(_OFFER_AGAIN, [{"of": who} for who in moved])
    if differ:
        conn.exec_driver_sql(_KEEP, [(*_bound(said[who]), who) for who in differ])
        changed(conn, t.debtor)


def _bound(figures: Figures) -> Iterator[Any]:
    """The columns as the driver gets them: Core takes twice as long over so many of so many debtors."""
    for name, bind in _BINDERS:
        value = figures[name]
        yield bind(value) if bind else value


def mark_due(conn: Connection, debtor_ids: Sequence[str], at: datetime) -> None:
    """Let the next tick work these debtors out anew, their calls read as well."""
    if debtor_ids:
        conn.execute(_DUE, [{"of": debtor_id, "at": at} for debtor_id in debtor_ids])
        changed(conn, t.debtor)


def mark_placement_due(conn: Connection, placement_id: str, at: datetime) -> None:
    """The same for everybody with an account of a placement."""
    conn.execute(_DUE_OF_PLACEMENT, {"placement_id": placement_id, "at": at})
    changed(conn, t.debtor)


def due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Debtors whose place changes by the mere passing of time, the longest overdue first."""
    statement = (
        select(t.debtor.c.id)
        .where(t.debtor.c.queue_changes_at <= now, t.debtor.c.visible.is_(True))
        .order_by(t.debtor.c.queue_changes_at)
        .limit(limit)
    )
    return list(conn.execute(statement).scalars())


def settled(conn: Connection, debtor_ids: Sequence[str], now: datetime) -> list[str]:
    """Those of them whose columns ought to be what their history says: not hidden yet, just called, or due."""
    d = t.debtor.c
    here = (
        d.id.in_(debtor_ids),
        d.visible.is_(True),
        or_(d.queue_changes_at.is_(None), d.queue_changes_at > now),
        d.id.not_in(select(t.open_attempt.c.debtor_id)),  # a call begun moves nobody before its outcome
    )
    return list(conn.execute(select(d.id).where(*here)).scalars())


def large_default(conn: Connection) -> int | None:
    """The balance above which the top tenth of the book lies, or None while it is empty; minor units.

    Of yuan alone: other currencies are not held against them.
    """
    here = t.debtor.c.currency == ORDERED_IN
    count = conn.execute(select(func.count()).select_from(t.debtor).where(here)).scalar_one()
    if not count:
        return None
    balance = t.debtor.c.balance_minor
    statement = select(balance).where(here).order_by(balance.desc()).offset(count // 10).limit(1)
    return int(conn.execute(statement).scalar_one())


def keep_top_tenth(conn: Connection, found: int | None) -> None:
    """Keep from what balance on the top tenth of the book lies."""
    anew = conn.execute(update(t.worked_out).where(t.worked_out.c.key == _TOP_TENTH).values(value=found))
    if not anew.rowcount:
        conn.execute(insert(t.worked_out).values(key=_TOP_TENTH, value=found))


_TOP = select(t.worked_out.c.value).where(t.worked_out.c.key == _TOP_TENTH)


def top_tenth(conn: Connection) -> int | None:
    """From what balance on the top tenth of the book lay, as last counted."""
    found = conn.execute(_TOP).scalar()
    return int(found) if found is not None else None
