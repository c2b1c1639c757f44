"""A visit from the request to the accepted report, by keys alone, each person at the window in turn."""

import re
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.message import Refused
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import PlaceKind, Visitor, VisitPlan, VisitPurpose
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Role
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk import drafts
from collector_desk.services.desk.seat import acting
from collector_desk.services.office import people
from collector_desk.services.visits import visiting
from collector_desk.store import tables as t
from collector_desk.ui.widgets import Text
from collector_desk.ui.widgets.rows import ROW_ROLE
from collector_desk.ui.words import language
from collector_desk.words.messages import show_whole
from tests.samples import visit_story
from tests.samples.store import PASSWORD, let_in

ENTER, ESC, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down
ALT = Qt.KeyboardModifier.AltModifier
LEAD, AGENT, FIRST, SECOND = "林主管", "张晓", "王走访", "赵同行"
ADDRESS = "广州市天河区和平街25号9栋2601室"
SAID = "客户说所在公司延迟发薪，本周内先还五千元，余款发薪后再谈。"


@pytest.fixture
def sit(desk_of, clock):
    """Two visitors in the store, and a debtor whom a call did not reach."""
    manager = desk_of(LEAD)
    for name in (FIRST, SECOND):
        let_in(manager.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
    return desk_of


@pytest.fixture
def debtor(sit, clock):
    agent = sit(AGENT)
    who = agent.debtor("朱雪彩", days=75)
    begun = calling.begin(agent.seat, debtor_id=who, phone_id=cases.open_case(agent.seat, who).next_number.phone.id)
    calling.finish(agent.seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    clock.forward(hours=24)  # whom nobody reached today stands in the queue again tomorrow
    queueing.tick(agent.seat)
    return who


def open_page(desk, page_id: str):
    """By Alt and the page's place on the rail."""
    place = list(desk.window.desk.buttons).index(page_id) + 1
    desk.key(str(place), ALT)
    return desk.window.page(page_id)


def to_field(desk, field: QWidget) -> None:
    """Tab on until the keys go into this field."""
    for _ in range(120):
        focus = QApplication.focusWidget()
        if focus is field or (focus and field.isAncestorOf(focus)):
            return
        desk.key(TAB)
    raise AssertionError("Tab never reaches the field")


def choose(desk, combo: QComboBox, value: str) -> None:
    """With the arrows, as one does."""
    to_field(desk, combo)
    combo_place = combo.findData(value)
    assert combo_place >= 0
    for _ in range(30):
        if combo.currentIndex() == combo_place:
            return
        desk.key(DOWN if combo.currentIndex() < combo_place else Qt.Key.Key_Up)
    raise AssertionError("the arrows do not reach the choice")


def write(desk, field: QWidget, text: str) -> None:
    to_field(desk, field)
    desk.ctrl("A")
    desk.type(text)


def until_idle(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)


def id_of(desk, name: str) -> str:
    return next(person.id for person in people.everybody(desk.seat) if person.name == name)


def ask_by_keys(sit, debtor: str) -> str:
    agent = sit(AGENT).open()
    agent.key(ENTER)
    assert agent.case_on_screen == debtor
    agent.key("V", Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    agent.type("多次拨打无人接听，申请上门核实。")
    agent.ctrl(ENTER)
    [row] = visiting.rows(agent.seat)
    assert row.state is VisitState.REQUESTED
    return row.visit_id


def plan_by_keys(sit, clock, language="zh_CN") -> None:
    lead = sit(LEAD).open(language)
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    choose(lead, form.lead, id_of(lead, FIRST))
    assert form.companion.findData(id_of(lead, FIRST)) < 0, "who leads is not offered as companion"
    choose(lead, form.companion, id_of(lead, SECOND))
    write(lead, form.letter, "授字 12 号")
    lead.ctrl(ENTER)
    [row] = visiting.rows(lead.seat)
    assert row.state is VisitState.PLANNED
    assert (row.lead_name, row.companion_name) == (FIRST, SECOND)
    clock.at = row.planned_at - timedelta(minutes=40)


def report_by_keys(pair, page, clock) -> None:
    pair.key(ENTER)
    pair.key("1")  # set out
    clock.forward(minutes=40)
    pair.key("1")  # arrived, both
    clock.forward(minutes=2)
    pair.key("1")  # somebody met
    way = page.detail.way
    choose(pair, way.consent, "on_recording")
    write(pair, way.consent_where, "记录仪 3 号")
    to_field(pair, way.buttons[0])
    pair.key("1")  # went in, with the consent
    clock.forward(minutes=12)
    assert "12" in page.detail.way.clock.text() or page.detail.way.tick() is None
    pair.key("1")  # came out
    clock.forward(minutes=3)
    pair.key(str(len(page.detail.way.buttons)))  # left
    form = page.detail.form
    assert form.typed()["outcome"] == "done"
    assert form.typed()["minutes_inside"] == "12"
    assert form.typed()["entry"] == "allowed"
    write(pair, form.inputs["recorded_where"], "记录仪 3 号，文件 0042")
    choose(pair, form.inputs["address"], "right")
    choose(pair, form.inputs["met"], "debtor")
    choose(pair, form.inputs["identified"], "id_card_seen")
    choose(pair, form.inputs["debt_disclosed"], "yes")
    write(pair, form.inputs["said"], SAID)
    choose(pair, form.inputs["arrears_reason"], ArrearsReason.WAITING_WAGES.value)
    choose(pair, form.inputs["agreed"], "promise")
    write(pair, form.inputs["promise_amount"], "5,000")
    write(pair, form.inputs["promise_on"], "+2")
    tongue = language()
    whole = show_whole(pair.seat.today() + timedelta(days=2), tongue)
    assert beneath(form, "promise_on") == f"→ {whole}", "what was understood stands there before it is accepted"
    left = pair.seat.local(clock.at)
    assert beneath(form, "left_at") == f"→ {show_whole(left.date(), tongue, left.time())}"
    write(pair, form.inputs["next_on"], "下下下周")
    assert beneath(form, "next_on").startswith("⚠")
    pair.ctrl("A")
    pair.key(Qt.Key.Key_Delete)
    assert beneath(form, "next_on") == ""
    choose(pair, form.inputs["promise_channel"], PayChannel.BANK_APP.value)
    write(pair, form.inputs["agreed_words"], "两日内还五千元")
    pair.ctrl(ENTER)
    assert form.fields["next_step"].error(), "what is missing stands at its field"
    assert QApplication.focusWidget() is form.inputs["next_step"]
    pair.type("后天核对入账")
    pair.ctrl(ENTER)


def beneath(form, name: str) -> str:
    return form.fields[name].findChildren(Text)[-1].text()


def sign_by_keys(pair, page, qtbot) -> None:
    for name in (FIRST, SECOND):
        row = page.detail.signing.rows[id_of(pair, name)]
        to_field(pair, row.password)
        pair.type(PASSWORD)
        pair.key(ENTER)
        until_idle(pair, qtbot)


def test_from_the_request_to_the_filed_report(sit, debtor, clock, qtbot, tmp_path):
    visit_id = ask_by_keys(sit, debtor)
    plan_by_keys(sit, clock)
    pair = sit(FIRST).open()
    page = open_page(pair, "visits")
    report_by_keys(pair, page, clock)
    visit = visiting.load(pair.seat, visit_id)
    assert visit.state is VisitState.REPORTED
    assert visit.report.said == SAID
    assert visit.report.promise_amount == Money(500_000)
    assert len(visit.report.present) == 2
    sign_by_keys(pair, page, qtbot)
    assert {mark.name for mark in visiting.load(pair.seat, visit_id).signatures} == {FIRST, SECOND}

    lead = sit(LEAD).open()
    page = open_page(lead, "review")
    lead.key("2")
    lead.ctrl("P")
    until_idle(lead, qtbot)
    qtbot.waitUntil(lambda: page.preview.document.pageCount() > 0)
    text = "".join(
        page.preview.document.getAllText(number).text() for number in range(page.preview.document.pageCount())
    )
    flat = re.sub(r"\s", "", text)
    for shown in ("朱雪彩", FIRST, SECOND, "K7M-V1001", SAID, "¥5,000.00", "授字12号", "后天核对入账", ADDRESS):
        assert re.sub(r"\s", "", shown) in flat
    target = tmp_path / "out.pdf"
    page.preview.ask_file = lambda name: str(target) if name == "K7M-V1001-v1.pdf" else ""
    lead.ctrl("S")
    assert target.read_bytes().startswith(b"%PDF")
    lead.key(ESC)
    lead.key(ENTER)
    lead.type("内容完整，同意归档。")
    lead.ctrl(ENTER)
    assert visiting.load(lead.seat, visit_id).state is VisitState.FILED
    with lead.seat.store.read() as conn:
        looked = conn.execute(select(t.access.c.what).where(t.access.c.subject_id == visit_id)).scalars().all()
    assert list(looked) == ["export"]


def test_sent_back_with_a_mark_comes_back_signed_anew(sit, debtor, clock, qtbot):
    visit_id = ask_by_keys(sit, debtor)
    plan_by_keys(sit, clock, "en")
    pair = sit(FIRST).open("en")
    page = open_page(pair, "visits")
    report_by_keys(pair, page, clock)
    sign_by_keys(pair, page, qtbot)
    lead = sit(LEAD).open("en")
    page = open_page(lead, "review")
    lead.key("2")
    judge = page.reports.detail.judge
    lead.ctrl("R")
    assert judge.field.error(), "sending back takes a reason"
    choose(lead, judge.which, "said")
    write(lead, judge.mark_words, "对方原话是什么？")
    lead.key(ENTER)
    lead.ctrl("R")
    assert visiting.load(lead.seat, visit_id).state is VisitState.SENT_BACK
    assert page.reports.count() == 0

    pair = sit(FIRST).open("en")
    page = open_page(pair, "visits")
    pair.key(ENTER)
    form = page.detail.form
    assert "对方原话是什么？" in form.fields["said"].error()
    write(pair, form.inputs["said"], SAID + "原话：“周五一定先还五千。”")
    pair.ctrl(ENTER)
    visit = visiting.load(pair.seat, visit_id)
    assert (visit.state, visit.report.version) == (VisitState.REPORTED, 2)
    assert set(page.detail.signing.rows) == {id_of(pair, FIRST), id_of(pair, SECOND)}, "both sign anew"


def test_one_person_is_never_both(sit, debtor, clock):
    agent = sit(AGENT)
    visit_id, _ = visiting.request(
        agent.seat, debtor_id=debtor, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
    )
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    first = id_of(lead, FIRST)
    choose(lead, form.companion, first)
    choose(lead, form.lead, first)
    assert form.companion.currentData() == "", "chosen as lead, no longer the companion"
    lead.ctrl(ENTER)
    assert form.fields["companion"].error()
    assert visiting.load(lead.seat, visit_id).state is VisitState.REQUESTED

    start = clock.now() + timedelta(days=1)
    with pytest.raises(Refused):
        VisitPlan(Visitor(first, FIRST), Visitor(first, "另名"), start, start + timedelta(hours=1), ADDRESS)
    line = {"visit_id": visit_id, "line_kind": "plan", "content": {}}
    with pytest.raises(IntegrityError, match="two_people"), acting(lead.seat, "visit.plan") as act:
        act.record(t.visit_line, line | {"lead_visitor_id": first, "companion_id": first})
    with pytest.raises(IntegrityError, match="plan_names_two"), acting(lead.seat, "visit.plan") as act:
        act.record(t.visit_line, line | {"lead_visitor_id": first})
    both = t.visit_state.update().values(lead_visitor_id=first, companion_id=first)
    with pytest.raises(IntegrityError, match="two_people"), lead.seat.store.write() as conn:
        conn.execute(both)


def test_a_wrong_password_does_not_sign_and_one_arriving_alone_does_not_arrive(sit, debtor, clock, qtbot):
    visit_id = ask_by_keys(sit, debtor)
    plan_by_keys(sit, clock)
    pair = sit(FIRST).open()
    page = open_page(pair, "visits")
    pair.key(ENTER)
    pair.key("1")
    box = page.detail.way.boxes[id_of(pair, SECOND)]
    to_field(pair, box)
    pair.key(Qt.Key.Key_Space)
    pair.key("1")
    assert visiting.load(pair.seat, visit_id).state is VisitState.SET_OUT, "alone nobody arrives"
    to_field(pair, box)
    pair.key(Qt.Key.Key_Space)
    pair.key("1")
    assert visiting.load(pair.seat, visit_id).state is VisitState.ON_SITE
    clock.forward(minutes=1)
    pair.key("2")  # nobody found
    clock.forward(minutes=1)
    pair.key("1")  # left
    form = page.detail.form
    assert form.typed()["outcome"] == "not_found"
    write(pair, form.inputs["outcome_reason"], "按门铃两次无人应答，未留任何纸张。")
    write(pair, form.inputs["recorded_where"], "记录仪 3 号")
    choose(pair, form.inputs["address"], "right")
    write(pair, form.inputs["next_step"], "改日电话联系")
    pair.ctrl(ENTER)
    row = page.detail.signing.rows[id_of(pair, FIRST)]
    to_field(pair, row.password)
    pair.type("not my password")
    pair.key(ENTER)
    until_idle(pair, qtbot)
    assert row.field.error()
    assert visiting.load(pair.seat, visit_id).signatures == ()


def test_what_was_typed_is_offered_again_to_either_of_the_pair(sit, debtor, clock, qtbot):
    visit_id = ask_by_keys(sit, debtor)
    plan_by_keys(sit, clock)
    pair = sit(FIRST).open()
    page = open_page(pair, "visits")
    pair.key(ENTER)
    form = page.detail.form
    choose(pair, form.inputs["outcome"], "done")
    write(pair, form.inputs["arrived_at"], "14:")
    qtbot.waitUntil(lambda: drafts.load(pair.seat, "visit", visit_id) is not None, timeout=1000)
    qtbot.waitUntil(lambda: drafts.load(pair.seat, "visit", visit_id).content["arrived_at"] == "14:", timeout=1000)
    pair.window.save_drafts = lambda: None
    page.save_draft = lambda: None  # the window goes without a word

    other = sit(SECOND).open()
    page = open_page(other, "visits")
    other.key(ENTER)
    form = page.detail.form
    assert FIRST in form._offer_text.text()
    other.key(Qt.Key.Key_Space)
    assert form.typed()["arrived_at"] == "14:"
    assert form.typed()["outcome"] == "done"


def test_a_key_right_after_an_arrow_acts_on_the_visit_chosen(sit, debtor):
    agent = sit(AGENT)
    agent.debtor.count = 1  # the first one was put on file by an earlier sitting
    second = agent.debtor("王明", days=80)
    number = cases.open_case(agent.seat, second).next_number.phone.id
    begun = calling.begin(agent.seat, debtor_id=second, phone_id=number)
    calling.finish(agent.seat, begun.attempt.id, CallLog(Outcome.NO_ANSWER))
    for who in (debtor, second):
        visiting.request(
            agent.seat, debtor_id=who, purpose=VisitPurpose.TALK, address=ADDRESS, place=PlaceKind.HOME
        )
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    before = page.detail.visit.visit_id
    lead.key(DOWN)
    lead.ctrl(ENTER)
    assert page.detail.visit.visit_id == page.column.row().visit_id != before
    assert page.detail.plan_form.fields["lead"].error()


def test_the_letters_number_is_added_to_a_plan_without_one(sit, debtor):
    visit_id = ask_by_keys(sit, debtor)
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    choose(lead, form.lead, id_of(lead, FIRST))
    choose(lead, form.companion, id_of(lead, SECOND))
    assert form.letter.accessibleDescription(), "said before it is approved"
    lead.ctrl(ENTER)
    assert visiting.load(lead.seat, visit_id).plan.authority_letter == ""
    page.column.choose(visit_id)
    page.column.list.setFocus()
    lead.key(ENTER)
    form = page.detail.plan_form
    assert form.letter.hasFocus()
    lead.type("12")
    lead.ctrl(ENTER)
    assert visiting.load(lead.seat, visit_id).plan.authority_letter == "12"


def test_what_is_overdue_stands_first(sit, clock):
    agent = sit(AGENT)
    late = visit_story.requested(agent.seat, agent.debtor("朱雪彩", days=75))
    clock.forward(hours=25)
    other = visit_story.requested(agent.seat, agent.debtor("钱远来", days=75))
    page = open_page(sit(LEAD).open(), "visits")
    rows = [page.column.model.index(place).data(ROW_ROLE).visit_id for place in range(2)]
    assert rows == [late, other]


def test_a_plan_half_made_survives_the_other_language(sit, debtor):
    ask_by_keys(sit, debtor)
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    choose(lead, form.lead, id_of(lead, FIRST))
    choose(lead, form.companion, id_of(lead, SECOND))
    write(lead, form.letter, "授字 12 号")
    lead.window.toggle_language()
    QApplication.processEvents()
    anew = page.detail.plan_form
    assert anew is not form
    assert (anew.lead.currentData(), anew.companion.currentData()) == (id_of(lead, FIRST), id_of(lead, SECOND))
    assert anew.letter.text() == "授字 12 号"
    assert page.detail.isAncestorOf(QApplication.focusWidget())


def test_a_password_half_typed_survives_a_language_that_did_not_change(sit, debtor, clock, qtbot):
    """Qt also says so when another window of the program goes, with its translators."""
    ask_by_keys(sit, debtor)
    plan_by_keys(sit, clock)
    pair = sit(FIRST).open()
    page = open_page(pair, "visits")
    report_by_keys(pair, page, clock)
    row = page.detail.signing.rows[id_of(pair, FIRST)]
    to_field(pair, row.password)
    pair.type(PASSWORD[:5])
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.detail.signing.rows[id_of(pair, FIRST)] is row
    assert QApplication.focusWidget() is row.password
    pair.type(PASSWORD[5:])
    pair.key(ENTER)
    until_idle(pair, qtbot)
    assert id_of(pair, FIRST) not in page.detail.signing.rows, "signed"
