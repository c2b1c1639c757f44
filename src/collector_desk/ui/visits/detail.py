"""One visit on the right: what is to be done with it by whom it is open for, and beside it what is on file."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from collector_desk.domain.message import msg
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.masking import masked_name
from collector_desk.domain.visits.due import VisitTurn
from collector_desk.domain.visits.lists import VisitRow
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.services.book import cases
from collector_desk.services.desk.seat import Seat
from collector_desk.services.visits import drafts, gate, incidents, visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.visits.evidence.evidence_card import EvidenceCard
from collector_desk.ui.visits.facts import FindingLines, HistoryCard, PlanCard, ReportView, RequestCard
from collector_desk.ui.visits.labels import tone_of, turn_line
from collector_desk.ui.visits.late_panel import LatePanel
from collector_desk.ui.visits.plan_form import PlanForm
from collector_desk.ui.visits.report.report_form import ReportForm
from collector_desk.ui.visits.report.sign_card import SignCard
from collector_desk.ui.visits.way_card import WayCard
from collector_desk.ui.widgets import Card, LinkButton, MaskedText, Pill, SoftPanel, Text
from collector_desk.ui.widgets.facts import column
from collector_desk.ui.widgets.parts import KeyButton
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say, word

_WRITING = frozenset(
    {
        VisitState.PLANNED,
        VisitState.SET_OUT,
        VisitState.ON_SITE,
        VisitState.DONE,
        VisitState.NOT_FOUND,
        VisitState.BROKEN_OFF,
        VisitState.NOT_CARRIED_OUT,
        VisitState.SENT_BACK,
    }
)
_ON_THE_WAY = frozenset({VisitState.PLANNED, VisitState.SET_OUT, VisitState.ON_SITE})


class VisitHead(Card):
    """Number, who is visited (behind a mask), where it stands and whose turn it is."""

    print_wanted = Signal()

    def __init__(self, seat: Seat, visit: Visit, row: VisitRow, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margin=12)
        self._seat, self._visit, self._row = seat, visit, row
        self.name = MaskedText(size=Size.HEAD)
        self.name.set_value(masked_name(row.debtor_name))
        self.unmask_button = LinkButton()
        self.unmask_button.setText(self.tr("Show the name (Ctrl+U)"))
        self.unmask_button.clicked.connect(self.unmask)
        self.turn = Text(turn_line(seat, row.turn), tint=self._tint())
        self.paper_button = KeyButton("print")
        self.paper_button.set_text(self.tr("The report as PDF"))
        self.paper_button.clicked.connect(self.print_wanted)
        self.incident_button = KeyButton("incident")
        self.incident_button.set_text(self.tr("Incident…"))
        line = QHBoxLayout()
        line.setSpacing(Gap.CARD)
        line.addWidget(self.name)
        line.addWidget(self.unmask_button)
        line.addWidget(Text(row.number, tint=Tint.DIM))
        line.addStretch(1)
        line.addWidget(Pill(word(row.state), tone_of(row.state)))
        low = QHBoxLayout()
        low.addWidget(self.turn)
        low.addStretch(1)
        low.addWidget(self.incident_button)
        low.addWidget(self.paper_button)
        self.body.addLayout(line)
        self.body.addLayout(low)
        # only once it has its place: a widget shown without a parent is a window of its own for a moment
        self.paper_button.setVisible(visit.report is not None)

    def unmask(self) -> None:
        """Show the whole name; the history says who looked."""
        if self.name.is_open:
            return
        cases.unmask(self._seat, self._visit.debtor_id, "name")
        self.name.reveal(self._row.debtor_name)
        self.unmask_button.hide()

    def _tint(self) -> Tint:
        if self._row.turn.overdue(self._seat.now()):
            return Tone.DANGER.strong
        return Tint.DIM if self._row.turn.waits is VisitTurn.NOBODY else Tint.TEXT


class VisitDetail(QWidget):
    """Made anew for every visit and state; ``acted`` carries what an act changed."""

    acted = Signal(object)
    print_wanted = Signal()
    incident_wanted = Signal(str)

    def __init__(
        self, place: Workplace, visit: Visit, row: VisitRow, *, resume: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._place, self.visit, self.row = place, visit, row
        self.plan_form: PlanForm | None = None
        self.way: WayCard | None = None
        self._form: ReportForm | None = None
        self._form_later: tuple[QVBoxLayout, int, bool] | None = None
        self.signing: SignCard | None = None
        self.late: LatePanel | None = None
        self.head = VisitHead(place.seat, visit, row)
        self.head.print_wanted.connect(self.print_wanted)
        self.area, self._side = QScrollArea(), QScrollArea()
        main, side = column(self.area), column(self._side)
        self._fill(main, resume)
        self._fill_side(side)
        main.addStretch(1)
        side.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Gap.ROW)
        columns.addWidget(self.area, 17)
        columns.addWidget(self._side, 9)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        box.addWidget(self.head)
        box.addLayout(columns, 1)

    # --- keys ----------------------------------------------------------------------------------------

    def first_field(self) -> QWidget:
        """Where the keys go."""
        if self.way is not None and not (self.form and (self.form.touched or self.form.offering)):
            return self.way.first_field()
        for part in (self.form, self.plan_form):
            if part is not None:
                return part.first_field()
        if self.late is not None:
            return self.late.put_in
        sign = self.signing.first_field() if self.signing else None
        return sign or self.head.paper_button.button

    def main_act(self) -> None:
        """Ctrl+Enter."""
        if self.form is not None:
            self.form.main_act()
        elif self.late is not None:
            self.late.put_in.click()
        elif self.plan_form is not None:
            self.plan_form.main_act()

    def second_act(self) -> None:
        """The key for refusing, calling off, breaking off."""
        if self.form is not None and self.form.offering:
            self.form.begin_anew()
        elif self.plan_form is not None:
            self.plan_form.second_act()
        elif self.way is not None and not self.way.break_off.isHidden():
            self.way.break_off.open()

    def add_evidence(self) -> None:
        """The key for evidence."""
        if self.form is not None:
            self.form.evidence.choose_files()

    def digit(self, number: int) -> None:
        """A digit presses a tap."""
        if self.way is not None:
            self.way.press(number)

    def save_draft(self) -> None:
        """Keep what is typed."""
        if self._form is not None:
            self._form.save_draft()

    def refresh(self) -> None:
        """Show what another window typed at the same report."""
        if self._form is not None:
            self._form.refresh()

    @property
    def touched(self) -> bool:
        """Whether somebody is typing a report here."""
        return self._form is not None and self._form.touched

    @property
    def form(self) -> ReportForm | None:
        """The report's form; made now where it still waits for the first paint."""
        self._make_form()
        return self._form

    # --- parts ---------------------------------------------------------------------------------------

    def _make_form(self) -> None:
        """More than half of what a visit costs to show, so it comes once the rest is seen, or when it is wanted."""
        if self._form_later is None:
            return
        (box, at, resume), self._form_later = self._form_later, None
        self._form = ReportForm(self._place, self.visit, resume=resume)
        self._form.acted.connect(self.acted)
        box.insertWidget(at, self._form)

    def _fill(self, box: QVBoxLayout, resume: bool) -> None:
        place, visit = self._place, self.visit
        person, state = place.seat.person, visit.state
        in_team = visit.plan is not None and person.id in {member.person_id for member in visit.plan.team}
        opens = may(person.roles, Act.OPEN_VISIT) and person.id != visit.request.requested_by
        for _, incident_id in incidents.unwritten(place.seat, visit.visit_id):
            box.addWidget(self._unwritten(incident_id))
        if state is VisitState.SENT_BACK and visit.review:
            box.addWidget(self._sent_back(visit.review.by_name, visit.review.words))
        if in_team and state is VisitState.NOT_CARRIED_OUT and visit.history[-1].reason:
            box.addWidget(self._notice(word(state), visit.history[-1].reason))
        elif state in _ON_THE_WAY and (closed := gate.nothing_owed(place.seat, visit.debtor_id)):
            box.addWidget(self._notice(say(closed), self.tr("Ask for nothing: take your leave politely and go.")))
        if state in (VisitState.REQUESTED, VisitState.OPENED, VisitState.PLANNED) and opens and not in_team:
            self.plan_form = PlanForm(place, visit)
            self.plan_form.acted.connect(self.acted)
            box.addWidget(self.plan_form)
        if in_team and state in _ON_THE_WAY:
            self.way = WayCard(place, visit)
            self.way.acted.connect(self.acted)
            box.addWidget(self.way)
        if in_team and state in _WRITING:
            self._form_later = (box, box.count(), resume)
            first_paint = QTimer(self, singleShot=True, interval=0)
            first_paint.timeout.connect(self._make_form)
            first_paint.start()
        elif visit.report is not None and visit.plan is not None:
            self._fill_report(box)
        elif self.plan_form is None:
            box.addWidget(self._waiting())

    def _fill_report(self, box: QVBoxLayout) -> None:
        visit, place = self.visit, self._place
        assert visit.report is not None  # noqa: S101 -- the caller looked
        assert visit.plan is not None  # noqa: S101
        self.signing = SignCard(place, visit)
        self.signing.acted.connect(self.acted)
        in_team = place.seat.person.id in {member.person_id for member in visit.plan.team}
        late = drafts.late_words(place.seat, visit) if in_team else ()
        if late:
            self.late = LatePanel(place, visit, late)
            self.late.acted.connect(self.acted)
            self.late.wanted.connect(partial(self._write_anew, box))
            box.addWidget(self.late)
        box.addWidget(self.signing)
        if visit.review is not None and visit.state in (VisitState.ACCEPTED, VisitState.FILED):
            panel = SoftPanel(tone=Tone.OK)
            said = self.tr("Accepted by {name}: {words}").format(
                name=visit.review.by_name, words=visit.review.words or "—"
            )
            panel.body.addWidget(Text(said, wrap=True))
            box.addWidget(panel)
        card = Card(self.tr("Rule checks"))
        card.body.addWidget(FindingLines(place.seat, visiting.findings(place.seat, visit, visit.report)))
        box.addWidget(card)
        box.addWidget(ReportView(place.seat, visit.report, visit.plan))
        box.addWidget(EvidenceCard(place, visit.visit_id, editable=False))

    def _fill_side(self, box: QVBoxLayout) -> None:
        visit, seat = self.visit, self._place.seat
        if visit.plan is not None:
            box.addWidget(PlanCard(seat, visit.plan))
        box.addWidget(RequestCard(seat, visit))
        if visit.history:
            box.addWidget(HistoryCard(seat, visit))

    def _write_anew(self, box: QVBoxLayout) -> None:
        """The report once more as a form, with what was typed late; handed in, it is the next version."""
        if self.late is None or self.signing is None:
            return
        self.late.hide()
        self.signing.hide()
        self._form = ReportForm(self._place, self.visit, resume=True)
        self._form.acted.connect(self.acted)
        box.insertWidget(box.indexOf(self.late), self._form)
        self._form.first_field().setFocus()

    def _unwritten(self, incident_id: str) -> SoftPanel:
        """An incident was filed here with two taps: what happened is still to be written."""
        one = incidents.load(self._place.seat, incident_id)
        panel = SoftPanel(tone=Tone.DANGER)
        said = msg("permits.alarms.unwritten", number=one.number, kind=one.report.kind)
        panel.body.addWidget(Text(say(said), size=Size.LABEL, tint=Tint.DANGER_STRONG, wrap=True))
        button = QPushButton(self.tr("Write it down"))
        button.setObjectName("write_incident")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.incident_wanted.emit(incident_id))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        panel.body.addLayout(row)
        return panel

    def _sent_back(self, name: str, words: str) -> SoftPanel:
        panel = SoftPanel(tone=Tone.WARN)
        panel.body.addWidget(Text(self.tr("Sent back by {name}").format(name=name), size=Size.LABEL))
        panel.body.addWidget(Text(words, wrap=True))
        return panel

    def _notice(self, what: str, todo: str) -> SoftPanel:
        panel = SoftPanel(tone=Tone.DANGER)
        panel.body.addWidget(Text(what, size=Size.LABEL, wrap=True))
        panel.body.addWidget(Text(todo, wrap=True))
        return panel

    def _waiting(self) -> Card:
        card = Card(self.tr("Nothing to do here for you"))
        card.body.addWidget(Text(turn_line(self._place.seat, self.row.turn), wrap=True, tint=Tint.DIM))
        last = self.visit.history[-1] if self.visit.history else None
        if last is not None and last.reason:
            card.body.addWidget(Text(f"{word(last.step)} · {last.by_name}: {last.reason}", wrap=True))
        return card
