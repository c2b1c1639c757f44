"""What a file brought for debtors on file becomes theirs: their stand-ins go, their state follows from history."""

from collections.abc import Sequence

from collector_desk.store import search
from collector_desk.store.engine import Connection
from collector_desk.store.intake import batches
from collector_desk.store.projections import replay


def merge(conn: Connection, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Merge these stand-ins, each with whom it stands for; returns those. Money and queue are for the act."""
    found_by = batches.telling_stand_ins(conn, [stand_in for stand_in, _ in pairs])
    batches.drop_stand_ins(conn, [stand_in for stand_in, _ in pairs])
    targets = sorted({target for _, target in pairs})
    if targets:
        replay.rebuild(conn, targets)
    again = sorted({target for stand_in, target in pairs if stand_in in found_by})
    if again:
        search.index_debtors(conn, [batches.search_row(conn, target) for target in again])
    return targets


def merge_of(conn: Connection, debtor_ids: Sequence[str]) -> list[str]:
    """The same of whatever came for these debtors and counts."""
    return merge(conn, batches.stand_ins_of(conn, debtor_ids))
