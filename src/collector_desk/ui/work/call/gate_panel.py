"""What opens the gate for a debtor: what they agreed to, taking it back, a lead's override of a house rule."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from collector_desk.domain.book.history import Guarantee
from collector_desk.domain.conduct.caps_used import when_again
from collector_desk.domain.conduct.values import ConsentInForce, ConsentScope
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.people import Act, may
from collector_desk.domain.text.typed import parse_day, parse_time
from collector_desk.domain.vocabulary import NumberKind
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.services.desk.clock import Doubt, doubt_of
from collector_desk.services.gate.answers import asks_lead, reasons_of, strictest_reason, who_must_act
from collector_desk.services.permits.consents import ConsentWish, in_force
from collector_desk.ui.theme import Size, Tint
from collector_desk.ui.theme.gaps import Gap, Margin
from collector_desk.ui.widgets import Card, FormField, KeyHint, Text, primary
from collector_desk.ui.widgets.pick_field import Choice, PickField
from collector_desk.ui.window.keys import KEYS, native
from collector_desk.ui.words import instant, language, say

_OVERRIDE, _GUARANTEE, _NO_GUARANTEE, _CLOCK = "override", "guarantee", "no_guarantee", "clock"
_CONTACTS, _ASK_CONTACTS = "contacts", "ask_contacts"
_OF_GUARANTEE = ("name", "id_number", "day", "address")
_DIGITS = "1234567890abcde"
_CONTACTS_END = "+6"
_DEFAULT_END = {ConsentScope.AGREED_HOURS: "+29", ConsentScope.MORE_TALKS: "+0", ConsentScope.CALL_BACK: "+1"}


@dataclass(frozen=True, slots=True)
class OverrideWish:
    """Until when, and why."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class EndGuarantee:
    """Why the guarantee no longer holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class VouchForClock:
    """Why the clock is right as it stands."""

    reason: str


@dataclass(frozen=True, slots=True)
class ApproveContacts:
    """Until when the debtor's reserved contacts may be asked, and why."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AskForContacts:
    """Why the debtor's reserved contacts should be asked: a lead decides."""

    words: str


Wish = (
    ConsentWish
    | ConsentInForce
    | OverrideWish
    | ApproveContacts
    | AskForContacts
    | Guarantee
    | EndGuarantee
    | VouchForClock
)
"""A consent, one to be withdrawn, an override, a lead's word that contacts may be asked or the question for it,
a guarantor's contract or its end, a lead's word for the clock."""


class GatePanel(Card):
    """Stands in the place of the log while it is open; Ctrl+Enter writes down, Esc leaves."""

    asked = Signal()
    left = Signal()
    schedule_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("…", parent)
        self._call: LiveCall | None = None
        self.state = Text(size=Size.CAPTION, wrap=True)
        self.body.addWidget(self.state)
        self.what = PickField()
        self.until, self.start, self.end = QLineEdit(), QLineEdit(), QLineEdit()
        self.words, self.proof = QLineEdit(), QLineEdit()
        self.name, self.id_number, self.day, self.address = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self._what = FormField("", self.what)
        self._fields = {
            "name": FormField("", self.name), "id_number": FormField("", self.id_number),
            "day": FormField("", self.day), "address": FormField("", self.address),
            "until": FormField("", self.until), "start": FormField("", self.start), "end": FormField("", self.end),
            "words": FormField("", self.words), "proof": FormField("", self.proof),
        }  # fmt: skip
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, third):
            row.setSpacing(Gap.ROW)
        first.addWidget(self._what, 5)
        for name in ("until", "start", "end"):
            first.addWidget(self._fields[name], 2)
        second.addWidget(self._fields["words"], 3)
        second.addWidget(self._fields["proof"], 2)
        first.addWidget(self._fields["name"], 3)
        first.addWidget(self._fields["id_number"], 3)
        third.addWidget(self._fields["day"], 1)
        third.addWidget(self._fields["address"], 3)
        for row in (first, second, third):
            self.body.addLayout(row)
        self._hint = Text(size=Size.CAPTION, tint=Tint.DIM, wrap=True)
        self.body.addWidget(self._hint)
        self.body.addStretch(1)
        self.body.setContentsMargins(Margin.PANEL)
        self.body.setSpacing(Gap.PANEL)
        self.send, self.leave = primary(QPushButton()), QPushButton()
        self.leave.setAutoDefault(False)
        self.later = QPushButton()
        self.later.setAutoDefault(False)
        self.later.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.later.clicked.connect(self.schedule_wanted)
        self.send.clicked.connect(self.asked)
        self.leave.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(Gap.ROW)
        foot.addWidget(KeyHint(KEYS["save_next"].sequences[0]))
        foot.addWidget(self.send)
        foot.addWidget(self.leave)
        foot.addWidget(self.later)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.what.picked.connect(self._pick)

    # --- showing -------------------------------------------------------------------------------------

    def begin(self, call: LiveCall) -> None:
        """Say why the number is closed, and offer what may open it."""
        self._call = call
        for line in (self.words, self.start, self.end, self.id_number, self.day, self.address):
            line.clear()
        number = call.number
        again = number.decision.next_allowed_at if number is not None and call.attempt is None else None
        when = instant(again, zone=call.zone, now=call.seat.now()) if again else ""
        self.later.setText(self.tr("Set for {when}  {key}").format(when=when, key=native("schedule")))
        self.later.setVisible(again is not None)
        self.name.setText(number.phone.owner_name if number is not None and not number.phone.own else "")
        self.proof.setText(call.form.recording if not call.form.recording_gap else "")
        self.state.setText(self._why(call))
        choices = self._choices(call)
        self.what.set_choices(choices)
        self._pick(choices[0].value)
        self.what.setFocus()

    def _choices(self, call: LiveCall) -> list[Choice]:
        found: list[tuple[object, str]] = []
        number = call.number
        lead = may(call.seat.person.roles, Act.OVERRIDE_GATE)
        if lead and call.attempt is None and number is not None and number.decision.overridable:
            found.append((_OVERRIDE, self.tr("Let it pass: the house's rule, by a lead")))
        if call.attempt is None and number is not None and asks_lead(number.decision):
            if lead:
                found.append((_CONTACTS, self.tr("The contacts may be asked: nobody can be reached")))
            else:
                found.append((_ASK_CONTACTS, self.tr("Ask the lead: may the contacts be asked?")))
        if may(call.seat.person.roles, Act.REPAIR_CLOCK) and doubt_of(call.seat.clock) != Doubt():
            found.append((_CLOCK, self.tr("The clock is right as it stands")))
        found += [(scope, self._scope(scope)) for scope in ConsentScope]
        consents = in_force(call.seat, call.case.file.debtor.id) if call.case else ()
        for consent in consents[:6]:
            until = f"{consent.until.astimezone(call.zone):%m-%d}" if consent.until else "…"
            told = self.tr("Taken back: {what}, until {day}")
            if not consent.agreed:
                told = self.tr("Taken back: {what}, until {day} (a lead has not agreed yet)")
            found.append((consent, told.format(what=self._scope(consent.scope), day=until)))
        kind = number.phone.kind if number is not None and call.attempt is None else None
        if may(call.seat.person.roles, Act.PROVE_GUARANTEE):
            if kind is NumberKind.CONTACT:
                found.append((_GUARANTEE, self.tr("A guarantor: the contract was seen")))
            elif kind is NumberKind.GUARANTOR:
                found.append((_NO_GUARANTEE, self.tr("No guarantor any more")))
        return [Choice(value, text, _DIGITS[n]) for n, (value, text) in enumerate(found)]

    def _scope(self, scope: ConsentScope) -> str:
        return {
            ConsentScope.AGREED_HOURS: self.tr("Agreed hours"),
            ConsentScope.MORE_TALKS: self.tr("Asked for more calls"),
            ConsentScope.CALL_BACK: self.tr("Asked for a call back"),
        }[scope]

    def _why(self, call: LiveCall) -> str:
        number = call.number
        if number is None:
            return self.tr("There is no number.")
        if number.callable_now:
            return self.tr("The number may be called now.")
        decision, now = number.decision, call.seat.now()
        named = number.phone.relation if number.phone.kind is NumberKind.CONTACT else ""
        parts = [self.tr("In the bank's file: {relation}").format(relation=named)] if named else []
        parts += [say(message, zone=call.zone, now=now) for message in reasons_of(decision)[:2]]
        first = strictest_reason(decision) if decision.reasons else None
        if first is not None:
            parts += filter(None, [(language() == "zh_CN" and first.clause_zh) or first.clause])
        parts.append(say(when_again(decision), zone=call.zone, now=now))
        if not decision.next_allowed_at:
            parts.append(say(who_must_act(decision)))
        return " · ".join(dict.fromkeys(parts))  # law and house often say the same

    def _pick(self, value: object) -> None:
        self.what.set_value(value)
        self._clear_errors()
        withdrawn = isinstance(value, ConsentInForce)
        guarantee = value == _GUARANTEE
        self._fields["until"].setVisible(isinstance(value, ConsentScope) or value in (_OVERRIDE, _CONTACTS))
        for name in _OF_GUARANTEE:
            self._fields[name].setVisible(guarantee)
        for name in ("start", "end"):
            self._fields[name].setVisible(value is ConsentScope.AGREED_HOURS)
        self._fields["words"].setVisible(not withdrawn and not guarantee)
        self._fields["proof"].setVisible(isinstance(value, ConsentScope) or guarantee)
        end = _DEFAULT_END.get(value, "+0") if isinstance(value, ConsentScope) else "+0"
        self.until.setText(_CONTACTS_END if value == _CONTACTS else end)
        self._name_words()

    def _name_words(self) -> None:
        tried = self.tr("How often the debtor was tried, and why others are asked now")
        reasons = {
            _OVERRIDE: self.tr("Why it may pass"),
            _CONTACTS: tried,
            _ASK_CONTACTS: tried,
            _NO_GUARANTEE: self.tr("Why the guarantee no longer holds"),
            _CLOCK: self.tr("How the date and time were checked"),
        }
        value = self.what.value
        known = reasons.get(value) if isinstance(value, str) and not isinstance(value, ConsentScope) else None
        self._fields["words"].set_label(known or self.tr("What the debtor said, in their words"))
        proof = self.tr("Contract: number, or where it lies") if value == _GUARANTEE else None
        self._fields["proof"].set_label(proof or self.tr("Proof: recording or document, by its number"))

    # --- reading -------------------------------------------------------------------------------------

    def wish(self) -> Wish:
        """What was filled in. Raises Refused naming the field that can't be read."""
        call, value = self._call, self.what.value
        if call is None or value is None:
            raise Refused("book.cases.gone")
        if isinstance(value, ConsentInForce):
            return value
        if value == _GUARANTEE:
            return self._guarantee(call)
        if value == _NO_GUARANTEE:
            return EndGuarantee(self.words.text())
        if value == _CLOCK:
            return VouchForClock(self.words.text())
        if value == _ASK_CONTACTS:
            return AskForContacts(self.words.text())
        until = self._end_of_day(call)
        if value == _CONTACTS:
            return ApproveContacts(until, self.words.text())
        if not isinstance(value, ConsentScope):
            return OverrideWish(until, self.words.text())
        window = (self._time("start"), self._time("end")) if value is ConsentScope.AGREED_HOURS else None
        return ConsentWish(value, call.seat.now(), until, self.words.text(), self.proof.text(), window)

    def _guarantee(self, call: LiveCall) -> Guarantee:
        day = parse_day(self.day.text(), call.today, past=True)
        return Guarantee(self.name.text(), self.id_number.text(), self.proof.text(), day, self.address.text())

    def _end_of_day(self, call: LiveCall) -> datetime:
        day = parse_day(self.until.text(), call.today)
        if day is None:
            raise Refused("calls.unread_date", "until")
        return datetime.combine(day + timedelta(days=1), time(), call.zone).astimezone(UTC)

    def _time(self, name: str) -> time:
        read = parse_time({"start": self.start, "end": self.end}[name].text())
        if read is None:
            raise Refused("permits.permits.no_window", name)
        return read

    def refuse(self, field_name: str | None, message: Message) -> None:
        """Say what stands in the way, at its field."""
        self._clear_errors()
        name = {"reason": "words", "window": "start"}.get(field_name or "", field_name or "")
        field = self._fields.get(name, self._what)
        field.set_error(say(message))
        field.field.setFocus()

    def _clear_errors(self) -> None:
        for field in (self._what, *self._fields.values()):
            field.set_error("")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.set_title(self.tr("What opens the gate"))
        self._what.set_label(self.tr("What"))
        for name, text in (
            ("until", self.tr("Until the end of")),
            ("start", self.tr("From (their clock)")),
            ("end", self.tr("To")),
            ("name", self.tr("Full name, as in the contract")),
            ("id_number", self.tr("ID number, or its last four")),
            ("day", self.tr("Signed on")),
            ("address", self.tr("Address in the contract (for the identity check)")),
        ):
            self._fields[name].set_label(text)
        self._name_words()
        self._hint.setText(
            self.tr(
                "A consent or a contract opens nothing until a lead other than you agrees (Review); taken back, it "
                "ends at once. The law is never overridden, and who lets a rule pass doesn't call on it."
            )
        )
        self.send.setText(self.tr("Write down"))
        self.leave.setText(self.tr("Leave (Esc)"))
        if self._call is not None and self.isVisible():
            self.begin(self._call)
