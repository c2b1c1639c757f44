"""Undoes placement files until it is killed: run by ``test_undo.py`` (``killing``). An order is a batch."""

from pathlib import Path

from collector_desk.services.intake import undoing
from collector_desk.services.money import derive
from collector_desk.services.office import people
from tests.faults import killing

derive._AT_ONCE = 10  # many transactions, each a moment to be killed in


def carry_out(folder: Path, order: str) -> str:
    """The batch that was undone."""
    seat = people.sign_in(folder, "王", "correct horse")
    killing.watch()
    return undoing.undo(seat, order).file.batch


killing.serve(carry_out)
