"""What stands in the window's place one after the other: the screens of the door, and the desk."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.ui.window.context import AppContext
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.screens.sign_in import SignInScreen
from collector_desk.ui.window.tasks import Tasks

if TYPE_CHECKING:
    from collector_desk.ui.window.screens.first_start import FirstStartScreen
    from collector_desk.ui.window.screens.lock import LockScreen
    from collector_desk.ui.window.screens.recovery import RecoverScreen, RecoveryCodeScreen


class Screens(QStackedLayout):
    """Leads from one screen to the next until somebody is let in; the window owns what comes of it.

    All but the sign-in are made when they are first needed, so that it is painted soon.
    """

    let_in = Signal(object)  # a session: signed in, or the demo opened
    made = Signal(object, str)  # a session and its recovery code: a store made, or opened by the code
    code_kept = Signal()
    unlocked = Signal()
    switch_wanted = Signal()
    theme_wanted = Signal()
    language_wanted = Signal()
    turned = Signal()  # another screen is about to stand in front

    def __init__(self, window: QWidget, context: AppContext, tasks: Tasks) -> None:
        super().__init__(window)
        self._context = context
        self._tasks = tasks
        self.sign_in = SignInScreen(context, tasks)
        self.sign_in.signed_in.connect(self.let_in)
        self.sign_in.new_store_wanted.connect(self._make_another)
        self.sign_in.recovery_wanted.connect(self._recover)
        self.sign_in.theme_wanted.connect(self.theme_wanted)
        self.sign_in.language_wanted.connect(self.language_wanted)
        self.addWidget(self.sign_in)

    @cached_property
    def first_start(self) -> "FirstStartScreen":
        """Make a store, or open the demo."""
        from collector_desk.ui.window.screens.first_start import FirstStartScreen

        screen = FirstStartScreen(self._context, self._tasks)
        screen.created.connect(self.made)
        screen.demo_opened.connect(self.let_in)
        screen.store_chosen.connect(self.offer)
        screen.left.connect(self.begin)
        screen.theme_wanted.connect(self.theme_wanted)
        screen.language_wanted.connect(self.language_wanted)
        self.addWidget(screen)
        return screen

    @cached_property
    def recovery_code(self) -> "RecoveryCodeScreen":
        """The code, this one time."""
        from collector_desk.ui.window.screens.recovery import RecoveryCodeScreen

        screen = RecoveryCodeScreen(self._tasks)
        screen.kept.connect(self.code_kept)
        self.addWidget(screen)
        return screen

    @cached_property
    def recover(self) -> "RecoverScreen":
        """A new password by the code."""
        from collector_desk.ui.window.screens.recovery import RecoverScreen

        screen = RecoverScreen(self._context, self._tasks)
        screen.recovered.connect(self.made)
        screen.left.connect(self.begin)
        self.addWidget(screen)
        return screen

    @cached_property
    def lock(self) -> "LockScreen":
        """The lock."""
        from collector_desk.ui.window.screens.lock import LockScreen

        screen = LockScreen(self._tasks)
        screen.unlocked.connect(self.unlocked)
        screen.switch_wanted.connect(self.switch_wanted)
        self.addWidget(screen)
        return screen

    def begin(self) -> None:
        """Show the screen to begin with: sign in where there is a store, the first start where there is none."""
        stores = self._context.known_stores()
        if stores:
            self.offer(stores[0])
        else:
            self.bring(self.first_start)

    def offer(self, folder: Path) -> None:
        """Show who can sign in there; where nothing can be read, the first start says why."""
        try:
            self.sign_in.open_store(folder)
        except Trouble as trouble:
            self.first_start.set_way_back(False)
            self.bring(self.first_start)
            self.first_start.show_message(trouble.message)
            return
        self.bring(self.sign_in)

    def bring(self, screen: Page) -> None:
        """This one stands in front."""
        self.turned.emit()
        self.setCurrentWidget(screen)
        screen.on_shown()

    def say(self, message: Message) -> None:
        """Tell who stands at the door."""
        self.sign_in.show_message(message)

    def set_urgent(self, there: bool) -> None:
        """The lock says that something urgent waits behind it."""
        if "lock" in self.__dict__:  # else nobody has locked yet
            self.lock.set_urgent(there)

    def theme_turned(self) -> None:
        """Say anew what depends on the theme (the button that leads to the other one)."""
        self.sign_in.retranslate()
        if "first_start" in self.__dict__:
            self.first_start.retranslate()

    def _make_another(self) -> None:
        self.first_start.set_way_back(True)
        self.bring(self.first_start)

    def _recover(self, name: str) -> None:
        self.recover.open_store(self.sign_in.folder, name)
        self.bring(self.recover)
