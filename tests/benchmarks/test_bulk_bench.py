"""Many debtors worked out at once: own work each, the longest transaction, a file of counts, a night's catch-up.

``COLLECTOR_DESK_BENCH="50000 150000"`` makes a store with the whole night of 50,000 in it. The floor is the same
rows read, and the same columns written, by the bare driver in the same run.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from collector_desk.domain.book.derived import DERIVED
from collector_desk.services.book import queueing, refresh
from collector_desk.services.desk.seat import Seat
from collector_desk.services.gate.facts import active_packs
from collector_desk.services.intake import counts
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.ids import packed
from collector_desk.store.store import Store
from tests.benchmarks.benchmark_tools import SAID
from tests.benchmarks.big_store import AGENT
from tests.samples.store import PASSWORD, SetClock

PIECE = 50
READ = ("account_case", "phone", "attempt", "promise_state", "flag_event")
"""What the floor reads of each debtor, whole rows; the rest hangs on these."""


@pytest.fixture
def seat(big: Path, clock: SetClock) -> Iterator[Seat]:
    found = people.sign_in(big, AGENT, PASSWORD, clock=clock)
    with found.store:
        yield found


def everybody(store: Store, most: int) -> list[str]:
    with store.read() as conn:
        return list(conn.execute(select(t.debtor.c.id).order_by(t.debtor.c.id).limit(most)).scalars())


@contextmanager
def longest(store: Store) -> Iterator[list[float]]:
    """Seconds of every writing transaction within the block, by this process's own work."""
    spans: list[float] = []
    plain = store.write

    @contextmanager
    def write() -> Iterator[Any]:
        with plain() as conn:
            began = time.process_time()
            yield conn
            spans.append(time.process_time() - began)

    store.write = write  # type: ignore[method-assign]
    try:
        yield spans
    finally:
        store.write = plain  # type: ignore[method-assign]


def floor(store: Store, ids: list[str]) -> float:
    """Own work of reading and writing as much by the bare driver."""
    began = time.process_time()
    sets = ", ".join(f"{name} = {name}" for name in DERIVED)
    for start in range(0, len(ids), PIECE):
        some = [packed(one) for one in ids[start : start + PIECE]]
        marks = ", ".join("?" * len(some))
        with store.write() as conn:
            raw = conn.connection.driver_connection
            assert raw is not None
            for table in READ:
                raw.execute(f"SELECT * FROM {table} WHERE debtor_id IN ({marks})", some).fetchall()  # noqa: S608
            ends = "SELECT e.* FROM attempt a JOIN attempt_end e ON e.attempt_id = a.id WHERE a.debtor_id IN"
            raw.execute(f"{ends} ({marks})", some).fetchall()
            raw.executemany(f"UPDATE debtor SET {sets} WHERE id = ?", [(one,) for one in some])  # noqa: S608
    return time.process_time() - began


def say(what: str, cost: float, many: int, spans: list[float], base: float | None = None) -> None:
    line = f"{what}: {cost:.1f} s own work, {cost / many * 1000:.2f} ms each of {many}"
    if base is not None:
        line += f", {cost / base:.1f} x its floor ({base / many * 1000:.2f} ms)"
    SAID.append(
        f"{line}; longest transaction {max(spans) * 1000:.0f} ms of own work; load {os.getloadavg()[0]:.1f}"
    )


def test_ten_thousand_are_worked_out(seat: Seat) -> None:
    ids = everybody(seat.store, 10_000)
    base = floor(seat.store, ids)
    with seat.store.read() as conn:
        active_packs(conn)  # read from their files once in a process
    for what, work_out in (
        ("worked out of all their history", refresh.refresh),
        ("worked out, nobody called since", refresh.refresh_uncalled),
    ):
        began = time.process_time()
        with longest(seat.store) as spans:
            for start in range(0, len(ids), PIECE):
                with seat.store.write() as conn:
                    work_out(conn, ids[start : start + PIECE], seat.now())
        say(what, time.process_time() - began, len(ids), spans, base)


def test_eight_thousand_debtors_counts(big: Path, clock: SetClock, tmp_path: Path) -> None:
    lead = people.sign_in(big, "林主管", PASSWORD, clock=clock)
    with lead.store as store:
        ids = everybody(store, 8_000)
        with store.read() as conn:
            rows = conn.execute(select(t.debtor.c.id, t.debtor.c.queue_case)).all()
        numbers = {row.id: row.queue_case for row in rows}
        at = clock.at.astimezone(lead.local(clock.at).tzinfo)
        lines = ["案件编号,今日有效通话,今日接通,截至时间"]
        lines += [f"{numbers[who]},{place % 2},{place % 4},{at:%Y-%m-%d %H:%M}" for place, who in enumerate(ids)]
        path = tmp_path / "次数.csv"
        path.write_text("\n".join(lines), "utf-8")
        clock.forward(minutes=2)
        began = time.process_time()
        seen = counts.preview(lead, path)
        with longest(store) as spans:
            report = counts.import_counts(lead, seen)
        assert report.accepted == len(ids)
        say("counts taken over, read and all", time.process_time() - began, len(ids), spans)


def test_a_night_of_fifty_thousand(seat: Seat, clock: SetClock) -> None:
    ids = everybody(seat.store, 50_000)
    with seat.store.write() as conn:
        conn.execute(update(t.debtor).values(queue_changes_at=None))
        conn.execute(update(t.debtor).where(t.debtor.c.id <= ids[-1]).values(queue_changes_at=clock.at))
    clock.forward(hours=12)
    began, wall = time.process_time(), time.perf_counter()
    with longest(seat.store) as spans:
        moved = queueing.catch_up(seat)
    assert moved >= len(ids)
    say("a night caught up with", time.process_time() - began, moved, spans)
    SAID.append(f"  by the wall, with the rests: {time.perf_counter() - wall:.1f} s")
    clock.forward(seconds=timedelta(minutes=1).seconds)
