"""A small store with invented debtors, and a clock that the test sets."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from collector_desk.documents import fonts
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Role
from collector_desk.services.book import queueing
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.store import keys
from tests.samples.full_life import lived
from tests.samples.state import odd_state
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, copy_store, let_in
from tests.samples.visit_values import font_folder

Staff = tuple[tuple[str, frozenset[Role]], ...]

MANAGER = "林主管"
PEOPLE: dict[str, Staff] = {
    "agent": (("张晓", frozenset({Role.AGENT, Role.SENIOR_AGENT})),),
    "team": (("王走访", frozenset({Role.VISITOR})), ("赵同行", frozenset({Role.VISITOR}))),
}
"""By the fixture that seats them."""


@pytest.fixture(autouse=True, scope="session")
def _quick_keys() -> Iterator[None]:
    """Argon2id made to cost next to nothing: what it protects is tested with the store."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        yield


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window waits for its turn while a worker catches up."""
    monkeypatch.setattr(queueing, "_REST", 0)


@pytest.fixture(autouse=True, scope="session")
def _fonts_made_once() -> Iterator[None]:
    """Papers are printed with the font that an earlier run converted: four seconds, tested with the documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "cache_folder", font_folder)
        yield


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="session")
def ready_store(_quick_keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with share and released packs, made once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("ready") / "store"
    agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
    seat = people.create_store(folder, name=MANAGER, password=PASSWORD, agency=agency, clock=SetClock()).seat
    settings.change(seat, Share(effective=3, connected=6))
    releases.release_all(seat)
    seat.store.close()
    return folder


@pytest.fixture(scope="session")
def staffed_store(ready_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Staff], Path]:
    """The ready store with these people let in by the manager: made once for all tests that want the same."""

    @cache
    def made(staff: Staff) -> Path:
        if not staff:
            return ready_store
        folder = tmp_path_factory.mktemp("staffed") / "store"
        copy_store(ready_store, folder)
        seat = people.sign_in(folder, MANAGER, PASSWORD, clock=SetClock())
        for name, roles in staff:
            let_in(seat, name=name, password=PASSWORD, roles=roles)
        seat.store.close()
        return folder

    return made


@pytest.fixture
def staff(request: pytest.FixtureRequest) -> Staff:
    """Who of the test's people is in its store from the start."""
    return tuple(one for name, some in PEOPLE.items() if name in request.fixturenames for one in some)


@pytest.fixture
def manager(
    staffed_store: Callable[[Staff], Path],
    staff: Staff,
    tmp_path: Path,
    clock: SetClock,
    request: pytest.FixtureRequest,
) -> Iterator[Seat]:
    """A store of this test alone; its first person is manager and lead."""
    copy_store(staffed_store(staff), tmp_path / "store")
    seat = people.sign_in(tmp_path / "store", MANAGER, PASSWORD, clock=clock)
    yield seat
    planted = request.node.get_closest_marker("plants_state")
    odd = [] if planted or seat.store.closed else odd_state(seat.store)
    seat.store.close()
    assert odd == [], "what the store shows is not what its history says"


@pytest.fixture
def seat_of(manager: Seat, staff: Staff, clock: SetClock) -> Iterator[Callable[..., Seat]]:
    """Further people, each at a seat of their own on the same store."""
    seats = []

    def make(name: str, *roles: Role) -> Seat:
        if (name, frozenset(roles)) not in staff:
            let_in(manager, name=name, password=PASSWORD, roles=frozenset(roles))
        seat = people.sign_in(manager.store.folder, name, PASSWORD, clock=clock)
        seats.append(seat)
        return seat

    yield make
    for seat in seats:
        seat.store.close()


@pytest.fixture
def agent(seat_of: Callable[..., Seat]) -> Seat:
    ((name, roles),) = PEOPLE["agent"]
    return seat_of(name, *roles)


@pytest.fixture
def team(seat_of: Callable[..., Seat]) -> tuple[Seat, ...]:
    """The two who go to a visit together."""
    return tuple(seat_of(name, *roles) for name, roles in PEOPLE["team"])


@pytest.fixture
def debtor(manager: Seat) -> DebtorMaker:
    """Puts an invented debtor on file; returns the id."""
    return DebtorMaker(manager)


@pytest.fixture
def full_life(agent, manager, debtor, seat_of, clock) -> str:
    """A debtor of whom much is known."""
    return lived(agent, manager, debtor, seat_of, clock)
