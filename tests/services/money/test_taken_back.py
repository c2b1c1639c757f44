"""A payment taken back after it was believed: its debtor comes first, and what was settled goes on."""

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.vocabulary import CaseState, Outcome, PromiseState
from collector_desk.services.book import cases, closing, queueing
from collector_desk.services.calls import calling
from tests.services.calls.test_taking_back import talk
from tests.services.money.conftest import nov
from tests.services.money.test_promises import promised, standing

__all__ = ["promised"]


def test_a_payment_taken_back_puts_its_debtor_before_every_broken_promise(agent, bank, promised, debtor, clock):
    other = debtor()
    clock.forward(days=1)
    bank.tells((promised, 24, 1000, "R1"), (other, 24, 10, "R2"))
    assert standing(agent, promised)[0] == [PromiseState.KEPT]
    clock.forward(days=2)
    bank.tells((promised, 25, -1000, "R1"), (other, 26, 20, "R3"), (other, 26, -20, "R3"), covers=(23, 25))
    states, place, why = standing(agent, promised)
    assert (states, place, why) == ([PromiseState.BROKEN], QueueClass.PROMISE_BROKEN, "book.payment_taken_back")
    assert queueing.page(agent, limit=1).rows[0].debtor_id == promised
    assert standing(agent, other)[2] != "book.payment_taken_back"  # both came in one file: nobody thought it paid


def test_a_talk_since_follows_up_what_was_taken_back(agent, bank, promised, clock):
    clock.forward(days=1)
    bank.tells((promised, 24, 1000, "R1"))
    bank.tells((promised, 24, -1000, "R1"))
    assert standing(agent, promised)[2] == "book.payment_taken_back"
    clock.forward(days=1)
    begun = calling.begin(agent, debtor_id=promised, phone_id=cases.open_case(agent, promised).next_number.phone.id)
    calling.finish(agent, begun.attempt.id, talk(Outcome.REFUSES))
    assert standing(agent, promised)[2] != "book.payment_taken_back"


def test_what_was_settled_goes_on_where_the_payment_is_taken_back(agent, manager, bank, debtor, clock):
    who = debtor(balance=500_000)
    clock.forward(days=2)
    bank.tells((who, 24, 5000, "R1"))
    (account,) = cases.open_case(agent, who).file.cases
    closing.close(manager, account.id, Ending.SETTLED, document="结清函 2026-1125", written_on=nov(25))
    bank.tells((who, 25, -1, "R9"))  # takes nothing back that is known
    assert cases.open_case(agent, who).file.cases[0].state is CaseState.SETTLED
    clock.forward(days=2)
    bank.tells((who, 26, -5000, "R1"))
    (again,) = cases.open_case(agent, who).file.cases
    assert (again.state, again.balance) == (CaseState.OPEN, Money(500_000))
    assert standing(agent, who)[1:] == (QueueClass.PROMISE_BROKEN, "book.payment_taken_back")
