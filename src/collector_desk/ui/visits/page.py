"""The page of visits: the list on the left, one visit on the right, its PDF over it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import Visit
from collector_desk.services.visits import visiting
from collector_desk.ui.theme.gaps import Gap, Margin, Width
from collector_desk.ui.theme.icons import icon
from collector_desk.ui.visits.detail import VisitDetail
from collector_desk.ui.visits.incident.view import IncidentView
from collector_desk.ui.visits.list.visit_list import VisitColumn
from collector_desk.ui.visits.report.preview import PdfPreview
from collector_desk.ui.visits.rounds.round_view import RoundView
from collector_desk.ui.widgets import EmptyState
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.keys import bind
from collector_desk.ui.window.page import Page
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import language

_WALK_MS = 60


class VisitsPage(Page):
    """The list on the left, the chosen visit beside it; asked for is a visit at its case (``VisitAsk``)."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.detail: VisitDetail | None = None
        self._typed_here: set[str] = set()  # visits whose report was begun in this window: no question needed
        self._stale = False
        self._spoken = language()
        self._has_acted = False  # one's own act always shows, even within the same instant
        self.column = VisitColumn(place.seat)
        self.column.setFixedWidth(Width.LIST)
        self.empty = EmptyState(icon=icon("ri.walk-line"))
        self.over: IncidentView | RoundView | None = None  # what lies over the visit for a while
        self.rounds_button = KeyButton("rounds")
        self.rounds_button.clicked.connect(self.open_rounds)
        self.preview = PdfPreview(place)
        self.preview.left.connect(self._leave_preview)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.preview)
        box = QHBoxLayout(self)
        box.setContentsMargins(Margin.PAGE)
        box.setSpacing(Gap.CARD)
        left = QVBoxLayout()
        left.setSpacing(Gap.ROW)
        left.addWidget(self.column, 1)
        left.addWidget(self.rounds_button)
        box.addLayout(left)
        box.addWidget(self.stack, 1)
        self._moved_on = False
        self._walking = QTimer(self, interval=_WALK_MS, singleShot=True)
        self._walking.timeout.connect(self._settle)
        self.column.chosen.connect(self._chosen)
        self.column.walked.connect(self._walk)
        self.column.entered_visit.connect(self._into_detail)
        bind(self, "save_next", self._main_act)
        bind(self, "refuse", self._second_act)
        bind(self, "unmask", self._unmask)
        bind(self, "evidence", self._add_evidence)
        bind(self, "incident", self.open_incident)
        bind(self, "rounds", self.open_rounds)
        self._leave_key = bind(self, "leave", self._leave_field)
        self._print_key = bind(self, "print", self.show_paper)
        for number in range(1, 10):
            bind(self, f"branch_{number}", partial(self._digit, number))
        self.retranslate()
        self.column.load()

    # --- the page ------------------------------------------------------------------------------------

    def on_shown(self) -> None:
        """The list has the keys; it may be older than what happened elsewhere."""
        if self._stale:
            self._stale = False
            self.column.load()
            if self.detail is not None:
                self.detail.refresh()
        self.column.list.setFocus()

    def on_changes(self, changes: Changes) -> None:
        """Read the list anew where a visit was touched; what somebody is typing stays."""
        if not (changes.visits or changes.people or changes.everything):
            return
        if self.isVisible():
            self.column.load()
            if isinstance(self.over, IncidentView):
                self.over.refresh()
            if self.detail is not None:
                self.detail.refresh()
        else:
            self._stale = True

    def may_leave(self) -> bool:
        """Nothing is lost: the draft is written down."""
        self.save_draft()
        return True

    def save_draft(self) -> None:
        """Keep what is typed, now."""
        if self.detail is not None:
            self.detail.save_draft()
        if isinstance(self.over, IncidentView):
            self.over.save_draft()

    def show_paper(self) -> None:
        """The report of the visit as PDF; over it, the paper of what is open there."""
        self._settle()
        if isinstance(self.over, IncidentView):
            self.over.paper()
        elif isinstance(self.over, RoundView):
            self.over.make_pack()
        elif self.detail is not None and self.detail.visit.report is not None:
            self.stack.setCurrentWidget(self.preview)
            self._print_key.setEnabled(False)  # in the preview the key prints
            self._leave_key.setEnabled(False)
            self.preview.open(self.detail.visit.visit_id)

    def open_incident(self) -> None:
        """The first of the two taps of an incident on this visit."""
        self._settle()
        if self.detail is not None and self.over is None:
            self._open_over(IncidentView(self._place, self.detail.visit.visit_id))

    def _write_incident(self, incident_id: str) -> None:
        """Straight to one that was filed and not yet written down."""
        self.open_incident()
        if isinstance(self.over, IncidentView):
            self.over.open(incident_id)

    def open_rounds(self) -> None:
        """The rounds of a day and the packs that are out."""
        if self.over is None:
            self._open_over(RoundView(self._place))

    def _open_over(self, view: IncidentView | RoundView) -> None:
        self.save_draft()
        self.over = view
        view.left.connect(self._leave_over)
        view.acted.connect(self._place.changed)
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        view.first_field().setFocus()

    def _leave_over(self) -> None:
        self.save_draft()
        view, self.over = self.over, None
        if view is not None:
            self.stack.removeWidget(view)
            view.deleteLater()
        self._has_acted = isinstance(view, IncidentView)  # what the visit says of it is new
        self.stack.setCurrentWidget(self.detail or self.empty)
        self.column.load()
        self.column.list.setFocus()

    # --- acts ----------------------------------------------------------------------------------------

    def _walk(self) -> None:
        """The list follows the keys at once, the visit when one stays."""
        self._moved_on = True
        self._walking.start()

    def _settle(self) -> None:
        """Show the visit on which one has stayed; before any act on it, now."""
        if self._moved_on:
            self._walking.stop()
            self._moved_on = False
            self._chosen(self.column.row())

    def _chosen(self, row: VisitRow | None) -> None:
        if self.over is not None:
            return
        if row is None:
            self._drop_detail()
            self.stack.setCurrentWidget(self.empty)
            return
        same = self.detail is not None and self.detail.visit.visit_id == row.visit_id
        acted, self._has_acted = self._has_acted, False
        if same and self.detail is not None and not acted:
            typing = self.detail.row.state is row.state and self.detail.touched
            if typing or self.detail.row == row:
                return  # nothing new, or somebody is typing: nothing of it may be touched
        if same and self.stack.currentWidget() is self.preview:
            return
        had_focus = same and self.detail is not None and self.detail.isAncestorOf(_focus(self))
        self._show(row)
        if had_focus:
            self._into_detail()

    def _show(self, row: VisitRow) -> None:
        self._drop_detail()
        self.stack.setCurrentWidget(self.empty)
        with self._place.attempt():
            self._put(row, visiting.load(self._place.seat, row.visit_id))

    def _put(self, row: VisitRow, visit: Visit) -> None:
        self.detail = VisitDetail(self._place, visit, row, resume=row.visit_id in self._typed_here)
        self.detail.acted.connect(self._acted)
        self.detail.print_wanted.connect(self.show_paper)
        self.detail.head.incident_button.clicked.connect(self.open_incident)
        self.detail.incident_wanted.connect(self._write_incident)
        self.stack.addWidget(self.detail)
        self.stack.setCurrentWidget(self.detail)

    def _acted(self, changes: Changes) -> None:
        self._has_acted = True
        self._place.changed(changes)
        if self.column.row() is not None:
            self._into_detail()
        else:
            self.column.list.setFocus()

    def _main_act(self) -> None:
        self._settle()
        if isinstance(self.over, IncidentView):
            self.over.main_act()
        elif self.detail is not None and self.stack.currentWidget() is self.detail:
            self.detail.main_act()

    def _second_act(self) -> None:
        self._settle()
        if isinstance(self.over, RoundView):
            self.over.lose()
        elif self.detail is not None and self.stack.currentWidget() is self.detail:
            self.detail.second_act()

    def _digit(self, number: int) -> None:
        self._settle()
        if self.over is not None:
            self.over.digit(number)
        elif self.detail is not None and self.stack.currentWidget() is self.detail:
            self.detail.digit(number)

    def _unmask(self) -> None:
        self._settle()
        if self.detail is not None:
            self.detail.head.unmask()

    def _add_evidence(self) -> None:
        self._settle()
        if self.detail is not None and self.stack.currentWidget() is self.detail:
            self.detail.add_evidence()

    def _into_detail(self) -> None:
        self._settle()
        if self.detail is not None and self.stack.currentWidget() is self.detail:
            field = self.detail.first_field()
            field.setFocus(Qt.FocusReason.TabFocusReason)
            if self.detail.area.isAncestorOf(field):
                self.detail.area.ensureWidgetVisible(field)

    def _leave_field(self) -> None:
        if self.over is not None:
            self._leave_over()
        else:
            self.column.list.setFocus()

    def _leave_preview(self) -> None:
        self._print_key.setEnabled(True)
        self._leave_key.setEnabled(True)
        if self.detail is not None:
            self.stack.setCurrentWidget(self.detail)
        else:
            self.column.load()
        self.column.list.setFocus()

    def _drop_detail(self) -> None:
        self._walking.stop()
        self._moved_on = False
        if self.detail is None:
            return
        self.detail.save_draft()
        if self.detail.touched:
            self._typed_here.add(self.detail.visit.visit_id)
        self.stack.removeWidget(self.detail)
        self.detail.deleteLater()
        self.detail = None

    def retranslate(self) -> None:
        """Set every text anew; the visit on the right is made anew (what is typed is kept as its draft)."""
        self.column.retranslate()
        self.rounds_button.set_text(self.tr("Rounds of the day"))
        self.empty.say(
            self.tr("Choose a visit on the left"),
            self.tr("Requests wait for a lead, planned visits for their pair, reports for both signatures."),
        )
        if self._spoken != language():  # Qt says so more often than the language changes
            self._spoken = language()
            self._say_anew()

    def _say_anew(self) -> None:
        """Make the visit anew in the other language; what is chosen and typed comes along."""
        before, row = self.detail, self.column.row()
        if before is None or row is None:
            return
        plan = before.plan_form.kept() if before.plan_form else None
        consent = before.way.kept() if before.way else None
        front = self.stack.currentWidget()
        there = before.isAncestorOf(_focus(self))
        self._show(row)
        if self.detail is None:
            return
        if self.detail.plan_form and plan:
            self.detail.plan_form.restore(plan)
        if self.detail.way and consent:
            self.detail.way.restore(consent)
        if front is not before:
            self.stack.setCurrentWidget(front)  # the paper or an incident lies over it
        elif there:
            self._into_detail()


def _focus(widget: QWidget) -> QWidget:
    return QApplication.focusWidget() or widget
