"""A placement's month worked out and frozen: what it costs with many accounts and rows.

    python -m tests.benchmarks.months [ROWS] [ACCOUNTS]

Prints seconds of own work: the month as it stands, freezing it, the frozen month read, the next one with the late
rows of another file, and both files that go out.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.money.payments import FileKind
from collector_desk.domain.money.reconciling import Month
from collector_desk.services.exports import months
from collector_desk.services.intake import payments, placements
from collector_desk.services.intake.payments import FileTold
from collector_desk.services.money import reconciling
from collector_desk.services.office import people
from collector_desk.store import tables as t
from tests.benchmarks.payments import paid, placement, say
from tests.samples.store import SetClock

T = TypeVar("T")
NOV, DEC = Month(2026, 11), Month(2026, 12)


def timed(what: str, work: Callable[[], T]) -> T:
    """Do it and print its own work."""
    began = time.process_time()
    found = work()
    say(f"{what}: {time.process_time() - began:.2f} s")
    return found


def main(rows: int = 100_000, accounts: int = 20_000) -> None:
    """Make the store, then the month."""
    clock = SetClock(datetime(2026, 12, 20, 2, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        seat = people.create_store(place / "store", name="王", password="correct horse", clock=clock).seat
        (place / "委案.csv").write_bytes(placement(accounts))
        seen = placements.preview(seat, place / "委案.csv")
        placements.import_placement(seat, seen, {"P1": PlacementTerms("某某银行")})
        (place / "还款.csv").write_bytes(paid(rows, accounts))
        told = FileTold(kind=FileKind.NEW)
        payments.import_payments(seat, payments.preview(seat, place / "还款.csv", told))
        with seat.store.read() as conn:
            placement_id = conn.execute(select(t.placement.c.id)).scalar_one()
        november = timed(
            f"the month of {accounts} accounts and {rows} rows",
            lambda: reconciling.of_placement(seat, placement_id, NOV),
        )
        timed("freezing it", lambda: reconciling.freeze(seat, november))
        timed("the frozen month read", lambda: reconciling.of_placement(seat, placement_id, NOV))
        (place / "迟到.csv").write_bytes(paid(rows // 100, accounts).replace(b"LS", b"LT"))
        payments.import_payments(seat, payments.preview(seat, place / "迟到.csv", told))
        december = timed("the next month", lambda: reconciling.of_placement(seat, placement_id, DEC))
        say(f"late rows in it: {len(december.part.late)}")
        timed("the workbook", lambda: months.export(seat, november, place / "a.xlsx", "zh_CN"))
        timed("the paper", lambda: months.export(seat, november, place / "a.pdf", "zh_CN"))
        seat.store.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
