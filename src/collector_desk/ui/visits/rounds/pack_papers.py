"""A numbered pack as it was issued, saved once more where somebody says."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.exchange import outgoing
from collector_desk.services.visits import take_along
from collector_desk.services.visits.take_along import IssuedPack
from collector_desk.ui.theme import Tone
from collector_desk.ui.window import asking
from collector_desk.ui.window.workplace import Workplace


def ask_folder(parent: QWidget) -> str:
    """Ask where the papers go. Tests replace this."""
    words = QCoreApplication.translate("RoundView", "Where to put the pack")
    return str(asking.ask_folder(parent, words) or "")


def write_papers(folder: Path, number: str, pack: bytes, letter: bytes) -> None:
    """Write the pack and its letter, named by the number alone. Raises Trouble where they can't be written."""
    outgoing.write_together(folder, {f"{number}.pdf": pack, f"{number}-letter.pdf": letter})


def save_pack(place: Workplace, owner: QWidget, row: CarriedPack) -> None:
    """Save the copy as issued; the history says who took it."""
    folder = ask_folder(owner)
    if not folder:
        return
    seat = place.seat

    def work(_: object) -> IssuedPack:
        outgoing.check_folder(Path(folder))  # before the history says that it was taken out
        issued = take_along.copy_of(seat, row.id)
        write_papers(Path(folder), issued.number, issued.pack, issued.letter)
        return issued

    def saved(issued: IssuedPack) -> None:
        said = QCoreApplication.translate("IncidentView", "{number} saved.")
        place.toast(said.format(number=issued.number), Tone.OK)

    place.tasks.run(work, owner=owner, done=saved, failed=place.troubled)
