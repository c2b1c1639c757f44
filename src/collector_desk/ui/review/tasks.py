"""Open tasks: complaint, dispute, plan request, a promise further out, an incident, a pack not handed back."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Trouble, msg
from collector_desk.domain.office.tasks import LeadTask
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.masking import masked_name, masked_number
from collector_desk.domain.visits.lists import CarriedPack
from collector_desk.domain.vocabulary import NumberStanding, TaskKind
from collector_desk.services.book import cases
from collector_desk.services.calls import left_open
from collector_desk.services.calls.left_open import LeftOpen
from collector_desk.services.permits import alarms, late_figures, tasks
from collector_desk.services.record import given_numbers
from collector_desk.services.visits import incidents, take_along
from collector_desk.ui.review.left_open import LeftOpenDetail
from collector_desk.ui.review.list_part import Detail, ListPart
from collector_desk.ui.review.proposed import proposed, words_of
from collector_desk.ui.review.task_list import TaskDelegate, TaskModel, Waiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.visits.incident.facts import IncidentFacts
from collector_desk.ui.visits.rounds.pack_papers import save_pack
from collector_desk.ui.widgets import Card, FormField, LinkButton, MaskedText, Pill, SoftPanel, Text
from collector_desk.ui.widgets.facts import FactGrid, column
from collector_desk.ui.widgets.form import point_at
from collector_desk.ui.widgets.parts import KeyButton, LongField
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import day, say, when, word


class TaskDetail(Detail):
    """One task: what it is about, and the lead's word with its reason."""

    def __init__(self, place: Workplace, task: LeadTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self.task = place, task
        seat = place.seat
        self.name = MaskedText(size=Size.HEAD)
        self.name.set_value(masked_name(task.debtor_name))
        self.unmask_button = LinkButton()
        self.unmask_button.setText(self.tr("Show the name (Ctrl+U)"))
        self.unmask_button.clicked.connect(self.unmask)
        late = seat.now() > task.due_at
        self.reason = LongField(lines=3)
        self.field = FormField(self.tr("Your reason, in your own words"), self.reason)
        self._pauses = task.rule.pauses  # then the plain way keeps the pause: nobody is called by a slip
        self.approve_button = KeyButton("release_pause") if self._pauses else KeyButton("save_next", main=True)
        self.refuse_button = KeyButton("save_next", main=True) if self._pauses else KeyButton("refuse")
        no = task.rule.no
        self.approve_button.set_text(say(task.rule.yes))
        self.refuse_button.set_text("" if no is None else say(no))
        self._one_way = no is None
        self.approve_button.clicked.connect(lambda: self.settle(approve=True))
        self.refuse_button.clicked.connect(lambda: self.settle(approve=False))
        head = QHBoxLayout()
        head.setSpacing(Gap.CARD)
        head.addWidget(self.name)
        head.addWidget(self.unmask_button)
        head.addStretch(1)
        text = when(seat, task.due_at)
        head.addWidget(Pill(self.tr("Due {time}").format(time=text), Tone.DANGER if late else Tone.INFO))
        about = Card(word(task.kind))
        about.body.addLayout(head)
        alarm = alarms.of_task(seat, task.id) if task.rule.urgent else None
        facts = self._facts()
        if alarm is not None:
            facts.add(self.tr("Filed by"), f"{alarm.by_name} · {when(seat, alarm.at)}")
        about.body.addWidget(facts)
        late_figure = late_figures.of_task(seat, task.id) if task.kind is TaskKind.LATE_FIGURE else None
        if late_figure is not None:
            panel = SoftPanel(tone=Tone.DANGER)
            panel.body.addWidget(Text(self.tr("What the institution's figure showed"), size=Size.CAPTION))
            told = say(late_figure.message, zone=ZoneInfo(seat.zone), now=seat.now())
            panel.body.addWidget(Text(told, wrap=True))
            about.body.addWidget(panel)
        if lines := proposed(seat, task):
            panel = SoftPanel(tone=Tone.INFO)
            for line in lines:
                panel.body.addWidget(Text(line, wrap=True))
            about.body.addWidget(panel)
        if quoted := words_of(seat, task):
            panel = SoftPanel()
            panel.body.addWidget(Text(self.tr("What the debtor said"), size=Size.CAPTION, tint=Tint.DIM))
            panel.body.addWidget(Text(quoted, wrap=True))
            about.body.addWidget(panel)
        if task.note and task.kind is not TaskKind.INCIDENT:  # an incident stands in its own card
            panel = SoftPanel()
            whose = self.tr("The agent's words") if task.rule.agents_words else self.tr("The note of the call")
            panel.body.addWidget(Text(whose, size=Size.CAPTION, tint=Tint.DIM))
            panel.body.addWidget(Text(task.note, wrap=True))
            about.body.addWidget(panel)
        for told_to in alarm.told if alarm else ():
            panel = SoftPanel(tone=Tone.INFO)
            said = msg("permits.alarms.told", by=told_to.by_name, at=told_to.at, words=told_to.words)
            panel.body.addWidget(Text(say(said, zone=ZoneInfo(seat.zone), now=seat.now()), wrap=True))
            about.body.addWidget(panel)
        answer = Card(self.tr("Your decision"))
        hint = msg("permits.tasks.hint_taken_back") if task.taken_back else task.rule.hint
        hint_line = Text(say(hint), size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        answer.body.addWidget(hint_line)
        answer.body.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(Gap.ACTS)
        buttons = (self.approve_button, self.refuse_button)
        for button in reversed(buttons) if self._pauses else buttons:
            row.addWidget(button)
        row.addStretch(1)
        if self._one_way:
            self.refuse_button.hide()
        answer.body.addLayout(row)
        scroll = QScrollArea()
        inner = column(scroll)
        inner.addWidget(about)
        incident = incidents.of_task(seat, task.id)  # danger to a life has one too where it began on a visit
        if incident is not None:
            inner.addWidget(IncidentFacts(place, incident))
        inner.addWidget(answer)
        inner.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.addWidget(scroll)

    def first_field(self) -> QWidget:
        """The reason."""
        return self.reason

    def main_act(self) -> None:
        """Approve or settle; what holds collecting up goes on holding it."""
        self.settle(approve=not self._pauses)

    def second_act(self) -> None:
        """Refuse, or keep the pause; an incident has no such way."""
        if not self._one_way:
            self.settle(approve=False)

    def release(self) -> None:
        """Settle it and let collecting go on: a key of its own, and never the one that is pressed by habit."""
        if self._pauses:
            self.settle(approve=True)

    def kept(self) -> str:
        """The reason as far as it is typed."""
        return self.reason.toPlainText()

    def restore(self, kept: str) -> None:
        """Put it back."""
        self.reason.setPlainText(kept)

    def unmask(self) -> None:
        """Show the whole name; the history says who looked."""
        if not self.name.is_open:
            cases.unmask(self._place.seat, self.task.debtor_id, "name")
            self.name.reveal(self.task.debtor_name)
            self.unmask_button.hide()

    def settle(self, *, approve: bool) -> None:
        """Decide; without a reason it says so at the field."""
        self.field.set_error("")
        with self._place.attempt(partial(point_at, {"reason": self.field})):
            changes = tasks.settle(
                self._place.seat, self.task.id, approve=approve, reason=self.reason.toPlainText()
            )
            stays = self._pauses and not approve
            said = self.tr("Settled; the pause stays until somebody releases it.") if stays else self.tr("Settled.")
            self._place.toast(said, Tone.OK)
            self.acted.emit(changes)

    def _facts(self) -> FactGrid:
        seat, grid = self._place.seat, FactGrid(wide=110)
        try:
            file = cases.open_case(seat, self.task.debtor_id, history=1).file
        except Trouble:
            return grid
        grid.add(self.tr("Case"), file.lead_case.number)
        grid.add(self.tr("Balance"), file.owed)
        grid.add(self.tr("Days past due"), str(file.lead_case.days))
        if self.task.rule.about_number:
            self._number_facts(grid)
        promise = file.open_promise
        if promise is not None:
            said = self.tr("{amount} by {time}").format(amount=promise.amount, time=when(seat, promise.due_at))
            grid.add(self.tr("Promise"), said)
        if file.flags:
            grid.add(self.tr("On file"), "、".join(word(flag) for flag in sorted(file.flags)))
        return grid

    def _number_facts(self, grid: FactGrid) -> None:
        given = given_numbers.of_task(self._place.seat, self.task.id)
        if given is None:
            return
        grid.add(self.tr("Number"), masked_number(given.number))
        said = msg("permits.tasks.number_known_elsewhere")
        if given.standing is not NumberStanding.HELD:
            said = msg("permits.tasks.number_known_here", kind=given.kind, standing=given.standing)
        grid.add(self.tr("Known as"), say(said))


class PackDetail(Detail):
    """A pack of an earlier day that is still out: ticked off, or lost with the words of how."""

    def __init__(self, place: Workplace, pack: CarriedPack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self.pack = place, pack
        self.words = LongField(lines=3)
        self.field = FormField(self.tr("How it was lost, where it was lost"), self.words)
        self.back_button, self.lost_button = KeyButton("save_next", main=True), KeyButton("refuse")
        self.back_button.set_text(self.tr("Handed back, pages counted"))
        self.lost_button.set_text(self.tr("Lost: an incident"))
        self.back_button.clicked.connect(self.main_act)
        self.lost_button.clicked.connect(self.second_act)
        self.paper_button = LinkButton()
        self.paper_button.setText(self.tr("The copy as issued…"))
        self.paper_button.clicked.connect(self._papers)
        about = Card(say(msg("visits.take_along.not_back")))
        about.corner.addWidget(self.paper_button)
        grid = FactGrid(wide=110)
        grid.add(self.tr("Pack"), pack.number)
        grid.add(self.tr("Holder"), pack.holder)
        grid.add(self.tr("Day"), day(pack.day))
        grid.add(self.tr("Pages"), str(pack.pages))
        about.body.addWidget(grid)
        answer = Card(self.tr("Is it back?"))
        hint = self.tr("It holds names, addresses and debts. Count the pages before you tick it off.")
        answer.body.addWidget(Text(hint, size=Size.CAPTION, tint=Tint.DIM, wrap=True))
        answer.body.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(Gap.ACTS)
        row.addWidget(self.back_button)
        row.addWidget(self.lost_button)
        row.addStretch(1)
        answer.body.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(Margin.NONE)
        box.setSpacing(Gap.CARD)
        box.addWidget(about)
        box.addWidget(answer)
        box.addStretch(1)

    def first_field(self) -> QWidget:
        """The button that ticks it off."""
        return self.back_button.button

    def main_act(self) -> None:
        """It is back."""
        self._tick(lost=False)

    def second_act(self) -> None:
        """It is lost; without the words of how it says so at the field."""
        self._tick(lost=True)

    def kept(self) -> str:
        """The words as far as they are typed."""
        return self.words.toPlainText()

    def restore(self, kept: str) -> None:
        """Put them back."""
        self.words.setPlainText(kept)

    def _tick(self, *, lost: bool) -> None:
        self.field.set_error("")
        with self._place.attempt(partial(point_at, {"words": self.field})):
            changes = take_along.take_back(
                self._place.seat, self.pack.id, lost=lost, words=self.words.toPlainText()
            )
            said = self.tr("Lost: the incident is on the list.") if lost else self.tr("Ticked off.")
            self._place.toast(said, Tone.WARN if lost else Tone.OK)
            self.acted.emit(changes)

    def _papers(self) -> None:
        save_pack(self._place, self, self.pack)


class TasksPart(ListPart):
    """What waits for a decision, and the packs that are not back."""

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        self.model = TaskModel(place.seat)
        self._had: set[str] = set()  # what was opened here
        super().__init__(place, self.model, "ri.checkbox-multiple-line", parent)
        self.model.setParent(self)
        self.list.setItemDelegate(TaskDelegate(self.list))
        self.list.clicked.connect(lambda _: self._seen())

    def read(self) -> None:
        """Danger to a life and incidents stand on top, then the packs: what is out is out of our hands."""
        seat = self._place.seat
        out = take_along.overdue(seat) if may(seat.person.roles, Act.OPEN_VISIT) else ()
        waiting = tasks.open_tasks(seat)
        urgent = tuple(task for task in waiting if task.rule.urgent)
        calls = left_open.waiting(seat) if may(seat.person.roles, Act.TAKE_OVER_CALL) else ()
        self.model.set_rows((*urgent, *calls, *out, *waiting[len(urgent) :]))

    def choose(self, task_id: str) -> None:
        """Show this task, and let it be known that it was."""
        place = self._place_of(task_id)
        if place >= 0:
            self.list.setCurrentIndex(self._model.index(place, 0))
            self.into_detail()

    def into_detail(self) -> None:
        """To the lead's word: now a danger or an incident has been seen, and the strip may go."""
        super().into_detail()
        self._seen()

    def _seen(self) -> None:
        """By an act of whoever sits here, not by lying open on a screen that nobody looks at."""
        row, seat = self.row(), self._place.seat
        if not isinstance(row, LeadTask) or not row.rule.urgent or row.id in self._had:
            return
        if not may(seat.person.roles, Act.ANSWER_ALARM):
            return
        with self._place.attempt():
            changes = alarms.open_alarm(seat, row.id)
            self._had.add(row.id)
            if changes != Changes():
                self._place.changed(changes)

    def row_id(self, row: Waiting) -> str:
        """The task's, or the pack's."""
        return row.id

    def make_detail(self, row: Waiting) -> Detail:
        """What it is about."""
        if isinstance(row, LeftOpen):
            return LeftOpenDetail(self._place, row)
        if isinstance(row, CarriedPack):
            return PackDetail(self._place, row)
        made = TaskDetail(self._place, row)
        made.reason.textChanged.connect(self._seen)
        return made

    def words(self) -> tuple[str, str, str]:
        """Title, and what an empty list says."""
        return (
            self.tr("Most urgent first"),
            self.tr("Nothing waits for a decision"),
            self.tr("Complaints, disputes, requests and promises further out appear here, with their time."),
        )
