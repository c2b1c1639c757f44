"""What follows by itself from an accepted visit report: the promise, a plan request, the address, the next step."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from collector_desk.domain.book.contact_summary import DAY_BEGINS
from collector_desk.domain.states import AfterVisit
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import AddressFinding, Agreed, PlaceKind
from collector_desk.domain.vocabulary import AddressKind, TaskKind
from collector_desk.services.desk.seat import Writing
from collector_desk.services.gate.facts import law_day
from collector_desk.services.record import addresses, promises, tasks
from collector_desk.services.record.visits import comes_next
from collector_desk.store.book.debtors import debtor_file

_PAID_BY = time(18)
"""By which hour of the promised day: a report names the day only; six in the evening is the desk's usual hour."""


def follow(act: Writing, visit: Visit) -> None:
    """Carry the accepted report into the case, in the transaction that accepts it."""
    report = visit.report
    if report is None:
        return
    if report.agreed is Agreed.PROMISE:
        _promise(act, visit)
    if report.agreed is Agreed.PLAN_REQUEST:
        tasks.open_task(act, visit.debtor_id, TaskKind.PLAN_REQUEST)
    if report.address is AddressFinding.NEW and report.new_address.strip():
        at_work = visit.plan is not None and visit.plan.place is PlaceKind.WORK
        kind = AddressKind.WORK if at_work else AddressKind.HOME
        addresses.add(act, visit.debtor_id, report.new_address, kind)
    if report.next_on is not None:
        _next_step(act, visit, report.next_on)


def _next_step(act: Writing, visit: Visit, day: date) -> None:
    """The case comes up again on the day the report names, unless somebody talks to the debtor before."""
    report, plan = visit.report, visit.plan
    if report is None or plan is None:
        return
    kind = AfterVisit.CALL_BACK if report.agreed is Agreed.CALL_BACK else AfterVisit.NEXT_STEP
    at = datetime.combine(day, time(DAY_BEGINS), ZoneInfo(plan.zone))
    comes_next(act, visit, kind, at)


def _promise(act: Writing, visit: Visit) -> None:
    """The lead's acceptance is the word a promise further out would wait for: it stands at once."""
    report, plan = visit.report, visit.plan
    if report is None or plan is None or report.promise_amount is None or report.promise_on is None:
        return
    zone = ZoneInfo(plan.zone)
    today = act.at.astimezone(zone).date()
    file = debtor_file(act.conn, visit.debtor_id, today=today, law_day=law_day(act.conn, act.at))
    if file is None or not file.owing:
        return  # paid or recalled since they stood there: nobody is held to it
    case = next((case for case in file.owing if case.id in visit.case_ids), file.lead_case)
    promises.write(
        act,
        [
            promises.Promised(
                debtor_id=visit.debtor_id,
                case_id=case.id,
                attempt_id=None,
                amount=report.promise_amount,
                due_at=datetime.combine(report.promise_on, _PAID_BY, zone),
                channel=report.promise_channel,
                full=report.promise_amount.minor >= case.balance.minor,
            )
        ],
    )
