"""Questions about cases that go to a bank as they stand: the account, the last promise on it, how it ended."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.money import Money
from collector_desk.domain.exports.status import CaseStatus
from collector_desk.domain.vocabulary import CaseState, Outcome, PromiseState
from collector_desk.store import tables as t
from collector_desk.store.book import rows
from collector_desk.store.book.history import ACCOUNT_COLUMNS

_CASE = t.account_case.c
_HERE = _CASE.placement_id == bindparam("placement_id")
_ACCOUNTS = (
    select(
        *ACCOUNT_COLUMNS,
        t.debtor.c.name,
        t.debtor.c.customer_no,
        t.debtor.c.id_number,
        t.debtor.c.last_outcome,
    )
    .join(t.placement, t.placement.c.id == _CASE.placement_id)
    .join(t.debtor, t.debtor.c.id == _CASE.debtor_id)
    .where(_HERE, t.debtor.c.visible, t.debtor.c.name != "")  # of who was erased nothing goes out any more
    .order_by(_CASE.serial)
)
_PROMISES = (
    select(t.promise, t.promise_state.c.state)
    .select_from(
        t.promise_state.join(t.promise, t.promise.c.id == t.promise_state.c.promise_id).join(
            t.account_case, _CASE.id == t.promise_state.c.case_id
        )
    )
    .where(_HERE, t.promise_state.c.state.not_in([PromiseState.CANCELLED, PromiseState.REFUSED]))
    .order_by(t.promise.c.given_at, t.promise.c.id)
)
_ENDS = (
    select(t.case_event)
    .join(t.account_case, _CASE.id == t.case_event.c.case_id)
    .where(_HERE)
    .order_by(t.case_event.c.id)
)


def cases_of(conn: Connection, placement_id: str, today: date, now: datetime) -> Iterator[CaseStatus]:
    """Every case of a placement; the last promise on it that was not replaced, and how it ended last."""
    asked = {"placement_id": placement_id}
    promises = {row.case_id: row for row in conn.execute(_PROMISES, asked)}
    ends = {row.case_id: row for row in conn.execute(_ENDS, asked)}
    for row in conn.execute(_ACCOUNTS, asked):
        (case,) = rows.accounts([row], today, today)
        promise = promises.get(case.id)
        end = ends.get(case.id) if case.state is not CaseState.OPEN else None
        yield CaseStatus(
            debtor_id=row.debtor_id,
            case=case,
            name=row.name,
            customer_no=row.customer_no,
            id_number=row.id_number,
            at=now,
            outcome=Outcome(row.last_outcome) if row.last_outcome else None,
            ending=Ending(end.event) if end is not None else None,
            ended_on=end.written_on if end is not None else None,
            **_promised(promise),
        )


def _promised(promise: Any) -> dict[str, Any]:
    if promise is None:
        return {}
    return {
        "promised": Money(promise.amount_minor, promise.currency),
        "promised_at": promise.due_at,
        "promise": PromiseState(promise.state),
    }
