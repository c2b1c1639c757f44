"""A lead opens a visit: two different people, a time, the address and the letter they carry."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Message, Refused, Trouble, msg
from collector_desk.domain.people import Act, Person, may
from collector_desk.domain.text import moments
from collector_desk.domain.text.moments import Moment
from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.domain.visits.visit import VisitPlan
from collector_desk.services.desk.seat import Seat
from collector_desk.services.office import people
from collector_desk.services.visits import gate, visiting
from collector_desk.services.visits.gate import Answer
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import Card, FormField, Text
from collector_desk.ui.widgets.parts import KeyButton, QuietCombo, ReasonBar
from collector_desk.ui.widgets.understood import Understood
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import say

_ASK_MS = 150


class PlanForm(Card):
    """The second and third field never offer who is named before them; the plan itself refuses it as well."""

    acted = Signal(object)

    def __init__(self, place: Workplace, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._place, self._visit = place, visit
        seat = place.seat
        self._people: Sequence[Person] = [
            person
            for person in people.everybody(seat)
            if person.active and may(person.roles, Act.CARRY_OUT_VISIT) and person.id != seat.person.id
        ]
        again = visit.plan
        first_day = seat.local(again.start) if again else _next_morning(seat.local(seat.now()))
        last = seat.local(again.end) if again else first_day + timedelta(hours=1)
        self.lead, self.companion, self.third = QuietCombo(), QuietCombo(), QuietCombo()
        self.day = QLineEdit(first_day.date().isoformat())
        self.start, self.end = QLineEdit(f"{first_day:%H:%M}"), QLineEdit(f"{last:%H:%M}")
        self.address = QLineEdit(again.address if again else visit.request.address)
        self.letter = QLineEdit(again.authority_letter if again else "")
        self.fields = {
            "lead": FormField(self.tr("Lead visitor (speaks)"), self.lead),
            "companion": FormField(self.tr("Companion (watches and records)"), self.companion),
            "third": FormField(self.tr("Third (optional)"), self.third),
            "day": FormField(self.tr("Day"), self.day),
            "start": FormField(self.tr("From"), self.start),
            "end": FormField(self.tr("To"), self.end),
            "address": FormField(self.tr("Address to visit"), self.address),
            "authority_letter": FormField(self.tr("Authority letter, number"), self.letter),
        }
        self.set_title(
            self.tr("Open the visit: name two people") if again is None else self.tr("Plan the visit anew")
        )
        self.save_button = KeyButton("save_next", main=True)
        self.save_button.set_text(self.tr("Open and plan") if again is None else self.tr("Save the new plan"))
        self.save_button.clicked.connect(self.save)
        self.reason = ReasonBar()
        refusing = visit.state is VisitState.REQUESTED
        self.reason.set(
            self.tr("Refuse…") if refusing else self.tr("Call off…"),
            self.tr("Why the visit is not made"),
            self.tr("Refuse") if refusing else self.tr("Call off"),
            self._refuse if refusing else self._call_off,
        )
        self.when = Understood()
        self.gate, self.papers = Text(wrap=True), Text(wrap=True, tint=Tint.DIM)
        self._asking = QTimer(self, interval=_ASK_MS, singleShot=True)
        self._asking.timeout.connect(self.ask_gate)
        self._lay_out()
        self._offer_first()
        for line in (self.day, self.start, self.end, self.letter):
            line.textChanged.connect(lambda _: self._asking.start())
        for combo in (self.lead, self.companion, self.third):
            combo.currentIndexChanged.connect(lambda _: self._asking.start())
        self.ask_gate()
        self.lead.currentIndexChanged.connect(self._offer_second)
        self.companion.currentIndexChanged.connect(self._offer_third)

    def ask_gate(self) -> None:
        """Say beforehand what the rules make of the hour, and what of the papers is missing."""
        self._asking.stop()
        self._look_at_papers()
        self.when.show_moment(self._moment("start"), self._now)
        try:
            at = self._instant("start")
        except Refused:
            self.gate.setText("")
            return
        answer = gate.look(self._place.seat, self._visit.debtor_id, at)
        lines, tone = self._verdict(answer)
        self.gate.setText("\n".join(lines))
        self.gate.set_tint(tone)

    def _look_at_papers(self) -> None:
        named = {str(combo.currentData() or "") for combo in (self.lead, self.companion, self.third)}
        unknown = [person.name for person in self._people if person.id in named and not person.badge_until]
        lines = [self._said(msg("visits.visiting.badge_unknown", names="、".join(unknown)))] if unknown else []
        missing = "" if self.letter.text().strip() else self._said(msg("visits.visiting.letter_missing"))
        self.fields["authority_letter"].set_warning(missing)
        self.papers.setText("\n".join(lines))
        self.papers.setVisible(bool(lines))

    def _verdict(self, answer: Answer) -> tuple[list[str], Tint]:
        until = answer.next_allowed_at
        why = answer.reasons[0].detail if answer.reasons else None
        if not answer.allowed and why is not None:
            code = "visits.visiting.gate_until" if until else "visits.visiting.gate"
            return [
                self._said(msg(code, why=why, until=until) if until else msg(code, why=why))
            ], Tone.DANGER.strong
        said = [self._said(msg("visits.visiting.open_then"))]
        if answer.open_until:
            said = [self._said(msg("visits.visiting.open_now", until=answer.open_until))]
        said += [self._said(msg("visits.visiting.open_but", why=one.detail)) for one in answer.reasons]
        return said, Tint.DIM

    def main_act(self) -> None:
        """What Ctrl+Enter does."""
        self.save()

    def second_act(self) -> None:
        """What the key for refusing does."""
        self.reason.open()

    def first_field(self) -> QWidget:
        """Where the keys go: of a plan that only lacks the letter's number, there."""
        return self.letter if self._visit.plan and not self._visit.plan.authority_letter else self.lead

    def kept(self) -> tuple[list[str], list[str]]:
        """What was chosen and typed so far."""
        lines = (self.day, self.start, self.end, self.address, self.letter, self.reason.field)
        chosen = [str(combo.currentData() or "") for combo in (self.lead, self.companion, self.third)]
        return chosen, [line.text() for line in lines]

    def restore(self, kept: tuple[list[str], list[str]]) -> None:
        """Put it back; the first person first, for the others are offered by it."""
        chosen, texts = kept
        for combo, value in zip((self.lead, self.companion, self.third), chosen, strict=True):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        lines = (self.day, self.start, self.end, self.address, self.letter, self.reason.field)
        for line, text in zip(lines, texts, strict=True):
            line.setText(text)

    def save(self) -> None:
        """Open and plan; what is wrong stands at its field."""
        for field in self.fields.values():
            field.set_error("")
        self._look_at_papers()
        with self._place.attempt(self._wrong):
            plan = self._plan()
            changes = visiting.open_and_plan(self._place.seat, self._visit.visit_id, plan)
            if plan.authority_letter:
                self._place.toast(self.tr("The visit is planned."), Tone.OK)
            else:
                self._place.toast(self.tr("Planned; the letter's number is still to be added."), Tone.WARN)
            self.acted.emit(changes)

    def _plan(self) -> VisitPlan:
        chosen = {person.id: visiting.visitor(person) for person in self._people}
        lead, companion = chosen.get(self.lead.currentData()), chosen.get(self.companion.currentData())
        if lead is None:
            raise Refused("visits.visitor_missing", "lead")
        if companion is None:
            raise Refused("visits.visitor_missing", "companion")
        return VisitPlan(
            lead,
            companion,
            self._instant("start"),
            self._instant("end"),
            self.address.text().strip(),
            self._visit.request.place,
            chosen.get(self.third.currentData()),
            self.letter.text().strip(),
        )

    def _instant(self, name: str) -> datetime:
        when = self._moment(name)
        if when.fault is not None and not when.over:  # what is over is judged with the plan
            raise Refused(when.fault.code, "day" if when.at_fault == "date" else name, **when.fault.params)
        if when.day is None:
            raise Refused("visits.day_unreadable", "day")
        if when.at is None:
            raise Refused("visits.time_unreadable", name)
        return datetime.combine(when.day, when.at, ZoneInfo(self._place.seat.zone))

    def _moment(self, name: str) -> Moment:
        typed = self.start.text() if name == "start" else self.end.text()
        return moments.read(self.day.text(), typed, self._now)

    @property
    def _now(self) -> datetime:
        return self._place.seat.local(self._place.seat.now())

    def _wrong(self, trouble: Trouble) -> bool:
        name = trouble.field_name if isinstance(trouble, Refused) else None
        field = self.fields.get(name or "")
        if field is None:
            return False
        field.set_error(self._said(trouble.message))
        field.field.setFocus()
        return True

    def _said(self, message: Message) -> str:
        return say(message, zone=ZoneInfo(self._place.seat.zone), now=self._place.seat.now())

    def _refuse(self, reason: str) -> bool:
        return self._ended(reason, visiting.refuse)

    def _call_off(self, reason: str) -> bool:
        return self._ended(reason, visiting.call_off)

    def _ended(self, reason: str, act: Callable[[Seat, str, str], Changes]) -> bool:
        with self._place.attempt():
            changes = act(self._place.seat, self._visit.visit_id, reason)
            self.acted.emit(changes)
            return True
        return False

    def _offer_first(self) -> None:
        plan = self._visit.plan
        self.lead.addItem(self.tr("Choose…"), "")
        for person in self._people:
            self.lead.addItem(_named(person), person.id)
        if plan:
            self.lead.setCurrentIndex(max(self.lead.findData(plan.lead.person_id), 0))
        self._offer_second()
        if plan:
            self.companion.setCurrentIndex(max(self.companion.findData(plan.companion.person_id), 0))
        self._offer_third()
        if plan and plan.third:
            self.third.setCurrentIndex(max(self.third.findData(plan.third.person_id), 0))
        if len(self._people) < 2:
            self.fields["lead"].set_error(say(msg("visits.visiting.too_few_visitors")))

    def _offer_second(self) -> None:
        self._offer(self.companion, {self.lead.currentData()}, self.tr("Choose…"))
        self._offer_third()

    def _offer_third(self) -> None:
        self._offer(self.third, {self.lead.currentData(), self.companion.currentData()}, self.tr("Nobody"))

    def _offer(self, combo: QuietCombo, taken: set[str], nobody: str) -> None:
        before = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(nobody, "")
        for person in self._people:
            if person.id not in taken:
                combo.addItem(_named(person), person.id)
        combo.setCurrentIndex(max(combo.findData(before), 0))
        combo.blockSignals(False)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Gap.PAGE)
        grid.setVerticalSpacing(Gap.CARD)
        for place, name in enumerate(("lead", "companion", "third")):
            grid.addWidget(self.fields[name], 0, place * 2, 1, 2)
        grid.addWidget(self.fields["day"], 1, 0, 1, 2)
        grid.addWidget(self.fields["start"], 1, 2)
        grid.addWidget(self.fields["end"], 1, 3)
        grid.addWidget(self.fields["authority_letter"], 1, 4, 1, 2)
        grid.addWidget(self.fields["address"], 2, 0, 1, 6)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.when)
        self.body.addWidget(self.gate)
        self.body.addWidget(self.papers)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addSpacing(Gap.ROW)
        row.addWidget(self.reason, 1)
        self.body.addLayout(row)


def _named(person: Person) -> str:
    return f"{person.name} · {person.number}"


def _next_morning(now: datetime) -> datetime:
    return (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
