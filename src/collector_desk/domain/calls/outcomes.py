"""What each call outcome needs and leads to, as data in this one place (``OUTCOME_RULES``).

Everything that asks "is a note needed?", "what comes next?", "may one key save it?" reads it here; a new outcome
is one more row (and its words in ``resources/messages/vocabulary.toml``).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from collector_desk.domain.message import Message, msg
from collector_desk.domain.vocabulary import Outcome, Result, Speaker, TaskKind


class Need(StrEnum):
    """A field of the call log that an outcome can't do without."""

    NOTE = "note"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    CHANNEL = "channel"
    REASON = "reason"  # for the arrears
    PROOF = "proof"  # what they name as proof
    NEXT_STEP = "next_step"


class StepKind(StrEnum):
    """What is to be done next with the case."""

    TRY_AGAIN = "try_again"
    TRY_OTHER_NUMBER = "try_other_number"
    CALL_BACK = "call_back"
    FOLLOW_PROMISE = "follow_promise"
    CHECK_PAYMENT = "check_payment"
    LEAD_DECIDES = "lead_decides"


class StepFrom(StrEnum):
    """From which instant the default next step is counted."""

    NOW = "now"
    AGREED_TIME = "agreed_time"  # the date and time typed for a promise or a call-back
    TASK_DUE = "task_due"  # when the person who must act has to have acted


@dataclass(frozen=True, slots=True)
class NextStep:
    """The default next step: its kind and when, ``after`` counted from ``start``."""

    kind: StepKind
    after: timedelta = timedelta(0)
    start: StepFrom = StepFrom.NOW


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One outcome. ``reached`` means a person was spoken to, so that a note is mandatory (domain 5).

    ``result`` is what the conduct rules count when the identified debtor spoke; ``result_of`` gives the count for
    others. ``min_talk_seconds``: below it the outcome is questioned, not refused. ``one_key`` may be saved by its
    key alone.
    """

    outcome: Outcome
    key: str
    reached: bool
    needs: frozenset[Need]
    result: Result
    speakers: frozenset[Speaker]
    next_step: NextStep
    min_talk_seconds: int = 0
    one_key: bool = False
    takes: frozenset[Need] = frozenset()  # fields that may be filled in, too
    opens: TaskKind | None = None  # what somebody must settle then (``domain/office/tasks.py``)


_HOURS = timedelta(hours=1)
_DAYS = timedelta(days=1)
_DEBTOR = frozenset({Speaker.DEBTOR})
_LIABLE = frozenset({Speaker.DEBTOR, Speaker.GUARANTOR})
_OTHERS = frozenset({Speaker.UNKNOWN, Speaker.THIRD_PARTY})
_ANYBODY = frozenset(Speaker)
_NOBODY = frozenset({Speaker.UNKNOWN})
_PROMISE = frozenset({Need.NOTE, Need.AMOUNT, Need.DATE, Need.TIME, Need.CHANNEL, Need.REASON})
_NOTE = frozenset({Need.NOTE})
_NOTE_REASON = frozenset({Need.NOTE, Need.REASON})
_NOTE_TIME = frozenset({Need.NOTE, Need.DATE, Need.TIME})
_NOTHING: frozenset[Need] = frozenset()
_FOLLOW = NextStep(StepKind.FOLLOW_PROMISE, start=StepFrom.AGREED_TIME)
_LEAD = NextStep(StepKind.LEAD_DECIDES, start=StepFrom.TASK_DUE)


def _unreached(outcome: Outcome, key: str, result: Result, after: timedelta) -> OutcomeRule:
    step = NextStep(StepKind.TRY_AGAIN, after)
    return OutcomeRule(outcome, key, False, _NOTHING, result, _NOBODY, step, one_key=True)


_RULES = (
    OutcomeRule(Outcome.PROMISE_FULL, "1", True, _PROMISE, Result.EFFECTIVE, _LIABLE, _FOLLOW, min_talk_seconds=20),
    OutcomeRule(Outcome.PROMISE_PART, "2", True, _PROMISE, Result.EFFECTIVE, _LIABLE, _FOLLOW, min_talk_seconds=20),
    OutcomeRule(
        Outcome.PAID_ALREADY,
        "3",
        True,
        frozenset({Need.NOTE, Need.AMOUNT, Need.DATE}),
        Result.EFFECTIVE,
        _LIABLE,
        NextStep(StepKind.CHECK_PAYMENT, 1 * _DAYS),
        min_talk_seconds=10,
        takes=frozenset({Need.CHANNEL, Need.PROOF}),
    ),
    OutcomeRule(
        Outcome.CALL_BACK,
        "4",
        True,
        _NOTE_TIME,
        Result.EFFECTIVE,
        _ANYBODY,
        NextStep(StepKind.CALL_BACK, start=StepFrom.AGREED_TIME),
        min_talk_seconds=3,
    ),
    OutcomeRule(
        Outcome.REFUSES,
        "5",
        True,
        _NOTE_REASON,
        Result.EFFECTIVE,
        _LIABLE,
        NextStep(StepKind.TRY_AGAIN, 3 * _DAYS),
        min_talk_seconds=10,
    ),
    OutcomeRule(
        Outcome.WANTS_PLAN,
        "6",
        True,
        _NOTE_REASON,
        Result.EFFECTIVE,
        _LIABLE,
        _LEAD,
        min_talk_seconds=20,
        opens=TaskKind.PLAN_REQUEST,
    ),
    OutcomeRule(
        Outcome.DISPUTE,
        "7",
        True,
        _NOTE_REASON,
        Result.EFFECTIVE,
        _LIABLE,
        _LEAD,
        min_talk_seconds=15,
        opens=TaskKind.DISPUTE,
    ),
    OutcomeRule(
        Outcome.THIRD_PARTY,
        "8",
        True,
        _NOTE,
        Result.CONNECTED,
        _OTHERS,
        NextStep(StepKind.TRY_OTHER_NUMBER, 1 * _DAYS),
        min_talk_seconds=5,
    ),
    OutcomeRule(
        Outcome.NOT_VERIFIED,
        "u",
        True,
        _NOTE,
        Result.CONNECTED,
        _NOBODY,
        NextStep(StepKind.TRY_AGAIN, 1 * _DAYS),
        min_talk_seconds=5,
    ),
    OutcomeRule(
        Outcome.HANGS_UP,
        "9",
        True,
        _NOTE,
        Result.EFFECTIVE,
        _ANYBODY,
        NextStep(StepKind.TRY_AGAIN, 1 * _DAYS),
    ),
    OutcomeRule(
        Outcome.HARDSHIP,
        "0",
        True,
        _NOTE_REASON,
        Result.EFFECTIVE,
        _LIABLE,
        _LEAD,
        min_talk_seconds=20,
        opens=TaskKind.HARDSHIP,
    ),
    _unreached(Outcome.NO_ANSWER, "n", Result.NO_ANSWER, 4 * _HOURS),
    _unreached(Outcome.BUSY, "b", Result.BUSY, 1 * _HOURS),
    _unreached(Outcome.OFF, "o", Result.NOT_CONNECTED, 1 * _DAYS),
    _unreached(Outcome.VOICEMAIL, "v", Result.VOICEMAIL, 4 * _HOURS),
    OutcomeRule(
        Outcome.WRONG_NUMBER,
        "w",
        False,
        _NOTHING,
        Result.WRONG_PERSON,
        _OTHERS,
        NextStep(StepKind.TRY_OTHER_NUMBER),
        one_key=True,
    ),
    OutcomeRule(
        Outcome.COMPLAINT,
        "c",
        True,
        _NOTE,
        Result.EFFECTIVE,
        _ANYBODY,
        _LEAD,
        min_talk_seconds=5,
        opens=TaskKind.COMPLAINT,
    ),
    OutcomeRule(
        Outcome.REPRESENTED,
        "r",
        True,
        _NOTE,
        Result.EFFECTIVE,
        _ANYBODY,
        _LEAD,
        min_talk_seconds=5,
        opens=TaskKind.REPRESENTED,
    ),
    OutcomeRule(
        Outcome.STOP_CALLING,
        "s",
        True,
        _NOTE,
        Result.EFFECTIVE,
        _ANYBODY,
        _LEAD,
        opens=TaskKind.CEASE,
    ),
    OutcomeRule(
        Outcome.DECEASED,
        "x",
        True,
        _NOTE,
        Result.CONNECTED,
        _OTHERS | {Speaker.GUARANTOR},
        _LEAD,
        opens=TaskKind.DECEASED,
    ),
    OutcomeRule(
        Outcome.RISK_TO_LIFE,
        "l",
        True,
        _NOTE,
        Result.EFFECTIVE,
        _ANYBODY,
        _LEAD,
        opens=TaskKind.RISK_TO_LIFE,
    ),
)

OUTCOME_RULES = {rule.outcome: rule for rule in _RULES}
"""Every outcome's rule; complete, and in the order in which the screen offers them."""


def rule_for(outcome: Outcome) -> OutcomeRule:
    """The rule of an outcome."""
    return OUTCOME_RULES[outcome]


def open_outcomes(speaker: Speaker) -> tuple[Outcome, ...]:
    """The outcomes that can be logged with this speaker on the line.

    A promise or a dispute needs an identified debtor; the unreached ones need that nobody spoke.
    """
    return tuple(rule.outcome for rule in _RULES if speaker in rule.speakers)


def result_of(outcome: Outcome, speaker: Speaker) -> Result:
    """How the conduct rules count the attempt (rules 0b).

    "Effective" is a talk with the identified debtor only; with anyone else the same outcome is "connected", or
    "refused" where a third party wants no more calls.
    """
    rule = OUTCOME_RULES[outcome]
    if rule.result is not Result.EFFECTIVE or speaker is Speaker.DEBTOR:
        return rule.result
    return Result.REFUSED if outcome is Outcome.STOP_CALLING else Result.CONNECTED


def question_talk_time(outcome: Outcome, talk_seconds: float) -> Message | None:
    """A question where the talk was too short for such an outcome (a promise after three seconds)."""
    least = OUTCOME_RULES[outcome].min_talk_seconds
    if talk_seconds >= least:
        return None
    return msg("calls.outcomes.short_talk", seconds=int(talk_seconds), least=least)
