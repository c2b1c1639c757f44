"""On the way: one tap each with its time, and the clock inside the home."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from collector_desk.domain.visits.steps import Visit, VisitState
from collector_desk.domain.visits.taps import minutes_inside
from collector_desk.domain.visits.visit import ConsentHow, Tap, TapKind
from collector_desk.services.visits import gate, visiting
from collector_desk.ui.theme import Size, Tint, Tone
from collector_desk.ui.theme.gaps import Gap, Height
from collector_desk.ui.widgets import BranchButton, Card, FormField, Pill, Text
from collector_desk.ui.widgets.parts import ReasonBar, WordCombo
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.words import word

_WARN_LEFT = 5  # minutes, of a stay long enough for it
_LAST_HOUR = timedelta(hours=1)


class WayCard(Card):
    """Buttons by where the visit stands; digits press them. ``acted`` carries what was changed."""

    acted = Signal(object)

    def __init__(self, place: Workplace, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._place, self._visit = place, visit
        self._most = visiting.rules(place.seat).most_minutes_inside
        self.set_title(self.tr("On the way: one tap each"))
        self.clock = Pill("", Tone.OK, size=Size.HEAD)
        self.corner.addWidget(self.clock)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self.boxes = {member.person_id: QCheckBox(member.name) for member in visit.plan.team} if visit.plan else {}
        self.consent = WordCombo(ConsentHow, self.tr("Choose…"))
        self.consent_where = QLineEdit()
        self._consent_field = FormField(self.tr("Consent to enter given how"), self.consent)
        self._where_field = FormField(self.tr("Consent recorded where"), self.consent_where)
        self.buttons: list[BranchButton] = []
        self.break_off = ReasonBar()
        self.break_off.set(
            self.tr("Break off…"),
            self.tr("Why the visit is broken off"),
            self.tr("Break off now"),
            self._break_off,
        )
        self._lay_out()
        self.tick()

    def press(self, number: int) -> None:
        """A digit: the tap that stands under it."""
        if 0 < number <= len(self.buttons):
            self.buttons[number - 1].click()

    def first_field(self) -> QWidget:
        """Where the keys go."""
        return self.buttons[0] if self.buttons else self.break_off.link

    def kept(self) -> tuple[str, str]:
        """The consent as far as it is written down."""
        return self.consent.value(), self.consent_where.text()

    def restore(self, kept: tuple[str, str]) -> None:
        """Put it back."""
        self.consent.set_value(kept[0])
        self.consent_where.setText(kept[1])

    def tick(self) -> None:
        """The clock: shown while somebody is inside."""
        minutes = minutes_inside(self._visit.taps, self._place.seat.now()) if self._inside() else None
        self.clock.setVisible(minutes is not None)
        if minutes is None:
            self._timer.stop()
            return
        done = max(minutes - 1, 0)  # minutes begun are counted; on the clock a minute is one when it is full
        if done >= self._most:
            self.clock.set(self.tr("Leave now: {minutes} minutes inside").format(minutes=done), Tone.DANGER)
        else:
            left = self._most - done
            text = self.tr("Inside {minutes} min, {left} left").format(minutes=done, left=left)
            self.clock.set(text, Tone.WARN if left <= min(_WARN_LEFT, self._most // 2) else Tone.OK)
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Run the clock while it is seen."""
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """A clock nobody sees needs no timer."""
        self._timer.stop()

    def _inside(self) -> bool:
        taps = sorted(self._visit.taps, key=lambda tap: tap.at)
        last = [tap.kind for tap in taps if tap.kind in (TapKind.ENTERED, TapKind.LEFT_HOME, TapKind.LEFT)]
        return bool(last) and last[-1] is TapKind.ENTERED

    def _kinds(self) -> list[TapKind]:
        if self._visit.state is VisitState.PLANNED:
            return [TapKind.SET_OUT]
        if self._visit.state is VisitState.SET_OUT:
            return [TapKind.ARRIVED]
        if self._inside():
            told = TapKind.ASKED_TO_LEAVE in {tap.kind for tap in self._visit.taps}
            return [TapKind.LEFT_HOME] if told else [TapKind.LEFT_HOME, TapKind.ASKED_TO_LEAVE]
        had = {tap.kind for tap in self._visit.taps}
        if had & {TapKind.NOBODY, TapKind.CHILD, TapKind.ASKED_TO_LEAVE}:
            return [TapKind.LEFT]
        inside = [] if TapKind.ENTRY_REFUSED in had else [TapKind.ENTERED, TapKind.ENTRY_REFUSED]
        if TapKind.MET in had:
            return [*inside, TapKind.ASKED_TO_LEAVE, TapKind.LEFT]
        return [TapKind.MET, TapKind.NOBODY, TapKind.CHILD, *inside, TapKind.LEFT]

    def _lay_out(self) -> None:
        kinds = self._kinds()
        if self._visit.state in (VisitState.SET_OUT, VisitState.ON_SITE):
            row = QHBoxLayout()
            row.addWidget(Text(self.tr("Who is here"), size=Size.CAPTION, tint=Tint.DIM))
            here = self._last_present()
            for person_id, box in self.boxes.items():
                box.setChecked(person_id in here)
                row.addWidget(box)
            row.addStretch(1)
            self.body.addLayout(row)
            self.closing = Text(self._closing(), tint=Tone.WARN.strong, wrap=True)
            self.body.addWidget(self.closing)
            self.closing.setVisible(bool(self.closing.text()))
        if TapKind.ENTERED in kinds:
            row = QHBoxLayout()
            row.setSpacing(Gap.PAGE)
            row.addWidget(self._consent_field, 1)
            row.addWidget(self._where_field, 1)
            self.body.addLayout(row)
        grid = QGridLayout()
        grid.setSpacing(Gap.ROW)
        for place, kind in enumerate(kinds):
            button = BranchButton(str(place + 1), word(kind))
            button.setMinimumHeight(Height.THUMB)
            button.clicked.connect(partial(self.tap, kind))
            self.buttons.append(button)
            grid.addWidget(button, place // 3, place % 3)
        self.body.addLayout(grid)
        done = "   ".join(
            f"{word(tap.kind)} {self._place.seat.local(tap.at):%H:%M}"
            for tap in sorted(self._visit.taps, key=lambda tap: tap.at)
        )
        if done:
            self.body.addWidget(Text(done, size=Size.CAPTION, tint=Tint.DIM, wrap=True))
        if self._visit.state in (VisitState.SET_OUT, VisitState.ON_SITE):
            self.body.addWidget(self.break_off)

    def tap(self, kind: TapKind, _checked: bool = False) -> None:
        """Keep the instant of one tap. Going in keeps the consent with it: how, and where it is recorded."""
        at = self._place.seat.now()
        present = self._present()
        taps = [Tap(kind, at, "", present)]
        if kind is TapKind.ENTERED:
            how = next((how for how in ConsentHow if how.value == self.consent.value()), None)
            where = self.consent_where.text()
            if how is None or not where.strip():
                wanted = self._consent_field if how is None else self._where_field
                wanted.set_error(self.tr("In only with a consent that can be shown."))
                wanted.field.setFocus()
                return
            taps.insert(0, Tap(TapKind.ASKED_IN, at, "", present, how, where))
            taps[1] = Tap(kind, at + timedelta(microseconds=1), "", present)
        self._send(*taps)

    def _present(self) -> tuple[str, ...]:
        if self._visit.state is VisitState.PLANNED:
            return tuple(self.boxes)
        return tuple(person_id for person_id, box in self.boxes.items() if box.isChecked())

    def _last_present(self) -> tuple[str, ...]:
        """Who was there at the last tap on site; before it, everybody who set out."""
        there = [tap.present for tap in self._visit.taps if tap.kind is not TapKind.SET_OUT and tap.present]
        return there[-1] if there else tuple(self.boxes)

    def _closing(self) -> str:
        """In the last hour of the permitted time: when the visit has to be over."""
        seat = self._place.seat
        until = gate.look(seat, self._visit.debtor_id, seat.now()).open_until
        if until is None or until - seat.now() > _LAST_HOUR:
            return ""
        return self.tr("The hours end: be away by {time}.").format(time=f"{seat.local(until):%H:%M}")

    def _break_off(self, reason: str) -> bool:
        now: datetime = self._place.seat.now()
        return self._send(Tap(TapKind.BROKE_OFF, now, "", self._present(), words=reason))

    def _send(self, *taps: Tap) -> bool:
        with self._place.attempt():
            changes = visiting.tap(self._place.seat, self._visit.visit_id, *taps)
            self.acted.emit(changes)
            return True
        return False
