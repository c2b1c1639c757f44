"""What the window needs from the rest of the program: ``app`` hands over the real parts, tests hand over fakes.

Services (and with them SQLAlchemy) are only named here, not imported: the sign-in is painted before they load.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message
from collector_desk.domain.people import Person
from collector_desk.domain.vocabulary import Verdict

if TYPE_CHECKING:
    from collector_desk.domain.alarms import Alarms
    from collector_desk.services.desk.settings import Agency
    from collector_desk.ui.window.main_window import MainWindow
    from collector_desk.words.messages import Lang


@dataclass(frozen=True, slots=True)
class NewStoreWish:
    """What is asked on the first start."""

    folder: Path
    person: str
    password: str = field(repr=False)
    agency: Agency


@dataclass(frozen=True, slots=True)
class Light:
    """One light of the title row: the gate's verdict in a few words. ``None`` as verdict: nobody measured it."""

    message: Message
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class TitleStatus:
    """What the title row says: where one is, may be dialled now, the share of the caps, the person's own day."""

    store_name: str = ""
    is_demo: bool = False
    gate: Light | None = None
    share: Light | None = None
    day: Message | None = None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the window. ``factory`` makes the widget (a ``ui.window.page.Page``) when it is first opened.

    ``title`` gives the word on the rail in the language in force; ``icon`` is a name of ``ui.theme.icons``.
    """

    id: str
    title: Callable[[], str]
    icon: str
    factory: Callable[[MainWindow], QWidget]


SETTINGS = "settings"
"""The page at the foot of the rail."""


class DeskSession(Protocol):
    """One person signed in to one store, as the window around its pages needs them.

    Methods marked slow run in a worker; all raise Trouble and Refused.
    """

    @property
    def person(self) -> Person:
        """Who is signed in, with the roles of now."""
        ...

    @property
    def demo_password(self) -> str:
        """Everybody's password where the store is a demo, for its lock; "" elsewhere."""
        ...

    @property
    def zone(self) -> str:
        """The desk's time zone, by which its days and hours are counted and its clock is shown."""
        ...

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or click until the window locks."""
        ...

    def status(self) -> TitleStatus:
        """What the title row says now."""
        ...

    def pages(self) -> Sequence[PageSpec]:
        """The pages this person gets, in the order of the rail, the settings last."""
        ...

    def check_password(self, password: str) -> None:
        """Slow. Raises Trouble ``store.wrong_password``."""
        ...

    def notice(self) -> Message | None:
        """What the person should see to before anything else; None where there is nothing."""
        ...

    def confirm_recovery(self) -> None:
        """The recovery code shown at this window is on paper: it counts from now on, and no older one."""
        ...

    def elsewhere(self) -> Changes | None:
        """What other seats changed since the last question; None where nothing. SeatLost: sign out, and say why."""
        ...

    def alarms(self) -> Alarms:
        """Dangers to a life and incidents, as every window has to show them."""
        ...

    def at_desk(self, there: bool) -> None:
        """Somebody sits before the open window, or it is locked: who else is at the store goes by it."""
        ...

    def settle(self) -> None:
        """Slow. Let the store put away what was committed, while nobody waits for it."""
        ...

    def remember(self) -> Message | None:
        """Slow. Note outside the store how far its history goes; what stands in the way, the first time only."""
        ...

    def recovery_sheet(self, code: str, lang: Lang) -> bytes:
        """Slow. The paper with the recovery code just made, as a PDF; the code is kept nowhere."""
        ...

    def close(self) -> None:
        """Sign the history's head and close the store."""
        ...


class AppContext(Protocol):
    """The program around the window."""

    def default_folder(self) -> Path:
        """Where a store lies unless somebody chooses another place."""
        ...

    def known_stores(self) -> Sequence[Path]:
        """Folders that hold a store, the last used first; empty on the first start."""
        ...

    def holds_store(self, folder: Path) -> bool:
        """Whether a store lies there, whatever its state."""
        ...

    def people_of(self, folder: Path) -> Sequence[str]:
        """The names of who can sign in there; needs no password. Raises Trouble."""
        ...

    def demo_password(self, folder: Path) -> str:
        """Everybody's password where the store there is a demo, for its sign-in; "" elsewhere. Raises Trouble."""
        ...

    def sign_in(self, folder: Path, name: str, password: str) -> DeskSession:
        """Slow. Raises Trouble ``store.wrong_password`` and what else may be in the way."""
        ...

    def create_store(self, wish: NewStoreWish) -> tuple[DeskSession, str]:
        """Slow. Make a store and sign its first person in; also returns the recovery code, for this one time."""
        ...

    def recover(self, folder: Path, name: str, code: str, new_password: str) -> tuple[DeskSession, str]:
        """Slow. Open with the recovery code and set a new password; returns a new recovery code as well."""
        ...

    def open_demo(self, report: Callable[[int, int], None]) -> DeskSession:
        """Slow. Make the demo store where there is none and sign its agent in."""
        ...

    def now(self) -> datetime:
        """The present instant, UTC."""
        ...
