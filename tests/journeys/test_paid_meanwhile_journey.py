"""What was paid reaches the other window at once: who owes nothing is not dialled, not next, asked for nothing."""

import csv
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.vocabulary import Outcome, PromiseState
from collector_desk.services.book import cases, queueing
from collector_desk.services.intake import payments
from collector_desk.services.intake.payments import FileTold
from collector_desk.store import tables as t
from tests.journeys.test_call import NOTE, digit_of, say_who, will_pay

ENTER = Qt.Key.Key_Return
HEADER = ("账户号", "客户姓名", "还款日期", "还款金额", "流水号")


class Bank:
    """Sends the lead files, who takes them in at once."""

    def __init__(self, lead, folder):
        self.lead, self.folder, self.sent = lead, folder, 0

    def tells(self, *rows, covers=None):
        """Rows of debtor, day of November, yuan; the days told of."""
        self.sent += 1
        with self.lead.seat.store.read() as conn:
            of = dict(conn.execute(select(t.account_case.c.debtor_id, t.account_case.c.account_number)).all())
        file = self.folder / f"还款{self.sent}.csv"
        told = [
            (of[who], "某某", f"2026-11-{day}", yuan, f"R{self.sent}-{number}")
            for number, (who, day, yuan) in enumerate(rows)
        ]
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([HEADER, *told])
        days = DaySpan(date(2026, 11, covers[0]), date(2026, 11, covers[1])) if covers else None
        seen = payments.preview(self.lead.seat, file, FileTold(kind=FileKind.NEW, covers=days))
        return payments.import_payments(self.lead.seat, seen)


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    agent, lead = two_desks
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in (300_000, 200_000, 100_000)]
    clock.forward(days=2)
    agent.bank = Bank(lead, tmp_path)
    agent.lead = lead
    return agent


def elsewhere(desk) -> None:
    """What another window wrote is noticed, as within a second it would be."""
    desk.window.pulse.look_elsewhere()
    desk.app.processEvents()


def dialled(desk) -> int:
    with desk.seat.store.read() as conn:
        return conn.execute(select(func.count()).select_from(t.attempt)).scalar_one()


def promises_all(desk, who: str) -> None:
    """A call in which the debtor promises the whole debt for tomorrow, by keys."""
    say_who(desk, who)
    will_pay(desk)
    desk.key(digit_of(desk, Outcome.PROMISE_FULL))
    desk.key("1")  # agreed
    desk.key("M")  # tomorrow
    desk.key("1")  # repeated, right
    desk.key("1")  # good-bye
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)


def test_who_paid_while_on_the_screen_is_not_dialled_and_not_next(desks):
    desk = desks.open()
    first, second, _ = desk.rows
    desk.key(ENTER)
    assert desk.case_on_screen == first
    desk.bank.tells((first, 24, "3000.00"))
    desk.key("D")  # before the window looked around
    desk.key("D")
    assert desk.page.call.attempt is None
    assert dialled(desk) == 0
    elsewhere(desk)
    desk.key("D")
    assert dialled(desk) == 0
    desk.key(ENTER)
    assert desk.case_on_screen == second
    assert first not in {row.debtor_id for row in queueing.rows(desk.seat) if row.queue_class.workable}


def test_a_payment_during_the_call_is_told_and_the_new_balance_counts(desks):
    desk = desks.open()
    first, *_ = desk.rows
    desk.key(ENTER)
    desk.key("D")
    assert desk.page.call.attempt is not None
    desk.bank.tells((first, 24, "1200.00"))
    elsewhere(desk)
    assert "银行数据显示已还款" in desk.page.banner.text()
    assert "1,200" not in desk.page.banner.text(), "the identity is not checked yet"
    assert desk.page.call.case.file.balance == Money(180_000)
    desk.key("N")
    assert dialled(desk) == 1
    assert cases.open_case(desk.seat, first).file.balance == Money(180_000)


def test_a_promise_is_kept_by_the_file_and_its_debtor_left_in_peace(desks, clock):
    desk = desks.open()
    first, second, third = desk.rows
    desk.key(ENTER)
    promises_all(desk, first)
    (given,) = cases.open_case(desk.seat, first).file.promises
    assert given.state is PromiseState.OPEN
    clock.forward(days=2)
    elsewhere(desk)
    queueing.catch_up(desk.seat)
    assert cases.open_case(desk.seat, first).file.queue_class is QueueClass.WAITING
    desk.bank.tells((first, 26, str(given.amount.decimal)), (third, 25, "1"), covers=(24, 26))
    (kept,) = cases.open_case(desk.seat, first).file.promises
    assert kept.state is PromiseState.KEPT
    elsewhere(desk)
    for _ in desk.rows:
        desk.key(ENTER)
        assert desk.case_on_screen in (second, third), "who kept their word is left in peace"
