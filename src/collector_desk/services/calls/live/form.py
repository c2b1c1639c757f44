"""The log of a call as it is being typed: texts as typed, read into values only when they are wanted."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from collector_desk.domain.book.money import Money, format_figure
from collector_desk.domain.calls.log import PROMISES, CallLog
from collector_desk.domain.calls.outcomes import Need, rule_for
from collector_desk.domain.calls.parts import FurtherPart, read_parts
from collector_desk.domain.calls.promises import PromiseLimits, PromisePresets
from collector_desk.domain.calls.soon import Soon, moment_of
from collector_desk.domain.message import Message, Refused
from collector_desk.domain.text import moments
from collector_desk.domain.text.amounts import NotAnAmountError, parse_money
from collector_desk.domain.text.moments import Moment
from collector_desk.domain.vocabulary import ArrearsReason, NumberStanding, Outcome, PayChannel

_YES_NO = {"yes": True, "no": False}


@dataclass(slots=True)
class Form:
    """The log as it is being typed: texts stay as typed until they are read. ``*_chosen``: not by the script."""

    outcome: str = ""
    outcome_chosen: bool = False
    reason: str = ""
    reason_chosen: bool = False
    amount: str = field(default="", repr=False)
    day: str = ""
    at: str = ""
    parts: str = field(default="", repr=False)  # what of a promise comes after that
    channel: str = ""
    proof: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    case_id: str = ""
    number_standing: str = ""
    new_number: str = field(default="", repr=False)
    next_day: str = ""
    next_at: str = ""
    willing: str = ""
    able: str = ""
    recording: str = field(default="", repr=False)  # its reference; with a gap the words for it
    recording_gap: str = ""
    short_talk_confirmed: bool = False

    @property
    def said_outcome(self) -> Outcome | None:
        """The outcome chosen so far."""
        return Outcome(self.outcome) if self.outcome else None

    def money(self, currency: str) -> Money | None:
        """The amount as typed; None where it is none."""
        try:
            return parse_money(self.amount, currency) if self.amount.strip() else None
        except ValueError:
            return None

    def _unread_amount(self, currency: str) -> Refused:
        try:
            parse_money(self.amount, currency)
        except NotAnAmountError as error:
            if error.meant:
                return Refused("calls.amount_meant", "amount", figure=error.meant)
        return Refused("calls.unread_amount", "amount")

    def moment(self, now: datetime) -> Moment:
        """Day and time as typed, on the debtor's clock; of a payment the last ones they can mean, else the next."""
        said = moments.read(self.day, self.at, now, past=self.said_outcome is Outcome.PAID_ALREADY)
        if self.said_outcome is not Outcome.CALL_BACK or said.day or said.at is None or said.fault is not None:
            return said
        # "at two" said of a call back is the next two o'clock
        day = now.date() if said.at > now.time() else now.date() + timedelta(days=1)
        return replace(said, day=day)

    def set_soon(self, soon: Soon, now: datetime) -> None:
        """Put one of the moments in that are asked for most."""
        moment = moment_of(soon, now)
        self.day, self.at = f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"

    def spread(self, now: datetime, *, of_day: bool) -> bool:
        """Where the field just typed says day and time, the other one follows; says whether it did.

        ``of_day``: the day was typed; what stands in the other field was filled in before.
        """
        past = self.said_outcome is Outcome.PAID_ALREADY
        both = moments.both_in(self.day if of_day else self.at, now, past=past)
        if both is None:
            return False
        if of_day:
            self.at = f"{both[1]:%H:%M}"
        else:
            self.day = f"{both[0]:%Y-%m-%d}"
        return True

    def further(self, currency: str, now: datetime) -> tuple[FurtherPart, ...]:
        """The parts of a promise after the first, as typed; each at the first one's hour where it names none.

        Raises Refused with the piece that can't be read.
        """
        if self.said_outcome not in PROMISES or not self.parts.strip():
            return ()
        return read_parts(self.parts, currency, now, self.moment(now).at or PromiseLimits().default_time)

    def further_told(self, currency: str, now: datetime) -> tuple[tuple[FurtherPart, ...], Message | None]:
        """The same while it is typed: the parts, or else what can't be read of them."""
        try:
            return self.further(currency, now), None
        except Refused as refused:
            return (), refused.message

    def next_moment(self, now: datetime) -> Moment:
        """The next step's, likewise."""
        return moments.read(self.next_day, self.next_at, now)

    def set_outcome(self, outcome: Outcome, preset: PromisePresets, *, chosen: bool) -> None:
        """Put an outcome in, with what usually goes with it; what was typed already is kept."""
        if self.outcome == outcome.value:
            return
        before = self.said_outcome
        self.outcome, self.outcome_chosen, self.short_talk_confirmed = outcome.value, chosen, False
        full = format_figure(preset.full)
        if outcome is Outcome.PROMISE_FULL and not self.amount:
            self.amount = full
        elif before is Outcome.PROMISE_FULL and self.amount == full:
            self.amount = ""
        if outcome in PROMISES:
            self.at = self.at or f"{preset.at:%H:%M}"
            self.channel = self.channel or PayChannel.BANK_APP.value
        elif before in PROMISES and (outcome is not Outcome.CALL_BACK or not self.day):
            self.at = ""

    def log(self, call: CallLog, *, currency: str, now: datetime) -> CallLog:
        """``call`` (what is known without the form) with what was typed; ``now`` on the debtor's clock.

        Raises Refused, naming the field, where something typed can't be read.
        """
        rule = rule_for(call.outcome)
        needs = rule.needs | rule.takes
        amount, when, step = self.money(currency), self.moment(now), self.next_moment(now)
        if Need.AMOUNT in needs and self.amount.strip() and amount is None:
            raise self._unread_amount(currency)
        if needs & {Need.DATE, Need.TIME}:
            _must_be_plain(when)
        _must_be_plain(step, "next")
        for name, field_name, wanted, typed, value in (
            ("date", "date", Need.DATE in needs, self.day, when.day),
            ("time", "time", Need.TIME in needs, self.at, when.at),
            ("date", "next", True, self.next_day, step.day),
            ("time", "next", True, self.next_at, step.at),
        ):
            if wanted and typed.strip() and value is None:
                raise Refused(f"calls.unread_{name}", field_name)
        return replace(
            call,
            note=self.note,
            reason=ArrearsReason(self.reason) if self.reason else None,
            amount=amount if Need.AMOUNT in needs else None,
            day=when.day if Need.DATE in needs else None,
            at=when.at if Need.TIME in needs else None,
            parts=self.further(currency, now),
            channel=PayChannel(self.channel) if self.channel and Need.CHANNEL in needs else None,
            proof=self.proof.strip() if Need.PROOF in needs else "",
            case_id=self.case_id or None,
            number_standing=NumberStanding(self.number_standing) if self.number_standing else None,
            new_number=self.new_number,
            next_day=step.day,
            next_time=step.at,
            willing=_YES_NO.get(self.willing),
            able=_YES_NO.get(self.able),
            recording="" if self.recording_gap else self.recording.strip(),
            recording_missing=": ".join(filter(None, (self.recording_gap, self.recording.strip())))
            if self.recording_gap
            else "",
            short_talk_confirmed=self.short_talk_confirmed,
        )


def _must_be_plain(when: Moment, field_name: str = "") -> None:
    """What can be two moments is none. One that is past is judged with what it is for."""
    if when.fault is not None and not when.over:
        raise Refused(when.fault.code, field_name or when.at_fault, **when.fault.params)
