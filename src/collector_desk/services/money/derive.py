"""Works debtors' accounts anew after whatever bears on them, and writes what came out where it differs.

The one way from the bank's rows to balances: a file does it for all it names, an act for the one it is about, and
whoever opens a debtor to whom something came meanwhile does it for that one first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from collector_desk.domain.book.closing import Ending
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.vocabulary import TaskKind
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.money import questions
from collector_desk.services.money.current import ask_about_current
from collector_desk.services.money.falls import ask_about_falls
from collector_desk.services.money.promises import decide_promises
from collector_desk.services.record import accounts, tasks
from collector_desk.services.record import questions as record_questions
from collector_desk.store.book.closing import account_of, closed_accounts
from collector_desk.store.intake import merging, undone, unfinished
from collector_desk.store.money import ends, falls, figures
from collector_desk.store.money import questions as money_questions
from collector_desk.store.permits.tasks import waiting
from collector_desk.store.projections import claims, money
from collector_desk.store.projections.money import DebtorMoney

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Derived:
    """What came of some debtors: their money, by debtor, on how many accounts an end waits to be confirmed, and how
    many promises became what."""

    money: Mapping[str, DebtorMoney]
    to_confirm: int
    promises: Mapping[str, int]


def derive(act: Writing, debtor_ids: Sequence[str], refreshed: Sequence[str] = ()) -> Derived:
    """Work these debtors' accounts; their place in the queue is for the act to settle (``act.touches``).

    ``refreshed``: those of them to whom a file just brought something.
    """
    said = money.of_debtors(act.conn, debtor_ids)
    moved = money.keep(act.conn, debtor_ids, said)
    claimed = claims.of_debtors(act.conn, debtor_ids, said)
    claims.keep(act.conn, debtor_ids, claimed)
    money.fresh(act.conn, debtor_ids)
    questions.follow(act, debtor_ids, said, claimed)
    _open_again(act, said)
    asked = _ask_about_ends(act, sorted({*moved, *refreshed}))
    ask_about_current(act, said, [*moved, *refreshed])
    served = ask_about_falls(act, debtor_ids, said)
    return Derived(said, asked, decide_promises(act, debtor_ids, said, served))


def _open_again(act: Writing, said: Mapping[str, DebtorMoney]) -> None:
    """What was settled goes on where the bank takes a payment back after its closing word."""
    for debtor_id, known in said.items():
        owed = {one.case_id: known.ledger.accounts.get(one.case_id) for one in known.accounts if one.closed}
        again = {case: worked for case, worked in owed.items() if worked and worked.reopened}
        closed = closed_accounts(act.conn, debtor_id) if again else {}
        for case_id, worked in again.items():
            last = max((row.posted_on for row in known.rows[case_id] if row.reversal), default=date.min)
            account = account_of(act.conn, case_id)
            if account is not None and case_id in closed and last > closed[case_id].written_on:
                accounts.end(act, account, Ending.REOPENED, balance_minor=worked.balance)


def _ask_about_ends(act: Writing, debtor_ids: Sequence[str]) -> int:
    """An account on which nothing is owed any more leaves collection; that it is settled a lead confirms. Where
    something is owed again, nobody has to."""
    for debtor_id, task_id in ends.paid_no_more(act.conn, debtor_ids):
        tasks.close_task(act, task_id, debtor_id, TaskDecision.SUPERSEDED)
    paid = ends.paid_in_full(act.conn, debtor_ids)
    for debtor_id in paid:
        tasks.open_task(act, debtor_id, TaskKind.SETTLED)
    return sum(paid.values())


def caught_up(act: Writing, debtor_ids: Sequence[str]) -> None:
    """Let these debtors have what came to them since, lose what was undone since, and work them."""
    come = merging.merge_of(act.conn, debtor_ids)
    staying, leaving = _without_undone(act, debtor_ids)
    derive(act, [debtor for debtor in debtor_ids if debtor not in leaving], [*come, *staying])
    for debtor_id in debtor_ids:
        act.touches(debtor_id)


def _without_undone(act: Writing, debtor_ids: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Take away what a file said that was undone: of whom it told beside others, and whom it alone placed.

    What was asked because of it nobody has to answer: of the ones about the figure it brought, of the others all.
    """
    if unfinished.batch_of(act.conn, undone.UNFINISHED) is None:
        return (), ()
    staying, leaving = undone.touched(act.conn, debtor_ids)
    told = figures.by_case(act.conn, staying)
    for fall in falls.asked(act.conn, staying):
        known = {as_of for as_of, _ in told.get(fall.case_id, ())}
        if fall.decision is None and fall.as_of not in known:
            tasks.close_task(act, fall.task_id, fall.debtor_id, TaskDecision.SUPERSEDED)
    for debtor_id in leaving:
        for task in waiting(act.conn, debtor_id):
            tasks.close_task(act, task.id, debtor_id, TaskDecision.SUPERSEDED)
    asked = money_questions.waiting_of(act.conn, leaving)
    record_questions.settle(act, asked)
    undone.take_away(act.conn, staying, leaving)
    money.fresh(act.conn, leaving)
    return staying, leaving


def catch_up(seat: Seat, debtor_id: str) -> None:
    """Work one debtor to whom something came since: whoever opens them sees what is owed now."""
    with acting(seat, "payments") as act:
        caught_up(act, [debtor_id])


def work_stale(seat: Seat) -> int:
    """Work all whose accounts something else than a row of theirs bears on, a few at a time; says how many."""
    worked = 0
    while True:
        with seat.store.read() as conn:
            some = money.stale(conn, _AT_ONCE)
        if not some:
            return worked
        with acting(seat, "payments") as act:
            caught_up(act, some)
        worked += len(some)
