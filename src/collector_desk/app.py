"""Puts the parts together for the window: the program around it, one session per person signed in."""

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message
from collector_desk.domain.people import Act, Person, may
from collector_desk.resources import default_store, home_folder
from collector_desk.services.desk.clock import Clock, SystemClock
from collector_desk.ui.window.context import SETTINGS, DeskSession, Light, NewStoreWish, PageSpec, TitleStatus
from collector_desk.ui.window.excepthook import BugCatcher
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.window.tasks import Job

if TYPE_CHECKING:  # SQLAlchemy loads behind the painted sign-in, see run_window
    from collector_desk.domain.alarms import Alarms
    from collector_desk.services.desk.seat import Seat
    from collector_desk.words.messages import Lang

_SETTLED_MS = 1000  # the desk stands by then
_PAINTED_MS = 100  # by then the sign-in is on the screen, and imports no longer take its time
_TITLES: dict[str, Any] = {  # QT_TRANSLATE_NOOP is typed as any object
    "work": QT_TRANSLATE_NOOP("Pages", "Work"),
    "visits": QT_TRANSLATE_NOOP("Pages", "Visits"),
    "review": QT_TRANSLATE_NOOP("Pages", "Review"),
    "cases": QT_TRANSLATE_NOOP("Pages", "Cases"),
    "workshop": QT_TRANSLATE_NOOP("Pages", "Workshop"),
    SETTINGS: QT_TRANSLATE_NOOP("Pages", "Settings"),
    "short_forms": QT_TRANSLATE_NOOP("Pages", "Short forms"),
    "packs": QT_TRANSLATE_NOOP("Pages", "Packs"),
    "figures": QT_TRANSLATE_NOOP("Pages", "Caps"),
    "keys": QT_TRANSLATE_NOOP("Pages", "Store keys"),
    "keeping": QT_TRANSLATE_NOOP("Pages", "Backup"),
    "emergency": QT_TRANSLATE_NOOP("Pages", "Emergencies"),
}


class Session:
    """One person at one store: the services behind ``ui.window.context.DeskSession``."""

    def __init__(self, seat: "Seat") -> None:
        from collector_desk.services.desk import settings

        self.seat = seat
        self._version = seat.store.data_version()
        self._desk = settings.get(seat, settings.DeskSettings)

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.seat.person

    @property
    def demo_password(self) -> str:
        """Everybody's password in the demo, for its lock; "" elsewhere."""
        from collector_desk.demo.sign import PASSWORD

        return PASSWORD if self._desk.demo else ""

    @property
    def zone(self) -> str:
        """The desk's time zone."""
        return self.seat.zone

    @property
    def idle_minutes(self) -> int:
        """Minutes to the idle lock."""
        return self._desk.idle_minutes

    def status(self) -> TitleStatus:
        """What the title row says now."""
        from collector_desk.services.desk import settings
        from collector_desk.services.office import title_row

        return TitleStatus(
            store_name=settings.get(self.seat, settings.Agency).name or self.seat.store.folder.name,
            is_demo=self._desk.demo,
            gate=Light(*title_row.gate_light(self.seat)),
            share=Light(*title_row.share_light(self.seat)),
            day=title_row.day(self.seat) if may(self.person.roles, Act.WORK_CASE) else None,
        )

    def pages(self) -> Sequence[PageSpec]:
        """The pages this person's roles reach."""
        roles = self.seat.person.roles
        found = []
        if may(roles, Act.WORK_CASE):
            found.append(_spec("work", "ri.phone-line", self._work))
        if may(roles, Act.CARRY_OUT_VISIT) or may(roles, Act.OPEN_VISIT) or may(roles, Act.REQUEST_VISIT):
            found.append(_spec("visits", "ri.walk-line", self._visits))
        if may(roles, Act.SETTLE_TASK):
            found.append(_spec("review", "ri.checkbox-multiple-line", self._review))
        found.append(_spec("cases", "ri.folder-user-line", self._cases))
        if may(roles, Act.EDIT_PACKS) or may(roles, Act.RELEASE_PACKS):
            found.append(_spec("workshop", "ri.quill-pen-line", self._workshop))
        found.append(_spec(SETTINGS, "ri.settings-3-line", self._settings))
        return found

    def check_password(self, password: str) -> None:
        """Raises Trouble for a wrong one."""
        from collector_desk.services.office import people

        people.prove(self.seat, password)

    def notice(self) -> Message | None:
        """What the person should see to first: a store that was put back, a password somebody else knows, a code
        nobody wrote down."""
        from collector_desk.services.desk import standing
        from collector_desk.services.office import keyring

        if (doubt := standing.doubt(self.seat)) is not None:
            return doubt
        if self.person.first_password:
            return Message("office.first_password")
        if (
            may(self.person.roles, Act.MANAGE_PEOPLE)
            and not self._desk.demo
            and keyring.recovery_unconfirmed(self.seat)
        ):
            return Message("office.keyring.unconfirmed")
        return None

    def confirm_recovery(self) -> None:
        """The recovery code shown at this window is on paper."""
        from collector_desk.services.office import keyring

        keyring.confirm_recovery(self.seat)

    def elsewhere(self) -> Changes | None:
        """What other seats and the mere passing of time changed since the last question."""
        from collector_desk.services.book import queueing
        from collector_desk.services.office import people

        people.look(self.seat)
        moved = queueing.tick(self.seat)
        version = self.seat.store.data_version()
        if version != self._version:
            self._version = version
            return Changes(everything=True)
        return moved if moved != Changes() else None

    def alarms(self) -> "Alarms":
        """Dangers to a life and incidents, as every window has to show them."""
        from collector_desk.services.permits import alarms

        return alarms.state(self.seat)

    def at_desk(self, there: bool) -> None:
        """Hold one's place among who sits at the store's windows, or let go of it."""
        if there:
            self.seat.store.sit_down(self.person.id)
        else:
            self.seat.store.get_up()

    def settle(self) -> None:
        """Put away what was committed."""
        self.seat.store.settle()

    def remember(self) -> Message | None:
        """Take the mark along; what stands in the way is told once."""
        from collector_desk.services.desk import standing

        return standing.move(self.seat)

    def recovery_sheet(self, code: str, lang: "Lang") -> bytes:
        """The paper with the recovery code just made, as a PDF."""
        from collector_desk.services.office.recovery_sheet import recovery_sheet

        return recovery_sheet(self.seat, code, lang)

    def close(self) -> None:
        """Sign the head, put back what is held, close the store."""
        from collector_desk.services.office import people

        people.sign_out(self.seat)

    # --- pages ---------------------------------------------------------------------------------------

    def _work(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.work.page import WorkPage

        return WorkPage(window.workplace(self.seat))

    def _visits(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.visits.page import VisitsPage

        return VisitsPage(window.workplace(self.seat))

    def _review(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.review.page import ReviewPage

        return ReviewPage(window.workplace(self.seat))

    def _cases(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.book.page import CasesPage

        return CasesPage(window.workplace(self.seat))

    def _workshop(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.workshop.page import WorkshopPage

        return WorkshopPage(window.workplace(self.seat))

    def _settings(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.page import SettingsPage

        further = [
            _spec("short_forms", "ri.chat-quote-line", self._short_forms),
            _spec("packs", "ri.book-open-line", self._packs),
            _spec("figures", "ri.equalizer-line", self._figures),
            _spec("emergency", "ri.alarm-warning-line", self._emergency),
            _spec("keys", "ri.key-2-line", self._keys),
            _spec("keeping", "ri.database-2-line", self._keeping),
        ]
        page = SettingsPage(window.workplace(self.seat), further, window)
        page.appearance.theme_chosen.connect(window.set_theme)
        page.appearance.language_chosen.connect(window.set_language)
        return page

    def _short_forms(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.short_forms import ShortFormsPart

        return ShortFormsPart(window.workplace(self.seat))

    def _packs(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.packs import PacksPart

        return PacksPart(window.workplace(self.seat))

    def _figures(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.figures import FiguresPart

        return FiguresPart(window.workplace(self.seat))

    def _emergency(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.emergency import EmergencyPart

        return EmergencyPart(window.workplace(self.seat))

    def _keys(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.keys import KeysPart

        return KeysPart(window.workplace(self.seat), window.leave_for, window.show_recovery_code)

    def _keeping(self, window: MainWindow) -> QWidget:
        from collector_desk.ui.settings.keeping import KeepingPart

        return KeepingPart(window.workplace(self.seat), window.leave_for)


class Program:
    """The program around the window: ``ui.window.context.AppContext`` with the real parts."""

    def __init__(self, clock: Clock | None = None, store: Path | None = None) -> None:
        self._clock = clock or SystemClock()
        self._store = store

    def default_folder(self) -> Path:
        """Where a store lies unless somebody chooses another place."""
        return self._store or default_store()

    def known_stores(self) -> Sequence[Path]:
        """Folders that hold a store, the last used first."""
        from collector_desk.store.known import known  # not from store.store: SQLAlchemy comes behind the sign-in

        return known([self._store] if self._store else [], [default_store()])

    def holds_store(self, folder: Path) -> bool:
        """Whether a store lies there, whatever its state."""
        from collector_desk.exchange.store_folder import is_store

        return is_store(folder)

    def people_of(self, folder: Path) -> Sequence[str]:
        """The names of who can sign in there."""
        from collector_desk.store import keys

        return [slot.name for slot in keys.people(folder)]

    def demo_password(self, folder: Path) -> str:
        """Everybody's password where a demo lies there; "" elsewhere."""
        from collector_desk.demo.sign import PASSWORD
        from collector_desk.store import keys

        return PASSWORD if keys.says_demo(folder) else ""

    def sign_in(self, folder: Path, name: str, password: str) -> DeskSession:
        """Open the store as ``name``."""
        from collector_desk.services.office import people

        return self._session(people.sign_in(folder, name, password, clock=self._clock))

    def create_store(self, wish: NewStoreWish) -> tuple[DeskSession, str]:
        """Make a store and sign its first person in."""
        from collector_desk.services.office import people

        made = people.create_store(
            wish.folder, name=wish.person, password=wish.password, agency=wish.agency, clock=self._clock
        )
        return self._session(made.seat), made.recovery_code

    def recover(self, folder: Path, name: str, code: str, new_password: str) -> tuple[DeskSession, str]:
        """Open with the recovery code and set a new password."""
        from collector_desk.services.office import people

        seat, new_code = people.recover(folder, name, code, new_password, clock=self._clock)
        return self._session(seat), new_code

    def open_demo(self, report: Callable[[int, int], None]) -> DeskSession:
        """Make the demo store where there is none and sign its agent in."""
        from collector_desk.demo import store as demo

        return self._session(demo.open_demo(home_folder() / "demo", clock=self._clock, progress=report))

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self._clock.now()

    def _session(self, seat: "Seat") -> Session:
        from collector_desk.store.known import remember

        remember(seat.store.folder)
        return Session(seat)


def run_window(store: Path | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    if not _has_screen():
        from collector_desk.words.messages import system_language, text

        print(text("commands.no_screen", system_language()), file=sys.stderr)  # noqa: T201
        return 1
    app = make_application()
    window = MainWindow(Program(store=store), Preferences(home_folder() / "window.ini"))
    catcher = BugCatcher(window.save_drafts, window)
    catcher.troubled.connect(window.show_trouble)
    catcher.install()
    window.start()
    window.show()
    QTimer.singleShot(_PAINTED_MS, window, lambda: window.tasks.run(_load_heavy_parts))
    for entered in (window.screens.let_in, window.screens.code_kept):
        entered.connect(lambda *_: QTimer.singleShot(_SETTLED_MS, window, settle_memory))
    code = app.exec()
    catcher.release()
    return code


def _load_heavy_parts(job: Job) -> None:
    """Import what signing in needs, while the password is typed."""
    from collector_desk.services.book import queueing
    from collector_desk.services.office import people, title_row

    _ = people, queueing, title_row
    job.check()


def settle_memory() -> None:
    """Take what stays for good out of the garbage collector's sight, so that no key press waits for it.

    The slowest key presses of the benchmark (99 of 100) came down from 54 to 41 and 51 ms with it.
    """
    gc.collect()
    gc.freeze()


def make_application() -> QApplication:
    """The Qt application with theme, fonts, log and the catcher of bugs."""
    from collector_desk.ui.theme import apply_theme
    from collector_desk.ui.window.log import open_log

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of Qt application is running")
    app.setApplicationName("Collector Desk")
    open_log(home_folder() / "log")
    apply_theme(app, Preferences(home_folder() / "window.ini").theme)
    return app


def _has_screen() -> bool:
    import os

    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _spec(page_id: str, icon: str, factory: Callable[[MainWindow], QWidget]) -> PageSpec:
    return PageSpec(page_id, lambda: QCoreApplication.translate("Pages", _TITLES[page_id]), icon, factory)
