"""Our own bugs: into the log, then a dialog that saves the draft first. Works from worker threads too."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.ui.window.page import FollowsLanguage

_LOG = logging.getLogger(__name__)


class BugCatcher(QObject):
    """Takes the place of ``sys.excepthook`` and ``threading.excepthook`` until ``release``.

    The hook may be called in any thread, so it only logs and posts; drafts are saved and the dialog is shown in the
    window's thread. A Trouble that nobody caught is no bug: it goes to ``troubled``.
    """

    troubled = Signal(object)
    _posted = Signal(object)

    def __init__(
        self,
        save_drafts: Callable[[], None],
        parent: QObject | None = None,
        *,
        ask: Callable[[QWidget | None], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._save_drafts = save_drafts
        self._ask = ask or tell_bug
        self._showing = False
        self._before = (sys.excepthook, threading.excepthook)
        self._posted.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def release(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), trace)
            return
        if isinstance(error, Trouble):
            self._posted.emit(error.message)
            return
        _LOG.critical("Unexpected error", exc_info=(kind, error or kind(), trace))
        self._posted.emit(None)

    def _show(self, message: Message | None) -> None:
        if message is not None:
            self.troubled.emit(message)
            return
        if self._showing:  # one dialog is enough, however often a repaint fails
            return
        self._showing = True
        try:
            self._save_drafts()
        except Exception:  # noqa: BLE001 -- whatever it is, the person must be told
            _LOG.exception("Saving the drafts failed")
        try:
            self._ask(None)
        finally:
            self._showing = False


class BugDialog(FollowsLanguage, QMessageBox):
    """Says that the program made a mistake, that nothing typed is lost, and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setStandardButtons(QMessageBox.StandardButton.Ok)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew; its button is Qt's, and follows by itself."""
        self.setWindowTitle(self.tr("Collector Desk"))
        self.setText(self.tr("The program made a mistake. What you were typing has been kept."))
        self.setInformativeText(
            self.tr(
                "You can go on working. If it happens again, close the program and open it once more; the log in "
                "the program's data folder helps whoever looks into it and holds no personal data."
            )
        )


def tell_bug(parent: QWidget | None) -> None:
    """Tell the person, modally, that the program made a mistake. Tests replace this."""
    BugDialog(parent).exec()
