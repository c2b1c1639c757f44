"""The one window: screens before signing in, then title row, rail and pages.

Pages plug in by ``PageSpec``. What an act changed is handed to ``distribute`` once; it reaches every open page.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Trouble
from collector_desk.domain.people import SeatLost
from collector_desk.ui.theme import Tone, apply_theme, colors
from collector_desk.ui.theme.gaps import Height, Width
from collector_desk.ui.widgets import Toast
from collector_desk.ui.window.clipboard import PrivateClipboard
from collector_desk.ui.window.context import AppContext, DeskSession
from collector_desk.ui.window.idle import IdleLock
from collector_desk.ui.window.key_overlay import KeyOverlay
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.preferences import Preferences
from collector_desk.ui.window.pulse import Pulse
from collector_desk.ui.window.screens.screens import Screens
from collector_desk.ui.window.tasks import Job, Tasks
from collector_desk.ui.words import LANGUAGES, LanguageSwitch, language, say

if TYPE_CHECKING:
    from collector_desk.services.desk.seat import Seat
    from collector_desk.ui.window.desk_frame import DeskFrame
    from collector_desk.ui.window.workplace import Workplace


class MainWindow(QWidget):
    """Shows one screen at a time; owns the session while somebody is signed in."""

    def __init__(self, context: AppContext, preferences: Preferences) -> None:
        super().__init__()
        self.context = context
        self.preferences = preferences
        self.session: DeskSession | None = None
        self.tasks = Tasks(self)
        self.clipboard = PrivateClipboard(self)
        self.switch = LanguageSwitch(self)
        self.switch.use(preferences.language)
        self.screens = Screens(self, context, self.tasks)
        self.screens.sign_in.remembered = preferences.last_person
        self.overlay = KeyOverlay(self)
        self.idle = IdleLock(self.must_wait, self)
        self.pulse = Pulse(self)
        self._connect()
        self._bind_keys()
        self.resize(Width.WINDOW, Height.WINDOW)
        self.setMinimumSize(Width.SMALLEST_WINDOW, Height.SMALLEST_WINDOW)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        self.retranslate()

    @cached_property
    def desk(self) -> "DeskFrame":
        """Title row, rail and pages."""
        from collector_desk.ui.window.desk_frame import DeskFrame

        frame = DeskFrame()
        bind(frame, "lock", self.lock, context=Qt.ShortcutContext.WindowShortcut)
        bind(frame, "switch_person", self.switch_person, context=Qt.ShortcutContext.WindowShortcut)
        self.screens.addWidget(frame)
        return frame

    # --- which screen --------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the screen to begin with."""
        self.screens.begin()

    def current_screen(self) -> QWidget:
        """The screen in front."""
        return self.screens.currentWidget()

    def enter(self, session: DeskSession) -> None:
        """Somebody is signed in: show the desk."""
        self.session = session
        self.preferences.keep_last_person(self.screens.sign_in.folder, session.person.name)
        session.at_desk(True)
        self.desk.open(session, self)
        self.desk.alarms.look()
        self.screens.bring(self.desk)
        self.idle.start(session.idle_minutes)
        self.pulse.start(session)
        notice = session.notice()
        if notice is not None:
            self.desk.show_message(notice)

    def lock(self) -> None:
        """Hide the work until the password is typed again. An open call goes on behind it, with its clock."""
        session = self.session
        if session is None or self.current_screen() is not self.desk:
            return
        calling = self.must_wait()
        self._hide_work()
        if not calling:  # whoever left a call behind is looked for
            session.at_desk(False)
        self.screens.lock.lock(session, calling=calling)
        self.screens.lock.set_urgent(bool(self.desk.alarms.state.waiting))
        self.screens.bring(self.screens.lock)

    def switch_person(self) -> None:
        """Sign out, so that somebody else can sign in."""
        if self._leave():
            self.start()

    def leave_for(self, work: Callable[[Job], Message]) -> None:
        """Sign out, do in a worker what needs the store closed, then offer the sign-in and say what came of it."""
        if not self._leave():
            return
        self.start()
        screen = self.current_screen()
        screen.setEnabled(False)

        def done(message: Message) -> None:
            self.start()
            toast = Toast(self)
            toast.tell(say(message))

        self.tasks.run(
            work,
            done=done,
            failed=lambda trouble: self.screens.say(trouble.message),
            ended=lambda: screen.setEnabled(True),
        )

    def _show_code(self, session: DeskSession, code: str) -> None:
        self.session = session
        self.screens.recovery_code.show_code(code, lambda lang: session.recovery_sheet(code, lang))
        self.screens.bring(self.screens.recovery_code)

    def _code_kept(self) -> None:
        session = self.session
        if session is None:
            return
        refused = None
        try:
            session.confirm_recovery()
        except Trouble as trouble:
            refused = trouble
        if self.pulse.beats:  # a code made from the settings
            self.screens.bring(self.desk)
        else:
            self.enter(session)
        if refused is not None:
            self.show_trouble(refused)

    def show_recovery_code(self, code: str) -> None:
        """Show a new code over the desk until two groups of it were typed back."""
        session = self.session
        if session is not None:
            self._show_code(session, code)

    def _unlocked(self) -> None:
        if self.session is not None:
            self.session.at_desk(True)
        self.desk.alarms.look()
        self.screens.bring(self.desk)
        self.desk.tick(self.context.now())

    def must_wait(self) -> bool:
        """Whether a call is open here: no lock then, and no sound."""
        return any(page.blocks_lock() for page in self.desk.open_pages())

    def _hide_work(self) -> None:
        """Nothing of the work stays on the screen or on the clipboard."""
        self.save_drafts()
        self._clear_screen()

    def _clear_screen(self) -> None:
        self.clipboard.clear()
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.close()

    def _leave(self) -> bool:
        """Close the session; False where a page can't be left (it says why itself)."""
        if self.session is None:
            return True
        if self.current_screen() is self.screens.recovery_code and not self.screens.recovery_code.may_leave():
            self.screens.recovery_code.on_shown()
            return False
        for page in self.desk.open_pages():
            if not page.may_leave():
                self.screens.bring(self.desk)
                self.desk.bring_forward(page)
                return False
        self._hide_work()
        self._shut(self.session)
        return True

    def _lost(self, lost: SeatLost) -> None:
        """The seat is no longer theirs: out, whatever is open; what is typed is kept, and the sign-in says why."""
        session = self.session
        if session is None:
            return
        for page in self.desk.open_pages():
            with suppress(Trouble):  # what asks for a role that is gone can't be kept any more
                page.save_draft()
        self._clear_screen()
        self._shut(session)
        self.start()
        self.screens.say(lost.message)

    def _shut(self, session: DeskSession) -> None:
        self.idle.stop()
        self.pulse.stop()
        self.tasks.drain()
        self.session = None
        self.desk.shut()
        session.close()

    # --- what pages and app use ----------------------------------------------------------------------

    def distribute(self, changes: Changes) -> None:
        """Tell every open page what was changed, once, and bring the title row up to date."""
        for page in self.desk.open_pages():
            page.on_changes(changes)
        self.desk.alarms.look()
        self.pulse.act_was_done()

    def save_drafts(self) -> None:
        """Write down what is half typed: before a lock, and before a bug is told."""
        if self.session is not None:
            for page in self.desk.open_pages():
                page.save_draft()

    def show_trouble(self, trouble: Trouble | Message) -> None:
        """Say what is wrong in the banner over the pages; the work goes on under it, unless the seat is lost."""
        if isinstance(trouble, SeatLost):
            QTimer.singleShot(0, self, lambda: self._lost(trouble))  # not under the feet of who tells of it
            return
        message = trouble.message if isinstance(trouble, Trouble) else trouble
        if self.session is None:
            self.screens.say(message)
        else:
            self.desk.show_message(message)

    def workplace(self, seat: "Seat") -> "Workplace":
        """What a page gets to work with: the seat, and the means of this window."""
        from collector_desk.ui.window.workplace import Workplace  # brings services, which load behind the sign-in

        return Workplace(
            seat=seat,
            tasks=self.tasks,
            clipboard=self.clipboard,
            changed=self.distribute,
            troubled=self.show_trouble,
            toast=self.toast,
            show_page=self.show_page,
            preferences=self.preferences,
        )

    def toast(self, text: str, tone: Tone = Tone.OK) -> None:
        """Say shortly what was done."""
        self.desk.toast.tell(text, tone)

    def show_page(self, page_id: str, place: str = "") -> QWidget | None:
        """Open a page by its id, at a part of it, and return it; None where this person has no such page."""
        return self.desk.show_page(page_id, place)

    def page(self, page_id: str) -> QWidget | None:
        """An open page by its id; None where it was not opened yet."""
        return self.desk.page(page_id)

    def set_theme(self, name: str) -> None:
        """Light or dark, now and next time."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, name)
        self.preferences.theme = name
        self.screens.theme_turned()

    def set_language(self, lang: str) -> None:
        """English or Chinese, now and next time."""
        for known in LANGUAGES:
            if known == lang:
                self.preferences.language = known
                self.switch.use(known)

    def toggle_theme(self) -> None:
        """The other theme."""
        self.set_theme("light" if colors().dark else "dark")

    def toggle_language(self) -> None:
        """The other language."""
        self.set_language("en" if language() == "zh_CN" else "zh_CN")

    # --- wiring --------------------------------------------------------------------------------------

    def _connect(self) -> None:
        screens = self.screens
        screens.let_in.connect(self.enter)
        screens.made.connect(self._show_code)
        screens.code_kept.connect(self._code_kept)
        screens.unlocked.connect(self._unlocked)
        screens.switch_wanted.connect(self.switch_person)
        screens.theme_wanted.connect(self.toggle_theme)
        screens.language_wanted.connect(self.toggle_language)
        screens.turned.connect(self.overlay.hide)
        self.tasks.troubled.connect(self.show_trouble)
        self.idle.due.connect(self.lock)

    def _bind_keys(self) -> None:
        whole = Qt.ShortcutContext.WindowShortcut
        bind(self, "help", self.overlay.toggle, context=whole)
        bind(self, "theme", self.toggle_theme, context=whole)
        bind(self, "language", self.toggle_language, context=whole)

    def retranslate(self) -> None:
        """Name the window. Never a debtor: titles show in task bars and screen shares."""
        self.setWindowTitle(self.tr("Collector Desk"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """A focus set before the window was there is forgotten by Qt: set it again."""
        super().showEvent(event)
        screen = self.current_screen()
        if isinstance(screen, Page) and not event.spontaneous():
            screen.on_shown()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only where every page lets go, the drafts are kept and the store is shut."""
        if not self._leave():
            event.ignore()
            return
        self.tasks.drain()
        self.clipboard.clear()
        self.preferences.geometry = self.saveGeometry()
        event.accept()
