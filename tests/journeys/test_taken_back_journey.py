"""Who holds a debtor sees that they paid today; a payment taken back brings its debtor to the top, by keys."""

import csv
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.services.book import cases, queueing
from collector_desk.services.intake import payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.store import tables as t
from tests.journeys.test_paid_meanwhile_journey import HEADER, Bank, elsewhere, promises_all

ENTER = Qt.Key.Key_Return


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    """Three debtors, the file of a bank two days later."""
    agent, lead = two_desks
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in (300_000, 200_000, 100_000)]
    clock.forward(days=2)
    agent.bank, agent.folder_of_files = Bank(lead, tmp_path), tmp_path
    return agent


def takes_back(desk, who: str, day: str, yuan: str, reference: str, covers: tuple[int, int]) -> None:
    with desk.seat.store.read() as conn:
        account = conn.execute(
            select(t.account_case.c.account_number).where(t.account_case.c.debtor_id == who)
        ).scalar_one()
    file = desk.folder_of_files / "冲正.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, (account, "某某", day, f"-{yuan}", reference)])
    days = DaySpan(date(2026, 11, covers[0]), date(2026, 11, covers[1]))
    seat = desk.bank.lead.seat
    payments.import_payments(seat, payments.preview(seat, file, FileTold(kind=FileKind.NEW, covers=days)))


def test_a_payment_of_today_is_seen_and_one_taken_back_comes_first(desks, qtbot, clock):
    desk = desks.open()
    first, *_ = desk.rows
    desk.key(ENTER)
    promises_all(desk, first)
    (given,) = cases.open_case(desk.seat, first).file.promises
    queueing.claim(desk.seat, first)
    clock.forward(minutes=30)
    desk.bank.tells((first, 25, str(given.amount.decimal)))
    elsewhere(desk)
    qtbot.waitUntil(desk.page.queue.paid.isVisible, timeout=5000)
    assert desk.page.queue.paid.text() == "今日还款：朱** 还款 ¥3,000.00（承诺：已兑现）"
    assert cases.open_case(desk.seat, first).file.promises[0].state is PromiseState.KEPT
    # the next day it is yesterday's news; then the bank takes it back
    clock.forward(days=3)
    elsewhere(desk)
    takes_back(desk, first, "2026-11-27", str(given.amount.decimal), "R1-0", (24, 27))
    elsewhere(desk)
    queueing.catch_up(desk.seat)
    desk.page.queue.reload()
    row = desk.page.queue.first_rows()[0]
    assert (row.debtor_id, row.queue_class) == (first, QueueClass.PROMISE_BROKEN)
    assert row.why.code == "book.payment_taken_back"
    qtbot.waitUntil(lambda: not desk.page.queue.paid.isVisible(), timeout=5000)
    desk.key(ENTER)
    assert desk.case_on_screen == first
    assert cases.open_case(desk.seat, first).file.promises[0].state is PromiseState.BROKEN
