"""What happens to a running call from outside: the hours end, somebody sets a flag on another seat."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from collector_desk.domain.book.money import Money
from collector_desk.domain.text.masking import HIDDEN_AMOUNT
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import say, word
from collector_desk.ui.work.call.acts import WorkActs
from collector_desk.ui.work.call.page_interface import View

_SECOND_MS = 1000


class CallWatch(QObject):
    """Looks once a second; ``ticked`` while a call is open. What it tells is logged with the call, and when."""

    ticked = Signal()

    def __init__(self, acts: WorkActs, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self._acts, self._call, self._view = acts, acts.call, view
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self.tick)

    def start(self) -> None:
        """Look from now on."""
        self._clock.start()

    def stop(self) -> None:
        """Look no more."""
        self._clock.stop()

    def tick(self) -> None:
        """A second has gone by."""
        if self._call.attempt is not None:
            self.ticked.emit()
            self._tell_closing()

    def _tell_closing(self) -> None:
        """Once before the edge of the hours, and once at it; not over the word that there is nothing to collect."""
        reason = self._call.closing()
        case = self._call.case
        if reason is None or (case is not None and case.nothing_owed):
            return
        now, zone = self._call.seat.now(), self._call.zone
        at_edge = reason.until is not None and now >= reason.until
        tone = Tone.DANGER if at_edge else Tone.WARN
        self._view.tell(
            partial(say, reason.detail, zone=zone, now=now),
            lambda: self.tr("Close the call politely; call again within the hours."),
            tone=tone,
        )
        self._acts.keep_draft()

    def tell_interrupted(self) -> None:
        """A call taken up again: nobody knows whether the talk went on meanwhile, so its time is not sure."""
        call = self._call
        if call.last_known is None:
            return
        at = f"{call.last_known.astimezone(call.zone):%H:%M:%S}"
        self._view.tell(
            lambda: self.tr("The program was away: the time of this talk is only sure up to {at}.").format(at=at),
            lambda: self.tr("Still talking? Just go on."),
            action=lambda: self.tr("It was over by then (Enter)"),
            act=self._over,
        )

    def ended_then(self) -> bool:
        """Count the talk up to the last instant it is known of; False where that isn't asked."""
        if self._call.last_known is None:
            return False
        self._call.ended_when_last_known()
        self._view.hush()
        self._view.show_call()
        self._acts.keep_draft()
        return True

    def _over(self) -> None:
        self.ended_then()

    def tell_arrived(self) -> None:
        """A flag was set on another seat while this call is live, the debt was closed or paid: say so at once."""
        call = self._call
        flags, call.arrived = sorted(call.arrived), set()
        closed, call.closed_meanwhile = call.closed_meanwhile, None
        paid, call.paid_meanwhile = call.paid_meanwhile, None
        if call.attempt is not None and paid and not (flags or closed):
            self._tell_paid(paid)
        if not (flags or closed) or call.attempt is None:
            return

        def what() -> str:
            names = [*([say(closed, zone=call.zone)] if closed else []), *map(word, flags)]
            told = "…" if call.third_party else " · ".join(names)
            return self.tr("Set during this call: {flags}").format(flags=told)

        self._view.tell(
            what,
            lambda: self.tr("Ask for nothing more: close politely, then choose the outcome."),
            tone=Tone.DANGER,
        )
        self._acts.keep_draft()

    def _tell_paid(self, paid: Money) -> None:
        """The bank's file came in during this call: what is owed is less."""
        call = self._call

        def what() -> str:
            amount = HIDDEN_AMOUNT if call.third_party or not call.facts_open else paid
            return self.tr("Paid, as the bank tells: {amount}").format(amount=amount)

        self._view.tell(
            what,
            lambda: self.tr("Thank them; what is still owed stands at the debtor."),
            tone=Tone.INFO,
        )
        self._acts.keep_draft()
