"""Closed, or without a role, by another seat: the window signs out and says why; nothing that was typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from collector_desk.domain.vocabulary import Outcome, Role
from collector_desk.services.calls import calling, left_open
from collector_desk.services.office import people
from collector_desk.store import tables as t
from tests.samples.store import PASSWORD

ENTER, ALT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NOTE = "客户请下午三点再联系"


def look_elsewhere(desk):
    """What the window does by itself every two seconds."""
    desk.window.pulse.look_elsewhere()
    desk.app.processEvents()


def signed_out(desk, qtbot) -> str:
    """The sentence on the sign-in screen."""
    qtbot.waitUntil(lambda: desk.window.session is None)
    assert desk.window.current_screen() is desk.window.screens.sign_in
    return desk.window.screens.sign_in.form.password_error.text()


def test_a_closed_person_s_window_signs_out_and_a_lead_ends_their_call(two_desks, qtbot):
    agent, lead = two_desks
    who = agent.debtor()
    agent.open()
    agent.key(ENTER)
    agent.key("D")
    attempt = agent.page.call.attempt
    assert attempt is not None
    agent.ctrl("N")
    agent.type(NOTE)
    people.leave(lead.seat, agent.seat.person.id)
    look_elsewhere(agent)
    assert "登录权限" in signed_out(agent, qtbot)
    assert QApplication.clipboard().text() == ""
    # the lead finds it in Review and takes it over by a key; the Work page offers it with what was typed
    lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    page = lead.window.page("review")
    assert page.tasks.detail.row.id == attempt.id
    lead.ctrl(ENTER)
    assert left_open.waiting(lead.seat) == ()
    assert lead.window.desk.form.pages.currentWidget() is lead.page
    assert lead.case_on_screen == who
    lead.key(ENTER)
    assert lead.page.call.attempt.id == attempt.id
    assert lead.page.log.note.toPlainText() == NOTE
    lead.key("N")
    assert calling.open_attempt(lead.seat) is None
    with lead.seat.store.read() as conn:
        end = conn.execute(select(t.attempt_end).where(t.attempt_end.c.attempt_id == attempt.id)).one()
    assert (end.outcome, end.actor_id) == (Outcome.NO_ANSWER, lead.seat.person.id)


@pytest.mark.parametrize(("language", "words"), [("zh_CN", "催收员"), ("en", "agent")])
def test_a_role_taken_signs_out_and_the_sentence_names_it(two_desks, qtbot, language, words):
    agent, lead = two_desks
    agent.debtor()
    agent.open(language)
    agent.key(ENTER)
    people.set_roles(lead.seat, agent.seat.person.id, frozenset({Role.VISITOR}))
    look_elsewhere(agent)
    assert words in signed_out(agent, qtbot).lower()
    # signed in again, they are what they are now
    form = agent.window.screens.sign_in.form
    form.person.setCurrentText("张晓")
    form.password.setFocus()
    agent.type(PASSWORD)
    agent.key(ENTER)
    qtbot.waitUntil(lambda: agent.window.session is not None)
    assert "work" not in agent.window.desk.buttons
    assert "visits" in agent.window.desk.buttons


def test_an_act_in_the_same_instant_signs_out_as_well(two_desks, qtbot):
    agent, lead = two_desks
    agent.debtor()
    agent.open()
    agent.key(ENTER)
    people.leave(lead.seat, agent.seat.person.id)
    agent.key("U", CTRL)  # looks behind the mask
    assert "登录权限" in signed_out(agent, qtbot)


def test_a_locked_window_is_signed_out_too(two_desks, qtbot):
    agent, lead = two_desks
    agent.debtor()
    agent.open("en")
    agent.key("L", CTRL)
    assert agent.window.current_screen() is agent.window.screens.lock
    people.leave(lead.seat, agent.seat.person.id)
    look_elsewhere(agent)
    assert "closed by a manager" in signed_out(agent, qtbot)


def test_a_role_given_stands_on_the_rail_at_once(two_desks):
    agent, lead = two_desks
    agent.debtor()
    agent.open()
    assert "review" not in agent.window.desk.buttons
    people.set_roles(lead.seat, agent.seat.person.id, frozenset({Role.AGENT, Role.SENIOR_AGENT, Role.LEAD}))
    look_elsewhere(agent)
    agent.key("3", ALT)
    assert agent.window.desk.form.pages.currentWidget() is agent.window.page("review")
