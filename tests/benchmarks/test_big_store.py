"""The benchmarks measure on a true store: its history verifies, its standings are what the calls add up to."""

from pathlib import Path

import pytest
from sqlalchemy import select

from collector_desk.domain.book import derived
from collector_desk.domain.book.queue import QueueClass
from collector_desk.services.book import refresh
from collector_desk.services.office import people
from collector_desk.store import tables as t
from collector_desk.store.verify import verify
from tests.benchmarks.big_store import AGENT, NOW, big_store
from tests.samples.store import PASSWORD, SetClock, copy_store

DERIVED = [column for column in t.debtor.c if column.name in derived.DERIVED and column.name != "queue_why"]


def test_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    folder = tmp_path / "store"
    copy_store(big_store(200, 2000), folder)
    seat = people.sign_in(folder, AGENT, PASSWORD, clock=SetClock(NOW))
    with seat.store:
        report = verify(seat.store)
        assert report.ok, report.first
        with seat.store.write() as conn:
            assert conn.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert conn.exec_driver_sql("SELECT count(*) FROM attempt").scalar() == 2000
            before = conn.execute(select(*DERIVED).order_by(t.debtor.c.id)).all()
            refresh.refresh(conn, list(conn.execute(select(t.debtor.c.id)).scalars()), NOW)
            after = conn.execute(select(*DERIVED).order_by(t.debtor.c.id)).all()
        capped = [row.queue_class == QueueClass.BLOCKED for row in after]
        assert [old for old, skip in zip(before, capped, strict=True) if not skip] == [
            new for new, skip in zip(after, capped, strict=True) if not skip
        ]
        assert capped.count(True) < 50
