"""Who holds a debtor."""

import pytest
from sqlalchemy import select

from collector_desk.store import tables as t
from collector_desk.store.record import holding, open_attempts
from tests.samples.ids import an_id
from tests.samples.rows import AT

ME, COLLEAGUE = an_id("me"), an_id("colleague")


@pytest.fixture
def debtors(conn, filed) -> list[str]:
    """Three of mine, the last of them on the telephone, and one of a colleague's."""
    found = [filed(t.debtor, customer_no=str(place)) for place in range(4)]
    for who in found[:3]:
        holding.take(conn, who, ME, AT)
    holding.take(conn, found[3], COLLEAGUE, AT)
    open_attempts.wait_for_outcome(conn, an_id("call"), person_id=ME, debtor_id=found[2], since=AT)
    return found


def held(conn, debtors) -> list[str | None]:
    holders = dict(conn.execute(select(t.debtor.c.id, t.debtor.c.holder_id)).all())
    return [holders[who] for who in debtors]


def test_who_takes_a_debtor_holds_them_since_then(conn, debtors):
    assert held(conn, debtors) == [ME, ME, ME, COLLEAGUE]
    since = select(t.debtor.c.held_at).where(t.debtor.c.id == debtors[0])
    assert conn.execute(since).scalar() == AT


def test_a_debtor_is_let_go_unless_a_call_is_open(conn, debtors):
    for who in debtors[1:]:
        holding.let_go(conn, who)
    assert held(conn, debtors) == [ME, None, ME, None]


@pytest.mark.parametrize(
    ("how", "left"),
    [
        ({}, [None, None, ME, COLLEAGUE]),
        ({"only": 1}, [ME, None, ME, COLLEAGUE]),
        ({"only": 2}, [ME, ME, ME, COLLEAGUE]),
        ({"only": 3}, [ME, ME, ME, COLLEAGUE]),
        ({"besides": 1}, [None, ME, ME, COLLEAGUE]),
    ],
)
def test_what_a_person_holds_goes_back_all_of_it_or_some(conn, debtors, how, left):
    holding.put_back(conn, ME, **{name: debtors[place] for name, place in how.items()})
    assert held(conn, debtors) == left
