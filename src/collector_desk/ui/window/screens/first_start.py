"""The first start: make a store, or look around in the demo."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.domain.people import MIN_PASSWORD
from collector_desk.ui.forms.ui_first_start import Ui_FirstStartForm
from collector_desk.ui.theme import Tint
from collector_desk.ui.widgets import ErrorText
from collector_desk.ui.window.asking import ask_folder
from collector_desk.ui.window.context import AppContext, DeskSession, NewStoreWish
from collector_desk.ui.window.screens.base import Screen, clear_errors, primary_text
from collector_desk.ui.window.tasks import Job, Progress, Tasks
from collector_desk.ui.words import say


class FirstStartScreen(Screen):
    """Asks what a store can't do without; everything else has its default."""

    created = Signal(object, str)
    demo_opened = Signal(object)
    left = Signal()
    store_chosen = Signal(object)
    """A folder that holds a store already (Path): it is to be opened, not made."""

    def __init__(self, context: AppContext, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = tasks
        self._busy = False
        self._folder = context.default_folder()
        self.form = Ui_FirstStartForm()
        self.form.setupUi(self)
        form = self.form
        self._errors: dict[str, ErrorText] = {
            "person": form.person_error,
            "name": form.person_error,
            "password": form.password_error,
            "password_again": form.password_again_error,
            "agency": form.agency_error,
            "neutral_name": form.neutral_name_error,
            "hotline": form.hotline_error,
            "office_address": form.office_address_error,
            "folder": form.folder_error,
        }
        form.create_button.clicked.connect(self.create_store)
        form.demo_button.clicked.connect(self.open_demo)
        form.folder_button.clicked.connect(self._choose_folder)
        form.back_button.clicked.connect(self.left)
        form.password.textEdited.connect(self._hint)
        form.password_again.textEdited.connect(self._compare)
        self.foot(form.theme_button, form.language_button)
        self.set_folder(self._folder)
        self.set_way_back(False)
        self.retranslate()

    def set_folder(self, folder: Path) -> None:
        """Where the store will lie."""
        self._folder = folder
        self.form.folder.setText(str(folder))

    def set_way_back(self, there: bool) -> None:
        """Whether there is a store to go back to."""
        self.form.back_button.setVisible(there)

    def on_shown(self) -> None:
        """The name comes first."""
        self.form.person.setFocus()

    def create_store(self) -> None:
        """Make the store from what is filled in, in a worker."""
        if self._busy or not self._complete():
            return
        from collector_desk.services.desk.settings import Agency  # brings SQLAlchemy, which need not load before

        form = self.form
        wish = NewStoreWish(
            folder=self._folder,
            person=form.person.text().strip(),
            password=form.password.text(),
            agency=Agency(
                name=form.agency.text().strip(),
                neutral_name=form.neutral_name.text().strip(),
                hotline=form.hotline.text().strip(),
                office_address=form.office_address.text().strip(),
            ),
        )
        self._wait(True)
        self._tasks.run(
            lambda _: self._context.create_store(wish),
            owner=self,
            done=self._made,
            failed=self._failed,
            ended=lambda: self._wait(False),
        )

    def open_demo(self) -> None:
        """Make the demo where there is none yet, and open it."""
        if self._busy:
            return
        self._wait(True)

        def work(job: Job) -> DeskSession:
            return self._context.open_demo(job.report)

        self._tasks.run(
            work,
            owner=self,
            done=self.demo_opened.emit,
            failed=self._failed,
            progress=self._show_progress,
            ended=lambda: self._wait(False),
        )

    def _show_progress(self, step: Progress) -> None:
        if step.total:
            percent = str(step.done * 100 // step.total)
            self.form.demo_button.setText(self.tr("Making the demo: {percent} %").format(percent=percent))

    def _made(self, result: tuple[DeskSession, str]) -> None:
        for field in (self.form.password, self.form.password_again):
            field.clear()
        self.created.emit(*result)

    def _failed(self, trouble: Trouble) -> None:
        self.show_message(trouble.message, trouble.field_name if isinstance(trouble, Refused) else None)

    def show_message(self, message: Message, field_name: str | None = None) -> None:
        """Say what is in the way, under its field or under the store's place."""
        self._errors.get(field_name or "", self.form.folder_error).say(say(message))

    def _complete(self) -> bool:
        """Say under each field what is missing; the focus goes to the first of them."""
        form = self.form
        clear_errors(list(self._errors.values()))
        needed = self.tr("This is needed.")
        wrong = [
            (field, note, needed)
            for field, note in (
                (form.person, form.person_error),
                (form.agency, form.agency_error),
                (form.neutral_name, form.neutral_name_error),
                (form.hotline, form.hotline_error),
            )
            if not field.text().strip()
        ]
        if len(form.password.text()) < MIN_PASSWORD:
            words = self.tr("At least {count} characters.").format(count=MIN_PASSWORD)
            wrong.insert(
                1 if wrong and wrong[0][0] is form.person else 0, (form.password, form.password_error, words)
            )
        elif form.password.text() != form.password_again.text():
            wrong.append((form.password_again, form.password_again_error, self.tr("The two are not the same.")))
        for _, note, words in wrong:
            note.set_tint(Tint.DANGER_STRONG)
            note.say(words)
        if wrong:
            wrong[0][0].setFocus()
        return not wrong

    def _hint(self) -> None:
        note = self.form.password_error
        from collector_desk.services.office.passwords import Strength, strength

        form = self.form
        known = (form.person.text(), form.agency.text(), form.neutral_name.text(), self._folder.name)
        level = strength(form.password.text(), known)
        words = {
            Strength.SHORT: self.tr("Too short yet."),
            Strength.WEAK: self.tr("Easy to guess. Several unrelated words are better."),
            Strength.FAIR: self.tr("Fair."),
            Strength.GOOD: self.tr("Good."),
        }
        note.set_tint(Tint.DIM if level >= Strength.FAIR else Tint.WARN_STRONG)
        note.setText(words[level] if self.form.password.text() else "")

    def _compare(self) -> None:
        typed, again = self.form.password.text(), self.form.password_again.text()
        differs = bool(again) and not typed.startswith(again)
        self.form.password_again_error.say(self.tr("The two are not the same.") if differs else "")

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.set_busy(self.form.card, busy)
        self.form.demo_button.setEnabled(not busy)
        primary_text(self.form.create_button, busy, self.tr("Make the store"), self.tr("Making the store…"))
        self.form.demo_button.setText(self.tr("Open the demo"))

    def _choose_folder(self) -> None:
        chosen = ask_folder(self, self.tr("Folder of the store"), self._folder.parent)
        if not chosen:
            return
        if self._context.holds_store(chosen):
            self.store_chosen.emit(chosen)
        else:
            self.set_folder(chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        clear_errors(list(self._errors.values()))
        theme, other, version = self.foot_texts()
        self.form.theme_button.setText(theme)
        self.form.language_button.setText(other)
        self.form.version_text.setText(version)
