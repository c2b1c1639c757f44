"""The whole window on a real store, driven by keys and input-method commits alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.app import Program, Session
from collector_desk.documents import fonts
from collector_desk.domain.conduct.values import Share
from collector_desk.domain.vocabulary import Role
from collector_desk.services.desk import settings
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency, DeskSettings
from collector_desk.services.office import keyring, people
from collector_desk.services.packs import releases
from collector_desk.store import keys
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch
from collector_desk.ui.work.page import WorkPage
from tests.samples.store import PASSWORD, DebtorMaker, SetClock, copy_store, let_in
from tests.samples.visit_values import font_folder

AGENT = "张晓"
RECORDER = "录音平台"


@pytest.fixture(autouse=True, scope="session")
def _quick_keys() -> Iterator[None]:
    """Argon2id made to cost next to nothing: what it protects is tested with the store."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)
        yield


@pytest.fixture(scope="session")
def template(_quick_keys: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its manager and one agent, made once: passwords are slow on purpose."""
    folder = tmp_path_factory.mktemp("template") / "store"
    agency = Agency("示例催收服务有限公司", "示例服务中心", "400-000-0000")
    seat = people.create_store(folder, name="林主管", password=PASSWORD, agency=agency, clock=SetClock()).seat
    settings.change(seat, Share(effective=3, connected=6))
    settings.change(seat, DeskSettings(recording_system=RECORDER))
    releases.release_all(seat)
    keyring.confirm_recovery(seat)
    let_in(seat, name=AGENT, password=PASSWORD, roles=frozenset({Role.AGENT, Role.SENIOR_AGENT}))
    seat.store.close()
    return folder


@pytest.fixture(autouse=True, scope="session")
def _fonts_made_once() -> Iterator[None]:
    """Papers are printed with the font that an earlier run converted: four seconds, tested with the documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "cache_folder", font_folder)
        yield


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


class Desk:
    """One window with somebody at it; ``presses`` counts keys as the budgets do."""

    def __init__(
        self, app: QApplication, folder: Path, clock: SetClock, who: str = AGENT, password: str = PASSWORD
    ) -> None:
        self.app, self.folder, self.clock = app, folder, clock
        self.program = Program(clock=clock, store=folder)
        self.window: MainWindow | None = None
        self.presses = 0
        session = self.program.sign_in(folder, who, password)
        assert isinstance(session, Session)
        self.session = session
        self.debtor = DebtorMaker(session.seat)

    @property
    def seat(self) -> Seat:
        return self.session.seat

    @property
    def page(self) -> WorkPage:
        page = self.window.page("work") if self.window else None
        assert isinstance(page, WorkPage)
        return page

    @property
    def case_on_screen(self) -> str | None:
        case = self.page.call.case
        return case.file.debtor.id if case else None

    def open(self, language: str = "zh_CN") -> "Desk":
        preferences = Preferences(self.folder.parent / "window.ini")
        preferences.language = language
        self.window = MainWindow(self.program, preferences)
        self.window.resize(1366, 697)
        self.window.show()
        self.window.enter(self.session)
        self.window.activateWindow()
        self.app.processEvents()
        return self

    def key(self, key: Qt.Key | str, *modifiers: Qt.KeyboardModifier) -> None:
        """Press one key on whatever has the focus."""
        self.presses += 1
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        code = key if isinstance(key, Qt.Key) else getattr(Qt.Key, f"Key_{key.upper()}")
        QTest.keyClick(self._target(), code, held)
        self.app.processEvents()

    def ctrl(self, key: Qt.Key | str) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Typed text: letters and figures by keys, everything else as an input method commits it."""
        for char in text:
            if char.isascii():
                QTest.keyClicks(self._target(), char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self._target(), event)
        self.app.processEvents()

    def crash(self) -> None:
        """The window is gone without a word; the store stays as it was."""
        assert self.window is not None
        self.window.session = None
        self.window.idle.stop()
        self.page.watch.stop()
        self.window.pulse.stop()
        self.window.tasks.drain()
        self.window.desk.shut()
        self.window.close()
        self.window.deleteLater()
        self.window = None
        self.session.seat.store.close()
        session = self.program.sign_in(self.folder, AGENT, PASSWORD)
        assert isinstance(session, Session)
        self.session = session

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        target = popup or QApplication.focusWidget() or self.window
        assert target is not None
        return target

    def close(self) -> None:
        if self.window is not None:
            work = self.window.page("work")
            if isinstance(work, WorkPage):
                work.call._talk = None  # what a test leaves open may be left
            assert self.window.close()
            self.window.deleteLater()
        else:
            self.session.close()
        LanguageSwitch().use("en")


@pytest.fixture
def desk(qapp: QApplication, template: Path, tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    apply_theme(qapp, "light")
    folder = tmp_path / "store"
    copy_store(template, folder)
    made = Desk(qapp, folder, clock)
    yield made
    made.close()


@pytest.fixture
def desk_of(qapp: QApplication, template: Path, tmp_path: Path, clock: SetClock) -> Iterator[Callable[..., Desk]]:
    """Sits people down at the same store, one after the other: who is there leaves when the next one comes."""
    apply_theme(qapp, "light")
    folder = tmp_path / "store"
    copy_store(template, folder)
    there: list[Desk] = []

    def sit_down(who: str, password: str = PASSWORD) -> Desk:
        while there:
            there.pop().close()
        there.append(Desk(qapp, folder, clock, who, password))
        return there[-1]

    yield sit_down
    for desk in there:
        desk.close()


@pytest.fixture
def two_desks(qapp: QApplication, template: Path, tmp_path: Path, clock: SetClock) -> Iterator[list[Desk]]:
    """An agent and a lead at two windows on the same store, at the same time."""
    apply_theme(qapp, "light")
    folder = tmp_path / "store"
    copy_store(template, folder)
    desks = [Desk(qapp, folder, clock), Desk(qapp, folder, clock, "林主管")]
    yield desks
    for desk in desks:
        desk.close()


Maker = Callable[..., str]
