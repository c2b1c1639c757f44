"""Opening a visit with thirty photos in the real window, against one with none; taking a recording or photo in."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from collector_desk.app import Program, Session, settle_memory
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.services.packs import releases
from collector_desk.services.visits import evidence
from collector_desk.store.store import Store
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.visits.page import VisitsPage
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch
from tests.benchmarks.benchmark_tools import Spans, compare, say
from tests.samples import visit_story
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, let_in

ROUNDS = 12
PHOTOS = 30
TAKEN = 6
FIRST, SECOND, AGENT = "王走访", "赵同行", "张晓"


def photo(number: int) -> bytes:
    """As a telephone takes it, made smaller so that the benchmark is ready soon."""
    file = io.BytesIO()
    Image.effect_noise((1200, 900), 20 + number).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Path, SetClock, str]]:
    """Two stores with a visit whose pair stands at the door: with thirty photos, and with none."""
    made = {}
    for count in (0, PHOTOS):
        clock = SetClock()
        folder = tmp_path_factory.mktemp("visit") / "store"
        agency = Agency("示例公司", "示例中心")
        lead = people.create_store(folder, name="林主管", password=PASSWORD, agency=agency, clock=clock).seat
        settings.change(lead, Share(effective=3, connected=6))
        releases.release_all(lead)
        seats = {}
        for name in (FIRST, SECOND, AGENT):
            roles = {Role.AGENT, Role.SENIOR_AGENT} if name == AGENT else {Role.VISITOR}
            let_in(lead, name=name, password=PASSWORD, roles=frozenset(roles))
            seats[name] = people.sign_in(folder, name, PASSWORD, clock=clock)
        visit_id = visit_story.requested(seats[AGENT], DebtorMaker(lead)(days=75))
        team = (seats[FIRST], seats[SECOND])
        visit_story.planned(lead, team, visit_id)
        clock.forward(days=1)
        visit_story.arrived(team, visit_id)
        for number in range(count):
            evidence.add(team[0], visit_id, photo(number), caption=f"照片 {number + 1}")
        for seat in (lead, *seats.values()):
            seat.store.close()
        made[count] = (folder, clock, visit_id)
    return made


def opened(app: QApplication, folder: Path, clock: SetClock, kept: Path) -> Spans:
    """How long the visit takes to be on the screen, the first time left out."""
    preferences = Preferences(kept / "window.ini")
    preferences.language = "zh_CN"
    program = Program(clock=clock, store=folder)
    window = MainWindow(program, preferences)
    window.resize(1366, 697)
    window.show()
    session = program.sign_in(folder, FIRST, PASSWORD)
    assert isinstance(session, Session)
    window.enter(session)
    window.show_page("visits")
    app.processEvents()
    settle_memory()
    page = window.page("visits")
    assert isinstance(page, VisitsPage)
    row = page.column.row()
    assert row is not None
    spans = Spans()

    def show() -> None:
        page._show(row)
        app.processEvents()

    for _ in range(ROUNDS):
        page._drop_detail()
        app.processEvents()
        spans.time(show)
    assert window.close()
    window.deleteLater()
    LanguageSwitch().use("en")
    del spans.wall[0], spans.cpu[0]
    return spans


def test_opening_a_visit_with_thirty_photos(
    qapp: QApplication, stores: dict[int, tuple[Path, SetClock, str]], tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    spans = {count: opened(qapp, folder, clock, tmp_path) for count, (folder, clock, _) in stores.items()}
    say(f"opening a visit with {PHOTOS} photos", spans[PHOTOS], at_most=200)
    compare(f"opening a visit with {PHOTOS} photos, against one with none", spans[PHOTOS], spans[0], at_most=1.25)
    assert len(spans[PHOTOS].wall) == ROUNDS - 1


@pytest.fixture
def seat(stores: dict[int, tuple[Path, SetClock, str]]) -> Iterator[Seat]:
    folder, clock, _ = stores[0]
    made = people.sign_in(folder, FIRST, PASSWORD, clock=clock)
    yield made
    made.store.close()


def test_transactions_of_a_large_recording(
    seat: Seat, stores: dict[int, tuple[Path, SetClock, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other seat waits for it: every transaction is short, however large the file."""
    file = tmp_path / "long.wav"
    file.write_bytes(b"#!AMR\n" + bytes(100 << 20))
    real, spans = Store.write, Spans()

    @contextmanager
    def timed(store: Store) -> Iterator[object]:
        wall, cpu = time.perf_counter(), time.process_time()
        with real(store) as conn:
            yield conn
        spans.wall.append((time.perf_counter() - wall) * 1000)
        spans.cpu.append((time.process_time() - cpu) * 1000)

    monkeypatch.setattr(Store, "write", timed)
    evidence.add(seat, stores[0][2], file)
    monkeypatch.undo()
    say("a transaction while 100 MB are taken in", spans, at_most=50)
    assert len(spans.wall) > 100
    (piece,) = evidence.pieces(seat, stores[0][2])
    assert piece.size == file.stat().st_size


def twelve_megapixels(number: int) -> bytes:
    """As large as a telephone takes it: about 5 MB."""
    rough = Image.effect_noise((400, 300), 90 + number).resize((4000, 3000), Image.Resampling.BICUBIC)
    fine, file = Image.effect_noise((4000, 3000), 24), io.BytesIO()
    Image.blend(rough, fine, 0.35).convert("RGB").save(file, "JPEG", quality=90)
    return file.getvalue()


def test_taking_in_photos_of_twelve_megapixels(seat: Seat, stores: dict[int, tuple[Path, SetClock, str]]) -> None:
    """Decoded once, at the size of its small copy, hashed once: less than decoding it as large as it is."""
    taken, floor = Spans(), Spans()
    for number in range(TAKEN):
        data = twelve_megapixels(number)
        floor.time(Image.open(io.BytesIO(data)).load)
        taken.time(partial(evidence.add, seat, stores[0][2], data))
    size = len(data) / 1_000_000
    say(f"a photo of 12 Mpx ({size:.1f} MB) taken in", taken)
    compare("a photo of 12 Mpx taken in, against decoding it", taken, floor, at_most=1.5)
    assert len(taken.wall) == TAKEN
