"""What a request for a visit goes by: the calls that failed, and what is owed on its accounts."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, func, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.text.masking import masked_number
from collector_desk.domain.visits.visit import FailedAttempt
from collector_desk.domain.vocabulary import Channel, Outcome, Result
from collector_desk.store import tables as t
from collector_desk.store.calls import ATTEMPTS_NOW, COUNTS

_ATTEMPT, _END, _CASE = t.attempt.c, t.attempt_end.c, t.account_case.c
_LATEST = 20
_TRIES = (
    select(_ATTEMPT.id, _ATTEMPT.begun_at, _END.outcome, _END.result, t.phone.c.number)
    .select_from(ATTEMPTS_NOW.outerjoin(t.phone, t.phone.c.id == _ATTEMPT.phone_id))
    .where(_ATTEMPT.debtor_id == bindparam("debtor_id"), _END.id.is_not(None), COUNTS)
    .order_by(_ATTEMPT.begun_at.desc())
    .limit(_LATEST)
)


def failed_calls(conn: Connection, debtor_id: str) -> tuple[FailedAttempt, ...]:
    """Of a debtor's latest calls those that reached nobody or led to nothing, oldest first."""
    found = conn.execute(_TRIES, {"debtor_id": debtor_id}).all()
    return tuple(
        FailedAttempt(row.id, row.begun_at, Channel.CALL, Outcome(row.outcome), masked_number(row.number or ""))
        for row in reversed(found)
        if row.result != Result.EFFECTIVE or row.outcome in (Outcome.REFUSES, Outcome.HANGS_UP)
    )


_OWED = select(func.sum(_CASE.balance_minor)).where(
    _CASE.id.in_(bindparam("ids", expanding=True)), _CASE.currency == bindparam("currency")
)


def owed_on(conn: Connection, case_ids: Collection[str], currency: str) -> Money | None:
    """What is owed on these accounts together; None where none of them is kept in this currency."""
    minor = conn.execute(_OWED, {"ids": list(case_ids), "currency": currency}).scalar()
    return None if minor is None else Money(int(minor), currency)
