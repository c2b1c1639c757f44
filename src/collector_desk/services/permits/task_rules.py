"""What the rules in use say of a task before a lead: by when it has to be decided, what a plan may be."""

from zoneinfo import ZoneInfo

from collector_desk.domain.conduct.records import deadlines, plan_terms
from collector_desk.domain.message import Message, msg
from collector_desk.domain.office.tasks import LeadTask
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat
from collector_desk.services.gate.facts import active_packs
from collector_desk.store.permits.tasks import opened_at
from collector_desk.words.messages import Lang

_BEGINS = {TaskKind.COMPLAINT: "complaint_received"}
"""Which event of the packs' deadlines a task is."""


def said_by_rules(seat: Seat, task: LeadTask, lang: Lang) -> tuple[Message, ...]:
    """The sentences for this task, from the packs in use now; none where they say nothing of it."""
    if task.kind not in (TaskKind.PLAN_REQUEST, *_BEGINS):
        return ()
    with seat.store.read() as conn:
        packs = active_packs(conn)
        opened = opened_at(conn, task.id)
    if task.kind is TaskKind.PLAN_REQUEST:
        return plan_terms(packs)
    texts = {rule.id: rule.text.get(lang, "") for pack in packs for rule in pack.rules}
    lines: list[Message] = []
    for due in deadlines(_BEGINS[task.kind], opened.astimezone(ZoneInfo(seat.zone)).date(), packs):
        lines.append(msg("conduct.decide_by", day=due.on, why=texts[due.rule]))
        if due.extended:
            lines.append(msg("conduct.decide_by_then", days=due.extended))
        if due.warning is not None:
            lines.append(due.warning)
    return tuple(lines)
