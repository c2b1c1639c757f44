"""What the window does by itself: the clock, the title row after an act, a look at what other seats changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from collector_desk.domain.message import Message, Trouble, msg
from collector_desk.domain.vocabulary import Role
from collector_desk.ui.window.context import DeskSession
from collector_desk.ui.words import say

if TYPE_CHECKING:
    from collector_desk.ui.window.main_window import MainWindow

_POLL_MS = 2000
_SECOND_MS = 1000
_AFTER_THE_KEY_MS = 30
"""The title row follows what the key was pressed for."""
_AT_REST_MS = 700
_REMEMBER_MS = 250
"""The mark outside the store follows soon, but never in front of a key: it waits for the disk."""


class Pulse(QObject):
    """Beats while somebody is signed in."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._roles: frozenset[Role] = frozenset()  # as the desk shows them
        self._poll = QTimer(self, interval=_POLL_MS)
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._status = QTimer(self, singleShot=True, interval=_AFTER_THE_KEY_MS)
        self._settle = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._remember = QTimer(self, singleShot=True, interval=_REMEMBER_MS)
        self._poll.timeout.connect(self.look_elsewhere)
        self._clock.timeout.connect(self._tick)
        self._status.timeout.connect(self._show_status)
        self._settle.timeout.connect(self._put_away)
        self._remember.timeout.connect(self._move_mark)

    @property
    def beats(self) -> bool:
        """Whether somebody is at the desk already."""
        return self._poll.isActive()

    def start(self, session: DeskSession) -> None:
        """Beat from now on."""
        self._roles = session.person.roles
        self._poll.start()
        self._clock.start()

    def stop(self) -> None:
        """Nobody sits here any more."""
        for timer in (self._poll, self._clock, self._remember):
            timer.stop()

    def act_was_done(self) -> None:
        """The title row follows, and the mark; at rest the store puts away what was committed."""
        self._status.start()
        self._settle.start()
        if not self._remember.isActive():  # each act would put it off again
            self._remember.start()

    def look_elsewhere(self) -> None:
        """Ask what other seats changed."""
        window, session = self._window, self._window.session
        if session is None:
            return
        try:
            changes = session.elsewhere()
        except Trouble as trouble:
            window.show_trouble(trouble)
            return
        if self._roles != session.person.roles:
            self._follow_roles(session)
        if changes is not None:
            window.distribute(changes)
        else:
            window.desk.alarms.poll()
        window.screens.set_urgent(bool(window.desk.alarms.state.waiting))

    def _follow_roles(self, session: DeskSession) -> None:
        """Somebody was given a role while they sit here; one taken would have signed them out."""
        new, self._roles = session.person.roles - self._roles, session.person.roles
        self._window.desk.follow_roles()
        if new:
            self._window.toast(say(msg("office.roles_given", roles=tuple(sorted(new)))))

    def _put_away(self) -> None:
        """The hand rests: the store may move what was committed. A full disk is told by the next act."""
        session = self._window.session
        if session is not None:
            self._window.tasks.run(lambda _: session.settle(), failed=lambda _: None)

    def _move_mark(self) -> None:
        window, session = self._window, self._window.session
        if session is not None:
            window.tasks.run(lambda _: session.remember(), done=self._tell_once, failed=lambda _: None)

    def _tell_once(self, told: Message | None) -> None:
        if told is not None:
            self._window.show_trouble(told)

    def bring_title_up_to_date(self) -> None:
        """The title row as it is now, without waiting for its timers."""
        self._status.stop()
        self._show_status()
        self._tick()

    def _show_status(self) -> None:
        if self._window.session is not None:
            self._window.desk.show_status()

    def _tick(self) -> None:
        self._window.desk.tick(self._window.context.now())
