"""Enter walks the queue: what was left without an outcome waits for the rest, and is back once it changes."""

from datetime import date, time

import pytest
from sqlalchemy import func, select

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, Outcome, PayChannel, Role, Speaker
from collector_desk.services.book import cases, queueing, refresh
from collector_desk.services.calls import calling
from collector_desk.services.office import people
from collector_desk.store import tables as t
from tests.samples.store import PASSWORD

CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


class Walker:
    """Somebody who presses Enter: the case on their screen is left for the next."""

    def __init__(self, seat):
        self.seat = seat
        self.here = None

    def enter(self, where=None):
        row = queueing.next_row(self.seat, where, after=self.here)
        if row is not None:
            queueing.claim(self.seat, row.debtor_id, left={self.here} - {None})
            self.here = row.debtor_id
        return self.here

    def tries(self, outcome=Outcome.NO_ANSWER):
        begun = calling.begin(
            self.seat, debtor_id=self.here, phone_id=cases.open_case(self.seat, self.here).numbers[0].phone.id
        )
        calling.finish(self.seat, begun.attempt.id, CallLog(outcome))


@pytest.fixture
def walker(agent):
    return Walker(agent)


def several(debtor, count=4):
    """So many debtors, in the order in which they stand."""
    return [debtor(balance=900_000 - 1000 * place) for place in range(count)]


def test_every_row_comes_once_then_the_one_left_longest_ago(walker, debtor, clock):
    rows = several(debtor, 5)
    seen = []
    for _ in range(12):
        seen.append(walker.enter())
        clock.forward(seconds=3)
    assert seen == [*rows, *rows, *rows[:2]]


def test_what_was_worked_leaves_no_gap(walker, debtor, clock):
    rows = several(debtor)
    walker.enter()
    clock.forward(seconds=1)
    assert walker.enter() == rows[1]
    walker.tries()
    assert walker.enter() == rows[2]
    assert walker.enter() == rows[3]
    clock.forward(seconds=1)
    assert walker.enter() == rows[0]  # the second waits for its hour


def test_a_row_whose_place_changes_comes_up_again(walker, debtor, clock):
    rows = several(debtor, 3)
    promised = promise_for_tomorrow(walker.seat, rows[0])
    clock.forward(days=1)
    queueing.tick(walker.seat)
    assert [walker.enter() for _ in range(3)] == [*rows[1:], promised]
    clock.forward(minutes=1)
    assert walker.enter() == rows[1]
    clock.at = clock.at.replace(hour=10, minute=0)  # six in the evening
    queueing.tick(walker.seat)
    assert walker.enter() == promised  # due now, and first
    clock.forward(minutes=1)
    assert walker.enter() != promised
    clock.forward(hours=1)
    queueing.tick(walker.seat)
    assert cases.open_case(walker.seat, promised).file.queue_class is QueueClass.WAITING
    assert walker.enter() != promised  # its hour is over: what the bank says decides it


def test_what_somebody_else_tried_meanwhile_is_no_longer_the_row_that_was_left(walker, seat_of, debtor, clock):
    rows = several(debtor, 3)
    walker.enter()
    walker.enter()
    other = Walker(seat_of("李明", Role.SENIOR_AGENT))
    other.here = rows[0]
    queueing.claim(other.seat, rows[0])
    other.tries()
    queueing.release(other.seat)
    clock.forward(hours=4, minutes=1)
    queueing.tick(walker.seat)
    assert walker.enter() == rows[2]  # tried already: it stands behind the untried
    walker.tries()
    assert walker.enter() == rows[0]


def test_marks_are_ones_own(walker, seat_of, debtor):
    rows = several(debtor, 3)
    for _ in range(2):
        walker.enter()
    queueing.release(walker.seat)
    other = Walker(seat_of("李明", Role.SENIOR_AGENT))
    assert other.enter() == rows[0]


def test_they_outlast_the_program(walker, debtor, clock):
    rows = several(debtor, 3)
    walker.enter()
    clock.forward(seconds=1)
    walker.enter()
    again = people.sign_in(walker.seat.store.folder, walker.seat.person.name, PASSWORD, clock=clock)
    try:
        assert Walker(again).enter() == rows[1]  # it was on the screen, and nobody left it
    finally:
        again.store.close()


def test_a_new_day_begins_with_the_order_itself(walker, debtor, clock):
    rows = several(debtor, 4)
    for _ in range(3):
        walker.enter()
    clock.forward(days=1)
    walker.here = None
    assert walker.enter() == rows[0]
    walker.enter()
    with walker.seat.store.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.left_row)).scalar() == 1  # yesterday's are gone


def test_a_filter_is_walked_like_the_whole(walker, debtor, clock):
    rows = several(debtor, 6)
    where = QueueFilter(amount_from=897_000)  # the first four
    seen = []
    for _ in range(5):
        seen.append(walker.enter(where))
        clock.forward(seconds=1)
    assert seen == [*rows[:4], rows[0]]
    assert walker.enter() == rows[4]  # without the filter the rest is still to come


def test_a_junior_walks_past_what_is_too_old_for_them(seat_of, debtor, clock):
    old = debtor(balance=9_000_000, days=90)
    young = [debtor(balance=5000, days=10), debtor(balance=4000, days=10)]
    junior = Walker(seat_of("新人", Role.AGENT))
    seen = []
    for _ in range(4):
        seen.append(junior.enter())
        clock.forward(seconds=1)
    assert seen == [*young, *young]
    assert old not in seen


def test_an_outcome_takes_the_mark_off(walker, debtor, clock):
    rows = several(debtor, 3)
    walker.enter()
    clock.forward(seconds=1)
    walker.enter()
    walker.here = rows[0]
    queueing.claim(walker.seat, rows[0])
    walker.tries()
    with walker.seat.store.read() as conn:
        assert conn.execute(select(t.left_row.c.debtor_id)).scalars().all() == []


def test_working_all_figures_out_anew_moves_nobody(walker, debtor, clock):
    rows = several(debtor, 4)
    walker.enter()
    clock.forward(seconds=1)
    walker.enter()
    with walker.seat.store.write() as conn:
        refresh.refresh(conn, rows, walker.seat.now())
        refresh.refresh(conn, rows, walker.seat.now())
    assert walker.enter() == rows[2]


def test_thousands_left_are_passed_in_one_read(walker, agent, debtor, clock):
    """The rows themselves are never read: the plan goes along the order's index."""
    from sqlalchemy import event

    several(debtor, 3)
    walker.enter()
    walker.enter()
    seen: list[tuple[str, object]] = []
    event.listen(agent.store._engine, "before_cursor_execute", lambda *args: seen.append((args[2], args[3])))
    queueing.next_row(agent, after=walker.here)
    sql, values = next(found for found in seen if "left_row" in found[0])
    with agent.store.read() as conn:
        plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert any("debtor USING INDEX ix_debtor_queue" in line for line in plan), plan
    assert any("COVERING INDEX ix_left_row_at" in line for line in plan), plan
    assert not any("TEMP B-TREE" in line for line in plan), plan


def promise_for_tomorrow(seat, who):
    """Put a promise for six in the evening on a debtor; on its day it stays workable all day."""
    begun = calling.begin(seat, debtor_id=who, phone_id=cases.open_case(seat, who).numbers[0].phone.id)
    log = CallLog(
        Outcome.PROMISE_PART,
        Speaker.DEBTOR,
        CHECKED,
        talk_seconds=90,
        recording="R-1",
        note="客户说工资明天到账，下午六点前从手机银行还款，已复述确认。",
        reason=ArrearsReason.WAITING_WAGES,
        amount=Money(100),
        day=date(2026, 11, 24),
        at=time(18),
        channel=PayChannel.BANK_APP,
    )
    calling.finish(seat, begun.attempt.id, log)
    return who


def test_how_far_one_is_counts_what_one_may_work_and_whom_one_did(walker, seat_of, debtor, clock):
    several(debtor, 3)
    old = debtor(days=90)
    walker.here = old
    queueing.claim(walker.seat, old)
    walker.tries()
    walker.here = None
    assert walker.enter() != old
    walker.tries()
    found = queueing.progress(walker.seat)
    assert (found.left, found.done) == (2, 2)
    assert found.counts == {QueueClass.FIRST_OVERDUE: 2, QueueClass.LATER: 2}
    junior = seat_of("新人", Role.AGENT)
    debtor(days=90)
    queueing.release(walker.seat)
    assert (queueing.progress(junior).left, queueing.progress(junior).done) == (2, 0)
    attempt, _ = calling.take_back(walker.seat)
    assert queueing.progress(walker.seat).done == 1
    calling.finish(walker.seat, attempt.id, CallLog(Outcome.BUSY))
    assert queueing.progress(walker.seat).done == 2
    clock.forward(days=1)
    assert queueing.progress(walker.seat).done == 0


def test_what_is_left_is_what_enter_goes_through(walker, seat_of, debtor, clock):
    """Under any filter, for a junior too, and without the promises of today whose debtor can't be called today."""
    rows = several(debtor, 4)
    debtor(days=90)
    promise_for_tomorrow(walker.seat, rows[0])
    clock.forward(days=1)
    queueing.catch_up(walker.seat)
    walker.here = rows[1]
    queueing.claim(walker.seat, rows[1])
    walker.tries()
    queueing.release(walker.seat)
    junior = seat_of("新人", Role.AGENT)
    filters = [
        QueueFilter(),
        QueueFilter(never_tried=True),
        QueueFilter(promise_due=True),
        QueueFilter(amount_from=898_500),
        QueueFilter(classes=frozenset({QueueClass.PROMISED_TODAY})),
        QueueFilter(classes=frozenset({QueueClass.LATER})),
        QueueFilter(classes=frozenset({QueueClass.DONE})),
    ]
    for seat in (walker.seat, junior):
        for where in filters:
            told = queueing.progress(seat, where).left
            assert told == len(queueing.rows(seat, queueing._workable(seat, where))), where
