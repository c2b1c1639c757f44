"""A week lived through the queue: nobody starves, nothing dead comes back, what falls due comes first."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, NumberKind, Outcome, PayChannel, Speaker
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.gate.answers import GateRefused

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))
DEBTORS, DAYS, STEPS, MINUTES = 8, 6, 15, 35
WHAT = (
    ("leave", 5), (Outcome.NO_ANSWER, 6), (Outcome.BUSY, 2), (Outcome.OFF, 2), (Outcome.VOICEMAIL, 1),
    (Outcome.WRONG_NUMBER, 3), (Outcome.CALL_BACK, 3), (Outcome.REFUSES, 1), (Outcome.PROMISE_PART, 2),
)  # fmt: skip


class Agent:
    """Somebody at the queue who takes what Enter gives, and does by lot what agents do."""

    def __init__(self, seat, clock, lot):
        self.seat, self.clock, self.lot = seat, clock, lot
        self.here = None
        self.shown: Counter[str] = Counter()
        self.notes = 0

    def enter(self):
        row = queueing.next_row(self.seat, after=self.here)
        if row is None:
            self.here = None
            return None
        queueing.claim(self.seat, row.debtor_id, left={self.here} - {None})
        self.here = row.debtor_id
        self.shown[self.here] += 1
        return row

    def act(self):
        what = self.lot.choices([each for each, _ in WHAT], [share for _, share in WHAT])[0]
        case = cases.open_case(self.seat, self.here, history=1)
        number = case.next_number
        if what == "leave" or number is None:
            return
        try:
            begun = calling.begin(self.seat, debtor_id=self.here, phone_id=number.phone.id)
        except GateRefused:
            return
        calling.finish(self.seat, begun.attempt.id, self.log(what))
        self.here = None

    def log(self, outcome):
        if outcome not in (Outcome.CALL_BACK, Outcome.REFUSES, Outcome.PROMISE_PART):
            return CallLog(outcome)
        self.notes += 1
        when = self.seat.local(self.clock.at) + timedelta(hours=self.lot.choice((3, 20, 26)))
        when = when.replace(hour=min(max(when.hour, 9), 19))
        return CallLog(
            outcome, Speaker.DEBTOR, CHECKED, talk_seconds=90, recording=f"R-{self.notes}",
            note=f"客户说明了收入与家庭情况，并约定了下一步的安排，第{self.notes}次通话，已复述确认。",
            reason=ArrearsReason.WAITING_WAGES, amount=Money(100), channel=PayChannel.BANK_APP,
            day=when.date(), at=when.time().replace(second=0),
        )  # fmt: skip


def dead(seat):
    only = QueueFilter(classes=frozenset({QueueClass.NO_NUMBER}))
    return {row.debtor_id for row in queueing.rows(seat, only, limit=500)}


def workable(seat):
    """Whom Enter may bring up now."""
    return {row.debtor_id for row in queueing.rows(seat, queueing._workable(seat, None), limit=500)}


@pytest.mark.parametrize("seed", [1, 7])
def test_a_week_of_mixed_outcomes(agent, debtor, clock, seed):
    lot = Random(seed)  # noqa: S311 -- a drawing that can be repeated, nothing secret
    one, two = NumberKind.MOBILE, NumberKind.HOME
    for place in range(DEBTORS):
        numbers = ((f"161881{place:05d}", one), (f"161882{place:05d}", two))[: 1 + place % 2]
        debtor(balance=lot.randrange(1000, 9_000_000), numbers=numbers, previous_overdue=lot.choice((0, 2)))
    somebody = Agent(agent, clock, lot)
    ever_dead = set()
    for day in range(DAYS):
        queueing.catch_up(agent)
        there_all_day = workable(agent)
        somebody.shown.clear()
        for _ in range(STEPS):
            clock.forward(minutes=MINUTES)
            queueing.catch_up(agent)
            now, left = workable(agent), somebody.here
            ever_dead |= dead(agent)
            there_all_day &= now
            row = somebody.enter()
            if row is None:
                assert now <= {left}, "Enter found nothing, though others wait"
                continue
            assert row.debtor_id in now
            assert row.debtor_id not in dead(agent)
            assert row.debtor_id != left, "the case that was just left comes again"
            somebody.act()
        starved = there_all_day - set(somebody.shown)
        assert not starved, f"day {day}: {len(starved)} could be worked all day and never came up"
        clock.forward(minutes=24 * 60 - STEPS * MINUTES)
        somebody.here = None
    assert ever_dead, "the draw is too kind"
    passed = queueing.rows(agent, QueueFilter(classes=frozenset({QueueClass.WAITING})), limit=500)
    assert passed, "no promise passed: the draw is too kind"
    clock.forward(days=14)  # the bank never told of it: they are worked again
    queueing.catch_up(agent)
    assert workable(agent)


def test_a_call_back_that_falls_due_is_the_next_case_whatever_was_left(agent, debtor, clock):
    rows = [debtor(balance=900_000 - 1000 * place) for place in range(5)]
    somebody = Agent(agent, clock, Random(1))  # noqa: S311
    somebody.here = rows[4]
    queueing.claim(agent, rows[4])
    begun = calling.begin(agent, debtor_id=rows[4], phone_id=cases.open_case(agent, rows[4]).numbers[0].phone.id)
    later = agent.local(clock.at) + timedelta(days=1, hours=1)
    log = CallLog(
        Outcome.CALL_BACK, Speaker.UNKNOWN, talk_seconds=20, recording="R-1", day=later.date(), at=later.time(),
        note="家人接听称本人明天上午十一点在，届时再打，未透露任何信息。",
    )  # fmt: skip
    calling.finish(agent, begun.attempt.id, log)
    somebody.here = None
    for _ in range(7):
        clock.forward(minutes=2)
        somebody.enter()
    assert set(somebody.shown) == set(rows[:4])
    clock.at = later
    queueing.catch_up(agent)
    assert somebody.enter().debtor_id == rows[4]
