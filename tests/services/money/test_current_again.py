"""Current again (出催): the end that is not the last fen, as the placement's terms say."""

from dataclasses import replace

import pytest

from collector_desk.domain.book.debts import CurrentBy
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.vocabulary import CaseState, TaskKind
from collector_desk.services.book import cases, placements
from collector_desk.services.permits import tasks
from collector_desk.store.verify import verify


@pytest.fixture
def who(manager, debtor, clock, bank):
    """9,000 owed on the 25th, of which the bank wants 2,000 paid; five days have passed."""
    placed = debtor(balance=1_000_000)
    (one,) = placements.placements(manager)
    placements.set_terms(manager, one.id, replace(one.terms, current_by=CurrentBy.MINIMUM))
    clock.forward(days=7)
    bank.refreshes((placed, 25, 9_000, {"最低还款额": "2000"}))
    return placed


def asked(manager):
    return [task for task in tasks.open_tasks(manager) if task.kind is TaskKind.CURRENT_AGAIN]


def test_what_reaches_the_minimum_is_asked_about_and_nobody_rings(agent, manager, bank, who):
    bank.tells((who, 26, 1_500, "R1"))
    assert asked(manager) == []
    bank.tells((who, 27, 500, "R2"))
    (task,) = asked(manager)
    assert cases.open_case(agent, who).file.queue_class is QueueClass.WAITING
    tasks.settle(manager, task.id, approve=True, reason="银行确认出催 2026-12")
    case = cases.open_case(agent, who).file.lead_case
    assert (case.state, case.balance) == (CaseState.RETURNED, Money(700_000))
    assert verify(manager.store).ok


def test_a_payment_taken_back_takes_the_question_back(manager, bank, who):
    bank.tells((who, 26, 2_000, "R1"))
    assert len(asked(manager)) == 1
    bank.tells((who, 28, -2_000, "R1"))
    assert asked(manager) == []


def test_what_was_paid_before_the_minimums_own_day_counts_for_nothing(manager, bank, who):
    bank.tells((who, 25, 2_000, "R1"))
    bank.refreshes((who, 27, 7_000))  # without a minimum: that of the 25th stands
    assert asked(manager) == []
    bank.tells((who, 26, 2_000, "R2"))
    assert len(asked(manager)) == 1
    assert verify(manager.store).ok
