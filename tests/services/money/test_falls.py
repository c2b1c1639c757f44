"""The bank's figure fell and nothing explains it; and what remains after payment in full."""

from datetime import time

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import (
    ArrearsReason,
    CaseState,
    Outcome,
    PayChannel,
    PromiseState,
    Speaker,
    TaskKind,
)
from collector_desk.services.book import cases
from collector_desk.services.calls import calling
from collector_desk.services.money import falls
from collector_desk.services.permits import tasks
from collector_desk.store.verify import verify
from tests.services.money.conftest import nov


@pytest.fixture
def who(agent, debtor, clock):
    """5,000 owed on the 23rd, 5,000 promised for the 24th; a week has passed."""
    placed = debtor(balance=500_000)
    begun = calling.begin(agent, debtor_id=placed, phone_id=cases.open_case(agent, placed).next_number.phone.id)
    log = CallLog(
        Outcome.PROMISE_FULL, Speaker.DEBTOR, IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4})),
        talk_seconds=90, recording="R-1", reason=ArrearsReason.WAITING_WAGES, amount=Money(500_000), day=nov(24),
        at=time(18), channel=PayChannel.BANK_APP, note="客户承诺明天下午六点前从手机银行全部还清，已复述确认。",
    )  # fmt: skip
    calling.finish(agent, begun.attempt.id, log)
    clock.forward(days=7)
    return placed


def stands(agent, who):
    file = cases.open_case(agent, who).file
    return file.balance, [one.state for one in file.promises], file.queue_class, file.why.code


def waiting(manager):
    return [task for task in tasks.open_tasks(manager) if task.kind is TaskKind.FIGURE_FELL]


def test_a_drop_nothing_explains_waits_for_a_lead_and_pays_nothing(agent, manager, bank, who):
    bank.refreshes((who, 26, 1_000))
    balance, promises, place, why = stands(agent, who)
    assert (balance, promises, place, why) == (
        Money(100_000),
        [PromiseState.OPEN],
        QueueClass.WAITING,
        "book.figure_fell",
    )
    (task,) = waiting(manager)
    told = falls.words_of_task(manager, task.id)
    assert [one.params.get("fell") or one.params["amount"] for one in told] == [Money(400_000), Money(500_000)]
    bank.refreshes((who, 27, 1_000))  # the same sum once more asks nothing again
    assert len(waiting(manager)) == 1
    assert verify(manager.store).ok


def test_a_row_that_comes_late_and_explains_it_takes_it_off_the_list(agent, manager, bank, who):
    bank.refreshes((who, 26, 1_000))
    bank.tells((who, 24, 4_000, "R1"), covers=(23, 27))
    assert waiting(manager) == []
    balance, promises, place, _ = stands(agent, who)
    assert (balance, promises, place.workable) == (Money(100_000), [PromiseState.PARTLY], True)
    assert verify(manager.store).ok


@pytest.mark.parametrize(("paid", "becomes"), [(True, PromiseState.PARTLY), (False, PromiseState.BROKEN)])
def test_a_lead_says_what_became_of_the_promise(agent, manager, bank, debtor, who, paid, becomes):
    bank.refreshes((who, 26, 1_000))
    bank.tells((debtor(), 25, 1, "R9"), covers=(23, 27))
    (task,) = waiting(manager)
    tasks.settle(manager, task.id, approve=paid, reason="已与银行核对")
    balance, promises, _, why = stands(agent, who)
    assert (balance, promises) == (Money(100_000), [becomes])
    assert why != "book.figure_fell"
    assert waiting(manager) == []
    assert verify(manager.store).ok


def test_a_figure_of_nothing_asks_whether_the_account_is_settled(agent, manager, bank, who):
    bank.refreshes((who, 26, 0))
    assert waiting(manager) == []
    (end,) = [task for task in tasks.open_tasks(manager) if task.kind is TaskKind.SETTLED]
    tasks.settle(manager, end.id, approve=True, reason="结清证明 2026-119")
    assert cases.open_case(agent, who).file.lead_case.state is CaseState.SETTLED
    assert verify(manager.store).ok


def test_what_remains_after_payment_in_full_stays_with_the_kept_promise(agent, manager, bank, who):
    bank.tells((who, 24, 5_000, "R1"), covers=(23, 25))
    assert stands(agent, who)[1] == [PromiseState.KEPT]
    bank.refreshes((who, 26, 63.20))
    balance, promises, place, why = stands(agent, who)
    assert (balance, promises) == (Money(6_320), [PromiseState.KEPT])
    assert cases.open_case(agent, who).file.lead_case.remainder
    assert (place, why) == (QueueClass.WAITING, "book.remainder_small")
    assert verify(manager.store).ok
