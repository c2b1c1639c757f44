"""Takes lists of cases in until it is killed: run by ``test_ends.py``, which kills it (``killing``).

An order is the name of a list; or ``return FILE``: what is over is given back.
"""

from pathlib import Path

from collector_desk.services.book import bank_lists, returning
from collector_desk.services.intake import case_words
from collector_desk.services.office import people
from tests.faults import killing


def carry_out(folder: Path, order: str) -> str | None:
    """The batch a list became, or the number of the list of what was given back."""
    seat = people.sign_in(folder, "王", "correct horse")
    if order.startswith("return "):
        (mandate,) = bank_lists.board(seat)
        killing.watch()
        return returning.give_back(seat, mandate, Path(order.removeprefix("return "))).number
    seen = case_words.preview(seat, Path(order))
    killing.watch()
    return case_words.import_words(seat, seen).batch


killing.serve(carry_out, "pandas")
