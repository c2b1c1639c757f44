"""An incident by two taps, the rounds of a day and the packs, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collector_desk.domain.states import DraftKind
from collector_desk.domain.visits.incidents import IncidentKind
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import drafts
from collector_desk.services.office import people
from collector_desk.services.permits import tasks
from collector_desk.services.visits import incidents, rounds, take_along, visiting
from collector_desk.ui.visits.incident.view import IncidentView
from collector_desk.ui.visits.rounds.round_view import RoundView
from tests.samples import visit_story
from tests.samples.store import PASSWORD, let_in

ENTER, ESC, F9 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F9
ALT = Qt.KeyboardModifier.AltModifier
LEAD, AGENT, FIRST, SECOND = "林主管", "张晓", "王走访", "赵同行"
HOME, NEAR = "广州市天河区和平街25号9栋2601室", "广州市天河区和平街3号1栋101室"


@pytest.fixture
def sit(desk_of, clock):
    """Two visits planned for tomorrow, the farther house first; the pair stands at the first door."""
    lead = desk_of(LEAD)
    team = []
    for name in (FIRST, SECOND):
        let_in(lead.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        team.append(people.sign_in(lead.folder, name, PASSWORD, clock=clock))
    agent = people.sign_in(lead.folder, AGENT, PASSWORD, clock=clock)
    ids = [
        visit_story.requested(agent, lead.debtor(name, days=75), where)
        for name, where in (("朱雪彩", HOME), ("欧阳明哲", NEAR))
    ]
    for hours, visit_id, where in zip((24, 26), ids, (HOME, NEAR), strict=True):
        visit_story.planned(lead.seat, team, visit_id, hours=hours, address=where)
    clock.forward(days=1)
    visit_story.arrived(team, ids[0])
    for seat in (*team, agent):
        seat.store.close()
    desk_of.ids = ids
    return desk_of


def open_page(desk, page_id: str):
    place = list(desk.window.desk.buttons).index(page_id) + 1
    desk.key(str(place), ALT)
    return desk.window.page(page_id)


def until_idle(desk, qtbot) -> None:
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)


def test_two_taps_and_the_lead_has_it(sit, qtbot, tmp_path, monkeypatch):
    first = sit(FIRST).open()
    page = open_page(first, "visits")
    first.key(ENTER)
    assert page.detail.visit.visit_id == sit.ids[0]
    before = first.presses
    first.key(F9)
    first.key("1")
    assert first.presses - before == 2
    [one] = incidents.incidents(first.seat)
    assert (one.report.kind, one.visit_id, one.open) == (IncidentKind.THREAT, sit.ids[0], True)
    assert isinstance(page.over, IncidentView)
    first.ctrl(ENTER)  # nothing written yet: it says so and keeps what was told
    assert incidents.load(first.seat, one.id).report.version == 0
    first.type("对方持棍堵门，声称不许离开。")
    page.over.inputs["done"].setFocus()
    first.type("已退出并拨打 110，已告知主管。")
    first.ctrl(ENTER)
    assert incidents.load(first.seat, one.id).report.happened.startswith("对方持棍")
    target = tmp_path / "incident.pdf"
    monkeypatch.setattr("collector_desk.ui.visits.incident.facts.ask_file", lambda *_: str(target))
    first.ctrl("P")
    until_idle(first, qtbot)
    assert target.read_bytes().startswith(b"%PDF-")
    first.key(ESC)
    assert page.over is None
    lead = sit(LEAD).open()
    review = open_page(lead, "review")
    assert review is not None
    assert [task.kind for task in tasks.open_tasks(lead.seat)] == ["incident"]


def test_a_half_written_incident_is_found_again(sit, clock, qtbot):
    """Esc leaves it, a crash loses nothing; F9 offers it again, to a colleague of the pair too."""
    first = sit(FIRST).open()
    page = open_page(first, "visits")
    first.key(ENTER)
    first.key(F9)
    first.key("1")
    [one] = incidents.incidents(first.seat)
    first.type("对方持棍堵门")
    page.over.boxes["injured"].setChecked(True)
    page.over.inputs["injury"].setFocus()
    first.type("手背擦伤")
    qtbot.waitUntil(lambda: held(first.seat, one.id).get("injury") == "手背擦伤", timeout=1000)
    first.type("，已")
    first.key(ESC)
    assert held(first.seat, one.id)["injury"] == "手背擦伤，已", "leaving keeps the last words too"
    second = sit(SECOND).open()
    page = open_page(second, "visits")
    second.key(ENTER)
    second.key(F9)
    assert not page.over.save_button.isHidden()
    second.ctrl(ENTER)  # goes on with it
    view = page.over
    assert (view.incident.id, view.boxes["injured"].isChecked()) == (one.id, True)
    assert view.inputs["injury"].toPlainText() == "手背擦伤，已"
    assert not view.again.isHidden()
    view.inputs["done"].setFocus()
    second.type("已退出并报警。")
    second.ctrl(ENTER)
    report = incidents.load(second.seat, one.id).report
    assert (report.version, report.happened, report.injury) == (1, "对方持棍堵门", "手背擦伤，已")
    assert held(second.seat, one.id) == {}
    second.key(ESC)
    second.key(F9)
    assert page.over.unfinished is None
    second.key("2")
    assert len(incidents.incidents(second.seat)) == 2, "what was left doesn't stand in the way of another one"


def test_a_draft_given_up_leaves_the_report_as_it_was_kept(sit, qtbot):
    first = sit(FIRST).open()
    page = open_page(first, "visits")
    first.key(ENTER)
    first.key(F9)
    first.key("1")
    [one] = incidents.incidents(first.seat)
    first.type("对方持棍堵门")
    page.over.inputs["done"].setFocus()
    first.type("已退出。")
    first.ctrl(ENTER)
    first.type("不实的话")
    first.key(ESC)
    assert held(first.seat, one.id)["done"] == "已退出。不实的话"
    first.key(F9)
    first.ctrl(ENTER)
    page.over.anew_button.click()
    assert page.over.inputs["done"].toPlainText() == "已退出。"
    first.key(ESC)
    assert held(first.seat, one.id) == {}
    assert incidents.load(first.seat, one.id).report.version == 1


def held(seat, incident_id: str) -> dict:
    """What the store holds of an incident that is being written."""
    draft = drafts.load(seat, DraftKind.INCIDENT, incident_id, anybody=True)
    return draft.content if draft else {}


def test_the_round_is_put_in_order_and_its_pack_comes_back(sit, qtbot, tmp_path, monkeypatch):
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.ctrl("G")
    view = page.over
    assert isinstance(view, RoundView)
    today = lead.seat.today()
    [one] = rounds.day_plan(lead.seat, today).rounds
    assert [stop.visit_id for stop in one.stops] == [sit.ids[1], sit.ids[0]]
    lead.ctrl(Qt.Key.Key_Down)
    lead.ctrl("B")
    [one] = rounds.day_plan(lead.seat, today).rounds
    assert [(stop.visit_id, stop.spare) for stop in one.stops] == [(sit.ids[0], False), (sit.ids[1], True)]
    assert view.stop().visit_id == sit.ids[1]
    lead.key(ESC)
    assert page.over is None


def test_a_pack_is_made_and_ticked_off(sit, clock, qtbot, tmp_path, monkeypatch):
    clock.forward(hours=1)
    lead = sit(LEAD).open()
    page = open_page(lead, "visits")
    lead.ctrl("G")
    monkeypatch.setattr(page.over, "ask_folder", lambda: str(tmp_path))
    lead.ctrl("P")
    until_idle(lead, qtbot)
    assert sorted(path.name for path in tmp_path.glob("K*.pdf")) == ["K7M-P1001-letter.pdf", "K7M-P1001.pdf"]
    [row] = take_along.packs(lead.seat)
    assert row.state == "out"
    assert page.over.out_card.isVisible()
    page.over._tick(row.id, lost=False, words="")
    assert take_along.packs(lead.seat)[0].state == "returned"
    assert not page.over.out_card.isVisible()


def test_an_account_that_is_still_to_be_written_stays_with_the_pair(sit, clock, qtbot):
    """Also once the report is signed and accepted: the way to the form is gone only when it was written."""
    first = sit(FIRST).open()
    page = open_page(first, "visits")
    first.key(ENTER)
    first.key(F9)
    first.key("1")
    first.key(ESC)
    [one] = incidents.incidents(first.seat)
    assert first.window.desk.alarms.strip.text()
    others = [people.sign_in(first.folder, name, PASSWORD, clock=clock) for name in (SECOND, LEAD)]
    team = (first.seat, others[0])
    visit_story.signed(team, sit.ids[0])
    visiting.review(others[1], sit.ids[0], accepted=True, words="时间和记录一致。")
    for seat in others:
        seat.store.close()
    first.window.pulse.look_elsewhere()
    assert page.column.filter.currentIndex() == 0
    assert page.column.choose(sit.ids[0])
    assert page.column.filter.currentIndex() == 0, "still theirs to do"
    page._settle()
    row = page.column.row()
    assert row.state is VisitState.FILED
    assert "经过尚未填写" in page.column.model.words(row)
    panel = page.detail.findChild(QPushButton, "write_incident")
    panel.click()
    assert page.over.incident.id == one.id
    first.type("对方持棍堵门，声称不许离开。")
    page.over.inputs["done"].setFocus()
    first.type("已退出并报警，已告知主管。")
    first.ctrl(ENTER)
    first.key(ESC)
    assert page.column.model.place_of(sit.ids[0]) < 0, "written: nothing of it waits for them"
