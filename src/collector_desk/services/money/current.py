"""An account is current again (出催): what its placement's terms want paid was; a lead confirms it for the bank."""

from collections.abc import Mapping, Sequence
from datetime import date

from collector_desk.domain.money.figures import current_again
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import tasks
from collector_desk.store.money import ends
from collector_desk.store.projections.money import DebtorMoney


def ask_about_current(act: Writing, said: Mapping[str, DebtorMoney], news: Sequence[str]) -> None:
    """Ask a lead about those who paid what was due, and no more where it no longer holds.

    ``said``: the money of those of whom a bank told anything; ``news``: those whose balance or figure is another
    one. Only of these is asked again what a lead has answered.
    """
    debtor_ids = sorted({*said, *news})
    due = ends.parts_due(act.conn, debtor_ids) if debtor_ids else []
    if not due:
        return
    asked, answered = ends.asked_about_current(act.conn, debtor_ids)
    paid_up = {one.debtor_id for one in due if current_again(one.part, one.as_of, _paid(one, said))}
    for debtor_id in sorted(paid_up - asked.keys() - (answered - {*news})):
        tasks.open_task(act, debtor_id, TaskKind.CURRENT_AGAIN)
    for debtor_id, task_id in asked.items():
        if debtor_id not in paid_up:
            tasks.close_task(act, task_id, debtor_id, TaskDecision.SUPERSEDED)


def _paid(one: ends.PartDue, said: Mapping[str, DebtorMoney]) -> list[tuple[date, int]]:
    return said[one.debtor_id].paid(one.case_id) if one.debtor_id in said else []
