"""The first and the waiting step of an import: which files, and how far it is."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import Message
from collector_desk.ui.theme import Size, Tint, color
from collector_desk.ui.theme.gaps import Gap, Height, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.widgets import (
    BodyText,
    Card,
    ErrorText,
    FormField,
    PasswordField,
    Text,
    draw_ground,
    primary,
)
from collector_desk.ui.window.asking import ask_files
from collector_desk.ui.window.tasks import Progress
from collector_desk.ui.words import say

_KINDS = "*.xlsx *.xls *.ods *.csv *.txt *.zip *.html *.htm *.mht *.mhtml"


class DropZone(QWidget):
    """A dashed field that takes files dropped on it."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setMinimumHeight(Height.DROP)
        self._over = False
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.words = Text(size=Size.LABEL, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kinds = Text(tint=Tint.DIM, wrap=True)
        self.kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.DROP)
        box.setSpacing(Gap.ROW)
        box.addStretch(1)
        for part in (self._icon, self.words, self.kinds):
            box.addWidget(part)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(1)
        self._draw_icon()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say yes to files of this machine."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went on."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self._over = False
        self.update()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        draw_ground(painter, box, color(Tint.SELECTION if self._over else Tint.INSET), radius=10)
        painter.setPen(QPen(color(Tint.ACCENT if self._over else Tint.LINE_STRONG), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 10, 10)
        painter.end()

    def _draw_icon(self) -> None:
        self._icon.setPixmap(icon("ri.file-excel-2-line").pixmap(36, 36))


class ChooseStep(QWidget):
    """Drop files, choose them, or type where they lie."""

    chosen = Signal(object, str)  # paths, password
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[Path] = []
        self.zone = DropZone()
        self.zone.dropped.connect(self.take)
        self.zone.button.clicked.connect(self._ask)
        self.path = QLineEdit()
        self.path.returnPressed.connect(self.go_on)
        self.path_field = FormField("…", self.path)
        self.password = PasswordField()
        self.password.returnPressed.connect(self.go_on)
        self.password_field = FormField("…", self.password)
        self.error = ErrorText()
        self.read_button = primary(QPushButton())
        self.read_button.clicked.connect(self.go_on)
        self.leave_button = QPushButton()
        self.leave_button.setAutoDefault(False)
        self.leave_button.clicked.connect(self.left)
        self.card = Card("…", margin=20)
        self.card.setMaximumWidth(Width.STEP)
        self.words = BodyText()
        self.words.set_tint(Tint.DIM)
        for part in (self.words, self.zone, self.path_field, self.password_field, self.error):
            self.card.body.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.read_button)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self)

    def begin(self) -> None:
        """Nothing chosen yet."""
        self._files = []
        self.path.clear()
        self.password.clear()
        self.password_field.hide()
        self.error.say("")
        self.path.setFocus()

    def say_wrong(self, message: Message, *, password: bool) -> None:
        """What was the matter with the file; ``password``: ask for the workbook's."""
        self.error.say(say(message))
        self.password_field.setVisible(password)
        if password:
            self.password.clear()
            self.password.setFocus()
        else:
            self.path.setFocus()
            self.path.selectAll()

    def take(self, files: list[Path]) -> None:
        """These were dropped or chosen: read them."""
        self._files = list(files)
        self.path.setText("; ".join(str(file) for file in files))
        self.password_field.hide()
        self.password.clear()
        self.go_on()

    def go_on(self) -> None:
        """Read what is chosen or typed."""
        typed = [part.strip().strip('"') for part in self.path.text().split(";")]
        paths = [Path(part).expanduser() for part in typed if part]
        if not paths:
            self.error.say(self.tr("Choose a file, drop one, or type where it lies."))
            self.path.setFocus()
            return
        self.error.say("")
        self.chosen.emit(paths, self.password.text())

    def _ask(self) -> None:
        files = ask_files(
            self,
            self.tr("Files of the bank"),
            self.tr("Placement files ({kinds})").format(kinds=_KINDS),
        )
        if files:
            self.take(files)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.card.set_title(self.tr("Import a placement"))
        self.words.setText(
            self.tr("The file is read and shown first. Nothing is taken over before you have seen what is in it.")
        )
        self.zone.words.setText(self.tr("Drop the bank's files here"))
        self.zone.kinds.setText(self.tr("xlsx, xls, ods, csv, or a zip of them; protected workbooks as well"))
        self.zone.button.setText(self.tr("Choose files…"))
        self.path_field.set_label(self.tr("Or where the file lies (several: divide with ;)"))
        self.password_field.set_label(self.tr("Password of the workbook, from the bank"))
        self.read_button.setText(self.tr("Read"))
        self.leave_button.setText(self.tr("Back"))


class BusyStep(QWidget):
    """How far it is, and a way to stop it."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card("…", margin=20)
        self.card.setMaximumWidth(Width.QUESTION)
        self.what = Text(wrap=True, tint=Tint.DIM)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.count = Text(tint=Tint.DIM)
        self.cancel = QPushButton()
        self.cancel.clicked.connect(self._cancel)
        self.card.body.addWidget(self.what)
        self.card.body.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        self.card.body.addLayout(foot)
        self.card.stand_alone(self)

    def begin(self, head: str, what: str) -> None:
        """Something begins."""
        self.card.set_title(head)
        self.what.setText(what)
        self.count.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setFocus()

    def step(self, step: Progress) -> None:
        """It went on."""
        if step.total > 0:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.count.setText(f"{step.done:,} / {step.total:,}")

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText(self.tr("Stopping…"))
        self.what.setText(self.tr("Stopping; what was begun is taken away again."))
        self.cancel_wanted.emit()
