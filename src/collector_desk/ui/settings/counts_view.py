"""The way of the bank's counts into force: choose, read, look, take over, result; long work in a worker."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from collector_desk.domain.message import Message, Refused, Trouble
from collector_desk.intake.counts import CountsFile
from collector_desk.services import counts, intake_report, placements
from collector_desk.services.counts import CountsReport, Preview
from collector_desk.ui.asking import ask_save
from collector_desk.ui.cases.import_choose import BusyStep
from collector_desk.ui.settings.counts_steps import ChooseCounts, CountsPreview, CountsResult
from collector_desk.ui.tasks import Job
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import say
from collector_desk.ui.workplace import Workplace

_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")
_T = TypeVar("_T")
_PASSWORD = ("intake.password_needed", "intake.password_wrong")


class CountsView(QWidget):
    """One file at a time."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._source = Path()
        self._seen: Preview | None = None
        self._job: Job | None = None
        self.choose, self.busy = ChooseCounts(), BusyStep()
        self.preview, self.result = CountsPreview(place.seat), CountsResult(place.seat)
        self._steps = QStackedLayout(self)
        for step in (self.choose, self.busy, self.preview, self.result):
            self._steps.addWidget(step)
        self.choose.chosen.connect(self._chosen)
        self.choose.left.connect(self.left)
        self.busy.cancel_wanted.connect(self.cancel)
        self.preview.go_on.connect(self._take_over)
        self.preview.changed.connect(self._ask_anew)
        self.preview.left.connect(self.begin)
        self.preview.export_wanted.connect(self._export)
        self.result.done.connect(self._finished)
        self.result.another.connect(self.begin)
        self.retranslate()

    @property
    def working(self) -> bool:
        """Whether a file is being read or taken over."""
        return self._job is not None

    def step(self) -> QWidget:
        """The step in front."""
        return self._steps.currentWidget()

    def begin(self) -> None:
        """Begin anew, unless something is under way."""
        if not self.working:
            self._seen = None  # the file's content is personal data: it doesn't stay longer than needed
            self._steps.setCurrentWidget(self.choose)
            self.choose.begin()

    def leave(self) -> None:
        """Esc: a step back, never in the middle of something that is being written."""
        if self.working:
            return
        if self.step() is self.preview:
            self.begin()
        else:
            self._finished()

    def cancel(self) -> None:
        """Ask the worker to stop."""
        if self._job is not None:
            self._job.cancel()

    def _finished(self) -> None:
        self._seen = None
        self._steps.setCurrentWidget(self.choose)
        self.left.emit()

    # --- reading -------------------------------------------------------------------------------------

    def _chosen(self, files: list[Path], password: str) -> None:
        if len(files) > 1:
            self.choose.error.say(self.tr("One file at a time: the newest counts."))
            return
        self._source = files[0]
        self._read(files[0], None, password=password, ours_included=False)

    def _ask_anew(self, as_of: datetime | None, ours_included: bool) -> None:
        if self._seen is not None and not self.working:
            self._read(self._seen.file, as_of, ours_included=ours_included)

    def _read(
        self, source: Path | CountsFile, as_of: datetime | None, *, ours_included: bool, password: str = ""
    ) -> None:
        seat = self._place.seat
        self.busy.begin(
            self.tr("Reading {file}").format(file=self._source.name), self.tr("Every row is read and checked.")
        )
        self._steps.setCurrentWidget(self.busy)

        def work(job: Job) -> Preview:
            return counts.preview(
                seat,
                source,
                as_of=as_of,
                ours_included=ours_included,
                password=password or None,
                progress=job.report,
                cancelled=lambda: job.cancelled,
            )

        self._run(work, self._was_read, self._not_read)

    def _run(
        self, work: Callable[[Job], _T], done: Callable[[_T], None], failed: Callable[[Trouble], None]
    ) -> None:
        self._job = self._place.tasks.run(
            work, owner=self, done=done, failed=failed, progress=self.busy.step, ended=self._ended
        )

    def _ended(self) -> None:
        """Last of all: where it was cancelled, nothing else was called."""
        self._job = None
        if self.step() is self.busy:
            self._steps.setCurrentWidget(self.preview if self._seen is not None else self.choose)
            self._place.toast(self.tr("Stopped; nothing is in force."), Tone.INFO)

    def _was_read(self, seen: Preview) -> None:
        self._seen = seen
        self._steps.setCurrentWidget(self.preview)
        self.preview.show_preview(seen)

    def _not_read(self, trouble: Trouble) -> None:
        if isinstance(trouble, Refused) and trouble.field_name == "as_of" and self._seen is not None:
            self._steps.setCurrentWidget(self.preview)
            self.preview.say_wrong(trouble.message)
            return
        self._steps.setCurrentWidget(self.choose)
        self.choose.path.setText(str(self._source))
        self.choose.say_wrong(trouble.message, password=trouble.message.code in _PASSWORD)

    # --- taking over ---------------------------------------------------------------------------------

    def _take_over(self) -> None:
        seen, seat = self._seen, self._place.seat
        if seen is None or self.working:
            return
        self.busy.begin(
            self.tr("Taking {file} over").format(file=seen.file.filename),
            self.tr("None of the figures counts before all are in. You can go on working elsewhere meanwhile."),
        )
        self._steps.setCurrentWidget(self.busy)

        def work(job: Job) -> CountsReport:
            return counts.import_counts(seat, seen, progress=job.report, cancelled=lambda: job.cancelled)

        self._run(work, self._taken, self._not_taken)

    def _taken(self, report: CountsReport) -> None:
        self._seen = None
        self._steps.setCurrentWidget(self.result)
        self.result.show_report(report)
        self._place.changed(report.changes)

    def _not_taken(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.preview)
        self.preview.next_button.setFocus()
        self._place.troubled(trouble)

    def _export(self) -> None:
        """Write the findings, values and all: a line of history, since they are personal data."""
        seen = self._seen
        suggested = self.tr("{file} findings.xlsx").format(file=self._source.stem)
        target = ask_save(self, self.tr("Export findings"), suggested, "xlsx (*.xlsx)")
        if target is None or seen is None:
            return
        headings = [say(Message(f"intake.heading.{name}")) for name in _HEADINGS]
        try:
            placements.note_export(self._place.seat, seen.file.sha256)
            intake_report.write_problems(self.preview.problems, target, say, headings)
        except Trouble as trouble:
            self._place.troubled(trouble)
            return
        self._place.toast(self.tr("Findings written: {file}").format(file=target.name), Tone.OK)

    def retranslate(self) -> None:
        """Set every text anew."""
        for step in (self.choose, self.preview, self.result):
            step.retranslate()
