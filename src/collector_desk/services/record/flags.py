"""A debtor's flags, set and lifted: the one writer of them.

A flag stays up as long as an open task needs it, and where its outcome was taken back, until a lead agrees.
"""

from collector_desk.domain.office.tasks import kept_up_by
from collector_desk.domain.vocabulary import Flag
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import promises
from collector_desk.store import tables as t
from collector_desk.store.permits import flags
from collector_desk.store.permits.tasks import waiting
from collector_desk.store.projections import money

_VOIDING = (Flag.DECEASED, Flag.DISPUTED, Flag.PLAN_ACTIVE)
"""What takes the ground from a promise: nobody is held to it from then on."""
_BY_MONEY = (Flag.DECEASED, Flag.DISPUTED)
"""Under these a payment that comes waits for a person: of whom is it, and for what?"""


def put(
    act: Writing, debtor_id: str, flag: Flag, *, on: bool, attempt_id: str | None = None, reason: str = ""
) -> None:
    """Set or lift a flag of the debtor."""
    if on and flag in _VOIDING:
        promises.void(act, debtor_id)
    row = {"flag": flag.value, "on": on, "attempt_id": attempt_id, "reason": reason or None}
    act.record(t.flag_event, row | {"debtor_id": debtor_id})
    if flag in _BY_MONEY:
        money.work_again(act.conn, [debtor_id])


def lift(act: Writing, debtor_id: str, flag: Flag, *, attempt_id: str | None = None, reason: str = "") -> bool:
    """Lift a flag unless another open task still needs it (two complaints, hardship beside a risk to life)."""
    needed = any(one.kind in kept_up_by(flag) for one in waiting(act.conn, debtor_id))
    if not needed:
        put(act, debtor_id, flag, on=False, attempt_id=attempt_id, reason=reason)
    return not needed


def lift_taken_back(act: Writing, debtor_id: str, attempt_id: str, flag: Flag, reason: str) -> None:
    """Lift the flag of an outcome that was taken back, unless something else raised it as well."""
    events = flags.events(act.conn, debtor_id)
    others = [one.on for one in events if one.flag is flag and one.attempt_id != attempt_id]
    if not others or not others[-1]:
        lift(act, debtor_id, flag, attempt_id=attempt_id, reason=reason)
