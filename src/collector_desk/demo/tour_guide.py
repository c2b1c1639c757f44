"""What the tour stands on: a clock of its own, the window, the way to pages and people, the notes of every step."""

import json
import time as clocks
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from collector_desk import __version__
from collector_desk.demo.clock import ForwardClock
from collector_desk.demo.tour_files import LIST, MARK, TourFiles
from collector_desk.resources import resource

if TYPE_CHECKING:
    from collector_desk.app import Session
    from collector_desk.demo.tour_driver import Hands
    from collector_desk.services.desk.seat import Seat
    from collector_desk.ui.work.page import WorkPage

ZONE = ZoneInfo("Asia/Shanghai")
_BEGIN = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05, a Monday
Language = Literal["zh_CN", "en"]


class Guide:
    """Opens the window, leads to pages, signs people in, and notes every step with its picture."""

    def __init__(self, files: TourFiles, folder: Path, *, lang: str, theme: str) -> None:
        self.files = files
        self.folder = folder
        self.lang: Language = "en" if lang == "en" else "zh_CN"
        self.theme = "dark" if theme == "dark" else "light"
        self.other_look = [key for key, wanted in (("theme", theme), ("language", lang)) if wanted == "both"]
        self.clock = ForwardClock(_BEGIN, ZONE)
        self.text: dict[str, Any] = tomllib.loads(resource("demo", "tour.toml").read_text("utf-8"))
        self.notes: dict[str, str] = self.text["notes"][self.lang]
        self.steps: list[dict[str, Any]] = []
        self.pictures = self.presses = 0
        self.report_file = ""
        self.verified = False
        self._began = clocks.monotonic()
        self._hands: Hands | None = None

    @property
    def hands(self) -> "Hands":
        """On the window."""
        assert self._hands is not None  # noqa: S101 -- set before the first step
        return self._hands

    @property
    def session(self) -> "Session":
        """Whoever is signed in."""
        session: Any = self.hands.window.session
        return session  # type: ignore[no-any-return]

    @property
    def seat(self) -> "Seat":
        """Their seat."""
        return self.session.seat

    @property
    def work(self) -> "WorkPage":
        """The work page in front."""
        page: Any = self.hands.window.page("work")
        return page  # type: ignore[no-any-return]

    def to_page(self, page_id: str) -> Any:
        """Bring a page to the front by the keys of the rail."""
        place = list(self.hands.window.desk.buttons).index(page_id) + 1
        self.hands.act(f"page_{place}")
        page = self.hands.window.page(page_id)
        self.hands.wait(lambda: page is not None and page.isVisible(), f"the page {page_id}")
        return page

    # --- the window ----------------------------------------------------------------------------------

    def open_window(self) -> None:
        """The window as somebody sees it who starts the program for the first time."""
        from collector_desk.app import Program, make_application
        from collector_desk.demo.tour_driver import SIZE, Hands
        from collector_desk.ui.window.main_window import MainWindow
        from collector_desk.ui.window.preferences import Preferences

        preferences = Preferences(self.folder / "window.ini")
        preferences.theme = self.theme
        preferences.language = self.lang
        app = make_application()
        window = MainWindow(Program(clock=self.clock), preferences)
        window.resize(SIZE)
        window.start()
        window.show()
        window.activateWindow()
        self._hands = Hands(app, window, self.clock.go_on)
        self.hands.settle()
        self._began = clocks.monotonic()

    def close_window(self) -> None:
        """Shut it, and leave the language as it was."""
        from collector_desk.ui.words import LanguageSwitch

        hands, self._hands = self.hands, None
        self.presses = hands.presses
        hands.leave()
        hands.window.close()
        hands.window.deleteLater()
        hands.settle()
        LanguageSwitch().use("en")

    def sign_in(self, name: str) -> None:
        """Whoever is there leaves, ``name`` signs in."""
        hands, window = self.hands, self.hands.window
        if window.session is not None:
            hands.act("switch_person")
        hands.wait(lambda: window.current_screen() is window.screens.sign_in, "the sign-in")
        form = window.screens.sign_in.form
        hands.go_to(form.person)
        hands.choose(name)
        hands.go_to(form.password)
        hands.type(self.text["people"]["password"])
        hands.press("Return")
        hands.wait(lambda: window.session is not None and window.current_screen() is window.desk, "the desk")
        hands.wait(lambda: window.session is not None and window.session.person.name == name, "the session")

    # --- steps ---------------------------------------------------------------------------------------

    def step(self, name: str, *, by: str = "keys", picture: bool = True, looks: bool = False) -> None:
        """Note what was just done, with its picture; ``looks``: in the other theme and language as well."""
        titles = self.text["titles"]
        number = len(self.steps) + 1
        files = []
        if picture:
            files.append(self._picture(number, name))
            if looks and self.other_look:
                self.hands.act(*self.other_look)
                files.append(self._picture(number, f"{name}-other"))
                self.hands.act(*reversed(self.other_look))
        self.add(name, titles[self.lang][name], by, files)

    def add(self, name: str, title: str, by: str, files: list[str]) -> None:
        """One line of ``tour.json``: ``by`` says whether keys or services did it."""
        now = clocks.monotonic()
        self.steps.append(
            {
                "n": len(self.steps) + 1,
                "title": title,
                "what": name,
                "by": by,
                "at": self.clock.local().isoformat(timespec="seconds"),
                "seconds": round(now - self._began, 3),
                "picture": files[0] if files else None,
                "more_pictures": files[1:],
            }
        )
        self._began = now

    def _picture(self, number: int, name: str) -> str:
        file = f"{number:02d}-{name.replace('_', '-')}.png"
        self.files.put(file, self.hands.picture(MARK))
        self.pictures += 1
        return file

    def write(self) -> None:
        """Write ``tour.json``."""
        from PySide6.QtCore import qVersion

        versions = {"collector_desk": __version__, "qt": qVersion()}
        whole = {
            "language": self.lang,
            "theme": self.theme,
            "steps": self.steps,
            "keys_pressed": self.presses,
            "pdf": self.report_file,
            "verified": self.verified,
            "versions": versions,
        }
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        self.files.put(LIST, (text + "\n").encode())
