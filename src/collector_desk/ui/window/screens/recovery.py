"""The recovery code: shown once and typed back; and the way in with it when a password is lost."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from collector_desk.domain.message import Trouble
from collector_desk.domain.people import MIN_PASSWORD
from collector_desk.exchange import outgoing
from collector_desk.ui.forms.ui_recover import Ui_RecoverForm
from collector_desk.ui.forms.ui_recovery_code import Ui_RecoveryCodeForm
from collector_desk.ui.theme import font
from collector_desk.ui.widgets import ErrorText
from collector_desk.ui.window.asking import ask_save, check_printer, may_replace
from collector_desk.ui.window.context import AppContext, DeskSession
from collector_desk.ui.window.screens.base import Screen, clear_errors, place_error
from collector_desk.ui.window.tasks import Tasks
from collector_desk.ui.words import language, say
from collector_desk.words.messages import Lang

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SheetMaker = Callable[[Lang], bytes]
"""Makes the paper with the code that is shown, as a PDF. Slow."""
_T = TypeVar("_T")


class RecoveryCodeScreen(Screen):
    """Shows the code this one time; goes on only when two of its groups were typed back."""

    kept = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sheet: SheetMaker | None = None
        self._groups: list[str] = []
        self._asked = (0, 1)
        self.form = Ui_RecoveryCodeForm()
        self.form.setupUi(self)
        code_font = font(22)
        code_font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.5)
        self.form.code.setFont(code_font)
        self.form.code.setTextFormat(Qt.TextFormat.PlainText)
        self.form.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.form.done_button.clicked.connect(self._check)
        self.form.print_button.clicked.connect(self._print)
        self.form.save_button.clicked.connect(self._save)
        self.form.first_group.returnPressed.connect(self.form.second_group.setFocus)
        self.form.second_group.returnPressed.connect(self._check)
        self.retranslate()

    def show_code(self, code: str, sheet: SheetMaker) -> None:
        """Show a code, written in groups with dashes, and choose two groups to be typed back.

        ``sheet`` makes the paper with the code, in a worker.
        """
        self._sheet = sheet
        self._groups = code.split("-")
        first, second = sorted(secrets.SystemRandom().sample(range(len(self._groups)), 2))
        self._asked = (first, second)
        half = (len(self._groups) + 1) // 2
        self.form.code.setText("  ".join(self._groups[:half]) + "\n" + "  ".join(self._groups[half:]))
        self.form.first_group.clear()
        self.form.second_group.clear()
        self.retranslate()

    def asked(self) -> tuple[str, str]:
        """The two groups that are asked for."""
        return self._groups[self._asked[0]], self._groups[self._asked[1]]

    def may_leave(self) -> bool:
        """Not before the code is kept."""
        return not self._groups

    def on_shown(self) -> None:
        """The first of the groups is typed next."""
        self.form.first_group.setFocus()

    def _check(self) -> None:
        fields = (
            (self.form.first_group, self.form.first_group_error),
            (self.form.second_group, self.form.second_group_error),
        )
        wrong = None
        for (field, note), group in zip(fields, self.asked(), strict=True):
            right = field.text().strip().upper() == group
            note.say("" if right else self.tr("That is not this group of the code."))
            if not right and wrong is None:
                wrong = field
        if wrong is not None:
            wrong.setFocus()
            return
        self._groups, self._sheet = [], None
        self.form.code.clear()
        self.kept.emit()

    def ask_printer(self) -> "QPrinter | None":
        """Ask for the printer; None where nobody wants to print. Tests replace this."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # seldom needed, slow to load

        from collector_desk.ui.widgets.pdf_print import PRINT_DPI

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setDocName(self.tr("Recovery code"))
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return None
        check_printer(printer)
        return printer

    def _print(self) -> None:
        try:
            printer = self.ask_printer()
        except Trouble as trouble:
            self._failed(trouble)
            return
        if printer is not None:
            self._with_sheet(lambda data: data, lambda data: self._draw(printer, data))

    def _draw(self, printer: "QPrinter", data: bytes) -> None:
        from PySide6.QtPdf import QPdfDocument

        from collector_desk.ui.widgets.pdf_print import draw_on

        document, device = QPdfDocument(self), QBuffer(self)  # shown to nobody: the printer's page alone
        device.setData(QByteArray(data))
        device.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(device)
        draw_on(printer, document)
        document.close()
        document.deleteLater()
        device.deleteLater()
        self._tell(self.tr("Sent to the printer. Fetch the sheet at once."))

    def _save(self) -> None:
        chosen = ask_save(self, self.tr("Save the sheet"), "recovery-code.pdf", "PDF (*.pdf)")
        if chosen is None:
            return
        replace = may_replace(chosen)
        try:
            outgoing.check(chosen, replace=replace)
        except Trouble as trouble:
            self._failed(trouble)
            return
        said = self.tr("Saved. The code stands in it in clear: print it, lock it away, and delete the file.")
        self._with_sheet(lambda data: outgoing.write(chosen, data, replace=replace), lambda _: self._tell(said))

    def _with_sheet(self, use: Callable[[bytes], _T], done: Callable[[_T], None]) -> None:
        """Make the sheet and use it in a worker; meanwhile neither button makes another."""
        sheet, lang = self._sheet, language()
        if sheet is None:
            return
        clear_errors([self.form.first_group_error, self.form.second_group_error])
        self._set_making(True)
        self._tasks.run(
            lambda _: use(sheet(lang)),
            owner=self,
            done=done,
            failed=self._failed,
            ended=lambda: self._set_making(False),
        )

    def _set_making(self, making: bool) -> None:
        self.form.print_button.setEnabled(not making)
        self.form.save_button.setEnabled(not making)

    def _tell(self, said: str) -> None:
        self.form.sheet_note.setText(said)
        self.form.first_group.setFocus()

    def _failed(self, trouble: Trouble) -> None:
        self.form.first_group_error.say(say(trouble.message))

    def retranslate(self) -> None:
        """Set every text anew."""
        code = self.form.code.text()
        self.form.retranslateUi(self)
        self.form.code.setText(code)
        first, second = (str(index + 1) for index in self._asked)
        self.form.first_group_label.setText(self.tr("Group {number}").format(number=first))
        self.form.second_group_label.setText(self.tr("Group {number}").format(number=second))
        clear_errors([self.form.first_group_error, self.form.second_group_error])


class RecoverScreen(Screen):
    """A forgotten password: the printed code and a new password."""

    recovered = Signal(object, str)
    left = Signal()

    def __init__(self, context: AppContext, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = tasks
        self._folder = Path()
        self._busy = False
        self.form = Ui_RecoverForm()
        self.form.setupUi(self)
        self._errors: dict[str, ErrorText] = {
            "code": self.form.code_error,
            "password": self.form.password_error,
            "password_again": self.form.password_again_error,
        }
        self.form.recover_button.clicked.connect(self.recover)
        self.form.password_again.returnPressed.connect(self.recover)
        self.form.back_button.clicked.connect(self.left)
        self.retranslate()

    def open_store(self, folder: Path, name: str) -> None:
        """Ask for the code of the store in ``folder``. Raises Trouble where its people can't be read."""
        self._folder = folder
        self.form.person.clear()
        self.form.person.addItems(list(self._context.people_of(folder)))
        self.form.person.setCurrentText(name)
        for field in (self.form.code, self.form.password, self.form.password_again):
            field.clear()
        clear_errors(list(self._errors.values()))

    def on_shown(self) -> None:
        """The code is typed next."""
        self.form.code.setFocus()

    def recover(self) -> None:
        """Open with the code and set the password, in a worker."""
        if self._busy:
            return
        clear_errors(list(self._errors.values()))
        password = self.form.password.text()
        if len(password) < MIN_PASSWORD:
            self.form.password_error.say(self.tr("At least {count} characters.").format(count=MIN_PASSWORD))
            self.form.password.setFocus()
            return
        if password != self.form.password_again.text():
            self.form.password_again_error.say(self.tr("The two are not the same."))
            self.form.password_again.setFocus()
            return
        folder, name, code = self._folder, self.form.person.currentText(), self.form.code.text()
        self._wait(True)
        self._tasks.run(
            lambda _: self._context.recover(folder, name, code, password),
            owner=self,
            done=self._done,
            failed=self._failed,
            ended=lambda: self._wait(False),
        )

    def _done(self, result: tuple[DeskSession, str]) -> None:
        self.recovered.emit(*result)

    def _failed(self, trouble: Trouble) -> None:
        place_error(trouble, self._errors, self.form.code_error)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.set_busy(self.form.card, busy)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.form.retranslateUi(self)
        clear_errors(list(self._errors.values()))
