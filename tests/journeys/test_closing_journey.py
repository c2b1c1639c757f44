"""A lead closes a case on the bank's word by keys alone; then nobody is called about it, and they may ring up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import cases, closing
from collector_desk.services.office import people
from collector_desk.services.visits import visiting
from collector_desk.store import tables as t
from collector_desk.ui.book.page import CasesPage
from collector_desk.ui.widgets import Text
from collector_desk.ui.window.keys import bound_keys
from tests.samples import visit_story
from tests.samples.store import PASSWORD, let_in

ENTER, ESC, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down
CTRL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))
LEAD, AGENT, FIRST, SECOND = "林主管", "张晓", "王走访", "赵同行"
LETTER = "结清证明 2026-118 号"
NOTHING = {"zh_CN": "已结清，无欠款；仅可回复来电", "en": "Settled, nothing owed; calls of theirs may be answered"}


@pytest.fixture
def sit(desk_of):
    manager = desk_of(LEAD)
    for name in (FIRST, SECOND):
        let_in(manager.seat, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
    return desk_of


@pytest.fixture
def visited(sit, clock):
    """A debtor with a visit planned for tomorrow."""
    who = sit(AGENT).debtor("宋小宝", days=75)
    seats = {
        name: people.sign_in(sit(LEAD).folder, name, PASSWORD, clock=clock) for name in (AGENT, LEAD, FIRST, SECOND)
    }
    visit_id = visit_story.requested(seats[AGENT], who)
    visit_story.planned(seats[LEAD], (seats[FIRST], seats[SECOND]), visit_id)
    for seat in seats.values():
        seat.store.close()
    return who


def case_by_keys(desk, qtbot, name: str) -> CasesPage:
    """Cases, find, Enter."""
    desk.key(str(list(desk.window.desk.buttons).index("cases") + 1), ALT)
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)
    desk.ctrl("F")
    desk.type(name)
    qtbot.waitUntil(lambda: not desk.window.tasks.busy, timeout=30_000)
    desk.key(ENTER)
    qtbot.waitUntil(lambda: page.face() is page.detail, timeout=30_000)
    return page


def pick(desk, field, digit: str) -> None:
    """A value of a field by its key, however many Tabs away the field is."""
    for _ in range(8):
        if QApplication.focusWidget() is field:
            break
        desk.key(TAB)
    assert QApplication.focusWidget() is field
    desk.key(DOWN)
    desk.key(digit)


def close_by_keys(desk, page, ending: str = "1") -> None:
    desk.ctrl("J")
    form = page.detail.closing
    assert form.editing
    pick(desk, form.ending, ending)
    desk.key(TAB)
    assert QApplication.focusWidget() is form.document
    desk.type(LETTER)
    desk.key(ENTER)
    assert form.editing, "the first Enter only asks"
    assert form.follows.text()
    desk.key(ENTER)
    assert not form.editing, [field.error() for field in form._fields.values()]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_from_the_banks_letter_to_a_debtor_left_in_peace(sit, visited, qtbot, clock, language):
    lead = sit(LEAD).open(language)
    page = case_by_keys(lead, qtbot, "宋小宝")
    close_by_keys(lead, page)
    assert page.detail.account_cards
    assert cases.open_case(lead.seat, visited).file.lead_case.state == "settled"
    assert QApplication.focusWidget() is page.detail

    pair = sit(FIRST).open(language)
    [row] = visiting.rows(pair.seat)
    shown = pair.window.page("visits")
    assert shown.column.row().visit_id == row.visit_id, "who would have gone sees that it is called off"
    assert LETTER in " ".join(text.text() for text in shown.detail.findChildren(Text) if text.isVisible())
    assert row.state is VisitState.NOT_CARRIED_OUT
    assert LETTER in visiting.load(pair.seat, row.visit_id).history[-1].reason

    agent = sit(AGENT)
    agent.debtor.count = 10
    owing = agent.debtor("宋小贝")
    agent.open(language)
    agent.ctrl("F")
    agent.type("宋小")
    agent.key(ENTER)
    assert agent.case_on_screen == owing  # what is open stands first
    agent.ctrl("F")
    agent.type("宋小宝")
    agent.key(ENTER)
    assert agent.case_on_screen == visited
    assert {card.tone.value for card in agent.page.debtor.numbers if card.isVisible()} == {"danger"}
    agent.key("D")
    assert agent.page.call.attempt is None
    assert NOTHING[language] in agent.page.banner.text()
    agent.key("S")
    assert NOTHING[language] in agent.page.banner.text()
    agent.key("V", CTRL, SHIFT)
    assert not agent.page.visit.isVisible()
    assert NOTHING[language] in agent.page.banner.text()
    agent.key("I")
    assert agent.page.call.attempt is not None
    assert NOTHING[language] in agent.page.banner.text()
    with agent.seat.store.read() as conn:
        assert conn.execute(select(t.attempt.c.direction).order_by(t.attempt.c.id.desc())).scalars().first() == "in"


def test_who_stands_at_the_door_is_told_at_once(sit, visited, qtbot, clock):
    lead = sit(LEAD)
    clock.forward(days=1)
    pair = tuple(people.sign_in(lead.folder, name, PASSWORD, clock=clock) for name in (FIRST, SECOND))
    [row] = visiting.rows(lead.seat)
    visit_story.arrived(pair, row.visit_id)
    for seat in pair:
        seat.store.close()
    here = sit(FIRST).open()
    shown = here.window.page("visits")
    here.key(ENTER)

    def told() -> str:
        return " ".join(text.text() for text in shown.detail.findChildren(Text) if text.isVisible())

    assert NOTHING["zh_CN"] not in told()
    clock.forward(minutes=1)
    seat = people.sign_in(here.folder, LEAD, PASSWORD, clock=clock)
    case_id = cases.open_case(seat, visited).file.lead_case.id
    closing.close(seat, case_id, Ending.SETTLED, document=LETTER, written_on=seat.today())
    seat.store.close()
    here.window.pulse.look_elsewhere()
    here.app.processEvents()
    assert NOTHING["zh_CN"] in told()


def test_what_is_wrong_is_said_at_its_field_and_esc_writes_nothing(sit, qtbot):
    lead = sit(LEAD)
    who = lead.debtor("宋小宝")
    lead.open()
    page = case_by_keys(lead, qtbot, "宋小宝")
    lead.ctrl("J")
    form = page.detail.closing
    pick(lead, form.ending, "2")
    lead.key(TAB)
    lead.type("证明")
    lead.key(ENTER)
    assert form._fields["document"].error()
    lead.type("书 118 号")
    lead.key(TAB)
    form.day.selectAll()
    lead.type("2027-01-05")
    lead.key(ENTER)
    assert form._fields["day"].error()
    lead.key(ESC)
    assert not form.editing
    assert page.face() is page.detail
    assert cases.open_case(lead.seat, who).file.lead_case.state == "open"


def test_one_account_is_closed_and_opened_again(sit, qtbot):
    lead = sit(LEAD)
    who = lead.debtor("宋小宝", days=75)
    other = lead.debtor.another(who)
    lead.open()
    page = case_by_keys(lead, qtbot, "宋小宝")
    lead.ctrl("J")
    form = page.detail.closing
    pick(lead, form.account, "2")
    pick(lead, form.ending, "2")
    lead.key(TAB)
    lead.type(LETTER)
    lead.key(ENTER)
    assert "另有欠款" in form.follows.text()
    lead.key(ENTER)
    states = {case.id: case.state for case in cases.open_case(lead.seat, who).file.cases}
    assert states.pop(other) == "returned"
    assert set(states.values()) == {"open"}
    lead.ctrl("J")
    pick(lead, form.account, "2")
    pick(lead, form.ending, "1")  # the only choice: open again
    lead.key(TAB)
    assert QApplication.focusWidget() is form.reason
    lead.type("银行来函更正，该户未退案")
    lead.key(ENTER)
    lead.key(ENTER)
    assert {case.state for case in cases.open_case(lead.seat, who).file.cases} == {"open"}


def test_an_agent_has_neither_key_nor_button(sit, qtbot):
    agent = sit(AGENT)
    agent.debtor("宋小宝")
    agent.open()
    page = case_by_keys(agent, qtbot, "宋小宝")
    assert not page.detail.close_button.isVisible()
    assert "close_case" not in {key.id for key in bound_keys(agent.window)}
    agent.ctrl("J")
    assert not page.detail.closing.editing


def test_a_case_settled_while_somebody_talks_says_so_and_takes_no_promise(two_desks, qtbot):
    agent, lead = two_desks
    who = agent.debtor("宋小宝")
    agent.open()
    agent.key(ENTER)
    agent.key("D")
    assert agent.page.call.attempt is not None
    case_id = cases.open_case(lead.seat, who).file.lead_case.id
    closing.close(lead.seat, case_id, Ending.SETTLED, document=LETTER, written_on=lead.seat.today())
    agent.window.pulse.look_elsewhere()
    assert NOTHING["zh_CN"] in agent.page.banner.text()
