"""All ways a visit can go, once by keys and once by taps of the mouse; the store is asked afterwards."""

import functools
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter, QPointingDevice, QTabletEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.domain.conduct.rules import VisitRule
from collector_desk.domain.states import DraftKind
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import SignedHow, VisitOutcome
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import drafts
from collector_desk.services.office import people
from collector_desk.services.permits import tasks
from collector_desk.services.visits import gate, incidents, take_along, visiting
from collector_desk.ui.theme import Tone
from collector_desk.ui.visits.incident.view import IncidentView
from tests.samples import visit_story
from tests.samples.store import PASSWORD, let_in
from tests.samples.words_of_bank import WordsOfBank

ENTER, ESC, F9, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_Space
ALT = Qt.KeyboardModifier.AltModifier
LEAD, AGENT, FIRST, SECOND = "林主管", "张晓", "王走访", "赵同行"
CHINA = ZoneInfo("Asia/Shanghai")


class Hands:
    """Presses what is wanted, by its key or with the mouse."""

    def __init__(self, taps: bool) -> None:
        self.taps = taps

    def press(self, desk, button: QWidget, *key) -> None:
        """A button: with the mouse in its middle, or its key."""
        if self.taps:
            QTest.mouseClick(getattr(button, "button", button), Qt.MouseButton.LeftButton)
            QApplication.processEvents()
        else:
            desk.key(*key)

    def tap(self, desk, page, kind: str) -> None:
        """One tap of the way."""
        way = page.detail.way
        place = [one.value for one in way._kinds()].index(kind)
        self.press(desk, way.buttons[place], str(place + 1))


@pytest.fixture(params=["keys", "taps"])
def hands(request):
    return Hands(request.param == "taps")


@pytest.fixture
def sit(desk_of, clock):
    """One visit asked for; two visitors in the store."""
    lead = desk_of(LEAD)
    for name in (FIRST, SECOND):
        let_in(lead.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
    agent = people.sign_in(lead.folder, AGENT, PASSWORD, clock=clock)
    desk_of.visit = visit_story.requested(agent, lead.debtor("朱雪彩", days=75))
    agent.store.close()
    return desk_of


@pytest.fixture
def planned(sit, clock):
    lead = sit(LEAD)
    team = [people.sign_in(lead.folder, name, PASSWORD, clock=clock) for name in (FIRST, SECOND)]
    plan = visit_story.planned(lead.seat, team, sit.visit)
    for seat in team:
        seat.store.close()
    clock.at = plan.start - timedelta(minutes=30)
    return sit


def open_page(desk, page_id: str):
    desk.key(str(list(desk.window.desk.buttons).index(page_id) + 1), ALT)
    return desk.window.page(page_id)


def pair_at(sit, name=FIRST):
    desk = sit(name).open()
    page = open_page(desk, "visits")
    desk.key(ENTER)
    return desk, page


def write(desk, field: QWidget, text: str) -> None:
    field.setFocus()
    desk.ctrl("A")
    desk.type(text)


def until_idle(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)


def state_of(desk, sit) -> VisitState:
    return visiting.load(desk.seat, sit.visit).state


def to_the_door(desk, page, hands, clock) -> None:
    hands.tap(desk, page, "set_out")
    clock.forward(minutes=30)
    hands.tap(desk, page, "arrived")
    clock.forward(minutes=2)


def hand_in(desk, page, hands, **fields) -> None:
    form = page.detail.form
    for name, text in ({"recorded_where": "记录仪 3 号", "next_step": "改日电话联系"} | fields).items():
        if name == "address":
            form.inputs[name].set_value(text)
        else:
            write(desk, form.inputs[name], text)
    hands.press(desk, form.save_button, ENTER, Qt.KeyboardModifier.ControlModifier)


def sign_both(desk, page, hands, qtbot) -> None:
    for name in (FIRST, SECOND):
        person = next(one.id for one in people.everybody(desk.seat) if one.name == name)
        row = page.detail.signing.rows[person]
        write(desk, row.password, PASSWORD)
        hands.press(desk, row.button, ENTER)
        until_idle(desk, qtbot)


def test_refused_at_once_by_the_lead_with_a_reason(sit, hands):
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    hands.press(lead, form.reason.link, "r", Qt.KeyboardModifier.ControlModifier)
    hands.press(lead, form.reason.button, ENTER)
    assert state_of(lead, sit) is VisitState.REQUESTED, "without a reason nothing is refused"
    write(lead, form.reason.field, "电话联系尚未穷尽。")
    hands.press(lead, form.reason.button, ENTER)
    assert state_of(lead, sit) is VisitState.REFUSED
    assert visiting.load(lead.seat, sit.visit).history[-1].reason == "电话联系尚未穷尽。"


def test_the_form_says_beforehand_when_the_rules_close_the_hour(sit, qtbot):
    lead = sit(LEAD).open("en")
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    assert "allow" in form.gate.text()
    write(lead, form.start, "22:30")
    qtbot.waitUntil(lambda: "08:00" in form.gate.text(), timeout=5000)  # from when on it is possible
    for combo, at in ((form.lead, 1), (form.companion, 1)):
        combo.setCurrentIndex(at)
    write(lead, form.end, "23:30")
    lead.ctrl(ENTER)
    assert "08:00" in form.fields["start"].error()
    assert state_of(lead, sit) is VisitState.REQUESTED


def test_nobody_found(planned, hands, clock, qtbot):
    pair, page = pair_at(planned)
    to_the_door(pair, page, hands, clock)
    hands.tap(pair, page, "nobody")
    clock.forward(minutes=2)
    hands.tap(pair, page, "left")
    hand_in(pair, page, hands, outcome_reason="按门铃两次无人应答，未留任何纸张。", address="right")
    sign_both(pair, page, hands, qtbot)
    visit = visiting.load(pair.seat, planned.visit)
    assert (visit.state, visit.report.outcome) == (VisitState.REPORTED, VisitOutcome.NOT_FOUND)
    assert len(visit.signatures) == 2
    lead = planned(LEAD).open()
    page = open_page(lead, "review")
    hands.press(lead, page.tabs[1], "2")
    hands.press(lead, page.reports.detail.judge.accept_button, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert state_of(lead, planned) is VisitState.FILED


def test_broken_off_on_site(planned, hands, clock):
    pair, page = pair_at(planned)
    to_the_door(pair, page, hands, clock)
    bar = page.detail.way.break_off
    hands.press(pair, bar.link, "r", Qt.KeyboardModifier.ControlModifier)
    write(pair, bar.field, "楼道内有人争执，不宜继续。")
    hands.press(pair, bar.button, ENTER)
    assert state_of(pair, planned) is VisitState.BROKEN_OFF
    assert page.detail.form.typed()["outcome"] == "broken_off"


def test_asked_to_leave_and_a_child_at_the_door_end_it(planned, hands, clock):
    pair, page = pair_at(planned)
    to_the_door(pair, page, hands, clock)
    hands.tap(pair, page, "child")
    assert [one.value for one in page.detail.way._kinds()] == ["left"], "there is nothing to do but leave"
    hands.tap(pair, page, "left")
    assert state_of(pair, planned) is VisitState.BROKEN_OFF
    typed = page.detail.form.typed()
    assert (typed["outcome"], typed["met"]) == ("broken_off", "child")


def test_the_clock_inside_goes_by_the_packs_figure(planned, hands, clock, monkeypatch):
    def shorter(rule):
        return replace(rule, max_minutes=8) if isinstance(rule, VisitRule) and rule.max_minutes else rule

    packs = tuple(replace(pack, rules=tuple(map(shorter, pack.rules))) for pack in gate.active_packs())
    monkeypatch.setattr(gate, "active_packs", lambda _conn=None: packs)
    pair, page = pair_at(planned)
    to_the_door(pair, page, hands, clock)
    hands.tap(pair, page, "met")
    way = page.detail.way
    way.consent.set_value("on_recording")
    way.consent_where.setText("记录仪 3 号")
    hands.tap(pair, page, "entered")
    way = page.detail.way
    said = {}
    for minutes in (3, 4, 8):
        clock.at = way._visit.taps[-1].at + timedelta(minutes=minutes, seconds=1)
        way.tick()
        said[minutes] = (way.clock.text(), way.clock.tone)
    assert [tone for _, tone in said.values()] == [Tone.OK, Tone.WARN, Tone.DANGER]
    assert "5" in said[3][0], "five minutes are left of eight"
    clock.forward(minutes=1)
    hands.tap(pair, page, "left_home")
    hands.tap(pair, page, "left")
    form = page.detail.form
    form.inputs["outcome"].set_value("done")
    write(pair, form.inputs["minutes_inside"], "8")
    assert form.fields["over_time_reason"].isHidden()
    write(pair, form.inputs["minutes_inside"], "9")
    assert not form.fields["over_time_reason"].isHidden()


def test_not_carried_out_with_a_reason(planned, hands, clock):
    lead = planned(LEAD).open()
    page = open_page(lead, "visits")
    lead.key(ENTER)
    form = page.detail.plan_form
    hands.press(lead, form.reason.link, "r", Qt.KeyboardModifier.ControlModifier)
    write(lead, form.reason.field, "客户已还款，无需外访。")
    hands.press(lead, form.reason.button, ENTER)
    assert state_of(lead, planned) is VisitState.NOT_CARRIED_OUT


def test_sent_back_mended_and_signed_anew_as_version_two(planned, hands, clock, qtbot):
    pair, page = pair_at(planned)
    to_the_door(pair, page, hands, clock)
    hands.tap(pair, page, "nobody")
    clock.forward(minutes=2)
    hands.tap(pair, page, "left")
    hand_in(pair, page, hands, outcome_reason="无人应答。", address="right")
    sign_both(pair, page, hands, qtbot)
    lead = planned(LEAD).open()
    page = open_page(lead, "review")
    hands.press(lead, page.tabs[1], "2")
    judge = page.reports.detail.judge
    hands.press(lead, judge.back_button, "r", Qt.KeyboardModifier.ControlModifier)
    assert judge.field.error(), "rejected only with a reason"
    write(lead, judge.words, "请写明按铃几次、停留多久。")
    hands.press(lead, judge.back_button, "r", Qt.KeyboardModifier.ControlModifier)
    assert state_of(lead, planned) is VisitState.SENT_BACK
    pair, page = pair_at(planned, SECOND)
    hand_in(pair, page, hands, outcome_reason="按铃三次，停留四分钟，无人应答。")
    visit = visiting.load(pair.seat, planned.visit)
    assert (visit.state, visit.report.version) == (VisitState.REPORTED, 2)
    sign_both(pair, page, hands, qtbot)
    assert sum(one.content_hash == visiting.content_hash(visit.report, visit.plan) for one in
               visiting.load(pair.seat, planned.visit).signatures) == 2  # fmt: skip


def test_after_the_hours_the_pair_can_only_turn_back(planned, hands, clock):
    pair, page = pair_at(planned)
    hands.tap(pair, page, "set_out")
    clock.at = datetime(2026, 11, 24, 22, 5, tzinfo=CHINA)
    hands.tap(pair, page, "arrived")
    assert state_of(pair, planned) is VisitState.SET_OUT
    bar = page.detail.way.break_off
    hands.press(pair, bar.link, "r", Qt.KeyboardModifier.ControlModifier)
    write(pair, bar.field, "到达时已过允许时段。")
    hands.press(pair, bar.button, ENTER)
    assert state_of(pair, planned) is VisitState.BROKEN_OFF


def test_a_pack_is_ticked_off_in_the_rounds_and_an_overdue_one_in_the_leads_list(
    planned, hands, clock, qtbot, tmp_path, monkeypatch
):
    lead = planned(LEAD)
    first = next(one.id for one in people.everybody(lead.seat) if one.name == FIRST)
    one, two = (take_along.make(lead.seat, (planned.visit,), first, "zh_CN") for _ in range(2))
    lead.open()
    page = open_page(lead, "visits")
    hands.press(lead, page.rounds_button, "g", Qt.KeyboardModifier.ControlModifier)
    view = page.over
    if hands.taps:
        QTest.mouseClick(view.pack_lines[0].back, Qt.MouseButton.LeftButton)
    else:
        lead.key("1")
        lead.key(ENTER)
    assert [row.state for row in take_along.packs(lead.seat)] == ["out", "returned"]
    monkeypatch.setattr("collector_desk.ui.visits.rounds.pack_papers.ask_folder", lambda _: str(tmp_path))
    view.pack_lines[0].copy_wanted.emit()
    until_idle(lead, qtbot)
    left = next(pack for pack in (one, two) if pack.id == take_along.packs(lead.seat, out_only=True)[0].id)
    assert (tmp_path / f"{left.number}.pdf").read_bytes() == left.pack.data
    lead.key(ESC)
    clock.forward(days=1)
    review = open_page(lead, "review")
    review.tasks.load()
    detail = review.tasks.detail
    assert detail.pack.number == left.number
    hands.press(lead, detail.lost_button, "r", Qt.KeyboardModifier.ControlModifier)
    assert detail.field.error(), "lost takes its words"
    write(lead, detail.words, "在地铁上遗失，已返回寻找未果。")
    hands.press(lead, detail.lost_button, "r", Qt.KeyboardModifier.ControlModifier)
    assert [task.kind for task in tasks.open_tasks(lead.seat)] == ["incident"]
    assert incidents.incidents(lead.seat)[0].report.happened.startswith(left.number)


def test_an_incident_is_settled_by_one_button(planned, hands, clock):
    pair, page = pair_at(planned)
    hands.press(pair, page.detail.head.incident_button, F9)
    assert isinstance(page.over, IncidentView)
    hands.press(pair, page.over.buttons[0], "1")
    [one] = incidents.incidents(pair.seat)
    assert one.report.kind is IncidentKind.THREAT
    lead = planned(LEAD).open()
    page = open_page(lead, "review")
    detail = page.tasks.detail
    assert detail.approve_button.button.text() == "办结突发事件"
    assert detail.refuse_button.isHidden()
    write(lead, detail.reason, "已与两人通话，未受伤，已报警备案。")
    lead.ctrl("R")
    assert incidents.load(lead.seat, one.id).open, "there is nothing to refuse"
    hands.press(lead, detail.approve_button, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert not incidents.load(lead.seat, one.id).open


def test_an_incident_on_the_telephone_takes_two_keys_and_the_call_goes_on(desk, qtbot):
    who = desk.debtor("朱雪彩", days=75)
    desk.open()
    desk.key(ENTER)
    assert desk.case_on_screen == who
    desk.key("d")
    before = desk.presses
    desk.key(F9)
    desk.key("5")
    assert desk.presses - before == 2
    [one] = incidents.incidents(desk.seat)
    assert (one.report.kind, one.debtor_id, one.visit_id) == (IncidentKind.RISK_TO_LIFE, who, None)
    desk.type("客户说活不下去了")
    desk.key(ESC)
    assert desk.page.call.attempt is not None
    assert desk.page.incident.dialog is None
    desk.window.activateWindow()  # as a window manager does, once the dialog is gone
    QApplication.processEvents()
    desk.key(F9)
    desk.ctrl(ENTER)  # goes on with it
    desk.type("，家属在旁")
    view = desk.page.incident.dialog.view
    assert view.inputs["happened"].toPlainText() == "客户说活不下去了，家属在旁"
    draft = functools.partial(drafts.load, desk.seat, DraftKind.INCIDENT, one.id)
    qtbot.waitUntil(lambda: draft().content["happened"].endswith("在旁"), timeout=1000)
    view.save_draft = lambda: None  # the window goes without a word
    desk.crash()
    desk.open()
    desk.key(ENTER)  # the call left open
    desk.key(F9)
    desk.ctrl(ENTER)
    assert desk.page.incident.dialog.view.inputs["happened"].toPlainText().endswith("家属在旁")


# --- the pad, the preview, the printer -------------------------------------------------------------------


@pytest.fixture
def reported(planned, clock):
    """Handed in, not signed."""
    lead = planned(LEAD)
    team = [people.sign_in(lead.folder, name, PASSWORD, clock=clock) for name in (FIRST, SECOND)]
    clock.forward(minutes=40)
    visit_story.arrived(team, planned.visit)
    visiting.hand_in(team[0], planned.visit, visit_story.not_found(team, left_at=team[0].now()))
    for seat in team:
        seat.store.close()
    return planned


def draw(pad: QWidget) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    for x in range(30, 200, 10):
        QTest.mouseMove(pad, QPoint(x, 60 - x % 40))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 40))


def pen(pad: QWidget) -> None:
    device = QPointingDevice.primaryPointingDevice()
    for kind, x, pressure in (
        (QEvent.Type.TabletPress, 20, 0.5),
        (QEvent.Type.TabletMove, 90, 0.6),
        (QEvent.Type.TabletMove, 150, 0.7),
        (QEvent.Type.TabletRelease, 150, 0.0),
    ):
        at = QPointF(x, 30)
        event = QTabletEvent(
            kind, device, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier,
            Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)


@pytest.mark.parametrize("by", [draw, pen])
def test_a_name_is_drawn_and_stands_under_what_was_signed(reported, qtbot, by):
    pair, page = pair_at(reported)
    me, other = (
        next(one.id for one in people.everybody(pair.seat) if one.name == name) for name in (FIRST, SECOND)
    )
    row = page.detail.signing.rows[me]
    row.draw.click()
    by(row.pad)
    assert len(row.pad.strokes()) == 1
    assert all(0 <= value <= 1000 for point in row.pad.strokes()[0] for value in point)
    QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)
    [mark] = visiting.load(pair.seat, reported.visit).signatures
    assert (mark.person_id, mark.how, len(mark.strokes)) == (me, SignedHow.DRAWN, 1)
    assert set(page.detail.signing.rows) == {other}, "who has signed can't be the second"
    second = page.detail.signing.rows[other]
    second.draw.click()
    by(second.pad)
    QTest.mouseClick(second.button, Qt.MouseButton.LeftButton)
    assert second.field.error(), "a drawing at somebody else's seat is nobody's: the password says who it is"
    write(pair, second.password, "not their password")
    pair.key(ENTER)
    until_idle(pair, qtbot)
    assert len(visiting.load(pair.seat, reported.visit).signatures) == 1
    write(pair, second.password, PASSWORD)
    pair.key(ENTER)
    until_idle(pair, qtbot)
    assert {one.person_id for one in visiting.load(pair.seat, reported.visit).signatures} == {me, other}


class _Paper(QPdfWriter):
    """A printer that writes what it gets."""


def test_the_paper_is_looked_at_larger_saved_and_printed(reported, qtbot, tmp_path, monkeypatch):
    pair, page = pair_at(reported)
    pair.ctrl("P")
    preview = page.preview
    until_idle(pair, qtbot)
    qtbot.waitUntil(lambda: preview.document.pageCount() > 0)
    assert "K7M-V1001" in preview.document.getAllText(0).text()
    QTest.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    before = preview.view.zoomFactor()
    QTest.mouseClick(preview.smaller, Qt.MouseButton.LeftButton)
    assert preview.view.zoomFactor() < before
    saved = tmp_path / "saved.pdf"
    preview.ask_file = lambda name: str(saved) if name == "K7M-V1001-v1.pdf" else ""
    QTest.mouseClick(preview.save_button.button, Qt.MouseButton.LeftButton)
    assert saved.read_bytes().startswith(b"%PDF")
    printed = tmp_path / "printed.pdf"
    preview.ask_printer = lambda: _Paper(str(printed))
    pair.ctrl("P")
    with monkeypatch.context() as patch:
        patch.setattr(preview, "ask_printer", lambda: None)
        pair.ctrl("P")  # somebody who turns away at the printer's dialog prints nothing
    paper = QPdfDocument(pair.window)
    assert paper.load(str(printed)) == QPdfDocument.Error.None_
    assert paper.pageCount() == preview.document.pageCount()
    assert _ink(paper) > 1000, "there is something on the page"
    paper.close()
    with pair.seat.store.read() as conn:
        from sqlalchemy import select

        from collector_desk.store import tables as t

        looked = conn.execute(select(t.access.c.what).where(t.access.c.subject_id == reported.visit)).scalars()
        assert list(looked) == ["export", "print"]


def _ink(paper: QPdfDocument) -> int:
    size = paper.pagePointSize(0).toSize()
    picture = QImage(size, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.drawImage(0, 0, paper.render(0, size))
    painter.end()
    return sum(byte < 128 for byte in bytes(picture.constBits()))


def test_the_banks_zip_is_written_from_review_or_stopped_without_a_trace(reported, clock, qtbot, tmp_path):
    lead = reported(LEAD)
    for name in (FIRST, SECOND):
        seat = people.sign_in(lead.folder, name, PASSWORD, clock=clock)
        visiting.sign(seat, reported.visit, how=SignedHow.PASSWORD)
        seat.store.close()
    visiting.review(lead.seat, reported.visit, accepted=True, words="内容完整")
    lead.open()
    page = open_page(lead, "review")
    lead.ctrl("S")
    dialog = page.bundle
    target = tmp_path / "bank.zip"
    dialog.ask_file = lambda name: str(target) if name == "XK202611-01.zip" else ""
    QTest.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    until_idle(lead, qtbot)
    assert list(tmp_path.glob("bank*")) == []
    assert dialog.write_button.isEnabled()
    QTest.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    until_idle(lead, qtbot)
    assert target.read_bytes().startswith(b"PK")
    assert dialog.isHidden()


def test_the_paper_of_who_went_back_to_the_bank_is_not_shown_to_the_pair(reported, clock, qtbot, tmp_path):
    lead = reported(LEAD)
    for name in (FIRST, SECOND):
        seat = people.sign_in(lead.folder, name, PASSWORD, clock=clock)
        visiting.sign(seat, reported.visit, how=SignedHow.PASSWORD)
        seat.store.close()
    visiting.review(lead.seat, reported.visit, accepted=True, words="内容完整")
    WordsOfBank(lead.seat, tmp_path).recalls(visiting.load(lead.seat, reported.visit).debtor_id)
    pair = reported(FIRST).open()
    page = open_page(pair, "visits")
    page.column.filter.setFocus()
    pair.key(Qt.Key.Key_Down)
    pair.key(Qt.Key.Key_Down)  # what is filed stands under "all" alone
    page.column.list.setFocus()
    pair.key(ENTER)
    assert page.detail is not None
    pair.ctrl("P")
    until_idle(pair, qtbot)
    assert page.preview.document.pageCount() == 0
    assert not page.preview.isVisible()
    assert "仅主管和法务可看" in pair.window.desk.form.banner.text()
