"""Which attempt waits for whose outcome: at most one of a person and one with a debtor, until it is written."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from collector_desk.store import tables as t
from collector_desk.store.engine import Connection

_OPEN = t.open_attempt.c


def wait_for_outcome(conn: Connection, attempt_id: str, *, person_id: str, debtor_id: str, since: datetime) -> None:
    """This attempt waits for the outcome of this person; no other of theirs or with the debtor can be begun."""
    row = {"attempt_id": attempt_id, "person_id": person_id, "debtor_id": debtor_id, "begun_at": since}
    conn.execute(insert(t.open_attempt), row)


def hand_over(conn: Connection, attempt_id: str, person_id: str) -> None:
    """It waits for the outcome of somebody else from now on."""
    conn.execute(update(t.open_attempt).where(_OPEN.attempt_id == attempt_id).values(person_id=person_id))


_ENDED = delete(t.open_attempt).where(_OPEN.attempt_id == bindparam("ended"))


def ended(conn: Connection, attempt_id: str) -> None:
    """It has its outcome."""
    conn.execute(_ENDED, {"ended": attempt_id})


_WITH = select(_OPEN.attempt_id).where(_OPEN.debtor_id == bindparam("debtor_id"))


def is_called(conn: Connection, debtor_id: str) -> bool:
    """Whether a call with this debtor waits for its outcome, whosever it is."""
    return conn.execute(_WITH, {"debtor_id": debtor_id}).first() is not None
