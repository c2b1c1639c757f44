"""The queue's list model: what Qt demands of it, and pages fetched as one scrolls."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collector_desk.services.book import queueing
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.ui.work.queue import model as queue_model
from collector_desk.ui.work.queue.model import ROW_ROLE, QueueModel
from tests.samples.store import PASSWORD, DebtorMaker, SetClock


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)
    made = people.create_store(tmp_path / "store", name="林", password=PASSWORD, agency=Agency(), clock=SetClock())
    yield made.seat
    made.seat.store.close()


def test_it_is_a_model_as_qt_wants_it(qtmodeltester, seat):
    debtor = DebtorMaker(seat)
    for place in range(5):
        debtor(balance=1000 + place)
    model = QueueModel(seat)
    model.reload()
    qtmodeltester.check(model)
    assert model.rowCount() == 5
    assert model.rowCount(model.index(0)) == 0
    assert "朱**" in model.index(0).data()


def test_pages_are_fetched_in_order_and_announced(qtbot, seat, monkeypatch):
    monkeypatch.setattr(queue_model, "FIRST", 4)
    monkeypatch.setattr(queue_model, "PAGE", 3)
    debtor = DebtorMaker(seat)
    ids = {debtor(balance=1000 + place) for place in range(9)}
    model = QueueModel(seat)
    model.reload()
    assert model.rowCount() == 4
    root = model.index(-1)
    inserted = []
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    while model.canFetchMore(root):
        model.fetchMore(root)
    assert inserted == [(4, 6), (7, 8)]
    rows = [model.index(line).data(ROW_ROLE).debtor_id for line in range(model.rowCount())]
    assert set(rows) == ids
    assert len(rows) == len(ids)
    model.counts = queueing.counts(seat)
    assert model.total == 9
