"""The log of one call as the agent fills it in, and what has to be right before it can be saved."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from collector_desk.domain.book.contact_summary import retry_at
from collector_desk.domain.book.debts import DebtorFile
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.identity import IdentityCheck
from collector_desk.domain.calls.notes import check_note
from collector_desk.domain.calls.outcomes import (
    Need,
    OutcomeRule,
    StepFrom,
    StepKind,
    open_outcomes,
    question_talk_time,
    result_of,
    rule_for,
)
from collector_desk.domain.calls.parts import FurtherPart, check_parts
from collector_desk.domain.calls.promises import PromiseLimits, Weight
from collector_desk.domain.message import Message, Refused, msg
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.text.cleaning import MAX_FIELD
from collector_desk.domain.vocabulary import (
    Addressee,
    ArrearsReason,
    Direction,
    NumberStanding,
    Outcome,
    PayChannel,
    Result,
    Speaker,
)

PROMISES = frozenset({Outcome.PROMISE_FULL, Outcome.PROMISE_PART})
_OF_A_DEBT = PROMISES | {Outcome.WANTS_PLAN}


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt begun and not yet ended; it survives a crash and can't be forgotten."""

    id: str
    debtor_id: str
    phone_id: str | None
    number: str = field(repr=False)
    begun_at: datetime
    direction: Direction
    script: str
    to: Addressee = Addressee.DEBTOR
    talked: int | None = None  # seconds, where an outcome that was taken back told them


@dataclass(frozen=True, slots=True)
class CallLog:
    """What the form holds; ``day`` and ``at`` (of promise, call-back, payment) are on the debtor's clock."""

    outcome: Outcome
    speaker: Speaker = Speaker.UNKNOWN
    identity: IdentityCheck = field(default_factory=IdentityCheck)
    talk_seconds: int = 0
    note: str = field(default="", repr=False)
    reason: ArrearsReason | None = None
    case_id: str | None = None  # of the promise or payment; None: the leading account
    amount: Money | None = None
    day: date | None = None
    at: time | None = None
    parts: tuple[FurtherPart, ...] = ()  # of a promise, after the first
    channel: PayChannel | None = None
    proof: str = field(default="", repr=False)  # of a payment, as they name it
    willing: bool | None = None
    able: bool | None = None
    next_day: date | None = None  # the next step, where the agent sets another than the outcome's own
    next_time: time | None = None
    number_standing: NumberStanding | None = None  # what was learnt of the number dialled
    new_number: str = field(default="", repr=False)  # a number the debtor gave
    recording: str = field(default="", repr=False)  # its reference
    recording_missing: str = field(default="", repr=False)  # or why there is none
    path: tuple[str, ...] = ()  # steps, branches and cards of the script, in order
    short_talk_confirmed: bool = False
    debtor_spoken: bool = False  # to the identified debtor, whoever has the phone in the end

    @property
    def asked_by_debtor(self) -> bool:
        """Whether the identified debtor asks for a call back at a time that was named."""
        return self.outcome is Outcome.CALL_BACK and self.speaker is Speaker.DEBTOR and self.identity.passed


@dataclass(frozen=True, slots=True)
class LogFinding:
    """Something about one field. A ``REFUSE`` can't be saved; a ``WARN`` can, knowingly."""

    field_name: str
    weight: Weight
    message: Message
    early: bool = False  # to be said while one types: the field is filled in, and no more of it will mend it


@dataclass(frozen=True, slots=True)
class LogCheck:
    """All findings, and what follows from the log."""

    findings: tuple[LogFinding, ...]
    next_step: StepKind
    next_at: datetime | None
    promise_due: datetime | None
    waits_for_lead: bool
    call_back_at: datetime | None = None
    parts_due: tuple[datetime, ...] = ()  # of a promise in parts, after the first

    @property
    def refusals(self) -> tuple[LogFinding, ...]:
        """What stands in the way of saving."""
        return tuple(finding for finding in self.findings if finding.weight is Weight.REFUSE)


Hours = Callable[[datetime], Message | None]
"""Asks why somebody can't be called back at an instant, by the hours of contact; None: they can."""

Wording = Callable[[str, Speaker], Collection[Message]]
"""Asks the wording check for what blocks saving a note said with this speaker on the line."""


def check_log(
    log: CallLog,
    *,
    balance: Money,
    in_full: Money | None = None,
    owing: bool = True,
    now: datetime,
    zone: tzinfo,
    zone_name: str,
    last_note: str = "",
    outcome_names: Collection[str] = (),
    wording: Wording | None = None,
    limits: PromiseLimits | None = None,
    hours: Hours | None = None,
) -> LogCheck:
    """Judge the log against the rule of its outcome; ``balance`` is that of the account promised on, ``in_full``
    what is asked for on it where that is not all of it.

    ``owing`` false: it is closed, and nothing can be agreed on it any more.
    """
    rule = rule_for(log.outcome)
    found = [
        *_speaker(log),
        *_closed(log, owing=owing),
        *_needs(log, rule),
        *_note(log, last_note, outcome_names, wording),
    ]
    due, waits = None, False
    later: tuple[datetime, ...] = ()
    if log.outcome in PROMISES:
        full = (in_full or balance) if log.outcome is Outcome.PROMISE_FULL else None
        promise = check_parts(
            *(log.amount, log.day, log.at, log.parts),
            balance=balance,
            full=full,
            now=now,
            zone=zone,
            limits=limits,
        )
        found += [LogFinding(f.field_name, f.weight, f.message) for f in promise.findings]
        due, waits, later = promise.first.due_at, promise.waits_for_lead, promise.due
    if log.outcome is Outcome.PAID_ALREADY and log.day and log.day > now.astimezone(zone).date():
        found.append(LogFinding("date", Weight.REFUSE, msg("calls.paid_in_future")))
    call_back_at = None
    if log.outcome is Outcome.CALL_BACK and log.day is not None and log.at is not None:
        call_back_at = datetime.combine(log.day, log.at, zone).astimezone(now.tzinfo)
        found += _call_back(log, call_back_at, now, zone, hours)
    short = question_talk_time(log.outcome, log.talk_seconds)
    if short and rule.reached and not log.short_talk_confirmed:
        found.append(LogFinding("talk_seconds", Weight.WARN, short))
    next_at, problem = _next_at(log, rule, due, now, zone, zone_name)
    if problem:
        found.append(problem)
    return LogCheck(_one_a_field(found), rule.next_step.kind, next_at, due, waits, call_back_at, later)


def _call_back(
    log: CallLog, at: datetime, now: datetime, zone: tzinfo, hours: Hours | None
) -> Iterator[LogFinding]:
    """A time at which the call back can be made, and what a second talk on one day wants."""
    closed = hours(at) if hours is not None and at > now else None
    if at <= now:
        yield LogFinding("time", Weight.REFUSE, msg("calls.next_in_past"))
    elif closed is not None:
        yield LogFinding("time", Weight.REFUSE, closed, early=True)
    today = at.astimezone(zone).date() == now.astimezone(zone).date()
    if today and log.asked_by_debtor and not log.recording.strip():
        yield LogFinding("time", Weight.WARN, msg("calls.callback_unproven"))


def _speaker(log: CallLog) -> list[LogFinding]:
    found = []
    if log.outcome not in open_outcomes(log.speaker):
        found.append(LogFinding("outcome", Weight.REFUSE, msg("calls.not_with_speaker", outcome=log.outcome)))
    if log.speaker in (Speaker.DEBTOR, Speaker.GUARANTOR) and not log.identity.passed:
        found.append(LogFinding("identity", Weight.REFUSE, msg("calls.identity_unchecked")))
    return found


def _closed(log: CallLog, *, owing: bool) -> list[LogFinding]:
    if owing or log.outcome not in _OF_A_DEBT:
        return []
    return [LogFinding("case" if log.case_id else "outcome", Weight.REFUSE, msg("calls.nothing_owed"))]


def _needs(log: CallLog, rule: OutcomeRule) -> list[LogFinding]:
    """The fields the outcome can't do without; a promise's own are judged with the promise."""
    given = {
        Need.AMOUNT: log.amount is not None,
        Need.DATE: log.day is not None,
        Need.TIME: log.at is not None,
        Need.CHANNEL: log.channel is not None,
        Need.REASON: log.reason is not None,
    }
    skip = {Need.NOTE, Need.NEXT_STEP}
    if log.outcome in PROMISES:
        skip |= {Need.AMOUNT, Need.DATE, Need.TIME}
    return [
        LogFinding(need.value, Weight.REFUSE, msg(f"calls.missing_{need.value}"))
        for need in Need
        if need in rule.needs and need not in skip and not given[need]
    ]


def _note(
    log: CallLog, last_note: str, outcome_names: Collection[str], wording: Wording | None
) -> list[LogFinding]:
    if len(log.note) > MAX_FIELD:
        return [LogFinding("note", Weight.REFUSE, msg("calls.note_too_long", most=MAX_FIELD))]
    found = [
        LogFinding("note", Weight.REFUSE, finding.message)
        for finding in check_note(log.note, log.outcome, last_note or None, outcome_names)
    ]
    if wording and log.note.strip():
        found += [LogFinding("note", Weight.REFUSE, message) for message in wording(log.note, log.speaker)]
    return [LogFinding("note", Weight.REFUSE, _together([one.message for one in found]))] if found else []


def _together(faults: list[Message]) -> Message:
    """Every fault of a note at once: who mends one is not sent back for the next."""
    together, said = faults[0], [faults[0]]
    for other in faults[1:]:
        if other not in said:
            said.append(other)
            together = msg("calls.both_faults", first=together, other=other)
    return together


def _next_at(
    log: CallLog, rule: OutcomeRule, due: datetime | None, now: datetime, zone: tzinfo, zone_name: str
) -> tuple[datetime | None, LogFinding | None]:
    if log.next_day is not None:
        chosen = datetime.combine(log.next_day, log.next_time or time(9, 0), zone).astimezone(now.tzinfo)
        if chosen <= now:
            return None, LogFinding("next", Weight.REFUSE, msg("calls.next_in_past"))
        return chosen, None
    step = rule.next_step
    if step.start is StepFrom.TASK_DUE and rule.opens:
        return now + TASK_RULES[rule.opens].within, None
    if step.start is StepFrom.AGREED_TIME:
        if due is None and log.day is not None and log.at is not None:
            due = datetime.combine(log.day, log.at, zone).astimezone(now.tzinfo)
            if due <= now:
                return None, LogFinding("time", Weight.REFUSE, msg("calls.next_in_past"))
        return due, None
    after = step.after or timedelta(minutes=1)
    return retry_at(now, after, zone_name), None


def case_of(file: DebtorFile, log: CallLog) -> str:
    """The account a call was about: the one named, else the one that leads. Raises Refused for another debtor's."""
    if log.case_id is None:
        return file.lead_case.id
    if all(case.id != log.case_id for case in file.cases):
        raise Refused("calls.other_debtor_open", "case")
    return log.case_id


def counted(log: CallLog) -> Result:
    """How the attempt counts: a talk with the identified debtor stays one, whoever took the phone afterwards."""
    return Result.EFFECTIVE if log.debtor_spoken else result_of(log.outcome, log.speaker)


def _one_a_field(found: list[LogFinding]) -> tuple[LogFinding, ...]:
    """The first finding of each field: one thing to mend at a time."""
    first: dict[tuple[str, Weight], LogFinding] = {}
    for finding in found:
        first.setdefault((finding.field_name, finding.weight), finding)
    return tuple(first.values())
