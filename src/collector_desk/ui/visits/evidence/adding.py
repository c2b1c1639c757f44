"""Files on their way into the store: how far they are, a button that stops them, and which were refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from collector_desk.domain.message import Message, Trouble
from collector_desk.services.visits import evidence
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height, Margin
from collector_desk.ui.widgets import Banner, Text
from collector_desk.ui.window.page import FollowsLanguage
from collector_desk.ui.window.tasks import Job, Progress
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say

Source = Path | bytes
_TOLD = 3  # refusals told one by one
_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken: its number in the order they were chosen, its name, and why."""

    number: int
    name: str
    message: Message


class AddingLine(FollowsLanguage, QWidget):
    """One line while files come in; ``kept`` says that some are there, also after a cancel."""

    kept = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._job: Job | None = None
        self._waiting: list[tuple[str, list[Source]]] = []
        self._count = 0
        self._number = 1  # of the file on its way
        self._taken = 0
        self.text = Text(size=Size.CAPTION, tint=Tint.DIM)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(Height.PROGRESS)
        self.stop_button = QPushButton()
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.stop)
        self.told = Banner()
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(Margin.NONE)
        row.setSpacing(Gap.CARD)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(self._line)
        box.addWidget(self.told)
        self._line.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.stop_button.setText(self.tr("Cancel"))
        self.text.setText(self.tr("Adding {number} of {all}").format(number=self._number, all=self._count))

    @property
    def busy(self) -> bool:
        """Whether files are on their way."""
        return self._job is not None

    def add(self, visit_id: str, sources: Sequence[Source]) -> None:
        """Take files in, one after the other; what comes meanwhile waits its turn."""
        if not sources:
            return
        self._waiting.append((visit_id, list(sources)))
        if self._job is None:
            self._next()

    def stop(self) -> None:
        """Take no more in; the one under way leaves nothing behind."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        visit_id, sources = self._waiting.pop(0)
        seat, self._count, self._taken = self._place.seat, len(sources), 0
        self.told.hide()
        self.bar.setValue(0)
        self._number = 1
        self.retranslate()
        self._line.show()

        def work(job: Job) -> list[Refusal]:
            refused = []
            for number, source in enumerate(sources):
                job.report(number * _PARTS, len(sources) * _PARTS)

                def on_the_way(done: int, size: int, before: int = number) -> None:
                    job.report(before * _PARTS + _PARTS * done // max(size, 1), len(sources) * _PARTS)

                try:
                    evidence.add(seat, visit_id, source, progress=on_the_way)
                    self._taken += 1  # a number only: no widget is touched here
                except Trouble as trouble:
                    name = source.name if isinstance(source, Path) else ""
                    refused.append(Refusal(number + 1, name, trouble.message))
            return refused

        self._job = self._place.tasks.run(
            work, owner=self, done=self._done, failed=self._place.troubled, progress=self._step, ended=self._ended
        )

    def _step(self, step: Progress) -> None:
        self.bar.setValue(step.done // max(self._count, 1))
        self._number = min(step.done // _PARTS + 1, self._count)
        self.retranslate()

    def _done(self, refused: list[Refusal]) -> None:
        if not refused:
            return
        count, everything = len(refused), self._count

        def head() -> str:
            return self.tr("{count} of {all} files were not taken in").format(count=count, all=everything)

        def lines() -> str:
            nameless = self.tr("What was copied")
            told = [f"{one.name or nameless}: {say(one.message)}" for one in refused[:_TOLD]]
            if count > _TOLD:
                told.append(self.tr("And {count} more.").format(count=count - _TOLD))
            return "\n".join(told)

        self.told.tell(head, lines, tone=Tone.WARN)

    def _ended(self) -> None:
        self._job = None
        self._line.hide()
        if self._taken:
            self.kept.emit()
        if self._waiting:
            self._next()
