"""A payment file is taken out again by keys: undone, withdrawn with whom one rang on it, told anew; two windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.vocabulary import CaseState, TaskKind
from collector_desk.services.book import cases
from collector_desk.services.intake import coverage
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.journeys.test_paid_meanwhile_journey import Bank, dialled, elsewhere

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    """It is the 25th; an agent at one window, the lead who takes files in at the other."""
    agent, lead = two_desks
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in (300_000, 200_000)]
    clock.forward(days=2)
    agent.bank = Bank(lead, tmp_path)
    agent.lead = lead
    return agent


def balance(desk, who):
    return cases.open_case(desk.seat, who).file.balance


def to_cases(desk, qtbot):
    desk.key(str(list(desk.window.desk.buttons).index("cases") + 1), ALT)
    page = desk.window.page("cases")
    qtbot.waitUntil(lambda: bool(page.overview._batches))
    return page


def test_a_file_nobody_acted_on_is_undone_by_three_keys(desks, qtbot):
    first, _ = desks.rows
    desks.bank.tells((first, 24, "1200.00"), covers=(24, 24))
    assert balance(desks, first) == Money(180_000)
    lead = desks.lead.open()
    page = to_cases(lead, qtbot)
    assert page.overview.batch_model.data(page.overview.batch_model.index(0, 2)) == "还款"
    lead.ctrl("R")
    assert "尚无人据此作业" in page.withdrawal.said.text()
    assert not page.withdrawal.reason_field.isVisible()
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not page.withdrawal.isVisible())
    assert balance(desks, first) == Money(300_000)
    qtbot.waitUntil(lambda: not any(line.of_payments for line in page.overview._batches))
    with lead.seat.store.read() as conn:
        assert conn.execute(select(t.payments_line.c.event)).scalars().all() == ["undone"]
    assert verify(lead.seat.store).ok


def test_once_an_agent_has_rung_on_it_the_lead_gives_a_reason_and_sees_the_call(desks, qtbot, clock):
    agent = desks.open()
    first, _ = desks.rows
    agent.bank.tells((first, 24, "500.00"), covers=(24, 24))
    elsewhere(agent)
    agent.key(ENTER)
    assert agent.case_on_screen == first
    agent.key("D")
    agent.key("N")
    assert dialled(agent) == 1
    clock.forward(minutes=5)
    lead = agent.lead.open()
    page = to_cases(lead, qtbot)
    lead.ctrl("R")
    lead.key(ENTER)  # without a reason: said at its field, nothing is done
    qtbot.waitUntil(lambda: bool(page.withdrawal.reason_field.error()))
    lead.type("银行来函，以本次为准")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not page.withdrawal.act_button.isVisible())
    assert page.withdrawal.model.rowCount() == 1
    assert page.withdrawal.model.data(page.withdrawal.model.index(0, 2)) == "张晓"
    lead.key(Qt.Key.Key_Escape)
    assert balance(desks, first) == Money(300_000)
    elsewhere(agent)
    qtbot.waitUntil(lambda: any(line.withdrawn for line in page.overview._batches))
    lead.window.activateWindow()
    lead.app.processEvents()
    page.overview.focus()
    lead.ctrl("R")  # it counts for nothing already: whom one rang on it is shown again
    assert page.withdrawal.isVisible()
    assert (page.withdrawal.act_button.isVisible(), page.withdrawal.model.rowCount()) == (False, 1)
    lead.key(Qt.Key.Key_Escape)
    assert [told.known_up_to for told in coverage.banks(lead.seat)] == [None]
    assert verify(lead.seat.store).ok


def test_the_same_file_given_other_days_is_told_anew(desks, qtbot, tmp_path):
    first, _ = desks.rows
    desks.bank.tells((first, 24, "1200.00"), covers=(24, 24))
    lead = desks.lead.open()
    lead.key(str(list(lead.window.desk.buttons).index("cases") + 1), ALT)
    page = lead.window.page("cases")
    lead.ctrl("I")
    page.importing.choose.path.setText(str(tmp_path / "还款1.csv"))
    lead.key(ENTER)
    step = page.importing.payments
    qtbot.waitUntil(lambda: page.importing.step() is step)
    assert (step.first.text(), step.last.text()) == ("2026-11-24", "2026-11-24")
    assert "重新说明" in step.next_button.text()
    step.last.setFocus()
    lead.ctrl("A")
    lead.type("2026-11-25")
    step.next_button.setFocus()
    lead.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.importing.step() is page.importing.paid_result)
    assert "重新说明" in page.importing.paid_result.title.text()
    (told,) = coverage.banks(lead.seat)
    assert told.known_up_to.day == 25
    assert balance(desks, first) == Money(180_000)


def test_an_account_closed_on_a_withdrawn_file_is_put_before_the_lead(desks, qtbot, clock):
    first, _ = desks.rows
    desks.bank.tells((first, 24, "3000.00"), covers=(24, 24))
    clock.forward(minutes=5)
    lead = desks.lead.open()
    (end,) = [task for task in tasks.open_tasks(lead.seat) if task.kind is TaskKind.SETTLED]
    tasks.settle(lead.seat, end.id, approve=True, reason="结清证明 2026-119")
    page = to_cases(lead, qtbot)
    lead.ctrl("R")
    assert page.withdrawal.model.data(page.withdrawal.model.index(0, 3)) == "据此结案的账户"
    lead.type("银行来函，以本次为准")
    lead.key(ENTER)
    qtbot.waitUntil(lambda: not page.withdrawal.act_button.isVisible())
    assert "复核" in page.withdrawal.said.text()
    lead.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.withdrawal.isVisible())
    lead.window.activateWindow()
    lead.app.processEvents()
    lead.key(str(list(lead.window.desk.buttons).index("review") + 1), ALT)
    qtbot.waitUntil(lambda: lead.window.page("review") is not None)
    review = lead.window.page("review")
    title = "曾依据还款文件结案"
    qtbot.waitUntil(lambda: any(title in label.text() for label in review.findChildren(QLabel)))
    assert cases.open_case(lead.seat, first).file.lead_case.state is CaseState.SETTLED
    assert verify(lead.seat.store).ok
