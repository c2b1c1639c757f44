"""Questions about contracts of guarantee: which number is a guarantor's by which paper."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from collector_desk.domain.book.history import Guarantee
from collector_desk.store import tables as t
from collector_desk.store.book.rows import guarantee
from collector_desk.store.engine import Connection

_GUARANTEE = t.guarantee.c


@dataclass(frozen=True, slots=True)
class NumberGuarantee:
    """A contract as it was entered for one number."""

    phone_id: str
    guarantee: Guarantee = field(repr=False)


_OF_TASK = (
    select(t.guarantee)
    .join(t.phone, t.phone.c.id == _GUARANTEE.phone_id)  # by the number, which is what the index knows
    .where(t.phone.c.debtor_id == bindparam("debtor_id"), _GUARANTEE.task_id == bindparam("task_id"))
    .order_by(_GUARANTEE.id)
)


def of_task(conn: Connection, debtor_id: str, task_id: str) -> tuple[NumberGuarantee, ...]:
    """The contract a task asks a lead to agree to, once for each number of whom it names."""
    rows = conn.execute(_OF_TASK, {"debtor_id": debtor_id, "task_id": task_id})
    return tuple(NumberGuarantee(row.phone_id, guarantee(row)) for row in rows)
