"""A call from the queue to the next case, by keys alone, within the budgets of the design."""

from PySide6.QtCore import Qt

from collector_desk.domain.vocabulary import Outcome
from collector_desk.services import calling, cases, queueing

ENTER = Qt.Key.Key_Return


def last_outcome(desk, who: str) -> str:
    return cases.open_case(desk.seat, who).timeline[0].detail[0].params["outcome"]


def test_no_answer_takes_two_keys_to_the_next_case(desk):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.presses = 0
    desk.key("D")
    assert desk.page.call.attempt is not None
    desk.key("N")
    assert desk.presses == 2
    assert desk.case_on_screen == second
    assert calling.open_attempt(desk.seat) is None
    assert last_outcome(desk, first) is Outcome.NO_ANSWER
    assert queueing.day_line(desk.seat).tried == 1
