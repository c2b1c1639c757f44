"""The lock that falls when nobody touches the window, but never under an open attempt."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

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
    """Emits ``due`` after the time set without a key or click. ``must_wait`` puts it off."""

    due = Signal()

    def __init__(self, must_wait: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._must_wait = must_wait
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_is_up)
        self._ms = 0

    def start(self, minutes: int) -> None:
        """Watch from now on."""
        self._ms = minutes * 60_000
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start(self._ms)

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew with every sign of life; nothing is held back."""
        if self._timer.isActive() and event.type() in _SIGNS_OF_LIFE:
            self._timer.start(self._ms)
        return False

    def _time_is_up(self) -> None:
        if self._must_wait():
            self._timer.start(_AGAIN_MS)
        else:
            self.due.emit()
