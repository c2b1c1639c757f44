"""A debtor's numbers and addresses, after what was learnt of them."""

from collections.abc import Iterator

from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Made, Recorded


def number_added(line: Recorded) -> Iterator[Effect]:
    """A number more on the file; what an erasure left blank stays blank."""
    yield Made(
        t.phone,
        {
            "id": line["phone_id"],
            "debtor_id": line["debtor_id"],
            "number": line["number"] or "",
            "kind": line["kind"],
            "owner_name": "",
            "relation": line["relation"] or "",
            "standing": line["standing"],
            "source": line["source"],
            "position": line["position"],
        },
    )


def number_learnt(event: Recorded) -> Iterator[Effect]:
    """What is known of a number."""
    yield Changed(t.phone, event["phone_id"], {"standing": event["standing"]})


def number_is(line: Recorded) -> Iterator[Effect]:
    """Whose number it is."""
    yield Changed(t.phone, line["phone_id"], {"kind": line["kind"], "owner_name": line["owner_name"] or ""})


def address_added(line: Recorded) -> Iterator[Effect]:
    """An address more on the file."""
    yield Made(
        t.address,
        {
            "id": line["address_id"],
            "debtor_id": line["debtor_id"],
            "kind": line["kind"],
            "line": line["line"] or "",
            "source": line["source"],
            "position": line["position"],
        },
    )
