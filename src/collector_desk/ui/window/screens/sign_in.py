"""Sign in: who, and the password. Theme and language are within reach before anybody is in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.ui.forms.ui_sign_in import Ui_SignInForm
from collector_desk.ui.widgets import plain_tip
from collector_desk.ui.window.asking import ask_folder
from collector_desk.ui.window.context import AppContext, DeskSession
from collector_desk.ui.window.screens.base import Screen, primary_text
from collector_desk.ui.window.tasks import Tasks
from collector_desk.ui.words import say


class SignInScreen(Screen):
    """Choose a name, type the password, Enter."""

    signed_in = Signal(object)
    new_store_wanted = Signal()
    recovery_wanted = Signal(str)

    def __init__(self, context: AppContext, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = tasks
        self._folder = Path()
        self._busy = False
        self._caps = False
        self._message: Message | None = None
        self._demo_password = ""
        self._known = False  # who signed in last at this machine is among the names
        self.remembered: Callable[[Path, Sequence[str]], str] = lambda _folder, _names: ""
        self.form = Ui_SignInForm()
        self.form.setupUi(self)
        self.form.sign_in_button.clicked.connect(self.sign_in)
        self.form.password.returnPressed.connect(self.sign_in)
        self.form.password.caps_changed.connect(self._set_caps)
        self.form.password.textEdited.connect(self._forget_message)
        self.form.other_button.clicked.connect(self.offer_stores)
        self.form.forgot_button.clicked.connect(lambda: self.recovery_wanted.emit(self.form.person.currentText()))
        self.foot(self.form.theme_button, self.form.language_button)
        self.retranslate()

    @property
    def folder(self) -> Path:
        """The store that is signed in to."""
        return self._folder

    def open_store(self, folder: Path) -> None:
        """Show who can sign in to the store in ``folder``. Raises Trouble where it can't be read."""
        names = self._context.people_of(folder)
        self._folder = folder
        self.form.person.clear()
        self.form.person.addItems(list(names))
        last = self.remembered(folder, names)
        self._known = bool(last)
        if last:
            self.form.person.setCurrentText(last)
        self.form.store_text.setText(folder.name)
        self.form.store_text.setToolTip(plain_tip(str(folder)))
        self.form.password.clear()
        self._demo_password = self._context.demo_password(folder)
        self._message = None
        self._show_note()

    def offer_stores(self) -> None:
        """The other stores of this machine, one in any folder, or a new one."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        others = [folder for folder in self._context.known_stores() if folder != self._folder]
        for folder in others:
            entry = menu.addAction(str(folder).replace("&", "&&"))
            entry.triggered.connect(partial(self._open_other, folder))
        if others:
            menu.addSeparator()
        menu.addAction(self.tr("Open the store in a folder…")).triggered.connect(self._choose_folder)
        menu.addAction(self.tr("Make a new store…")).triggered.connect(self.new_store_wanted)
        button = self.form.other_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        menu.setActiveAction(menu.actions()[0])

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, self.tr("Folder of the store"), self._folder.parent)
        if chosen:
            self._open_other(chosen)

    def _open_other(self, folder: Path) -> None:
        """Show who can sign in there; where nothing can be read, stay with this store and say why."""
        try:
            self.open_store(folder)
        except Trouble as trouble:
            self.show_message(trouble.message)
        self.on_shown()

    def on_shown(self) -> None:
        """The password is typed next; the name first where several share the machine and none was here before."""
        asked = self.form.person.count() > 1 and not self._known
        (self.form.person if asked else self.form.password).setFocus()

    def sign_in(self) -> None:
        """Try the password, in a worker: the key takes its fifth of a second on purpose."""
        if self._busy:
            return
        folder, name, password = self._folder, self.form.person.currentText(), self.form.password.text()
        if not password:
            self.form.password.setFocus()
            return
        self._message = None
        self._set_waiting(True)
        self._tasks.run(
            lambda _: self._context.sign_in(folder, name, password),
            owner=self,
            done=self._done,
            failed=self._failed,
            ended=lambda: self._set_waiting(False),
        )

    def show_message(self, message: Message) -> None:
        """Say what is wrong, until the next key in the password."""
        self._message = message
        self._show_note()

    def _done(self, session: DeskSession) -> None:
        self.form.password.clear()
        self.signed_in.emit(session)

    def _failed(self, trouble: Trouble) -> None:
        self.form.password.clear()
        self.show_message(trouble.message)
        self.form.password.setFocus()

    def _set_waiting(self, busy: bool) -> None:
        self._busy = busy
        self.set_busy(self.form.card, busy)
        primary_text(self.form.sign_in_button, busy, self.tr("Sign in"), self.tr("Opening the store…"))
        self._show_note()

    def _set_caps(self, on: bool) -> None:
        self._caps = on
        self._show_note()

    def _forget_message(self) -> None:
        self._message = None
        self._show_note()

    def _show_note(self) -> None:
        self.form.demo_text.setVisible(bool(self._demo_password))
        self.form.demo_text.setText(self.demo_words(self._demo_password))
        if self._message is not None:
            self.form.password_error.say(say(self._message))
        else:
            self.form.password_error.say(self.tr("Caps Lock is on.") if self._caps else "")

    def retranslate(self) -> None:
        """Set every text anew."""
        store = self.form.store_text.text()
        self.form.retranslateUi(self)
        self.form.store_text.setText(store)
        theme, other, version = self.foot_texts()
        self.form.theme_button.setText(theme)
        self.form.language_button.setText(other)
        self.form.version_text.setText(version)
        self._show_note()
