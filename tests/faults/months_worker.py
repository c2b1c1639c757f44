"""Freezes a month until it is killed: run by ``test_months.py``, which kills it.

``months_worker.py FOLDER MONTH MOMENT`` counts the moments at which its transactions begin and end, and at the one
it is given it is gone as by kill -9; 0: at none.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, select

from collector_desk.domain.money.reconciling import month_named
from collector_desk.services.desk.clock import SystemClock
from collector_desk.services.money import reconciling
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.money import months
from collector_desk.store.store import Store

keys._MEMORY_KIB, keys._PASSES, keys._LANES = 64, 1, 1
months._PIECE = 5  # many transactions, each a moment to be killed in
_write = Store.write
_moments, _last = count(1), int(sys.argv[3])


def moment() -> None:
    """One moment more; at the one that was asked for the process is gone."""
    if next(_moments) == _last:
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def watched(store: Store) -> Iterator[Connection]:
    moment()
    with _write(store) as conn:
        yield conn
        moment()
    moment()


def main() -> None:
    SystemClock.now = lambda _self: datetime(2026, 12, 20, 2, tzinfo=UTC)  # type: ignore[method-assign]
    seat = people.sign_in(Path(sys.argv[1]), "王", "correct horse")
    month = month_named(sys.argv[2])
    assert month is not None
    with seat.store.read() as conn:
        placement_id = conn.execute(select(t.placement.c.id)).scalar_one()
    seen = reconciling.of_placement(seat, placement_id, month)
    Store.write = watched  # type: ignore[assignment,method-assign]
    reconciling.freeze(seat, seen)
    sys.stdout.write("frozen\n")


main()
