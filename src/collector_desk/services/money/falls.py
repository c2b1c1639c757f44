"""The bank's figure fell and no known row explains it: a lead says what became of the promise before a call.

No payment is made of it. A row that comes late and explains it takes the question off the list again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from collector_desk.domain.book.money import Money
from collector_desk.domain.message import Message, msg
from collector_desk.domain.money.figures import FigureStep, steps
from collector_desk.domain.money.payments import FileKind, Payment, ReceivedRow
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import PromiseState
from collector_desk.services.desk.seat import Seat, Writing
from collector_desk.services.record import figures as record
from collector_desk.services.record import tasks
from collector_desk.services.record.figures import NewFall
from collector_desk.store.book.history import promises_of
from collector_desk.store.money import falls, figures
from collector_desk.store.money.falls import AskedFall
from collector_desk.store.projections.money import DebtorMoney

_DECIDABLE = (PromiseState.OPEN, PromiseState.PARTLY, PromiseState.BROKEN)


def ask_about_falls(
    act: Writing, debtor_ids: Sequence[str], said: Mapping[str, DebtorMoney]
) -> dict[str, list[Payment]]:
    """Put new ones before a lead, take explained ones off the list.

    Returns by account what leads said was paid by them: that serves promises and nothing else.
    """
    who = figures.refreshed(act.conn, debtor_ids)
    if not who:
        return {}
    told, known = figures.by_case(act.conn, who), falls.asked(act.conn, who)
    accounts = falls.refreshed_accounts(act.conn, who)
    served: dict[str, list[Payment]] = {}
    fresh: list[NewFall] = []
    for case_id, debtor_id, currency in accounts:
        paid = said[debtor_id].paid(case_id) if debtor_id in said else []
        every = {step.as_of: step for step in steps(told.get(case_id, ()), paid)}
        of_case = {one.as_of: one for one in known if one.case_id == case_id}
        for fall in of_case.values():
            step = every.get(fall.as_of)
            left = step.fell if step is not None else 0
            if fall.decision is None and not left:
                tasks.close_task(act, fall.task_id, debtor_id, TaskDecision.SUPERSEDED)
            elif fall.decision is TaskDecision.APPROVED and step is not None and left:
                served.setdefault(case_id, []).append(_as_paid(act, fall, step))
        newest = every[max(every)] if every else None
        # with nothing left to pay the end is asked about, and nobody rings anyhow
        if newest is not None and newest.fell and newest.figure and newest.as_of not in of_case:
            fell = Money(newest.fell, currency)
            fresh.append(NewFall(debtor_id, case_id, newest.since, newest.as_of, fell))
    record.ask_about_falls(act, fresh)
    return served


def _as_paid(act: Writing, fall: AskedFall, step: FigureStep) -> Payment:
    """What a lead said was paid, as far as no row explains it, on the first day a promise was due on in between."""
    zone = ZoneInfo(act.zone)
    due = sorted(
        one.due_at.astimezone(zone).date()
        for one in promises_of(act.conn, fall.debtor_id)
        if one.case_id == fall.case_id
    )
    day = next((one for one in due if fall.since < one <= fall.as_of), fall.as_of)
    at = datetime.combine(day, time.max, zone)
    row = ReceivedRow(
        id=fall.task_id,
        place=(0, 0, 0),
        account="",
        reference="",
        minor=step.fell,
        currency=fall.fell.currency,
        posted_on=day,
        file_id="",
        kind=FileKind.NEW,
        received_at=at,
    )
    return Payment(row)


def words_of_task(seat: Seat, task_id: str) -> tuple[Message, ...]:
    """What the figure did, and which promises it may have kept, for the lead who decides."""
    with seat.store.read() as conn:
        fall = falls.of_task(conn, task_id)
        if fall is None:
            return ()
        promises = [
            one
            for one in promises_of(conn, fall.debtor_id)
            if one.case_id == fall.case_id and one.state in _DECIDABLE
        ]
    told = msg("money.figure_fell", fell=fall.fell, since=fall.since, day=fall.as_of)
    return (told, *(msg("money.figure_fell_promise", amount=one.amount, due=one.due_at) for one in promises))
