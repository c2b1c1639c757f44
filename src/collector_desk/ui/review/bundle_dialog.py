"""All accepted reports of a placement for the bank: choose it, say where, watch it grow, stop it if need be."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import Trouble
from collector_desk.services.book import placements
from collector_desk.services.visits import bundle
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Width
from collector_desk.ui.widgets import ErrorText, FormField, Text, primary
from collector_desk.ui.widgets.parts import QuietCombo
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.tasks import Job, Progress
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import Words, language, say


class BundleDialog(FollowsLanguage, QDialog):
    """One zip: the signed papers as they are kept, a list, and the hash of each."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._job: Job | None = None
        self._words: Words | None = None
        self._trouble: Trouble | None = None
        self.which = QuietCombo()
        for placement in placements.placements(place.seat):
            self.which.addItem(placement.number, placement.number)
        self.progress, self.state, self.error = QProgressBar(), Text(tint=Tint.DIM), ErrorText()
        self.write_button, self.stop_button = primary(QPushButton()), QPushButton()
        self.stop_button.setAutoDefault(False)
        self.write_button.clicked.connect(self.write)
        self.stop_button.clicked.connect(self.reject)
        self._hint, self._field = Text(tint=Tint.DIM, wrap=True), FormField("", self.which)
        box = QVBoxLayout(self)
        box.setSpacing(Gap.CARD)
        box.addWidget(self._hint)
        box.addWidget(self._field)
        for part in (self.progress, self.state, self.error):
            box.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop_button)
        row.addWidget(self.write_button)
        box.addLayout(row)
        self.setMinimumWidth(Width.SENTENCE)
        self.retranslate()
        self._at_rest()
        self.which.setFocus()

    def retranslate(self) -> None:
        """Set every text anew; how far it is says the next step."""
        self.setWindowTitle(self.tr("Reports for the bank"))
        self._hint.setText(self.tr("The accepted reports of the placement, with a list and the hash of each."))
        self._field.set_label(self.tr("Placement"))
        self.write_button.setText(self.tr("Write the zip…"))
        self.stop_button.setText(self.tr("Stop") if self._job else self.tr("Close"))
        self._say_state()

    def write(self) -> None:
        """Write it in a worker."""
        self._trouble = None
        self._say_state()
        number = str(self.which.currentData() or "")
        target = self.ask_file(f"{number}.zip") if number else ""
        if not target:
            return
        seat, lang, replace = self._place.seat, language(), may_replace(Path(target))

        def work(job: Job) -> int:
            def step(done: int, total: int) -> bool:
                if not job.cancelled:
                    job.report(done, total)
                return not job.cancelled

            return bundle.bundle(seat, number, Path(target), lang, step, replace=replace)

        self.write_button.setEnabled(False)
        self.which.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.setVisible(True)
        self.stop_button.setText(self.tr("Stop"))
        self._job = self._place.tasks.run(
            work, owner=self, done=self._done, failed=self._failed, progress=self._step, ended=self._at_rest
        )

    def reject(self) -> None:
        """Stop what runs: nothing is left behind; at rest, close."""
        if self._job is None:
            super().reject()
            return
        self._job.cancel()
        self._tell(lambda: self.tr("Stopped; nothing was written."))

    def ask_file(self, name: str) -> str:
        """Ask where it goes. Tests replace this."""
        return str(ask_save(self, self.tr("Reports for the bank"), name, "ZIP (*.zip)") or "")

    def _step(self, step: Progress) -> None:
        self.progress.setRange(0, step.total)
        self.progress.setValue(step.done)
        self._tell(lambda: self.tr("{done} of {total} reports").format(done=step.done, total=step.total))

    def _tell(self, words: Words) -> None:
        self._words = words
        self._say_state()

    def _say_state(self) -> None:
        self.state.setText(self._words() if self._words else "")
        self.error.say(say(self._trouble.message) if self._trouble else "")

    def _done(self, count: int) -> None:
        self._place.toast(self.tr("{count} reports written.").format(count=count), Tone.OK)
        self.accept()

    def _failed(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._say_state()

    def _at_rest(self) -> None:
        self._job = None
        self.progress.setVisible(False)
        self.write_button.setEnabled(self.which.count() > 0)
        self.which.setEnabled(True)
        self.stop_button.setText(self.tr("Close"))
