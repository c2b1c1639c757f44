"""From the key press to the changed screen in the real window, at 200,000 debtors and 2,000,000 attempts.

A press is counted until nothing is left to paint: what the window puts off until after the next turn of its event
loop (the counts of the queue) is counted apart.
"""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collector_desk.app import Program, Session, settle_memory
from collector_desk.domain.calls.log import CallLog
from collector_desk.domain.vocabulary import Outcome
from collector_desk.services.calls import calling
from collector_desk.ui.theme import apply_theme
from collector_desk.ui.window.main_window import MainWindow
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.words import LanguageSwitch
from collector_desk.ui.work.page import WorkPage
from tests.benchmarks.benchmark_tools import Spans, say
from tests.benchmarks.big_store import AGENT
from tests.samples.store import PASSWORD, SetClock

KEY = 50.0
BETWEEN_KEYS, BETWEEN_LETTERS = 0.5, 0.03
"""Seconds from the screen's change to the next press: a quick hand on the desk, and one that types."""
ROUNDS = 60


class Desk:
    """A window at the big store, with the time each kind of press took."""

    def __init__(self, app: QApplication, folder: Path, clock: SetClock, kept: Path) -> None:
        self.app, self.clock = app, clock
        self.every = Spans()
        self.spans: dict[str, Spans] = {}
        program = Program(clock=clock, store=folder)
        preferences = Preferences(kept / "window.ini")
        preferences.language = "zh_CN"
        self.window = MainWindow(program, preferences)
        self.window.resize(1366, 697)
        self.window.show()
        session = program.sign_in(folder, AGENT, PASSWORD)
        assert isinstance(session, Session)
        self.session = session
        self.window.enter(session)
        settle_memory()  # as the program does after signing in
        self.window.activateWindow()
        self.rest()

    @property
    def page(self) -> WorkPage:
        page = self.window.page("work")
        assert isinstance(page, WorkPage)
        return page

    def press(self, name: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget() or self.window
        self._count(name, lambda: QTest.keyClick(target, key, held), BETWEEN_KEYS)

    def type(self, name: str, text: str) -> None:
        """One character after the other, as an input method commits it."""
        for char in text:
            event = QInputMethodEvent()
            event.setCommitString(char)
            send = partial(QApplication.sendEvent, QApplication.focusWidget(), event)
            self._count(name, send, BETWEEN_LETTERS)

    def _count(self, name: str, act: object, rest: float) -> None:
        spans = self.spans.setdefault(name, Spans())

        def work() -> None:
            act()  # type: ignore[operator]
            self.app.processEvents()

        spans.time(work)
        self.every.wall.append(spans.wall[-1])
        self.every.cpu.append(spans.cpu[-1])
        self._settle(rest)

    def _settle(self, rest: float) -> None:
        later = self.spans.setdefault("what is left for afterwards", Spans())
        end = time.perf_counter() + rest
        while time.perf_counter() < end:
            later.time(self.app.processEvents)
            time.sleep(0.005)  # no wait for anything: only room for the timers

    def rest(self) -> None:
        for _ in range(20):
            self.app.processEvents()
            time.sleep(0.01)

    def end_quietly(self) -> None:
        """The call is over without a key."""
        attempt = self.page.call.attempt
        assert attempt is not None
        calling.finish(self.session.seat, attempt.id, CallLog(Outcome.NO_ANSWER))
        self.page.call._talk = None

    def close(self) -> None:
        self.page.call._talk = None  # what is left open may be left
        assert self.window.close()
        self.window.deleteLater()
        LanguageSwitch().use("en")


@pytest.fixture
def desk(qapp: QApplication, big: Path, clock: SetClock, tmp_path: Path) -> Iterator[Desk]:
    apply_theme(qapp, "light")
    made = Desk(qapp, big, clock, tmp_path)
    yield made
    made.close()


def test_keys_of_a_day(desk: Desk) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    end = time.monotonic() + 30  # what the night left due is moved in a worker: most of it first
    while desk.window.tasks.busy and time.monotonic() < end:
        desk.rest()
    desk.press("Enter: the next case", Qt.Key.Key_Return)
    desk.press("Enter: the next case", Qt.Key.Key_Return)
    for spans in (*desk.spans.values(), desk.every):  # what only a first time costs is no part of a day
        spans.wall.clear()
        spans.cpu.clear()
    for turn in range(ROUNDS):
        desk.clock.forward(seconds=3)
        desk.press("Enter: the next case", Qt.Key.Key_Return)
        desk.press("D: dial", Qt.Key.Key_D)
        if turn % 4 == 0:
            desk.press("1: a branch", Qt.Key.Key_1)
            desk.press("Esc", Qt.Key.Key_Escape)
            desk.press("Ctrl+N: the note", Qt.Key.Key_N, ctrl)
            desk.type("a character of the note", "本人说工资")
            desk.press("Esc", Qt.Key.Key_Escape)
            desk.press("Ctrl+O: answers", Qt.Key.Key_O, ctrl)
            desk.type("a character to the answers", "没钱")
            desk.press("Esc", Qt.Key.Key_Escape)
            desk.press("Ctrl+T: somebody else", Qt.Key.Key_T, ctrl)
            desk.press("Ctrl+T: somebody else", Qt.Key.Key_T, ctrl)
            desk.press("Backspace", Qt.Key.Key_Backspace)
            desk.press("Backspace", Qt.Key.Key_Backspace)
            desk.end_quietly()
            continue
        desk.clock.forward(seconds=3)
        desk.press("N: no answer, and the next", Qt.Key.Key_N)
        assert desk.page.call.attempt is None
        if turn % 10 == 1:
            desk.press("Ctrl+F: find", Qt.Key.Key_F, ctrl)
            desk.type("a character to find", "王丽")
            desk.press("Esc", Qt.Key.Key_Escape)
    for name, spans in desk.spans.items():
        say(name, spans, at_most=KEY)
    say("any key press to the changed screen", desk.every, at_most=KEY)
