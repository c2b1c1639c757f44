"""The lock that falls when nobody touches the window, but never under an open attempt."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_AGAIN_MS = 15_000


class IdleLock(QObject):
    """Emits ``due`` after the time set without a key or click. ``must_wait`` puts it off.

    It listens where input enters Qt: to the window in front, and to what has the focus there, which an input
    method speaks to directly. A filter on the whole application would be called for every event of every widget,
    thousands of times for one page that opens.
    """

    due = Signal()

    def __init__(self, must_wait: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._must_wait = must_wait
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_is_up)
        self._ms = 0
        self._heard: dict[str, QObject] = {}
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._window_came)
            app.focusObjectChanged.connect(self._focus_came)

    def start(self, minutes: int) -> None:
        """Watch from now on."""
        self._ms = minutes * 60_000
        self._timer.start(self._ms)
        self._window_came(QGuiApplication.focusWindow())
        self._focus_came(QGuiApplication.focusObject())

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew with every sign of life; nothing is held back."""
        if self._timer.isActive() and event.type() in _SIGNS_OF_LIFE:
            self._timer.start(self._ms)
        return False

    def _window_came(self, window: QWindow | None) -> None:
        self._listen("window", window)

    def _focus_came(self, widget: QObject | None) -> None:
        self._listen("focus", widget)

    def _listen(self, place: str, target: QObject | None) -> None:
        before = self._heard.pop(place, None)
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if target is not None:
            target.installEventFilter(self)
            self._heard[place] = target

    def _time_is_up(self) -> None:
        if self._must_wait():
            self._timer.start(_AGAIN_MS)
        else:
            self.due.emit()
