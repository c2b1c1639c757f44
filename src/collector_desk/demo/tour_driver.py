"""Hands on the real window, for the tour: keys and input-method commits, waiting, pictures. Needs no screen."""

import sys
import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QSize, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from collector_desk.ui.window.keys import KEYS
from collector_desk.ui.window.main_window import MainWindow

SIZE = QSize(1366, 697)
"""What is left of 1366 x 768 beside a task bar."""
_PATIENCE = 60.0  # seconds until something that should come counts as not coming


class NotComingError(RuntimeError):
    """What was waited for did not come: a bug of ours."""


class Hands:
    """Presses keys on whatever has the focus, as a person would."""

    def __init__(self, app: QApplication, window: MainWindow, tick: Callable[[float], None]) -> None:
        self._app = app
        self.window = window
        self._tick = tick
        self.presses = 0
        self.bugs: list[BaseException] = []
        self._hook = sys.excepthook
        sys.excepthook = self._caught

    def leave(self) -> None:
        """Give the hook for bugs back."""
        sys.excepthook = self._hook

    def _caught(self, _kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
        self.bugs.append(bug)

    # --- keys ----------------------------------------------------------------------------------------

    def press(self, sequence: str) -> None:
        """Press a key or a combination such as "Ctrl+Return"."""
        self._come_to_the_window()
        combination: QKeyCombination = QKeySequence(sequence)[0]  # type: ignore[index]  # the stubs lack it
        self.presses += 1
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
        self._tick(0.6)
        self.settle()

    def act(self, *key_ids: str) -> None:
        """Press the keys of the program's table, e.g. "dial"."""
        for key_id in key_ids:
            self.press(KEYS[key_id].sequences[0])

    def type(self, text: str) -> None:
        """Type: letters and figures by keys, everything else as an input method commits it."""
        self._come_to_the_window()
        for char in text:
            if char.isascii() and char.isprintable():
                QTest.keyClicks(self._target(), char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(char)
                QApplication.sendEvent(self._target(), event)
        self.presses += len(text)
        self._tick(0.2 * len(text))
        self.settle()

    def fill(self, *texts: str) -> None:
        """Type into one field after the other, Tab between them."""
        for place, text in enumerate(texts):
            if place:
                self.press("Tab")
            self.type(text)

    def choose(self, words: str) -> None:
        """Go down in the focused list of names until one that begins with ``words`` is chosen."""
        self._go_along(lambda box: box.findText(words, Qt.MatchFlag.MatchStartsWith))

    def answer(self, value: str) -> None:
        """Fill in the focused field: in a list the entry with that value, else the text itself, anew."""
        if isinstance(QApplication.focusWidget(), QComboBox):
            self._go_along(lambda box: box.findData(value))
            return
        self.press("Ctrl+A")
        self.type(value)

    def _go_along(self, where: Callable[[QComboBox], int]) -> None:
        box = QApplication.focusWidget()
        if not isinstance(box, QComboBox):
            raise NotComingError("no list has the focus")
        for _ in range(box.count() + 1):
            wanted = where(box)
            if wanted == box.currentIndex():
                return
            self.press("Down" if wanted > box.currentIndex() else "Up")
        raise NotComingError("an entry is not in the list")

    def go_to(self, field: QWidget) -> None:
        """Tab to a field."""
        for _ in range(120):
            if field.hasFocus():
                return
            self.press("Tab")
        raise NotComingError(f"{field.objectName() or type(field).__name__} can't be reached by Tab")

    # --- waiting and looking -------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything happen that is due now, deletions as well."""
        for _ in range(3):
            self._app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._stop_at_bugs()

    def _stop_at_bugs(self) -> None:
        """A slot that failed must fail the tour: Qt would go on without a word."""
        if self.bugs:
            raise self.bugs.pop(0)

    def wait(self, there: Callable[[], object], what: str) -> None:
        """Wait for something that a worker brings."""
        end = time.monotonic() + _PATIENCE
        while not there():
            if time.monotonic() > end:
                raise NotComingError(what)
            self._app.processEvents()
            self._stop_at_bugs()
            time.sleep(0.005)  # lets go of the interpreter, so that the worker gets on
        self.settle()

    def picture(self, words: str) -> bytes:
        """The window as a PNG that bears ``words``, without what was said of the step before."""
        if "desk" in vars(self.window):
            self.window.desk.toast.hide()
            self.window.pulse.bring_title_up_to_date()
        self.settle()
        return _png(self.window.grab().toImage(), words)

    def wait_for_ink(self, view: QWidget, what: str) -> None:
        """Wait until a view that draws in its own time shows something written."""

        def written() -> bool:
            image = view.grab().toImage()
            points = ((x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))
            return sum(image.pixelColor(x, y).lightness() < 90 for x, y in points) > 20

        self.wait(written, what)

    def _come_to_the_window(self) -> None:
        """As the system does for a person: the window is in front, and Tab finds a field where none has focus."""
        if QApplication.activePopupWidget() is not None:
            return
        front = QApplication.activeModalWidget() or self.window
        if not front.isActiveWindow():
            front.activateWindow()
            self._app.processEvents()
        if QApplication.focusWidget() is None:
            QTest.keyClick(front, Qt.Key.Key_Tab)

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or QApplication.activeModalWidget() or self.window


def picture_of_pdf(content: bytes, page: int, words: str, width: int = 1100) -> bytes:
    """One page of a PDF as a PNG that bears ``words``, drawn by the part that shows PDFs inside the program."""
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QColor
    from PySide6.QtPdf import QPdfDocument

    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(page)
    drawn = document.render(page, QSize(width, round(width * size.height() / size.width())))
    sheet = QImage(drawn.size(), QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    return _png(sheet, words)


def _png(image: QImage, words: str) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray

    image.setText("Software", words)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want text as bytes
    return bytes(held.data())
