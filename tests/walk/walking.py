"""Walks the real window through every place and looks at each: one language, one theme, one size at a time."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.app import Program
from collector_desk.demo import store as demo
from collector_desk.demo.clock import ForwardClock
from collector_desk.demo.sign import PASSWORD
from collector_desk.demo.tour_driver import Hands
from collector_desk.domain.vocabulary import NumberKind
from collector_desk.services.office import people
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.work.call.column import CallColumn
from tests.samples.store import DebtorMaker
from tests.walk.places import LONG, all_places
from tests.walk.rings import wrong_rings
from tests.walk.seeing import Fault, Kind, look, where

_MORNING = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # half past ten in Shanghai, a Tuesday
_SHANGHAI = ZoneInfo("Asia/Shanghai")
SIZES = {"1366 x 697": QSize(1366, 697), "1280 x 720": QSize(1280, 720), "1920 x 1080": QSize(1920, 1080)}
"""What is left of a screen beside its task bar, and a wide one; 200 % is the first at twice the pixels."""


@dataclass(frozen=True)
class Found:
    """A fault and the place it was seen at."""

    place: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}"


def make_ground(folder: Path, size: int = 240) -> None:
    """A demo store with one more debtor, whose name is long and who has a guarantor."""
    clock = ForwardClock(_MORNING, _SHANGHAI)
    demo.make_demo(folder, clock=clock, size=size)
    seat = people.sign_in(folder, demo.LEAD, PASSWORD, clock=clock)
    numbers = (
        ("16188009001", NumberKind.MOBILE),
        ("02188009002", NumberKind.WORK),
        ("16188009003", NumberKind.CONTACT),
        ("16188009004", NumberKind.GUARANTOR),
    )
    DebtorMaker(seat, 9000)(LONG, numbers=numbers)
    seat.store.close()


def scrolled_call(window: QWidget) -> list[Fault]:
    """The column of the call folds and doesn't scroll: what scrolls has left the window."""
    columns = [one for one in window.findChildren(CallColumn) if one.isVisible()]
    over = [(one, one.verticalScrollBar().maximum()) for one in columns]
    return [Fault(Kind.OUTSIDE, where(one), f"{more} pixels below") for one, more in over if more]


def walk(
    app: QApplication,
    ground: Path,
    folder: Path,
    *,
    language: str,
    theme: str,
    size: QSize,
    seen: Callable[[str, QWidget], None] = lambda place, window: None,
) -> list[Found]:
    """Everything that is wrong at every place; ``seen`` is told of each place as it stands."""
    store = folder / "store"
    shutil.copytree(ground, store)
    clock = ForwardClock(_MORNING, _SHANGHAI)
    preferences = Preferences(folder / "window.ini")
    preferences.language, preferences.theme = language, theme
    program = Program(clock=clock, store=store)
    window = MainWindow(program, preferences)
    window.resize(size)
    window.start()
    window.show()
    window.activateWindow()
    hands = Hands(app, window, clock.go_on)
    found: list[Found] = []

    def sign_in(name: str) -> None:
        if window.session is not None:
            hands.act("switch_person")
        hands.wait(lambda: window.current_screen() is window.screens.sign_in, "the sign-in")
        hands.go_to(window.screens.sign_in.form.person)
        hands.choose(name)
        hands.go_to(window.screens.sign_in.form.password)
        hands.type(PASSWORD)
        hands.press("Return")
        hands.wait(lambda: window.session is not None and window.current_screen() is window.desk, "the desk")

    try:
        for place in all_places(hands, sign_in, clock.go_on):
            hands.wait(lambda: not window.tasks.busy, "what workers bring")
            window.desk.toast.hide()
            hands.settle()
            front = QApplication.activeModalWidget() or window
            faults = (*look(front, language), *wrong_rings(front), *scrolled_call(front))
            found += (Found(place, fault) for fault in faults)
            seen(place, front)
    finally:
        hands.leave()
        window.close()
        window.deleteLater()
    return found
