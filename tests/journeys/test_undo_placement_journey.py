"""A placement taken out again by three keys; and one that was worked on, of which the window says who and what."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.services.book import cases
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.journeys.test_paid_meanwhile_journey import dialled, elsewhere
from tests.journeys.test_withdrawal_journey import ENTER, to_cases
from tests.samples.full_life import dialled as rung
from tests.services.money.conftest import Bank
from tests.services.money.test_undoing import A, B, placement, taken


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    """An agent at one window, the lead who takes files in at the other; a week after the first placement."""
    agent, lead = two_desks
    agent.row = agent.debtor(balance=300_000, previous_overdue=0)
    clock.forward(days=2)
    agent.bank = Bank(lead.seat, tmp_path)
    agent.lead = lead
    return agent


def asked(lead, qtbot):
    page = to_cases(lead, qtbot)
    lead.ctrl("R")
    dialog = page.undo_placement
    qtbot.waitUntil(lambda: dialog.act_button.hasFocus() or dialog.leave_button.hasFocus(), timeout=15000)
    assert dialog.seen is not None
    return page, dialog


def test_new_cases_leave_by_three_keys(desks, qtbot):
    report = taken(desks.bank, placement(desks.bank, A, B))
    lead = desks.lead.open()
    page, dialog = asked(lead, qtbot)
    assert "尚无人据此作业" in dialog.said.text()
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=15000)
    qtbot.waitUntil(lambda: report.batch not in [line.id for line in page.overview._batches], timeout=15000)
    with lead.seat.store.read() as conn:
        assert conn.execute(select(t.account_case.c.account_number)).scalars().all() != []
        assert conn.execute(select(t.account_case.c.id).where(t.account_case.c.account_number == A)).first() is None
        assert conn.execute(select(t.batch_undone.c.batch_id)).scalars().all() == [report.batch]
    assert cases.find(lead.seat, "16155550009") == ()
    assert verify(lead.seat.store).ok


def test_once_it_was_worked_on_the_window_says_by_whom_and_what_to_do_instead(desks, qtbot):
    agent = desks.open()
    desks.bank.refreshes((desks.row, 24, 3_100))
    elsewhere(agent)
    agent.key(ENTER)
    assert agent.case_on_screen == desks.row
    agent.key("D")
    agent.key("N")
    assert dialled(agent) == 1
    lead = agent.lead.open()
    page, dialog = asked(lead, qtbot)
    assert not dialog.act_button.isVisible()
    said = [dialog.model.data(dialog.model.index(0, column)) for column in range(4)]
    assert (said[0], said[3]) == ("通话", "张晓")
    assert said[1] == cases.open_case(lead.seat, desks.row).file.lead_case.number
    assert "请银行重发" in dialog.instead.text()
    lead.key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert page.overview._batches[0].accepted == 0
    with lead.seat.store.read() as conn:
        assert conn.execute(select(t.account_case.c.balance_minor)).scalars().all() == [310_000]
        assert conn.execute(select(t.batch_undone)).first() is None


def test_worked_on_between_the_look_and_the_key_it_is_refused(desks, qtbot):
    desks.bank.refreshes((desks.row, 24, 3_100))
    lead = desks.lead.open()
    _, dialog = asked(lead, qtbot)
    rung(desks.seat, desks.row)
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not dialog.act_button.isVisible(), timeout=15000)
    assert "无法撤销" in dialog.error.text()
    assert dialog.model.rowCount() >= 1
    with lead.seat.store.read() as conn:
        assert conn.execute(select(t.batch_undone)).first() is None
