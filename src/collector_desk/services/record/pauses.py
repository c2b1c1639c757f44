"""A pause whose outcome was taken back: it stays until a lead agrees, and is lifted here."""

from sqlalchemy import or_, select

from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.vocabulary import Flag, Outcome, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import outcome
from collector_desk.store import tables as t


def is_taken_back(kind: TaskKind, attempt_id: str | None, said: str | None) -> bool:
    """Whether the outcome behind a pause no longer says so; ``said`` is the outcome that holds now."""
    if kind not in outcome.PAUSES or attempt_id is None:
        return False
    record = rule_for(Outcome(said)).record if said else None
    return record is None or record.kind is not kind


def lift(act: Writing, debtor_id: str, attempt_id: str, flag: Flag, reason: str) -> None:
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
        outcome.lift_flag(act, debtor_id, flag, attempt_id=attempt_id, reason=reason)
