"""Promises and what becomes of them: the one writer, whether a promise was given on the phone or at the door.

One promise of the time to come stands on an account: an earlier one is replaced by the new word, and with it goes
what a lead still had to decide about it. One whose time has passed is not replaced but decided by what the bank
says was paid (``services.money``), or no promise would ever be broken. ``taking_back`` undoes what a call wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from collector_desk.domain.book.debts import STANDING, DebtorFile, PromiseFacts
from collector_desk.domain.book.money import Money
from collector_desk.domain.calls.log import PROMISES, CallLog, LogCheck, OpenAttempt, case_of
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import Outcome, PayChannel, PromiseState, Speaker, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store import tables as t
from collector_desk.store.book.history import promises_of
from collector_desk.store.ids import new_id
from collector_desk.store.permits.tasks import waiting


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


def of_call(file: DebtorFile, attempt: OpenAttempt, log: CallLog, checked: LogCheck) -> tuple[Promised, ...]:
    """What a call's log promises, part by part; nothing where it promises nothing."""
    if log.outcome not in PROMISES or log.amount is None or log.channel is None or checked.promise_due is None:
        return ()
    first = Promised(
        debtor_id=file.debtor.id,
        case_id=case_of(file, log),
        attempt_id=attempt.id,
        amount=log.amount,
        due_at=checked.promise_due,
        channel=log.channel,
        full=log.outcome is Outcome.PROMISE_FULL,
        waits_for_lead=checked.waits_for_lead,
    )
    later = zip(log.parts, checked.parts_due, strict=True)
    return first, *(replace(first, amount=part.amount, due_at=due) for part, due in later)


def write(act: Writing, parts: Sequence[Promised]) -> None:
    """The promise, all parts of it on one account, open or waiting for the lead, in the place of what stood there.

    A lead is asked once about all of them.
    """
    first = parts[0]
    _drop(act, first.debtor_id, _to_come(act, first.debtor_id, first.case_id), PromiseState.CANCELLED)
    for promised in parts:
        _write_part(act, promised)
    if first.waits_for_lead:
        tasks.open_task(act, first.debtor_id, TaskKind.PROMISE_APPROVAL, first.attempt_id)


def _write_part(act: Writing, promised: Promised) -> None:
    act.record(
        t.promise,
        {
            "id": new_id(),
            "debtor_id": promised.debtor_id,
            "case_id": promised.case_id,
            "attempt_id": promised.attempt_id,
            "amount_minor": promised.amount.minor,
            "currency": promised.amount.currency,
            "given_at": act.at,
            "due_at": promised.due_at,
            "channel": promised.channel.value if promised.channel else PayChannel.OTHER.value,
            "full": promised.full,
            "needs_lead": promised.waits_for_lead,
        },
    )


def void(act: Writing, debtor_id: str, *, case_id: str | None = None) -> None:
    """The ground of what stands promised is gone, of one account or of all: it counts nowhere.

    What was due before stays: it is decided by what the bank says was paid.
    """
    _drop(act, debtor_id, _to_come(act, debtor_id, case_id), PromiseState.VOID)


def _to_come(act: Writing, debtor_id: str, case_id: str | None) -> list[PromiseFacts]:
    """What stands promised, of one account or of all, and is not due yet; or waits for a lead."""
    return [
        one
        for one in promises_of(act.conn, debtor_id)
        if case_id in (None, one.case_id)
        and one.state in STANDING
        and (one.due_at > act.at or one.state is PromiseState.PROPOSED)
    ]


def _drop(act: Writing, debtor_id: str, standing: Sequence[PromiseFacts], state: PromiseState) -> None:
    for promise in standing:
        set_state(act, promise.id, debtor_id, state)
    calls = {promise.attempt_id for promise in standing} - {None}
    decision = TaskDecision.REPLACED if state is PromiseState.CANCELLED else TaskDecision.CLOSED
    for task in waiting(act.conn, debtor_id) if calls else ():  # nobody has to agree to it any more
        if task.kind is TaskKind.PROMISE_APPROVAL and task.attempt_id in calls:
            tasks.close_task(act, task.id, debtor_id, decision)


def set_state(act: Writing, promise_id: str, debtor_id: str, state: PromiseState) -> None:
    """Note what became of a promise."""
    act.record(t.promise_event, {"promise_id": promise_id, "state": state}, debtor_id=debtor_id)


def followed_up(act: Writing, promise_id: str, debtor_id: str, *, done: bool) -> None:
    """Keep whether a talk followed a broken promise: until then the case goes by it."""
    act.record(t.promise_followed, {"promise_id": promise_id, "done": done}, debtor_id=debtor_id)


def follow_up(act: Writing, attempt: OpenAttempt, log: CallLog) -> None:
    """Mark the broken promises a talk has followed up: from then on the case goes by its new word."""
    if log.speaker is not Speaker.DEBTOR:
        return
    for promise in promises_of(act.conn, attempt.debtor_id):
        if promise.state is PromiseState.BROKEN:
            followed_up(act, promise.id, attempt.debtor_id, done=True)
