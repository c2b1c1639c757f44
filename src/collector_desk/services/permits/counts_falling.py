"""An institution's figure that leaves more calls than before: it counts once another lead agrees.

What narrows the caps counts at once, whoever writes it down.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from collector_desk.domain.conduct.headroom import widened
from collector_desk.domain.conduct.values import External
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.gate.facts import active_packs, facts_of
from collector_desk.services.record import second_person, tasks
from collector_desk.store.ids import new_id
from collector_desk.store.permits.figures import figure_of_task
from collector_desk.store.permits.tasks import waiting


@dataclass(frozen=True, slots=True)
class Fall:
    """What such a task asks: the figure brought, and the one it would replace (None: our share)."""

    figure: External
    in_force: External | None


def ask_if_wider(act: Writing, debtor_id: str, figure: External) -> str | None:
    """The task that a figure typed by hand waits for; None where it counts at once.

    Raises Refused where it would have to wait and nobody could agree.
    """
    facts = facts_of(act.conn, debtor_id, act.at)
    after = replace(facts, external=figure, external_earlier=facts.external)
    if not widened(facts, after, active_packs(act.conn), act.at):
        _drop_waiting(act, debtor_id)
        return None
    task_id = second_person.ask(act, debtor_id, TaskKind.COUNTS_FALL)
    _drop_waiting(act, debtor_id, besides=task_id)
    return task_id


def ask(act: Writing, debtor_id: str, task_id: str) -> None:
    """Open the task of a figure that an import staged with this task's id."""
    _drop_waiting(act, debtor_id)
    tasks.open_task(act, debtor_id, TaskKind.COUNTS_FALL, task_id=task_id)


def new_task_id() -> str:
    """An id for the task that ``ask`` will open: the staged figure names it before it is there."""
    return new_id()


def _drop_waiting(act: Writing, debtor_id: str, besides: str = "") -> None:
    """A newer figure is there: nobody has to agree to the older one any more."""
    for task in waiting(act.conn, debtor_id):
        if task.kind is TaskKind.COUNTS_FALL and task.id != besides:
            tasks.close_task(act, task.id, debtor_id, TaskDecision.SUPERSEDED)


def waits(seat: Seat, debtor_id: str) -> bool:
    """Whether a figure of the debtor waits for a lead."""
    with seat.store.read() as conn:
        return any(task.kind is TaskKind.COUNTS_FALL for task in waiting(conn, debtor_id))


def of_task(seat: Seat, debtor_id: str, task_id: str, now: datetime) -> Fall | None:
    """The figure a task is about, beside the one that counts meanwhile."""
    with seat.store.read() as conn:
        figure = figure_of_task(conn, debtor_id, task_id)
        in_force = facts_of(conn, debtor_id, now).external
    return Fall(figure, in_force) if figure else None
