"""Takes files of counts over until it is killed: run by ``test_counts.py``, which kills it (``killing``)."""

from pathlib import Path

from collector_desk.services.intake import counts
from collector_desk.services.office import people
from tests.faults import killing

counts._FIRST_PIECE = counts._LARGEST_PIECE = 10  # many transactions, each a moment to be killed in


def take(folder: Path, order: str) -> str | None:
    """What a file's figures are filed under."""
    seat = people.sign_in(folder, "王", "correct horse")
    seen = counts.preview(seat, Path(order))
    killing.watch()
    return counts.import_counts(seat, seen).counts


killing.serve(take, "pandas")
