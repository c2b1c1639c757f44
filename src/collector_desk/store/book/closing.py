"""Questions about accounts that are closed, or are to be."""

from collections.abc import Sequence

from sqlalchemy import bindparam, exists, select

from collector_desk.domain.book.closing import Account, Closed, Ending
from collector_desk.domain.book.debts import STANDING
from collector_desk.domain.visits.steps import OPEN_STATES
from collector_desk.domain.vocabulary import CaseState
from collector_desk.store import tables as t
from collector_desk.store.engine import Connection
from collector_desk.store.numbers import shown

_CASE, _EVENT = t.account_case.c, t.case_event.c
_ONE = select(
    _CASE.id, shown(t.account_case), _CASE.debtor_id, _CASE.state, _CASE.balance_minor, _CASE.currency
).where(_CASE.id == bindparam("case_id"))


def account_of(conn: Connection, case_id: str) -> Account | None:
    """One account as it stands; None where there is none."""
    row = conn.execute(_ONE, {"case_id": case_id}).first()
    if row is None:
        return None
    return Account(row.id, row.number, row.debtor_id, CaseState(row.state), row.balance_minor, row.currency)


_OWING = select(_CASE.id).where(
    _CASE.debtor_id == bindparam("debtor_id"), _CASE.state == CaseState.OPEN, _CASE.balance_minor > 0
)


def owes(conn: Connection, debtor_id: str) -> bool:
    """Whether a debtor owes anything on an open account."""
    return conn.execute(_OWING, {"debtor_id": debtor_id}).first() is not None


_PROMISE, _VISIT, _TASK = t.promise_state.c, t.visit_state.c, t.task_state.c
_ENGAGED = select(t.debtor.c.id).where(
    t.debtor.c.id.in_(bindparam("ids", expanding=True)),
    t.debtor.c.holder_id.is_not(None)
    | exists().where(_PROMISE.debtor_id == t.debtor.c.id, _PROMISE.state.in_(STANDING))
    | exists().where(_VISIT.debtor_id == t.debtor.c.id, _VISIT.state.in_(OPEN_STATES))
    | exists().where(_TASK.debtor_id == t.debtor.c.id, _TASK.open.is_(True)),
)


def engaged(conn: Connection, debtor_ids: Sequence[str]) -> frozenset[str]:
    """With whom of these something is going on: a promise, a visit, a question to a lead, somebody's hold."""
    return frozenset(conn.execute(_ENGAGED, {"ids": debtor_ids}).scalars())


_EVENTS = select(t.case_event).where(_EVENT.debtor_id == bindparam("debtor_id")).order_by(_EVENT.id)


def closed_accounts(conn: Connection, debtor_id: str) -> dict[str, Closed]:
    """By the account's id, how the closed ones came to be so; not those opened again, or closed elsewhere."""
    last = {row.case_id: row for row in conn.execute(_EVENTS, {"debtor_id": debtor_id})}
    return {
        case_id: Closed(Ending(row.event), row.written_on, row.document or "")
        for case_id, row in last.items()
        if row.event != Ending.REOPENED
    }


_CLOSED_LAST = (
    select(_EVENT.balance_minor)
    .where(_EVENT.case_id == bindparam("case_id"), _EVENT.event != Ending.REOPENED)
    .order_by(_EVENT.id.desc())
    .limit(1)
)


def owed_before(conn: Connection, case_id: str) -> int | None:
    """What was owed, in minor units, when the account was closed last; None where nobody closed it here."""
    found = conn.execute(_CLOSED_LAST, {"case_id": case_id}).scalar()
    return None if found is None else int(found)
