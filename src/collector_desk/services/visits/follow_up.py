"""What follows by itself from an accepted visit report: the promise, a plan request, the address, the next step."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update

from collector_desk.domain.book.contact_summary import DAY_BEGINS
from collector_desk.domain.calls.outcomes import rule_for
from collector_desk.domain.states import AddressSource, AfterVisit
from collector_desk.domain.visits.steps import Visit
from collector_desk.domain.visits.visit import AddressFinding, Agreed, PlaceKind
from collector_desk.domain.vocabulary import AddressKind, Outcome
from collector_desk.services.desk.seat import Writing
from collector_desk.services.record import outcome, promises
from collector_desk.store import tables as t
from collector_desk.store.book.debtors import debtor_file
from collector_desk.store.ids import new_id

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
        record = rule_for(Outcome.WANTS_PLAN).record
        if record is not None:
            outcome.open_task(act, visit.debtor_id, record.kind, None, act.at + record.act_within)
    if report.address is AddressFinding.NEW and report.new_address.strip():
        _address(act, visit, report.new_address)
    if report.next_on is not None:
        _next_step(act, visit, report.next_on)


def _next_step(act: Writing, visit: Visit, day: date) -> None:
    """The case comes up again on the day the report names, unless somebody talks to the debtor before."""
    report, plan = visit.report, visit.plan
    if report is None or plan is None:
        return
    state = t.visit_state
    kind = AfterVisit.CALL_BACK if report.agreed is Agreed.CALL_BACK else AfterVisit.NEXT_STEP
    at = datetime.combine(day, time(DAY_BEGINS), ZoneInfo(plan.zone))
    act.conn.execute(update(state).where(state.c.visit_id == visit.visit_id).values(next_step=kind, next_at=at))


def _promise(act: Writing, visit: Visit) -> None:
    """The lead's acceptance is the word a promise further out would wait for: it stands at once."""
    report, plan = visit.report, visit.plan
    if report is None or plan is None or report.promise_amount is None or report.promise_on is None:
        return
    zone = ZoneInfo(plan.zone)
    file = debtor_file(act.conn, visit.debtor_id, today=act.at.astimezone(zone).date())
    if file is None or not file.owing:
        return  # paid or recalled since they stood there: nobody is held to it
    case = next((case for case in file.owing if case.id in visit.case_ids), file.lead_case)
    promises.write(
        act,
        promises.Promised(
            debtor_id=visit.debtor_id,
            case_id=case.id,
            attempt_id=None,
            amount=report.promise_amount,
            due_at=datetime.combine(report.promise_on, _PAID_BY, zone),
            channel=report.promise_channel,
            full=report.promise_amount.minor >= case.balance.minor,
        ),
    )


def _address(act: Writing, visit: Visit, line: str) -> None:
    known = t.address.c
    there = act.conn.execute(select(known.line).where(known.debtor_id == visit.debtor_id)).scalars().all()
    if line in there:
        return
    place = act.conn.execute(select(func.max(known.position)).where(known.debtor_id == visit.debtor_id)).scalar()
    act.conn.execute(
        insert(t.address).values(
            id=new_id(),
            debtor_id=visit.debtor_id,
            kind=AddressKind.WORK if visit.plan and visit.plan.place is PlaceKind.WORK else AddressKind.HOME,
            line=line,
            source=AddressSource.VISIT,
            position=(place or 0) + 1,
        )
    )
