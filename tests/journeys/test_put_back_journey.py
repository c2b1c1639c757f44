"""The store's folder put back by hand: the window shows everything, dials nothing, until a lead has answered."""

import shutil
import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import msg
from collector_desk.resources import home_folder
from collector_desk.services.calls import calling
from collector_desk.store import marks
from collector_desk.ui.work.page import WorkPage
from tests.journeys.test_import_journey import settings_part
from tests.samples.put_back import aside, put_back

ENTER = Qt.Key.Key_Return
AGENT, LEAD = "张晓", "林主管"


def shown(widget) -> str:
    """Every text on the screen."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def killed(desk) -> None:
    """The window is gone without a word, and the store with it."""
    window = desk.window
    window.session = None
    window.idle.stop()
    window.pulse.stop()
    work = window.page("work")
    if isinstance(work, WorkPage):
        work.watch.stop()
    window.tasks.drain()
    window.desk.shut()
    window.close()
    window.deleteLater()
    desk.window = None
    desk.seat.let_go()
    desk.session = SimpleNamespace(close=lambda: None)  # nobody is left to sign out


@pytest.mark.parametrize(
    ("language", "refusal", "who"),
    [("zh_CN", "换回较早的状态", "须由主管"), ("en", "put back to an earlier state", "A lead answers")],
)
def test_put_back_one_may_look_but_not_dial_until_a_lead_answers(desk_of, qtbot, language, refusal, who):
    first = desk_of(AGENT)
    first.debtor()
    first.debtor("王小明")
    first.open(language)
    morning = aside(first.folder)
    first.key(ENTER)
    first.key("D")
    with first.seat.store.read() as conn:
        done = marks.mark_of(conn).place
    # the mark follows by itself, behind the key press
    qtbot.waitUntil(lambda: marks.read(first.folder, first.seat.store_id).user.place >= done)
    killed(first)
    put_back(morning, first.folder)

    agent = desk_of(AGENT)
    agent.open(language)
    assert refusal in shown(agent.window), "said at the door"
    agent.key(ENTER)
    assert agent.case_on_screen is not None, "one may look"
    agent.key("D")
    assert agent.page.call.attempt is None
    assert calling.open_attempt(agent.seat) is None
    assert refusal in shown(agent.page)
    assert who in shown(agent.page)
    part = settings_part(agent, "keeping")
    assert part.standing_card.isVisible()
    assert not part.standing_card.button.isVisible(), "no lead"

    lead = desk_of(LEAD)
    lead.open(language)
    assert refusal in shown(lead.window)
    part = settings_part(lead, "keeping")
    card = part.standing_card
    qtbot.waitUntil(card.reason.hasFocus)
    lead.key(ENTER)
    assert card.reason_field.error()
    lead.type("硬盘损坏，从早上的副本继续")
    lead.key(ENTER)
    assert not card.isVisible()
    qtbot.waitUntil(lambda: refusal not in shown(lead.window))  # neither card nor banner says so any more

    again = desk_of(AGENT)
    again.open(language)
    assert refusal not in shown(again.window)
    again.key(ENTER)
    again.key("D")
    assert again.page.call.attempt is not None
    again.key("N")
    assert calling.open_attempt(again.seat) is None


def test_no_key_waits_for_the_mark_and_what_stands_in_its_way_is_told_once(desk, qtbot, monkeypatch):
    """It is written by a worker; a place where it can't be written holds up no call."""
    by = []
    real = marks.advance

    def advance(folder, mark):
        by.append(threading.current_thread())
        return real(folder, mark)

    monkeypatch.setattr(marks, "advance", advance)
    desk.debtor()
    desk.open("zh_CN")
    desk.key(ENTER)
    desk.key("D")
    qtbot.waitUntil(lambda: bool(by))
    assert threading.main_thread() not in by
    folder = home_folder() / "marks"
    shutil.rmtree(folder)
    folder.write_bytes(b"")
    desk.key("N")
    qtbot.waitUntil(lambda: "标记" in shown(desk.window))
    assert desk.page.call.attempt is None, "the call is saved all the same"
    banner = desk.window.desk
    banner.show_message(msg("office.first_password"))
    before = len(by)
    desk.debtor("王小明")
    desk.window.distribute(Changes(everything=True))
    desk.key(ENTER)
    desk.key("D")
    qtbot.waitUntil(lambda: len(by) > before)
    desk.window.tasks.drain()
    desk.app.processEvents()
    assert "标记" not in shown(desk.window)
    desk.key("N")
