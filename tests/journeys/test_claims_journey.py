"""A debtor says in a call that they have paid: confirmed, refuted, or held by a hole; keys alone, two windows."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.vocabulary import Outcome, QuestionKind
from collector_desk.services.book import cases, queueing
from collector_desk.services.intake import coverage
from collector_desk.services.money import questions
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.journeys.test_call import say_who
from tests.journeys.test_paid_meanwhile_journey import Bank, elsewhere

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
ALT = Qt.KeyboardModifier.AltModifier
BANK = "某某银行"
NOTE = "客户称昨天已通过手机银行还了一千元，有回单，请我方核对。"


@pytest.fixture
def desks(two_desks, tmp_path, clock):
    """It is the 25th; an agent at one window, the lead who takes files in at the other."""
    agent, lead = two_desks
    agent.rows = [agent.debtor(balance=balance, previous_overdue=0) for balance in (300_000, 200_000)]
    clock.forward(days=2)
    agent.bank = Bank(lead, tmp_path)
    agent.lead = lead
    return agent


def says_paid(desk, who: str) -> None:
    """The call, by keys: amount, day, way and proof, a note, saved."""
    desk.key(ENTER)
    assert desk.case_on_screen == who
    say_who(desk, who)
    desk.key("R")
    desk.key("3")
    assert desk.page.call.outcome is Outcome.PAID_ALREADY
    desk.key("A")
    desk.type("1000")
    desk.key(TAB)
    desk.type("昨天")
    desk.key(TAB)
    desk.key(TAB)
    desk.type("回单 8812")
    desk.ctrl("N")
    desk.type(NOTE)
    desk.ctrl(ENTER)
    assert desk.page.call.case.file.debtor.id != who, desk.page.log.problem.text()


def claim(desk) -> tuple[str, str, object]:
    with desk.seat.store.read() as conn:
        row = conn.execute(
            select(t.claim_now.c.state, t.payment.c.reference, t.claim_now.c.told_to).join(
                t.payment, t.payment.c.id == t.claim_now.c.id
            )
        ).one()
    return tuple(row)


def queue_class(desk, who: str) -> QueueClass:
    return cases.open_case(desk.seat, who).file.queue_class


def test_claimed_and_confirmed(desks):
    desk = desks.open()
    first, second = desk.rows
    says_paid(desk, first)
    assert claim(desk) == ("waiting", "回单 8812", None)
    assert queue_class(desk, first) is QueueClass.WAITING
    desk.key(Qt.Key.Key_Escape)
    for _ in desk.rows:
        desk.key(ENTER)
        assert desk.case_on_screen in (second, None), "nobody rings who waits for the bank"
    desk.bank.tells((first, 24, "1000"), covers=(24, 24))
    elsewhere(desk)
    assert claim(desk)[0] == "confirmed"
    file = cases.open_case(desk.seat, first).file
    assert (file.balance, file.queue_class.workable or file.queue_class is QueueClass.LATER) == (
        Money(200_000),
        True,
    )
    assert questions.waiting(desk.lead.seat) == ()
    assert verify(desk.seat.store).ok


def test_claimed_and_refuted_goes_to_the_leads_list(desks, clock):
    desk = desks.open()
    first, second = desk.rows
    says_paid(desk, first)
    clock.forward(days=1)
    desk.bank.tells((second, 25, "1"), covers=(24, 25))
    elsewhere(desk)
    assert claim(desk)[0] == "refuted"
    desk.lead.open()
    desk.lead.key(str(list(desk.lead.window.desk.buttons).index("review") + 1), ALT)
    page = desk.lead.window.page("review")
    desk.lead.key("4")
    assert [row.kind for row in page.questions._rows] == [QuestionKind.CLAIM]
    assert page.questions.chosen.text().startswith("债务人称已于 2026年11月24日 还款 ¥1,000.00")
    clock.forward(hours=22)
    elsewhere(desk)
    queueing.catch_up(desk.seat)
    file = cases.open_case(desk.seat, first).file
    assert file.queue_class.workable
    assert file.why.code == "book.after_claim"
    desk.window.activateWindow()
    desk.app.processEvents()
    desk.key(Qt.Key.Key_Escape)
    seen = set()
    for _ in desk.rows:
        desk.key(ENTER)
        seen.add(desk.case_on_screen)
    assert first in seen
    assert verify(desk.seat.store).ok


def test_a_hole_in_the_days_keeps_the_claim_waiting_until_it_is_filled(desks, clock):
    desk = desks.open()
    first, second = desk.rows
    says_paid(desk, first)
    clock.forward(days=2)
    desk.bank.tells((second, 26, "1"), covers=(26, 26))
    elsewhere(desk)
    assert claim(desk)[0] == "waiting"
    assert queue_class(desk, first) is QueueClass.WAITING
    (told,) = coverage.banks(desk.lead.seat)
    assert [(hole.first.day, hole.last.day) for hole in told.holes] == [(24, 25)]
    desk.key(Qt.Key.Key_Escape)
    for _ in desk.rows:
        desk.key(ENTER)
        assert desk.case_on_screen in (second, None)
    desk.bank.tells((second, 25, "2"), covers=(24, 25))
    assert claim(desk) == ("refuted", "回单 8812", told.holes[0].last.replace(day=25))
