"""What a debtor says they have paid waits for the bank: confirmed, refuted, held by a hole, or met by silence."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass
from collector_desk.domain.vocabulary import Outcome, PayChannel, QuestionKind, QuestionState, Verdict
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused
from collector_desk.services.intake import coverage
from collector_desk.services.money import questions
from collector_desk.store import tables as t
from collector_desk.store.projections import replay
from collector_desk.store.verify import verify
from collector_desk.words.messages import render
from tests.samples.full_life import dialled, promise
from tests.services.money.conftest import nov

BANK = "某某银行"


def said(yuan=500, day=24, note="客户称上午已通过手机银行转账还款，可提供截图。"):
    """The log of a call in which the debtor says they have paid."""
    log = promise(nov(day), yuan * 100, note)
    return replace(
        log,
        outcome=Outcome.PAID_ALREADY,
        amount=Money(yuan * 100),
        day=nov(day),
        at=None,
        channel=PayChannel.BANK_APP,
        proof="回单尾号 8812",
    )


@pytest.fixture
def claimed(agent, debtor, clock):
    """Says on the 24th that they have paid 500 that day; today is the day after."""
    who = debtor(balance=100_000)
    clock.forward(days=1)
    calling.finish(agent, dialled(agent, who).id, said())
    clock.forward(days=1)
    return who


def now_of(seat, who):
    with seat.store.read() as conn:
        return [
            (row.state, row.told_to)
            for row in conn.execute(select(t.claim_now).where(t.claim_now.c.debtor_id == who))
        ]


def place(seat, who):
    file = cases.open_case(seat, who).file
    return file.queue_class, render(file.why, "en")


def test_who_says_they_have_paid_waits_and_is_not_called(agent, claimed):
    assert now_of(agent, claimed) == [("waiting", None)]
    found, why = place(agent, claimed)
    assert found is QueueClass.WAITING
    assert why == "Says they paid ¥500.00 on 24 Nov 2026; the bank has told of no day yet"
    with agent.store.read() as conn:
        row = conn.execute(select(t.payment.c.channel, t.payment.c.reference)).one()
    assert tuple(row) == ("bank_app", "回单尾号 8812")
    card = cases.open_case(agent, claimed).numbers[0]
    assert card.decision.verdict is Verdict.ASK
    with pytest.raises(GateRefused):
        calling.begin(agent, debtor_id=claimed, phone_id=card.phone.id)
    assert verify(agent.store).ok


def test_a_row_of_the_bank_confirms_it_and_answers_no_other(manager, agent, bank, claimed, clock):
    bank.tells((claimed, 24, 500, "R1"), covers=(24, 24))
    assert now_of(agent, claimed) == [("confirmed", None)]
    assert place(agent, claimed)[0] is not QueueClass.WAITING
    clock.forward(days=1)
    calling.finish(
        agent, dialled(agent, claimed).id, said(note="客户再次说明二十四日已还五百元，回单已发。")
    )  # the same money told of again
    assert sorted(state for state, _ in now_of(agent, claimed)) == ["confirmed", "waiting"]
    assert questions.waiting(manager) == ()
    assert verify(manager.store).ok


def test_refuted_it_comes_back_with_that_reason_and_the_bank_is_asked(
    manager, agent, bank, claimed, debtor, clock, none_paid
):
    other = debtor()
    clock.forward(days=1)
    bank.tells(
        (other, 24, 5, "R9"), covers=(24, 24)
    )  # its day alone decides nothing: it could be booked on the 25th
    assert now_of(agent, claimed) == [("waiting", nov(24))]
    assert "told up to 24 Nov 2026" in place(agent, claimed)[1]
    none_paid(25)
    assert now_of(agent, claimed) == [("refuted", nov(25))]
    found, why = place(agent, claimed)
    assert found is not QueueClass.WAITING
    assert why.startswith("Said ¥500.00 paid, the bank has none: on 24 Nov 2026, told up to 25 Nov 2026; ")
    (asked,) = questions.waiting(manager)
    assert (asked.kind, asked.amount, asked.day) == (QuestionKind.CLAIM, Money(50_000), nov(24))
    bank.tells((claimed, 25, 500, "R1"))  # a late row answers it after all
    assert now_of(agent, claimed) == [("confirmed", None)]
    assert questions.waiting(manager) == ()
    with manager.store.read() as conn:
        assert questions.asked.of_debtor(conn, claimed)[0].state is QuestionState.SETTLED
    assert verify(manager.store).ok


def test_once_talked_about_the_reason_goes(manager, agent, claimed, clock, none_paid):
    clock.forward(days=2)
    none_paid(26)
    log = replace(said(note="告知银行未见该笔还款，客户表示暂时无力偿还。"), amount=None, day=None, proof="")
    calling.finish(agent, dialled(agent, claimed).id, replace(log, outcome=Outcome.REFUSES))
    assert "the bank has none" not in place(agent, claimed)[1]


def test_a_hole_in_what_the_bank_told_keeps_it_waiting(agent, bank, claimed, debtor, clock):
    other = debtor()
    clock.forward(days=3)
    bank.tells((other, 26, 5, "R9"), covers=(26, 27))
    assert now_of(agent, claimed) == [("waiting", None)]
    bank.tells((other, 25, 6, "R8"), covers=(24, 25))
    assert now_of(agent, claimed) == [("refuted", nov(25))]


def test_a_bank_silent_for_five_bank_days_brings_it_back_and_says_so(manager, agent, claimed, clock):
    clock.forward(days=8)  # the 3rd: the window ended on the 25th, five bank days later is the 2nd
    queueing.tick(agent)
    found, why = place(agent, claimed)
    assert found is not QueueClass.WAITING
    assert why.startswith("Says they paid ¥500.00 on 24 Nov 2026, bank silent since; ")
    assert cases.open_case(agent, claimed).numbers[0].decision.verdict is not Verdict.ASK
    assert now_of(agent, claimed) == [("waiting", None)]  # unpaid is said by nobody


def test_taken_back_it_is_gone_and_less_known_opens_it_again(manager, agent, debtor, clock, none_paid):
    who = debtor(balance=100_000)
    clock.forward(days=1)
    calling.finish(agent, dialled(agent, who).id, said())
    calling.take_back(agent)
    assert now_of(agent, who) == []
    calling.finish(agent, calling.open_attempt(agent).id, said())
    clock.forward(days=3)
    none_paid(26)
    assert now_of(agent, who) == [("refuted", nov(25))]
    coverage.lower(manager, BANK, nov(24), reason="银行称 25 日数据有误")
    assert now_of(agent, who) == [("waiting", nov(24))]
    assert questions.waiting(manager) == ()
    assert verify(manager.store).ok


def test_with_something_else_owed_they_may_be_called_about_that(agent, debtor, claimed):
    debtor.another(claimed, balance=70_000)
    with agent.store.read() as conn:
        replay.of_debtors(conn, [claimed])
    assert cases.open_case(agent, claimed).numbers[0].decision.verdict is not Verdict.ASK


def test_how_a_claim_stands_is_replayed(agent, claimed):
    with agent.store.write() as conn:
        conn.exec_driver_sql("UPDATE claim_now SET state = 'confirmed'")
    with agent.store.read() as conn:
        (amiss,) = replay.differences(conn, [claimed], replay.of_debtors(conn, [claimed]))
    assert (amiss.table, amiss.column) == ("claim_now", "state")
    with agent.store.write() as conn:
        replay.rebuild(conn, [claimed])
    assert now_of(agent, claimed) == [("waiting", None)]
