"""What the desk asks the store all day long, at 200,000 debtors and 2,000,000 attempts, without the window."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from collector_desk.domain.book.money import Money
from collector_desk.domain.book.queue import QueueClass, QueueFilter
from collector_desk.domain.calls.identity import Factor, IdentityCheck
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import ArrearsReason, Bucket, Outcome, PayChannel, Speaker, Stage
from collector_desk.services.book import cases, queueing
from collector_desk.services.calls import calling
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id, packed
from collector_desk.store.tables.history import journal
from tests.benchmarks.benchmark_tools import Spans, compare, say
from tests.benchmarks.big_store import AGENT
from tests.samples.store import PASSWORD, SetClock

KEY = 50.0
SAVE = 16.0
CALLS = 120
NOTE = "本人说工资明天到账，下午六点前从手机银行还清，已复述确认，第{}次。"
CHECKED = IdentityCheck(frozenset({Factor.NAME, Factor.ID_LAST4}))


@pytest.fixture
def seat(big: Path, clock: SetClock) -> Iterator[Seat]:
    made = people.sign_in(big, AGENT, PASSWORD, clock=clock)
    yield made
    made.store.close()


def spans(work: Callable[[], object], times: int = 30) -> Spans:
    found = Spans()
    work()  # the first asks the planner and fills the cache
    for _ in range(times):
        found.time(work)
    return found


def test_the_queue(seat: Seat) -> None:
    say("first rows of the queue", spans(lambda: queueing.rows(seat, limit=60)), at_most=KEY)
    say("next case", spans(lambda: queueing.next_row(seat)), at_most=KEY)
    say("counts per class", spans(lambda: queueing.counts(seat), 10))
    say("line of the day", spans(lambda: queueing.day_line(seat)), at_most=KEY)
    for name, where in {
        "a stage": QueueFilter(stage=Stage.ESCALATION),
        "a bucket": QueueFilter(bucket=Bucket.M3),
        "large amounts": QueueFilter(amount_from=20_000_000),
        "hardly any": QueueFilter(amount_from=2_000_000_000),
        "only mine": QueueFilter(mine_only=True),
    }.items():
        say(f"first rows under a filter, {name}", spans(lambda w=where: queueing.rows(seat, w, limit=60), 10))
        say(f"counts under a filter, {name}", spans(lambda w=where: queueing.counts(seat, w), 5))
    say("rows 100,000 further down", spans(lambda: queueing.rows(seat, offset=100_000), 5))


@pytest.mark.parametrize("typed", ["王", "王丽", "wl", "wangli", "161", "16100001", "0001", "1990"])
def test_finding(seat: Seat, typed: str) -> None:
    say(f"find {typed}", spans(lambda: cases.find(seat, typed)), at_most=KEY)


def test_passing_time(seat: Seat, clock: SetClock) -> None:
    clock.forward(hours=3)
    with seat.store.write() as conn:  # twenty each time
        some = select(t.debtor.c.id).order_by(t.debtor.c.id).limit(1_000)
        conn.execute(update(t.debtor).where(t.debtor.c.id.in_(some)).values(queue_changes_at=clock.at))
    say("a tick with twenty due", spans(lambda: queueing.tick(seat)), at_most=KEY)


def no_answer(_seat: Seat, _number: int) -> CallLog:
    return CallLog(Outcome.NO_ANSWER)


def promise(seat: Seat, number: int) -> CallLog:
    return CallLog(
        Outcome.PROMISE_PART,
        Speaker.DEBTOR,
        CHECKED,
        talk_seconds=90,
        recording="R-1",
        note=NOTE.format(number),
        reason=ArrearsReason.WAITING_WAGES,
        amount=Money(100),
        day=seat.today() + timedelta(days=1),
        at=time(18),
        channel=PayChannel.BANK_APP,
    )


@pytest.mark.parametrize("log", [no_answer, promise])
def test_calls(seat: Seat, clock: SetClock, log: Callable[[Seat, int], CallLog]) -> None:
    """A case opened, an attempt begun, its outcome saved; beside each, the same rows by the bare driver."""
    fresh = QueueFilter(classes=frozenset({QueueClass.IN_WORK, QueueClass.FIRST_OVERDUE}))
    held = queueing.rows(seat, fresh, offset=500, limit=CALLS * 3)
    opened, begun, saved, floor = Spans(), Spans(), Spans(), Spans()
    for number, row in enumerate(held[2::3]):
        found: list[Any] = []
        opened.time(lambda: found.append(cases.open_case(seat, row.debtor_id)))  # noqa: B023
        card = found[0].next_number
        if card is None:
            continue
        clock.forward(seconds=20)
        begun.time(
            lambda: found.append(calling.begin(seat, debtor_id=row.debtor_id, phone_id=card.phone.id))  # noqa: B023
        )
        clock.forward(seconds=95)
        with _written(seat) as statements:
            saved.time(lambda: calling.finish(seat, found[1].attempt.id, log(seat, number)))  # noqa: B023
        again = _new_ids(seat, statements)
        floor.time(lambda: _bare(seat, again))  # noqa: B023
    assert begun.wall  # somebody may be called
    name = log.__name__.replace("_", " ")
    say(f"open a case ({name})", opened, at_most=KEY)
    say(f"begin a call ({name})", begun, at_most=KEY)
    say(f"save a call ({name})", saved, at_most=SAVE)
    compare(f"save a call ({name})", saved, floor, at_most=8)


# --- the floor of saving: the same rows by the driver alone ----------------------------------------------


class _written:  # noqa: N801 -- used as a function
    """Collects what the writer's connection changes."""

    def __init__(self, seat: Seat) -> None:
        self._engine = seat.store._engine
        self._found: list[tuple[str, Any]] = []

    def _heard(self, _conn: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self._found.extend((sql, row) for row in (values if many else [values]))

    def __enter__(self) -> list[tuple[str, Any]]:
        event.listen(self._engine, "before_cursor_execute", self._heard)
        return self._found

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._heard)


def _new_ids(seat: Seat, statements: list[tuple[str, Any]]) -> list[tuple[str, tuple[Any, ...]]]:
    """The same statements with ids of their own. The copy's journal is no proof of anything afterwards."""
    with seat.store.read() as conn:
        last = conn.exec_driver_sql("SELECT max(seq) FROM journal").scalar() or 0
    places = [column.name for column in journal.columns]
    found = []
    for sql, values in statements:
        row = list(values)
        if sql.startswith("INSERT INTO journal "):
            last += 1
            for name, value in (("seq", last), ("place", last), ("row_id", packed(new_id()))):
                row[places.index(name)] = value
        elif sql.startswith("INSERT"):
            row[0] = packed(new_id())
        found.append((sql, tuple(row)))
    return found


def _bare(seat: Seat, statements: list[tuple[str, tuple[Any, ...]]]) -> None:
    raw = seat.store._writer.connection.driver_connection
    assert raw is not None
    raw.execute("BEGIN IMMEDIATE")
    for sql, row in statements:
        raw.execute(sql, row)
    raw.execute("COMMIT")
