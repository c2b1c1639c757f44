"""A lead closes a case on the bank's written word, or opens one again that was closed by mistake.

What then leads nowhere goes with it: the promise on that account, and, where the debtor owes nothing else, the
visits not made yet and the wish for a plan. Complaints, disputes and whatever else wants an answer stay.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from collector_desk.domain.book.closing import (
    Account,
    Closed,
    Ending,
    require_day,
    require_document,
    require_reason,
)
from collector_desk.domain.changes import Changes
from collector_desk.domain.message import Refused, msg
from collector_desk.domain.people import Act, require
from collector_desk.domain.states import TaskDecision
from collector_desk.domain.text.cleaning import cleaned
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import CaseState, TaskKind
from collector_desk.services.book import refresh
from collector_desk.services.book.refresh import AT_ONCE
from collector_desk.services.desk.seat import Seat, Writing, acting
from collector_desk.services.money.derive import work_stale
from collector_desk.services.record import accounts, promises, tasks
from collector_desk.services.record.visits import tell_at_the_door, withdraw
from collector_desk.store.book import closing as asked
from collector_desk.store.engine import Connection
from collector_desk.store.permits.tasks import waiting
from collector_desk.store.record import holding
from collector_desk.store.visits.lists import visits_in
from collector_desk.words.messages import Lang, render

_ASKED_AT_ONCE = 200
"""Of so many debtors it is asked at once with whom something is going on."""


def close(
    seat: Seat, case_id: str, ending: Ending, *, document: str, written_on: date | None, language: Lang = "zh_CN"
) -> Changes:
    """Close one account as settled or recalled; ``document`` names the bank's letter, ``written_on`` its day.

    ``language``: in which the pair reads why their visit was called off. Raises Refused for anybody but a lead,
    without a document that can be found again, and where the account is closed already.
    """
    require(seat.person, Act.CLOSE_CASE)
    proof = cleaned(document, 300)
    require_document(proof)
    day = require_day(written_on, seat.today())
    if ending is Ending.REOPENED:
        raise ValueError("a case is opened again by reopen")
    with acting(seat, "case.close") as act:
        account = _account(act.conn, case_id)
        if account.state is not CaseState.OPEN:
            raise Refused("book.closing.closed_already", "account")
        balance = 0 if ending is Ending.SETTLED else account.balance_minor
        accounts.end(act, account, ending, balance_minor=balance, document=proof, written_on=day)
        promises.void(act, account.debtor_id, case_id=account.id)
        why = render(msg("book.closing.visit_withdrawn", ending=ending, document=proof), language)
        visits = leave_in_peace(act, seat, account.debtor_id, why)
    work_stale(seat)
    return Changes(debtors=frozenset({account.debtor_id}), visits=visits)


def reopen(seat: Seat, case_id: str, *, reason: str) -> Changes:
    """Open an account again that was closed here by mistake; what was owed is owed again.

    The promise and the visits stay as they are: both begin anew. Raises Refused for anybody but a lead, without a
    reason, and where the account is open or was not closed here.
    """
    require(seat.person, Act.CLOSE_CASE)
    words = cleaned(reason, 2000)
    require_reason(words)
    with acting(seat, "case.reopen") as act:
        account = _account(act.conn, case_id)
        if account.state is CaseState.OPEN:
            raise Refused("book.closing.open_already", "account")
        owed = asked.owed_before(act.conn, case_id)
        if owed is None:
            raise Refused("book.closing.not_closed_here", "account")
        accounts.end(act, account, Ending.REOPENED, balance_minor=owed, reason=words)
    work_stale(seat)
    return Changes(debtors=frozenset({account.debtor_id}))


def leave_in_peace(act: Writing, seat: Seat, debtor_id: str, why: str) -> frozenset[str]:
    """Where a debtor owes nothing any more: no visit is made, no plan decided, nobody holds the case.

    Does nothing where something is still owed. Returns the visits it touches.
    """
    if asked.owes(act.conn, debtor_id):
        return frozenset()
    for task in waiting(act.conn, debtor_id):
        if task.kind is TaskKind.PLAN_REQUEST:
            tasks.close_task(act, task.id, debtor_id, TaskDecision.CLOSED)
    holding.let_go(act.conn, debtor_id)
    at_the_door = frozenset(visits_in(act.conn, debtor_id, [VisitState.ON_SITE]))
    for visit_id in sorted(at_the_door):
        tell_at_the_door(act, visit_id)
    return at_the_door | withdraw(act, seat, debtor_id, why)


def follow_up(
    seat: Seat,
    kind: str,
    gone: Mapping[str, Sequence[str]],
    why: str,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """What follows where many cases went back at once, a few debtors at a time; done twice it is done once.

    ``gone``: by debtor the cases that went back, none where something else is said; ``why``: what a pair reads
    whose visit was called off.
    """
    waiting = sorted(gone)
    for start in range(0, len(waiting), _ASKED_AT_ONCE):
        some = waiting[start : start + _ASKED_AT_ONCE]
        with seat.store.read() as conn:
            engaged = asked.engaged(conn, some)
        quiet = [who for who in some if who not in engaged]
        if quiet:  # their places are all that follows
            refresh.refresh_apart(seat.store, quiet, seat.now())
        rest = [who for who in some if who in engaged]
        for at in range(0, len(rest), AT_ONCE):
            with acting(seat, kind) as act:
                for debtor_id in rest[at : at + AT_ONCE]:
                    for case_id in gone[debtor_id]:
                        promises.void(act, debtor_id, case_id=case_id)
                    if gone[debtor_id]:
                        leave_in_peace(act, seat, debtor_id, why)
                    act.touches(debtor_id)
        progress(start + len(some), len(waiting))
    work_stale(seat)


def closed_accounts(seat: Seat, debtor_id: str) -> dict[str, Closed]:
    """By the account's id, how the closed ones of a debtor came to be so; those closed elsewhere are left out."""
    with seat.store.read() as conn:
        return asked.closed_accounts(conn, debtor_id)


def _account(conn: Connection, case_id: str) -> Account:
    account = asked.account_of(conn, case_id)
    if account is None:
        raise Refused("book.cases.gone")
    return account
