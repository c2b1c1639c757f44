"""What takes the log's place for a while: a visit, what opens the gate, whom one told of a danger, no number."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.changes import Changes
from collector_desk.domain.conduct.values import ConsentInForce
from collector_desk.domain.message import Refused
from collector_desk.services.office import clock_repair
from collector_desk.services.permits import alarms, consents, contacts, guarantees, no_number
from collector_desk.services.permits.consents import ConsentWish
from collector_desk.services.visits import visiting
from collector_desk.ui.window.workplace import Workplace
from collector_desk.ui.work.call.acts import WorkActs
from collector_desk.ui.work.call.column import CallColumn
from collector_desk.ui.work.call.gate_panel import (
    ApproveContacts,
    AskForContacts,
    EndGuarantee,
    GatePanel,
    OverrideWish,
    VouchForClock,
    Wish,
)
from collector_desk.ui.work.call.history_panel import HistoryPanel
from collector_desk.ui.work.call.no_number_panel import NoNumberPanel
from collector_desk.ui.work.call.told_panel import ToldPanel
from collector_desk.ui.work.call.visit_ask import VisitAsk
from collector_desk.ui.work.call.waiting_log import NEW_NUMBER, TO_LEAD, VISIT

_Panel = VisitAsk | GatePanel | ToldPanel | NoNumberPanel | HistoryPanel


class Panels(QObject):
    """One of them at most is open; ``left``: the log is back."""

    left = Signal()

    def __init__(self, acts: WorkActs, column: CallColumn, parent: QObject) -> None:
        super().__init__(parent)
        self._acts, self._call = acts, acts.call
        self._column = column
        self._visit, self._gate, self._told, self._log = column.visit, column.gate, column.told, column.log
        self._no_number = column.no_number
        self.history = column.history
        self._all: tuple[_Panel, ...] = (self._visit, self._gate, self._told, self._no_number, self.history)
        for panel in self._all:
            panel.asked.connect(self.send)
            panel.left.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether one of them stands in the log's place."""
        return any(not panel.isHidden() for panel in self._all)

    def open_visit(self) -> None:
        """The panel that asks for a field visit."""
        if self._call.case is None or self._call.third_party:
            return
        if refused := visiting.closed_to_visits(self._call.seat, self._call.case.file.debtor.id):
            self._acts.refuse(refused)
            return
        self._show(self._visit)
        self._visit.begin(self._call)

    def open_gate(self) -> None:
        """The panel of consents and overrides."""
        if self._call.case is None or self._call.third_party:
            return
        self._show(self._gate)
        self._column.script.setVisible(self._call.attempt is not None)  # room: nobody is being spoken to yet
        self._gate.begin(self._call)

    def open_told(self, place: Workplace) -> None:
        """The question whom one told, before the next number is dialled."""
        if self._call.case is not None:
            self._show(self._told)
            self._told.begin(place)

    def open_history(self) -> None:
        """The history to be read; the same key again goes back to the log."""
        if not self.history.isHidden():
            self.close()
        elif self._call.case is not None and not self._call.third_party:
            self._show(self.history)
            self.history.begin(self._call)

    def notes_only(self) -> None:
        """Of the history what people wrote."""
        if self.history.isHidden():
            self.open_history()
        if not self.history.isHidden():
            self.history.toggle_notes()

    def go(self, way: str) -> None:
        """Where no number can be called: a new number, a visit, the lead."""
        if not self._call.no_number or way not in (NEW_NUMBER, VISIT, TO_LEAD):
            return
        if way == VISIT:
            self.open_visit()
            return
        self._show(self._no_number)
        self._no_number.begin(to_lead=way == TO_LEAD)

    def close(self) -> None:
        """The log again."""
        if self.is_open:
            for panel in self._all:
                panel.hide()
            self._column.script.setVisible(not self._call.no_number)
            self._log.show()
            self.left.emit()

    def send(self) -> None:
        """Do what the open panel asks for; what stands in the way is said at its field."""
        panel = next((panel for panel in self._all if not panel.isHidden()), self._visit)
        if isinstance(panel, HistoryPanel):  # read, not sent: the log is what is saved
            self.close()
            return
        sends: dict[_Panel, Callable[[], Refused | None]] = {
            self._gate: self._send_gate,
            self._told: self._send_told,
            self._visit: self._send_visit,
            self._no_number: self._send_no_number,
        }
        refused = sends[panel]()
        if refused is not None:
            panel.refuse(refused.field_name, refused.message)
            return
        self.close()
        if panel is self._told:
            self._told.done()
            self._acts.dial()  # what was wanted in the first place
        elif panel is self._no_number and self._no_number.to_lead:
            self._acts.turns.open_next()  # nothing is left to do here

    def _show(self, wanted: _Panel) -> None:
        self._log.hide()
        for panel in self._all:
            panel.setVisible(panel is wanted)
        self._column.to_foot(wanted.send)

    def _send_told(self) -> Refused | None:
        seat, words, at = self._call.seat, self._told.words.text(), self._told.at.text()
        return self._acts.write(lambda: alarms.tell(seat, words, at), self.tr("Written down with the matter."))

    def _send_visit(self) -> Refused | None:
        seat, case = self._call.seat, self._call.case
        if case is None:
            return Refused("book.cases.gone")
        address, kind = self._visit.place()
        purpose, words = self._visit.chosen_purpose(), self._visit.words.text()

        def ask() -> Changes:
            return visiting.request(
                seat, debtor_id=case.file.debtor.id, purpose=purpose, address=address, place=kind, words=words
            )[1]

        return self._acts.write(ask, self.tr("The visit was asked for; a lead decides."))

    def _send_no_number(self) -> Refused | None:
        seat, case, panel = self._call.seat, self._call.case, self._no_number
        if case is None:
            return Refused("book.cases.gone")
        who = case.file.debtor.id
        if panel.to_lead:
            told = self.tr("It is before the lead; the case waits.")
            return self._acts.write(lambda: no_number.ask_lead(seat, who, panel.words.text()), told)
        told = self.tr("The number is on file.")
        return self._acts.write(
            lambda: no_number.give_number(seat, who, panel.number.text(), panel.origin.text()), told
        )

    def _send_gate(self) -> Refused | None:
        try:
            wish = self._gate.wish()
        except Refused as refused:
            return refused
        told = self.tr("Written down; the gate was asked anew.")
        if isinstance(wish, ConsentWish | Guarantee):
            told = self.tr("Written down; a lead has to agree before it opens anything.")
        elif isinstance(wish, AskForContacts):
            told = self.tr("It is before the lead; until then only the debtor may be called.")
        return self._acts.write(self._writing(wish), told)

    def _writing(self, wish: Wish) -> Callable[[], Changes]:
        call, seat = self._call, self._call.seat
        debtor_id = call.case.file.debtor.id if call.case else ""
        attempt_id = call.attempt.id if call.attempt else None
        match wish:
            case ConsentInForce():
                return lambda: consents.withdraw_consent(seat, wish.id)
            case ConsentWish():
                return lambda: consents.note_consent(seat, debtor_id, wish, attempt_id=attempt_id)
            case OverrideWish():
                return lambda: self._override(debtor_id, wish)
            case ApproveContacts():
                return lambda: contacts.approve(seat, debtor_id, until=wish.until, reason=wish.reason)
            case AskForContacts():
                return lambda: contacts.ask(seat, debtor_id, wish.words)
            case Guarantee():
                return lambda: guarantees.prove(seat, debtor_id, self._number(), wish)
            case EndGuarantee():
                return lambda: guarantees.end(seat, debtor_id, self._number(), wish.reason)
            case VouchForClock():
                return lambda: clock_repair.repair(seat, wish.reason)

    def _number(self) -> str:
        number = self._call.number
        if number is None:
            raise Refused("calls.no_such_number")
        return number.phone.id

    def _override(self, debtor_id: str, wish: OverrideWish) -> Changes:
        number, seat = self._call.number, self._call.seat
        if number is None:
            raise Refused("calls.no_such_number")
        return consents.override(
            seat,
            debtor_id=debtor_id,
            caller_id=consents.last_refused(seat, debtor_id),
            decision=number.decision,
            until=wish.until,
            reason=wish.reason,
        )
