"""Whether what a store shows is what its history says: asked of every store a test leaves behind."""

from collector_desk.store.projections.replay import (
    Difference,
    StateDigest,
    debtor_pages,
    desk_differences,
    differences,
    of_debtors,
    of_the_desk,
)
from collector_desk.store.store import Store


def odd_state(store: Store) -> list[Difference]:
    """Every place where the stored state is not what the history says."""
    found = []
    with store.read() as conn:
        for page in debtor_pages(conn):
            found += differences(conn, page, of_debtors(conn, page))
        found += desk_differences(conn, of_the_desk(conn))
    return found


def digest(store: Store) -> str:
    """The state digest as ``verify`` says it."""
    made = StateDigest()
    with store.read() as conn:
        for page in debtor_pages(conn):
            made.add(of_debtors(conn, page))
        made.add(of_the_desk(conn))
    return made.value()
