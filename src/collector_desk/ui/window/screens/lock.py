"""The lock: nothing of the work is on the screen until the password is typed again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collector_desk.domain.message import Trouble, msg
from collector_desk.ui.forms.ui_lock import Ui_LockForm
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.widgets import SoftPanel, Text
from collector_desk.ui.window.context import DeskSession
from collector_desk.ui.window.screens.base import Screen
from collector_desk.ui.window.tasks import Tasks
from collector_desk.ui.words import say


class LockScreen(Screen):
    """Who locked it unlocks it; somebody else signs in anew."""

    unlocked = Signal()
    switch_wanted = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._session: DeskSession | None = None
        self._busy = False
        self._caps = False
        self._trouble: Trouble | None = None
        self.form = Ui_LockForm()
        self.form.setupUi(self)
        self.urgent = SoftPanel(tone=Tone.DANGER)  # that something waits, and not a word of what
        self._urgent_text = Text(size=Size.LABEL, tint=Tint.DANGER_STRONG, wrap=True)
        self.urgent.body.addWidget(self._urgent_text)
        self.form.layout_10.insertWidget(1, self.urgent)
        self.urgent.hide()
        self._call = Text(size=Size.LABEL, tint=Tint.INFO_STRONG, wrap=True)
        self.form.layout_10.insertWidget(2, self._call)
        self._call.hide()
        self.form.unlock_button.clicked.connect(self.unlock)
        self.form.password.returnPressed.connect(self.unlock)
        self.form.password.caps_changed.connect(self._set_caps)
        self.form.switch_button.clicked.connect(self.switch_wanted)
        self.retranslate()

    def lock(self, session: DeskSession, *, calling: bool = False) -> None:
        """Ask for the password of who is signed in; ``calling``: their call is open, so nobody else signs in."""
        self._session = session
        self.form.switch_button.setVisible(not calling)
        self._call.setVisible(calling)
        self._trouble = None
        self.form.who_text.setText(session.person.name)
        self.form.password.clear()
        self._show_note()

    def set_urgent(self, there: bool) -> None:
        """Say that a danger or an incident waits behind the lock."""
        self.urgent.setVisible(there)

    def on_shown(self) -> None:
        """The password is typed next."""
        self.form.password.setFocus()

    def unlock(self) -> None:
        """Try the password, in a worker."""
        session, password = self._session, self.form.password.text()
        if self._busy or session is None or not password:
            return
        self._wait(True)
        self._tasks.run(
            lambda _: session.check_password(password),
            owner=self,
            done=lambda _: self._done(),
            failed=self._failed,
            ended=lambda: self._wait(False),
        )

    def _done(self) -> None:
        self.form.password.clear()
        self._trouble = None
        self.unlocked.emit()

    def _failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.form.password.clear()
        self._show_note()

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.set_busy(self.form.card, busy)

    def _set_caps(self, on: bool) -> None:
        self._caps = on
        self._show_note()

    def _show_note(self) -> None:
        password = self._session.demo_password if self._session is not None else ""
        self.form.demo_text.setVisible(bool(password))
        self.form.demo_text.setText(self.demo_words(password))
        if self._trouble is not None:
            self.form.password_error.say(say(self._trouble.message))
        else:
            self.form.password_error.say(self.tr("Caps Lock is on.") if self._caps else "")

    def retranslate(self) -> None:
        """Set every text anew."""
        who = self.form.who_text.text()
        self.form.retranslateUi(self)
        self.form.who_text.setText(who)
        self._urgent_text.setText(say(msg("permits.alarms.unlock")))
        self._call.setText(self.tr("Your call is open. Its clock goes on; nothing of it is lost."))
        self._show_note()
