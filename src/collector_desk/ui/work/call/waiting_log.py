"""In the log's place before the call: dial, or set the case for when its number may be called again."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Tint
from collector_desk.ui.theme.gaps import Gap
from collector_desk.ui.widgets import BranchButton, EmptyState
from collector_desk.ui.window.keys import native
from collector_desk.ui.words import instant, say
from collector_desk.ui.work.call.before_dial import BeforeTheDial

NEW_NUMBER, VISIT, TO_LEAD = "1", "2", "3"
"""The digits of what can be done where no number can be called."""
_BLINK_MS = 160


class WaitingLog(EmptyState):
    """Its button does what the gate leaves to be done."""

    dial_wanted = Signal()
    schedule_wanted = Signal()
    way_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_dial = False
        self._dark = QTimer(self, singleShot=True, interval=_BLINK_MS)
        self._dark.timeout.connect(partial(self._head.set_tint, Tint.TEXT))
        self.acted.connect(self._do)
        self.ways = {way: BranchButton(way) for way in (NEW_NUMBER, VISIT, TO_LEAD)}
        row = QHBoxLayout()
        row.setSpacing(Gap.ROW)
        row.addStretch(1)
        for way, button in self.ways.items():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._choose, way))
            row.addWidget(button, 2)
        row.addStretch(1)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 -- as EmptyState made it
        box.insertLayout(box.count() - 1, row)
        self.before = BeforeTheDial()
        box.insertWidget(0, self.before)

    def show_call(self, call: LiveCall) -> None:
        """Say what comes next with the number chosen."""
        self.before.show_call(call)
        for way, text in (
            (NEW_NUMBER, self.tr("A new number")),
            (VISIT, self.tr("Ask for a field visit")),
            (TO_LEAD, self.tr("Put it before the lead")),
        ):
            self.ways[way].set(way, text)
            self.ways[way].setVisible(call.no_number)
        if call.no_number and call.case is not None:
            why = say(call.case.file.why, zone=call.zone, now=call.seat.now())
            self._may_dial = False
            self.say(
                why, self.tr("Waiting changes nothing here. I if the debtor calls; Enter opens the next case.")
            )
            return
        number = call.number
        self._may_dial = number is not None and number.callable_now
        if self._may_dial:
            self.say(
                self.tr("The log begins with the call"),
                self.tr("D shows the number and dials. Is the debtor calling back? I begins without dialling.")
                if self.before.isHidden()
                else "",
                self.tr("Show the number and dial  {key}").format(key=native("dial")),
            )
            return
        again = number.decision.next_allowed_at if number is not None else None
        when = instant(again, zone=call.zone, now=call.seat.now()) if again else ""
        others = call.case is not None and any(one.callable_now for one in call.case.numbers)
        todo = self.tr("Each number says why and when again. Enter opens the next case; I if the debtor calls.")
        if others:
            todo = self.tr("{key} takes the next number that may be called.").format(key=native("other_number"))
        self.say(
            self.tr("This number may not be called now") if others else self.tr("No number may be called now"),
            todo if others or self.before.isHidden() else "",
            self.tr("Set for {when}  {key}").format(when=when, key=native("schedule")) if again else "",
        )

    def blink(self) -> None:
        """Answer a key that has nothing to do here."""
        self._head.set_tint(Tint.ACCENT)
        self._dark.start()

    def _choose(self, way: str, _checked: bool = False) -> None:
        self.way_wanted.emit(way)

    def _do(self) -> None:
        (self.dial_wanted if self._may_dial else self.schedule_wanted).emit()
