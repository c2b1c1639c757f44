"""What the fields of a visit are called, and how its states look; the same in form, report and review."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from collector_desk.domain.message import msg
from collector_desk.domain.visit_due import Turn, Waits
from collector_desk.domain.visit_steps import VisitState
from collector_desk.packs.messages import show_date, show_instant
from collector_desk.services.desk import Seat
from collector_desk.ui.theme import Tone
from collector_desk.ui.words import language, say, word

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
    tr = QCoreApplication.translate
    return {
        "outcome": tr("VisitFields", "How the visit ended"),
        "outcome_reason": tr("VisitFields", "Why, or what was found"),
        "day": tr("VisitFields", "Day"),
        "set_out_at": tr("VisitFields", "Set out"),
        "arrived_at": tr("VisitFields", "Arrived"),
        "left_at": tr("VisitFields", "Left"),
        "present": tr("VisitFields", "There the whole time"),
        "recorded_where": tr("VisitFields", "Recording kept where"),
        "address": tr("VisitFields", "The address is"),
        "new_address": tr("VisitFields", "New address"),
        "met": tr("VisitFields", "Who was met"),
        "met_words": tr("VisitFields", "Who it was, in words"),
        "identified": tr("VisitFields", "Identified how"),
        "debt_disclosed": tr("VisitFields", "Was the debt spoken of?"),
        "entry": tr("VisitFields", "Entry"),
        "consent": tr("VisitFields", "Consent to enter given how"),
        "consent_where": tr("VisitFields", "Consent recorded where"),
        "minutes_inside": tr("VisitFields", "Minutes inside"),
        "over_time_reason": tr("VisitFields", "Why longer than 20 minutes"),
        "said": tr("VisitFields", "What was said"),
        "arrears_reason": tr("VisitFields", "Reason for the arrears"),
        "agreed": tr("VisitFields", "What was agreed"),
        "promise_amount": tr("VisitFields", "Amount promised"),
        "promise_on": tr("VisitFields", "To be paid on"),
        "promise_channel": tr("VisitFields", "Way to pay"),
        "agreed_words": tr("VisitFields", "The agreement in words"),
        "handed_over": tr("VisitFields", "Handed over"),
        "unusual": tr("VisitFields", "Anything unusual"),
        "next_step": tr("VisitFields", "Next step"),
        "next_on": tr("VisitFields", "Next step on"),
        "statements": tr("VisitFields", "Own statement"),
        "evidence": tr("VisitFields", "Evidence"),
    }


def section_titles() -> dict[str, str]:
    """The headings of the report's parts."""
    tr = QCoreApplication.translate
    return {
        "way": tr("VisitFields", "The way"),
        "people": tr("VisitFields", "Team and address"),
        "met": tr("VisitFields", "Who was met"),
        "entry": tr("VisitFields", "Inside"),
        "talk": tr("VisitFields", "The talk"),
        "agreed": tr("VisitFields", "Agreement"),
        "after": tr("VisitFields", "Afterwards"),
    }


def when(seat: Seat, at: datetime | None) -> str:
    """An instant as people say it: "today 14:30"; a dash where there is none."""
    return show_instant(at, language(), ZoneInfo(seat.zone), seat.now()) if at else "—"


def day(value: date | None) -> str:
    """A calendar day; a dash where there is none."""
    return show_date(value, language()) if value else "—"


def turn_line(seat: Seat, turn: Turn) -> str:
    """Whose turn it is and until when: "The lead reviews · until today 14:30"."""
    text = word(turn.waits)
    if turn.waits is Waits.NOBODY or turn.due_at is None:
        return text
    code = "visiting.overdue_since" if turn.overdue(seat.now()) else "visiting.until"
    until = msg(code, at=turn.due_at)
    return f"{text} · {say(until, zone=ZoneInfo(seat.zone), now=seat.now())}"
