"""What an outcome writes: the end of the attempt, promise or payment, what was learnt, what it opens for others.

Each function is a part of the one transaction of ``calling.finish``; ``taking_back`` undoes what they did.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from collector_desk.domain.book.debts import DebtorFile, NumberSource
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import CallLog, LogCheck
from collector_desk.domain.calls.outcomes import OUTCOME_RULES, rule_for
from collector_desk.domain.calls.outcomes import result_of as counted_as
from collector_desk.domain.message import Refused
from collector_desk.domain.states import PaymentSource, TaskDecision
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import (
    Addressee,
    Direction,
    Flag,
    NumberKind,
    NumberStanding,
    Outcome,
    PromiseState,
    Result,
    Speaker,
    TaskKind,
)
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.store import tables as t

_TELLING = {NumberStanding.DEAD: Outcome.OFF, NumberStanding.WRONG: Outcome.WRONG_NUMBER}

PAUSES = {rule.record.kind: rule.record.flag for rule in OUTCOME_RULES.values() if rule.record and rule.record.flag}
"""The matters that hold collecting up, and by which flag."""
SHUT = (NumberStanding.WRONG, NumberStanding.STOPPED, NumberStanding.HELD)
"""What closes a number: one person's word does, but opens it no more."""
_TO_DECIDE = timedelta(days=1)


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


def write_end(act: Writing, seat: Seat, attempt: OpenAttempt, log: CallLog, checked: LogCheck) -> str:
    """The end of the attempt itself, with the path through the script and the note."""
    path = [cleaned(step, 200) for step in log.path]
    if log.recording_missing:
        path.append(f"no_recording:{cleaned(log.recording_missing, 200)}")
    return act.record(
        t.attempt_end,
        {
            "attempt_id": attempt.id,
            "debtor_id": attempt.debtor_id,
            "actor_id": seat.person.id,
            "ended_at": act.at,
            "outcome": log.outcome.value,
            "result": counted(log).value,
            "speaker": log.speaker.value,
            "identity_right": sorted(factor.value for factor in log.identity.right),
            "identity_failures": log.identity.failures,
            "arrears_reason": log.reason.value if log.reason else None,
            "willing": log.willing,
            "able": log.able,
            "talk_seconds": max(log.talk_seconds, 0),
            "path": path,
            "next_step": checked.next_step.value,
            "next_at": checked.next_at,
            "recording": cleaned(log.recording, 120) or None,
            "note": cleaned(log.note) or None,
        },
    )


def counted(log: CallLog) -> Result:
    """How the attempt counts: a talk with the identified debtor stays one, whoever took the phone afterwards."""
    return Result.EFFECTIVE if log.debtor_spoken else counted_as(log.outcome, log.speaker)


def set_promise_state(act: Writing, promise_id: str, debtor_id: str, state: PromiseState) -> None:
    """Note what became of a promise."""
    act.record(t.promise_event, {"promise_id": promise_id, "state": state}, debtor_id=debtor_id)
    act.conn.execute(update(t.promise_state).where(t.promise_state.c.promise_id == promise_id).values(state=state))


def write_payment(
    act: Writing, file: DebtorFile, log: CallLog, amount: Money, day: date, *, end_id: str | None = None
) -> None:
    """What the debtor shows they paid; it stands until the bank's file confirms it."""
    act.record(
        t.payment,
        {
            "debtor_id": file.id,
            "case_id": case_of(file, log),
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "paid_on": day,
            "source": PaymentSource.DEBTOR.value,
            "attempt_end_id": end_id,
        },
    )


def case_of(file: DebtorFile, log: CallLog) -> str:
    """The account a call was about: the one named, else the one that leads."""
    if log.case_id is None:
        return file.lead_case.id
    if all(case.id != log.case_id for case in file.cases):
        raise Refused("calls.other_debtor_open", "case")
    return log.case_id


def write_learnt(act: Writing, file: DebtorFile, attempt: OpenAttempt, log: CallLog) -> frozenset[str]:
    """What the call showed of the number dialled; whose cases it touches besides."""
    others: frozenset[str] = frozenset()
    learnt = log.number_standing or next((s for s, outcome in _TELLING.items() if outcome is log.outcome), None)
    if learnt is None and log.speaker in (Speaker.DEBTOR, Speaker.GUARANTOR):
        learnt = NumberStanding.LIVE
    if log.outcome is Outcome.WRONG_NUMBER and learnt not in SHUT:
        learnt = NumberStanding.WRONG  # whatever else was chosen of it
    if log.outcome is Outcome.STOP_CALLING and log.speaker is not Speaker.DEBTOR:
        learnt = NumberStanding.STOPPED  # a contact who says stop is never called again
    if learnt and attempt.phone_id:
        learn(act, attempt.phone_id, file.id, attempt.id, learnt, NumberSource.CALL)
        if learnt is NumberStanding.WRONG:
            others = _wrong_everywhere(act, file, attempt)
    return others


def learn(
    act: Writing,
    phone_id: str,
    debtor_id: str,
    attempt_id: str | None,
    standing: NumberStanding,
    source: NumberSource,
) -> None:
    """What is now known of a number, and from where. One that is shut stays so until a lead has decided."""
    known = act.conn.execute(_STANDING, {"phone_id": phone_id}).scalar()
    if known in SHUT and standing not in SHUT and source != NumberSource.LEAD:
        ask_of_number(act, TaskKind.NUMBER_AGAIN, debtor_id, phone_id, attempt_id)
        return
    row = {"phone_id": phone_id, "attempt_id": attempt_id, "standing": standing.value, "source": source}
    act.record(t.phone_event, row, debtor_id=debtor_id)
    act.conn.execute(update(t.phone).where(t.phone.c.id == phone_id).values(standing=standing.value))


_STANDING = select(t.phone.c.standing).where(t.phone.c.id == bindparam("phone_id"))
_WAITING = (
    select(t.given_number.c.id)
    .join(t.task_state, t.task_state.c.task_id == t.given_number.c.task_id)
    .where(
        t.task_state.c.debtor_id == bindparam("debtor_id"),
        t.task_state.c.open.is_(True),
        t.given_number.c.phone_id == bindparam("phone_id"),
    )
)


def ask_of_number(act: Writing, kind: TaskKind, debtor_id: str, phone_id: str, attempt_id: str | None) -> None:
    """Put the question of a number before the leads, once a number."""
    if act.conn.execute(_WAITING, {"debtor_id": debtor_id, "phone_id": phone_id}).first():
        return
    task_id = open_task(act, debtor_id, kind, attempt_id, act.at + _TO_DECIDE)
    row = {"debtor_id": debtor_id, "task_id": task_id, "phone_id": phone_id, "attempt_id": attempt_id}
    act.record(t.given_number, row)


def _wrong_everywhere(act: Writing, file: DebtorFile, attempt: OpenAttempt) -> frozenset[str]:
    """A number that is somebody else's is called for no other debtor either, until one of them is met on it."""
    phone = t.phone.c
    others = act.conn.execute(
        select(phone.id, phone.debtor_id).where(
            phone.number == attempt.number,
            phone.debtor_id != file.id,
            phone.kind.in_([NumberKind.MOBILE, NumberKind.HOME]),
            phone.standing.in_([NumberStanding.UNKNOWN, NumberStanding.DEAD]),
        )
    ).all()
    for other in others:
        learn(act, other.id, other.debtor_id, attempt.id, NumberStanding.WRONG, NumberSource.OTHER_CASE)
    return frozenset(other.debtor_id for other in others)


def write_record(act: Writing, attempt: OpenAttempt, log: CallLog) -> None:
    """What an outcome opens: a flag that pauses, and a matter that somebody must settle by a time."""
    record = rule_for(log.outcome).record
    if record is None or (log.outcome is Outcome.STOP_CALLING and log.speaker is not Speaker.DEBTOR):
        return
    task, state = t.task.c, t.task_state.c
    waits = (
        select(task.id)
        .join(t.task_state, state.task_id == task.id)
        .where(
            state.debtor_id == attempt.debtor_id,
            state.open.is_(True),
            task.attempt_id == attempt.id,
            task.kind == record.kind,
        )
    )
    if act.conn.execute(waits).first():
        return  # taken back and entered again: it was never off the list
    if record.flag:
        raise_flag(act, attempt.debtor_id, record.flag, on=True, attempt_id=attempt.id)
    open_task(act, attempt.debtor_id, record.kind, attempt.id, act.at + record.act_within)


def raise_flag(
    act: Writing, debtor_id: str, flag: Flag, *, on: bool, attempt_id: str | None = None, reason: str = ""
) -> None:
    """Set or lift a flag of the debtor."""
    row = {"flag": flag.value, "on": on, "attempt_id": attempt_id, "reason": reason or None}
    act.record(t.flag_event, row | {"debtor_id": debtor_id})


def lift_flag(act: Writing, debtor_id: str, flag: Flag, *, attempt_id: str | None = None, reason: str = "") -> bool:
    """Lift a flag unless another open matter still needs it (two complaints, hardship beside a risk to life)."""
    kinds = [rule.record.kind for rule in OUTCOME_RULES.values() if rule.record and rule.record.flag is flag]
    still = act.conn.execute(
        select(t.task.c.id)
        .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
        .where(t.task_state.c.debtor_id == debtor_id, t.task_state.c.open.is_(True), t.task.c.kind.in_(kinds))
    ).first()
    if still is None:
        raise_flag(act, debtor_id, flag, on=False, attempt_id=attempt_id, reason=reason)
    return still is None


def close_task(
    act: Writing, task_id: str, debtor_id: str, decision: TaskDecision, reason: str | None = None
) -> None:
    """Take a matter off the leads' list, with what was decided."""
    done = {"task_id": task_id, "decision": decision, "reason": reason}
    act.record(t.task_done, done, debtor_id=debtor_id)
    act.conn.execute(update(t.task_state).where(t.task_state.c.task_id == task_id).values(open=False))


def open_task(
    act: Writing,
    debtor_id: str,
    kind: TaskKind,
    attempt_id: str | None,
    due_at: datetime,
    *,
    task_id: str | None = None,
) -> str:
    """Put a matter on the leads' list, to be settled by ``due_at``; returns its id."""
    row = {"id": task_id, "debtor_id": debtor_id, "kind": kind, "attempt_id": attempt_id, "due_at": due_at}
    task_id = act.record(t.task, row | {"opened_by": act.person_id})
    act.conn.execute(insert(t.task_state).values(task_id=task_id, debtor_id=debtor_id, open=True, due_at=due_at))
    return task_id


_PASSED = select(t.promise_state.c.promise_id, t.promise_state.c.state).where(
    t.promise_state.c.debtor_id == bindparam("debtor_id"),
    t.promise_state.c.due_at <= bindparam("now"),
    t.promise_state.c.state.in_([PromiseState.OPEN, PromiseState.BROKEN]),
)


def follow_up(act: Writing, attempt: OpenAttempt, log: CallLog) -> None:
    """After a broken promise one talk follows; then the case goes by its new word."""
    if log.speaker is not Speaker.DEBTOR:
        return
    state = t.promise_state.c
    passed = act.conn.execute(_PASSED, {"debtor_id": attempt.debtor_id, "now": act.at}).all()
    for row in passed:
        if row.state == PromiseState.OPEN:
            set_promise_state(act, row.promise_id, attempt.debtor_id, PromiseState.BROKEN)
        act.conn.execute(update(t.promise_state).where(state.promise_id == row.promise_id).values(followed_up=True))


def passed_promises(act: Writing, debtor_id: str, before: datetime) -> None:
    """Promises whose time passed unpaid before an instant are broken from now on."""
    state = t.promise_state.c
    passed = act.conn.execute(
        select(state.promise_id).where(
            state.debtor_id == debtor_id, state.state == PromiseState.OPEN, state.due_at <= before
        )
    ).scalars()
    for promise_id in list(passed):
        set_promise_state(act, promise_id, debtor_id, PromiseState.BROKEN)
