"""An address learnt on a visit: the one writer of it besides the bank's files."""

from collector_desk.domain.states import AddressSource
from collector_desk.domain.vocabulary import AddressKind
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id
from collector_desk.store.record.contacts import address_places


def add(act: Writing, debtor_id: str, line: str, kind: AddressKind) -> None:
    """Put an address behind those on file, unless it is there already."""
    places = address_places(act.conn, debtor_id)
    if line in places:
        return
    act.record(
        t.address_added,
        {
            "address_id": new_id(),
            "debtor_id": debtor_id,
            "kind": kind.value,
            "line": line,
            "source": AddressSource.VISIT.value,
            "position": max(places.values(), default=0) + 1,
        },
    )
