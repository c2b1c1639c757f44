"""The rarer ways of a call, by keys alone: the gate's time, the guarantor, the edge of the hours, other seats."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.calls.identity import Factor
from collector_desk.domain.calls.scripts import ScriptPurpose
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Addressee, Flag, NumberKind, NumberStanding, Speaker
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.desk import settings
from collector_desk.services.desk.clock import SystemClock
from collector_desk.services.desk.seat import acting
from collector_desk.services.office import people
from collector_desk.services.permits import guarantees, tasks
from collector_desk.services.record import flags
from collector_desk.store import tables as t
from tests.samples.store import PASSWORD, TEN_IN_SHANGHAI, copy_store

ENTER = Qt.Key.Key_Return
ESC = Qt.Key.Key_Escape
OWN, THEIRS = "16188005778", "16188009999"
PROOF = Guarantee("薛建国", "11010519491231002X", "BZ-2021-77", date(2021, 5, 6))
NOTE = "担保人说明月底可以代为处理，请我方月底再联系，已复述。"


def two_numbers(desk) -> str:
    return desk.debtor(numbers=((OWN, NumberKind.MOBILE), (THEIRS, NumberKind.CONTACT)))


def say_who(desk, who: str) -> None:
    """Dial, "it is me", two right answers: identity is checked."""
    file = cases.open_case(desk.seat, who).file
    desk.key("D")
    desk.key("1")
    desk.type(file.debtor.name)
    desk.key(ENTER)
    desk.type(file.debtor.id_number[-4:])
    desk.key(ENTER)
    desk.clock.forward(seconds=90)


def a_lead_agrees(desk) -> None:
    """The second person, at another seat."""
    lead = people.sign_in(desk.folder, "林主管", PASSWORD, clock=desk.clock)
    (task,) = tasks.open_tasks(lead)
    tasks.settle(lead, task.id, approve=True, reason="已核对担保合同原件")
    lead.store.close()


def last_end(desk):
    with desk.seat.store.read() as conn:
        return conn.execute(select(t.attempt_end).order_by(t.attempt_end.c.id.desc())).first()


def flagged(seat, who: str, flag: Flag) -> None:
    """Somebody at this seat sets a flag, as an outcome or a lead does."""
    with acting(seat, "flag.set") as act:
        flags.put(act, who, flag, on=True)
        refresh.refresh(act.conn, [who], act.at)


# --- one key sets the case for then ------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_key_sets_the_case_for_when_it_may_be_called(desk, language):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.clock.forward(hours=13)  # 23:00
    desk.open(language)
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.key("D")
    page = desk.page
    assert "08:00" in page.banner.action.text()
    assert page.banner.action.text().endswith("S")
    desk.key("S")
    assert desk.case_on_screen == second
    assert "08:00" in page.log.state.text()
    file = cases.open_case(desk.seat, first).file
    assert (file.debtor.holder_id, file.why.code) == (None, "book.scheduled")
    at = file.why.params["at"]
    assert desk.seat.local(at).strftime("%d %H:%M:%S") == "24 08:00:00"
    desk.clock.at = at
    desk.window.pulse.look_elsewhere()
    assert queueing.next_row(desk.seat).debtor_id == first
    assert queueing.next_row(desk.seat).why.code == "book.scheduled_due"


def test_the_panel_and_the_waiting_log_have_the_button_too(desk):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.clock.forward(hours=13)
    desk.open()
    desk.key(ENTER)
    assert desk.page.log.waiting.button.text().endswith("S")
    desk.key("H")
    gate = desk.page.column.gate
    assert gate.later.isVisible()
    assert "08:00" in gate.later.text()
    gate.later.click()
    assert desk.case_on_screen == second
    assert cases.open_case(desk.seat, first).file.why.code == "book.scheduled"
    desk.page.log.waiting.button.click()
    assert desk.case_on_screen is None


def test_where_no_time_helps_the_key_says_who_has_to_act(desk):
    first = desk.debtor()
    lead = people.sign_in(desk.folder, "林主管", PASSWORD, clock=desk.clock)
    settings.change(lead, Share())
    lead.store.close()
    desk.open()
    desk.key(ENTER)
    desk.key("S")
    assert "额度" in desk.page.banner.text()
    assert desk.case_on_screen == first
    desk.key("H")
    assert not desk.page.column.gate.later.isVisible()
    assert "额度" in desk.page.column.gate.state.text()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_needs_a_decision_is_said_before_any_hour(desk, language):
    who = desk.debtor()
    flagged(desk.seat, who, Flag.VULNERABLE)
    desk.clock.forward(hours=13)  # 23:00
    desk.open(language)
    desk.ctrl("F")
    desk.type("朱雪彩")
    desk.key(ENTER)
    assert desk.case_on_screen == who
    desk.key("D")
    banner = desk.page.banner
    said = banner.text() + banner._todo.text()
    assert ("需特别关照" if language == "zh_CN" else "special care") in said
    assert ":00" not in said
    assert ("须先由催收主管处理" if language == "zh_CN" else "A lead has to decide") in said
    assert ("House policy" in said) == (language == "en")


# --- the guarantor -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_contact_becomes_a_guarantor_by_the_contract_and_is_called_as_such(desk, qtbot, language):
    who = two_numbers(desk)
    desk.open(language)
    desk.key(ENTER)
    page = desk.page
    desk.key("J")
    assert page.call.number.phone.number == THEIRS
    assert not page.call.number.callable_now
    desk.key("H")
    gate = page.column.gate
    gate.what.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.key("4")  # a guarantor
    assert gate.id_number.isVisible()
    desk.ctrl(ENTER)
    assert gate.isVisible()  # the contract is missing, and said so
    for field, text in (
        (gate.name, PROOF.name),
        (gate.id_number, "002X"),
        (gate.proof, "BZ-2021-7"),
        (gate.day, "20210506"),
    ):
        field.setFocus()
        field.clear()
        desk.type(text)
    desk.ctrl(ENTER)
    assert not gate.isVisible()
    assert not page.debtor.surety_numbers[0].isVisible(), "one person makes nobody a guarantor"
    a_lead_agrees(desk)
    desk.window.pulse.look_elsewhere()
    qtbot.waitUntil(page.debtor.surety_numbers[0].isVisible)
    assert page.debtor.surety_numbers[0].isChecked()
    desk.key("J")
    desk.key("D")
    assert page.call.attempt.to is Addressee.GUARANTOR
    assert page.call.walk.here.purpose is ScriptPurpose.GUARANTOR
    desk.key("1")
    assert page.script.identity.field(Factor.NAME).hasFocus()
    assert not page.script.identity.field(Factor.CARD_OPENED).isVisible()  # the debtor's own fact
    desk.type(PROOF.name)
    desk.key(ENTER)
    desk.type("002X")
    desk.key(ENTER)
    assert page.call.speaker is Speaker.GUARANTOR
    desk.clock.forward(seconds=90)
    desk.key("R")
    desk.key("4")  # call back
    page.log.fields.day.setFocus()
    desk.type("30")
    page.log.fields.at.setFocus()
    desk.type("15")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert page.call.attempt is None, page.log.problem.text()
    end = last_end(desk)
    assert (end.speaker, end.result, end.outcome) == ("guarantor", "connected", "call_back")
    with desk.seat.store.read() as conn:
        assert conn.execute(select(t.attempt.c.addressee)).scalar_one() == "guarantor"
    assert who


def test_somebody_else_at_the_guarantors_hears_nothing_and_the_guarantor_is_checked_anew(desk):
    who = two_numbers(desk)
    contact = cases.open_case(desk.seat, who).numbers[1].phone.id
    guarantees.prove(desk.seat, who, contact, PROOF)
    a_lead_agrees(desk)
    desk.open()
    desk.key(ENTER)
    assert desk.page.call.number.phone.number == OWN  # never by itself
    desk.key("J")
    desk.key("D")
    desk.ctrl("T")
    page = desk.page
    assert page.call.third_party
    assert "担保人" in page.log.third.text()
    desk.ctrl("T")
    assert page.call.walk.at_identity_check
    assert page.call.walk.here.purpose is ScriptPurpose.GUARANTOR


# --- the edge of the hours (edge cases 2 and 3) ------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_edge_2_a_call_over_the_edge_is_warned_before_it_and_told_at_it(desk, language):
    who = desk.debtor()
    desk.clock.forward(hours=11, minutes=50)  # 21:50
    desk.open(language)
    desk.key(ENTER)
    say_who(desk, who)  # 90 seconds
    page = desk.page
    page.watch.tick()
    assert page.banner.text() == ""
    desk.clock.forward(minutes=4)  # 21:55:30
    page.watch.tick()
    assert "22:00" in page.banner.text()
    desk.key(ESC)
    page.watch.tick()
    assert page.banner.text() == ""  # once
    desk.clock.forward(minutes=4, seconds=30)
    page.watch.tick()
    assert "22:00" in page.banner.text()
    desk.clock.forward(minutes=1)
    desk.key("R")
    desk.key("9")  # hung up
    desk.ctrl("N")
    desk.type("客户表示时间已晚，已礼貌结束通话，约定明天白天再联系。")
    desk.ctrl(ENTER)
    end = last_end(desk)
    assert end is not None, page.log.problem.text()
    told = [step.partition("@") for step in end.path if step.startswith("clos")]
    assert [(name, at[11:19]) for name, _, at in told] == [("closing_soon", "13:55:30"), ("close_now", "14:00:00")]


def test_edge_2_the_warning_comes_after_a_crash_too(desk):
    who = desk.debtor()
    desk.clock.forward(hours=11, minutes=50)
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.crash()
    desk.clock.forward(minutes=6)
    desk.open()
    desk.key(ENTER)
    assert desk.page.call.attempt.debtor_id == who
    desk.page.watch.tick()
    assert "22:00" in desk.page.banner.text()


@pytest.mark.parametrize("over", [True, False])
def test_after_a_crash_the_time_of_the_talk_is_asked(desk, over):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.clock.forward(seconds=40)
    desk.page.acts.keep_draft()
    desk.crash()
    desk.clock.forward(minutes=24)
    desk.open()
    desk.key(ENTER)
    call = desk.page.call
    assert call.talking
    assert desk.page.banner.isVisible()
    if over:
        desk.key(ENTER)
        assert (call.talking, call.seconds()) == (False, 40)
    else:
        desk.key("1")  # who goes on with the script is still talking
        desk.key(ENTER)
        assert (call.talking, call.last_known) == (True, None)
    assert any(mark.startswith("interrupted@") for mark in call.content()["marks"])


def test_edge_3_prepared_in_time_it_is_asked_again_at_the_dial(desk):
    desk.debtor()
    desk.clock.forward(hours=11, minutes=58)
    desk.open()
    desk.key(ENTER)
    assert desk.page.call.number.callable_now
    desk.clock.forward(minutes=3)
    desk.key("D")
    assert desk.page.call.attempt is None
    assert "08:00" in desk.page.banner.text()
    with desk.seat.store.read() as conn:
        assert conn.execute(select(t.gate_decision.c.verdict)).scalar_one() == "block"


def test_edge_9_a_clock_set_ahead_is_asked_about_and_a_lead_vouches_for_it(desk, qapp, qtbot, template, tmp_path):
    wall, steady = [TEN_IN_SHANGHAI], [0.0]
    clock = SystemClock(lambda: wall[0], lambda: steady[0])
    folder = tmp_path / "machine" / "store"
    copy_store(template, folder)
    lead = type(desk)(qapp, folder, clock, "林主管")
    try:
        lead.debtor()
        lead.open()
        lead.key(ENTER)
        wall[0] += timedelta(hours=3)
        lead.key("D")
        page = lead.page
        assert page.call.attempt is None
        assert "确认" in page.banner._todo.text()
        lead.key(ESC)
        lead.key("H")
        gate = page.column.gate
        gate.what.setFocus()
        lead.key(Qt.Key.Key_Down)
        lead.key("1")
        gate.words.setFocus()
        lead.type("时间服务器校准，已与手机核对")
        lead.ctrl(ENTER)
        assert not gate.isVisible()
        qtbot.waitUntil(lambda: page.call.number.callable_now)
        lead.key("D")
        assert page.call.attempt is not None
    finally:
        lead.close()


# --- who is on the line (edge cases 23 and 24) -------------------------------------------------------


def test_edge_23_a_third_party_turns_out_to_be_the_debtor(desk):
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("T")
    page = desk.page
    assert page.call.third_party
    assert not page.debtor.amount.isVisible()
    desk.ctrl("T")
    assert page.call.walk.at_identity_check
    assert not page.call.facts_open
    file = cases.open_case(desk.seat, who).file
    desk.type(file.debtor.name)
    desk.key(ENTER)
    desk.type(file.debtor.id_number[-4:])
    desk.key(ENTER)
    assert page.call.facts_open
    desk.clock.forward(seconds=90)
    desk.key("R")
    desk.key("5")  # refuses
    desk.key("Y")
    desk.key("1")
    desk.ctrl("N")
    desk.type("先由家人接听，随后客户本人接听并核身，表示暂时无力偿还。")
    desk.ctrl(ENTER)
    end = last_end(desk)
    assert end is not None, page.log.problem.text()
    assert (end.speaker, end.result) == ("debtor", "effective")
    assert any(step.startswith("third_party.") for step in end.path)  # why is in the path
    assert not cases.open_case(desk.seat, who).numbers[0].callable_now


def test_edge_24_the_debtor_turns_out_to_be_somebody_else(desk):
    shared = ((OWN, NumberKind.MOBILE),)
    first, second = desk.debtor(numbers=shared), desk.debtor("王明", numbers=shared)
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    assert not desk.page.call.facts_open  # nothing is disclosed before identity
    desk.key("W")
    desk.key("W")
    desk.window.tasks.drain()
    for who in (first, second):
        case = cases.open_case(desk.seat, who)
        assert case.file.phones[0].standing is NumberStanding.WRONG
        assert not case.numbers[0].callable_now


# --- other seats (edge cases 15 and 31) --------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_edge_31_a_flag_set_on_another_seat_shows_within_one_look(two_desks, language):
    desk, other = two_desks
    who = desk.debtor()
    desk.open(language)
    desk.key(ENTER)
    say_who(desk, who)
    flagged(other.seat, who, Flag.COMPLAINT_OPEN)
    assert desk.window.pulse._poll.interval() <= 5000
    desk.window.pulse.look_elsewhere()
    page = desk.page
    assert {"zh_CN": "投诉", "en": "omplaint"}[language] in page.banner.text()
    assert page.call.attempt is not None
    desk.key(ESC)
    desk.window.pulse.look_elsewhere()
    assert page.banner.text() == ""  # told once
    desk.key("R")
    desk.key("9")
    desk.ctrl("N")
    desk.type("通话中收到投诉标记，已停止催收话题并礼貌结束通话。")
    desk.ctrl(ENTER)
    end = last_end(desk)
    assert end is not None, page.log.problem.text()
    (mark,) = [step for step in end.path if step.startswith("flag:")]
    assert mark.partition("@")[0] == "flag:complaint_open"


def test_edge_15_two_windows_dial_in_the_same_second_and_one_gets_the_call(two_desks):
    desk, other = two_desks
    who = desk.debtor()
    desk.open()
    other.open()
    with desk.seat.store.write() as conn:  # both have the case before them
        conn.execute(t.debtor.update().values(holder_id=None))
    desk.page.call.open(who)
    other.page.call.open(who)
    desk.page.acts.dial()
    other.page.acts.dial()
    assert desk.page.call.attempt is not None
    assert other.page.call.attempt is None
    assert other.page.banner.text()
    with desk.seat.store.read() as conn:
        assert len(conn.execute(select(t.attempt)).all()) == 1


# --- who calls us ------------------------------------------------------------------------------------


def test_an_inbound_call_is_found_taken_identified_and_logged(desk):
    desk.debtor()
    who = desk.debtor("王明", balance=100)
    desk.clock.forward(hours=13)  # 23:00: who calls may be answered
    desk.open()
    desk.ctrl("F")
    desk.type("0002")
    desk.key(ENTER)
    assert desk.case_on_screen == who
    desk.key("I")
    page = desk.page
    assert page.call.walk.home is ScriptPurpose.INBOUND
    assert not page.call.facts_open
    while not page.call.walk.at_identity_check:
        desk.key("1")
    file = cases.open_case(desk.seat, who).file
    desk.type(file.debtor.name)
    desk.key(ENTER)
    desk.type(file.debtor.id_number[-4:])
    desk.key(ENTER)
    assert page.call.facts_open
    desk.clock.forward(seconds=60)
    page.watch.tick()
    assert page.banner.text() == ""  # no edge for who calls us
    desk.key("R")
    desk.key("5")
    desk.key("Y")
    desk.key("1")
    desk.ctrl("N")
    desk.type("客户来电询问欠款情况，核身后告知，表示暂时无力偿还。")
    desk.ctrl(ENTER)
    end = last_end(desk)
    assert end is not None, page.log.problem.text()
    assert (end.speaker, end.result) == ("debtor", "effective")
    with desk.seat.store.read() as conn:
        assert conn.execute(select(t.attempt.c.direction)).scalar_one() == "in"


# --- small things ------------------------------------------------------------------------------------


def test_nothing_says_zero_before_the_queue_was_read(desk):
    desk.debtor()
    desk.open()
    queue = desk.page.queue
    assert "0" not in queue.count.text()
    desk.window.tasks.drain()
    assert queue.model.rowCount() == 1
