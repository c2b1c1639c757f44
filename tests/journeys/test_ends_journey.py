"""The bank recalls, stops, or its mandate ends while the telephone is in the hand: the call ends politely and is
logged, nothing new is dialled."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from collector_desk.domain.vocabulary import CaseState
from collector_desk.services.book import cases, placements, queueing
from collector_desk.store import tables as t
from collector_desk.ui.widgets import Text
from collector_desk.ui.work.call.debtor_card import DebtorCard
from tests.journeys.test_import_journey import LEAD, cases_page, to_widget
from tests.samples.words_of_bank import WordsOfBank

ENTER = Qt.Key.Key_Return


@pytest.fixture
def desks(two_desks, tmp_path):
    agent, lead = two_desks
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in (300_000, 200_000, 100_000)]
    agent.bank = WordsOfBank(lead.seat, tmp_path)
    agent.lead = lead
    return agent


def elsewhere(desk) -> None:
    """What another window wrote, and what the clock moved, is noticed, as within seconds it would be."""
    desk.window.pulse.look_elsewhere()
    desk.app.processEvents()


def count(desk, table) -> int:
    with desk.seat.store.read() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_recall_during_the_call_is_told_and_the_call_is_logged(desks):
    desk = desks.open()
    first, second, _ = desk.rows
    desk.key(ENTER)
    desk.key("D")
    assert desk.page.call.attempt is not None
    desk.bank.recalls(first)
    elsewhere(desk)
    assert "案件已退回银行" in desk.page.banner.text()
    assert "礼貌结束通话" in "".join(label.text() for label in desk.page.banner.findChildren(Text))
    desk.key("N")  # no answer, after all: the outcome saves
    assert desk.page.call.attempt is None
    assert count(desk, t.attempt_end) == 1
    assert cases.open_case(desk.seat, first).file.cases[0].state is CaseState.RETURNED
    with desk.seat.store.read() as conn:
        held = conn.execute(select(t.debtor.c.holder_id).where(t.debtor.c.id == first)).scalar()
    assert held is None
    assert desk.case_on_screen == second, "the next one"


def test_who_is_stopped_while_on_the_screen_is_not_dialled_and_not_next(desks):
    desk = desks.open()
    first, second, _ = desk.rows
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.bank.stops(first)
    desk.key("D")  # before the window looked around
    desk.key("D")
    assert count(desk, t.attempt) == 0
    elsewhere(desk)
    desk.key("D")
    assert count(desk, t.attempt) == 0
    desk.key(ENTER)
    assert desk.case_on_screen == second


def test_the_mandate_ends_during_a_call_which_is_ended_and_logged(desks, clock):
    first, *_ = desks.rows
    lead = desks.lead.seat
    terms = cases.open_case(lead, first).file.cases[0].terms
    with lead.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    placements.set_terms(lead, placement, replace(terms, mandate_ends=date(2026, 11, 23)))
    desk = desks.open()
    desk.key(ENTER)
    assert desk.case_on_screen == first
    clock.at = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)  # the last minute of the day in which one may dial
    desk.key("D")
    assert desk.page.call.attempt is not None
    clock.at = datetime(2026, 11, 23, 16, 0, 1, tzinfo=UTC)  # midnight at the bank
    queueing.catch_up(lead)
    elsewhere(desk)
    assert "委托已于" in desk.page.banner.text()
    desk.key("N")
    assert count(desk, t.attempt_end) == 1
    clock.at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # ten in the morning
    elsewhere(desk)
    for _ in range(2):
        desk.key(ENTER)
        desk.key("D")
    assert count(desk, t.attempt) == 1, "nothing new is dialled"
    assert not [row for row in queueing.rows(desk.seat) if row.queue_class.workable]


def test_who_works_the_case_reads_that_its_mandate_ends_and_two_days_before_in_its_head(desks, clock):
    first, *_ = desks.rows
    lead = desks.lead.seat
    terms = cases.open_case(lead, first).file.cases[0].terms
    with lead.store.read() as conn:
        placement = conn.execute(select(t.placement.c.id)).scalar_one()
    placements.set_terms(lead, placement, replace(terms, mandate_ends=date(2026, 11, 28)))
    desk = desks.open()
    desk.key(ENTER)
    card = desk.page.findChild(DebtorCard)
    assert "委托 11-28 到期，请谈妥" in card.line.text()
    assert "5 天后到期" not in card.line.text(), "said once"
    assert "到期" not in card.flags.text()
    clock.forward(days=3)
    elsewhere(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.key(ENTER)
    assert "委托 2 天后到期" in card.flags.text()


def test_a_list_is_recognised_shown_taken_in_and_undone_by_keys(desk_of, qtbot, tmp_path):
    lead = desk_of(LEAD)
    who, other = lead.debtor("朱雪彩"), lead.debtor("李四")
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    bank = WordsOfBank(lead.seat, tmp_path)
    path = bank.file(
        ("账户号", "姓名", "撤案日期", "撤案原因"),
        (bank.account(who), "朱雪彩", "2026-11-20", "客户投诉"),
        ("99990000", "无名", "2026-11-20", "客户投诉"),
    )
    page = cases_page(lead, qtbot)
    view = page.importing

    def wait_for(step) -> None:
        qtbot.waitUntil(lambda: view.step() is step and not lead.window.tasks.busy, timeout=15000)

    def state() -> list[CaseState]:
        return [cases.open_case(lead.seat, one).file.cases[0].state for one in (who, other)]

    lead.ctrl("I")
    lead.type(str(path))
    lead.key(ENTER)
    wait_for(view.words)
    assert [figure.value.text() for figure in view.words.figures] == ["1", "0", "0", "1", "0"]
    assert state() == [CaseState.OPEN, CaseState.OPEN], "looking changes nothing"
    lead.key(ENTER)
    wait_for(view.words_result)
    assert state() == [CaseState.RETURNED, CaseState.OPEN]
    to_widget(lead, view.words_result.undo_button)
    lead.key(Qt.Key.Key_Space)
    assert state() == [CaseState.OPEN, CaseState.OPEN]
    lead.key(ENTER)
    assert page.face() is page.overview


def test_a_list_is_undone_from_the_list_of_files_with_a_reason(desk_of, qtbot, tmp_path):
    lead = desk_of(LEAD)
    who = lead.debtor("朱雪彩")
    WordsOfBank(lead.seat, tmp_path).recalls(who)
    lead.open()
    qtbot.waitUntil(lead.window.isActiveWindow)
    page = cases_page(lead, qtbot)
    table = page.overview.batch_table
    table.setFocus()
    table.selectRow(0)
    lead.ctrl("R")
    assert page.undoing.isVisible()
    lead.key(ENTER)
    assert page.undoing.reason_field.error()
    lead.type("银行发错了名单")
    lead.key(ENTER)
    assert not page.undoing.isVisible()
    assert cases.open_case(lead.seat, who).file.cases[0].state is CaseState.OPEN
