"""What a killed import left, whatever kind it was: cleared or finished at the next sign-in."""

from collector_desk.services.book.returning import ReturnsLeft
from collector_desk.services.desk.seat import Seat
from collector_desk.services.intake import machine
from collector_desk.services.intake.case_words import WordsLeft
from collector_desk.services.intake.counts import CountsLeft
from collector_desk.services.intake.payments import PaymentsLeft
from collector_desk.services.intake.placements import PlacementsLeft
from collector_desk.services.intake.undoing import UndoneLeft


def recover(seat: Seat) -> bool:
    """Quick where there is nothing. Says whether anything was done; while another seat imports it does nothing."""
    return machine.recover(
        seat, CountsLeft(), PlacementsLeft(), UndoneLeft(), PaymentsLeft(), WordsLeft(), ReturnsLeft()
    )
