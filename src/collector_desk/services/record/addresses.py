"""An address learnt on a visit: the one writer of it besides the bank's files."""

from sqlalchemy import func, select

from collector_desk.domain.states import AddressSource
from collector_desk.domain.vocabulary import AddressKind
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id


def add(act: Writing, debtor_id: str, line: str, kind: AddressKind) -> None:
    """Put an address behind those on file, unless it is there already."""
    known = t.address.c
    there = act.conn.execute(select(known.line).where(known.debtor_id == debtor_id)).scalars().all()
    if line in there:
        return
    place = act.conn.execute(select(func.max(known.position)).where(known.debtor_id == debtor_id)).scalar()
    act.record(
        t.address_added,
        {
            "address_id": new_id(),
            "debtor_id": debtor_id,
            "kind": kind.value,
            "line": line,
            "source": AddressSource.VISIT.value,
            "position": (place or 0) + 1,
        },
    )
