"""The way of the bank's counts into force: choose, read, look, take over, result; long work in a worker."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from collector_desk.domain.message import Refused, Trouble
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.counts import CountsFile
from collector_desk.services.intake import counts
from collector_desk.services.intake.counts import CountsDryRun, CountsReport
from collector_desk.ui.settings.counts_steps import ChooseCounts, CountsPreview, CountsResult
from collector_desk.ui.theme import Tone
from collector_desk.ui.widgets.filing import FileWay
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace


class CountsView(FileWay):
    """One file at a time."""

    preview: CountsPreview

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self._seen: CountsDryRun | None = None
        self._password, self._hidden = "", NO_CHOICE
        self.choose, self.preview = ChooseCounts(), CountsPreview(place.seat)
        self.result = CountsResult(place.seat)
        for step in (self.choose, self.busy, self.preview, self.result):
            self._steps.addWidget(step)
        self.choose.chosen.connect(self._chosen)
        self.choose.left.connect(self.left)
        self.preview.go_on.connect(self._take_over)
        self.preview.changed.connect(self._ask_anew)
        self.preview.hidden_wanted.connect(self._read_hidden)
        self.preview.left.connect(self.begin)
        self.preview.export_wanted.connect(self._export)
        self.result.done.connect(self._finished)
        self.result.another.connect(self.begin)
        self.retranslate()

    def begin(self) -> None:
        """Begin anew, unless something is under way."""
        if not self.working:
            self._forget()
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

    def _forget(self) -> None:
        """The file's content is personal data: it doesn't stay longer than needed."""
        self._seen, self._password, self._hidden = None, "", NO_CHOICE
        self.preview.forget()

    def _finished(self) -> None:
        self._forget()
        self._steps.setCurrentWidget(self.choose)
        self.left.emit()

    # --- reading -------------------------------------------------------------------------------------

    def _chosen(self, files: list[Path], password: str) -> None:
        if len(files) > 1:
            self.choose.error.say(self.tr("One file at a time: the newest counts."))
            return
        self._source, self._password, self._hidden = files[0], password, NO_CHOICE
        self._read(files[0], None, ours_included=False)

    def _read_hidden(self, hidden: HiddenChoice) -> None:
        """The same file with another choice of its hidden columns; where it can't be read so, the one before."""
        seen, before = self._seen, self._hidden
        if seen is None or self.working:
            return
        self._hidden = hidden

        def not_so(trouble: Trouble) -> None:
            self._hidden = before
            self._not_taken(trouble)

        self._read(self._source, seen.as_of, ours_included=seen.ours_included, failed=not_so)

    def _ask_anew(self, as_of: datetime | None, ours_included: bool) -> None:
        if self._seen is not None and not self.working:
            self._read(self._seen.file, as_of, ours_included=ours_included)

    def _read(
        self,
        source: Path | CountsFile,
        as_of: datetime | None,
        *,
        ours_included: bool,
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        seat, password, hidden = self._place.seat, self._password, self._hidden
        self._wait_for_reading()

        def work(job: Job) -> CountsDryRun:
            return counts.preview(
                seat,
                source,
                as_of=as_of,
                ours_included=ours_included,
                password=password or None,
                hidden=hidden,
                progress=job.report,
                cancelled=lambda: job.cancelled,
            )

        self._run(work, self._was_read, failed or self._not_read)

    def _stopped(self) -> None:
        self._steps.setCurrentWidget(self.preview if self._seen is not None else self.choose)
        self._place.toast(self.tr("Stopped; nothing is in force."), Tone.INFO)

    def _was_read(self, seen: CountsDryRun) -> None:
        self._seen = seen
        self._steps.setCurrentWidget(self.preview)
        self.preview.show_preview(seen)

    def _not_read(self, trouble: Trouble) -> None:
        if isinstance(trouble, Refused) and trouble.field_name == "as_of" and self._seen is not None:
            self._steps.setCurrentWidget(self.preview)
            self.preview.say_wrong(trouble.message)
            return
        self._choose_again(str(self._source), trouble)

    # --- taking over ---------------------------------------------------------------------------------

    def _take_over(self) -> None:
        seen, seat = self._seen, self._place.seat
        if seen is None or self.working:
            return
        self._wait(
            self.tr("Taking {file} over").format(file=seen.file.filename),
            self.tr("None of the figures counts before all are in. You can go on working elsewhere meanwhile."),
        )

        def work(job: Job) -> CountsReport:
            return counts.import_counts(seat, seen, progress=job.report, cancelled=lambda: job.cancelled)

        self._run(work, self._taken, self._not_taken)

    def _taken(self, report: CountsReport) -> None:
        self._seen = None
        self._steps.setCurrentWidget(self.result)
        self.result.show_report(report)
        self._place.changed(report.changes)

    def _export(self) -> None:
        if self._seen is not None:
            self._write_findings(self.preview.problems, self._seen.file.sha256)

    def retranslate(self) -> None:
        """Set every text anew."""
        for step in (self.choose, self.preview, self.result):
            step.retranslate()
