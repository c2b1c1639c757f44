"""A window with a program around it that is all pretence, but answers as the real one does."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from collector_desk.domain.alarms import Alarms
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.people import Person
from collector_desk.domain.vocabulary import Role, Verdict
from collector_desk.services.desk.seat import Seat
from collector_desk.services.desk.settings import Agency
from collector_desk.services.office import people
from collector_desk.store import keys
from collector_desk.ui.settings.page import SettingsPage
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.widgets import Card, EmptyState
from collector_desk.ui.window.context import SETTINGS, DeskSession, Light, NewStoreWish, PageSpec, TitleStatus
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch
from tests.samples.store import copy_store

CODE = "7KQ4-9XTM-2B3C-DDF5-0GH1-RTWX-V8NP-61JZ"
PASSWORD = "correct horse 7"
NOW = datetime(2026, 11, 23, 6, 6, tzinfo=UTC)


class FakePage(Page):
    """A page with a field; an attempt can be open on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heard: list[Changes] = []
        self.attempt_open = False
        self.drafts_saved = 0
        self.field = QLineEdit()
        self.card = Card("…")
        self.empty = EmptyState()
        self.card.body.addWidget(self.field)
        self.card.body.addWidget(self.empty, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self.card)

    def on_shown(self) -> None:
        self.field.setFocus()

    def on_changes(self, changes: Changes) -> None:
        self.heard.append(changes)

    def may_leave(self) -> bool:
        return not self.attempt_open

    def save_draft(self) -> None:
        self.drafts_saved += 1

    def blocks_lock(self) -> bool:
        return self.attempt_open


class FakeSession:
    def __init__(self, person: Person, password: str, store: Path | None = None) -> None:
        self.person = person
        self._store = store
        self.seat: Seat | None = None  # where the settings are opened: they ask services, not the session
        self.password = password
        self.is_demo = False
        self.demo_password = ""
        self.idle_minutes = 10
        self.zone = "Asia/Shanghai"
        self.closed = False
        self.code_kept = False
        self.to_see_to: Message | None = None
        self.alarm_state = Alarms()
        self.there = False
        self.settled = 0
        self.remembered = 0
        self.news: Changes | None = None
        self.made_pages: list[FakePage] = []

    def status(self) -> TitleStatus:
        return TitleStatus(
            "华东一组",
            self.is_demo,
            Light(Message("office.own_proposal"), Verdict.ALLOW) if self.news else None,
            None,
            None,
        )

    def pages(self) -> Sequence[PageSpec]:
        def settings() -> str:
            return QCoreApplication.translate("Pages", "Settings")

        def make(parent: QWidget) -> QWidget:
            page = FakePage(parent)
            self.made_pages.append(page)
            return page

        return [
            PageSpec("work", lambda: "Work", "ri.phone-line", make),
            PageSpec("visits", lambda: "Visits", "ri.map-pin-line", make),
            PageSpec(SETTINGS, settings, "ri.settings-3-line", self._settings),
        ]

    def _settings(self, window: MainWindow) -> QWidget:
        assert self._store is not None
        self.seat = people.sign_in(self._store, self.person.name, PASSWORD)
        return SettingsPage(window.workplace(self.seat), (), window)

    def check_password(self, password: str) -> None:
        if password != self.password:
            raise Trouble("store.wrong_password")

    def notice(self) -> Message | None:
        return self.to_see_to

    def confirm_recovery(self) -> None:
        self.code_kept = True

    def elsewhere(self) -> Changes | None:
        news, self.news = self.news, None
        return news

    def alarms(self) -> Alarms:
        return self.alarm_state

    def at_desk(self, there: bool) -> None:
        self.there = there

    def recovery_sheet(self, code: str, lang: str) -> bytes:
        return f"{lang} {code}".encode()

    def settle(self) -> None:
        self.settled += 1

    def remember(self) -> None:
        self.remembered += 1

    def close(self) -> None:
        self.closed = True
        if self.seat is not None:
            self.seat.store.close()


class FakeContext:
    def __init__(self, folder: Path, real: Path | None = None) -> None:
        self.folder = folder
        self.real = real  # the store behind the settings
        self.stores: list[Path] = [folder]
        self.names = ["林娟", "沈嘉明"]
        self.passwords = dict.fromkeys(self.names, PASSWORD)
        self.wishes: list[NewStoreWish] = []
        self.sessions: list[FakeSession] = []
        self.trouble: Trouble | None = None
        self.demo_passwords: dict[Path, str] = {}

    def default_folder(self) -> Path:
        return self.folder

    def known_stores(self) -> Sequence[Path]:
        return self.stores

    def holds_store(self, folder: Path) -> bool:
        return folder in self.stores

    def people_of(self, folder: Path) -> Sequence[str]:
        if folder not in self.stores:
            raise Trouble("store.no_store", folder=folder.name)
        return self.names

    def _session(self, name: str, password: str) -> FakeSession:
        session = FakeSession(Person("p1", name, "0101", frozenset({Role.MANAGER, Role.LEAD})), password, self.real)
        self.sessions.append(session)
        return session

    def demo_password(self, folder: Path) -> str:
        return self.demo_passwords.get(folder, "")

    def sign_in(self, folder: Path, name: str, password: str) -> DeskSession:
        if self.trouble is not None:
            raise self.trouble
        if self.passwords[name] != password:
            raise Trouble("store.wrong_password")
        return self._session(name, password)

    def create_store(self, wish: NewStoreWish) -> tuple[DeskSession, str]:
        if self.trouble is not None:
            raise self.trouble
        self.wishes.append(wish)
        self.stores = [wish.folder]
        return self._session(wish.person, wish.password), CODE

    def recover(self, folder: Path, name: str, code: str, new_password: str) -> tuple[DeskSession, str]:
        if code != CODE:
            raise Trouble("store.recovery_wrong")
        self.passwords[name] = new_password
        return self._session(name, new_password), CODE

    def open_demo(self, report: Callable[[int, int], None]) -> DeskSession:
        report(1, 2)
        session = self._session("林娟", PASSWORD)
        session.is_demo = True
        return session

    def now(self) -> datetime:
        return NOW


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store with four people, one of whom has left, made once: each test works on a copy."""
    folder = tmp_path_factory.mktemp("peopled") / "store"
    agency = Agency("清远信用管理有限公司", "清远服务中心", "400-000-0000", "", "某市某路 1 号")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_MEMORY_KIB": 64, "_PASSES": 1, "_LANES": 1}.items():
            patch.setattr(keys, name, value)  # Argon2id made to cost next to nothing
        seat = people.create_store(folder, name="林娟", password=PASSWORD, agency=agency).seat
        people.add(seat, name="沈嘉明", password=PASSWORD, roles=frozenset({Role.VISITOR}))
        several = frozenset({Role.LEAD, Role.SENIOR_AGENT, Role.VISITOR})
        people.add(seat, name="Ada Brook", password=PASSWORD, roles=several)
        left = people.add(seat, name="欧阳慕云", password=PASSWORD, roles=frozenset({Role.AGENT}))
        people.leave(seat, left.id)
        seat.store.close()
        yield folder


@pytest.fixture
def context(tmp_path: Path, peopled: Path) -> FakeContext:
    copy_store(peopled, tmp_path / "real")
    return FakeContext(tmp_path / "store", tmp_path / "real")


@pytest.fixture
def window(qapp: QApplication, qtbot, context: FakeContext, tmp_path: Path) -> Iterator[MainWindow]:
    """The whole window, shown, in English and light; put back afterwards as it was."""
    apply_theme(qapp, "light")
    preferences = Preferences(tmp_path / "window.ini")
    preferences.language = "en"
    made = MainWindow(context, preferences)
    made.start()
    made.show()
    qtbot.waitExposed(made)
    yield made
    for session in context.sessions:
        for page in session.made_pages:
            page.attempt_open = False
    made.screens.recovery_code._groups = []
    assert made.close()
    LanguageSwitch().use("en")
    made.deleteLater()


@pytest.fixture
def signed_in(window: MainWindow, context: FakeContext) -> MainWindow:
    """The window with the manager at the desk."""
    window.enter(context._session("林娟", PASSWORD))
    return window


__all__ = ["CODE", "NOW", "PASSWORD", "FakeContext", "FakePage", "FakeSession", "msg"]
