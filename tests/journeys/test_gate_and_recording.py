"""Recording, guidance and what opens the gate, by keys alone in the real window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.conduct.values import ConsentScope
from collector_desk.domain.message import Refused
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    NumberKind,
    Outcome,
    RecordingGap,
    Role,
    Speaker,
    TaskKind,
)
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import DeskSettings
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.office import people
from collector_desk.services.permits import consents, contacts, tasks
from collector_desk.store import tables as t
from tests.samples.store import PASSWORD, let_in

ENTER = Qt.Key.Key_Return
ESC = Qt.Key.Key_Escape
NOTE = "接听人说客户不在家，已请其转告回电，未说明事由。"
LEAD = "周组长"
RECORDER = "录音平台"


def third_party(desk) -> None:
    """Somebody else answers, is asked to pass a word on, and the note is written."""
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("T")
    desk.clock.forward(seconds=40)
    desk.ctrl("N")
    desk.type(NOTE)
    desk.key(ESC)


def last_end(desk):
    with desk.seat.store.read() as conn:
        return conn.execute(select(t.attempt_end)).one()


def no_recorder(desk) -> None:
    lead = people.sign_in(desk.folder, "林主管", PASSWORD, clock=desk.clock)
    settings.change(lead, DeskSettings())
    lead.store.close()


def test_a_system_that_records_by_itself_costs_no_key(desk):
    desk.debtor()
    desk.open()
    third_party(desk)
    attempt = desk.page.call.attempt.id
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is None, desk.page.log.problem.text()
    assert last_end(desk).recording == f"{RECORDER} {attempt}"


def test_a_talk_without_recording_or_reason_is_refused_at_its_field(desk):
    no_recorder(desk)
    desk.debtor()
    desk.open()
    third_party(desk)
    desk.ctrl(ENTER)
    log = desk.page.log
    assert desk.page.call.attempt is not None
    assert "录音" in log.problem.text()
    assert log.more.isVisible()
    assert log.more.fields["recording"].hasFocus()
    assert log.note.toPlainText() == NOTE
    desk.type("R-2026-77")
    desk.ctrl(ENTER)
    assert last_end(desk).recording == "R-2026-77"


def test_a_reason_stands_in_for_the_recording(desk):
    desk.debtor()
    desk.open()
    third_party(desk)
    more = desk.page.log.more
    desk.key("L")
    more.picks["recording_gap"].setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key("2")
    assert more.fields["recording"].text() == ""
    desk.ctrl(ENTER)
    end = last_end(desk)
    assert end.recording is None
    assert f"no_recording:{RecordingGap.DEBTOR_OBJECTS.value}" in end.path


def test_another_reason_wants_words(desk):
    desk.debtor()
    desk.open()
    third_party(desk)
    desk.key("L")
    desk.page.log.more.picks["recording_gap"].setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key("4")
    desk.ctrl(ENTER)
    assert desk.page.call.attempt is not None
    desk.type("停电")
    desk.ctrl(ENTER)
    assert "no_recording:other: 停电" in last_end(desk).path


def test_nobody_reached_needs_no_recording(desk):
    no_recorder(desk)
    first, second = desk.debtor(), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("N")
    assert desk.case_on_screen == second
    assert first


def test_one_key_takes_the_guidance_away_and_it_stays_so_for_this_person(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    script = desk.page.script
    assert script.guide.isVisible()
    assert script.guide.text()
    desk.key("G")
    assert script.headline.isVisible()
    assert not script.guide.isVisible()
    assert not script.never.isVisible()
    likes = desk.window.preferences
    assert likes.brief_script(desk.seat.person.id)
    assert not likes.brief_script("somebody else")
    desk.key("G")
    assert script.guide.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_agreed_hours_open_a_closed_number_once_a_lead_agrees_until_they_are_taken_back(two_desks, qtbot, language):
    desk, lead = two_desks
    who = desk.debtor()
    desk.clock.forward(hours=12, minutes=45)  # 22:45
    desk.open(language)
    desk.page.acts.turns.open(who)
    assert not desk.page.call.number.callable_now
    assert desk.page.debtor.permits.isVisible()
    desk.key("H")
    gate = desk.page.column.gate
    assert gate.isVisible()
    assert gate.state.text()
    desk.ctrl(ENTER)
    assert gate.isVisible()  # hours and words are missing, and said so
    gate.start.setText("22:30")
    gate.end.setText("23:30")
    gate.words.setText("晚上十点半以后打给我")
    gate.proof.setText("微信")
    desk.ctrl(ENTER)
    assert gate.isVisible()
    assert gate._fields["proof"].error(), "nobody could look that up"
    gate.proof.setText("微信 20261123-2241")
    desk.ctrl(ENTER)
    desk.window.tasks.drain()
    assert not gate.isVisible()
    (consent,) = consents.in_force(desk.seat, who)
    assert (consent.scope, consent.agreed) == (ConsentScope.AGREED_HOURS, False)
    assert not cases.open_case(desk.seat, who).numbers[0].callable_now
    # the lead reads what was said and by what proof, and agrees by keys
    lead.open(language)
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), Qt.KeyboardModifier.AltModifier)
    page = lead.window.page("review")
    assert page.tasks.detail.task.kind == TaskKind.CONSENT
    said = " ".join(text.text() for text in page.tasks.detail.findChildren(QLabel))
    for part in ("22:30", "23:30", "晚上十点半以后打给我", "微信 20261123-2241"):
        assert part in said
    lead.key(ENTER)
    lead.type("已核对微信记录，客户确有此意")
    lead.ctrl(ENTER)
    assert page.tasks.count() == 0
    desk.window.pulse.look_elsewhere()
    assert cases.open_case(desk.seat, who).numbers[0].callable_now
    assert desk.page.call.number.callable_now
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.page.view.rest()
    desk.key("H")
    assert gate.isVisible()
    gate.what.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key("4")
    desk.ctrl(ENTER)
    assert consents.in_force(desk.seat, who) == ()
    assert not cases.open_case(desk.seat, who).numbers[0].callable_now


def test_the_panel_shows_no_override_to_an_agent(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("H")
    assert all(isinstance(choice.value, ConsentScope) for choice in desk.page.column.gate.what._choices)
    desk.key(ESC)
    assert desk.page.log.isVisible()
    assert not desk.page.panels.is_open


def talked_with_today(desk) -> str:
    """A debtor who was spoken to today: the house allows one talk a day."""
    who = desk.debtor()
    phone_id = cases.open_case(desk.seat, who).numbers[0].phone.id
    begun = calling.begin(desk.seat, debtor_id=who, phone_id=phone_id)
    desk.clock.forward(seconds=90)
    calling.finish(
        desk.seat,
        begun.attempt.id,
        CallLog(
            Outcome.REFUSES,
            Speaker.DEBTOR,
            IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
            60,
            "客户表示目前不愿意还款，已说明后续安排。",
            ArrearsReason.WILL_NOT_PAY,
            recording="R-1",
        ),
    )
    with pytest.raises(GateRefused) as refused:
        calling.begin(desk.seat, debtor_id=who, phone_id=phone_id)
    assert refused.value.decision.overridable
    return who


def test_a_lead_other_than_the_caller_lets_a_house_rule_pass(desk_of):
    manager = desk_of("林主管")
    let_in(manager.seat, name=LEAD, password=PASSWORD, roles=frozenset({Role.LEAD}))
    who = talked_with_today(desk_of("张晓"))
    lead = desk_of(LEAD).open()
    lead.page.acts.turns.open(who)
    lead.key("H")
    gate = lead.page.column.gate
    assert gate.what.value == "override"
    lead.ctrl(ENTER)
    assert gate.isVisible()  # no reason yet
    gate.words.setText("客户来电要求十分钟后回拨")
    lead.ctrl(ENTER)
    assert not gate.isVisible(), gate._fields["words"].field.text()
    with lead.seat.store.read() as conn:
        made = conn.execute(select(t.gate_override)).all()
    assert {row.approved_by for row in made} == {lead.seat.person.id}
    assert all(row.until > lead.clock.now() + timedelta(minutes=1) for row in made)
    assert not cases.open_case(lead.seat, who).numbers[0].callable_now  # never by the one who let it pass
    assert cases.open_case(desk_of("张晓").seat, who).numbers[0].callable_now


def unanswered(seat, who, clock, days=4) -> None:
    """Tried on several days at different hours: the debtor counts as lost."""
    for _ in range(days):
        own = next(card.phone.id for card in cases.open_case(seat, who).numbers if card.phone.own)
        begun = calling.begin(seat, debtor_id=who, phone_id=own)
        calling.finish(seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
        clock.forward(days=1, hours=1)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_lead_lets_the_contacts_be_asked_once_the_debtor_is_lost(two_desks, language):
    desk, lead = two_desks
    who = desk.debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    lead.open(language)
    work = lead.page
    work.acts.turns.open(who)
    work.acts.choose_number(work.call.case.numbers[-1].phone.id)
    lead.key("H")
    gate = work.column.gate
    assert _contacts_choice(gate) is None, "nobody tried the debtor yet"
    lead.key(ESC)
    queueing.release(lead.seat)
    unanswered(desk.seat, who, desk.clock)
    queueing.release(desk.seat)
    work.acts.turns.open(who)
    work.acts.choose_number(next(card.phone.id for card in work.call.case.numbers if not card.phone.own))
    assert not work.call.number.callable_now
    lead.key("H")
    choice = _contacts_choice(gate)
    gate.what.setFocus()
    lead.key(Qt.Key.Key_Down)
    lead.key(choice.key)
    lead.ctrl(ENTER)
    assert gate.isVisible()
    assert gate._fields["words"].error(), "without a reason nothing opens"
    gate.words.setFocus()
    lead.type("连续四天不同时段未接通，同意联系预留联系人。")
    lead.ctrl(ENTER)
    assert not gate.isVisible()
    assert cases.open_case(desk.seat, who).numbers[-1].callable_now
    own_eyes = [card for card in cases.open_case(lead.seat, who).numbers if not card.phone.own]
    assert not own_eyes[0].callable_now, "who lets others be asked does not ask them"


@pytest.mark.parametrize(("language", "agree"), [("zh_CN", True), ("en", False)])
def test_an_agent_asks_the_lead_for_the_contacts_of_who_is_lost(two_desks, language, agree):
    desk, lead = two_desks
    who = desk.debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188009999", NumberKind.CONTACT)))
    unanswered(desk.seat, who, desk.clock)
    desk.open(language)
    work = desk.page
    work.acts.turns.open(who)
    work.acts.choose_number(next(card.phone.id for card in work.call.case.numbers if not card.phone.own))
    desk.key("H")
    gate = work.column.gate
    assert _contacts_choice(gate) is None, "an agent opens nothing alone"
    gate.what.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key(_contacts_choice(gate, "ask_contacts").key)
    desk.ctrl(ENTER)
    assert gate._fields["words"].error(), "a lead wants to know why"
    gate.words.setFocus()
    desk.type("四天不同时段均未接通，本人疑似失联。")
    desk.ctrl(ENTER)
    assert not gate.isVisible()
    assert not cases.open_case(desk.seat, who).numbers[-1].callable_now
    assert cases.open_case(desk.seat, who).numbers[0].callable_now, "the debtor's own number is tried meanwhile"
    with pytest.raises(Refused) as twice:
        contacts.ask(desk.seat, who, "再问一次")
    assert twice.value.message.code == "permits.contacts.asked"

    desk.close()
    lead.open(language)
    page = lead.window.show_page("review")
    assert page.tasks.detail.task.note == "四天不同时段均未接通，本人疑似失联。"
    lead.key(ENTER)
    lead.type("已核对四日拨打记录。")
    if agree:
        lead.ctrl(ENTER)
    else:
        lead.ctrl("R")
    assert tasks.open_tasks(lead.seat) == ()
    opened = [card.callable_now for card in cases.open_case(lead.seat, who).numbers if not card.phone.own]
    assert opened == [False], "who lets others be asked does not ask them"
    with lead.seat.store.read() as conn:
        until = conn.execute(select(t.approval.c.until)).scalars().all()
    assert until == ([desk.clock.now() + contacts.LASTS] if agree else [])


def _contacts_choice(gate, value="contacts"):
    return next((choice for choice in gate.what._choices if choice.value == value), None)
