"""What taking an outcome back undoes: the part of ``calling.take_back`` that mirrors ``calling.finish``.

A line of history stays as it was written; what followed from it is cancelled by lines of its own. What the outcome
had replaced or closed is again as it was before; what it had shut stays shut until a lead has agreed.
"""

from collector_desk.domain.book.debts import STANDING, NumberSource
from collector_desk.domain.book.history import History
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import CaseState, PromiseState, TaskKind
from collector_desk.services.calls import call_backs
from collector_desk.services.desk.seat import Writing
from collector_desk.services.gate.facts import past_of
from collector_desk.services.record import numbers, promises, tasks
from collector_desk.store import calls_back


def undo(act: Writing, attempt_id: str, debtor_id: str, end_id: str) -> frozenset[str]:
    """Cancel what an outcome had opened: its promise, its tasks, what was thought of the number.

    A pause it raised stays on, and so does a number it shut: a lead other than the caller takes it off (``lift``),
    so that no stop vanishes by a correction. Returns whose cases it touches besides.
    """
    past = past_of(act.conn, debtor_id, act.at)
    _undo_promises(act, past, attempt_id, end_id)
    for task in past_of(act.conn, debtor_id, act.at).tasks:
        if task.attempt_id == attempt_id and not TASK_RULES[task.kind].outlives_outcome:
            tasks.close_task(act, task.id, debtor_id, TaskDecision.TAKEN_BACK)
    call_backs.take_back(act, attempt_id, debtor_id)
    return _restore_numbers(act, attempt_id) - {debtor_id}


def _undo_promises(act: Writing, past: History, attempt_id: str, end_id: str) -> None:
    """The promise is cancelled; what it had replaced, or what the talk had closed, is again as it was."""
    if not past.promises:
        return
    debtor_id = past.debtor.id
    moves = calls_back.promise_moves(act.conn, [promise.id for promise in past.promises], end_id)
    still_open = {case.id for case in past.accounts if case.state is CaseState.OPEN}
    talks = [one.at for one in past.attempts if one.effective]
    for promise in past.promises:
        if promise.attempt_id == attempt_id:
            if promise.state in STANDING:
                promises.set_state(act, promise.id, debtor_id, PromiseState.CANCELLED)
            continue
        known = moves.get(promise.id, [])
        if known and known[-1].by_this and promise.case_id in still_open:  # on a closed one nothing is promised
            before = [move.state for move in known if not move.by_this]
            first = PromiseState.PROPOSED if promise.needs_lead else PromiseState.OPEN
            promises.set_state(act, promise.id, debtor_id, before[-1] if before else first)
            if not before and promise.needs_lead:
                tasks.open_task(act, debtor_id, TaskKind.PROMISE_APPROVAL, promise.attempt_id)
        # was it this talk alone that followed the broken promise up? Then a talk is owed again
        if not any(at >= promise.due_at for at in talks):
            promises.followed_up(act, promise.id, debtor_id, done=False)


def _restore_numbers(act: Writing, attempt_id: str) -> frozenset[str]:
    """What the outcome said of a number, on this case and on others, is taken back; what was known before holds."""
    touched = set()
    for said in calls_back.said_of_numbers(act.conn, attempt_id):
        if said.before is not said.standing:
            numbers.learn(act, said.phone_id, said.debtor_id, attempt_id, said.before, NumberSource.TAKEN_BACK)
            touched.add(said.debtor_id)
    return frozenset(touched)
