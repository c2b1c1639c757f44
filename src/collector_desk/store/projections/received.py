"""What came from the banks: placements, files, batches. Staged they lie there unsaid; the commit says them."""

from collections.abc import Iterator

from collector_desk.domain.states import BatchKind, BatchState, PaymentsEvent
from collector_desk.store import tables as t
from collector_desk.store.projections.facts import Changed, Effect, Put, Recorded


def placement_begun(line: Recorded) -> Iterator[Effect]:
    """A placement as its first file named it; its terms may change."""
    yield Put(
        t.placement,
        {
            "id": line["placement_id"],
            "number": line["number"],
            "bank_name": line["terms"]["bank_name"],
            "placed_on": line["placed_on"],
            "terms": line["terms"],
            "created_at": line.at,
        },
    )


def file_received(line: Recorded) -> Iterator[Effect]:
    """A file, whose bytes lie beside it."""
    yield Put(
        t.received_file,
        {
            "id": line["file_id"],
            "sha256": line["sha256"],
            "filename": line["filename"] or "",
            "size": line["size"],
            "received_at": line.at,
            "received_by": line.actor_id,
        },
    )


def counted(line: Recorded) -> Iterator[Effect]:
    """A batch that counts from now on."""
    names = ("file_id", "placement_id", "from_batch", "accepted", "set_aside", "duplicates", "refreshed")
    yield Put(
        t.batch,
        {
            "id": line["batch_id"],
            "state": BatchState.VISIBLE,
            "kind": BatchKind.PLACEMENT,
            **{name: line[name] for name in (*names, "amounts", "hidden")},
            "told_kind": None,
            "covers_from": None,
            "covers_to": None,
            "imported_at": line.at,
            "imported_by": line.actor_id,
        },
    )


def undone(line: Recorded) -> Iterator[Effect]:
    """A batch that counts for nothing any more; what it said of its debtors goes with it (``replay``)."""
    yield Changed(t.batch, line["batch_id"], {"state": BatchState.UNDONE})


def payments_counted(line: Recorded) -> Iterator[Effect]:
    """A payment file that counts from now on."""
    yield Put(
        t.batch,
        {
            "id": line["id"],
            "file_id": line["file_id"],
            "placement_id": None,
            "from_batch": None,
            "state": BatchState.VISIBLE,
            "kind": BatchKind.PAYMENTS,
            "accepted": line["rows"],
            "refreshed": 0,
            "duplicates": line["repeated"],
            "hidden": line["hidden"],
            "told_kind": line["kind"],
            **{name: line[name] for name in ("set_aside", "amounts", "covers_from", "covers_to")},
            "imported_at": line.at,
            "imported_by": line.actor_id,
        },
    )


def payments_said(line: Recorded) -> Iterator[Effect]:
    """A payment file that counts for nothing any more, or tells of other days."""
    if line["event"] == PaymentsEvent.TOLD:
        days = {name: line[name] for name in ("covers_from", "covers_to")}
        yield Changed(t.batch, line["batch_id"], {"told_kind": line["kind"], **days})
    else:
        yield Changed(t.batch, line["batch_id"], {"state": line["event"]})


def words_counted(line: Recorded) -> Iterator[Effect]:
    """A list of what a bank says of cases that counts from now on."""
    yield Put(
        t.batch,
        {
            "id": line["id"],
            "file_id": line["file_id"],
            "placement_id": None,
            "from_batch": None,
            "state": BatchState.VISIBLE,
            "kind": BatchKind.WORDS,
            "accepted": line["rows"],
            "duplicates": line["unmatched"],
            "set_aside": line["set_aside"],
            "amounts": [],
            "hidden": line["hidden"],
            "imported_at": line.at,
            "imported_by": line.actor_id,
        },
    )
