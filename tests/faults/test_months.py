"""kill -9 while a month is frozen: it is frozen whole or not at all, and can be frozen afterwards."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collector_desk.domain.money.reconciling import Month
from collector_desk.services.desk.seat import Seat
from collector_desk.services.money import reconciling
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.samples.store import DebtorMaker, SetClock

NOV = Month(2026, 11)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    clock = SetClock()
    made = people.create_store(tmp_path / "store", name="王", password="correct horse", clock=clock).seat
    debtor = DebtorMaker(made)
    for _ in range(12):
        debtor()
    clock.at = datetime(2026, 12, 20, 2, tzinfo=UTC)
    yield made
    made.store.close()


def freeze(seat: Seat, kill_at: int) -> bool:
    """Freeze November in a process that dies at this moment; whether it got to the end."""
    worker = [sys.executable, "-m", "tests.faults.months_worker", str(seat.store.folder), str(NOV), str(kill_at)]
    done = subprocess.run(worker, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode in (0, -9), done.stderr
    return done.stdout == "frozen\n"


@pytest.mark.parametrize("kill_at", [1, 2, 5, 9, 11, 12])
def test_a_freeze_that_is_killed_froze_nothing_or_all(seat: Seat, kill_at: int) -> None:
    with seat.store.read() as conn:
        placement_id = conn.execute(select(t.placement.c.id)).scalar_one()
    before = reconciling.of_placement(seat, placement_id, NOV)
    assert not freeze(seat, kill_at)
    seen = reconciling.of_placement(seat, placement_id, NOV)
    assert seen.part == before.part
    with seat.store.read() as conn:
        count = conn.execute(select(func.count()).select_from(t.frozen_month)).scalar_one()
    assert count == (seen.frozen is not None)
    assert verify(seat.store).ok
    if seen.frozen is None:
        assert freeze(seat, 0)
    again = reconciling.of_placement(seat, placement_id, NOV)
    assert again.frozen is not None
    assert again.part == before.part
