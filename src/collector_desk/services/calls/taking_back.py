"""What taking an outcome back undoes: the part of ``calling.take_back`` that mirrors ``calling.finish``.

A line of history stays as it was written; what followed from it is cancelled by lines of its own. What the outcome
had replaced or closed is again as it was before; what it had shut stays shut until a lead has agreed.
"""

from sqlalchemy import select

from collector_desk.domain.book.debts import STANDING, NumberSource
from collector_desk.domain.office.tasks import TASK_RULES
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import CaseState, NumberStanding, PromiseState, TaskKind
from collector_desk.services.calls import call_backs
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import numbers, promises, tasks
from collector_desk.store import tables as t
from collector_desk.store.calls import past_attempts
from collector_desk.store.tables.history import journal

_STAYS = [kind for kind, rule in TASK_RULES.items() if rule.outlives_outcome]
"""Tasks that a correction doesn't take off the leads' list."""


def undo(act: Writing, attempt_id: str, debtor_id: str, end_id: str) -> frozenset[str]:
    """Cancel what an outcome had opened: its promise, its tasks, what was thought of the number.

    A pause it raised stays on, and so does a number it shut: a lead other than the caller takes it off (``lift``),
    so that no stop vanishes by a correction. Returns whose cases it touches besides.
    """
    _undo_promises(act, attempt_id, debtor_id, end_id)
    opened = act.conn.execute(
        select(t.task.c.id)
        .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
        .where(
            t.task_state.c.debtor_id == debtor_id,
            t.task_state.c.open.is_(True),
            t.task.c.attempt_id == attempt_id,
            t.task.c.kind.not_in(_STAYS),
        )
    ).scalars()
    for task_id in list(opened):
        tasks.close_task(act, task_id, debtor_id, TaskDecision.TAKEN_BACK)
    call_backs.take_back(act, attempt_id, debtor_id)
    return _restore_numbers(act, attempt_id) - {debtor_id}


def _undo_promises(act: Writing, attempt_id: str, debtor_id: str, end_id: str) -> None:
    """The promise is cancelled; what it had replaced, or what the talk had closed, is again as it was."""
    state = t.promise_state.c
    of_debtor = act.conn.execute(
        select(
            t.promise.c.id,
            t.promise.c.attempt_id,
            t.promise.c.needs_lead,
            t.promise.c.due_at,
            state.state,
            (t.account_case.c.state == CaseState.OPEN).label("account_open"),
        )
        .join(t.promise_state, state.promise_id == t.promise.c.id)
        .join(t.account_case, t.account_case.c.id == t.promise.c.case_id)
        .where(state.debtor_id == debtor_id)  # by its index: promises have none by attempt
    ).all()
    if not of_debtor:
        return
    act_of_end = select(journal.c.at).where(journal.c.row_id == end_id).scalar_subquery()
    moved = act.conn.execute(
        select(journal.c.row_id).where(
            journal.c.debtor_id == debtor_id,
            journal.c.at == act_of_end,
            journal.c.kind == "call.finish",
            journal.c.table_name == t.promise_event.name,
        )
    ).scalars()
    event = t.promise_event.c
    by_this = set(moved)
    talks = [one.at for one in past_attempts(act.conn, debtor_id) if one.effective and one.outcome is not None]
    for promise in of_debtor:
        if promise.attempt_id == attempt_id:
            if promise.state in STANDING:
                promises.set_state(act, promise.id, debtor_id, PromiseState.CANCELLED)
            continue
        events = act.conn.execute(
            select(event.id, event.state).where(event.promise_id == promise.id).order_by(event.id)
        ).all()
        if events and events[-1].id in by_this and promise.account_open:  # on a closed one nothing is promised
            before = [PromiseState(row.state) for row in events if row.id not in by_this]
            first = PromiseState.PROPOSED if promise.needs_lead else PromiseState.OPEN
            promises.set_state(act, promise.id, debtor_id, before[-1] if before else first)
            if not before and promise.needs_lead:
                tasks.open_task(act, debtor_id, TaskKind.PROMISE_APPROVAL, promise.attempt_id)
        # was it this talk alone that followed the broken promise up? Then a talk is owed again
        if not any(at >= promise.due_at for at in talks):
            promises.followed_up(act, promise.id, debtor_id, done=False)


def _restore_numbers(act: Writing, attempt_id: str) -> frozenset[str]:
    """What the outcome said of a number, on this case and on others, is taken back; what was known before holds."""
    events, mine = t.phone_event.c, t.phone.alias("mine")
    same = (
        select(t.phone.c.id, t.phone.c.debtor_id, t.phone.c.standing)
        .select_from(
            t.attempt.join(mine, mine.c.id == t.attempt.c.phone_id).join(t.phone, t.phone.c.number == mine.c.number)
        )
        .where(t.attempt.c.id == attempt_id)
    )
    touched = set()
    for phone in act.conn.execute(same).all():
        known = act.conn.execute(
            select(events.attempt_id, events.source, events.standing)
            .where(events.phone_id == phone.id)
            .order_by(events.id)
        ).all()
        if not any(
            row.attempt_id == attempt_id and row.source in (NumberSource.CALL, NumberSource.OTHER_CASE)
            for row in known
        ):
            continue
        before = [row.standing for row in known if row.attempt_id != attempt_id]
        standing = NumberStanding(before[-1] if before else NumberStanding.UNKNOWN)
        if standing.value != phone.standing:
            numbers.learn(act, phone.id, phone.debtor_id, attempt_id, standing, NumberSource.TAKEN_BACK)
            touched.add(phone.debtor_id)
    return frozenset(touched)
