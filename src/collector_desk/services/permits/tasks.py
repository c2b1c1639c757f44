"""The leads' list of tasks and the act that settles one; what holds for each kind: ``domain/office/tasks.py``."""

from collections.abc import Callable
from dataclasses import dataclass, field

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused
from collector_desk.domain.money.figures import current_again
from collector_desk.domain.office.tasks import AskedTask, LeadTask, TaskRule
from collector_desk.domain.people import Act, require, require_other
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.vocabulary import PromiseState, TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.permits import contacts, guarantees
from collector_desk.services.record import accounts, flags, given_numbers, promises, tasks
from collector_desk.store.book.closing import account_of
from collector_desk.store.book.history import promises_of
from collector_desk.store.money import ends, leaning
from collector_desk.store.money.ends import paid_accounts
from collector_desk.store.permits import tasks as kept
from collector_desk.store.projections import money


def open_tasks(seat: Seat) -> tuple[LeadTask, ...]:
    """What waits for a decision: danger to a life, then incidents, then what runs out first."""
    with seat.store.read() as conn:
        return kept.open_tasks(conn)


def settle(seat: Seat, task_id: str, *, approve: bool, reason: str) -> Changes:
    """Decide an open task with a reason. An approved promise counts from now on; a pause is released.

    What takes two people comes into force. Nobody decides what they opened themselves. Raises Refused without a
    reason or where it is settled already.
    """
    require(seat.person, Act.SETTLE_TASK)
    words = cleaned(reason, 2000)
    if not words:
        raise Refused("permits.tasks.no_reason", "reason")
    with acting(seat, "task.settle") as act:
        task = kept.task_of(act.conn, task_id)
        if task is None or not task.open:
            raise Refused("permits.tasks.settled")
        rule = task.rule
        require(seat.person, rule.decided_by)
        for proposer in task.bound:
            require_other(proposer, seat.person.id)
        effect = _EFFECTS.get(rule.kind)
        if effect is not None:
            effect(act, task, LeadAnswer(approve, words))
        tasks.close_task(act, task_id, task.debtor_id, _decision(rule, approve=approve), words)
        if rule.flag and approve:
            # after it is closed: a flag stays up as long as an open task needs it
            if task.taken_back and task.attempt_id:
                flags.lift_taken_back(act, task.debtor_id, task.attempt_id, rule.flag, words)
            elif not rule.flag_stays:
                flags.lift(act, task.debtor_id, rule.flag, reason=words)
    return Changes(debtors=frozenset({task.debtor_id}))


def _decision(rule: TaskRule, *, approve: bool) -> TaskDecision:
    if not approve:
        return TaskDecision.REFUSED
    return TaskDecision.RELEASED if rule.pauses else TaskDecision.APPROVED


@dataclass(frozen=True, slots=True)
class LeadAnswer:
    """What the lead decided, and why."""

    yes: bool
    words: str = field(repr=False)


def _decide_promise(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    becomes = PromiseState.OPEN if answer.yes else PromiseState.REFUSED
    for promise in promises_of(act.conn, task.debtor_id) if task.attempt_id else ():
        # any other state: it was replaced or taken back meanwhile
        if promise.state is PromiseState.PROPOSED and promise.attempt_id == task.attempt_id:
            promises.set_state(act, promise.id, task.debtor_id, becomes)


def _decide_number(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    given_numbers.decide(act, task, theirs=answer.yes)


def _decide_guarantee(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    guarantees.decide(act, task.debtor_id, task.id, holds=answer.yes)


def _decide_contacts(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    contacts.decide(act, task.debtor_id, answer.words, yes=answer.yes)


def _decide_settled(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    for account in paid_accounts(act.conn, task.debtor_id) if answer.yes else ():
        accounts.end(act, account, Ending.SETTLED, balance_minor=0, written_on=act.at.date(), document=answer.words)


def _decide_fall(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:  # noqa: ARG001 -- either answer does
    """Its promises are decided anew by this word, before anybody sees the debtor."""
    money.mark_stale(act.conn, [task.debtor_id])


def _decide_current(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    """What is owed on it is the bank's again; accounts of which less was paid stay with us."""
    if not answer.yes:
        return
    said = money.of_debtors(act.conn, [task.debtor_id])
    for due in ends.parts_due(act.conn, [task.debtor_id]):
        paid = said[task.debtor_id].paid(due.case_id) if task.debtor_id in said else []
        account = account_of(act.conn, due.case_id)
        if account is not None and current_again(due.part, due.as_of, paid):
            owed, today = account.balance_minor, act.at.date()
            accounts.end(act, account, Ending.CURRENT, balance_minor=owed, written_on=today, document=answer.words)


def _decide_closed(act: Writing, task: AskedTask, answer: LeadAnswer) -> None:
    """What was closed on a withdrawn file's word is owed again: the bank's figure less the rows that count."""
    if not answer.yes:
        return
    for one in leaning.closed_of(act.conn, [task.debtor_id]):
        account = account_of(act.conn, one.case_id)
        if account is not None:
            accounts.end(act, account, Ending.REOPENED, balance_minor=one.figure_minor, reason=answer.words)
    money.keep(act.conn, [task.debtor_id], money.of_debtors(act.conn, [task.debtor_id]))
    money.mark_stale(act.conn, [task.debtor_id])


_EFFECTS: dict[TaskKind, Callable[[Writing, AskedTask, LeadAnswer], None]] = {
    TaskKind.PROMISE_APPROVAL: _decide_promise,
    TaskKind.GIVEN_NUMBER: _decide_number,
    TaskKind.NUMBER_AGAIN: _decide_number,
    TaskKind.GUARANTEE: _decide_guarantee,
    TaskKind.CONTACTS: _decide_contacts,
    TaskKind.FIGURE_FELL: _decide_fall,
    TaskKind.CURRENT_AGAIN: _decide_current,
    TaskKind.SETTLED: _decide_settled,
    TaskKind.CLOSED_IN_DOUBT: _decide_closed,
}
"""What a decision changes besides the list and the flag. Consents and figures need nothing: they ask whether the
task they hang on was approved (``store.agreed``)."""
