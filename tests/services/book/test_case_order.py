"""The list of cases in an order: by days carried to today, by balance within one currency, equal ones by number."""

import pytest

from collector_desk.domain.book.lists import CaseOrder
from collector_desk.store.book import lists
from tests.samples.store import DebtorMaker


@pytest.fixture
def lines(manager):
    make = DebtorMaker(manager)
    for name, balance, days in (("甲", 500, 20), ("乙", 900, 5), ("丙", 500, 95)):
        make(name, balance=balance, days=days)

    def ordered(order, *, falling=True, limit=10):
        with manager.store.read() as conn:
            return lists.ordered_lines(conn, order, falling=falling, today=manager.today(), limit=limit)

    return ordered


def test_the_oldest_stand_first_and_the_other_way_round(lines):
    assert [line.days for line in lines(CaseOrder.AGE)] == [95, 20, 5]
    assert [line.days for line in lines(CaseOrder.AGE, falling=False)] == [5, 20, 95]
    assert [line.days for line in lines(CaseOrder.AGE, limit=1)] == [95]


def test_equal_balances_stand_by_number(lines):
    found = lines(CaseOrder.BALANCE)
    assert [line.balance.minor for line in found] == [900, 500, 500]
    assert found[1].number < found[2].number


@pytest.mark.parametrize("order", CaseOrder)
def test_no_order_loses_a_case(lines, order):
    assert len({line.id for line in lines(order)}) == 3
    assert len({line.id for line in lines(order, falling=False)}) == 3
