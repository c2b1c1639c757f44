"""Promises and what becomes of them: the one writer, whether a promise was given on the phone or at the door.

One promise stands on an account: an earlier one is replaced by the new word, and with it goes what a lead still had
to decide about it. ``taking_back`` undoes what a call wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from collector_desk.domain.book.debts import STANDING, DebtorFile
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import PROMISES, CallLog, LogCheck, case_of
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import Outcome, PayChannel, PromiseState, Speaker, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.services.record.attempts import OpenAttempt
from collector_desk.store import tables as t
from collector_desk.store.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What was promised, on which account, and in which call; ``waits_for_lead``: it counts once a lead agrees."""

    debtor_id: str
    case_id: str
    attempt_id: str | None
    amount: Money
    due_at: datetime
    channel: PayChannel | None
    full: bool
    waits_for_lead: bool = False


def of_call(file: DebtorFile, attempt: OpenAttempt, log: CallLog, checked: LogCheck) -> Promised | None:
    """What a call's log promises; None where it promises nothing."""
    if log.outcome not in PROMISES or log.amount is None or log.channel is None or checked.promise_due is None:
        return None
    return Promised(
        debtor_id=file.id,
        case_id=case_of(file, log),
        attempt_id=attempt.id,
        amount=log.amount,
        due_at=checked.promise_due,
        channel=log.channel,
        full=log.outcome is Outcome.PROMISE_FULL,
        waits_for_lead=checked.waits_for_lead,
    )


def write(act: Writing, promised: Promised) -> None:
    """The promise, open or waiting for the lead, in the place of whatever stood on the same account."""
    drop(act, promised.case_id, promised.debtor_id, TaskDecision.REPLACED)
    act.record(
        t.promise,
        {
            "id": new_id(),
            "debtor_id": promised.debtor_id,
            "case_id": promised.case_id,
            "attempt_id": promised.attempt_id,
            "amount_minor": promised.amount.minor,
            "currency": promised.amount.currency,
            "due_at": promised.due_at,
            "channel": promised.channel.value if promised.channel else PayChannel.OTHER.value,
            "full": promised.full,
            "needs_lead": promised.waits_for_lead,
        },
    )
    if promised.waits_for_lead:
        tasks.open_task(act, promised.debtor_id, TaskKind.PROMISE_APPROVAL, promised.attempt_id)


def drop(act: Writing, case_id: str, debtor_id: str, decision: TaskDecision) -> None:
    """Cancel what stands promised on an account, in lines of its own; ``decision``: why nobody has to agree now."""
    state = t.promise_state.c
    standing = act.conn.execute(
        select(state.promise_id).where(state.case_id == case_id, state.state.in_(STANDING))
    ).scalars()
    for promise_id in list(standing):
        set_state(act, promise_id, debtor_id, PromiseState.CANCELLED)
        _close_approval(act, promise_id, debtor_id, decision)


def _close_approval(act: Writing, promise_id: str, debtor_id: str, decision: TaskDecision) -> None:
    """Nobody has to agree any more to a promise that no longer stands."""
    asked = act.conn.execute(
        select(t.task.c.id)
        .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
        .join(t.promise, t.promise.c.attempt_id == t.task.c.attempt_id)
        .where(
            t.task_state.c.debtor_id == debtor_id,
            t.task_state.c.open.is_(True),
            t.task.c.kind == TaskKind.PROMISE_APPROVAL,
            t.promise.c.id == promise_id,
        )
    ).scalars()
    for task_id in list(asked):
        tasks.close_task(act, task_id, debtor_id, decision)


def set_state(act: Writing, promise_id: str, debtor_id: str, state: PromiseState) -> None:
    """Note what became of a promise."""
    act.record(t.promise_event, {"promise_id": promise_id, "state": state}, debtor_id=debtor_id)


def followed_up(act: Writing, promise_id: str, debtor_id: str, *, done: bool) -> None:
    """Keep whether a talk followed a broken promise: until then the case goes by it."""
    act.record(t.promise_followed, {"promise_id": promise_id, "done": done}, debtor_id=debtor_id)


_PASSED = select(t.promise_state.c.promise_id, t.promise_state.c.state).where(
    t.promise_state.c.debtor_id == bindparam("debtor_id"),
    t.promise_state.c.due_at <= bindparam("now"),
    t.promise_state.c.state.in_([PromiseState.OPEN, PromiseState.BROKEN]),
)


def follow_up(act: Writing, attempt: OpenAttempt, log: CallLog) -> None:
    """Mark the broken promises a talk has followed up: from then on the case goes by its new word."""
    if log.speaker is not Speaker.DEBTOR:
        return
    passed = act.conn.execute(_PASSED, {"debtor_id": attempt.debtor_id, "now": act.at}).all()
    for row in passed:
        if row.state == PromiseState.OPEN:
            set_state(act, row.promise_id, attempt.debtor_id, PromiseState.BROKEN)
        followed_up(act, row.promise_id, attempt.debtor_id, done=True)


def break_passed(act: Writing, debtor_id: str, before: datetime) -> None:
    """Break the promises whose time passed unpaid before an instant."""
    state = t.promise_state.c
    passed = act.conn.execute(
        select(state.promise_id).where(
            state.debtor_id == debtor_id, state.state == PromiseState.OPEN, state.due_at <= before
        )
    ).scalars()
    for promise_id in list(passed):
        set_state(act, promise_id, debtor_id, PromiseState.BROKEN)
