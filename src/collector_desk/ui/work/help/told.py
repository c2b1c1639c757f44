"""What a line of the history says and what of it may be seen now: the same in the column and where it is read."""

from dataclasses import dataclass

from collector_desk.domain.book.debts import PLACED_AGAIN, TimelineEntry
from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message
from collector_desk.domain.text.masking import HIDDEN_AMOUNT, masked_note
from collector_desk.services.calls.live.call import LiveCall
from collector_desk.ui.theme import Tint, Tone
from collector_desk.ui.words import say

_GOOD = frozenset({"book.timeline.payment_bank", "book.timeline.promise_kept"})
_BAD = frozenset({"book.timeline.promise_broken", "book.timeline.flag_on"})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line; ``gone``: it was taken back."""

    day: str  # short: the hour today, else the day
    at: str
    who: str
    what: str
    note: str
    tint: Tint
    gone: bool
    called: bool  # the end of a call
    divides: bool  # an earlier placement from this one

    @property
    def head(self) -> str:
        """When, and who."""
        return " · ".join(filter(None, (self.at, self.who)))


def told_of(call: LiveCall) -> tuple[HistoryLine, ...]:
    """The lines of a call's case, the newest first; none while somebody else is on the line."""
    if call.case is None or call.third_party:
        return ()
    return tuple(_told(entry, call) for entry in call.case.timeline)


def last_note(call: LiveCall) -> HistoryLine | None:
    """What was written of the last call that has a note and holds."""
    return next((one for one in told_of(call) if one.called and one.note and not one.gone), None)


def _told(entry: TimelineEntry, call: LiveCall) -> HistoryLine:
    now, local = call.seat.now().astimezone(call.zone), entry.at.astimezone(call.zone)
    year = local.year != now.year
    day = f"{local:%y-%m-%d}" if year else f"{local:%H:%M}" if local.date() == now.date() else f"{local:%m-%d}"
    at = f"{local:%Y-%m-%d %H:%M}" if year else f"{local:%m-%d %H:%M}"
    details = entry.detail if call.facts_open else tuple(_masked(message) for message in entry.detail)
    what = " · ".join(say(message, zone=call.zone, now=now) for message in details)
    name = call.case.file.debtor.name if call.case else ""
    note = entry.text if call.facts_open else masked_note(entry.text, name)
    codes = {message.code for message in entry.detail}
    tint = Tone.OK.strong if codes & _GOOD else Tone.DANGER.strong if codes & _BAD else Tint.TEXT
    divides = entry.kind == PLACED_AGAIN
    if divides:
        tint = Tint.DIM
    return HistoryLine(
        day, at, entry.actor, what, note, tint, entry.taken_back, entry.kind == "attempt_end", divides
    )


def _masked(message: Message) -> Message:
    """The same sentence without its amounts."""
    hidden = {k: HIDDEN_AMOUNT if isinstance(v, Money) else v for k, v in message.params.items()}
    return Message(message.code, hidden)
