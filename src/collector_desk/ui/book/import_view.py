"""The way of a bank's file into the store: choose, read, look, terms, import, result. In the page, over no work.

The steps only draw and ask; what is done, and in which order, stands here. Reading and importing run in a worker.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.message import Trouble
from collector_desk.domain.money.coverage import DaySpan
from collector_desk.intake.columns import NO_CHOICE, HiddenChoice
from collector_desk.intake.problems import Problem
from collector_desk.parsing.files import get_ready
from collector_desk.services.book import overview, placements
from collector_desk.services.calls import script_facts
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Agency
from collector_desk.services.intake import case_words, recognise
from collector_desk.services.intake import payments as paid
from collector_desk.services.intake import placements as intake
from collector_desk.services.intake.case_words import CaseWordsDryRun, CaseWordsReport
from collector_desk.services.intake.payments import PaymentDryRun, PaymentReport
from collector_desk.services.intake.placement_plan import FiguresTold
from collector_desk.services.intake.placements import ImportReport, PlacementDryRun
from collector_desk.services.intake.recognise import StatementSeen
from collector_desk.ui.book.import_preview import PreviewStep
from collector_desk.ui.book.import_result import ResultStep
from collector_desk.ui.book.import_terms import TermsStep
from collector_desk.ui.book.payments_step import PaymentsPreview, PaymentsResult
from collector_desk.ui.book.words_step import WordsPreview, WordsResult
from collector_desk.ui.theme import Tone
from collector_desk.ui.widgets.choose_file import ChooseStep
from collector_desk.ui.widgets.filing import FileWay
from collector_desk.ui.window.tasks import Job
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language


class ImportView(FileWay):
    """One import after the other, as many files as were chosen."""

    preview: PreviewStep
    statement_found = Signal(object)  # a StatementSeen whose placement is known: it comes in at the month

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self._files: list[Path] = []
        self._count = 0
        self._seen: PlacementDryRun | None = None
        self._report: ImportReport | None = None
        self._payments: PaymentDryRun | None = None
        self._taken: PaymentReport | None = None
        self._words: CaseWordsDryRun | None = None
        self._words_in: CaseWordsReport | None = None
        self._password, self._hidden = "", NO_CHOICE
        self.choose, self.preview = ChooseStep(), PreviewStep()
        self.terms, self.result = TermsStep(), ResultStep()
        self.payments, self.paid_result = PaymentsPreview(), PaymentsResult()
        self.words, self.words_result = WordsPreview(), WordsResult()
        for step in (
            *(self.choose, self.busy, self.preview, self.terms, self.result),
            *(self.payments, self.paid_result, self.words, self.words_result),
        ):
            self._steps.addWidget(step)
        self.payments.go_on.connect(self._take_payments)
        self.payments.changed.connect(self._look_again)
        self.payments.days_told.connect(self._say_decided)
        self.payments.left.connect(self._next_file)
        self.payments.export_wanted.connect(lambda: self._export(self.payments.problems))
        self.paid_result.export_wanted.connect(lambda: self._export(self._taken.problems if self._taken else ()))
        self.paid_result.done.connect(self._next_file)
        self.words.go_on.connect(self._take_words)
        self.words.left.connect(self._next_file)
        self.words.export_wanted.connect(lambda: self._export(self.words.problems))
        self.words_result.export_wanted.connect(
            lambda: self._export(self._words_in.problems if self._words_in else ())
        )
        self.words_result.undo_wanted.connect(self._undo_words)
        self.words_result.done.connect(self._next_file)
        self.choose.chosen.connect(self._chosen)
        self.choose.left.connect(self.left)
        self.preview.go_on.connect(self._previewed)
        self.preview.left.connect(self._next_file)
        self.preview.hidden_wanted.connect(lambda wanted: self._read_hidden(wanted, self._not_taken))
        self.payments.hidden_wanted.connect(lambda wanted: self._read_hidden(wanted, self._payments_not_taken))
        self.words.hidden_wanted.connect(lambda wanted: self._read_hidden(wanted, self._words_not_taken))
        self.preview.told.connect(self._plan_again)
        self.preview.export_wanted.connect(lambda: self._export(self.preview.problems))
        self.terms.left.connect(lambda: self._steps.setCurrentWidget(self.preview))
        self.terms.given.connect(self._import)
        self.result.export_wanted.connect(lambda: self._export(self._report.problems if self._report else ()))
        self.result.remove_wanted.connect(self._remove)
        self.result.done.connect(self._next_file)

    def begin(self) -> None:
        """Begin anew, unless something is under way."""
        if not self.working and self.step() in (*(self.choose, self.result, self.paid_result, self.words_result),):
            self._files = []
            self._steps.setCurrentWidget(self.choose)
            self.choose.begin()
            get_ready()

    def leave(self) -> None:
        """Esc: a step back, never in the middle of something that is being written."""
        if self.working:
            return
        if self.step() is self.terms:
            self._steps.setCurrentWidget(self.preview)
        elif self.step() in (self.preview, self.payments, self.words):
            self._files = []
            self._forget()
            self.choose.begin()
            self._steps.setCurrentWidget(self.choose)
        else:
            self._forget()
            self.left.emit()

    # --- reading -------------------------------------------------------------------------------------

    def _chosen(self, files: list[Path], password: str) -> None:
        self._forget()
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
        self._seen = self._report = self._payments = self._taken = None
        self._words = self._words_in = None
        self._password, self._hidden = "", NO_CHOICE

    def _read_hidden(self, hidden: HiddenChoice, not_taken: Callable[[Trouble], None]) -> None:
        """The same file with another choice of its hidden columns; where it can't be read so, the one before."""
        if self.working:
            return
        before, self._hidden = self._hidden, hidden

        def not_so(trouble: Trouble) -> None:
            self._hidden = before
            not_taken(trouble)

        self._read(self._password, not_so)

    def _read(self, password: str, failed: Callable[[Trouble], None] | None = None) -> None:
        self._password, hidden = password, self._hidden
        source, seat = self._files[0], self._place.seat
        figures = self._seen.told if self._seen else None  # said of it before it was read again
        told = self.payments.told() if self._payments else None
        self._source = source
        self._wait_for_reading()

        def work(job: Job) -> PlacementDryRun | PaymentDryRun | CaseWordsDryRun | StatementSeen:
            return recognise.preview(
                seat,
                source,
                figures=figures,
                paid=replace(told, covers=None) if told else None,
                password=password or None,
                hidden=hidden,
                progress=job.report,
                cancelled=lambda: job.cancelled,
            )

        self._run(work, self._was_read, failed or self._not_read)

    def _stopped(self) -> None:
        steps: list[tuple[object, QWidget]] = [
            (self._payments, self.payments),
            (self._words, self.words),
            (self._seen, self.preview),
        ]
        back = next((step for seen, step in steps if seen is not None), self.choose)
        self._steps.setCurrentWidget(back)
        if back is self.choose:
            self.choose.path.setFocus()
        self._place.toast(self.tr("Stopped; nothing was taken over."), Tone.INFO)

    def _was_read(self, seen: PlacementDryRun | PaymentDryRun | CaseWordsDryRun | StatementSeen) -> None:
        if isinstance(seen, StatementSeen):
            self._not_read(seen.trouble)
            if seen.placement_id is not None:
                self.statement_found.emit(seen)
            return
        if isinstance(seen, CaseWordsDryRun):
            self._words = seen
            self._steps.setCurrentWidget(self.words)
            self.words.show_preview(seen, self._which())
            return
        if isinstance(seen, PaymentDryRun):
            self._payments_read(seen)
            return
        self._seen = seen
        self._steps.setCurrentWidget(self.preview)
        self.preview.show_preview(seen, self._which())

    def _plan_again(self, told: FiguresTold) -> None:
        """The same file, of which somebody said more."""
        seen, seat = self._seen, self._place.seat
        if seen is None or self.working:
            return
        self._wait_for_reading()

        def work(_: Job) -> PlacementDryRun:
            return intake.preview(seat, seen.file, told)

        self._run(work, self._was_read, self._not_taken)

    def _not_taken(self, trouble: Trouble) -> None:
        """What somebody said of the file is at fault, or else the file itself."""
        self._steps.setCurrentWidget(self.preview)
        if not self.preview.say_wrong(trouble):
            super()._not_taken(trouble)

    def _which(self) -> str:
        """Which of several files it is."""
        if self._count < 2:
            return ""
        number = self._count - len(self._files) + 1
        return self.tr("File {number} of {count} · ").format(number=number, count=self._count)

    def _not_read(self, trouble: Trouble) -> None:
        self._choose_again("; ".join(str(file) for file in self._files), trouble)

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
        known = {number: overview.known_terms(seat, guess) for number, guess in seen.ask_terms.items()}
        self.terms.ask(known, settings.get(seat, Agency), script_facts.told_by(seen.file))

    def _import(self, terms: Mapping[str, PlacementTerms]) -> None:
        seen, seat = self._seen, self._place.seat
        if seen is None:
            return
        self._wait(
            self.tr("Importing {file}").format(file=seen.file.filename),
            self.tr(
                "Nobody sees these cases before all of them are in. You can go on working elsewhere meanwhile."
            ),
        )

        def work(job: Job) -> ImportReport:
            return intake.import_placement(seat, seen, terms, progress=job.report, cancelled=lambda: job.cancelled)

        self._run(work, self._imported, self._not_taken)

    def _imported(self, report: ImportReport) -> None:
        self._report, self._seen = report, None
        self._steps.setCurrentWidget(self.result)
        self.result.show_report(report, self._source, len(self._files) - 1)
        self._place.changed(report.changes)

    # --- payments ------------------------------------------------------------------------------------

    def _payments_read(self, seen: PaymentDryRun) -> None:
        self._payments = seen
        self._steps.setCurrentWidget(self.payments)
        self.payments.show_preview(seen, self._which())

    def _say_decided(self, covers: DaySpan) -> None:
        if self._payments is not None:
            self.payments.say_decided(paid.decides(self._place.seat, self._payments, covers))

    def _look_again(self) -> None:
        """What was said of the file may make its rows stand otherwise; its days are looked at when it comes in."""
        told, seen, seat = self.payments.told(), self._payments, self._place.seat
        if seen is None or told is None or self.working:
            return
        self._wait_for_reading()

        def work(_: Job) -> PaymentDryRun:
            return paid.preview(seat, seen.file, replace(told, covers=None))

        self._run(work, self._payments_read, self._payments_not_taken)

    def _take_payments(self) -> None:
        seen, told, seat = self._payments, self.payments.told(), self._place.seat
        if seen is None or told is None:
            return
        self._wait(
            self.tr("Importing {file}").format(file=seen.file.filename),
            self.tr("No payment counts before all of them are in. You can go on working elsewhere meanwhile."),
        )

        def work(job: Job) -> PaymentReport:
            return paid.import_payments(
                seat, replace(seen, told=told), progress=job.report, cancelled=lambda: job.cancelled
            )

        self._run(work, self._payments_in, self._payments_not_taken)

    def _payments_in(self, report: PaymentReport) -> None:
        self._taken, self._payments = report, None
        self._steps.setCurrentWidget(self.paid_result)
        self.paid_result.show_report(report, len(self._files) - 1)
        self._place.changed(report.changes)

    def _payments_not_taken(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.payments)
        if not self.payments.say_wrong(trouble):
            self.payments.next_button.setFocus()
            self._place.troubled(trouble)

    # --- what the bank says of cases -----------------------------------------------------------------

    def _take_words(self) -> None:
        seen, seat, lang = self._words, self._place.seat, language()
        if seen is None:
            return
        self._wait(
            self.tr("Importing {file}").format(file=seen.file.filename),
            self.tr("The whole list holds at once. You can go on working elsewhere meanwhile."),
        )

        def work(job: Job) -> CaseWordsReport:
            return case_words.import_words(
                seat, seen, language=lang, progress=job.report, cancelled=lambda: job.cancelled
            )

        self._run(work, self._words_are_in, self._words_not_taken)

    def _words_are_in(self, report: CaseWordsReport) -> None:
        self._words_in, self._words = report, None
        self._steps.setCurrentWidget(self.words_result)
        self.words_result.show_report(report, len(self._files) - 1)
        self._place.changed(report.changes)

    def _words_not_taken(self, trouble: Trouble) -> None:
        self._steps.setCurrentWidget(self.words)
        self.words.next_button.setFocus()
        self._place.troubled(trouble)

    def _undo_words(self) -> None:
        report = self._words_in
        if report is None or report.batch is None:
            return
        with self._place.attempt():
            reason = self.tr("Taken in by mistake: {file}").format(file=report.filename)
            self._place.changed(case_words.undo(self._place.seat, report.batch, reason=reason))
            self.words_result.say_undone()

    # --- what is left over ---------------------------------------------------------------------------

    def _export(self, problems: tuple[Problem, ...]) -> None:
        done = (self._report, self._taken, self._words_in)
        read = (self._seen, self._payments, self._words)
        sums = [one.sha256 for one in done if one is not None] + [
            one.file.sha256 for one in read if one is not None
        ]
        sha256 = next(iter(sums), "")
        written = self._write_findings(problems, sha256)
        if written is not None and self.step() is self.result:
            self.result.say_exported(written.name)

    def _remove(self) -> None:
        report = self._report
        if report is None:
            return
        with self._place.attempt():
            placements.remove_original(self._place.seat, self._source, report.sha256)
            self.result.say_removed()

    def retranslate(self) -> None:
        """Set every text anew."""
        shown = (self.payments, self.paid_result, self.words, self.words_result)
        for step in (self.choose, self.preview, self.terms, self.result, *shown):
            step.retranslate()
