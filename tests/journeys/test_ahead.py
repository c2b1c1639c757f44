"""What comes next is read already when a key asks for it, and never shown as it was before a change."""

import threading

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from collector_desk.domain.changes import Changes
from collector_desk.services.book import cases
from collector_desk.store import tables as t

ENTER = Qt.Key.Key_Return


def on_the_first(desk, qtbot) -> tuple[str, str]:
    """The first case is on the screen, the second was read ahead."""
    first, second = desk.debtor(balance=900_000), desk.debtor("王明", balance=800_000)
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == first
    qtbot.waitUntil(lambda: desk.page.acts.turns.ahead.ready == second)
    return first, second


def test_the_key_after_no_answer_does_not_wait_for_a_case_to_be_read(desk, qtbot, monkeypatch: pytest.MonkeyPatch):
    _, second = on_the_first(desk, qtbot)
    desk.key("D")
    qtbot.waitUntil(lambda: desk.page.acts.turns.ahead.ready == second)
    read_by: list[threading.Thread] = []
    real = cases.open_case

    def watched(*given, **more):
        read_by.append(threading.current_thread())
        return real(*given, **more)

    monkeypatch.setattr(cases, "open_case", watched)
    desk.key("N")
    assert desk.case_on_screen == second
    assert threading.main_thread() not in read_by
    qtbot.waitUntil(lambda: len(read_by) > 0)  # read anew beside the window: what is shown is of now
    assert threading.main_thread() not in read_by
    qtbot.waitUntil(lambda: desk.page.call.case.file.debtor.holder_id == desk.seat.person.id)


def test_what_another_seat_changed_is_never_shown_as_it_was(two_desks, qtbot):
    desk, other = two_desks
    _, second = on_the_first(desk, qtbot)
    with other.seat.store.write() as conn:
        conn.execute(update(t.debtor).where(t.debtor.c.id == second).values(employer="新单位"))
    assert desk.page.acts.turns.ahead.take(second) is None
    desk.key("D")
    desk.key("N")
    assert desk.case_on_screen == second
    assert desk.page.call.case.file.debtor.employer == "新单位"


def test_what_was_changed_here_is_read_again(desk, qtbot):
    _, second = on_the_first(desk, qtbot)
    held = desk.page.acts.turns.ahead._read
    desk.window.distribute(Changes(debtors=frozenset({second})))
    assert desk.page.acts.turns.ahead.ready is None
    qtbot.waitUntil(lambda: desk.page.acts.turns.ahead.ready == second)
    assert desk.page.acts.turns.ahead._read is not held


def test_another_case_than_the_one_read_ahead_is_read_when_it_is_asked_for(desk, qtbot):
    on_the_first(desk, qtbot)
    third = desk.debtor("吴广")
    desk.page.acts.turns.open(third)
    assert desk.case_on_screen == third
    assert desk.page.call.case.file.debtor.name == "吴广"
