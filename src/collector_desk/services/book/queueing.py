"""The queue as a person works it: its pages and counts, taking the next case, letting one go."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from collector_desk.domain.book.debts import QueueRow
from collector_desk.domain.book.queue import QueueClass, QueueFilter, QueueOrder
from collector_desk.domain.calls.outcomes import OUTCOME_RULES
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.money.paid_today import PaidToday
from collector_desk.domain.people import JUNIOR_LIMIT_DAYS, Act, may_work_age, require
from collector_desk.services.book import refresh
from collector_desk.services.desk.seat import Seat, still_here
from collector_desk.store import calls
from collector_desk.store.book import debtors, derived, walk
from collector_desk.store.calls import DayLine
from collector_desk.store.money import paid_today
from collector_desk.store.record import holding

PAGE = 200
_REST = 0.05  # seconds, about a third of the time, so that keys are answered meanwhile
_A_FEW, _MANY = 20, 200
"""How many debtors a tick works out, and how many at a time a worker does: all that one statement reads."""
_WORKABLE = frozenset(item for item in QueueClass if item.workable)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A part of the queue with the counts per class under the same filter."""

    rows: tuple[QueueRow, ...]
    counts: dict[QueueClass, int]

    @property
    def total(self) -> int:
        """Debtors under the filter, those out of the way as well."""
        return sum(self.counts.values())


def page(seat: Seat, where: QueueFilter | None = None, *, offset: int = 0, limit: int = PAGE) -> QueuePage:
    """One page in the queue's order, with counts."""
    with seat.store.read() as conn:
        rows = debtors.queue_page(
            conn, today=seat.today(), viewer_id=seat.person.id, limit=limit, offset=offset, where=where
        )
        counts = debtors.queue_counts(conn, today=seat.today(), viewer_id=seat.person.id, where=where)
    return QueuePage(rows, counts)


_NEAR = 20  # rows looked through for what comes due; they stand by their instant


def rows(
    seat: Seat, where: QueueFilter | None = None, *, offset: int = 0, limit: int = PAGE
) -> tuple[QueueRow, ...]:
    """One page in the queue's order, without counts: the fast path."""
    with seat.store.read() as conn:
        return debtors.queue_page(
            conn, today=seat.today(), viewer_id=seat.person.id, limit=limit, offset=offset, where=where
        )


def coming(seat: Seat, within: timedelta) -> tuple[QueueRow, ...]:
    """Call backs and promises that come due within the next minutes, the nearest first; no mere second try."""
    found = rows(seat, QueueFilter(classes=frozenset({QueueClass.LATER})), limit=_NEAR)
    until = seat.now() + within
    near = (row for row in found if row.back_at is not None and row.back_at <= until)
    return tuple(row for row in near if row.why.code != "book.try_again")


def counts(seat: Seat, where: QueueFilter | None = None) -> dict[QueueClass, int]:
    """How many debtors stand in each class under a filter."""
    with seat.store.read() as conn:
        return debtors.queue_counts(conn, today=seat.today(), viewer_id=seat.person.id, where=where)


@dataclass(frozen=True, slots=True)
class DayProgress:
    """How far a person is: the counts per class under a filter, what of it is left, and their own day.

    ``paid``: what came in today of whom they hold.
    """

    counts: dict[QueueClass, int]
    left: int
    done: int
    paid: tuple[PaidToday, ...] = ()


def progress(seat: Seat, where: QueueFilter | None = None) -> DayProgress:
    """The counts of all classes under a filter, how many of its rows Enter goes through, whom one did today."""
    plain = replace(where or QueueFilter(), order=QueueOrder.TRADE)  # no order changes a count
    every, wanted = replace(plain, classes=frozenset()), _workable(seat, plain)
    today = QueueClass.PROMISED_TODAY
    with seat.store.read() as conn:
        count = partial(debtors.queue_counts, conn, today=seat.today(), viewer_id=seat.person.id)
        found = count(where=every)
        mine = found if wanted.days_to == every.days_to else count(where=replace(every, days_to=wanted.days_to))
        left = {item: mine.get(item, 0) for item in wanted.classes}
        if left.get(today):  # only of these it is asked when they open, which no index knows
            left[today] = count(where=replace(wanted, classes=frozenset({today}))).get(today, 0)
        done = calls.debtors_done(conn, seat.person.id, since=seat.day_start())
        paid = paid_today.of_holder(conn, seat.person.id, seat.day_start())
    return DayProgress(found, sum(left.values()), done, paid)


def _workable(seat: Seat, where: QueueFilter | None) -> QueueFilter:
    """What of a filter a person may work now: that which ``next_row`` goes through."""
    wanted = where or QueueFilter()
    if not wanted.classes:
        wanted = replace(wanted, classes=_WORKABLE)
    # a promise of today stands in the queue to be seen: who can't be called about it today is not brought up
    wanted = replace(wanted, open_before=seat.day_start() + timedelta(days=1))
    if not may_work_age(seat.person.roles, JUNIOR_LIMIT_DAYS + 1):
        wanted = replace(wanted, days_to=JUNIOR_LIMIT_DAYS)
    return wanted


def tick(seat: Seat, limit: int = _A_FEW) -> Changes:
    """Work out anew the debtors whom the mere passing of time moves: promises pass, call-backs come up.

    Cheap when nothing is due: one indexed read. Call it every few seconds; what one transaction can't carry is
    left to the next call (``catch_up`` after signing in, when a night has passed).
    """
    with seat.store.read() as conn:
        due = derived.due(conn, seat.now(), limit)
    if not due:
        return Changes()
    refresh.refresh_apart(seat.store, due, seat.now())
    return Changes(debtors=frozenset(due))


def catch_up(seat: Seat, cancelled: Callable[[], bool] = lambda: False) -> int:
    """``tick`` until nothing is due any more, for a worker; says how many debtors moved.

    Between the short transactions the window, and every other one, gets its turn.
    """
    moved = 0
    while not cancelled() and (some := len(tick(seat, _MANY).debtors)):
        moved += some
        time.sleep(_REST)
    return moved


def claim(seat: Seat, debtor_id: str, *, left: Collection[str] = ()) -> Changes:
    """Take a debtor from the pool, so that no other seat can; what one held without an open call goes back.

    ``left`` are the debtors who leave the screen without an outcome: ``next_row`` offers them last.

    Raises Refused where a colleague holds them already, or the role doesn't reach that age.
    """
    require(seat.person, Act.WORK_CASE)
    with seat.store.write() as conn:
        still_here(conn, seat)
        row = debtors.queue_row(conn, debtor_id, today=seat.today())
        if row is None or (row.holder_id and row.holder_id != seat.person.id):
            raise Refused("calls.held_by_other")
        if not may_work_age(seat.person.roles, row.days):
            raise Refused("calls.too_old_for_role", days=JUNIOR_LIMIT_DAYS)
        holding.put_back(conn, seat.person.id, besides=debtor_id)
        holding.take(conn, debtor_id, seat.person.id, seat.now())
        for other in left:
            walk.leave(conn, seat.person.id, other, seat.now(), seat.day_start())
    return Changes(debtors=frozenset({debtor_id}))


def release(seat: Seat, debtor_id: str | None = None) -> Changes:
    """Put what the person holds (or one debtor) back into the pool; an open call is kept."""
    with seat.store.write() as conn:
        holding.put_back(conn, seat.person.id, only=debtor_id)
    return Changes(debtors=frozenset({debtor_id} if debtor_id else ()))


def next_row(
    seat: Seat, where: QueueFilter | None = None, *, after: str | None = None, aside: str | None = None
) -> QueueRow | None:
    """The row that comes next for a person under the filter, other than ``after`` and ``aside``; None: no such row.

    The first of the order that they did not leave without an outcome today; once all were, the one left longest
    ago. Whatever changes a row's place brings it up again.
    """
    with seat.store.read() as conn:
        return walk.next_of(
            conn,
            today=seat.today(),
            viewer_id=seat.person.id,
            since=seat.day_start(),
            where=_workable(seat, where),
            other_than=[debtor_id for debtor_id in (after, aside) if debtor_id],
        )


def day_line(seat: Seat) -> DayLine:
    """The person's own day: tried, reached, promised, due next."""
    reached = [rule.outcome.value for rule in OUTCOME_RULES.values() if rule.reached]
    with seat.store.read() as conn:
        return calls.day_line(conn, seat.person.id, since=seat.day_start(), reached_outcomes=reached)
