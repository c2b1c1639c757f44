"""A call from the queue to the next case, by keys alone, within the budgets of the design."""

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.scripts import Phase
from collector_desk.domain.states import DraftKind
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    Speaker,
    Stage,
)
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts
from collector_desk.store import tables as t

ENTER = Qt.Key.Key_Return
ESC = Qt.Key.Key_Escape
NOTE = "客户说工资明天发，下午六点前从手机银行还清，已复述确认。"


def ends(desk, who: str) -> list[dict]:
    """The outcomes on a debtor's timeline, newest first."""
    return [
        line.detail[0].params for line in cases.open_case(desk.seat, who).timeline if line.kind == "attempt_end"
    ]


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


def will_pay(desk) -> None:
    """On to the question whether it can be paid in two days."""
    while not any(branch.outcome is Outcome.PROMISE_FULL for branch in desk.page.call.walk.branches):
        desk.key("1")


def digit_of(desk, outcome: Outcome) -> str:
    return next(branch.digit for branch in desk.page.call.walk.branches if branch.outcome is outcome)


@pytest.mark.parametrize(
    ("key", "outcome"),
    [("N", Outcome.NO_ANSWER), ("B", Outcome.BUSY), ("O", Outcome.OFF), ("V", Outcome.VOICEMAIL)],
)
def test_unreached_takes_two_keys_to_the_next_case(desk, key, outcome):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.presses = 0
    desk.key("D")
    attempt = desk.page.call.attempt
    assert attempt is not None
    assert QGuiApplication.clipboard().text() == attempt.number
    desk.key(key)
    assert desk.presses == 2
    assert desk.case_on_screen == second
    assert calling.open_attempt(desk.seat) is None
    assert ends(desk, first)[0]["outcome"] is outcome
    assert queueing.day_line(desk.seat).tried == 1
    (line,) = (each for each in cases.open_case(desk.seat, first).timeline if each.kind != "import")
    assert [message.code for message in line.detail] == ["book.timeline.unreached"], (
        "nobody was there to be checked"
    )


def test_a_talk_counts_on_the_debtors_card_once_it_has_ended(desk, qtbot):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    line = desk.page.debtor.line
    assert line.text().startswith("今日有效通话0/3")
    say_who(desk, first)
    assert line.text().startswith("今日有效通话0/3")
    will_pay(desk)
    for key in (digit_of(desk, Outcome.PROMISE_FULL), "1", "M", "1", "1"):
        desk.key(key)
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    desk.ctrl("F")
    desk.type("朱")
    desk.key(ENTER)
    qtbot.waitUntil(lambda: line.text().startswith("今日有效通话1/3"))


def test_a_wrong_number_takes_three_keys_and_is_asked_twice(desk):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.presses = 0
    desk.key("D")
    desk.key("W")
    assert desk.case_on_screen == first
    assert desk.page.banner.text()
    desk.key("W")
    assert desk.presses <= 3
    assert desk.case_on_screen == second
    assert cases.open_case(desk.seat, first).file.phones[0].standing is NumberStanding.WRONG


def test_a_promise_takes_eight_keys_at_most_besides_the_note(desk):
    first, second = desk.debtor(), desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    assert desk.page.call.facts_open
    will_pay(desk)
    desk.presses = 0
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("1")  # agreed
    desk.key("M")  # tomorrow
    desk.key("1")  # repeated, right
    desk.key("1")  # good-bye
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert desk.page.call.case.file.debtor.id != first, desk.page.log.problem.text()
    assert desk.presses <= 8
    assert desk.case_on_screen == second
    promise = cases.open_case(desk.seat, first).file.open_promise
    assert promise.amount == Money(3391162)
    due = promise.due_at.astimezone(desk.page.call.zone)
    assert (due.day, due.time()) == (24, time(18))
    with desk.seat.store.read() as conn:
        end = conn.execute(select(t.attempt_end)).one()
    assert end.note == NOTE
    assert end.speaker == Speaker.DEBTOR.value
    assert end.arrears_reason in {reason.value for reason in ArrearsReason}
    assert any(step.endswith("confirm:1") for step in end.path)


def test_a_promise_further_out_says_that_it_waits_for_a_lead(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.page.log.fields.day.setFocus()
    desk.type("+5")
    desk.key(ESC)
    assert "主管" in desk.page.log.problem.text()
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert cases.open_case(desk.seat, first).file.open_promise.state == "proposed"


def test_filler_is_refused_at_the_note_and_nothing_typed_is_lost(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("T")
    desk.ctrl("N")
    desk.type("哈哈哈哈哈哈")
    desk.ctrl(ENTER)
    page = desk.page
    assert desk.case_on_screen == first
    assert page.log.problem.text()
    assert page.log.note.toPlainText() == "哈哈哈哈哈哈"
    assert page.log.note.hasFocus()


@pytest.mark.parametrize(
    "note",
    [
        "这人就是个老赖，答应今天下午六点前还清。",
        "已说明不还钱就起诉你家人，答应今天下午六点前还清。",
        "让他把钱转到我的账户，答应今天下午六点前还清。",
        "我们已经通知您的邻居，答应今天下午六点前还清。",
    ],
)
def test_words_that_may_not_be_written_are_underlined_and_block(desk, note):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("T")
    desk.ctrl("N")
    desk.type(note)
    assert desk.page.log.note.findings()
    desk.ctrl(ENTER)
    assert desk.case_on_screen == first
    assert calling.open_attempt(desk.seat) is not None


def test_a_single_key_is_text_while_one_types_and_an_act_outside(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    desk.type("nbov123")
    assert desk.page.log.note.toPlainText() == "nbov123"
    assert desk.page.call.attempt is not None
    assert len(desk.page.call.walk.path) == 1
    desk.key(ESC)
    desk.key("1")
    assert len(desk.page.call.walk.path) == 2
    assert desk.page.log.note.toPlainText() == "nbov123"


def test_backspace_goes_back_and_a_short_form_becomes_its_sentence(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")
    there = desk.page.call.walk.here.step
    desk.key(Qt.Key.Key_Backspace)
    assert desk.page.call.walk.here.step != there
    desk.ctrl("N")
    desk.type("/ptp ")
    assert desk.page.log.note.toPlainText().startswith("本人承诺")


def test_two_wrong_answers_end_the_identity_check_without_a_figure(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("1")
    for wrong in ("李四", "王五"):
        desk.type(wrong)
        desk.key(ENTER)
    page = desk.page
    assert page.call.identity.failed
    assert not page.call.facts_open
    assert page.debtor.name.text() == "朱**"
    assert "33,911.62" not in page.debtor.amount.text()
    assert desk.case_on_screen == first


def test_somebody_else_hides_every_figure_and_the_debtor_is_checked_anew(desk):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    page = desk.page
    assert page.debtor.amount.text() == "¥33,911.62"
    desk.ctrl("T")
    assert page.call.third_party
    assert not page.debtor.amount.isVisible()
    assert page.debtor.name.text() == "朱**"
    assert page.queue.list.delegate.figures_hidden
    assert not page.timeline.list.isVisible()
    assert "三万" not in page.script.spoken.text()
    desk.ctrl("U")
    assert not page.call.facts_open
    desk.ctrl("T")
    assert page.script.identity.isVisible()
    assert not page.call.identity.right
    assert not page.call.facts_open


def test_a_third_partys_call_is_logged_as_such(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.clock.forward(seconds=20)
    desk.ctrl("T")
    desk.ctrl("N")
    desk.type("接听人说他不在，会转告回电，没有提到任何事由。")
    desk.ctrl(ENTER)
    assert desk.case_on_screen is None
    assert ends(desk, first)[0]["outcome"] is Outcome.THIRD_PARTY
    assert ends(desk, first)[0]["speaker"] is Speaker.THIRD_PARTY


@pytest.mark.parametrize("typed", ["wm", "王明", "0002"])
def test_who_calls_back_is_found_by_four_characters_and_enter(desk, typed):
    desk.debtor()
    second = desk.debtor("王明")
    desk.open()
    desk.ctrl("F")
    desk.type(typed)
    desk.presses = 0
    desk.key(ENTER)
    assert desk.case_on_screen == second
    desk.key("I")
    attempt = desk.page.call.attempt
    assert attempt.direction.value == "in"
    assert attempt.debtor_id == second


def test_another_case_waits_for_the_outcome_and_the_keys_rest_on_the_call(desk):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("F")
    desk.type("王明")
    desk.key(ENTER)
    assert desk.case_on_screen == first
    assert desk.page.banner.text()
    assert desk.page.hasFocus()
    desk.key("N")
    assert ends(desk, first)[0]["outcome"] is Outcome.NO_ANSWER


def test_who_calls_us_was_reached(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("I")
    page = desk.page
    assert not page.log.quick.isVisible()
    for key in "NBOVWW":
        desk.key(key)
    assert page.call.attempt is not None
    assert page.banner.text().startswith("已经有人接听")
    assert Outcome.NO_ANSWER not in [choice.value for choice in page.log.fields.outcome._choices]
    assert page.window().page("work").may_leave() is False
    assert "N B O V W" not in page.banner._todo.text()
    assert ends(desk, first) == []


def test_what_others_say_is_offered_first_while_they_are_on_the_line(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    offered = desk.page.answers._rest
    assert offered()[0].id == "no_money"
    desk.ctrl("T")
    assert [card.id for card in offered()[:3]] == ["third_party_answers", "wrong_number", "left_company"]
    assert offered()[-1].id == "risk_to_life"
    desk.ctrl("T")
    assert offered()[0].id == "no_money"


def test_an_answer_stands_there_after_two_characters(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("O")
    desk.type("没钱")
    card = desk.page.answers.shown()
    assert card.id == "no_money"
    assert desk.page.answers.words.text() == card.say_unknown
    desk.key(ENTER)
    assert desk.page.hasFocus()
    labels = [branch.label for branch in desk.page.call.walk.branches]
    assert card.title in labels  # its question speaks of the debt, and nobody is identified yet
    assert card.next_question not in labels
    desk.page.call.set_outcome(Outcome.HANGS_UP)
    assert "card:no_money" in desk.page.call.log().path


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("listener", ["unknown", "debtor", "third"])
def test_a_life_at_risk_turns_the_script_at_once(desk, language, listener):
    first = desk.debtor()
    desk.open(language)
    desk.key(ENTER)
    if listener == "debtor":
        say_who(desk, first)
        will_pay(desk)
    else:
        desk.key("D")
    if listener == "third":
        desk.ctrl("T")
    page, speaker = desk.page, desk.page.call.speaker
    desk.ctrl("O")
    desk.type("不想活了" if language == "zh_CN" else "I want to die")
    assert page.answers.shown().id == "risk_to_life"
    desk.key(ENTER)
    assert page.hasFocus()
    assert "12356" in page.script.spoken.text()
    assert page.call.walk.current.phase is Phase.CARE
    assert page.call.speaker is speaker
    assert page.call.outcome is Outcome.RISK_TO_LIFE
    assert {branch.outcome for branch in page.call.walk.branches} == {Outcome.RISK_TO_LIFE}
    page.acts.keep_draft()
    desk.crash()  # and is there again afterwards
    desk.open(language)
    desk.key(ENTER)
    assert "12356" in desk.page.script.spoken.text()
    desk.clock.forward(seconds=60)
    desk.key("1")
    desk.key("1")
    desk.ctrl("N")
    desk.type("接听人说到不想活了，已安抚，告知求助电话，主管已接手。")
    desk.ctrl(ENTER)
    assert desk.case_on_screen is None, desk.page.log.problem.text()
    assert ends(desk, first)[0]["outcome"] is Outcome.RISK_TO_LIFE
    assert Flag.VULNERABLE in cases.open_case(desk.seat, first).file.flags


def test_what_asks_on_about_the_debt_is_for_the_identified_debtor_alone(desk):
    who = desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("T")
    desk.ctrl("O")
    desk.type("没钱")
    answers = desk.page.answers
    assert answers.shown().id == "no_money"
    assert answers.next.isHidden()
    desk.key(ENTER)
    assert answers.shown().next_question not in [branch.label for branch in desk.page.call.walk.branches]
    desk.ctrl("T")
    file = cases.open_case(desk.seat, who).file
    for said in (file.debtor.name, file.debtor.id_number[-4:]):
        desk.type(said)
        desk.key(ENTER)
    desk.ctrl("O")
    desk.type("没钱")
    assert answers.shown().next_question in answers.next.text()
    assert answers.next.isVisible()


def test_a_field_marked_in_one_call_is_not_marked_in_the_next(desk):
    desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl(ENTER)
    assert desk.page.log.fields.outcome._wrong
    desk.key(Qt.Key.Key_Escape)
    desk.key("N")
    desk.key("D")
    assert not desk.page.log.fields.outcome._wrong


def test_a_crash_loses_nothing_and_asks_plainly(desk, qtbot):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("M")
    desk.ctrl("N")
    desk.type("客户说工资")
    attempt = desk.page.call.attempt

    def kept() -> bool:
        draft = drafts.load(desk.seat, DraftKind.CALL, attempt.id)
        return draft is not None and draft.content["form"]["note"] == "客户说工资"

    qtbot.waitUntil(kept, timeout=3000)
    place = desk.page.call.walk.here
    desk.crash()
    desk.open()
    page = desk.page
    assert "朱**" in page.banner.text()
    assert page.call.attempt is None
    desk.key(ENTER)
    assert page.call.attempt.id == attempt.id
    assert page.log.note.toPlainText() == "客户说工资"
    assert page.call.walk.here == place
    assert page.log.fields.day.text().startswith("明天")


def test_an_open_call_can_not_be_left(desk):
    first = desk.debtor()
    second = desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("F")
    desk.type("王明")
    desk.key(ENTER)
    assert desk.case_on_screen == first
    assert desk.page.banner.text()
    assert not desk.window.close()
    assert desk.page.blocks_lock()
    desk.key(ESC)
    desk.key("N")
    assert desk.case_on_screen == second
    assert not desk.page.blocks_lock()


def test_the_last_outcome_is_taken_back(desk):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("N")
    desk.ctrl("Z")
    assert desk.case_on_screen == first
    assert desk.page.call.attempt is not None
    desk.key("B")
    case = cases.open_case(desk.seat, first)
    assert case.file.attempts == 1
    assert [line.taken_back for line in case.timeline if line.kind == "attempt_end"] == [False, True]


def test_undo_in_a_field_is_the_texts_own(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.ctrl("N")
    desk.type("abc")
    desk.ctrl("Z")
    assert desk.page.log.note.toPlainText() != "abc"
    assert desk.page.call.attempt is not None


def test_the_gate_says_why_and_when_and_one_key_goes_on(desk):
    first = desk.debtor()
    second = desk.debtor("王明")
    desk.clock.forward(hours=13)  # 23:00
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.key("D")
    page = desk.page
    assert page.call.attempt is None
    assert "08:00" in page.banner.text()
    assert page.debtor.numbers[0].tone.value == "danger"
    assert "08:00" in page.debtor.numbers[0].status
    desk.key(ENTER)
    assert desk.case_on_screen == second


def test_a_visit_is_asked_for_with_its_evidence(desk):
    first = desk.debtor(days=70)
    desk.open()
    for _ in range(3):
        desk.key(ENTER)
        assert desk.case_on_screen == first
        desk.key("D")
        desk.key("N")
        desk.clock.forward(hours=27)
        queueing.tick(desk.seat)
    desk.key(ENTER)
    desk.key("V", Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert desk.page.visit.isVisible()
    desk.type("三天都没有人接，请到户核实住址。")
    desk.ctrl(ENTER)
    assert not desk.page.visit.isVisible(), desk.page.visit._words.error()
    case = cases.open_case(desk.seat, first)
    assert any(line.kind == "visit" for line in case.timeline)
    assert case.file.queue_class is QueueClass.WAITING


def test_masks_are_lifted_by_one_key_and_a_line_of_history(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    assert desk.page.debtor.name.text() == "朱**"
    desk.ctrl("U")
    assert desk.page.debtor.name.text() == "朱雪彩"
    assert cases.open_case(desk.seat, first).timeline[0].kind == "access"


def test_a_call_back_alerts_at_its_minute_without_taking_the_focus(desk):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("3")  # not now
    desk.clock.forward(seconds=20)
    page = desk.page
    page.call.set_outcome(Outcome.CALL_BACK)
    page.view.show_call()
    page.log.fields.day.setFocus()
    desk.type("today")
    page.log.fields.at.setFocus()
    desk.type("1030")
    desk.ctrl("N")
    desk.type("对方在开会，约好今天上午十点半再打给他。")
    desk.ctrl(ENTER)
    assert desk.case_on_screen != first, page.log.problem.text()
    desk.ctrl("O")
    desk.clock.forward(minutes=31)
    desk.window.pulse.look_elsewhere()
    assert page.queue.due.debtor_id == first, "told in its strip"
    assert page.queue.first_rows()[0].debtor_id == first
    assert page.answers.typed.hasFocus()


def test_the_other_number_is_chosen_by_key(desk):
    desk.debtor(numbers=(("16188005778", NumberKind.MOBILE), ("16188005779", NumberKind.HOME)))
    desk.open()
    desk.key(ENTER)
    before = desk.page.call.number.phone.id
    desk.key("K")
    assert desk.page.call.number.phone.id != before


def test_language_and_theme_change_in_the_middle_of_a_call(desk):
    first = desk.debtor()
    desk.open()
    desk.key(ENTER)
    say_who(desk, first)
    step = desk.page.call.walk.here.step
    chinese = desk.page.script.spoken.text()
    desk.window.toggle_language()
    desk.window.toggle_theme()
    desk.app.processEvents()
    page = desk.page
    assert page.call.walk.here.step == step
    assert page.script.spoken.text() != chinese
    assert "谢谢" not in page.script.spoken.text()
    assert page.call.facts_open
    desk.window.toggle_theme()


def test_an_empty_queue_says_what_to_do(desk):
    desk.open()
    assert desk.page.queue.empty.isVisible()
    desk.key(ENTER)
    assert desk.case_on_screen is None
    assert desk.page.empty.isVisible()


def test_more_is_learnt_of_the_number_and_the_next_step(desk):
    first = desk.debtor()
    desk.debtor("王明")
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.clock.forward(seconds=20)
    desk.ctrl("T")
    desk.key("L")
    more = desk.page.log.more
    assert more.isVisible()
    more.fields["new_number"].setFocus()
    desk.type("16188123456")
    more.fields["next_day"].setFocus()
    desk.type("+2")
    more.fields["next_at"].setFocus()
    desk.type("never")
    desk.ctrl("N")
    desk.type("接听人说他换了号码，给了新的手机号，约后天再打。")
    desk.ctrl(ENTER)
    assert desk.case_on_screen == first, "a time nobody can read is refused"
    more.fields["next_at"].setFocus()
    more.fields["next_at"].selectAll()
    desk.type("930")
    desk.ctrl(ENTER)
    assert desk.case_on_screen != first, desk.page.log.problem.text()
    case = cases.open_case(desk.seat, first)
    assert "16188123456" in {phone.number for phone in case.file.phones}
    with desk.seat.store.read() as conn:
        end = conn.execute(select(t.attempt_end)).one()
    at = end.next_at.astimezone(desk.page.call.zone)
    assert (at.day, at.hour, at.minute) == (25, 9, 30)


def test_the_outcome_is_picked_by_its_own_key_in_the_menu(desk):
    desk.debtor()
    desk.open()
    desk.key(ENTER)
    desk.key("D")
    desk.key("R")
    assert desk.page.log.fields.outcome.menu().isVisible()
    desk.key("4")
    assert desk.page.call.outcome is Outcome.CALL_BACK
    assert len(desk.page.call.walk.path) == 1, "the digit went to the menu, not to the script"


def test_a_filter_narrows_the_queue_and_what_enter_takes(desk):
    desk.debtor(days=10)
    old = desk.debtor("王明", days=70)
    desk.open()
    desk.page.queue._pick_filter(Stage.ESCALATION)
    assert desk.page.queue.model.rowCount() == 1
    desk.key(ENTER)
    assert desk.case_on_screen == old


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_of_a_call_is_wider_than_its_column_on_the_small_screen(desk, language):
    first = desk.debtor()
    desk.open(language)
    desk.key(ENTER)
    column = desk.page.column

    def fits() -> bool:
        desk.app.processEvents()
        return column.widget().width() <= column.viewport().width()

    assert desk.window.width() == 1366
    assert fits()
    say_who(desk, first)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("L")
    desk.page.acts.keep_draft()
    assert fits()
    desk.key(ESC)
    desk.ctrl("T")
    assert fits()


def test_a_day_written_out_follows_the_language(desk):
    desk.debtor()
    desk.open("zh_CN")
    desk.key(ENTER)
    desk.key("D")
    page = desk.page
    page.call.form.outcome = Outcome.PROMISE_FULL
    page.call.form.day = "11-24"
    page.view.show_call()
    page.log.fields.tidy()
    assert page.log.fields.day.text() == "明天 11-24"
    desk.window.set_language("en")
    desk.app.processEvents()
    assert page.log.fields.day.text() == "tomorrow 11-24"
    desk.window.set_language("zh_CN")
    desk.app.processEvents()
    assert page.log.fields.day.text() == "明天 11-24"
