"""A store with its lead and a pair of visitors, passwords that cost next to nothing."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Role
from collector_desk.services import people, releases, settings
from collector_desk.services.desk import Seat
from collector_desk.services.settings import Agency
from collector_desk.store import keys
from store_samples import PASSWORD, SetClock


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
        monkeypatch.setattr(keys, name, value)


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Seat]:
    agency = Agency("示例公司", "示例中心")
    made = people.create_store(
        tmp_path / "store", name="林主管", password=PASSWORD, agency=agency, clock=SetClock()
    )
    settings.change(made.seat, Share(effective=3, connected=6))
    releases.release_all(made.seat)
    yield made.seat
    made.seat.store.close()


@pytest.fixture
def team(lead: Seat) -> Iterator[list[Seat]]:
    seats = []
    for name in ("王走访", "赵同行"):
        people.add(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=lead.clock))
    yield seats
    for seat in seats:
        seat.store.close()
