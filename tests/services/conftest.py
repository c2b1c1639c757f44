"""A small store with invented debtors, and a clock that the test sets."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

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
from tests.samples.full_life import FULL_LIFE
from tests.samples.state import odd_state
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, copy_store, know, let_in, sit_down
from tests.samples.stories import Cast, Story, Template
from tests.samples.visit_values import font_folder

Staff = tuple[tuple[str, frozenset[Role]], ...]

MANAGER = "林主管"
PEOPLE: dict[str, Staff] = {
    "agent": (("张晓", frozenset({Role.AGENT, Role.SENIOR_AGENT})),),
    "team": (("王走访", frozenset({Role.VISITOR})), ("赵同行", frozenset({Role.VISITOR}))),
}
"""By the fixture that seats them; a module may have a dict of this name with more."""
STORIES: dict[str, Story] = {"full_life": FULL_LIFE}
"""By the fixture that stands for what a store has been through; modules have more."""


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
    know(seat)
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
        seat = sit_down(folder, MANAGER, clock=SetClock())
        for name, roles in staff:
            let_in(seat, name=name, password=PASSWORD, roles=roles)
        seat.store.close()
        return folder

    return made


@pytest.fixture(scope="session")
def template_of(
    staffed_store: Callable[[Staff], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Staff, Story | None], Template]:
    """The store of these people after a story: made once for all tests that want the same."""

    @cache
    def made(staff: Staff, story: Story | None) -> Template:
        clock = SetClock()
        if story is None:
            return Template(staffed_store(staff), clock.at)
        folder = tmp_path_factory.mktemp("told") / "store"
        copy_store(staffed_store(staff), folder)
        with ExitStack() as there:

            def seat(name: str) -> Seat:
                sitting = sit_down(folder, name, clock=clock)
                there.callback(sitting.store.close)
                return sitting

            manager = seat(MANAGER)
            seats = {who: tuple(seat(name) for name, _ in PEOPLE[who]) for who in story.people}
            debtor = DebtorMaker(manager)
            told = story.tell(Cast(manager, seats, debtor, clock))
        return Template(folder, clock.at, debtor.count, told)

    return made


@pytest.fixture
def story(request: pytest.FixtureRequest) -> Story | None:
    """What the test's store has been through."""
    stories: dict[str, Story] = STORIES | getattr(request.module, "STORIES", {})
    named = [told for name, told in stories.items() if name in request.fixturenames]
    assert len(named) < 2, "a store has one past"
    return named[0] if named else None


@pytest.fixture
def staff(request: pytest.FixtureRequest, story: Story | None) -> Staff:
    """Who of the test's people is in its store from the start."""
    wanted = {*request.fixturenames, *(story.people if story else ())}
    known = PEOPLE | getattr(request.module, "PEOPLE", {})
    return tuple(one for name, some in known.items() if name in wanted for one in some)


@pytest.fixture
def before(
    template_of: Callable[[Staff, Story | None], Template], staff: Staff, story: Story | None, clock: SetClock
) -> Template:
    """The store the test gets a copy of; its clock goes on from there."""
    template = template_of(staff, story)
    clock.at = template.at
    return template


@pytest.fixture
def manager(before: Template, tmp_path: Path, clock: SetClock, request: pytest.FixtureRequest) -> Iterator[Seat]:
    """A store of this test alone; its first person is manager and lead."""
    copy_store(before.folder, tmp_path / "store")
    seat = sit_down(tmp_path / "store", MANAGER, clock=clock)
    yield seat
    planted = request.node.get_closest_marker("plants_state")
    odd = [] if planted or seat.store.closed else odd_state(seat.store)
    seat.store.close()
    assert odd == [], "what the store shows is not what its history says"


@pytest.fixture
def told(manager: Seat, before: Template) -> Any:
    """What the story returned."""
    return before.told


@pytest.fixture
def seat_of(manager: Seat, staff: Staff, clock: SetClock) -> Iterator[Callable[..., Seat]]:
    """Further people, each at a seat of their own on the same store."""
    seats = []

    def make(name: str, *roles: Role) -> Seat:
        if (name, frozenset(roles)) not in staff:
            let_in(manager, name=name, password=PASSWORD, roles=frozenset(roles))
        seat = sit_down(manager.store.folder, name, clock=clock)
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
def debtor(manager: Seat, before: Template) -> DebtorMaker:
    """Puts an invented debtor on file; returns the id."""
    return DebtorMaker(manager, before.debtors)


@pytest.fixture
def full_life(told: str) -> str:
    """A debtor of whom much is known."""
    return told
