"""A week of money across two windows: promised, paid, withdrawn, paid again, a newer figure, a recall, taken back.

The agent works by keys in the real window; the lead takes the bank's files in at another one. After every day the
store proves its history, and the agent's next case is the one that a person would take.
"""

import csv

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.money.reconciling import Month
from collector_desk.domain.vocabulary import CaseState, PromiseState, TaskKind
from collector_desk.services.book import cases, queueing
from collector_desk.services.intake import placements, withdrawing
from collector_desk.services.money import reconciling
from collector_desk.services.permits import tasks
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.journeys.test_claims_journey import claim, says_paid
from tests.journeys.test_paid_meanwhile_journey import Bank, elsewhere, promises_all
from tests.samples.words_of_bank import WordsOfBank

ENTER = Qt.Key.Key_Return
FIGURES = ("委案批次号", "账户号", "客户姓名", "证件号码", "最新欠款", "数据日期")


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    """Four debtors of one placement; it is Tuesday the 24th, ten o'clock."""
    agent, lead = two_desks
    sums = (300_000, 250_000, 200_000, 100_000)
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in sums]
    clock.forward(days=1)
    agent.lead, agent.bank, agent.words = lead, Bank(lead, tmp_path), WordsOfBank(lead.seat, tmp_path)
    agent.folder_of_files = tmp_path
    return agent


def newer_figure(desk, who: str, yuan: str, day: str) -> None:
    """The bank's next placement file has another sum for the account."""
    seat = desk.lead.seat
    of = select(t.placement.c.number, t.account_case.c.account_number, t.debtor.c.name, t.debtor.c.id_number)
    with seat.store.read() as conn:
        row = conn.execute(
            of.select_from(
                t.account_case.join(t.placement, t.placement.c.id == t.account_case.c.placement_id).join(
                    t.debtor, t.debtor.c.id == t.account_case.c.debtor_id
                )
            ).where(t.debtor.c.id == who)
        ).one()
    path = desk.folder_of_files / f"欠款{day}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([FIGURES, (*row, yuan, day)])
    placements.import_placement(seat, placements.preview(seat, path), {row.number: PlacementTerms("某某银行")})


def night(desk, clock) -> None:
    """The next morning: the window has looked around and caught up."""
    clock.forward(days=1)
    queueing.catch_up(desk.seat)
    elsewhere(desk)
    report = verify(desk.seat.store)
    assert report.ok, [(one.fault, one.table, one.row_id) for one in report.findings]


def stands(desk, who: str) -> tuple[list[PromiseState], Money, QueueClass]:
    file = cases.open_case(desk.seat, who).file
    return [one.state for one in file.promises], file.balance, file.queue_class


def taken_up(desk, times: int) -> list[str | None]:
    """Whom Enter opens, so many times."""
    found = []
    for _ in range(times):
        desk.key(Qt.Key.Key_Escape)
        desk.key(ENTER)
        found.append(desk.case_on_screen)
    return found


def test_a_week(desks, clock):
    desk = desks.open()
    first, second, third, fourth = desk.rows

    # Tuesday: the first promises all of it for Wednesday, the third says that they have paid
    desk.key(ENTER)
    assert desk.case_on_screen == first
    promises_all(desk, first)
    assert desk.case_on_screen == second
    says_paid(desk, third)
    assert claim(desk)[0] == "waiting"

    # Wednesday: the bank tells of Tuesday; then it voids that file and sends another one
    night(desk, clock)
    assert third not in taken_up(desk, 3), "nobody rings who waits for the bank"
    report = desk.bank.tells((third, 23, "1000"), (fourth, 24, "10"), covers=(24, 24))
    elsewhere(desk)
    assert claim(desk)[0] == "confirmed"
    assert stands(desk, third)[1] == Money(200_000), "the row is of the figure's own day: it may be in it"
    withdrawing.withdraw(desk.lead.seat, report.batch, reason="银行来函：以本次为准")
    elsewhere(desk)
    assert claim(desk)[0] == "waiting"
    assert stands(desk, fourth)[1] == Money(100_000)
    desk.bank.tells((third, 24, "1000"), (first, 24, "1200"), covers=(24, 24))
    elsewhere(desk)
    assert stands(desk, first)[:2] == ([PromiseState.OPEN], Money(180_000))
    assert stands(desk, third)[1] == Money(100_000)

    # Thursday: the rest of the promise came in time; the second's figure fell and nobody knows why
    night(desk, clock)
    desk.bank.tells((first, 25, "1800"), covers=(25, 25))
    newer_figure(desk, second, "1500.00", "2026-11-25")
    elsewhere(desk)
    assert stands(desk, first)[:2] == ([PromiseState.KEPT], Money(0))
    assert stands(desk, second)[1] == Money(150_000)
    assert TaskKind.FIGURE_FELL in {task.kind for task in tasks.open_tasks(desk.lead.seat)}
    assert not {first, second} & set(taken_up(desk, 4)), "who owes nothing, or waits for a lead, is not brought up"

    # Friday: the fourth is recalled, and the first's last payment taken back
    night(desk, clock)
    desk.words.recalls(fourth, day="2026-11-26")
    desk.bank.tells((first, 26, "-1800"), covers=(26, 26))
    elsewhere(desk)
    assert cases.open_case(desk.lead.seat, fourth).file.cases[0].state is CaseState.RETURNED
    states, balance, place = stands(desk, first)
    assert (states, balance) == ([PromiseState.PARTLY], Money(180_000))
    assert place is QueueClass.PROMISE_BROKEN, "a payment taken back comes first among the broken ones"
    desk.key(Qt.Key.Key_Escape)
    desk.key(ENTER)
    assert desk.case_on_screen == first
    assert fourth not in taken_up(desk, 4)

    # Tuesday after: the month is over; what was placed, paid, taken back and given back adds up
    for _ in range(5):
        night(desk, clock)
    with desk.lead.seat.store.read() as conn:
        placement_id = conn.execute(select(t.placement.c.id)).scalars().first()
    month = reconciling.of_placement(desk.lead.seat, placement_id, Month(2026, 11))
    reconciling.freeze(desk.lead.seat, month)
    assert reconciling.of_placement(desk.lead.seat, placement_id, Month(2026, 11)).frozen is not None
    assert verify(desk.seat.store).ok
