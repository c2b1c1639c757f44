"""Imports files until it is killed: run by ``test_import.py``, which kills it (``killing``).

An order is the name of a file, or ``row ID``: that row, set aside before, is taken in.
"""

from pathlib import Path

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.services.intake import placements, set_aside
from collector_desk.services.office import people
from tests.faults import killing

placements._FIRST_PIECE = placements._LARGEST_PIECE = 10  # many transactions, each a moment to be killed in
placements._SHOWN_AT_ONCE = 15


def take(folder: Path, order: str) -> str | None:
    """The batch a file or a row became."""
    seat = people.sign_in(folder, "王", "correct horse")
    if order.startswith("row "):
        killing.watch()
        return set_aside.take_in(seat, [order.removeprefix("row ")]).batch
    seen = placements.preview(seat, Path(order))
    killing.watch()
    terms = dict.fromkeys(seen.ask_terms, PlacementTerms("某某银行"))
    return placements.import_placement(seat, seen, terms).batch


killing.serve(take, "pandas", "pypinyin")
