"""What the fields of a visit are called, and how its states look; the same in form, report and review."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from collector_desk.domain.message import msg
from collector_desk.domain.visits.due import Turn, VisitTurn
from collector_desk.domain.visits.steps import VisitState
from collector_desk.services.desk.seat import Seat
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import say, word

_KILO = 1024
_TONES = {
    VisitState.REQUESTED: Tone.INFO,
    VisitState.OPENED: Tone.INFO,
    VisitState.PLANNED: Tone.INFO,
    VisitState.SET_OUT: Tone.INFO,
    VisitState.ON_SITE: Tone.WARN,
    VisitState.DONE: Tone.WARN,
    VisitState.NOT_FOUND: Tone.WARN,
    VisitState.BROKEN_OFF: Tone.WARN,
    VisitState.REPORTED: Tone.INFO,
    VisitState.SENT_BACK: Tone.DANGER,
    VisitState.ACCEPTED: Tone.OK,
    VisitState.FILED: Tone.OK,
}


def tone_of(state: VisitState) -> Tone:
    """The look of a state; its word stands beside it."""
    return _TONES.get(state, Tone.NEUTRAL)


def field_labels() -> dict[str, str]:
    """The label of each field of the report, in the language in force."""
    translate = QCoreApplication.translate
    return {
        "outcome": translate("VisitFields", "How the visit ended"),
        "outcome_reason": translate("VisitFields", "Why, or what was found"),
        "day": translate("VisitFields", "Day"),
        "set_out_at": translate("VisitFields", "Set out"),
        "arrived_at": translate("VisitFields", "Arrived"),
        "left_at": translate("VisitFields", "Left"),
        "present": translate("VisitFields", "There the whole time"),
        "recorded_where": translate("VisitFields", "Recording kept where"),
        "address": translate("VisitFields", "The address is"),
        "new_address": translate("VisitFields", "New address"),
        "met": translate("VisitFields", "Who was met"),
        "met_words": translate("VisitFields", "Who it was, in words"),
        "identified": translate("VisitFields", "Identified how"),
        "debt_disclosed": translate("VisitFields", "Was the debt spoken of?"),
        "entry": translate("VisitFields", "Entry"),
        "consent": translate("VisitFields", "Consent to enter given how"),
        "consent_where": translate("VisitFields", "Consent recorded where"),
        "minutes_inside": translate("VisitFields", "Minutes inside"),
        "over_time_reason": translate("VisitFields", "Why longer than 20 minutes"),
        "said": translate("VisitFields", "What was said"),
        "arrears_reason": translate("VisitFields", "Reason for the arrears"),
        "agreed": translate("VisitFields", "What was agreed"),
        "promise_amount": translate("VisitFields", "Amount promised"),
        "promise_on": translate("VisitFields", "To be paid on"),
        "promise_channel": translate("VisitFields", "Way to pay"),
        "agreed_words": translate("VisitFields", "The agreement in words"),
        "handed_over": translate("VisitFields", "Handed over"),
        "unusual": translate("VisitFields", "Anything unusual"),
        "next_step": translate("VisitFields", "Next step"),
        "next_on": translate("VisitFields", "Next step on"),
        "statements": translate("VisitFields", "Own statement"),
        "evidence": translate("VisitFields", "Evidence"),
    }


def section_titles() -> dict[str, str]:
    """The headings of the report's parts."""
    translate = QCoreApplication.translate
    return {
        "way": translate("VisitFields", "Outcome and times"),
        "people": translate("VisitFields", "Team and address"),
        "met": translate("VisitFields", "Who was met"),
        "entry": translate("VisitFields", "Inside"),
        "talk": translate("VisitFields", "The talk"),
        "agreed": translate("VisitFields", "Agreement"),
        "after": translate("VisitFields", "Afterwards"),
    }


def turn_line(seat: Seat, turn: Turn) -> str:
    """Whose turn it is and until when: "The lead reviews · until today 14:30"."""
    text = word(turn.waits)
    if turn.waits is VisitTurn.NOBODY or turn.due_at is None:
        return text
    code = "visits.visiting.overdue_since" if turn.overdue(seat.now()) else "visits.visiting.until"
    until = msg(code, at=turn.due_at)
    return f"{text} · {say(until, zone=ZoneInfo(seat.zone), now=seat.now())}"


def size_text(size: int) -> str:
    """Bytes for people: "640 KB", "12.5 MB"."""
    if size < _KILO * _KILO:
        return f"{max(size // _KILO, 1)} KB"
    return f"{size / _KILO / _KILO:.1f} MB"
