"""A debtor's flags, set and lifted: the one writer of them.

A flag stays up as long as an open task needs it, and where its outcome was taken back, until a lead agrees.
"""

from sqlalchemy import or_, select

from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.office.tasks import TASK_RULES, kept_up_by
from collector_desk.domain.vocabulary import Flag, Outcome, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.store import tables as t


def put(
    act: Writing, debtor_id: str, flag: Flag, *, on: bool, attempt_id: str | None = None, reason: str = ""
) -> None:
    """Set or lift a flag of the debtor."""
    row = {"flag": flag.value, "on": on, "attempt_id": attempt_id, "reason": reason or None}
    act.record(t.flag_event, row | {"debtor_id": debtor_id})


def lift(act: Writing, debtor_id: str, flag: Flag, *, attempt_id: str | None = None, reason: str = "") -> bool:
    """Lift a flag unless another open task still needs it (two complaints, hardship beside a risk to life)."""
    still = act.conn.execute(
        select(t.task.c.id)
        .join(t.task_state, t.task_state.c.task_id == t.task.c.id)
        .where(
            t.task_state.c.debtor_id == debtor_id,
            t.task_state.c.open.is_(True),
            t.task.c.kind.in_(kept_up_by(flag)),
        )
    ).first()
    if still is None:
        put(act, debtor_id, flag, on=False, attempt_id=attempt_id, reason=reason)
    return still is None


def is_taken_back(kind: TaskKind, attempt_id: str | None, said: str | None) -> bool:
    """Whether the outcome behind a pause no longer says so; ``said`` is the outcome that holds now."""
    if not TASK_RULES[kind].pauses or attempt_id is None:
        return False
    return said is None or rule_for(Outcome(said)).opens is not kind


def lift_taken_back(act: Writing, debtor_id: str, attempt_id: str, flag: Flag, reason: str) -> None:
    """Lift the flag of an outcome that was taken back, unless something else raised it as well."""
    event = t.flag_event.c
    events = act.conn.execute(
        select(event.on)
        .where(
            event.debtor_id == debtor_id,
            event.flag == flag.value,
            or_(event.attempt_id.is_(None), event.attempt_id != attempt_id),
        )
        .order_by(event.id)
    ).scalars()
    others = list(events)
    if not others or not others[-1]:
        lift(act, debtor_id, flag, attempt_id=attempt_id, reason=reason)
