"""The way of a bank's file into the store: choose, read, look, terms, import, result. In the page, over no work.

The steps only draw and ask; what is done, and in which order, stands here. Reading and importing run in a worker.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from collector_desk.domain.debts import PlacementTerms
from collector_desk.domain.message import Message, Trouble
from collector_desk.intake.problems import Problem
from collector_desk.services import book, intake, intake_report, placements
from collector_desk.services.intake import ImportReport, Preview
from collector_desk.ui.asking import ask_save
from collector_desk.ui.cases.import_choose import BusyStep, ChooseStep
from collector_desk.ui.cases.import_preview import PreviewStep
from collector_desk.ui.cases.import_result import ResultStep
from collector_desk.ui.cases.import_terms import TermsStep
from collector_desk.ui.tasks import Job
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import say
from collector_desk.ui.workplace import Workplace

_HEADINGS = ("sheet", "line", "column", "value", "reason", "severity")
_PASSWORD = ("intake.password_needed", "intake.password_wrong")


class ImportView(QWidget):
    """One import after the other, as many files as were chosen."""

    left = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._files: list[Path] = []
        self._count = 0
        self._source = Path()
        self._seen: Preview | None = None
        self._report: ImportReport | None = None
        self._job: Job | None = None
        self.choose, self.busy, self.preview = ChooseStep(), BusyStep(), PreviewStep()
        self.terms, self.result = TermsStep(), ResultStep()
        self._steps = QStackedLayout(self)
        for step in (self.choose, self.busy, self.preview, self.terms, self.result):
            self._steps.addWidget(step)
        self.choose.chosen.connect(self._chosen)
        self.choose.left.connect(self.left)
        self.busy.cancel_wanted.connect(self.cancel)
        self.preview.go_on.connect(self._previewed)
        self.preview.left.connect(self._next_file)
        self.preview.export_wanted.connect(lambda: self._export(self.preview.problems))
        self.terms.left.connect(lambda: self._steps.setCurrentWidget(self.preview))
        self.terms.given.connect(self._import)
        self.result.export_wanted.connect(lambda: self._export(self._report.problems if self._report else ()))
        self.result.remove_wanted.connect(self._remove)
        self.result.done.connect(self._next_file)

    @property
    def working(self) -> bool:
        """Whether a file is being read or imported."""
        return self._job is not None

    def step(self) -> QWidget:
        """The step in front."""
        return self._steps.currentWidget()

    def begin(self) -> None:
        """Begin anew, unless something is under way."""
        if not self.working and self.step() in (self.choose, self.result):
            self._files = []
            self._steps.setCurrentWidget(self.choose)
            self.choose.begin()

    def leave(self) -> None:
        """Esc: a step back, never in the middle of something that is being written."""
        if self.working:
            return
        if self.step() is self.terms:
            self._steps.setCurrentWidget(self.preview)
        elif self.step() is self.preview:
            self._files = []
            self._forget()
            self.choose.begin()
            self._steps.setCurrentWidget(self.choose)
        else:
            self._forget()
            self.left.emit()

    def cancel(self) -> None:
        """Ask the worker to stop."""
        if self._job is not None:
            self._job.cancel()

    # --- reading -------------------------------------------------------------------------------------

    def _chosen(self, files: list[Path], password: str) -> None:
        self._files, self._count = list(files), len(files)
        self._read(password)

    def _next_file(self) -> None:
        self._files = self._files[1:]
        self._forget()
        if self._files:
            self._read("")
        else:
            self._steps.setCurrentWidget(self.choose)
            self.left.emit()

    def _forget(self) -> None:
        """The file's content is personal data: it doesn't stay longer than it is needed."""
        self._seen = self._report = None

    def _read(self, password: str) -> None:
        source, seat = self._files[0], self._place.seat
        self._source = source
        self.busy.begin(
            self.tr("Reading {file}").format(file=source.name), self.tr("Every row is read and checked.")
        )
        self._steps.setCurrentWidget(self.busy)

        def work(job: Job) -> Preview:
            return intake.preview(
                seat, source, password=password or None, progress=job.report, cancelled=lambda: job.cancelled
            )

        self._job = self._place.tasks.run(
            work,
            owner=self,
            done=self._was_read,
            failed=self._not_read,
            progress=self.busy.step,
            ended=self._ended,
        )

    def _ended(self) -> None:
        """Last of all: where it was cancelled, nothing else was called."""
        self._job = None
        if self.step() is self.busy:
            back = self.preview if self._seen is not None else self.choose
            self._steps.setCurrentWidget(back)
            if back is self.choose:
                self.choose.path.setFocus()
            self._place.toast(self.tr("Stopped; nothing was taken over."), Tone.INFO)

    def _was_read(self, seen: Preview) -> None:
        self._seen = seen
        place = ""
        if self._count > 1:
            number = self._count - len(self._files) + 1
            place = self.tr("File {number} of {count} · ").format(number=number, count=self._count)
        self._steps.setCurrentWidget(self.preview)
        self.preview.show_preview(seen, place)

    def _not_read(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.choose)
        self.choose.path.setText("; ".join(str(file) for file in self._files))
        self.choose.say_wrong(trouble.message, password=trouble.message.code in _PASSWORD)

    # --- importing -----------------------------------------------------------------------------------

    def _previewed(self) -> None:
        seen = self._seen
        if seen is None:
            return
        if not seen.ask_terms:
            self._import({})
            return
        seat = self._place.seat
        self._steps.setCurrentWidget(self.terms)
        self.terms.ask({number: book.known_terms(seat, guess) for number, guess in seen.ask_terms.items()})

    def _import(self, terms: Mapping[str, PlacementTerms]) -> None:
        seen, seat = self._seen, self._place.seat
        if seen is None:
            return
        self.busy.begin(
            self.tr("Importing {file}").format(file=seen.file.filename),
            self.tr(
                "Nobody sees these cases before all of them are in. You can go on working elsewhere meanwhile."
            ),
        )
        self._steps.setCurrentWidget(self.busy)

        def work(job: Job) -> ImportReport:
            return intake.import_placement(seat, seen, terms, progress=job.report, cancelled=lambda: job.cancelled)

        self._job = self._place.tasks.run(
            work,
            owner=self,
            done=self._imported,
            failed=self._not_imported,
            progress=self.busy.step,
            ended=self._ended,
        )

    def _imported(self, report: ImportReport) -> None:
        self._report, self._seen = report, None
        self._steps.setCurrentWidget(self.result)
        self.result.show_report(report, self._source, len(self._files) - 1)
        self._place.changed(report.changes)

    def _not_imported(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.preview)
        self.preview.next_button.setFocus()
        self._place.troubled(trouble)

    # --- what is left over ---------------------------------------------------------------------------

    def _export(self, problems: tuple[Problem, ...]) -> None:
        """Write the findings, values and all: a line of history, since they are personal data."""
        sha256 = self._report.sha256 if self._report else self._seen.file.sha256 if self._seen else ""
        suggested = self.tr("{file} findings.xlsx").format(file=self._source.stem)
        target = ask_save(self, self.tr("Export findings"), suggested, "xlsx (*.xlsx)")
        if target is None:
            return
        headings = [say(Message(f"intake.heading.{name}")) for name in _HEADINGS]
        try:
            placements.note_export(self._place.seat, sha256)
            intake_report.write_problems(problems, target, say, headings)
        except Trouble as trouble:
            self._place.troubled(trouble)
            return
        self.result.say_exported(target.name)
        self._place.toast(self.tr("Findings written: {file}").format(file=target.name), Tone.OK)

    def _remove(self) -> None:
        report = self._report
        if report is None:
            return
        try:
            placements.remove_original(self._place.seat, self._source, report.sha256)
        except Trouble as trouble:
            self._place.troubled(trouble)
            return
        self.result.say_removed()

    def retranslate(self) -> None:
        """Set every text anew."""
        for step in (self.choose, self.preview, self.terms, self.result):
            step.retranslate()
