"""Who stands surety for a debtor by a proven contract, as the gate and the call read it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from collector_desk.domain.calls.identity import IdentityFacts
from collector_desk.store import tables as t
from collector_desk.store.agreed import agreed
from collector_desk.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What the contract says: who, by what paper, and what an identity check compares with."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)  # the whole of it, or its last four characters
    contract: str = field(repr=False)  # number or where the paper lies
    signed_on: date | None = None
    address: str = field(default="", repr=False)

    @property
    def identity(self) -> IdentityFacts:
        """The guarantor's own facts; never shown."""
        return IdentityFacts(self.name, self.id_number, (self.address,) if self.address else (), ())


_LAST = select(t.guarantee).where(agreed(t.guarantee.c.task_id)).order_by(t.guarantee.c.id.desc()).limit(1)


def of_number(conn: Connection, phone_id: str) -> Guarantee | None:
    """The guarantee behind a number; None where none holds."""
    row = conn.execute(_LAST.where(t.guarantee.c.phone_id == phone_id)).first()
    if row is None or not row.proven:
        return None
    return guarantee_of(row)


def guarantee_of(row: Any) -> Guarantee:
    """A row of the history of guarantees as the value it was written from."""
    return Guarantee(row.name or "", row.id_number or "", row.contract or "", row.signed_on, row.address or "")
