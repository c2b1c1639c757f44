"""A store with its lead and a pair of visitors, passwords that cost next to nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.store import keys
from tests.faults.killing import CHEAP
from tests.samples.state import odd_state
from tests.samples.store import PASSWORD, SetClock, copy_store, let_in


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CHEAP.items():
            patch.setattr(keys, name, value)
        yield


@pytest.fixture(scope="session")
def ready_store(cheap_passwords: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with share and released packs, made once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("ready") / "store"
    agency = Agency("示例公司", "示例中心")
    seat = people.create_store(folder, name="林主管", password=PASSWORD, agency=agency, clock=SetClock()).seat
    settings.change(seat, Share(effective=3, connected=6))
    releases.release_all(seat)
    seat.store.close()
    return folder


@pytest.fixture
def lead(ready_store: Path, tmp_path: Path) -> Iterator[Seat]:
    copy_store(ready_store, tmp_path / "store")
    seat = people.sign_in(tmp_path / "store", "林主管", PASSWORD, clock=SetClock())
    yield seat
    odd = [] if seat.store.closed else odd_state(seat.store)
    seat.store.close()
    assert odd == [], "what the store shows is not what its history says"


@pytest.fixture
def team(lead: Seat) -> Iterator[list[Seat]]:
    seats = []
    for name in ("王走访", "赵同行"):
        let_in(lead, name=name, password=PASSWORD, roles=frozenset({Role.VISITOR}))
        seats.append(people.sign_in(lead.store.folder, name, PASSWORD, clock=lead.clock))
    yield seats
    for seat in seats:
        seat.store.close()
