"""Questions about accounts that are closed, or are to be."""

from datetime import date

import pytest

from collector_desk.domain.book.closing import Account, Closed, Ending
from collector_desk.domain.visits.steps import VisitState
from collector_desk.domain.vocabulary import CaseState, PromiseState
from collector_desk.store import tables as t
from collector_desk.store.book import closing
from collector_desk.store.numbers import own
from tests.samples.ids import an_id

DAY = date(2026, 11, 20)


@pytest.fixture
def who(filed) -> str:
    return filed(t.debtor, customer_no="1")


@pytest.fixture
def account(filed, who):
    placement_id = filed(t.placement)

    def make(balance: int = 5000, state: CaseState = CaseState.OPEN, **said) -> str:
        row = {"debtor_id": who, "placement_id": placement_id, "currency": "CNY", "state": state}
        return filed(t.account_case, balance_minor=balance, **row | said)

    return make


def test_one_account_is_told_as_it_stands(conn, who, account):
    case_id = account(state=CaseState.RETURNED, serial=1042)
    account()
    number = f"{own(conn).prefix}-1042"
    assert closing.account_of(conn, case_id) == Account(case_id, number, who, CaseState.RETURNED, 5000, "CNY")
    assert closing.account_of(conn, an_id("none")) is None


def test_a_debtor_owes_on_open_accounts_with_something_on_them(conn, filed, who, account):
    account(state=CaseState.SETTLED)
    account(balance=0)
    account(debtor_id=filed(t.debtor, customer_no="2"))
    assert not closing.owes(conn, who)
    account()
    assert closing.owes(conn, who)


def test_the_last_word_says_how_an_account_was_closed_and_what_was_owed(conn, filed, who, account):
    settled, reopened, untouched = account(), account(), account()

    def event(case_id: str, ending: Ending, owed: int, document: str | None = None) -> None:
        said = {"event": ending, "balance_minor": owed, "written_on": DAY, "document": document}
        filed(t.case_event, debtor_id=who, case_id=case_id, **said)

    event(settled, Ending.RECALLED, 7000, "旧函")
    event(settled, Ending.REOPENED, 0)
    event(settled, Ending.SETTLED, 5000, "结清函 2026-118")
    event(reopened, Ending.SETTLED, 4000, "结清函 2026-119")
    event(reopened, Ending.REOPENED, 0)
    assert closing.closed_accounts(conn, who) == {settled: Closed(Ending.SETTLED, DAY, "结清函 2026-118")}
    assert closing.closed_accounts(conn, an_id("other")) == {}
    owed = [closing.owed_before(conn, case_id) for case_id in (settled, reopened, untouched)]
    assert owed == [5000, 4000, None]


def test_something_is_going_on_with_who_is_held_promised_visited_or_asked_about(conn, filed):
    debtors = {
        name: filed(t.debtor, customer_no=name) for name in ("quiet", "held", "promised", "visit", "task", "kept")
    }
    conn.execute(t.debtor.update().where(t.debtor.c.id == debtors["held"]).values(holder_id=an_id("someone")))
    filed(t.promise_state, debtor_id=debtors["promised"], state=PromiseState.PROPOSED)
    filed(t.promise_state, debtor_id=debtors["kept"], state=PromiseState.KEPT)
    filed(t.visit_state, debtor_id=debtors["visit"], state=VisitState.PLANNED)
    filed(t.visit_state, debtor_id=debtors["kept"], state=VisitState.FILED)
    filed(t.task_state, debtor_id=debtors["task"], open=True)
    filed(t.task_state, debtor_id=debtors["kept"], open=False)
    engaged = closing.engaged(conn, [who for name, who in debtors.items() if name != "held"])
    assert engaged == {debtors["promised"], debtors["visit"], debtors["task"]}
    assert closing.engaged(conn, [debtors["held"], debtors["quiet"]]) == {debtors["held"]}
