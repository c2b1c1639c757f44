"""The cases page: batches and every case, one case to read, and the import of a bank's file."""

from functools import partial

from PySide6.QtWidgets import QStackedLayout

from collector_desk.domain.book.debts import PlacementTerms
from collector_desk.domain.book.lists import BatchLine, PlacementInfo
from collector_desk.domain.changes import Changes
from collector_desk.domain.states import BatchKind
from collector_desk.services.book import placements, received
from collector_desk.services.desk import settings
from collector_desk.services.desk.settings import Agency
from collector_desk.services.intake.recognise import StatementSeen
from collector_desk.ui.book.aside_view import AsideView
from collector_desk.ui.book.detail import CaseDetail
from collector_desk.ui.book.import_terms import TermsStep
from collector_desk.ui.book.import_view import ImportView
from collector_desk.ui.book.month_view import MonthView
from collector_desk.ui.book.overview import Overview
from collector_desk.ui.book.send_back import SendBackView
from collector_desk.ui.book.undo_list import UndoListDialog
from collector_desk.ui.book.undo_placement import UndoPlacementDialog
from collector_desk.ui.book.withdrawal import WithdrawalDialog
from collector_desk.ui.theme import Tone
from collector_desk.ui.window.asking import ask_save, may_replace
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace


class CasesPage(Page):
    """Three faces, one at a time; what one was doing on the others waits there."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._stale = True
        self.overview = Overview(place)
        self.detail = CaseDetail(place)
        self.importing = ImportView(place)
        self.aside = AsideView(place)
        self.sending = SendBackView(place)
        self.months = MonthView(place)
        self._faces = QStackedLayout(self)
        self.terms = TermsStep()
        self._placement: PlacementInfo | None = None
        for face in (self.overview, self.detail, self.importing, self.terms, self.aside, self.sending, self.months):
            self._faces.addWidget(face)
        self.overview.case_wanted.connect(self.open_case)
        self.overview.import_wanted.connect(self.begin_import)
        self.detail.left.connect(self.show_overview)
        self.importing.left.connect(self.show_overview)
        self.overview.terms_wanted.connect(self.ask_terms)
        self.overview.aside_wanted.connect(self.show_aside)
        self.aside.left.connect(self.show_overview)
        self.overview.to_bank_wanted.connect(self.send_back)
        self.sending.left.connect(self.show_overview)
        self.overview.month_wanted.connect(self.reconcile)
        self.importing.statement_found.connect(self._lead_to_month)
        self.months.left.connect(self.show_overview)
        self.overview.original_wanted.connect(self.save_original)
        self.overview.withdrawal_wanted.connect(self.take_out)
        self.terms.left.connect(self.show_overview)
        self.terms.given.connect(self._keep_terms)
        bind(self, "find", self._find)
        bind(self.overview, "sort_cases", self.overview.next_order)
        bind(self, "leave", self._leave)
        bind(self.detail, "unmask", self.detail.unmask)
        bind(self.aside, "unmask", self.aside.unmask)
        bind(self.aside, "save", self.aside.take_in)
        if self.detail.counts.allowed:
            bind(self.detail, "counts", self.detail.counts.open_form)
        if self.detail.closing.allowed:
            bind(self.detail, "close_case", self.detail.open_closing)
        if self.overview.leads:
            bind(self, "import", self.begin_import)
            bind(self.overview, "refuse", self.overview.want_withdrawal)
        if self.overview.exports:
            bind(self.overview, "to_bank", self.overview.want_to_bank)
            bind(self.sending, "save", self.sending.write)
            bind(self.overview, "reconcile", self.overview.want_month)
            bind(self.months, "save", self.months.write)
            bind(self.months, "their_statement", self.months.take_theirs)
            bind(self.months, "freeze_month", self.months.freeze)
            for number in range(1, 8):
                bind(self.months, f"branch_{number}", partial(self.months.choose, number - 1))
        self.retranslate()

    # --- which face ----------------------------------------------------------------------------------

    def face(self) -> object:
        """What is in front."""
        return self._faces.currentWidget()

    def show_overview(self) -> None:
        """Back to the lists."""
        self.detail.forget()
        self.aside.forget()
        self.sending.forget()
        self.months.forget()
        self._faces.setCurrentWidget(self.overview)
        self._refresh()
        self.overview.focus()

    def open_case(self, debtor_id: str, number: str) -> None:
        """Show one case to read."""
        if self.detail.open(debtor_id, number):
            self._faces.setCurrentWidget(self.detail)
            self.detail.setFocus()

    def begin_import(self) -> None:
        """Show the import; one that is under way goes on where it is."""
        self._faces.setCurrentWidget(self.importing)
        self.importing.begin()

    def go_to(self, place: str) -> None:
        """ "import": where a bank's file comes in."""
        if place == "import":
            self.begin_import()

    def ask_terms(self, number: str) -> None:
        """Show the terms of a placement on file, to be corrected."""
        known = {info.number: info for info in placements.placements(self._place.seat)}
        self._placement = known.get(number)
        if self._placement is not None:
            self._faces.setCurrentWidget(self.terms)
            self.terms.ask({number: self._placement.terms}, settings.get(self._place.seat, Agency))

    def show_aside(self, batch: BatchLine) -> None:
        """Show the rows of a batch that stayed out."""
        self._faces.setCurrentWidget(self.aside)
        self.aside.show_batch(batch)

    def send_back(self, batch: BatchLine) -> None:
        """Show what goes to the bank of this batch's placement."""
        self._faces.setCurrentWidget(self.sending)
        self.sending.show_placement(batch)

    def reconcile(self, batch: BatchLine) -> None:
        """Show the last month of this batch's placement."""
        self._faces.setCurrentWidget(self.months)
        self.months.show_placement(batch)

    def _lead_to_month(self, seen: StatementSeen) -> None:
        """A bank's statement was chosen as a file to import: show its placement's month, where it comes in."""
        batch = next((one for one in self.overview.batches if one.placement_id == seen.placement_id), None)
        if batch is not None:
            self.reconcile(batch)
            self.months.offer(seen.source)

    def save_original(self, batch: BatchLine) -> None:
        """Ask where to, and write the file of this batch as the bank sent it, in a worker."""
        target = ask_save(self, self.tr("Save the original file"), batch.filename)
        if target is None:
            return
        seat, replace = self._place.seat, may_replace(target)
        self._place.tasks.run(
            lambda job: received.save_received(seat, batch.sha256, target, replace=replace, progress=job.report),
            owner=self,
            done=lambda _: self._place.toast(self.tr("Saved, byte for byte as it was received."), Tone.OK),
            failed=self._place.troubled,
        )

    def take_out(self, batch: BatchLine) -> None:
        """Ask about a file that is to be taken out again."""
        if batch.kind is BatchKind.WORDS:
            self.undoing = UndoListDialog(self._place, batch, self)
            self.undoing.finished.connect(lambda _: self.overview.focus())
            self.undoing.open()
            return
        if batch.kind is BatchKind.PLACEMENT:
            self.undo_placement = UndoPlacementDialog(self._place, batch, self)
            self.undo_placement.finished.connect(lambda _: self.overview.focus())
            self.undo_placement.open()
            return
        with self._place.attempt():
            self.withdrawal = WithdrawalDialog(self._place, batch, self)
            self.withdrawal.finished.connect(lambda _: self.overview.focus())
            self.withdrawal.open()

    def _keep_terms(self, given: dict[str, PlacementTerms]) -> None:
        placement = self._placement
        if placement is None:
            return
        with self._place.attempt():
            changes = placements.set_terms(self._place.seat, placement.id, given[placement.number])
            self._place.toast(self.tr("The terms are saved."), Tone.OK)
            self._place.changed(changes)
            self.show_overview()

    def _find(self) -> None:
        if self.face() in (self.overview, self.detail):
            self.show_overview()
            self.overview.begin_find()

    def _leave(self) -> None:
        if self.face() is self.detail and self.detail.counts.editing:
            self.detail.counts.close_form()
            self.detail.setFocus()
        elif self.face() is self.detail and self.detail.closing.editing:
            self.detail.closing.close_form()
        elif self.face() is self.aside and self.aside.editing:
            self.aside.close_form()
        elif self.face() in (self.detail, self.terms, self.aside):
            self.show_overview()
        elif self.face() is self.importing:
            self.importing.leave()
        elif self.face() is self.sending:
            self.sending.leave()
        elif self.face() is self.months:
            self.months.leave()
        else:
            self.overview.leave()

    # --- as a page -----------------------------------------------------------------------------------

    def on_shown(self) -> None:
        """Read what changed while another page was in front."""
        self._refresh()
        if self.face() is self.overview:
            self.overview.focus()
        elif self.face() is self.detail:
            self.detail.setFocus()

    def on_changes(self, changes: Changes) -> None:
        """Cases changed: the list is read anew when it is looked at, the open case at once where it is the one."""
        touched = changes.everything or bool(changes.debtors or changes.people)
        if not touched:
            return
        self._stale = True
        if not self.isVisible():
            return
        if self.face() is self.overview:
            self._refresh()
        elif self.face() is self.detail and (changes.everything or self.detail.debtor_id in changes.debtors):
            self.detail.reload()

    def _refresh(self) -> None:
        if self._stale:
            self._stale = False
            self.overview.load()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.overview.retranslate()
        self.detail.retranslate()
        self.importing.retranslate()
        self.terms.retranslate()
        self.aside.retranslate()
        self.sending.retranslate()
        self.months.retranslate()
