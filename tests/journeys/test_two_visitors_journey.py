"""Two visitors at one report, each at a window of their own, by keys: no word of either is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.visits.visit import VisitOutcome
from collector_desk.domain.vocabulary import Role
from collector_desk.services.office import people
from collector_desk.services.visits import drafts, incidents, visiting
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.visits.shared_fields import BesideChoice
from tests.journeys.conftest import Desk
from tests.samples import visit_story
from tests.samples.store import PASSWORD, copy_store, let_in

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
FIRST, SECOND = "王走访", "赵同行"
HERS, HIS = "门口贴有物业催缴单。", "邻居未被打扰。"


@pytest.fixture
def pair(qapp, template, tmp_path, clock):
    """Both stand at the door; each sits at a window with the report open, what is asked for already answered."""
    apply_theme(qapp, "light")
    folder = tmp_path / "store"
    copy_store(template, folder)
    lead = Desk(qapp, folder, clock, "林主管")
    for name in (FIRST, SECOND):
        let_in(lead.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
    agent = people.sign_in(folder, "张晓", PASSWORD, clock=clock)
    desks = [Desk(qapp, folder, clock, name) for name in (FIRST, SECOND)]
    team = [desk.seat for desk in desks]
    visit = visit_story.requested(agent, lead.debtor("朱雪彩", days=75))
    visit_story.planned(lead.seat, team, visit)
    clock.forward(days=1)
    visit_story.arrived(team, visit)
    agent.store.close()
    lead.close()
    for desk in desks:
        desk.visit = visit
        desk.open()
        page = desk.window.show_page("visits")
        desk.key(ENTER)
        desk.form = page.detail.form
        desk.visits = page
    answer(desks[0])
    yield desks
    for desk in desks:
        desk.close()


def answer(desk):
    """The fields a visit that met nobody wants."""
    values = {
        "outcome": VisitOutcome.NOT_FOUND.value,
        "left_at": "10:10",
        "outcome_reason": "按门铃两次无人应答，未留任何纸张。",
        "recorded_where": "记录仪 3 号",
        "address": "right",
        "next_step": "改日电话联系",
    }
    form = desk.form
    form.fill(form.typed() | values | {"present": " ".join(form.inputs["present"].boxes)})
    form._edited()
    form.save_draft()


def go_to(desk, qtbot):
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)


def write(desk, qtbot, name, text):
    """Typed at the end of what stands there."""
    go_to(desk, qtbot)
    desk.form.inputs[name].setFocus()
    desk.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.type(text)


def poll(desk):
    desk.window.pulse.look_elsewhere()
    QApplication.processEvents()


def report_of(desk):
    return visiting.load(desk.seat, desk.visit).report


def test_both_texts_stand_in_the_report_and_each_sees_the_other_s(pair, qtbot):
    first, second = pair
    poll(second)
    assert second.form.typed()["next_step"] == "改日电话联系", "an open window shows what the other wrote"
    write(second, qtbot, "unusual", HIS)
    second.form.save_draft()
    write(first, qtbot, "outcome_reason", HERS)
    first.ctrl(ENTER)
    assert report_of(first) is None, "what came in meanwhile is read first"
    assert first.form.typed()["unusual"] == HIS
    assert SECOND in first.form.state.text()
    first.ctrl(ENTER)
    report = report_of(first)
    assert report.unusual == HIS
    assert report.outcome_reason.endswith(HERS)


def test_two_texts_in_one_field_lie_side_by_side_and_both_can_stay(pair, qtbot):
    first, second = pair
    poll(second)
    write(first, qtbot, "unusual", HERS)
    write(second, qtbot, "unusual", HIS)
    first.form.save_draft()
    second.form.save_draft()
    (panel,) = second.form.typing.besides
    assert panel.text.text() == HERS, "the other's beside one's own"
    assert second.form.typed()["unusual"] == HIS
    second.ctrl(ENTER)
    assert report_of(second) is None
    assert QApplication.focusWidget() is panel.first_button()
    second.key(Qt.Key.Key_Space)
    assert second.form.typing.besides == []
    assert second.form.typed()["unusual"] == f"{HERS}\n{HIS}"
    second.ctrl(ENTER)
    assert report_of(second).unusual == f"{HERS}\n{HIS}"


def test_the_first_sees_it_too_and_cannot_leave_the_other_s_words_out(pair, qtbot):
    first, second = pair
    poll(second)
    write(first, qtbot, "unusual", HERS)
    first.form.save_draft()
    write(second, qtbot, "unusual", HIS)
    second.form.save_draft()
    poll(first)
    (panel,) = first.form.typing.besides
    assert panel.text.text() == HIS
    assert set(panel.buttons) == {BesideChoice.BOTH, BesideChoice.THEIRS}
    panel.buttons[BesideChoice.BOTH].click()
    poll(second)
    assert second.form.typing.besides == []
    assert second.form.typed()["unusual"] == first.form.typed()["unusual"] == f"{HERS}\n{HIS}"


def test_two_windows_that_stand_open_leave_each_other_in_peace(pair, qtbot):
    first, second = pair
    poll(second)
    write(second, qtbot, "unusual", HIS)
    second.form.save_draft()
    poll(first)
    at = drafts.load(first.seat, first.visit).saved_at
    first.clock.forward(minutes=1)
    for _ in range(3):
        for desk in pair:
            desk.window.pulse.look_elsewhere()
    assert drafts.load(first.seat, first.visit).saved_at == at, "nobody writes what nobody typed"


def test_typed_on_after_the_other_handed_in_it_waits_and_is_put_in(pair, qtbot):
    first, second = pair
    poll(second)
    write(second, qtbot, "unusual", HIS)  # not a second ago: not yet kept
    second.form.typing.timer.stop()
    visiting.hand_in(first.seat, first.visit, visit_story.not_found([first.seat, second.seat]))
    poll(second)
    assert visiting.load(second.seat, second.visit).state is VisitState.REPORTED
    late = second.visits.detail.late
    assert late is not None, "his window does not jump to the signatures without a word"
    go_to(second, qtbot)
    assert QApplication.focusWidget() is late.put_in
    second.key(ENTER)
    form = second.visits.detail.form
    assert form.typed()["unusual"] == HIS
    second.ctrl(ENTER)
    assert report_of(second).unusual == HIS
    assert report_of(second).version == 2


def test_a_hand_in_that_cannot_be_says_why_beside_the_button_and_shows_the_field(pair, qtbot):
    first, _ = pair
    form = first.form
    go_to(first, qtbot)
    form.inputs["next_step"].clear()
    area = first.visits.detail.area
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    form.save_button.button.setFocus()
    first.ctrl(ENTER)
    assert report_of(first) is None
    assert form.fields["next_step"].label.text() in form.state.text()
    field = form.fields["next_step"]

    def seen() -> bool:
        top = field.mapTo(area.viewport(), field.rect().topLeft()).y()
        return 0 <= top <= area.viewport().height() - field.height()

    qtbot.waitUntil(seen)
    assert isinstance(area, QScrollArea)
    assert QApplication.focusWidget() is form.inputs["next_step"]


def test_words_that_go_into_no_report_are_named_before_they_are_left_behind(pair, qtbot):
    first, _ = pair
    form = first.form
    go_to(first, qtbot)
    form.fill(form.typed() | {"said": "客户称本周内还款。"})
    form._edited()
    first.ctrl(ENTER)
    assert report_of(first) is None
    assert form.fields["said"].label.text() in form.state.text()
    first.ctrl(ENTER)
    assert report_of(first) is not None


def test_ones_own_draft_is_thrown_away_only_when_asked_twice(pair, qtbot):
    first, second = pair
    first.window.show_page("cases")
    poll(second)
    again = visiting.load(first.seat, first.visit)
    assert again.report is None
    page = first.visits
    first.window.show_page("visits")
    page._drop_detail()
    page._typed_here.clear()
    page._chosen(page.column.row())
    form = page.detail.form
    assert form.offering
    form.begin_anew()
    assert form.offering
    assert drafts.load(first.seat, first.visit) is not None
    form.begin_anew()
    assert not form.offering
    assert drafts.load(first.seat, first.visit) is None


def test_two_at_one_incident_keep_each_other_s_words(pair, qtbot):
    first, second = pair
    for desk in reversed(pair):
        go_to(desk, qtbot)
        desk.key(Qt.Key.Key_F9)
    first.key("1")
    one = first.visits.over.incident
    second.visits.over.open(one.id)
    hers, his = first.visits.over, second.visits.over
    go_to(first, qtbot)
    hers.inputs["happened"].setFocus()
    first.type("对方持木棍堵在门口。")
    hers.save_draft()
    go_to(second, qtbot)
    his.inputs["happened"].setFocus()
    second.type("对方声称不许离开。")
    his.inputs["done"].setFocus()
    second.type("已退出并报警。")
    his.save_draft()
    poll(first)
    assert hers.inputs["done"].toPlainText() == "已退出并报警。"
    second.ctrl(ENTER)
    assert incidents.load(second.seat, one.id).report.version == 0, "two texts: one has to choose"
    (panel,) = his.typing.besides
    assert panel.text.text() == "对方持木棍堵在门口。"
    second.key(Qt.Key.Key_Space)
    second.ctrl(ENTER)
    report = incidents.load(second.seat, one.id).report
    assert report.happened == "对方持木棍堵在门口。\n对方声称不许离开。"
    poll(first)
    assert hers.inputs["happened"].toPlainText() == report.happened
